// What the map shows: chosen by filters, search and selection, kept in the address.

import type { Network, NetworkActor, NetworkTie } from "./wire.ts";

export interface View {
  /** Sectors and relations shown; null shows all. */
  sectors: ReadonlySet<string> | null;
  relations: ReadonlySet<string> | null;
  find: string;
  selected: string | null;
  isWhole: boolean;
}

export interface Shown {
  actors: NetworkActor[];
  ties: NetworkTie[];
  /** Actors that match the filters, of which the most tied are shown. */
  nMatching: number;
}

/** Above this many, the first view holds the main actors only. */
export const N_MOST = 400;

export function readView(search: string): View {
  const parameters = new URLSearchParams(search);
  const some = (name: string): ReadonlySet<string> | null => {
    const value = parameters.get(name);
    return value === null ? null : new Set(value.split(",").filter(Boolean));
  };
  return {
    sectors: some("sector"),
    relations: some("relation"),
    find: parameters.get("find") ?? "",
    selected: parameters.get("select"),
    isWhole: parameters.get("all") === "1",
  };
}

/** Return the query string of a view; what is as it is by default is left out. */
export function writeView(view: View): string {
  const parameters = new URLSearchParams();
  if (view.sectors) parameters.set("sector", [...view.sectors].sort().join(","));
  if (view.relations) parameters.set("relation", [...view.relations].sort().join(","));
  if (view.find) parameters.set("find", view.find);
  if (view.selected) parameters.set("select", view.selected);
  if (view.isWhole) parameters.set("all", "1");
  const query = parameters.toString().replaceAll("%2C", ",");
  return query ? `?${query}` : "";
}

export function show(network: Network, view: View): Shown {
  const { sectors, relations } = view;
  const matching = new Map(
    network.actors
      .filter((actor) => !sectors || (actor.sector !== null && sectors.has(actor.sector)))
      .map((actor) => [actor.id, actor]),
  );
  let ties = network.ties.filter(
    (tie) =>
      matching.has(tie.source) &&
      matching.has(tie.target) &&
      (!relations || tie.relations.some((relation) => relations.has(relation))),
  );
  if (relations) {
    const tied = new Set(ties.flatMap((tie) => [tie.source, tie.target]));
    for (const id of matching.keys()) if (!tied.has(id)) matching.delete(id);
  }
  const ranked = [...matching.values()].sort(byImportance);
  const actors =
    view.isWhole || ranked.length <= N_MOST
      ? ranked
      : ranked.filter((actor, i) => i < N_MOST || actor.id === view.selected);
  if (actors.length < ranked.length) {
    const kept = new Set(actors.map((actor) => actor.id));
    ties = ties.filter((tie) => kept.has(tie.source) && kept.has(tie.target));
  }
  return { actors, ties, nMatching: ranked.length };
}

export function byImportance(a: NetworkActor, b: NetworkActor): number {
  return b.degree - a.degree || b.betweenness - a.betweenness || (a.id < b.id ? -1 : 1);
}

/** Return the actors whose names contain what is looked for. */
export function named(actors: readonly NetworkActor[], find: string): Set<string> {
  const words = find.trim().toLowerCase();
  if (!words) return new Set();
  const has = (name: string | null): boolean => (name ?? "").toLowerCase().includes(words);
  return new Set(actors.filter((a) => has(a.name) || has(a.name_en)).map((a) => a.id));
}

/** Count in how many ties each relation has a part. */
export function countRelations(ties: readonly NetworkTie[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tie of ties)
    for (const relation of tie.relations) counts.set(relation, (counts.get(relation) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
