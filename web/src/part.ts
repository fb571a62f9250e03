// How much of the network a picture shows, and what that was chosen by.

import type { Desk } from "./desk.ts";
import { t } from "./text.ts";

/** A facet is told by the names of what is in it, or of what is not, where these are few. */
const N_NAMED = 3;

/** Say how many are shown of how many, and by what they were chosen where it is not all. */
export function partSentence(desk: Desk): string {
  const { shown, network } = desk;
  const isCut = shown.nMatching > shown.actors.length;
  const counts = { shown: shown.actors.length, total: network.n, ties: shown.ties.length };
  const sentence = t(isCut ? "map_shown_most" : "map_shown", counts);
  const reasons = reasonsFor(desk);
  return reasons.length
    ? t("map_chosen_by", { sentence, by: reasons.join(t("clause_separator")) })
    : sentence;
}

function reasonsFor({ network, view, words, shown }: Desk): string[] {
  const kinds = network.kindsPresent;
  const present = new Set(kinds.map((kind) => words.sector_of[kind]));
  const sectors = network.sectors.filter((sector) => present.has(sector));
  const reasons = [
    ...facet(view.sectors, sectors, words.sectors, t("map_sectors_of")),
    ...facet(view.kinds, kinds, words.kinds, t("map_kinds_of")),
    ...facet(view.relations, network.relationsPresent, words.relations, t("map_relations_of")),
  ];
  if (view.circles) reasons.push(t("map_by_circle", { n: view.circles.size }));
  if (view.area) reasons.push(t("map_by_area", { area: view.area }));
  if (shown.centre >= 0) reasons.push(t("map_by_centre", { name: network.name(shown.centre) }));
  const nHidden = view.hidden.filter((id) => network.at(id) >= 0).length;
  if (nHidden) reasons.push(t("map_by_hand", { n: nHidden }));
  return reasons;
}

function facet(
  chosen: ReadonlySet<string> | null,
  present: readonly string[],
  names: Record<string, string>,
  what: string,
): string[] {
  if (!chosen) return [];
  const within = present.filter((one) => chosen.has(one));
  const without = present.filter((one) => !chosen.has(one));
  if (!without.length) return [];
  const listed = (some: readonly string[]): string =>
    some.map((one) => names[one] ?? one).join(t("list_separator"));
  if (without.length <= N_NAMED && without.length < within.length)
    return [t("map_by_all_but", { names: listed(without) })];
  if (within.length <= N_NAMED) return [t("map_by_only", { names: listed(within) })];
  return [t("map_by_some", { what, n: within.length, total: present.length })];
}
