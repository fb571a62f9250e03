// What the signs of the map mean: colour, size, shape and letter of each actor, and lines.

import { CIRCLE_COLOURS, OTHER_COLOUR } from "./colours.ts";
import { linesOf, type Line } from "./lines.ts";
import type { Network } from "./network.ts";
import { SHAPES } from "./outlines.ts";
import type { Circles } from "./show.ts";
import type { View } from "./view.ts";

const LEAST = 4.2;
const MOST = 24;
const PER_ROOT_PARTNER = 2.3;

export interface Words {
  sectors: Record<string, string>;
  shapes: Record<string, string>;
  colours: Record<string, string>;
  kinds: Record<string, string>;
  sector_of: Record<string, string>;
  column_of: Record<string, string | null>;
  columns: Record<string, string>;
  sector_order: string[];
  column_order: string[];
  relations: Record<string, string>;
  /** Relations that one pattern stands for, the most telling first; see `Line`. */
  lines: { label: string; relations: string[]; dash: number[] }[];
  measures: Record<string, string>;
}

export interface Look {
  /** The colours in use, and which of them each actor has. */
  colours: readonly string[];
  colourOf: Uint8Array;
  shapeOf: Uint8Array;
  /** In pixels of a picture that shows few actors. */
  sizes: Float32Array;
  /** The largest value that size stands for; null where no actor has one. */
  most: number | null;
  letterOf: readonly string[] | null;
  /** The patterns of ties. */
  lines: readonly Line[];
  isByStrength: boolean;
}

/** The measure that size stands for, NaN where undefined. */
export type Values = Float64Array;

export function lookOf(
  network: Network,
  view: View,
  words: Words,
  circles: Circles,
  values: Values,
): Look {
  const isByCircle = view.colour === "circle" && circles !== null;
  const sectorColours = [
    ...network.sectors.map((one) => words.colours[one] ?? OTHER_COLOUR),
    OTHER_COLOUR,
  ];
  const shapeOfSector = network.sectors.map((one) => shapeNumber(words.shapes[one] ?? ""));
  const most = values.reduce((top, value) => (value > top ? value : top), -Infinity);
  // To map a long array to one of another kind takes many times as long as a plain loop.
  const { n, sector } = network;
  const sectors = new Uint8Array(n);
  const shapeOf = new Uint8Array(n);
  const sizes = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const own = sector[i] ?? -1;
    sectors[i] = own < 0 ? network.sectors.length : own;
    shapeOf[i] = shapeOfSector[own] ?? 0;
    sizes[i] = sizeOf(values[i] ?? NaN, view.size, most);
  }
  return {
    colours: isByCircle ? [...CIRCLE_COLOURS, OTHER_COLOUR] : sectorColours,
    colourOf: isByCircle ? circles : sectors,
    shapeOf,
    sizes,
    most: Number.isFinite(most) ? most : null,
    letterOf: view.hasLetters ? lettersOf(network, words) : null,
    lines: linesOf(network, view, words),
    isByStrength: view.isByStrength,
  };
}

/** Return the size of a value: area, not width, stands for it; the undefined are the smallest. */
export function sizeOf(value: number, measure: string, most: number): number {
  if (!(value > 0) || !(most > 0)) return LEAST;
  // A few partners are no more than a few, even where nobody has more.
  const largest =
    measure === "degree" ? Math.min(MOST, LEAST + PER_ROOT_PARTNER * Math.sqrt(most)) : MOST;
  return LEAST + (largest - LEAST) * Math.sqrt(value / most);
}

/** So many circles have a colour of their own; the last number stands for all smaller ones. */
export const N_CIRCLES = CIRCLE_COLOURS.length;

/** Number circles by size: 0 is the largest, `N_CIRCLES` any of the smaller and single ones. */
export function circlesOf(labels: Values): Uint8Array {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, N_CIRCLES);
  const ranks = new Map(
    sorted.flatMap(([label, n], rank) => (n > 1 ? [[label, rank] as const] : [])),
  );
  return Uint8Array.from(labels, (label) => ranks.get(label) ?? N_CIRCLES);
}

export function shapeNumber(shape: string): number {
  return Math.max(
    0,
    SHAPES.findIndex((known) => known === shape),
  );
}

/** One letter or character for each kind: the first of its label that no other took. */
function lettersOf(network: Network, words: Words): string[] {
  const taken = new Set<string>();
  const byKind = new Map<string, string>();
  for (const kind of network.kinds) {
    const letters = [...(words.kinds[kind] ?? kind).replace(/[^\p{L}]/gu, "").toUpperCase()];
    const letter = letters.find((one) => !taken.has(one)) ?? letters[0] ?? "";
    taken.add(letter);
    byKind.set(kind, letter);
  }
  return network.kinds.map((kind) => byKind.get(kind) ?? "");
}
