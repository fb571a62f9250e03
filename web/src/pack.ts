// Blocks side by side on a sheet of given proportions, the largest first, none over another.

export interface Block {
  nodes: readonly number[];
  /** x and y of each node by turns. */
  places: Float32Array;
}

interface Taken {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Put each block at the free corner that keeps the whole nearest to the proportions. */
export function pack(
  blocks: readonly Block[],
  places: Float32Array,
  proportion: number,
  gap: number,
): { width: number; height: number } {
  const taken: Taken[] = [];
  let [width, height] = [0, 0];
  for (const block of blocks) {
    const own = extentOf(block.places);
    const corners = [
      { left: 0, top: 0 },
      ...taken.flatMap(({ left, top, right, bottom }) => [
        { left: right + gap, top },
        { left, top: bottom + gap },
      ]),
    ];
    let best = { left: 0, top: 0, cost: Infinity };
    for (const { left, top } of corners) {
      const right = left + own.width;
      const bottom = top + own.height;
      const isFree = taken.every(
        (other) =>
          left >= other.right + gap ||
          right + gap <= other.left ||
          top >= other.bottom + gap ||
          bottom + gap <= other.top,
      );
      const reach = Math.max(Math.max(width, right) / proportion, Math.max(height, bottom));
      const cost = reach + (left / proportion + top) / 1000;
      if (isFree && cost < best.cost) best = { left, top, cost };
    }
    const { left, top } = best;
    taken.push({ left, top, right: left + own.width, bottom: top + own.height });
    width = Math.max(width, left + own.width);
    height = Math.max(height, top + own.height);
    block.nodes.forEach((i, k) => {
      places[2 * i] = left + (block.places[2 * k] ?? 0) - own.left;
      places[2 * i + 1] = -(top + (block.places[2 * k + 1] ?? 0) - own.top);
    });
  }
  return { width, height };
}

function extentOf(places: Float32Array): {
  left: number;
  top: number;
  width: number;
  height: number;
} {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < places.length; k += 2) {
    const [x, y] = [places[k] ?? 0, places[k + 1] ?? 0];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, width: right - left, height: bottom - top };
}
