// The sectors' shapes as outlines, for canvases and for SVG: the same as the WebGL program draws.

export const SHAPES = [
  "circle",
  "square",
  "diamond",
  "triangle",
  "hexagon",
  "pentagon",
  "star",
] as const;

const CORNERS: Record<string, { n: number; radius: number; turn: number }> = {
  square: { n: 4, radius: 1.25, turn: 45 },
  diamond: { n: 4, radius: 1.3, turn: 0 },
  triangle: { n: 3, radius: 1.35, turn: 0 },
  hexagon: { n: 6, radius: 1.12, turn: 30 },
  pentagon: { n: 5, radius: 1.16, turn: 0 },
};
const STAR = { outer: 1.3, inner: 0.58 };

/** Return the corners of a shape of size 1 around 0, y downwards; null for a circle. */
export const cornersOf: (shape: number) => readonly (readonly [number, number])[] | null = (() => {
  const all = SHAPES.map((shape) => {
    if (shape === "circle") return null;
    if (shape === "star")
      return Array.from({ length: 10 }, (_, k) => corner(k % 2 ? STAR.inner : STAR.outer, 36 * k));
    const { n, radius, turn } = CORNERS[shape] ?? { n: 4, radius: 1, turn: 0 };
    return Array.from({ length: n }, (_, k) => corner(radius, turn + (360 / n) * k));
  });
  return (shape) => all[shape] ?? null;
})();

function corner(radius: number, degrees: number): readonly [number, number] {
  const angle = (degrees * Math.PI) / 180;
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
}
