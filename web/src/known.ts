// Where each actor stood at the last visit, kept in the browser: ids and places as one text.

import { textAt, type Texts } from "./compact.ts";

const STORED_AS = "wushe.map.4";
/** What one browser keeps for one site is about five million characters. */
const MAX_LENGTH = 4_000_000;

/** Return what is kept, empty for nothing. */
export function recall(): string {
  try {
    return localStorage.getItem(STORED_AS) ?? "";
  } catch {
    return "";
  }
}

export function remember(text: string): void {
  try {
    if (text.length <= MAX_LENGTH) localStorage.setItem(STORED_AS, text);
  } catch {
    // A browser that keeps nothing arranges the map anew at each visit, which comes out alike.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(STORED_AS);
  } catch {
    // There is nothing to forget then.
  }
}

/** Where each of some actors stood. */
export type Known = Map<string, readonly [number, number]>;

export function readKnown(text: string): Known {
  const [ids = "", spots = ""] = text.split("\n\n");
  if (!ids) return new Map();
  const numbers = spots.split(",").map(Number);
  return new Map(
    ids.split("\n").map((id, k) => [id, [numbers[2 * k] ?? NaN, numbers[2 * k + 1] ?? NaN]]),
  );
}

export function writeKnown(known: Known): string {
  const spots = [...known.values()].map(([x, y]) => `${round(x)},${round(y)}`).join(",");
  return `${[...known.keys()].join("\n")}\n\n${spots}`;
}

/** Return x and y of each actor by turns, NaN for those that are not known. */
export function placesOf(known: Known, ids: Texts): Float32Array {
  const places = new Float32Array(2 * ids.ends.length).fill(NaN);
  if (!known.size) return places;
  for (let i = 0; i < ids.ends.length; i++) {
    const spot = known.get(textAt(ids, i));
    if (spot) [places[2 * i], places[2 * i + 1]] = spot;
  }
  return places;
}

/** What is kept is what is drawn, so that a later visit shows the very same; no text holds -0. */
export function round(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
