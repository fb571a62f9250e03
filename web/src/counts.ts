// How many actors or ties each choice of a facet would show, all other filters as they are.

import type { Network } from "./network.ts";
import { passing, type Circles } from "./show.ts";
import type { View } from "./view.ts";

export interface Counts {
  sectors: Map<string, number>;
  kinds: Map<string, number>;
  circles: Map<string, number>;
  /** Actors of each area, those of the areas in it included, by path. */
  areas: Map<string, number>;
  /** Ties in which a relation has a part. */
  relations: Map<string, number>;
}

/** Return the counts of all facets. Time O(n + m). */
export function countFacets(network: Network, view: View, circles: Circles): Counts {
  const sectors = tally(
    passing(network, view, circles, "sectors"),
    network.sector,
    network.sectors.length,
  );
  const kinds = tally(passing(network, view, circles, "kinds"), network.kind, network.kinds.length);
  const areas = tally(passing(network, view, circles, "area"), network.area, network.areas.length);
  const byCircle = new Map<string, number>();
  if (circles) {
    const passes = passing(network, view, circles, "circles");
    circles.forEach((circle, i) => {
      if (passes[i]) add(byCircle, String(circle), 1);
    });
  }
  const byArea = new Map<string, number>();
  areas.forEach((n, k) => {
    const parts = (network.areas[k] ?? "").split("/");
    parts.forEach((_, depth) => add(byArea, parts.slice(0, depth + 1).join("/"), n));
  });
  return {
    sectors: named(network.sectors, sectors),
    kinds: named(network.kinds, kinds),
    circles: byCircle,
    areas: byArea,
    relations: countRelations(network, passing(network, view, circles)),
  };
}

function countRelations(network: Network, passes: Uint8Array): Map<string, number> {
  const counts = new Uint32Array(network.relations.length);
  const { source, target, relation, m } = network;
  for (let t = 0; t < m; t++) {
    if (!passes[source[t] ?? 0] || !passes[target[t] ?? 0]) continue;
    for (let bits = relation[t] ?? 0, k = 0; bits; bits >>>= 1, k++)
      if (bits & 1) counts[k] = (counts[k] ?? 0) + 1;
  }
  return named(network.relations, counts);
}

function tally(passes: Uint8Array, codes: ArrayLike<number>, n: number): Uint32Array {
  const counts = new Uint32Array(n);
  for (let i = 0; i < passes.length; i++) {
    const code = codes[i] ?? -1;
    if (passes[i] && code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

function named(names: readonly string[], counts: Uint32Array): Map<string, number> {
  return new Map(names.map((name, k) => [name, counts[k] ?? 0]));
}

function add(counts: Map<string, number>, key: string, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}
