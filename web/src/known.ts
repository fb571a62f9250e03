// Where each actor stood at the last visit, kept in the browser: ids and rounded places.

export type Known = Map<string, readonly [number, number]>;

const STORED_AS = "wushe.map.4";
/** What one browser keeps for one site is about five million characters. */
const MAX_LENGTH = 4_000_000;

export function recall(): Known {
  try {
    const [ids = "", spots = ""] = (localStorage.getItem(STORED_AS) ?? "").split("\n\n");
    if (!ids) return new Map();
    const numbers = spots.split(",").map(Number);
    return new Map(
      ids
        .split("\n")
        .map((id, k) => [id, [numbers[2 * k] ?? NaN, numbers[2 * k + 1] ?? NaN] as const]),
    );
  } catch {
    return new Map();
  }
}

export function remember(known: Known): void {
  const spots = [...known.values()].map(([x, y]) => `${round(x)},${round(y)}`).join(",");
  const text = `${[...known.keys()].join("\n")}\n\n${spots}`;
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

/** What is kept is what is drawn, so that a later visit shows the very same. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
