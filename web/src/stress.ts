// Whom and what the map stresses: who is pointed at, selected, found, on a path, or cut off.

import type { Network } from "./network.ts";
import type { Stress } from "./scene.ts";
import { circleOf, maskOf, type Shown } from "./show.ts";
import type { View } from "./view.ts";

/** More pairs than this are not drawn as lines. */
export const N_PAIRS = 300;

export interface Asked {
  hovered: number;
  found: ReadonlySet<number>;
  path: readonly number[] | null;
}

/** Return what to stress, null for nothing: the first of these that there is. */
export function stressOf(network: Network, shown: Shown, view: View, asked: Asked): Stress | null {
  const mask = maskOf(network, view.relations);
  const selected = network.at(view.selected);
  const isSelected = selected >= 0 && shown.isShown[selected] === 1;
  if (asked.hovered >= 0 && shown.isShown[asked.hovered])
    return circle(network, shown, mask, asked.hovered);
  if (asked.path?.length) return route(network, asked.path);
  if (view.stressed === "bridges") return bridges(network, shown, isSelected ? selected : -1);
  if (view.stressed === "sole" && isSelected) {
    const found = circle(network, shown, mask, selected);
    const pairs = solePairs(network, selected).filter(
      ([a, b]) => shown.isShown[a] && shown.isShown[b],
    );
    const inPairs = new Set(pairs.flat());
    return {
      ...found,
      actors: [selected, ...inPairs],
      pairs: pairs.slice(0, N_PAIRS),
      ringed: [selected],
    };
  }
  // Rings around the selected one show its circle by themselves.
  if (isSelected && selected !== shown.centre) return circle(network, shown, mask, selected);
  if (view.picked.length)
    return group(
      network,
      shown,
      view.picked.map((id) => network.at(id)),
    );
  if (asked.found.size) {
    const actors = [...shown.actors].filter((i) => asked.found.has(i));
    return { actors, ties: [], strong: [], pairs: [], ringed: actors };
  }
  return null;
}

/** Return the pairs of partners that meet only at one actor: untied, with no other in common. */
export function solePairs(network: Network, centre: number): [number, number][] {
  const own = [...network.partners(centre)].sort((a, b) => a - b);
  const place = new Map(own.map((i, k) => [i, k]));
  const n = own.length;
  const isMet = new Uint8Array(n * n);
  own.forEach((a, k) => {
    for (const between of network.partners(a)) {
      const direct = place.get(between);
      if (direct !== undefined) isMet[k * n + direct] = 1;
      if (between === centre) continue;
      for (const b of network.partners(between)) {
        const other = place.get(b);
        if (other !== undefined) isMet[k * n + other] = 1;
      }
    }
  });
  const pairs: [number, number][] = [];
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) if (!isMet[a * n + b]) pairs.push([own[a] ?? 0, own[b] ?? 0]);
  return pairs;
}

/** Return the bridges that are shown; those of one actor where it is given. */
export function bridgesShown(network: Network, shown: Shown, of: number): number[] {
  return [...shown.ties].filter(
    (t) => network.isBridge[t] && (of < 0 || network.source[t] === of || network.target[t] === of),
  );
}

/** Return the ties among some actors, of those that are shown. */
export function tiesAmong(network: Network, shown: Shown, actors: ReadonlySet<number>): number[] {
  return [...shown.ties].filter(
    (t) => actors.has(network.source[t] ?? -1) && actors.has(network.target[t] ?? -1),
  );
}

function circle(network: Network, shown: Shown, mask: number, centre: number): Stress {
  const { partners, ties } = circleOf(network, shown, mask, centre);
  const degree = (i: number): number => network.degree[i] ?? 0;
  partners.sort((a, b) => degree(b) - degree(a) || a - b);
  return { actors: [centre, ...partners], ties, strong: [], pairs: [], ringed: [centre] };
}

function route(network: Network, path: readonly number[]): Stress {
  const strong = path.slice(1).map((j, k) => network.tieBetween(path[k] ?? -1, j));
  const ends = [path[0] ?? -1, path[path.length - 1] ?? -1];
  return { actors: path, ties: [], strong: strong.filter((t) => t >= 0), pairs: [], ringed: ends };
}

function bridges(network: Network, shown: Shown, of: number): Stress {
  const strong = bridgesShown(network, shown, of);
  const ends = new Set(strong.flatMap((t) => [network.source[t] ?? -1, network.target[t] ?? -1]));
  if (of >= 0) ends.add(of);
  const actors = [...shown.actors].filter((i) => ends.has(i));
  return { actors, ties: [], strong, pairs: [], ringed: of >= 0 ? [of] : [] };
}

function group(network: Network, shown: Shown, picked: readonly number[]): Stress {
  const isIn = new Set(picked.filter((i) => i >= 0 && shown.isShown[i]));
  const actors = [...shown.actors].filter((i) => isIn.has(i));
  return { actors, ties: tiesAmong(network, shown, isIn), strong: [], pairs: [], ringed: actors };
}
