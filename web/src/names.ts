// Where names are written on the map: beside their actor, never over one another.

export interface Spot {
  id: string;
  label: string;
  x: number;
  y: number;
  /** Half the size of the shape, in pixels. */
  reach: number;
}

export interface Name {
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

/**
 * Place names in the order given: right, left, below or above, wherever the fewest shapes are
 * covered. From the `nSure`-th on, a name that would cover a shape is left out.
 */
export function placeNames(
  wanted: readonly Spot[],
  shapes: readonly Spot[],
  width: number,
  height: number,
  nSure: number,
  widthOf: (label: string) => number,
): Name[] {
  const taken: Box[] = [];
  const named: Name[] = [];
  for (const [i, spot] of wanted.entries()) {
    const boxes = candidates(spot, widthOf(spot.label)).filter(
      (box) =>
        box.left >= 0 &&
        box.right <= width &&
        box.top >= 0 &&
        box.bottom <= height &&
        !taken.some((other) => overlaps(box, other)),
    );
    const cost = (box: Box): number =>
      shapes.filter((shape) => shape.id !== spot.id && overlaps(box, around(shape))).length;
    let best: Box | undefined;
    let least = Infinity;
    for (const box of boxes) {
      const found = cost(box);
      if (found < least) [best, least] = [box, found];
    }
    if (!best || (least > 0 && i >= nSure)) continue;
    taken.push(best);
    named.push({ label: spot.label, x: best.left, y: best.top + ASCENT_PX });
  }
  return named;
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
