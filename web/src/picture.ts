// The drawing: sigma on WebGL for actors, ties below, a canvas over them for all that is stressed.
//
// The graph that sigma holds is who is shown, no more; pointing and selecting never touch it.

import Graph from "graphology";
import Sigma from "sigma";

import type { Arrangement } from "./arrangement.ts";
import { readPaint, type Paint } from "./colours.ts";
import { glide } from "./glide.ts";
import { isNarrow, isStill, Lens, MOVE_MS, paddingOf } from "./lens.ts";
import type { Look } from "./look.ts";
import type { Network } from "./network.ts";
import { breathe, N_LONG } from "./pace.ts";
import { CanvasPen, FONT } from "./pen.ts";
import { listenToPointer, type PointerReactions } from "./pointer.ts";
import { Rest } from "./rest.ts";
import {
  colourOf,
  drawOver,
  drawSigns,
  LABEL_PX,
  placeOn,
  tieColour,
  type Frame,
  type Scene,
  type Stress,
} from "./scene.ts";
import { motion, ShapeProgram } from "./shapes.ts";
import type { Shown } from "./show.ts";
import { Ties } from "./ties.ts";
import type { Camera } from "./view.ts";

const N_FULL_SIZE = 140;
const N_FULL_TIES = 800;
const MIN_SCALE = 0.16;
/** Where neighbours stand so many pixels apart, actors are drawn in their full size. */
const PX_APART = 30;
/** Where they stand as close as it comes, a typical one fills about the room to the next. */
const SIZES_APART = 2.4;
/** So many are looked at to know how close actors stand. */
const N_LOOKED_AT = 400;
/** Up to so many actors a change of arrangement is shown as a move. */
const N_ANIMATED = 3000;

export interface Reactions extends PointerReactions {
  /** Where one looks now; null where all that is shown is in view. */
  onCamera: (camera: Camera | null) => void;
}

/** What is drawn: whoever is shown, where, and how. */
export interface Drawing {
  network: Network;
  shown: Shown;
  arrangement: Arrangement;
  /** What the camera's 0 … 1 stands for, so that it does not depend on who is shown. */
  extent: Extent;
  look: Look;
  pinned: ReadonlySet<number>;
}

export interface Extent {
  x: [number, number];
  y: [number, number];
}

export class Picture {
  readonly container: HTMLElement;
  readonly lens: Lens;
  readonly #reactions: Reactions;
  readonly #sigma: Sigma;
  readonly #ties: Ties;
  readonly #rest: Rest;
  readonly #widths = new Map<string, number>();
  #drawing: Drawing | null = null;
  /** What is being made ready to be drawn. */
  #next: Drawing | null = null;
  #stress: Stress | null = null;
  #paint: Paint = readPaint();
  #scale = 1;
  #tieScale = 1;
  #stopGliding = (): void => undefined;

  constructor(container: HTMLElement, reactions: Reactions) {
    this.container = container;
    this.#reactions = reactions;
    this.#sigma = new Sigma(new Graph({ type: "undirected" }), container, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram },
      renderLabels: false,
      enableCameraRotation: false,
      stagePadding: paddingOf(container.clientWidth),
      minCameraRatio: 0.002,
      maxCameraRatio: 4,
      itemSizesReference: "screen",
      defaultDrawNodeHover: () => undefined,
    });
    this.#ties = new Ties(contextOf(this.#sigma.getCanvases()["edges"]));
    this.#rest = new Rest(() => this.#sigma.scheduleRender());
    this.lens = new Lens(this.#sigma, reactions.onCamera);
    listenToPointer(this.#sigma, container, reactions, (i, x, y) => this.#place(i, x, y));
    this.#sigma.on("afterRender", () => this.#paintAround());
    this.#sigma.getCamera().on("updated", () => this.#rest.moved(this.#nTies));
  }

  get drawing(): Drawing | null {
    return this.#drawing;
  }

  /**
   * Show something else; actors that stay move to their new places where that is not too many.
   *
   * Returns false where another drawing has come between.
   */
  async draw(drawing: Drawing, isMove = false): Promise<boolean> {
    this.#stopGliding();
    const before = isMove && !isStill() ? this.#positions() : null;
    const { network, shown, arrangement, look } = drawing;
    this.#next = drawing;
    const scale = this.#scaleOf(drawing);
    const graph = new Graph({ type: "undirected" });
    for (const [k, i] of shown.actors.entries()) {
      if (k && k % N_LONG === 0) {
        await breathe();
        if (this.#next !== drawing) return false;
      }
      const [x, y] = [arrangement.places[2 * i] ?? NaN, arrangement.places[2 * i + 1] ?? NaN];
      if (Number.isNaN(x)) continue;
      graph.addNode(i, {
        x,
        y,
        size: (look.sizes[i] ?? 1) * scale,
        color: colourOf(look, i),
        shape: look.shapeOf[i] ?? 0,
      });
    }
    this.#drawing = drawing;
    this.#scale = scale;
    this.#tieScale = this.#tieScaleOf(drawing);
    this.#ties.fill({ network, ties: shown.drawn, ...look }, arrangement.places);
    this.#sigma.setCustomBBox(drawing.extent);
    this.#sigma.setGraph(graph);
    if (before?.size && graph.order <= N_ANIMATED)
      this.#stopGliding = glide(this.#sigma, before, arrangement.places, MOVE_MS, (places) =>
        this.#ties.place(places),
      );
    return true;
  }

  /** Stress some and veil all others, or nothing. */
  stress(stress: Stress | null): void {
    this.#stress = stress;
    this.#paintOver();
  }

  /** Read the colours of the page anew. */
  restyle(): void {
    this.#paint = readPaint();
    this.#sigma.refresh();
  }

  /** Bring all that is shown into view. */
  fit(): void {
    const drawing = this.#drawing;
    this.lens.fit(drawing?.arrangement.spacing === null ? this.#spots(drawing.shown.actors) : null);
    this.#reactions.onCamera(null);
  }

  /** Bring some actors into view. */
  focus(actors: readonly number[]): void {
    this.lens.focus(this.#spots(actors));
  }

  /** Return where an actor is drawn, in pixels from the canvas' corner. */
  positionOf(id: string): { x: number; y: number } | null {
    const i = this.#drawing?.network.at(id) ?? -1;
    return i >= 0 ? (this.#spots([i])[0] ?? null) : null;
  }

  /** Return how an actor is drawn: what a test, or a person who cannot see it, is told. */
  signsOf(id: string): { colour: string; size: number; shape: number; isStressed: boolean } | null {
    const drawing = this.#drawing;
    const i = drawing?.network.at(id) ?? -1;
    if (!drawing || !this.#sigma.getGraph().hasNode(i)) return null;
    return {
      colour: colourOf(drawing.look, i),
      size: this.#sigma.getNodeDisplayData(String(i))?.size ?? 0,
      shape: drawing.look.shapeOf[i] ?? 0,
      isStressed: !this.#stress || this.#stress.actors.includes(i),
    };
  }

  /** Return the ids of all that is drawn. */
  get ids(): string[] {
    return this.#sigma.getGraph().mapNodes((key) => this.#drawing?.network.id(Number(key)) ?? "");
  }

  /** Return the actors that lie on the canvas now, most partners first, at most so many. */
  inView(n: number): number[] {
    const drawing = this.#drawing;
    if (!drawing) return [];
    const frame = this.frame();
    const found: number[] = [];
    for (const i of drawing.shown.actors) {
      const { x, y } = placeOn(frame, drawing.arrangement.places, i);
      if (x >= 0 && y >= 0 && x <= frame.width && y <= frame.height) found.push(i);
      if (found.length >= n) break;
    }
    return found;
  }

  /** Return what is seen now, to be drawn elsewhere. */
  scene(paint: Paint): Scene | null {
    const drawing = this.#drawing;
    if (!drawing) return null;
    return { ...drawing, stress: this.#stress, paint, frame: this.frame() };
  }

  /** Return where graph coordinates lie on the canvas now. */
  frame(): Frame {
    const { width, height } = this.#sigma.getDimensions();
    // Sigma itself looks where the camera was when it last drew.
    const now = { cameraState: this.#sigma.getCamera().getState() };
    const zero = this.#sigma.graphToViewport({ x: 0, y: 0 }, now);
    const thousand = this.#sigma.graphToViewport({ x: 1000, y: 1000 }, now);
    return {
      width,
      height,
      left: zero.x,
      top: zero.y,
      scaleX: (thousand.x - zero.x) / 1000,
      scaleY: (thousand.y - zero.y) / 1000,
      size: this.#sigma.scaleSize(1) * this.#scale,
      tieSize: this.#sigma.scaleSize(1) * this.#tieScale,
      ratio: this.lens.camera.ratio,
    };
  }

  /** Return how wide a name is written, in pixels; measured once. */
  widthOf(label: string): number {
    const known = this.#widths.get(label);
    if (known !== undefined) return known;
    const context = this.#sigma.getCanvases()["labels"]?.getContext("2d");
    if (!context) return 0;
    context.font = `${LABEL_PX}px ${FONT}`;
    const { width } = context.measureText(label);
    this.#widths.set(label, width);
    return width;
  }

  get #nTies(): number {
    return this.#drawing?.shown.drawn.length ?? 0;
  }

  /** Actors are the smaller, the more there are and the closer they stand. */
  #scaleOf({ shown, arrangement, extent, look }: Drawing): number {
    const { width, height } = this.#sigma.getDimensions();
    const crowd = Math.sqrt(N_FULL_SIZE / (shown.actors.length || 1));
    const scale = this.#narrow * Math.min(1, Math.max(MIN_SCALE, crowd));
    const [[left, right], [bottom, top]] = [extent.x, extent.y];
    const perUnit = Math.min(width / (right - left || 1), height / (top - bottom || 1));
    const { spacing, places } = arrangement;
    const distance = spacing ?? typicalDistance(places, shown.actors);
    const needed = spacing === null ? SIZES_APART * typicalSize(look, shown.actors) : PX_APART;
    return Math.max(MIN_SCALE, Math.min(scale, (perUnit * distance) / needed));
  }

  #tieScaleOf({ shown }: Drawing): number {
    const thin = Math.sqrt(N_FULL_TIES / (shown.drawn.length || 1));
    return this.#narrow * Math.min(1, Math.max(0.4, thin));
  }

  /** On a phone everything is a little smaller. */
  get #narrow(): number {
    return isNarrow(this.#sigma.getDimensions().width) ? 0.75 : 1;
  }

  /** Move one actor, as it is dragged. */
  #place(i: number, x: number, y: number): void {
    const places = this.#drawing?.arrangement.places;
    if (!places) return;
    [places[2 * i], places[2 * i + 1]] = [x, y];
    this.#ties.place(places);
    this.#sigma.getGraph().mergeNodeAttributes(i, { x, y });
  }

  /** Draw what sigma does not: ties below the actors, and what lies over them. */
  #paintAround(): void {
    if (!motion.isHeld) this.#ties.draw(this.frame(), tieColour(this.#paint, this.#nTies));
    this.#paintOver();
  }

  #paintOver(): void {
    const scene = this.scene(this.#paint);
    const canvases = this.#sigma.getCanvases();
    const below = canvases["edgeLabels"]?.getContext("2d");
    const above = canvases["labels"]?.getContext("2d");
    if (!scene || !below || !above) return;
    const { width, height } = scene.frame;
    for (const context of [below, above]) context.clearRect(0, 0, width, height);
    drawSigns(new CanvasPen(below), scene);
    drawOver(new CanvasPen(above), scene, (label) => this.widthOf(label));
  }

  /** Return where actors stand on the canvas. */
  #spots(actors: Iterable<number>): { x: number; y: number }[] {
    const places = this.#drawing?.arrangement.places;
    if (!places) return [];
    const frame = this.frame();
    return [...actors].map((i) => placeOn(frame, places, i));
  }

  /** Return where all that is drawn stands on the canvas; nothing where that is too many. */
  #positions(): Map<number, { x: number; y: number }> {
    const actors = [...(this.#drawing?.shown.actors ?? [])];
    if (actors.length > N_ANIMATED) return new Map();
    const spots = this.#spots(actors);
    return new Map(actors.map((i, k) => [i, spots[k] ?? { x: NaN, y: NaN }]));
  }
}

/** Return the median size of the first so many actors. */
function typicalSize(look: Look, actors: Uint32Array): number {
  return median(Float64Array.from(actors.slice(0, N_LOOKED_AT), (i) => look.sizes[i] ?? 1));
}

/** Return the median distance of actors to the nearest other, of the first so many. */
function typicalDistance(places: Float32Array, actors: Uint32Array): number {
  const some = actors.slice(0, N_LOOKED_AT);
  const nearest = Float64Array.from(some, (i) => {
    let least = Infinity;
    for (const j of some) {
      const [dx, dy] = [
        (places[2 * j] ?? 0) - (places[2 * i] ?? 0),
        (places[2 * j + 1] ?? 0) - (places[2 * i + 1] ?? 0),
      ];
      if (j !== i) least = Math.min(least, dx * dx + dy * dy);
    }
    return Math.sqrt(least);
  });
  return median(nearest);
}

function median(values: Float64Array): number {
  return values.sort()[values.length >> 1] ?? 1;
}

/** Return the WebGL context that sigma made for a canvas. */
function contextOf(canvas: HTMLCanvasElement | undefined): WebGLRenderingContext {
  const context = canvas?.getContext("webgl2") ?? canvas?.getContext("webgl");
  if (!context) throw new Error("WebGL");
  return context;
}
