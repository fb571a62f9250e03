// The map's page: holds what is seen, asks for what is needed, and tells every part to show it.

import { Chosen } from "./chosen.ts";
import { Controls } from "./controls.ts";
import { addressOf, inLanguage, isShared, type Desk, type Route } from "./desk.ts";
import { element } from "./dom.ts";
import { Facets } from "./facets.ts";
import { Finder } from "./finder.ts";
import { History } from "./history.ts";
import { listenToKeys, listenToUndo, showInView } from "./keyboard.ts";
import { showLegend } from "./legend.ts";
import { circlesOf, lookOf, type Look, type Values, type Words } from "./look.ts";
import type { Network } from "./network.ts";
import { breathe, N_LONG } from "./pace.ts";
import { show, type Circles, type Shown } from "./show.ts";
import { Source } from "./source.ts";
import { Stage } from "./stage.ts";
import { Table } from "./table.ts";
import { readJson, t } from "./text.ts";
import { Timeline } from "./timeline.ts";
import {
  PLAIN,
  readView,
  resolved,
  writeView,
  type Camera,
  type Layout,
  type View,
} from "./view.ts";
import { Workshop } from "./workshop.ts";

const CAMERA_DELAY_MS = 250;
const TABLE_MEASURE = "betweenness";

/** What shows the view; each is told when it has changed. */
interface Part {
  show: () => void | Promise<void>;
}

class MapPage implements Desk {
  readonly words = readJson<Words>("words");
  readonly #root = element("map");
  readonly #workshop = new Workshop(this.#root.dataset["worker"] ?? "");
  readonly #source = new Source(this.#root.dataset["api"] ?? "", this.words, this.#workshop);
  readonly #history = new History();
  readonly #stage = new Stage(this, this.#workshop);
  readonly #values = new Map<string, Values>();
  readonly #pinsOf = new Map<Layout, View["pinned"]>();
  network!: Network;
  whole!: Network;
  shown!: Shown;
  look!: Look;
  view: View = readView(location.search || (this.#root.dataset["query"] ?? ""));
  circles: Circles = null;
  found: ReadonlySet<number> = new Set();
  path: Route | null = null;
  #finder!: Finder;
  #table!: Table;
  #parts: readonly Part[] = [];
  #turn = 0;
  #cameraTimer = 0;

  async start(): Promise<void> {
    this.#root.hidden = false;
    this.#root.classList.toggle("is-shared", isShared());
    this.#stage.wait(t("map_loading"));
    let nLost: number;
    try {
      this.whole = await this.#source.network(null);
      this.network = await this.#source.network(this.view.year);
      ({ view: this.view, nLost } = resolved(this.view, this.whole, this.network));
      if (!(this.view.size in this.words.measures)) this.view = { ...this.view, size: PLAIN.size };
      await this.#fetch();
    } catch (error) {
      this.#stage.wait(t("map_failed", { why: (error as Error).message }));
      return;
    }
    this.#makeParts();
    this.#listen();
    this.#work();
    this.#finder.show();
    if (this.view.find) await this.#finder.find(this.view.find);
    if (hasWebgl()) await this.#draw();
    else {
      this.#stage.wait(t("map_no_webgl"));
      this.#root.classList.add("without-picture");
      listenToUndo(
        () => this.#step("undo"),
        () => this.#step("redo"),
      );
      await this.#show();
    }
    this.#writeAddress();
    if (nLost) this.say(t("map_lost", { n: nLost }));
    this.#root.dataset["ready"] = "true";
    void this.#later();
  }

  values(measure: string): Values | null {
    return this.#values.get(`${measure} ${this.view.year}`) ?? null;
  }

  change(changes: Partial<View>): void {
    const before = this.view;
    let after = { ...before, ...changes };
    if (after.layout !== before.layout) {
      // A place that was chosen by hand belongs to the arrangement it was chosen in.
      this.#pinsOf.set(before.layout, before.pinned);
      after = { ...after, pinned: this.#pinsOf.get(after.layout) ?? new Map(), camera: null };
    }
    this.#history.note(before, after);
    void this.#turnTo(after);
  }

  select(i: number, isAdding = false): void {
    const id = i < 0 ? null : this.network.id(i);
    if (!isAdding || id === null) {
      // An address that names somebody leads to them; one copied now leads to what is seen now.
      const camera = this.#stage.picture?.lens.camera ?? null;
      if (id !== null) this.view = { ...this.view, camera };
      this.change({ selected: id, to: null, picked: [], stressed: id ? this.view.stressed : null });
      return;
    }
    const before = this.view.selected ? [this.view.selected] : this.view.picked;
    const picked = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
    this.change({ picked, selected: null, to: null });
  }

  open(i: number): void {
    if (isShared()) return;
    location.href = addressOf(this.network, i);
  }

  focus(actors: readonly number[]): void {
    this.#stage.focus(actors);
  }

  say(sentence: string): void {
    element("said").textContent = sentence;
  }

  async #turnTo(view: View): Promise<void> {
    const turn = ++this.#turn;
    const isOtherYear = view.year !== this.view.year;
    this.view = view;
    this.#writeAddress();
    try {
      if (isOtherYear) this.network = await this.#source.network(view.year);
      await this.#fetch();
    } catch (error) {
      this.say(t("map_failed", { why: (error as Error).message }));
      return;
    }
    if (turn !== this.#turn) return;
    if (isOtherYear) {
      if (view.find) await this.#finder.find(view.find);
      await this.#stage.take(this.network);
      if (turn !== this.#turn) return;
    }
    this.#work();
    this.#finder.show();
    if (!view.find) this.found = new Set();
    await this.#show();
    if (turn === this.#turn) void this.#later();
  }

  /** Ask for the measures and the path of this view, where they are not there yet. */
  async #fetch(): Promise<void> {
    const { colour, size, year, selected, to } = this.view;
    const [labels] = await Promise.all([
      colour === "circle" ? this.#measure("community") : null,
      size === "degree" ? null : this.#measure(size),
    ]);
    this.circles = labels && circlesOf(labels);
    this.path = null;
    if (!selected || !to) return;
    const answer = await this.#source.paths(selected, to, year);
    const first = answer.items[0]?.actors.map((actor) => this.network.at(actor.id)) ?? [];
    this.path = {
      actors: first.filter((i) => i >= 0),
      paths: answer.items,
      sentence: inLanguage(answer.sentence),
    };
  }

  /** Ask for what only the table has, once all else is seen. */
  async #later(): Promise<void> {
    if (this.view.size !== "degree" || this.values(TABLE_MEASURE)) return;
    const turn = this.#turn;
    try {
      await this.#measure(TABLE_MEASURE);
    } catch {
      return;
    }
    if (turn === this.#turn) this.#table.show();
  }

  async #measure(measure: string): Promise<Values> {
    const { year } = this.view;
    const values = await this.#source.values(measure, year);
    this.#values.set(`${measure} ${year}`, values);
    return values;
  }

  /** Work out who is shown and how. */
  #work(): void {
    const { network, view, circles } = this;
    this.shown = show(network, view, circles, this.path?.actors);
    const size =
      view.size === "degree" ? new Float64Array(network.degree) : this.values(view.size);
    this.look = lookOf(network, view, this.words, circles, size ?? new Float64Array(network.n));
  }

  async #draw(): Promise<void> {
    this.#stage.wait(t("map_arranging", { n: this.network.n }));
    const picture = await this.#stage.begin(this.whole, {
      onSelect: (i, isAdding) => this.select(i, isAdding),
      onTap: (i) => (this.network.id(i) === this.view.selected ? this.open(i) : this.select(i)),
      onOpen: (i) => this.open(i),
      onMove: (i, x, y) => this.#pin(i, x, y),
      onCamera: (camera) => this.#noteCamera(camera),
    });
    listenToKeys(
      picture,
      () => this.#step("undo"),
      () => this.#step("redo"),
    );
    if (this.network.n >= N_LONG) await breathe();
    await this.#show();
    if (this.view.camera) picture.lens.look(this.view.camera);
    else if (this.view.selected) this.focus([this.network.at(this.view.selected)]);
  }

  #makeParts(): void {
    this.#finder = new Finder(this, this.#source, (found) => (this.found = found));
    this.#table = new Table(this);
    const controls = new Controls(this, this.#stage, {
      undo: () => this.#step("undo"),
      redo: () => this.#step("redo"),
      arrangeAnew: () => void this.#arrangeAnew(),
      canUndo: () => this.#history.canUndo,
      canRedo: () => this.#history.canRedo,
    });
    const legend = { show: () => showLegend(this) };
    this.#parts = [
      this.#stage,
      controls,
      legend,
      new Facets(this),
      new Timeline(this),
      new Chosen(this, this.#source),
      this.#table,
    ];
  }

  /** Tell every part to show the view; for a large network they take turns with the browser. */
  async #show(): Promise<void> {
    const turn = this.#turn;
    for (const part of this.#parts) {
      await part.show();
      if (this.network.n >= N_LONG) await breathe();
      if (turn !== this.#turn) return;
    }
    this.#root.dataset["shown"] = String(this.shown.actors.length);
  }

  #listen(): void {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#stage.stop();
      this.change({ find: "", selected: null, to: null, picked: [], stressed: null });
      for (const id of ["find-result", "warning", "said"]) element(id).replaceChildren();
    });
    const restyle = (): void => this.#stage.picture?.restyle();
    document.addEventListener("wushe:theme", restyle);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  }

  #step(way: "undo" | "redo"): void {
    const view = this.#history[way](this.view);
    if (view) void this.#turnTo({ ...view, camera: this.view.camera });
  }

  #pin(i: number, x: number, y: number): void {
    const pinned = new Map(this.view.pinned);
    pinned.set(this.network.id(i), [Math.round(x), Math.round(y)]);
    this.change({ pinned });
  }

  async #arrangeAnew(): Promise<void> {
    await this.#stage.arrangeAnew(this.whole);
    this.change({ pinned: new Map(), camera: null });
  }

  #noteCamera(camera: Camera | null): void {
    clearTimeout(this.#cameraTimer);
    this.#cameraTimer = window.setTimeout(() => {
      this.view = { ...this.view, camera };
      this.#writeAddress();
      if (this.#stage.picture) showInView(this, this.#stage.picture);
    }, CAMERA_DELAY_MS);
  }

  #writeAddress(): void {
    const query = writeView(this.view, this.whole);
    history.replaceState(history.state, "", location.pathname + query);
    // What leads to the same page in the other language leads to the same view.
    for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-switch="lang"]')) {
      const language = new URL(link.href).searchParams.get("lang") ?? "";
      link.search = `${query || "?"}${query ? "&" : ""}lang=${language}`;
    }
  }
}

function hasWebgl(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}

void new MapPage().start();
