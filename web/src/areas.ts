// Areas as circles in circles: districts, in them streets, in them communities, in them actors.

import type { Arrangement, Sign } from "./arrangement.ts";
import type { Network } from "./network.ts";
import { t } from "./text.ts";

const STEP = 46;
const MARGIN = 16;
const HEADROOM = 20;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Among more siblings than this, circles of one size stand like the seeds of a sunflower. */
const N_FITTED = 60;

interface Place {
  name: string;
  members: number[];
  inner: Map<string, Place>;
}

interface Circle {
  x: number;
  y: number;
  r: number;
}

/** Pack the actors shown by their area; those without one stand in a circle of their own. */
export function byArea(network: Network, actors: Uint32Array): Arrangement {
  const whole: Place = { name: "", members: [], inner: new Map() };
  for (const i of actors) {
    const path = network.areaOf(i)?.split("/") ?? [t("map_no_area")];
    let place = whole;
    for (const name of path) {
      const inner = place.inner.get(name) ?? { name, members: [], inner: new Map() };
      place.inner.set(name, inner);
      place = inner;
    }
    place.members.push(i);
  }
  const places = new Float32Array(2 * network.n).fill(NaN);
  const signs: Sign[] = [];
  const packed = pack(whole, 0);
  put(packed, 0, 0);
  return { places, signs: signs.sort((a, b) => a.depth - b.depth), spacing: STEP };

  function put(one: Packed, x: number, y: number): void {
    if (one.place.name) signs.push({ text: one.place.name, x, y, radius: one.r, depth: one.depth });
    one.place.members.forEach((i, k) => {
      const spot = one.spots[k];
      places[2 * i] = x + (spot?.x ?? 0);
      places[2 * i + 1] = y + (spot?.y ?? 0);
    });
    for (const { inner, spot } of one.inner) put(inner, x + spot.x, y + spot.y);
  }
}

interface Packed {
  place: Place;
  depth: number;
  r: number;
  /** Where the members stand, from the middle. */
  spots: { x: number; y: number }[];
  inner: { inner: Packed; spot: { x: number; y: number } }[];
}

function pack(place: Place, depth: number): Packed {
  const inner = [...place.inner.values()].map((one) => pack(one, depth + 1));
  inner.sort((a, b) => b.r - a.r || (a.place.name < b.place.name ? -1 : 1));
  const own = place.members.map((_, k) => ({
    x: STEP * 0.6 * Math.sqrt(k) * Math.cos(k * GOLDEN_ANGLE),
    y: STEP * 0.6 * Math.sqrt(k) * Math.sin(k * GOLDEN_ANGLE),
  }));
  const ownRadius = own.length ? STEP * 0.62 * Math.sqrt(own.length) + STEP * 0.4 : 0;
  if (!inner.length)
    return { place, depth, r: Math.max(ownRadius, STEP * 0.8) + MARGIN, spots: own, inner: [] };
  const radii = [...(ownRadius ? [ownRadius] : []), ...inner.map((one) => one.r)];
  const circles = fitted(radii);
  const around = enclosing(circles);
  const centred = circles.map(({ x, y }) => ({ x: x - around.x, y: y - around.y }));
  const first = ownRadius ? 1 : 0;
  const middle = centred[0] ?? { x: 0, y: 0 };
  return {
    place,
    depth,
    r: around.r + MARGIN + HEADROOM,
    spots: own.map(({ x, y }) => ({ x: x + middle.x, y: y + middle.y })),
    inner: inner.map((one, k) => ({ inner: one, spot: centred[k + first] ?? { x: 0, y: 0 } })),
  };
}

/** Place circles side by side around the first, each as near to the middle as it can stand. */
export function fitted(radii: readonly number[]): Circle[] {
  const placed: Circle[] = [];
  if (radii.length > N_FITTED) {
    const most = Math.max(...radii);
    return radii.map((r, k) => ({
      x: most * 1.9 * Math.sqrt(k) * Math.cos(k * GOLDEN_ANGLE),
      y: most * 1.9 * Math.sqrt(k) * Math.sin(k * GOLDEN_ANGLE),
      r,
    }));
  }
  for (const r of radii) {
    const [first] = placed;
    if (!first) {
      placed.push({ x: 0, y: 0, r });
      continue;
    }
    let best: Circle = { x: first.r + r, y: 0, r };
    let least = placed.length === 1 ? 0 : Infinity;
    for (let a = 0; a < placed.length; a++)
      for (let b = a + 1; b < placed.length; b++)
        for (const spot of touching(placed[a] as Circle, placed[b] as Circle, r)) {
          const far = Math.hypot(spot.x, spot.y) + r * 0.001;
          if (far < least && placed.every((other) => isApart(spot, other))) {
            least = far;
            best = spot;
          }
        }
    placed.push(best);
  }
  return placed;
}

/** Return the two circles of a radius that touch both. */
function touching(a: Circle, b: Circle, r: number): Circle[] {
  const [da, db] = [a.r + r, b.r + r];
  const d = Math.hypot(b.x - a.x, b.y - a.y);
  if (!d || d > da + db) return [];
  const along = (da * da - db * db + d * d) / (2 * d);
  const aside = Math.sqrt(Math.max(0, da * da - along * along));
  const [ux, uy] = [(b.x - a.x) / d, (b.y - a.y) / d];
  const [x, y] = [a.x + ux * along, a.y + uy * along];
  return [
    { x: x - uy * aside, y: y + ux * aside, r },
    { x: x + uy * aside, y: y - ux * aside, r },
  ];
}

function isApart(a: Circle, b: Circle): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) >= a.r + b.r - 1e-6 * (a.r + b.r);
}

/** Return a circle around all, at most a few hundredths larger than the least (Ritter 1990). */
function enclosing(circles: readonly Circle[]): Circle {
  let around: Circle = { ...(circles[0] ?? { x: 0, y: 0, r: 0 }) };
  for (let round = 0; round < 3; round++)
    for (const { x, y, r } of circles) {
      const far = Math.hypot(x - around.x, y - around.y) + r;
      if (far <= around.r) continue;
      const radius = (around.r + far) / 2;
      const d = Math.hypot(x - around.x, y - around.y) || 1;
      const by = (radius - around.r) / d;
      around = { x: around.x + (x - around.x) * by, y: around.y + (y - around.y) * by, r: radius };
    }
  return around;
}
