// A change of arrangement, shown as a move.

import type Sigma from "sigma";

type Spots = ReadonlyMap<number, { x: number; y: number }>;

/**
 * Let actors glide from where they stood on the canvas to their new places.
 *
 * `before` are pixels, `ends` graph coordinates by turns. Returns what stops it.
 */
export function glide(
  sigma: Sigma,
  before: Spots,
  ends: Float32Array,
  duration: number,
): () => void {
  const graph = sigma.getGraph();
  const starts = new Map(
    graph.mapNodes((key) => {
      const spot = before.get(Number(key));
      const from = spot ? sigma.viewportToGraph(spot) : null;
      return [key, from && !Number.isNaN(from.x) ? from : null] as const;
    }),
  );
  const began = performance.now();
  let frame = 0;
  const step = (): void => {
    const share = Math.min(1, (performance.now() - began) / duration);
    const eased = share * (2 - share);
    graph.updateEachNodeAttributes((key, attributes) => {
      const from = starts.get(key);
      if (!from) return attributes;
      const [x, y] = [ends[2 * Number(key)] ?? 0, ends[2 * Number(key) + 1] ?? 0];
      return {
        ...attributes,
        x: from.x + (x - from.x) * eased,
        y: from.y + (y - from.y) * eased,
      };
    });
    if (share < 1) frame = requestAnimationFrame(step);
  };
  step();
  return () => cancelAnimationFrame(frame);
}
