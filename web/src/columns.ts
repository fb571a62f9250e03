// The five 社 side by side, government and the others beside them; within one by area, then by
// the number of partners.

import type { Arrangement, Sign } from "./arrangement.ts";
import type { Network, Vocabulary } from "./network.ts";
import { t } from "./text.ts";

const STEP_X = 96;
const STEP_Y = 46;
const BETWEEN = 110;
const NONE = "";
/** On so many lines headings stand clear of each other on a desk, and on a phone. */
const FEW_LINES = 3;
const MOST_LINES = 6;

/** Return a grid for each column, heights alike, the whole of about the proportions. */
export function byColumn(
  network: Network,
  actors: Uint32Array,
  words: Vocabulary & { columns: Record<string, string>; column_order: string[] },
  proportion: number,
): Arrangement {
  const columnOf = network.kinds.map((kind) => words.column_of[kind] ?? NONE);
  const members = new Map<string, number[]>([...words.column_order, NONE].map((one) => [one, []]));
  for (const i of actors) members.get(columnOf[network.kind[i] ?? 0] ?? NONE)?.push(i);
  const filled = [...members].filter(([, own]) => own.length);
  const nRows = rowsFor(
    filled.map(([, own]) => own.length),
    proportion,
  );
  const places = new Float32Array(2 * network.n).fill(NaN);
  const signs: Sign[] = [];
  let left = 0;
  for (const [column, own] of filled) {
    const rank = new Map(own.map((i, k) => [i, k]));
    own.sort(
      (a, b) =>
        compare(network.areaOf(a) ?? "\uffff", network.areaOf(b) ?? "\uffff") ||
        (rank.get(a) ?? 0) - (rank.get(b) ?? 0),
    );
    const nAcross = Math.ceil(own.length / nRows);
    own.forEach((i, k) => {
      places[2 * i] = left + Math.floor(k / nRows) * STEP_X;
      // Every other one a little lower, so that names find room.
      places[2 * i + 1] = -(k % nRows) * STEP_Y - (Math.floor(k / nRows) % 2) * (STEP_Y / 2);
    });
    const width = (nAcross - 1) * STEP_X;
    signs.push({
      text: t("map_column", {
        column: words.columns[column] ?? t("map_column_none"),
        n: own.length,
      }),
      x: left + width / 2,
      y: STEP_Y * 1.7,
      // Headings of narrow columns stand one above the other.
      nLinesUp: signs.length % (proportion < 1 ? MOST_LINES : FEW_LINES),
      radius: null,
      depth: 0,
    });
    left += width + BETWEEN;
  }
  return { places, signs, spacing: STEP_Y };
}

/** The fewest rows that make the whole no wider than the proportions allow. */
function rowsFor(sizes: readonly number[], proportion: number): number {
  const most = Math.max(1, ...sizes);
  for (let nRows = 1; nRows < most; nRows++) {
    const width = sizes.reduce((sum, n) => sum + (Math.ceil(n / nRows) - 1) * STEP_X + BETWEEN, 0);
    if (width / (nRows * STEP_Y) <= proportion) return nRows;
  }
  return most;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
