// One actor in the middle, its partners on a ring around it, theirs on the next, by sector.

import type { Arrangement, Sign } from "./arrangement.ts";
import type { Network } from "./network.ts";

const FIRST = 230;
const BETWEEN = 210;
const ROOM = 46;
const SUB_RING = 52;

/** Return rings around the centre; of the actors shown none is more than two steps away. */
export function around(
  network: Network,
  actors: Uint32Array,
  ties: Uint32Array,
  centre: number,
  sectorNames: readonly string[],
): Arrangement {
  const places = new Float32Array(2 * network.n).fill(NaN);
  places[2 * centre] = places[2 * centre + 1] = 0;
  const ring = ringOf(network, actors, ties, centre);
  const first = [...actors].filter((i) => ring.get(i) === 1);
  const second = [...actors].filter((i) => (ring.get(i) ?? 0) >= 2);
  const signs: Sign[] = [];
  const firstEnd = put(first, FIRST, () => 0);
  const angleOf = new Map(
    first.map((i) => [i, Math.atan2(places[2 * i + 1] ?? 0, places[2 * i] ?? 0)]),
  );
  const nearest = new Map<number, number>();
  for (const t of ties)
    for (const [i, j] of [
      [network.source[t] ?? 0, network.target[t] ?? 0],
      [network.target[t] ?? 0, network.source[t] ?? 0],
    ] as const)
      if (!nearest.has(i) && angleOf.has(j)) nearest.set(i, angleOf.get(j) ?? 0);
  const secondEnd = put(
    second,
    firstEnd + BETWEEN,
    (i) => (2 * Math.PI + (nearest.get(i) ?? 0)) % (2 * Math.PI),
  );
  for (const radius of second.length ? [firstEnd, secondEnd] : [firstEnd])
    signs.push({ text: "", x: 0, y: 0, radius: radius + SUB_RING / 2, depth: 1 });
  return { places, signs, spacing: ROOM };

  /** Put actors on rings from a radius on, by sector; return the radius of the last. */
  function put(own: number[], radius: number, closeTo: (i: number) => number): number {
    if (!own.length) return radius;
    const sorted = [...own].sort(
      (a, b) => (network.sector[a] ?? 0) - (network.sector[b] ?? 0) || closeTo(a) - closeTo(b),
    );
    const nRings = Math.max(
      1,
      Math.min(8, Math.ceil((sorted.length * ROOM) / (2 * Math.PI * radius) / 1.5)),
    );
    const outer = radius + (nRings - 1) * SUB_RING;
    const least = (sorted.length * ROOM) / (2 * Math.PI * nRings);
    const from = Math.max(radius, least);
    sorted.forEach((i, k) => {
      const angle = Math.PI / 2 - (2 * Math.PI * (k + 0.5)) / sorted.length;
      const r = from + (k % nRings) * SUB_RING;
      places[2 * i] = r * Math.cos(angle);
      places[2 * i + 1] = r * Math.sin(angle);
    });
    const end = Math.max(outer, from + (nRings - 1) * SUB_RING);
    if (radius > FIRST || !second.length) signs.push(...headings(sorted, end + SUB_RING * 1.6));
    return end;
  }

  /** Name each sector outside the ring, in the middle of its arc. */
  function headings(sorted: readonly number[], radius: number): Sign[] {
    const found: Sign[] = [];
    let from = 0;
    for (let k = 1; k <= sorted.length; k++) {
      const sector = network.sector[sorted[from] ?? 0] ?? -1;
      if (k < sorted.length && (network.sector[sorted[k] ?? 0] ?? -1) === sector) continue;
      const angle = Math.PI / 2 - (Math.PI * (from + k)) / sorted.length;
      found.push({
        text: sectorNames[sector] ?? "",
        x: radius * Math.cos(angle),
        y: radius * Math.sin(angle),
        radius: null,
        depth: 1,
        anchor: Math.cos(angle) > 0.3 ? "start" : Math.cos(angle) < -0.3 ? "end" : "middle",
      });
      from = k;
    }
    return found;
  }
}

/** Return how many steps each actor is from the centre. */
function ringOf(
  network: Network,
  actors: Uint32Array,
  ties: Uint32Array,
  centre: number,
): Map<number, number> {
  const ring = new Map<number, number>([[centre, 0]]);
  for (const t of ties) {
    const [a, b] = [network.source[t] ?? 0, network.target[t] ?? 0];
    if (a === centre) ring.set(b, 1);
    if (b === centre) ring.set(a, 1);
  }
  for (const i of actors) if (!ring.has(i)) ring.set(i, 2);
  return ring;
}
