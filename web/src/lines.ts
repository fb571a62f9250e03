// What the lines of the map say by their pattern: how two actors are tied. No colour is needed.

import type { Words } from "./look.ts";
import type { Network } from "./network.ts";
import { maskOf } from "./show.ts";
import type { View } from "./view.ts";

/** Above so many ties drawn at once, patterns are a blur, and every line is unbroken. */
export const N_PATTERNED = 4000;

/** Relations that are drawn with one pattern. */
export interface Line {
  label: string;
  relations: readonly string[];
  /** The same as bits of the network's relations. */
  bits: number;
  /** Lengths of strokes and gaps by turns, in pixels; empty for an unbroken line. */
  dash: readonly number[];
}

/**
 * Return the patterns in use, the most telling first: a tie of several kinds has the first of them.
 *
 * Relations are grouped as the vocabulary says; where no more are shown than there are patterns,
 * each has one of its own.
 */
export function linesOf(network: Network, view: View, words: Words): Line[] {
  const shown = network.relationsUsed & maskOf(network, view.relations);
  const bitsOf = (relations: readonly string[]): number =>
    relations.reduce((bits, one) => bits | bitOf(network, one), 0) & shown;
  const each = words.lines
    .flatMap(({ relations }) => relations)
    .filter((relation) => bitsOf([relation]));
  if (each.length <= words.lines.length)
    return each.map((relation, k) => ({
      label: words.relations[relation] ?? relation,
      relations: [relation],
      bits: bitsOf([relation]),
      dash: patterns(words)[k] ?? [],
    }));
  return words.lines
    .map(({ label, relations, dash }) => ({
      label,
      relations: relations.filter((relation) => bitsOf([relation])),
      bits: bitsOf(relations),
      dash,
    }))
    .filter(({ bits }) => bits);
}

/** Return the number of the line that stands for relations, given as bits. */
export function lineOf(lines: readonly Line[], relations: number): number {
  return Math.max(
    0,
    lines.findIndex(({ bits }) => bits & relations),
  );
}

/** Return the patterns, the plainest first. */
function patterns(words: Words): (readonly number[])[] {
  const dashes = words.lines.map(({ dash }) => dash);
  return dashes.sort((a, b) => a.length - b.length || (b[0] ?? 0) - (a[0] ?? 0));
}

function bitOf(network: Network, relation: string): number {
  const k = network.relations.indexOf(relation);
  return k < 0 ? 0 : 1 << k;
}
