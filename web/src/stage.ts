// The picture on its page: where everyone stands, what is stressed, and when it can be drawn.

import { byArea } from "./areas.ts";
import { Arranger, type Hearing } from "./arranger.ts";
import type { Arrangement, Sign } from "./arrangement.ts";
import { byColumn } from "./columns.ts";
import type { Desk } from "./desk.ts";
import { element, tag } from "./dom.ts";
import { N_CORE } from "./force.ts";
import { showInView } from "./keyboard.ts";
import { Lasso } from "./lasso.ts";
import type { Network } from "./network.ts";
import type { Extent, Picture, Reactions } from "./picture.ts";
import { around } from "./rings.ts";
import { stressOf } from "./stress.ts";
import { writeView } from "./view.ts";
import type { Workshop } from "./workshop.ts";

/** So much room a line of words above others takes at least, and its height on the canvas. */
const PER_LINE = 34;
const LINE_PX = 19;
const PROPORTIONS = [0.7, 1, 1.6];

export class Stage {
  readonly #desk: Desk;
  readonly #canvas = element("canvas");
  readonly #arranger: Arranger;
  #picture: Picture | null = null;
  #lasso: Lasso | null = null;
  #hovered = -1;
  #places: Float32Array | null = null;
  #extent: Extent | null = null;
  #drawn = "";
  #hidden: readonly string[] = [];

  constructor(desk: Desk, workshop: Workshop) {
    this.#desk = desk;
    this.#arranger = new Arranger(workshop, () => this.#proportion());
  }

  get picture(): Picture | null {
    return this.#picture;
  }

  /** Put a sentence where the drawing would be. */
  wait(sentence: string): void {
    this.#canvas.replaceChildren(tag("p", sentence, "message"));
  }

  /** Draw as soon as all that is shown has its place; the places of the others follow. */
  async begin(whole: Network, reactions: Omit<Reactions, "onHover">): Promise<Picture> {
    const { Picture } = await import("./picture.ts");
    return new Promise((begun) => {
      void this.#arrangeAll(whole, () => {
        this.#canvas.replaceChildren();
        this.#picture = new Picture(this.#canvas, { ...reactions, onHover: (i) => this.#hover(i) });
        this.#lasso = new Lasso(this.#desk, this.#picture);
        Object.assign(this.#canvas, { picture: this.#picture });
        begun(this.#picture);
      });
    });
  }

  async #arrangeAll(whole: Network, begin: () => void): Promise<void> {
    const isWhole = (): boolean => this.#desk.network === whole;
    const places = await this.#arranger.arrange(whole, {
      said: (share) => this.#progress(share),
      early: (early) => {
        if (!isWhole() || this.#picture) return;
        this.#settle(whole, early);
        if (this.#isPlaced()) begin();
      },
    });
    const wasPlaced = this.#picture !== null && this.#isPlaced();
    this.#settle(whole, places);
    if (!isWhole()) await this.take(this.#desk.network);
    this.#progress(1);
    if (!this.#picture) begin();
    else if (!wasPlaced) await this.show(true);
  }

  /** Find places for another network, as on another date; known actors keep theirs. */
  async take(network: Network): Promise<void> {
    this.#hovered = -1;
    if (this.#places) this.#places = await this.#arranger.arrange(network, this.#hearing());
  }

  /** Forget where everyone stood and arrange the whole network anew. */
  async arrangeAnew(whole: Network): Promise<void> {
    this.#arranger.forget();
    this.#settle(whole, await this.#arranger.arrange(whole, this.#hearing()));
    if (this.#desk.network !== whole) await this.take(this.#desk.network);
    this.#drawn = "";
  }

  /** Show what the view says now; nothing is drawn anew where only the stress is another. */
  async show(isAnew = false): Promise<void> {
    const { network, view, shown, look } = this.#desk;
    const picture = this.#picture;
    if (!picture || !this.#places) return;
    if (isAnew) this.#drawn = "";
    const drawn = [
      writeView({
        ...view,
        find: "",
        selected: null,
        to: null,
        stressed: null,
        picked: [],
        hidden: [],
        camera: null,
      }),
      shown.actors.length,
      shown.ties.length,
      shown.centre,
      network.version,
    ].join(" ");
    if (drawn !== this.#drawn || view.hidden !== this.#hidden) {
      const isForce = view.layout === "force";
      const isOther = !this.#drawn || layoutOf(this.#drawn) !== layoutOf(drawn) || !isForce;
      [this.#drawn, this.#hidden] = [drawn, view.hidden];
      const arrangement = this.#arrangement();
      const extent =
        (isForce ? this.#extent : null) ??
        extentOf(arrangement.places, shown.actors, arrangement.signs, this.#canvas.clientHeight);
      const pinned = new Set(
        [...view.pinned.keys()].map((id) => network.at(id)).filter((i) => i >= 0),
      );
      const drawing = { network, shown, arrangement, extent, look, pinned };
      if (!(await picture.draw(drawing, picture.drawing !== null))) return;
      if (isOther && !view.camera) picture.fit();
    }
    this.#stress();
    showInView(this.#desk, picture);
  }

  /** Bring actors and their partners into view. */
  focus(actors: readonly number[]): void {
    const { network, shown } = this.#desk;
    const near = new Set(actors);
    for (const i of actors) for (const j of network.partners(i)) if (shown.isShown[j]) near.add(j);
    this.#picture?.focus([...near]);
  }

  /** Leave what was begun with the pointer. */
  stop(): void {
    this.#lasso?.stop();
  }

  #arrangement(): Arrangement {
    const { view, network } = this.#desk;
    const arrangement = this.#arranged();
    for (const [id, [x, y]] of view.pinned) {
      const i = network.at(id);
      if (i >= 0) [arrangement.places[2 * i], arrangement.places[2 * i + 1]] = [x, y];
    }
    return arrangement;
  }

  #arranged(): Arrangement {
    const { view, network, shown, words } = this.#desk;
    if (view.layout === "columns")
      return byColumn(network, shown.actors, words, this.#proportion());
    if (view.layout === "areas") return byArea(network, shown.actors);
    if (view.layout === "rings" && shown.centre >= 0) {
      const names = network.sectors.map((sector) => words.sectors[sector] ?? sector);
      return around(network, shown.actors, shown.ties, shown.centre, names);
    }
    return { places: this.#places?.slice() ?? new Float32Array(), signs: [], spacing: null };
  }

  #stress(): void {
    const { network, shown, view, found, path } = this.#desk;
    const asked = { hovered: this.#hovered, found, path: path?.actors ?? null };
    this.#picture?.stress(stressOf(network, shown, view, asked));
  }

  #hover(i: number): void {
    this.#hovered = i;
    this.#stress();
  }

  /** Whether all that is shown has a place. */
  #isPlaced(): boolean {
    const places = this.#places;
    return places !== null && this.#desk.shown.actors.every((i) => !Number.isNaN(places[2 * i]));
  }

  /** Take over places by force; what the camera's numbers stand for is their extent. */
  #settle(whole: Network, places: Float32Array): void {
    this.#places = places;
    this.#extent = extentOf(places, whole.order.slice(0, N_CORE));
  }

  #hearing(): Hearing {
    return { said: (share) => this.#progress(share), early: () => undefined };
  }

  #progress(share: number): void {
    const progress = element<HTMLProgressElement>("progress");
    progress.hidden = share >= 1;
    progress.value = share;
  }

  /** Width to height of the canvas, coarsely: windows that differ a little arrange alike. */
  #proportion(): number {
    const { clientWidth, clientHeight } = this.#canvas;
    const proportion = clientWidth / (clientHeight || 1);
    return PROPORTIONS.find((one) => proportion < one * 1.25) ?? 1.6;
  }
}

function layoutOf(drawn: string): string {
  return /layout=(\w+)/.exec(drawn)?.[1] ?? "force";
}

/** Return the box around actors, and around what is drawn behind them on so many pixels. */
function extentOf(
  places: Float32Array,
  actors: Iterable<number>,
  signs: readonly Sign[] = [],
  heightPx = 0,
): Extent {
  const extent: Extent = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
  const take = (x: number, y: number, r: number): void => {
    if (Number.isNaN(x)) return;
    extent.x = [Math.min(extent.x[0], x - r), Math.max(extent.x[1], x + r)];
    extent.y = [Math.min(extent.y[0], y - r), Math.max(extent.y[1], y + r)];
  };
  for (const i of actors) take(places[2 * i] ?? NaN, places[2 * i + 1] ?? NaN, 0);
  const nLines = Math.max(0, ...signs.map((sign) => sign.nLinesUp ?? 0));
  const forActors = Math.max(1, heightPx - (nLines + 3) * LINE_PX);
  const perLine = Math.max(PER_LINE, ((extent.y[1] - extent.y[0]) * LINE_PX) / forActors);
  for (const { x, y, radius, nLinesUp } of signs)
    take(x, radius === null ? y + (nLinesUp ?? 0) * perLine : y, radius ?? 0);
  return extent.x[0] <= extent.x[1] ? extent : { x: [0, 1], y: [0, 1] };
}
