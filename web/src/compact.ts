// The network as typed arrays and a few long strings: what a worker makes of an answer and hands
// over at once, however many actors there are.

import type { NetworkColumns } from "./wire.ts";

/** Texts one after another; the k-th ends at `ends[k]`. */
export interface Texts {
  all: string;
  ends: Uint32Array;
}

export interface Rows {
  start: Uint32Array;
  partner: Uint32Array;
  tie: Uint32Array;
  degree: Uint32Array;
}

export interface Compact extends Rows {
  ids: Texts;
  /** The actors in the order of their ids, to look one up. */
  byId: Uint32Array;
  names: Texts;
  englishNames: Texts;
  hasEnglishName: Uint8Array;
  kind: Uint8Array;
  area: Int32Array;
  /** -1 where it is unknown. */
  members: Int32Array;
  isGroup: Uint8Array;
  isAtLeast: Uint8Array;
  source: Uint32Array;
  target: Uint32Array;
  weight: Float32Array;
  relation: Uint32Array;
  isBridge: Uint8Array;
  /** All actors, most partners first; of equals the first. */
  order: Uint32Array;
  kinds: string[];
  relations: string[];
  areas: string[];
  years: [number, number] | null;
  nUndated: number;
  nStoredTies: number;
  total: number;
  version: string;
}

/** Read an answer of the server. */
export function readCompact(bytes: ArrayBuffer): Compact {
  return compactOf(JSON.parse(new TextDecoder().decode(bytes)) as NetworkColumns);
}

/** Bring an answer into arrays. Time O(n log n + m). */
export function compactOf(columns: NetworkColumns): Compact {
  const { actors, ties } = columns;
  const n = actors.id.length;
  const source = new Uint32Array(ties.source);
  const target = new Uint32Array(ties.target);
  const rows = rowsOf(n, source, target);
  return {
    ...rows,
    ids: textsOf(actors.id),
    byId: sortedIds(actors.id),
    names: textsOf(actors.name),
    englishNames: textsOf(actors.name_en.map((name) => name ?? "")),
    hasEnglishName: Uint8Array.from(actors.name_en, (name) => Number(name !== null)),
    kind: new Uint8Array(actors.kind),
    area: new Int32Array(actors.area),
    members: Int32Array.from(actors.members, (n) => n ?? -1),
    isGroup: flags(n, columns.groups),
    isAtLeast: flags(n, columns.at_least),
    source,
    target,
    weight: new Float32Array(ties.weight),
    relation: new Uint32Array(ties.relation),
    isBridge: flags(source.length, columns.bridges),
    order: byDegree(rows.degree),
    kinds: columns.kinds,
    relations: columns.relations,
    areas: columns.areas,
    years: columns.years,
    nUndated: columns.n_undated,
    nStoredTies: columns.n_stored_ties,
    total: columns.total,
    version: columns.snapshot.version,
  };
}

/** Return the memory of all arrays, to hand it over instead of copying it. */
export function buffersOf(compact: Compact): ArrayBuffer[] {
  const { ids, names, englishNames, ...rest } = compact;
  return [ids.ends, names.ends, englishNames.ends, ...Object.values(rest)]
    .filter((one) => ArrayBuffer.isView(one))
    .map((one) => one.buffer as ArrayBuffer);
}

export function textsOf(list: readonly string[]): Texts {
  const ends = new Uint32Array(list.length);
  let end = 0;
  list.forEach((text, k) => (ends[k] = end += text.length));
  return { all: list.join(""), ends };
}

export function textAt({ all, ends }: Texts, k: number): string {
  return all.slice(k ? ends[k - 1] : 0, ends[k] ?? 0);
}

/** Return the position of an id, -1 for none. Time O(log n). */
export function positionOf({ ids, byId }: Pick<Compact, "ids" | "byId">, id: string): number {
  let [low, high] = [0, byId.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (textAt(ids, byId[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  const i = byId[low] ?? -1;
  return i >= 0 && textAt(ids, i) === id ? i : -1;
}

/** Sort ties by their ends, so that the partners of each node lie side by side. Time O(n + m). */
export function rowsOf(n: number, source: Uint32Array, target: Uint32Array): Rows {
  const degree = new Uint32Array(n);
  for (const ends of [source, target])
    for (let t = 0; t < ends.length; t++) degree[ends[t] ?? 0] = (degree[ends[t] ?? 0] ?? 0) + 1;
  const start = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) start[i + 1] = (start[i] ?? 0) + (degree[i] ?? 0);
  const next = start.slice(0, n);
  const partner = new Uint32Array(2 * source.length);
  const tie = new Uint32Array(2 * source.length);
  const put = (i: number, j: number, t: number): void => {
    const at = next[i] ?? 0;
    partner[at] = j;
    tie[at] = t;
    next[i] = at + 1;
  };
  for (let t = 0; t < source.length; t++) {
    put(source[t] ?? 0, target[t] ?? 0, t);
    put(target[t] ?? 0, source[t] ?? 0, t);
  }
  return { start, partner, tie, degree };
}

/** Return all nodes, most partners first, of equals the first. Time O(n + most partners). */
function byDegree(degree: Uint32Array): Uint32Array {
  const most = degree.reduce((top, one) => Math.max(top, one), 0);
  const next = new Uint32Array(most + 2);
  for (const one of degree) next[most - one + 1] = (next[most - one + 1] ?? 0) + 1;
  for (let k = 0; k <= most; k++) next[k + 1] = (next[k + 1] ?? 0) + (next[k] ?? 0);
  const order = new Uint32Array(degree.length);
  degree.forEach((one, i) => {
    const at = next[most - one] ?? 0;
    order[at] = i;
    next[most - one] = at + 1;
  });
  return order;
}

/** Return the positions of ids in the order of their signs, whatever order the server has. */
function sortedIds(ids: readonly string[]): Uint32Array {
  const positions = Uint32Array.from(ids, (_, i) => i);
  const isSorted = ids.every((id, i) => !i || (ids[i - 1] ?? "") < id);
  if (isSorted) return positions;
  return positions.sort((a, b) => ((ids[a] ?? "") < (ids[b] ?? "") ? -1 : 1));
}

function flags(n: number, positions: readonly number[]): Uint8Array {
  const found = new Uint8Array(n);
  for (const i of positions) found[i] = 1;
  return found;
}
