// The drawing: sigma on WebGL for actors and ties, a canvas over it for all that is stressed.
//
// The graph that sigma holds is what is shown, no more; pointing and selecting never touch it.

import Graph from "graphology";
import Sigma from "sigma";

import type { Arrangement } from "./arrangement.ts";
import { readPaint, type Paint } from "./colours.ts";
import { glide } from "./glide.ts";
import type { Look } from "./look.ts";
import type { Network } from "./network.ts";
import { CanvasPen, FONT } from "./pen.ts";
import { listenToPointer, type PointerReactions } from "./pointer.ts";
import {
  colourOf,
  drawOver,
  drawSigns,
  LABEL_PX,
  placeOn,
  thickness,
  tieColour,
  type Frame,
  type Scene,
  type Stress,
} from "./scene.ts";
import { motion, ShapeProgram, ThinTieProgram, TieProgram } from "./shapes.ts";
import type { Shown } from "./show.ts";
import type { Camera } from "./view.ts";

const N_FULL_SIZE = 140;
const N_FULL_TIES = 800;
const MIN_SCALE = 0.16;
/** Where neighbours stand so many pixels apart, actors are drawn in their full size. */
const PX_APART = 30;
const MOVE_MS = 450;
/** The map rests once it has not moved for so long, or for as long as three of its frames. */
const REST_MS = 140;
const MOST_REST_MS = 1500;
/** Above so many ties they are thin, and left out while the map moves. */
const N_MANY_TIES = 20_000;
/** Fewer are left out, too, where drawing them takes longer than this. */
const SLOW_MS = 70;
const N_SOME_TIES = 2000;
/** Up to so many actors a change of arrangement is shown as a move. */
const N_ANIMATED = 3000;
/** An actor's circle does not fill more of the canvas than this. */
const CLOSEST = 0.25;

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
  readonly #reactions: Reactions;
  readonly #sigma: Sigma;
  readonly #widths = new Map<string, number>();
  #drawing: Drawing | null = null;
  #stress: Stress | null = null;
  #paint: Paint = readPaint();
  #scale = 1;
  #tieScale = 1;
  #resting = 0;
  #lastMoved = 0;
  #stopGliding = (): void => undefined;
  #isQuiet = true;

  constructor(container: HTMLElement, reactions: Reactions) {
    this.container = container;
    this.#reactions = reactions;
    this.#sigma = new Sigma(new Graph({ type: "undirected" }), container, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram },
      defaultEdgeType: "tie",
      edgeProgramClasses: { tie: TieProgram, thin: ThinTieProgram },
      defaultEdgeColor: tieColour(this.#paint, 0),
      renderLabels: false,
      enableCameraRotation: false,
      stagePadding: container.clientWidth < 500 ? 24 : 40,
      minEdgeThickness: 1,
      minCameraRatio: 0.002,
      maxCameraRatio: 4,
      itemSizesReference: "screen",
      defaultDrawNodeHover: () => undefined,
    });
    this.#listen(reactions);
  }

  get drawing(): Drawing | null {
    return this.#drawing;
  }

  /** Show something else; actors that stay move to their new places where that is not too many. */
  draw(drawing: Drawing, isMove = false): void {
    this.#stopGliding();
    const before = isMove && !isStill() ? this.#positions() : null;
    const { network, shown, arrangement, look } = drawing;
    this.#drawing = drawing;
    this.#scale = Math.min(
      1,
      Math.max(MIN_SCALE, Math.sqrt(N_FULL_SIZE / (shown.actors.length || 1))),
    );
    const narrow = this.container.clientWidth < 500 ? 0.75 : 1;
    this.#scale *= narrow;
    if (arrangement.spacing !== null) {
      const { x, y } = drawing.extent;
      const { width, height } = this.#sigma.getDimensions();
      const perUnit = Math.min(width / (x[1] - x[0] || 1), height / (y[1] - y[0] || 1));
      this.#scale = Math.max(
        MIN_SCALE,
        Math.min(this.#scale, (arrangement.spacing * perUnit) / PX_APART),
      );
    }
    this.#tieScale =
      narrow * Math.min(1, Math.max(0.4, Math.sqrt(N_FULL_TIES / (shown.ties.length || 1))));
    const graph = new Graph({ type: "undirected", multi: true });
    for (const i of shown.actors) {
      const [x, y] = [arrangement.places[2 * i] ?? NaN, arrangement.places[2 * i + 1] ?? NaN];
      if (Number.isNaN(x)) continue;
      graph.addNode(i, {
        x,
        y,
        size: (look.sizes[i] ?? 1) * this.#scale,
        color: colourOf(look, i),
        shape: look.shapeOf[i] ?? 0,
      });
    }
    const type = shown.ties.length > N_MANY_TIES ? "thin" : "tie";
    for (const t of shown.ties) {
      const [a, b] = [network.source[t] ?? 0, network.target[t] ?? 0];
      if (graph.hasNode(a) && graph.hasNode(b))
        graph.addEdgeWithKey(t, a, b, {
          type,
          size: thickness(network.weight[t] ?? 1, look.isByStrength) * this.#tieScale,
        });
    }
    this.#sigma.setCustomBBox(drawing.extent);
    this.#colourTies();
    this.#sigma.setGraph(graph);
    if (before?.size && graph.order <= N_ANIMATED)
      this.#stopGliding = glide(this.#sigma, before, arrangement.places, MOVE_MS);
  }

  /** Stress some and veil all others, or nothing. */
  stress(stress: Stress | null): void {
    this.#stress = stress;
    this.#paintOver();
  }

  /** Read the colours of the page anew. */
  restyle(): void {
    this.#paint = readPaint();
    this.#colourTies();
    this.#sigma.refresh();
  }

  #colourTies(): void {
    const nTies = this.#drawing?.shown.ties.length ?? 0;
    this.#sigma.setSetting("defaultEdgeColor", tieColour(this.#paint, nTies));
  }

  zoom(by: number): void {
    const { ratio } = this.#sigma.getCamera().getState();
    void this.#go({ ratio: this.#sigma.getCamera().getBoundedRatio(ratio * by) });
  }

  /** Move what is seen by shares of its width and height. */
  pan(dx: number, dy: number): void {
    const { x, y, ratio } = this.#sigma.getCamera().getState();
    void this.#go({ x: x + dx * ratio, y: y + dy * ratio });
  }

  /** Bring all that is shown into view. */
  fit(): void {
    this.#isQuiet = true;
    const isFree = this.#drawing?.arrangement.spacing === null;
    const going = isFree
      ? this.#show([...(this.#drawing?.shown.actors ?? [])], 0)
      : this.#go({ x: 0.5, y: 0.5, ratio: 1 });
    void going.then(() => (this.#isQuiet = false));
    this.#reactions.onCamera(null);
  }

  /** Bring some actors into view. */
  focus(actors: readonly number[]): void {
    void this.#show(actors, CLOSEST);
  }

  /** Set the camera as an address has it, without any movement. */
  look(camera: Camera): void {
    this.#quietly(() => this.#sigma.getCamera().setState(camera));
  }

  get camera(): Camera {
    const { x, y, ratio } = this.#sigma.getCamera().getState();
    return { x, y, ratio };
  }

  /** Return where an actor is drawn, in pixels from the canvas' corner. */
  positionOf(id: string): { x: number; y: number } | null {
    const drawing = this.#drawing;
    const i = drawing?.network.at(id) ?? -1;
    return drawing && i >= 0 ? placeOn(this.frame(), drawing.arrangement.places, i) : null;
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
      ratio: this.#sigma.getCamera().getState().ratio,
    };
  }

  /** Move one actor, as it is dragged. */
  place(i: number, x: number, y: number): void {
    const places = this.#drawing?.arrangement.places;
    if (!places) return;
    [places[2 * i], places[2 * i + 1]] = [x, y];
    this.#sigma.getGraph().mergeNodeAttributes(i, { x, y });
  }

  #listen(reactions: Reactions): void {
    listenToPointer(this.#sigma, this.container, reactions, (i, x, y) => this.place(i, x, y));
    this.#sigma.on("afterRender", () => this.#paintOver());
    this.#sigma.getCamera().on("updated", () => {
      this.#hold();
      if (!this.#isQuiet) reactions.onCamera(this.camera);
    });
    this.#isQuiet = false;
  }

  /** While a large map moves, draw less of it; all of it once it rests. */
  #hold(): void {
    const nTies = this.#drawing?.shown.ties.length ?? 0;
    const now = performance.now();
    const frame = now - this.#lastMoved;
    this.#lastMoved = now;
    // A pause between two moves is no slow frame.
    const isSlow = frame > SLOW_MS && frame < MOST_REST_MS && nTies > N_SOME_TIES;
    if (nTies <= N_MANY_TIES && !isSlow && !motion.isHeld) return;
    motion.isHeld = true;
    clearTimeout(this.#resting);
    const rest = Math.min(MOST_REST_MS, Math.max(REST_MS, 3 * frame));
    this.#resting = window.setTimeout(
      () => {
        motion.isHeld = false;
        this.#sigma.scheduleRender();
      },
      frame < MOST_REST_MS ? rest : REST_MS,
    );
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

  async #show(actors: readonly number[], closest: number): Promise<void> {
    const places = this.#drawing?.arrangement.places;
    if (!places) return;
    const frame = this.frame();
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of actors) {
      const { x, y } = placeOn(frame, places, i);
      if (Number.isNaN(x)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    if (!(left <= right)) return;
    const middle = this.#sigma.viewportToFramedGraph(
      { x: (left + right) / 2, y: (top + bottom) / 2 },
      { cameraState: this.#sigma.getCamera().getState() },
    );
    const room = 2 * (this.container.clientWidth < 500 ? 24 : 40);
    const share = Math.max(
      (right - left) / Math.max(1, frame.width - room),
      (bottom - top) / Math.max(1, frame.height - room),
    );
    const least = closest && Math.min(1, closest);
    await this.#go({ ...middle, ratio: Math.max(least, Math.min(4, frame.ratio * (share || 1))) });
  }

  async #go(state: Partial<Camera>): Promise<void> {
    const camera = this.#sigma.getCamera();
    if (isStill()) camera.setState(state);
    else await camera.animate(state, { duration: MOVE_MS / 1.5 });
  }

  #quietly(act: () => void): void {
    this.#isQuiet = true;
    act();
    this.#isQuiet = false;
  }

  /** Return where all that is drawn stands on the canvas. */
  #positions(): Map<number, { x: number; y: number }> {
    const found = new Map<number, { x: number; y: number }>();
    const drawing = this.#drawing;
    if (!drawing || drawing.shown.actors.length > N_ANIMATED) return found;
    const frame = this.frame();
    for (const i of drawing.shown.actors)
      found.set(i, placeOn(frame, drawing.arrangement.places, i));
    return found;
  }
}

function isStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
