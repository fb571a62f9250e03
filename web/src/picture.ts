// The drawing: sigma on WebGL, told what to show and what to stress.

import Graph from "graphology";
import Sigma from "sigma";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";

import { arrange, extend, recall, remember, type Places } from "./layout.ts";
import { ShapeProgram, shapeNumber } from "./shapes.ts";
import type { Shown } from "./view.ts";
import type { Network, NetworkActor } from "./wire.ts";

const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const LABEL_PX = 12.5;
const N_ALWAYS_NAMED = 10;
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

type LabelData = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

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

  constructor(container: HTMLElement, network: Network, look: Look, reactions: Reactions) {
    this.#container = container;
    this.#network = network;
    this.#paint = readPaint();
    const known = recall();
    const places = known ? extend(network, known) : arrange(network);
    remember(places);
    this.#fill(places, look);
    this.#sigma = new Sigma(this.#graph, container, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram },
      labelFont: FONT,
      labelSize: LABEL_PX,
      labelDensity: 1,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 6,
      stagePadding: 40,
      zIndex: true,
      minEdgeThickness: 0.8,
      minCameraRatio: 0.05,
      maxCameraRatio: 4,
      itemSizesReference: "screen",
      defaultDrawNodeLabel: (context, data, settings) => this.#drawLabel(context, data, settings),
      defaultDrawNodeHover: (context, data, settings) => this.#drawHover(context, data, settings),
      nodeReducer: (id, data) => this.#reduceNode(id, data),
      edgeReducer: (id, data) => this.#reduceEdge(id, data),
    });
    this.#listen(reactions);
  }

  /** Show what passes the filters; mark what was found; dim all but the selected one's circle. */
  update(shown: Shown, found: ReadonlySet<string>, selected: string | null): void {
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

  centre(id: string): void {
    const data = this.#sigma.getNodeDisplayData(id);
    const camera = this.#sigma.getCamera();
    if (!data) return;
    const ratio = Math.min(camera.ratio, 0.6);
    void camera.animate({ x: data.x, y: data.y, ratio }, { duration: duration() });
  }

  /** Forget where everyone stood and arrange the whole network anew. */
  rearrange(): void {
    const places = arrange(this.#network);
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

  #fill(places: Places, look: Look): void {
    const narrow = this.#container.clientWidth < 500 ? 0.75 : 1;
    const ranked = [...this.#network.actors].sort((a, b) => b.degree - a.degree);
    const named = new Set(ranked.slice(0, N_ALWAYS_NAMED).map((actor) => actor.id));
    for (const actor of this.#network.actors)
      this.#graph.addNode(actor.id, {
        ...places[actor.id],
        label: look.name(actor),
        size: narrow * (4.2 + 2.3 * Math.sqrt(actor.degree)),
        color: look.colours[actor.sector ?? ""] ?? this.#paint.ink,
        shape: shapeNumber(look.shapes[actor.sector ?? ""] ?? ""),
        forceLabel: narrow === 1 && named.has(actor.id) && actor.degree > 0,
      });
    for (const tie of this.#network.ties)
      if (tie.source !== tie.target && !this.#graph.hasEdge(tie.source, tie.target))
        this.#graph.addEdge(tie.source, tie.target, {
          size: Math.min(5, 0.8 + Math.log2(1 + tie.weight)),
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
    this.#sigma.on("clickNode", ({ node }) => reactions.onSelect(node));
    this.#sigma.on("clickStage", () => reactions.onSelect(null));
    this.#sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      reactions.onOpen(node);
    });
  }

  /** Return whether an actor belongs to what is stressed now; all do where nothing is. */
  #isStressed(id: string): boolean {
    const centre = this.#hovered ?? this.#selected;
    if (centre !== null && this.#graph.hasNode(centre))
      return id === centre || this.#isTied(id, centre);
    return this.#found.size === 0 || this.#found.has(id);
  }

  #isTied(a: string, b: string): boolean {
    return this.#visibleTies.has(`${a}\n${b}`) || this.#visibleTies.has(`${b}\n${a}`);
  }

  #reduceNode(id: string, data: Record<string, unknown>): Partial<NodeDisplayData> {
    if (!this.#visible.has(id)) return { ...data, hidden: true };
    const isCentre = id === (this.#hovered ?? this.#selected);
    if (!this.#isStressed(id)) {
      const color = mixed(String(data["color"]), this.#paint.ground, 0.82);
      return { ...data, color, label: "", forceLabel: false, zIndex: 0 };
    }
    const isAmongFew = this.#hovered !== null || this.#selected !== null || this.#found.has(id);
    const forceLabel = Boolean(data["forceLabel"]) || isAmongFew;
    return { ...data, forceLabel, highlighted: isCentre || this.#found.has(id), zIndex: 1 };
  }

  #reduceEdge(id: string, data: Record<string, unknown>): Partial<NodeDisplayData> {
    if (!this.#visibleTies.has(String(data["key"]))) return { ...data, hidden: true };
    const centre = this.#hovered ?? this.#selected;
    const { ground, ink } = this.#paint;
    if (centre !== null && this.#graph.hasNode(centre)) {
      const isItsOwn = this.#graph.hasExtremity(id, centre);
      return { ...data, color: mixed(ink, ground, isItsOwn ? 0.35 : 0.93), zIndex: isItsOwn ? 1 : 0 };
    }
    return { ...data, color: mixed(ink, ground, this.#found.size ? 0.92 : 0.76) };
  }

  #drawLabel(context: CanvasRenderingContext2D, data: LabelData, settings: Settings): void {
    if (!data.label) return;
    const x = data.x + data.size * 1.2 + 4;
    const y = data.y + settings.labelSize / 3;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = this.#paint.ground;
    context.strokeText(data.label, x, y);
    context.fillStyle = this.#paint.ink;
    context.fillText(data.label, x, y);
  }

  #drawHover(context: CanvasRenderingContext2D, data: LabelData, settings: Settings): void {
    context.beginPath();
    context.arc(data.x, data.y, data.size * 1.35 + 3, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = this.#paint.accent;
    context.stroke();
    this.#drawLabel(context, data, { ...settings, labelSize: settings.labelSize + 1.5 });
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
