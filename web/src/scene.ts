// What is seen, as drawing steps: for the canvas over the map, and for a sheet to take away.

import type { Arrangement } from "./arrangement.ts";
import { mixed, type Paint } from "./colours.ts";
import { lineOf, N_PATTERNED } from "./lines.ts";
import type { Look } from "./look.ts";
import { placeNames, type Spot } from "./names.ts";
import type { Network } from "./network.ts";
import type { Pen } from "./pen.ts";
import type { Shown } from "./show.ts";

export const LABEL_PX = 12.5;
const N_NAMED = 40;
const N_NAMED_AT_MOST = 140;
const N_SURE = 6;
const N_STRESSED_NAMES = 120;
const N_LETTERS = 1500;
const N_CROWD = 1500;
const LEAST_LETTER_PX = 6.5;
const VEIL = 0.82;
/** How far beyond its size a ring is drawn. */
const RING = 1.35;
export const LEAST_TIE_PX = 1;
/** How wide a tie of thickness one is drawn in full size. */
const TIE_PX = 0.6;
const PAIR_DASH = [5, 4];

/** Where graph coordinates lie on the canvas: x·scaleX + left, y·scaleY + top, in pixels. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  top: number;
  scaleX: number;
  scaleY: number;
  /** What a size of one is in pixels now, of actors and of ties. */
  size: number;
  tieSize: number;
  /** Camera ratio: small where one has zoomed in. */
  ratio: number;
}

/** What is stressed; all else lies under a veil. */
export interface Stress {
  /** Those in full colour, the most important first. */
  actors: readonly number[];
  ties: readonly number[];
  /** Ties in the colour of the accent: a path, or what the network falls apart without. */
  strong: readonly number[];
  /** Pairs without a tie that a dashed line joins. */
  pairs: readonly (readonly [number, number])[];
  /** Those with a ring. */
  ringed: readonly number[];
}

export interface Scene {
  network: Network;
  shown: Shown;
  arrangement: Arrangement;
  look: Look;
  stress: Stress | null;
  pinned: ReadonlySet<number>;
  paint: Paint;
  frame: Frame;
}

export function placeOn(frame: Frame, places: Float32Array, i: number): { x: number; y: number } {
  return {
    x: (places[2 * i] ?? NaN) * frame.scaleX + frame.left,
    y: (places[2 * i + 1] ?? NaN) * frame.scaleY + frame.top,
  };
}

/** Draw everything: for a sheet. */
export function drawAll(pen: Pen, scene: Scene, widthOf: (label: string) => number): void {
  drawSigns(pen, scene);
  const { shown, paint, look } = scene;
  const colour = tieColour(paint, shown.drawn.length);
  for (const t of shown.drawn) drawTie(pen, scene, t, colour);
  for (const i of shown.actors) {
    const spot = spotOf(scene, i);
    if (spot) pen.shape(look.shapeOf[i] ?? 0, spot.x, spot.y, spot.reach, colourOf(look, i));
  }
  drawOver(pen, scene, widthOf);
}

/** Draw what lies over the actors: veil, whoever is stressed, letters and names. */
export function drawOver(pen: Pen, scene: Scene, widthOf: (label: string) => number): void {
  if (scene.stress) drawStress(pen, scene, scene.stress);
  drawLetters(pen, scene);
  drawNames(pen, scene, widthOf);
}

/** Draw what lies behind the actors: circles of areas, rings, headings. */
export function drawSigns(pen: Pen, scene: Scene): void {
  const { frame, paint } = scene;
  const written: { x: number; y: number; width: number }[] = [];
  for (const { text, radius, depth, anchor, nLinesUp, ...middle } of scene.arrangement.signs) {
    const at = {
      x: middle.x * frame.scaleX + frame.left,
      y: middle.y * frame.scaleY + frame.top,
    };
    const reach = (radius ?? 0) * Math.abs(frame.scaleX);
    if (radius !== null)
      pen.ring(
        at.x,
        at.y,
        reach,
        mixed(paint.muted, paint.ground, 0.35 + 0.1 * depth),
        depth ? 1 : 1.6,
      );
    const size = depth === 0 ? 14 : 12.5;
    if (!text || (radius !== null && reach < size * 0.42 * text.length + 4)) continue;
    const width = aboutWidth(text, size) * (depth === 0 ? BOLD : 1);
    const isTaken = (y: number): boolean =>
      written.some(
        (one) =>
          Math.abs(one.y - y) < size && Math.abs(one.x - at.x) < (one.width + width) / 2,
      );
    // Where circles touch at the top, the inner one is named at its bottom.
    const top = at.y - reach + size + 3;
    let y = radius === null ? at.y - (nLinesUp ?? 0) * (size + 4) : top;
    if (radius !== null && isTaken(top)) y = at.y + reach - 5;
    if (radius !== null && isTaken(y)) continue;
    written.push({ x: at.x, y, width });
    const x =
      radius === null && !anchor ? kept(at.x, width / 2 + 2, frame.width) : at.x;
    pen.text(text, x, y, {
      size,
      colour: paint.muted,
      anchor: anchor ?? "middle",
      halo: paint.ground,
      isBold: depth === 0,
    });
  }
}

/** Bold letters are about so much wider. */
const BOLD = 1.15;

/** About how wide words are: wide signs as wide as high, others a little more than half of it. */
function aboutWidth(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + (sign >= "\u2e80" ? size : 0.6 * size), 0);
}

/** Keep the middle of words so far from both sides, as long as it is on the canvas at all. */
function kept(x: number, room: number, width: number): number {
  return x < 0 || x > width ? x : Math.min(Math.max(x, room), width - room);
}

/** The more ties, the fainter each, so that many of them do not make one grey. */
export function tieColour(paint: Paint, nTies: number): string {
  const crowd = Math.min(1, Math.max(0, Math.log2(nTies / 200) / 6));
  return mixed(paint.ink, paint.ground, 0.55 + 0.35 * crowd);
}

/** How thick a tie is: the logarithm of its strength. */
export function thickness(weight: number, isByStrength: boolean): number {
  return isByStrength ? Math.min(5, 1.1 + Math.log2(1 + weight)) : 1.2;
}

/** How many pixels a thickness of one is now. */
export function tiePx(frame: Frame): number {
  return TIE_PX * frame.tieSize;
}

export function colourOf(look: Look, i: number): string {
  return look.colours[look.colourOf[i] ?? 0] ?? "#888888";
}

function drawStress(pen: Pen, scene: Scene, stress: Stress): void {
  const { frame, paint, look } = scene;
  pen.rect(0, 0, frame.width, frame.height, paint.ground, VEIL);
  const own = mixed(paint.ink, paint.ground, 0.35);
  for (const t of stress.ties) drawTie(pen, scene, t, own);
  for (const [a, b] of stress.pairs) {
    const [one, other] = [spotOf(scene, a), spotOf(scene, b)];
    if (one && other) pen.line(one.x, one.y, other.x, other.y, paint.accent, 1.4, PAIR_DASH);
  }
  for (const t of stress.strong) drawTie(pen, scene, t, paint.accent, 1.6);
  for (let k = stress.actors.length - 1; k >= 0; k--) {
    const i = stress.actors[k] ?? 0;
    const spot = spotOf(scene, i);
    if (spot) pen.shape(look.shapeOf[i] ?? 0, spot.x, spot.y, spot.reach, colourOf(look, i));
  }
  for (const i of stress.ringed) {
    const spot = spotOf(scene, i);
    if (spot) pen.ring(spot.x, spot.y, spot.reach * RING + 3, paint.accent, 2);
  }
}

function drawTie(
  pen: Pen,
  { network, shown, arrangement, look, frame }: Scene,
  t: number,
  colour: string,
  by = 1,
): void {
  const [a, b] = [network.source[t] ?? 0, network.target[t] ?? 0];
  if (!shown.isShown[a] || !shown.isShown[b]) return;
  const one = placeOn(frame, arrangement.places, a);
  const other = placeOn(frame, arrangement.places, b);
  if (Math.max(one.x, other.x) < 0 || Math.min(one.x, other.x) > frame.width) return;
  if (Math.max(one.y, other.y) < 0 || Math.min(one.y, other.y) > frame.height) return;
  if (Number.isNaN(one.x + other.x)) return;
  const thick = thickness(network.weight[t] ?? 1, look.isByStrength);
  const width = by * Math.max(LEAST_TIE_PX, thick * tiePx(frame));
  const line = look.lines[lineOf(look.lines, network.relation[t] ?? 0)];
  const dash = shown.drawn.length <= N_PATTERNED ? line?.dash : [];
  pen.line(one.x, one.y, other.x, other.y, colour, width, dash);
}

/** Return where an actor is on the canvas; null where it is not on it. */
function spotOf({ network, shown, arrangement, look, frame }: Scene, i: number): Spot | null {
  if (!shown.isShown[i]) return null;
  const { x, y } = placeOn(frame, arrangement.places, i);
  const reach = (look.sizes[i] ?? 1) * frame.size;
  const isOn =
    x + reach > 0 && y + reach > 0 && x - reach < frame.width && y - reach < frame.height;
  return isOn ? { id: i, label: network.name(i), x, y, reach } : null;
}

function drawLetters(pen: Pen, scene: Scene): void {
  const { letterOf } = scene.look;
  for (const i of scene.pinned) {
    const spot = spotOf(scene, i);
    if (spot) pen.ring(spot.x, spot.y, spot.reach * RING + 1, scene.paint.ink, 1.2);
  }
  if (!letterOf) return;
  let n = 0;
  for (const i of scene.stress ? scene.stress.actors : scene.shown.actors) {
    const spot = spotOf(scene, i);
    if (!spot || spot.reach < LEAST_LETTER_PX) continue;
    if (n++ > N_LETTERS) return;
    const size = Math.min(14, spot.reach * 1.25);
    pen.text(letterOf[scene.network.kind[i] ?? 0] ?? "", spot.x, spot.y + size * 0.36, {
      size,
      colour: "#ffffff",
      anchor: "middle",
      isBold: true,
    });
  }
}

/** Write as many names as there is room for, the most important first. */
function drawNames(pen: Pen, scene: Scene, widthOf: (label: string) => number): void {
  const { frame, shown, stress, paint } = scene;
  const nRoom = stress
    ? N_STRESSED_NAMES
    : Math.min(
        N_NAMED_AT_MOST,
        Math.max(12, (N_NAMED / frame.ratio) * (frame.width * frame.height > 250_000 ? 1 : 0.5)),
      );
  const isInside = (spot: Spot): boolean =>
    spot.x > 0 && spot.y > 0 && spot.x < frame.width && spot.y < frame.height;
  const wanted: Spot[] = [];
  for (const i of stress ? stress.actors : shown.actors) {
    const spot = spotOf(scene, i);
    if (spot && isInside(spot)) wanted.push(spot);
    if (wanted.length >= nRoom) break;
  }
  const crowd: Spot[] = [];
  for (const i of shown.actors) {
    const spot = spotOf(scene, i);
    if (spot) crowd.push(spot);
    if (crowd.length > N_CROWD) break;
  }
  const nSure = stress ? Infinity : N_SURE;
  for (const { label, x, y } of placeNames(
    wanted,
    crowd,
    frame.width,
    frame.height,
    nSure,
    widthOf,
  ))
    pen.text(label, x, y, { size: LABEL_PX, colour: paint.ink, halo: paint.ground });
}
