// Where names are written on the map: beside their actor, never over one another.

export interface Spot {
  id: number;
  label: string;
  x: number;
  y: number;
  /** Half the size of the shape, in pixels. */
  reach: number;
}

export interface Name {
  id: number;
  label: string;
  x: number;
  y: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const LINE_PX = 16;
const ASCENT_PX = 12;
const GAP_PX = 3;
const CELL_PX = 48;

/**
 * Place names in the order given: right, left, below or above, wherever the fewest shapes are
 * covered. From the `nSure`-th on, a name that would cover a shape is left out. Time about
 * O(names · shapes nearby).
 */
export function placeNames(
  wanted: readonly Spot[],
  shapes: readonly Spot[],
  width: number,
  height: number,
  nSure: number,
  widthOf: (label: string) => number,
): Name[] {
  const taken = new Boxes();
  const covered = new Boxes();
  for (const shape of shapes) covered.add(around(shape), shape.id);
  const named: Name[] = [];
  for (const [i, spot] of wanted.entries()) {
    const boxes = candidates(spot, widthOf(spot.label)).filter(
      (box) =>
        box.left >= 0 &&
        box.right <= width &&
        box.top >= 0 &&
        box.bottom <= height &&
        !taken.count(box, -1, 1),
    );
    let best: Box | undefined;
    let least = Infinity;
    for (const box of boxes) {
      const found = covered.count(box, spot.id, least);
      if (found < least) [best, least] = [box, found];
    }
    if (!best || (least > 0 && i >= nSure)) continue;
    taken.add(best, i);
    named.push({ id: spot.id, label: spot.label, x: best.left, y: best.top + ASCENT_PX });
  }
  return named;
}

/** Boxes by the cells of a grid that they lie in. */
class Boxes {
  readonly #cells = new Map<number, { box: Box; id: number }[]>();

  add(box: Box, id: number): void {
    this.#visit(box, (cell) => {
      const members = this.#cells.get(cell);
      if (members) members.push({ box, id });
      else this.#cells.set(cell, [{ box, id }]);
      return true;
    });
  }

  /** Count the boxes that one overlaps, but for its own, until there are so many. */
  count(box: Box, own: number, enough: number): number {
    const found = new Set<number>();
    this.#visit(box, (cell) => {
      for (const other of this.#cells.get(cell) ?? [])
        if (other.id !== own && overlaps(box, other.box)) found.add(other.id);
      return found.size < enough;
    });
    return found.size;
  }

  #visit(box: Box, visit: (cell: number) => boolean): void {
    const [left, right] = [Math.floor(box.left / CELL_PX), Math.floor(box.right / CELL_PX)];
    const [top, bottom] = [Math.floor(box.top / CELL_PX), Math.floor(box.bottom / CELL_PX)];
    for (let x = left; x <= right; x++)
      for (let y = top; y <= bottom; y++) if (!visit(x * 4096 + y)) return;
  }
}

function candidates({ x, y, reach }: Spot, width: number): Box[] {
  const box = (left: number, top: number): Box => ({
    left,
    right: left + width,
    top,
    bottom: top + LINE_PX,
  });
  const middle = y - LINE_PX / 2;
  return [
    box(x + reach + GAP_PX, middle),
    box(x - reach - GAP_PX - width, middle),
    box(x - width / 2, y + reach + 1),
    box(x - width / 2, y - reach - LINE_PX - 1),
  ];
}

function around({ x, y, reach }: Spot): Box {
  const inner = reach * 0.8;
  return { left: x - inner, right: x + inner, top: y - inner, bottom: y + inner };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
