// A change of arrangement, shown as a move.

import type Sigma from "sigma";

type Spots = ReadonlyMap<number, { x: number; y: number }>;

/**
 * Let actors glide from where they stood on the canvas to their new places.
 *
 * `before` are pixels, `ends` graph coordinates by turns; `moved` hears where everyone is at each
 * step. Returns what stops it.
 */
export function glide(
  sigma: Sigma,
  before: Spots,
  ends: Float32Array,
  duration: number,
  moved: (places: Float32Array) => void,
): () => void {
  const graph = sigma.getGraph();
  const starts = new Map(
    graph.mapNodes((key) => {
      const spot = before.get(Number(key));
      const from = spot ? sigma.viewportToGraph(spot) : null;
      return [key, from && !Number.isNaN(from.x) ? from : null] as const;
    }),
  );
  const places = ends.slice();
  const began = performance.now();
  let frame = 0;
  const step = (): void => {
    const share = Math.min(1, (performance.now() - began) / duration);
    const eased = share * (2 - share);
    graph.updateEachNodeAttributes((key, attributes) => {
      const from = starts.get(key);
      if (!from) return attributes;
      const i = Number(key);
      const x = from.x + ((ends[2 * i] ?? 0) - from.x) * eased;
      const y = from.y + ((ends[2 * i + 1] ?? 0) - from.y) * eased;
      [places[2 * i], places[2 * i + 1]] = [x, y];
      return { ...attributes, x, y };
    });
    moved(places);
    if (share < 1) frame = requestAnimationFrame(step);
  };
  step();
  return () => cancelAnimationFrame(frame);
}
