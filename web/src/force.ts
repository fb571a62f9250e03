// Where each actor stands by who is tied to whom. The same network is always arranged alike; an
// actor that has a place keeps it, and new ones come beside their partners.
//
// The most tied actors are arranged first (ForceAtlas2, Jacomy et al. 2014, PLoS ONE 9:e98679);
// all others find room among them, the finer the more there are. Runs in a worker.

import iterate from "graphology-layout-forceatlas2/iterate.js";

import { rowsOf, textAt, type Rows, type Texts } from "./compact.ts";
import { pack, type Block } from "./pack.ts";
import { separate } from "./separate.ts";

/** So many actors are arranged by force; the others around them. */
export const N_CORE = 1500;
const SPREAD = 42;
const APART = 44;
const APART_PER_ROOT_DEGREE = 7;
const MAX_ROOT_DEGREE = 12;
const GAP = 70;
const SINGLE_STEP = 64;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const N_PACKED = 60;
const CROWDED = 0.5;
const PER_NODE = 10;

export interface Job {
  n: number;
  source: Uint32Array;
  target: Uint32Array;
  /** All actors, most tied first. */
  order: Uint32Array;
  /** Two numbers in [0, 1) for each actor that depend on its id alone. */
  seeds: Float32Array;
  /** Places that are known, x and y for each actor, NaN for none. */
  known: Float32Array | null;
  /** Width to height of what it is drawn on. */
  proportion: number;
}

/** Hears how far it is (0 to 1), and the places once the core has them (NaN for the others). */
export type Heard = (share: number, places: Float32Array | null) => void;

/** Return a place for every actor, x and y by turns. */
export function arrange(job: Job, heard: Heard = () => undefined): Float32Array {
  const rows = rowsOf(job.n, job.source, job.target);
  const core = job.order.slice(0, N_CORE);
  const places = new Float32Array(2 * job.n).fill(NaN);
  const { known } = job;
  if (known && 2 * core.filter((i) => !Number.isNaN(known[2 * i])).length >= core.length)
    places.set(known);
  else arrangeCore(job, rows, core, places, (share) => heard(share * 0.6, null));
  heard(0.6, places.slice());
  extend(job, rows, places, (share) => heard(0.6 + share * 0.4, null));
  heard(1, null);
  return places;
}

function arrangeCore(
  job: Job,
  rows: Rows,
  core: Uint32Array,
  places: Float32Array,
  said: (share: number) => void,
): void {
  const inCore = new Uint8Array(job.n);
  for (const i of core) inCore[i] = 1;
  const parts = partsOf(rows, core.slice().sort(), (i) => inCore[i] === 1);
  const tied = parts.filter((part) => part.length > 1);
  const nAll = tied.reduce((sum, part) => sum + part.length, 0);
  let nDone = 0;
  const blocks = tied.map((part) => {
    const block = layOut(job, rows, part, (share) => said((nDone + share * part.length) / nAll));
    nDone += part.length;
    return block;
  });
  const { width, height } = pack(blocks, places, job.proportion, GAP);
  const single = parts.flatMap((part) => (part.length === 1 ? part : []));
  putInRows(
    single.filter((i) => !rows.degree[i]),
    places,
    width,
    -(height + GAP),
    SINGLE_STEP,
  );
}

/** Put whoever has no place beside its partners, or below where it has none. */
function extend(job: Job, rows: Rows, places: Float32Array, said: (share: number) => void): void {
  const fixed = new Uint8Array(job.n);
  let nFixed = 0;
  for (let i = 0; i < job.n; i++)
    if (!Number.isNaN(places[2 * i])) {
      fixed[i] = 1;
      nFixed++;
    }
  if (nFixed === job.n) return;
  const unit = Math.min(1, Math.sqrt((2 * Math.max(nFixed, 1)) / job.n));
  while (besidePartners(job, rows, places, unit));
  said(0.2);
  const far = new Uint8Array(job.n);
  for (let i = 0; i < job.n; i++) if (Number.isNaN(places[2 * i])) far[i] = 1;
  const box = boxOf(places);
  const rest = Uint32Array.from({ length: job.n }, (_, i) => i).filter((i) => far[i]);
  const parts = partsOf(rows, rest, (i) => far[i] === 1);
  const groups = parts.filter((part) => part.length > 1);
  const own = new Float32Array(2 * job.n).fill(NaN);
  const first = groups.slice(0, N_PACKED).map((part) => layOut(job, rows, part, () => undefined));
  const { height } = pack(first, own, job.proportion * 3, GAP);
  for (const block of first)
    for (const i of block.nodes) {
      places[2 * i] = box.left + (own[2 * i] ?? 0) * unit;
      places[2 * i + 1] = box.bottom - GAP + (own[2 * i + 1] ?? 0) * unit;
    }
  const others = [...groups.slice(N_PACKED), ...parts.filter((part) => part.length === 1)].flat();
  const top = box.bottom - GAP - (height ? (height + GAP) * unit : 0);
  putInRows(others, places, box.right - box.left, top, SINGLE_STEP * unit, box.left);
  said(0.4);
  const isMoved = far.map((one, i) => (one || fixed[i] ? 0 : 1));
  separate(places, roomsOf(rows, unit), isMoved, job.seeds, job.n > 20_000 ? 12 : 40, (share) =>
    said(0.4 + 0.6 * share),
  );
}

/** One ring outwards: place whoever has placed partners; return whether anybody was. */
function besidePartners(job: Job, rows: Rows, places: Float32Array, unit: number): boolean {
  const found: number[] = [];
  const spots: number[] = [];
  const nBeside = new Map<number, number>();
  for (const i of job.order) {
    if (!Number.isNaN(places[2 * i])) continue;
    let [x, y, sum, nearest] = [0, 0, 0, -1];
    for (let k = rows.start[i] ?? 0; k < (rows.start[i + 1] ?? 0); k++) {
      const j = rows.partner[k] ?? 0;
      if (Number.isNaN(places[2 * j])) continue;
      // Whoever has few partners says more about where one belongs.
      const share = 1 / (rows.degree[j] ?? 1);
      x += share * (places[2 * j] ?? 0);
      y += share * (places[2 * j + 1] ?? 0);
      sum += share;
      if (nearest < 0 || (rows.degree[j] ?? 0) < (rows.degree[nearest] ?? 0)) nearest = j;
    }
    if (!sum) continue;
    // Those beside the same partner fan out like the seeds of a sunflower.
    const before = nBeside.get(nearest) ?? 0;
    nBeside.set(nearest, before + 1);
    const angle = 2 * Math.PI * (job.seeds[2 * nearest] ?? 0) + before * GOLDEN_ANGLE;
    const reach = unit * (GAP * 0.6 + APART * 0.7 * Math.sqrt(before + 1));
    found.push(i);
    spots.push(x / sum + reach * Math.cos(angle), y / sum + reach * Math.sin(angle));
  }
  found.forEach((i, k) => {
    places[2 * i] = spots[2 * k] ?? 0;
    places[2 * i + 1] = spots[2 * k + 1] ?? 0;
  });
  return found.length > 0;
}

/** Return the connected parts of some actors, largest first, each sorted. */
function partsOf(rows: Rows, actors: Uint32Array, isIn: (i: number) => boolean): number[][] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (const first of actors) {
    if (seen.has(first)) continue;
    seen.add(first);
    const part = [first];
    for (let at = 0; at < part.length; at++) {
      const i = part[at] ?? 0;
      for (let k = rows.start[i] ?? 0; k < (rows.start[i + 1] ?? 0); k++) {
        const j = rows.partner[k] ?? 0;
        if (!isIn(j) || seen.has(j)) continue;
        seen.add(j);
        part.push(j);
      }
    }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

/** Arrange one connected part by force, everyone apart. */
function layOut(
  job: Job,
  rows: Rows,
  part: readonly number[],
  said: (share: number) => void,
): Block {
  const n = part.length;
  const local = new Map(part.map((i, k) => [i, k]));
  const nodes = new Float32Array(PER_NODE * n);
  const ties: number[] = [];
  part.forEach((i, k) => {
    const angle = 2 * Math.PI * (job.seeds[2 * i] ?? 0);
    const radius = 100 * Math.sqrt(job.seeds[2 * i + 1] ?? 0);
    const at = PER_NODE * k;
    nodes[at] = radius * Math.cos(angle);
    nodes[at + 1] = radius * Math.sin(angle);
    [nodes[at + 6], nodes[at + 7], nodes[at + 8]] = [1, 1, 1];
    for (let t = rows.start[i] ?? 0; t < (rows.start[i + 1] ?? 0); t++) {
      const other = local.get(rows.partner[t] ?? 0);
      if (other === undefined) continue;
      nodes[at + 6] = (nodes[at + 6] ?? 0) + 1;
      if (k < other) ties.push(at, PER_NODE * other, 1);
    }
  });
  const matrix = Float32Array.from(ties);
  // Few stand in clear groups by the logarithm of distance; many would never come to rest.
  const isSmall = n <= 500;
  const settings = {
    linLogMode: isSmall,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 12,
    strongGravityMode: true,
    gravity: isSmall ? 0.6 : 0.05,
    slowDown: 1 + Math.log(n),
    barnesHutOptimize: n > 600,
    barnesHutTheta: 0.5,
  };
  const nRounds = n > 1000 ? 160 : n > 500 ? 240 : 500;
  for (let round = 0; round < nRounds; round++) {
    iterate(settings, nodes, matrix);
    if (round % 20 === 0) said(round / nRounds);
  }
  const places = new Float32Array(2 * n);
  for (let k = 0; k < n; k++) {
    places[2 * k] = nodes[PER_NODE * k] ?? 0;
    places[2 * k + 1] = nodes[PER_NODE * k + 1] ?? 0;
  }
  scale(places, SPREAD * Math.sqrt(n));
  const rooms = Float32Array.from(part, (i) => roomOf(rows, i, 1));
  // Where all of it asks for more room than there is, nobody gets the whole of it.
  const asked = rooms.reduce((sum, room) => sum + room * room, 0);
  const share = Math.min(1, Math.sqrt((CROWDED * SPREAD * SPREAD * n) / asked));
  rooms.forEach((room, k) => (rooms[k] = room * share));
  const seeds = Float32Array.from(
    part.flatMap((i) => [job.seeds[2 * i] ?? 0, job.seeds[2 * i + 1] ?? 0]),
  );
  separate(places, rooms, new Uint8Array(n).fill(1), seeds, 80);
  return { nodes: part, places };
}

function roomOf(rows: Rows, i: number, unit: number): number {
  const root = Math.min(MAX_ROOT_DEGREE, Math.sqrt(rows.degree[i] ?? 0));
  return unit * (APART / 2 + APART_PER_ROOT_DEGREE * root);
}

function roomsOf(rows: Rows, unit: number): Float32Array {
  return Float32Array.from(rows.degree, (_, i) => roomOf(rows, i, unit));
}

/** Scale a part to a spread (root mean square from its middle); lie it down if it stands. */
function scale(places: Float32Array, spread: number): void {
  const n = places.length / 2;
  let [cx, cy] = [0, 0];
  for (let k = 0; k < n; k++) {
    cx += (places[2 * k] ?? 0) / n;
    cy += (places[2 * k + 1] ?? 0) / n;
  }
  let [dx, dy] = [0, 0];
  for (let k = 0; k < n; k++) {
    dx += ((places[2 * k] ?? 0) - cx) ** 2 / n;
    dy += ((places[2 * k + 1] ?? 0) - cy) ** 2 / n;
  }
  const by = spread / (Math.sqrt(dx + dy) || 1);
  for (let k = 0; k < n; k++) {
    const [x, y] = [((places[2 * k] ?? 0) - cx) * by, ((places[2 * k + 1] ?? 0) - cy) * by];
    [places[2 * k], places[2 * k + 1]] = dy > dx ? [y, x] : [x, y];
  }
}

function putInRows(
  actors: readonly number[],
  places: Float32Array,
  width: number,
  top: number,
  step: number,
  left = 0,
): void {
  const perRow = Math.max(1, Math.floor((width || step * 12) / step));
  actors.forEach((i, k) => {
    places[2 * i] = left + (k % perRow) * step;
    places[2 * i + 1] = top - Math.floor(k / perRow) * step;
  });
}

function boxOf(places: Float32Array): { left: number; right: number; bottom: number } {
  let [left, right, bottom] = [Infinity, -Infinity, Infinity];
  for (let k = 0; k < places.length; k += 2) {
    const [x, y] = [places[k] ?? NaN, places[k + 1] ?? NaN];
    if (Number.isNaN(x)) continue;
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
  }
  return left <= right ? { left, right, bottom } : { left: 0, right: 0, bottom: 0 };
}

/** Return two numbers in [0, 1) for each id (FNV-1a). */
export function seedsOf(ids: Texts): Float32Array {
  const seeds = new Float32Array(2 * ids.ends.length);
  for (let i = 0; i < ids.ends.length; i++) {
    const id = textAt(ids, i);
    seeds[2 * i] = fraction(id);
    seeds[2 * i + 1] = fraction(`${id}#`);
  }
  return seeds;
}

export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  // Single precision rounds the largest values up to 1.
  return Math.min((hash >>> 0) / 2 ** 32, 0.9999999);
}
