// From the network and a view to what is shown: who, which ties, and how many there would be.

import { isWithin, type Network } from "./network.ts";
import type { View } from "./view.ts";

/** Above this many, the first view holds the actors with most partners only. */
export const N_MOST = 400;
/** An expansion of more hidden partners than this is asked about first. */
export const N_SUPERNODE = 50;
export const N_FIRST_PARTNERS = 20;
/** Where the main actors have more ties than this each, only the strongest of each are drawn. */
const MOST_TIES_EACH = 4;
const N_FEW_TIES = 1000;
export const N_STRONGEST = 3;

export interface Shown {
  /** Positions of the actors shown, most partners first, and whether each actor is. */
  actors: Uint32Array;
  isShown: Uint8Array;
  ties: Uint32Array;
  /** Those of the ties that are drawn while nobody is pointed at: all, or the strongest of each. */
  drawn: Uint32Array;
  /** Actors that pass the filters, of which the most tied are shown. */
  nMatching: number;
  /** Whom the view is centred on, where it shows one actor's surroundings only; else -1. */
  centre: number;
}

/** The circle (group of the network) of each actor, by size; see `circlesOf`. */
export type Circles = Uint8Array | null;

/** Return what a view shows, and `kept` where they pass the filters. Time O(n + m). */
export function show(
  network: Network,
  view: View,
  circles: Circles,
  kept: readonly number[] = [],
): Shown {
  const mask = maskOf(network, view.relations);
  const passes = passing(network, view, circles);
  let ties = tiesAmong(network, passes, mask);
  if (view.relations) passes.set(tiedBy(network, ties, passes));
  const centre = view.layout === "rings" ? centreOf(network, view, passes) : -1;
  if (centre >= 0) passes.set(around(network, centre, passes, mask));
  const isShown = new Uint8Array(network.n);
  let nMatching = 0;
  const nWanted = view.isWhole ? Infinity : N_MOST;
  for (const i of network.order) if (passes[i] && nMatching++ < nWanted) isShown[i] = 1;
  const named = [view.selected, view.to, ...view.expanded.map((one) => one.id), ...view.picked];
  for (const i of [...named.map((id) => network.at(id)), ...kept])
    if (i >= 0 && passes[i]) isShown[i] = 1;
  for (const { id, n } of view.expanded) {
    const i = network.at(id);
    if (i < 0 || !passes[i]) continue;
    const others = partnersOf(network, i, mask).filter((j) => passes[j] && !isShown[j]);
    for (const j of n === null ? others : mostTied(network, others, n)) isShown[j] = 1;
  }
  ties = tiesAmong(network, isShown, mask);
  const actors = network.order.filter((i) => isShown[i]);
  const isDense = ties.length > Math.max(N_FEW_TIES, MOST_TIES_EACH * actors.length);
  const drawn = isDense && !view.isWhole ? strongest(network, ties) : ties;
  return { actors, isShown, ties, drawn, nMatching, centre };
}

export type Facet = "sectors" | "kinds" | "area" | "circles";

/** Return whether each actor passes the filters on actors, all but one of them. */
export function passing(
  network: Network,
  view: View,
  circles: Circles,
  without: Facet | null = null,
): Uint8Array {
  const passes = new Uint8Array(network.n).fill(1);
  const keep = (isKept: (i: number) => boolean): void => {
    for (let i = 0; i < passes.length; i++) if (passes[i] && !isKept(i)) passes[i] = 0;
  };
  const { sectors, kinds, area } = view;
  if (sectors && without !== "sectors") {
    const wanted = network.sectors.map((sector) => sectors.has(sector));
    keep((i) => wanted[network.sector[i] ?? -1] ?? false);
  }
  if (kinds && without !== "kinds") {
    const wanted = network.kinds.map((kind) => kinds.has(kind));
    keep((i) => wanted[network.kind[i] ?? 0] ?? false);
  }
  if (area && without !== "area") {
    const wanted = network.areas.map((path) => isWithin(path, area));
    keep((i) => wanted[network.area[i] ?? -1] ?? false);
  }
  if (view.circles && circles && without !== "circles") {
    const wanted = view.circles;
    keep((i) => wanted.has(String(circles[i])));
  }
  for (const id of view.hidden) {
    const i = network.at(id);
    if (i >= 0) passes[i] = 0;
  }
  return passes;
}

/** Return the partners of an actor that are not shown, most tied first. */
export function hiddenPartners(
  network: Network,
  view: View,
  circles: Circles,
  shown: Shown,
  i: number,
): number[] {
  const passes = passing(network, view, circles);
  const others = partnersOf(network, i, maskOf(network, view.relations));
  return mostTied(
    network,
    others.filter((j) => passes[j] && !shown.isShown[j]),
    Infinity,
  );
}

/** Return the bits of the relations that are shown; all of them where no filter is set. */
export function maskOf(network: Network, relations: ReadonlySet<string> | null): number {
  if (!relations) return 0xffffffff;
  return network.relations.reduce(
    (bits, one, k) => (relations.has(one) ? bits | (1 << k) : bits),
    0,
  );
}

/** Return the shown partners of an actor and the ties to them. */
export function circleOf(
  network: Network,
  shown: Shown,
  mask: number,
  i: number,
): { partners: number[]; ties: number[] } {
  const [partners, ties]: [number[], number[]] = [[], []];
  const [all, own] = [network.partners(i), network.ties(i)];
  for (let k = 0; k < all.length; k++) {
    const [j, t] = [all[k] ?? 0, own[k] ?? 0];
    if (!shown.isShown[j] || !((network.relation[t] ?? 0) & mask)) continue;
    partners.push(j);
    ties.push(t);
  }
  return { partners, ties };
}

function partnersOf(network: Network, i: number, mask: number): number[] {
  const ties = network.ties(i);
  return [...network.partners(i)].filter(
    (_, k) => ((network.relation[ties[k] ?? 0] ?? 0) & mask) !== 0,
  );
}

function mostTied(network: Network, actors: readonly number[], n: number): number[] {
  const degree = (i: number): number => network.degree[i] ?? 0;
  return [...actors].sort((a, b) => degree(b) - degree(a) || a - b).slice(0, n);
}

function tiesAmong(network: Network, isIn: Uint8Array, mask: number): Uint32Array {
  const { source, target, relation, m } = network;
  const found = new Uint32Array(m);
  let n = 0;
  for (let t = 0; t < m; t++)
    if (isIn[source[t] ?? 0] && isIn[target[t] ?? 0] && (relation[t] ?? 0) & mask) found[n++] = t;
  return found.slice(0, n);
}

/** Return the ties that are among the strongest of either end; of equals the first. */
function strongest(network: Network, ties: Uint32Array): Uint32Array {
  const { n, source, target, weight } = network;
  const nOf = new Uint8Array(n);
  const byWeight = ties.slice().sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b);
  return byWeight
    .filter((t) => {
      const [a, b] = [source[t] ?? 0, target[t] ?? 0];
      const isKept = (nOf[a] ?? 0) < N_STRONGEST || (nOf[b] ?? 0) < N_STRONGEST;
      if (isKept) for (const i of [a, b]) nOf[i] = Math.min(N_STRONGEST, (nOf[i] ?? 0) + 1);
      return isKept;
    })
    .sort();
}

function tiedBy(network: Network, ties: Uint32Array, passes: Uint8Array): Uint8Array {
  const isTied = new Uint8Array(passes.length);
  for (const t of ties) isTied[network.source[t] ?? 0] = isTied[network.target[t] ?? 0] = 1;
  return isTied;
}

/** The selected actor, else the one with most partners. */
function centreOf(network: Network, view: View, passes: Uint8Array): number {
  const selected = network.at(view.selected);
  if (selected >= 0 && passes[selected]) return selected;
  return network.order.find((i) => passes[i] === 1) ?? -1;
}

/** Return whether each actor is at most two steps from the centre. */
function around(network: Network, centre: number, passes: Uint8Array, mask: number): Uint8Array {
  const isNear = new Uint8Array(network.n);
  isNear[centre] = 1;
  let edge = [centre];
  for (let step = 0; step < 2; step++) {
    const next: number[] = [];
    for (const i of edge)
      for (const j of partnersOf(network, i, mask))
        if (passes[j] && !isNear[j]) {
          isNear[j] = 1;
          next.push(j);
        }
    edge = next;
  }
  return isNear;
}
