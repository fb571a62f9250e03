// The network as arrays: an actor is its position, a tie is its position, and nothing is an object.

import { compactOf, positionOf, textAt, type Compact, type Texts } from "./compact.ts";
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
  readonly ids: Texts;
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
  /** The relations of all ties, as bits. */
  readonly relationsUsed: number;
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
  readonly #compact: Compact;
  #lowered: string[] | null = null;

  constructor(compact: Compact, words: Vocabulary) {
    this.#compact = compact;
    this.n = compact.kind.length;
    this.m = compact.source.length;
    this.ids = compact.ids;
    this.kinds = compact.kinds;
    this.relations = compact.relations;
    this.areas = compact.areas;
    this.sectors = words.sector_order;
    this.kind = compact.kind;
    const sectorOf = compact.kinds.map((kind) => this.sectors.indexOf(words.sector_of[kind] ?? ""));
    this.sector = new Int8Array(this.n);
    for (let i = 0; i < this.n; i++) this.sector[i] = sectorOf[compact.kind[i] ?? 0] ?? -1;
    this.area = compact.area;
    this.degree = compact.degree;
    this.source = compact.source;
    this.target = compact.target;
    this.weight = compact.weight;
    this.relation = compact.relation;
    this.isBridge = compact.isBridge;
    this.relationsUsed = compact.relation.reduce((all, one) => all | one, 0);
    this.start = compact.start;
    this.partner = compact.partner;
    this.tie = compact.tie;
    this.order = compact.order;
    this.years = compact.years;
    this.nUndated = compact.nUndated;
    this.nStoredTies = compact.nStoredTies;
    this.total = compact.total;
    this.version = compact.version;
  }

  static of(columns: NetworkColumns, words: Vocabulary): Network {
    return new Network(compactOf(columns), words);
  }

  /** Return the position of an id, -1 for one that is not in the network. */
  at(id: string | null): number {
    return id === null ? -1 : positionOf(this.#compact, id);
  }

  /** The kinds that some actor has. */
  get kindsPresent(): string[] {
    const present = new Set(this.kind);
    return this.kinds.filter((_, k) => present.has(k));
  }

  /** The relations that some tie has. */
  get relationsPresent(): string[] {
    return this.relations.filter((_, k) => (this.relationsUsed >>> k) & 1);
  }

  id(i: number): string {
    return textAt(this.ids, i);
  }

  name(i: number): string {
    const { names, englishNames, hasEnglishName } = this.#compact;
    return textAt(isEnglish() && hasEnglishName[i] ? englishNames : names, i);
  }

  /** Whether an English page shows a Chinese name, for want of an English one. */
  isForeign(i: number): boolean {
    return isEnglish() && !this.#compact.hasEnglishName[i];
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
    return this.#compact.isGroup[i] === 1;
  }

  /** Return how many members an actor has, and whether it may be more; null where unknown. */
  members(i: number): { n: number; isAtLeast: boolean } | null {
    const n = this.#compact.members[i] ?? -1;
    return n < 0 ? null : { n, isAtLeast: this.#compact.isAtLeast[i] === 1 };
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
    this.#lowered ??= this.#namesLowered();
    const found: number[] = [];
    this.#lowered.forEach((text, i) => {
      if (text.includes(words)) found.push(i);
    });
    return found;
  }

  #namesLowered(): string[] {
    const { names, englishNames } = this.#compact;
    return Array.from({ length: this.n }, (_, i) =>
      `${textAt(names, i)}\n${textAt(englishNames, i)}`.toLowerCase(),
    );
  }
}

/** Whether an area path is another or lies in it. */
export function isWithin(area: string | null, outer: string): boolean {
  return area !== null && (area === outer || area.startsWith(`${outer}/`));
}
