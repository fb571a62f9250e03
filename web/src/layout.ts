// Where each actor stands. The same network is always arranged alike, and an actor that was
// seen before stays where it was.

import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

import type { Network } from "./wire.ts";

export interface Place {
  x: number;
  y: number;
}
export type Places = Record<string, Place>;

const SPREAD = 42;
const APART = 44;
const APART_PER_ROOT_DEGREE = 7;
const GAP = 70;
const ISOLATED_STEP = 64;
const STORED_AS = "wushe.map.2";

/** Arrange a whole network anew: each connected part by itself, the untied in rows below. */
export function arrange(network: Network, proportion: number): Places {
  const neighbours = neighboursOf(network);
  const components = componentsOf(neighbours);
  const tied = components.filter((component) => component.length > 1);
  const untied = components.filter((component) => component.length === 1).flat();
  const places: Places = {};
  const blocks = tied.map((component) => layOut(component, neighbours));
  const { width, height } = pack(blocks, places, proportion);
  const perRow = Math.max(1, Math.floor((width || ISOLATED_STEP * 12) / ISOLATED_STEP));
  untied.forEach((id, i) => {
    const x = (i % perRow) * ISOLATED_STEP;
    places[id] = { x, y: -(height + GAP + Math.floor(i / perRow) * ISOLATED_STEP) };
  });
  return places;
}

/** Put each block at the free corner that keeps the whole nearest to the canvas' proportions. */
function pack(blocks: readonly Block[], places: Places, proportion: number): { width: number; height: number } {
  const taken: { left: number; top: number; right: number; bottom: number }[] = [];
  let [width, height] = [0, 0];
  for (const block of blocks) {
    const corners = [
      { left: 0, top: 0 },
      ...taken.flatMap(({ left, top, right, bottom }) => [
        { left: right + GAP, top },
        { left, top: bottom + GAP },
      ]),
    ];
    let best = { left: 0, top: 0, cost: Infinity };
    for (const { left, top } of corners) {
      const right = left + block.width;
      const bottom = top + block.height;
      const isFree = taken.every(
        (other) =>
          left >= other.right + GAP ||
          right + GAP <= other.left ||
          top >= other.bottom + GAP ||
          bottom + GAP <= other.top,
      );
      const reach = Math.max(Math.max(width, right) / proportion, Math.max(height, bottom));
      const cost = reach + (left / proportion + top) / 1000;
      if (isFree && cost < best.cost) best = { left, top, cost };
    }
    const { left, top } = best;
    taken.push({ left, top, right: left + block.width, bottom: top + block.height });
    width = Math.max(width, left + block.width);
    height = Math.max(height, top + block.height);
    for (const [id, place] of Object.entries(block.places))
      places[id] = { x: left + place.x, y: -(top + place.y) };
  }
  return { width, height };
}

/** Keep known places; put whoever is new beside its partners, or below where it has none. */
export function extend(network: Network, known: Places, proportion: number): Places {
  const neighbours = neighboursOf(network);
  const places: Places = {};
  for (const id of neighbours.keys()) {
    const place = known[id];
    if (place) places[id] = place;
  }
  const fixed = new Set(Object.keys(places));
  const isMostlyNew = fixed.size * 2 < neighbours.size;
  if (isMostlyNew) return arrange(network, proportion);
  const below = Math.min(0, ...Object.values(places).map((place) => place.y)) - GAP;
  let nBelow = 0;
  for (const [id, others] of neighbours) {
    if (fixed.has(id)) continue;
    const around = [...others].map((other) => places[other]).filter((place) => place !== undefined);
    const angle = 2 * Math.PI * fraction(id);
    places[id] = around.length
      ? {
          x: mean(around.map((place) => place.x)) + GAP * Math.cos(angle),
          y: mean(around.map((place) => place.y)) + GAP * Math.sin(angle),
        }
      : { x: ISOLATED_STEP * nBelow++, y: below };
  }
  separate(places, neighbours, fixed);
  return places;
}

export function recall(): Places | null {
  try {
    return JSON.parse(localStorage.getItem(STORED_AS) ?? "null") as Places | null;
  } catch {
    return null;
  }
}

export function remember(places: Places): void {
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(places));
  } catch {
    // A browser that keeps nothing arranges the map anew at each visit, which comes out alike.
  }
}

/** Return a number in [0, 1) that depends on the text alone (FNV-1a). */
export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

function neighboursOf(network: Network): Neighbours {
  const ids = network.actors.map((actor) => actor.id).sort();
  const neighbours = new Map<string, Set<string>>(ids.map((id) => [id, new Set<string>()]));
  for (const tie of network.ties) {
    if (tie.source === tie.target) continue;
    neighbours.get(tie.source)?.add(tie.target);
    neighbours.get(tie.target)?.add(tie.source);
  }
  return neighbours;
}

/** Return the connected parts, largest first. */
function componentsOf(neighbours: Neighbours): string[][] {
  const seen = new Set<string>();
  const components: string[][] = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const component = [start];
    for (let i = 0; i < component.length; i++)
      for (const other of neighbours.get(component[i] ?? "") ?? [])
        if (!seen.has(other)) {
          seen.add(other);
          component.push(other);
        }
    components.push(component.sort());
  }
  return components.sort((a, b) => b.length - a.length || ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
}

interface Block {
  places: Places;
  width: number;
  height: number;
}

function layOut(ids: readonly string[], neighbours: Neighbours): Block {
  const graph = new Graph({ type: "undirected" });
  for (const id of ids) {
    const angle = 2 * Math.PI * fraction(id);
    const radius = 100 * Math.sqrt(fraction(`${id}#`));
    graph.addNode(id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
  }
  for (const id of ids)
    for (const other of neighbours.get(id) ?? []) if (id < other) graph.addEdge(id, other);
  const n = ids.length;
  const placed = forceAtlas2(graph, {
    iterations: n > 3000 ? 60 : n > 1000 ? 120 : n > 500 ? 200 : 500,
    settings: {
      ...forceAtlas2.inferSettings(n),
      gravity: 0.6,
      scalingRatio: 12,
      linLogMode: true,
      barnesHutOptimize: n > 600,
    },
  });
  const places = scaled(placed as Places, n);
  separate(places, neighbours, new Set());
  return moved(places);
}

/** Scale a part so that it takes room by the number of its actors; lie it down if it stands. */
function scaled(places: Places, n: number): Places {
  const all = Object.values(places);
  const cx = mean(all.map((place) => place.x));
  const cy = mean(all.map((place) => place.y));
  const spread = Math.sqrt(mean(all.map((p) => (p.x - cx) ** 2 + (p.y - cy) ** 2))) || 1;
  const k = (SPREAD * Math.sqrt(n)) / spread;
  const isUpright =
    mean(all.map((p) => (p.y - cy) ** 2)) > mean(all.map((p) => (p.x - cx) ** 2));
  return Object.fromEntries(
    Object.entries(places).map(([id, p]) => {
      const [dx, dy] = [(p.x - cx) * k, (p.y - cy) * k];
      return [id, isUpright ? { x: dy, y: dx } : { x: dx, y: dy }];
    }),
  );
}

/** Push apart whoever stands too close; the fixed stay where they are. */
function separate(places: Places, neighbours: Neighbours, fixed: ReadonlySet<string>): void {
  const items = Object.entries(places).map(([id, place]) => ({
    id,
    place,
    room: APART / 2 + APART_PER_ROOT_DEGREE * Math.sqrt(neighbours.get(id)?.size ?? 0),
    isFixed: fixed.has(id),
  }));
  const nRounds = items.length > 1500 ? 12 : 80;
  for (let round = 0; round < nRounds; round++) {
    let hasMoved = false;
    for (let i = 0; i < items.length; i++)
      for (let j = i + 1; j < items.length; j++) {
        const a = items[i];
        const b = items[j];
        if (!a || !b || (a.isFixed && b.isFixed)) continue;
        const need = a.room + b.room;
        let dx = b.place.x - a.place.x;
        let dy = b.place.y - a.place.y;
        if (Math.abs(dx) >= need || Math.abs(dy) >= need) continue;
        let distance = Math.hypot(dx, dy);
        if (distance >= need) continue;
        if (distance < 1e-6) {
          const angle = 2 * Math.PI * fraction(a.id + b.id);
          [dx, dy, distance] = [Math.cos(angle), Math.sin(angle), 1];
        }
        const push = (need - distance) / distance / (a.isFixed || b.isFixed ? 1 : 2);
        if (!a.isFixed) a.place = { x: a.place.x - dx * push, y: a.place.y - dy * push };
        if (!b.isFixed) b.place = { x: b.place.x + dx * push, y: b.place.y + dy * push };
        hasMoved = true;
      }
    if (!hasMoved) break;
  }
  for (const { id, place } of items) places[id] = place;
}

function moved(places: Places): Block {
  const all = Object.values(places);
  const [left, right] = [Math.min(...all.map((p) => p.x)), Math.max(...all.map((p) => p.x))];
  const [top, bottom] = [Math.min(...all.map((p) => p.y)), Math.max(...all.map((p) => p.y))];
  return {
    places: Object.fromEntries(
      Object.entries(places).map(([id, p]) => [id, { x: p.x - left, y: p.y - top }]),
    ),
    width: right - left,
    height: bottom - top,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
