// The network as arrays: an actor is its position, a tie is its position, and nothing is an object.

import { isEnglish } from "./text.ts";
import type { NetworkColumns } from "./wire.ts";

/** What the page says about kinds, so that the network itself needs no words. */
export interface Vocabulary {
  /** The sector of each kind, and the column of the five 社 that it fills, if any. */
  sector_of: Record<string, string>;
  column_of: Record<string, string | null>;
  sector_order: string[];
}

export class Network {
  readonly n: number;
  readonly m: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  readonly relations: readonly string[];
  readonly areas: readonly string[];
  readonly sectors: readonly string[];
  /** Of each actor: positions in `kinds`, `sectors` and `areas` (-1 for none), and its partners. */
  readonly kind: Uint8Array;
  readonly sector: Int8Array;
  readonly area: Int32Array;
  readonly degree: Uint32Array;
  /** Of each tie: its ends, its strength, and its relations as bits of `relations`. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly weight: Float32Array;
  readonly relation: Uint32Array;
  readonly isBridge: Uint8Array;
  /** Row i of the partners is `partner[start[i]] … partner[start[i + 1] - 1]`, with its ties. */
  readonly start: Uint32Array;
  readonly partner: Uint32Array;
  readonly tie: Uint32Array;
  /** All actors, most partners first; of equals the first id. */
  readonly order: Uint32Array;
  readonly years: readonly [number, number] | null;
  readonly nUndated: number;
  readonly nStoredTies: number;
  readonly total: number;
  readonly version: string;
  readonly #index: Map<string, number>;
  readonly #columns: NetworkColumns;
  readonly #isGroup: Uint8Array;
  readonly #isAtLeast: Uint8Array;
  #lowered: string[] | null = null;

  constructor(columns: NetworkColumns, words: Vocabulary) {
    const { actors, ties } = columns;
    this.#columns = columns;
    this.n = actors.id.length;
    this.m = ties.source.length;
    this.ids = actors.id;
    this.names = isEnglish()
      ? actors.name.map((name, i) => actors.name_en[i] ?? name)
      : actors.name;
    this.kinds = columns.kinds;
    this.relations = columns.relations;
    this.areas = columns.areas;
    this.sectors = words.sector_order;
    this.kind = Uint8Array.from(actors.kind);
    const sectorOf = columns.kinds.map((kind) => this.sectors.indexOf(words.sector_of[kind] ?? ""));
    this.sector = Int8Array.from(actors.kind, (kind) => sectorOf[kind] ?? -1);
    this.area = Int32Array.from(actors.area);
    this.source = Uint32Array.from(ties.source);
    this.target = Uint32Array.from(ties.target);
    this.weight = Float32Array.from(ties.weight);
    this.relation = Uint32Array.from(ties.relation);
    this.isBridge = flags(this.m, columns.bridges);
    this.#isGroup = flags(this.n, columns.groups);
    this.#isAtLeast = flags(this.n, columns.at_least);
    const rows = rowsOf(this.n, this.source, this.target);
    [this.start, this.partner, this.tie, this.degree] = [
      rows.start,
      rows.partner,
      rows.tie,
      rows.degree,
    ];
    const { degree } = rows;
    this.order = Uint32Array.from({ length: this.n }, (_, i) => i).sort(
      (a, b) => (degree[b] ?? 0) - (degree[a] ?? 0) || a - b,
    );
    this.years = columns.years;
    this.nUndated = columns.n_undated;
    this.nStoredTies = columns.n_stored_ties;
    this.total = columns.total;
    this.version = columns.snapshot.version;
    this.#index = new Map(actors.id.map((id, i) => [id, i]));
  }

  /** Return the position of an id, -1 for one that is not in the network. */
  at(id: string | null): number {
    return id === null ? -1 : (this.#index.get(id) ?? -1);
  }

  id(i: number): string {
    return this.ids[i] ?? "";
  }

  name(i: number): string {
    return this.names[i] ?? "";
  }

  /** Whether an English page shows a Chinese name, for want of an English one. */
  isForeign(i: number): boolean {
    return isEnglish() && this.#columns.actors.name_en[i] === null;
  }

  kindOf(i: number): string {
    return this.kinds[this.kind[i] ?? 0] ?? "";
  }

  sectorOf(i: number): string | null {
    return this.sectors[this.sector[i] ?? -1] ?? null;
  }

  areaOf(i: number): string | null {
    return this.areas[this.area[i] ?? -1] ?? null;
  }

  isGroup(i: number): boolean {
    return this.#isGroup[i] === 1;
  }

  /** Return how many members an actor has, and whether it may be more; null where unknown. */
  members(i: number): { n: number; isAtLeast: boolean } | null {
    const n = this.#columns.actors.members[i] ?? null;
    return n === null ? null : { n, isAtLeast: this.#isAtLeast[i] === 1 };
  }

  /** The relations of all ties, as bits. */
  get relationsUsed(): number {
    return this.relation.reduce((all, one) => all | one, 0);
  }

  partners(i: number): Uint32Array {
    return this.partner.subarray(this.start[i] ?? 0, this.start[i + 1] ?? 0);
  }

  /** Return the ties of an actor, in the order of `partners`. */
  ties(i: number): Uint32Array {
    return this.tie.subarray(this.start[i] ?? 0, this.start[i + 1] ?? 0);
  }

  /** Return the tie between two actors, -1 for none. */
  tieBetween(i: number, j: number): number {
    const [few, other] = (this.degree[i] ?? 0) <= (this.degree[j] ?? 0) ? [i, j] : [j, i];
    const at = this.partners(few).indexOf(other);
    return at < 0 ? -1 : (this.ties(few)[at] ?? -1);
  }

  /** Return the actors whose name in either language contains what is looked for. */
  named(find: string): number[] {
    const words = find.trim().toLowerCase();
    if (!words) return [];
    const { name, name_en } = this.#columns.actors;
    this.#lowered ??= name.map((one, i) => `${one}\n${name_en[i] ?? ""}`.toLowerCase());
    const found: number[] = [];
    this.#lowered.forEach((text, i) => {
      if (text.includes(words)) found.push(i);
    });
    return found;
  }
}

export interface Rows {
  start: Uint32Array;
  partner: Uint32Array;
  tie: Uint32Array;
  degree: Uint32Array;
}

/** Sort ties by their ends, so that the partners of each node lie side by side. Time O(n + m). */
export function rowsOf(n: number, source: Uint32Array, target: Uint32Array): Rows {
  const degree = new Uint32Array(n);
  for (const ends of [source, target]) for (const i of ends) degree[i] = (degree[i] ?? 0) + 1;
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

function flags(n: number, positions: readonly number[]): Uint8Array {
  const found = new Uint8Array(n);
  for (const i of positions) found[i] = 1;
  return found;
}

/** Whether an area path is another or lies in it. */
export function isWithin(area: string | null, outer: string): boolean {
  return area !== null && (area === outer || area.startsWith(`${outer}/`));
}
