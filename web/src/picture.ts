// The drawing: sigma on WebGL, told what to show and what to stress.

import Graph from "graphology";
import Sigma from "sigma";
import type { NodeDisplayData, PartialButFor } from "sigma/types";

import { arrange, extend, recall, remember, type Places } from "./layout.ts";
import { placeNames } from "./names.ts";
import { ShapeProgram, shapeNumber } from "./shapes.ts";
import { byImportance, type Shown } from "./view.ts";
import type { Network, NetworkActor } from "./wire.ts";

const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const LABEL_PX = 12.5;
const N_NAMED = 40;
const N_SURE = 6;
const N_FULL_SIZE = 200;
const MIN_SCALE = 0.3;
const MAX_SIZE = 24;
const MOVE_MS = 300;

export interface Look {
  colours: Record<string, string>;
  shapes: Record<string, string>;
  name: (actor: NetworkActor) => string;
}

export interface Reactions {
  onSelect: (id: string | null) => void;
  onOpen: (id: string) => void;
}

interface Paint {
  ground: string;
  ink: string;
  accent: string;
}

type RingData = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

export class Picture {
  readonly #container: HTMLElement;
  readonly #network: Network;
  readonly #graph = new Graph({ type: "undirected" });
  readonly #sigma: Sigma;
  #paint: Paint;
  #visible = new Set<string>();
  #visibleTies = new Set<string>();
  #found: ReadonlySet<string> = new Set();
  #selected: string | null = null;
  #hovered: string | null = null;
  #ranked: string[] = [];
  #scale = 1;

  constructor(container: HTMLElement, network: Network, look: Look, reactions: Reactions) {
    this.#container = container;
    this.#network = network;
    this.#paint = readPaint();
    const known = recall();
    const places = known ? extend(network, known, this.#proportion()) : this.#arranged();
    remember(places);
    this.#fill(places, look);
    this.#sigma = new Sigma(this.#graph, container, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram },
      renderLabels: false,
      stagePadding: this.#container.clientWidth < 500 ? 24 : 40,
      zIndex: true,
      minEdgeThickness: 1.2,
      minCameraRatio: 0.05,
      maxCameraRatio: 4,
      itemSizesReference: "screen",
      defaultDrawNodeHover: (context, data) => this.#drawRing(context, data),
      nodeReducer: (id, data) => this.#reduceNode(id, data),
      edgeReducer: (id, data) => this.#reduceEdge(id, data),
    });
    this.#listen(reactions);
  }

  /** Show what passes the filters; mark what was found; dim all but the selected one's circle. */
  update(shown: Shown, found: ReadonlySet<string>, selected: string | null): void {
    const nTimes = N_FULL_SIZE / (shown.actors.length || 1);
    this.#scale = Math.min(1, Math.max(MIN_SCALE, Math.sqrt(nTimes)));
    this.#visible = new Set(shown.actors.map((actor) => actor.id));
    this.#visibleTies = new Set(shown.ties.map((tie) => `${tie.source}\n${tie.target}`));
    this.#found = found;
    this.#selected = selected;
    if (this.#hovered && !this.#visible.has(this.#hovered)) this.#hovered = null;
    this.#sigma.refresh({ skipIndexation: false });
  }

  /** Read the colours of the page anew. */
  restyle(): void {
    this.#paint = readPaint();
    this.#sigma.refresh({ skipIndexation: true });
  }

  zoomIn(): void {
    void this.#sigma.getCamera().animatedZoom({ duration: duration() });
  }

  zoomOut(): void {
    void this.#sigma.getCamera().animatedUnzoom({ duration: duration() });
  }

  fit(): void {
    void this.#sigma.getCamera().animatedReset({ duration: duration() });
  }

  /** Bring an actor and its circle into view. */
  focus(id: string): void {
    if (!this.#graph.hasNode(id)) return;
    const circle = [id, ...this.#graph.neighbors(id).filter((other) => this.#isTied(id, other))];
    const places = circle.map((one) => this.#sigma.getNodeDisplayData(one) ?? { x: 0.5, y: 0.5 });
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const ratio = Math.min(1, Math.max(0.25, 1.4 * Math.max(right - left, bottom - top)));
    const state = { x: (left + right) / 2, y: (top + bottom) / 2, ratio };
    void this.#sigma.getCamera().animate(state, { duration: duration() });
  }

  /** Forget where everyone stood and arrange the whole network anew. */
  rearrange(): void {
    const places = this.#arranged();
    remember(places);
    this.#graph.updateEachNodeAttributes((id, attributes) => ({ ...attributes, ...places[id] }));
    this.fit();
  }

  /** Return where an actor is drawn, in pixels from the canvas' corner. */
  positionOf(id: string): { x: number; y: number } | null {
    const data = this.#sigma.getNodeDisplayData(id);
    return data ? this.#sigma.framedGraphToViewport(data) : null;
  }

  /** Return the picture as it is seen now, on the page's ground. */
  async save(): Promise<Blob | null> {
    const layers = this.#sigma.getCanvases();
    const { width = 0, height = 0 } = layers["edges"] ?? {};
    const sheet = document.createElement("canvas");
    Object.assign(sheet, { width, height });
    const context = sheet.getContext("2d");
    if (!context) return null;
    context.fillStyle = this.#paint.ground;
    context.fillRect(0, 0, width, height);
    this.#sigma.refresh({ skipIndexation: true, schedule: false });
    for (const name of ["edges", "nodes", "labels"]) {
      const layer = layers[name];
      if (layer) context.drawImage(layer, 0, 0, width, height);
    }
    return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
  }

  #arranged(): Places {
    return arrange(this.#network, this.#proportion());
  }

  #proportion(): number {
    const { clientWidth, clientHeight } = this.#container;
    return Math.min(1.7, Math.max(0.6, clientWidth / (clientHeight || 1)));
  }

  #fill(places: Places, look: Look): void {
    const narrow = this.#container.clientWidth < 500 ? 0.75 : 1;
    this.#ranked = [...this.#network.actors].sort(byImportance).map((actor) => actor.id);
    for (const actor of this.#network.actors)
      this.#graph.addNode(actor.id, {
        ...places[actor.id],
        label: look.name(actor),
        size: narrow * Math.min(MAX_SIZE, 4.2 + 2.3 * Math.sqrt(actor.degree)),
        color: look.colours[actor.sector ?? ""] ?? this.#paint.ink,
        shape: shapeNumber(look.shapes[actor.sector ?? ""] ?? ""),
      });
    for (const tie of this.#network.ties)
      if (tie.source !== tie.target && !this.#graph.hasEdge(tie.source, tie.target))
        this.#graph.addEdge(tie.source, tie.target, {
          size: Math.min(5, 1.1 + Math.log2(1 + tie.weight)),
          key: `${tie.source}\n${tie.target}`,
        });
  }

  #listen(reactions: Reactions): void {
    this.#sigma.on("enterNode", ({ node }) => {
      this.#hovered = node;
      this.#container.classList.add("pointing");
      this.#sigma.refresh({ skipIndexation: true });
    });
    this.#sigma.on("leaveNode", () => {
      this.#hovered = null;
      this.#container.classList.remove("pointing");
      this.#sigma.refresh({ skipIndexation: true });
    });
    this.#sigma.on("afterRender", () => this.#drawNames());
    this.#sigma.on("clickNode", ({ node }) => reactions.onSelect(node));
    this.#sigma.on("clickStage", () => reactions.onSelect(null));
    this.#sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      reactions.onOpen(node);
    });
  }

  /** Return the actor whose circle is stressed now. */
  #centre(): string | null {
    return this.#hovered ?? this.#selected;
  }

  /** Return whether an actor belongs to what is stressed now; all do where nothing is. */
  #isStressed(id: string): boolean {
    const centre = this.#centre();
    if (centre !== null)
      return id === centre || this.#isTied(id, centre);
    return this.#found.size === 0 || this.#found.has(id);
  }

  #isTied(a: string, b: string): boolean {
    return this.#visibleTies.has(`${a}\n${b}`) || this.#visibleTies.has(`${b}\n${a}`);
  }

  #reduceNode(id: string, data: Record<string, unknown>): Partial<NodeDisplayData> {
    if (!this.#visible.has(id)) return { ...data, hidden: true };
    const isCentre = id === this.#centre();
    const size = Number(data["size"]) * this.#scale;
    if (!this.#isStressed(id)) {
      const color = mixed(String(data["color"]), this.#paint.ground, 0.82);
      return { ...data, size, color, zIndex: 0 };
    }
    return { ...data, size, highlighted: isCentre || this.#found.has(id), zIndex: 1 };
  }

  #reduceEdge(id: string, data: Record<string, unknown>): Partial<NodeDisplayData> {
    if (!this.#visibleTies.has(String(data["key"]))) return { ...data, hidden: true };
    const centre = this.#centre();
    const { ground, ink } = this.#paint;
    if (centre !== null) {
      const isItsOwn = this.#graph.hasExtremity(id, centre);
      return { ...data, color: mixed(ink, ground, isItsOwn ? 0.35 : 0.93), zIndex: isItsOwn ? 1 : 0 };
    }
    return { ...data, color: mixed(ink, ground, this.#found.size ? 0.92 : 0.76) };
  }

  #drawRing(context: CanvasRenderingContext2D, data: RingData): void {
    context.beginPath();
    context.arc(data.x, data.y, data.size * 1.35 + 3, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = this.#paint.accent;
    context.stroke();
  }

  /** Write as many names as there is room for, the most important first. */
  #drawNames(): void {
    const context = this.#sigma.getCanvases()["labels"]?.getContext("2d");
    if (!context) return;
    const { width, height } = this.#sigma.getDimensions();
    const drawn = this.#ranked
      .map((id) => ({ id, data: this.#sigma.getNodeDisplayData(id) }))
      .filter(({ data }) => data && !data.hidden)
      .map(({ id, data }) => {
        const { x, y } = this.#sigma.framedGraphToViewport(data as NodeDisplayData);
        const reach = this.#sigma.scaleSize(data?.size ?? 0) * 1.3;
        return { id, x, y, reach, label: String(this.#graph.getNodeAttribute(id, "label")) };
      })
      .filter(({ x, y }) => x > 0 && y > 0 && x < width && y < height);
    const isAll = this.#centre() !== null || this.#found.size > 0;
    const nRoom = isAll ? Infinity : N_NAMED / this.#sigma.getCamera().ratio;
    const wanted = drawn.filter(({ id }) => this.#isStressed(id));
    const centre = this.#centre();
    wanted.sort((a, b) => Number(b.id === centre) - Number(a.id === centre));
    const nSure = isAll ? Infinity : N_SURE;
    const named = placeNames(wanted.slice(0, nRoom), drawn, width, height, nSure, (label) => {
      context.font = `${LABEL_PX}px ${FONT}`;
      return context.measureText(label).width;
    });
    context.font = `${LABEL_PX}px ${FONT}`;
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = this.#paint.ground;
    context.fillStyle = this.#paint.ink;
    for (const { label, x, y } of named) {
      context.strokeText(label, x, y);
      context.fillText(label, x, y);
    }
  }
}

function duration(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : MOVE_MS;
}

function readPaint(): Paint {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { ground: read("--ground"), ink: read("--ink"), accent: read("--accent") };
}

/** Mix two #rrggbb colours; 0 is the first, 1 the second. */
export function mixed(a: string, b: string, share: number): string {
  const [left, right] = [channels(a), channels(b)];
  const mix = left.map((value, i) => Math.round(value + ((right[i] ?? value) - value) * share));
  return `#${mix.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(colour: string): number[] {
  const digits = colour.replace("#", "");
  const long = digits.length === 3 ? [...digits].map((d) => d + d).join("") : digits;
  return [0, 2, 4].map((start) => parseInt(long.slice(start, start + 2), 16));
}
