// The map's page: holds what is seen, asks for what is needed, and tells every part to show it.

import { byArea } from "./areas.ts";
import { Arranger } from "./arranger.ts";
import type { Arrangement, Sign } from "./arrangement.ts";
import { Chosen } from "./chosen.ts";
import { byColumn } from "./columns.ts";
import { addressOf, inLanguage, type Desk, type Route } from "./desk.ts";
import { element, tag } from "./dom.ts";
import { Facets } from "./facets.ts";
import { Finder } from "./finder.ts";
import { N_CORE } from "./force.ts";
import { History } from "./history.ts";
import { listenToKeys, listenToUndo, showInView } from "./keyboard.ts";
import { Lasso } from "./lasso.ts";
import { showLegend } from "./legend.ts";
import { circlesOf, lookOf, type Look, type Values, type Words } from "./look.ts";
import type { Network } from "./network.ts";
import type { Extent, Picture } from "./picture.ts";
import { around } from "./rings.ts";
import { N_MOST, show, type Circles, type Shown } from "./show.ts";
import { Source } from "./source.ts";
import { stressOf } from "./stress.ts";
import { Table } from "./table.ts";
import { readJson, t } from "./text.ts";
import { Timeline } from "./timeline.ts";
import { PLAIN, readView, resolved, writeView, type Camera, type Colour, type Layout, type Stressed, type View } from "./view.ts";

const CAMERA_DELAY_MS = 250;
/** Drawing more than this asks first. */
const N_LARGE = 5000;
const TABLE_MEASURE = "betweenness";

class MapPage implements Desk {
  readonly words = readJson<Words>("words");
  readonly #root = element("map");
  readonly #source = new Source(this.words);
  readonly #history = new History();
  readonly #arranger = new Arranger(this.#root.dataset["worker"] ?? "", () => this.#proportion());
  readonly #values = new Map<string, Values>();
  network!: Network;
  shown!: Shown;
  look!: Look;
  view: View = readView(location.search);
  circles: Circles = null;
  found: ReadonlySet<number> = new Set();
  path: Route | null = null;
  #picture: Picture | null = null;
  #hovered = -1;
  #turn = 0;
  #places: Float32Array | null = null;
  #extent: Extent | null = null;
  #drawn = "";
  #pinsOf = new Map<Layout, View["pinned"]>();
  #parts: { facets: Facets; timeline: Timeline; finder: Finder; chosen: Chosen; table: Table } | null = null;
  #lasso: Lasso | null = null;

  async start(): Promise<void> {
    this.#root.hidden = false;
    this.#wait(t("map_loading"));
    try {
      const whole = await this.#source.network(null);
      this.network = this.view.year === null ? whole : await this.#source.network(this.view.year);
      this.view = resolved(this.view, [...new Set([...whole.ids, ...this.network.ids])]);
      if (!(this.view.size in this.words.measures)) this.view = { ...this.view, size: PLAIN.size };
      await this.#fetch();
    } catch (error) {
      this.#wait(t("map_failed", { why: (error as Error).message }));
      return;
    }
    this.#parts = {
      facets: new Facets(this),
      timeline: new Timeline(this),
      finder: new Finder(this, this.#source, (found) => (this.found = found)),
      chosen: new Chosen(this, this.#source),
      table: new Table(this),
    };
    this.#listen();
    this.#work();
    this.#parts.finder.show();
    if (this.view.find) await this.#parts.finder.find(this.view.find);
    if (hasWebgl()) await this.#draw();
    else {
      this.#wait(t("map_no_webgl"));
      this.#root.classList.add("without-picture");
      this.#show();
    }
    this.#writeAddress();
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
      if (id !== null) this.view = { ...this.view, camera: this.#picture?.camera ?? null };
      this.change({ selected: id, to: null, picked: [], stressed: id ? this.view.stressed : null });
      return;
    }
    const before = this.view.selected ? [this.view.selected] : this.view.picked;
    const picked = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
    this.change({ picked, selected: null, to: null });
  }

  open(i: number): void {
    location.href = addressOf(this.network, i);
  }

  focus(actors: readonly number[]): void {
    const near = new Set(actors);
    for (const i of actors) for (const j of this.network.partners(i)) if (this.shown.isShown[j]) near.add(j);
    this.#picture?.focus([...near]);
  }

  say(sentence: string): void {
    element("said").textContent = sentence;
  }

  // What is needed for a view, and when it is there.

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
      this.#hovered = -1;
      if (view.find) await this.#parts?.finder.find(view.find);
      if (this.#picture) this.#places = await this.#arranger.arrange(this.network, this.#hearing());
      if (turn !== this.#turn) return;
    }
    this.#work();
    this.#parts?.finder.show();
    if (!view.find) this.found = new Set();
    this.#show();
    void this.#later();
  }

  /** Ask for the measures and the path of this view, where they are not there yet. */
  async #fetch(): Promise<void> {
    const { colour, size, year, selected, to } = this.view;
    const [circles] = await Promise.all([
      colour === "circle" ? this.#measure("community") : null,
      size === "degree" ? null : this.#measure(size),
    ]);
    this.circles = circles && circlesOf(circles);
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
    if (turn === this.#turn) this.#parts?.table.show();
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
    const size = view.size === "degree" ? Float64Array.from(network.degree) : this.values(view.size);
    this.look = lookOf(network, view, this.words, circles, size ?? new Float64Array(network.n));
  }

  // The picture.

  /** Draw as soon as all that is shown has its place; the places of the others follow. */
  async #draw(): Promise<void> {
    const { Picture } = await import("./picture.ts");
    this.#wait(t("map_arranging", { n: this.network.n }));
    const whole = await this.#source.network(null);
    await new Promise<void>((begun) => {
      const begin = (): void => {
        this.#begin(Picture);
        begun();
      };
      void this.#arrangeAll(whole, begin);
    });
  }

  async #arrangeAll(whole: Network, begin: () => void): Promise<void> {
    const places = await this.#arranger.arrange(whole, {
      said: (share) => this.#progress(share),
      early: (early) => {
        if (whole !== this.network || this.#picture) return;
        this.#settle(whole, early);
        if (this.#isPlaced()) begin();
      },
    });
    this.#progress(1);
    const wasPlaced = this.#picture !== null && this.#isPlaced();
    this.#settle(whole, places);
    if (whole !== this.network) this.#places = await this.#arranger.arrange(this.network, this.#hearing());
    if (!this.#picture) begin();
    else if (!wasPlaced) this.#show(true);
  }

  /** Whether all that is shown has a place. */
  #isPlaced(): boolean {
    const places = this.#places;
    return places !== null && this.shown.actors.every((i) => !Number.isNaN(places[2 * i]));
  }

  #begin(Picture: typeof import("./picture.ts").Picture): void {
    const canvas = element("canvas");
    canvas.replaceChildren();
    const picture = new Picture(canvas, {
      onHover: (i) => this.#hover(i),
      onSelect: (i, isAdding) => this.select(i, isAdding),
      onOpen: (i) => this.open(i),
      onMove: (i, x, y) => this.#pin(i, x, y),
      onCamera: (camera) => this.#noteCamera(camera),
    });
    this.#picture = picture;
    this.#lasso = new Lasso(this, picture);
    listenToKeys(picture, () => this.#step("undo"), () => this.#step("redo"));
    Object.assign(canvas, { picture });
    this.#show(true);
    if (this.view.camera) picture.look(this.view.camera);
    else if (this.view.selected) this.focus([this.network.at(this.view.selected)]);
  }

  /** Take over places by force; what the camera's numbers stand for is their extent. */
  #settle(whole: Network, places: Float32Array): void {
    this.#places = places;
    this.#extent = extentOf(places, whole.order.slice(0, N_CORE));
  }

  #hearing(): { said: (share: number) => void; early: () => void } {
    return { said: (share) => this.#progress(share), early: () => undefined };
  }

  #show(isAnew = false): void {
    const { view, shown, network } = this;
    if (isAnew) this.#drawn = "";
    this.#showPicture();
    this.#showCount();
    showLegend(this);
    this.#parts?.facets.show();
    this.#parts?.timeline.show();
    this.#parts?.chosen.show();
    this.#parts?.table.show();
    this.#showControls();
    if (this.#picture) showInView(this, this.#picture);
    element("hidden-ones").hidden = !view.hidden.some((id) => network.at(id) >= 0);
    element("hidden-count").textContent = t("map_hidden", { n: view.hidden.length });
    this.#root.dataset["shown"] = String(shown.actors.length);
  }

  #showPicture(): void {
    const picture = this.#picture;
    if (!picture || !this.#places) return;
    const { view, network, shown, look } = this;
    // Selecting somebody draws nothing anew; only what is shown, where and how does.
    const drawn = [
      writeView({ ...view, find: "", selected: null, to: null, stressed: null, picked: [], camera: null }),
      shown.actors.length,
      shown.ties.length,
      shown.centre,
      network.version,
    ].join(" ");
    if (drawn !== this.#drawn) {
      const before = this.#drawn;
      this.#drawn = drawn;
      const arrangement = this.#arrangement();
      const isForce = view.layout === "force";
      const extent = (isForce ? this.#extent : null) ?? extentOf(arrangement.places, shown.actors, arrangement.signs);
      const pinned = new Set([...view.pinned.keys()].map((id) => network.at(id)).filter((i) => i >= 0));
      const isOtherLayout = picture.drawing !== null && layoutOf(before) !== layoutOf(drawn);
      picture.draw({ network, shown, arrangement, extent, look, pinned }, picture.drawing !== null);
      if (!before || isOtherLayout || !isForce) {
        if (!view.camera) picture.fit();
      }
    }
    this.#stress();
  }

  #arrangement(): Arrangement {
    const { view, network, shown, words } = this;
    const arrangement = ((): Arrangement => {
      if (view.layout === "columns") return byColumn(network, shown.actors, words, this.#proportion());
      if (view.layout === "areas") return byArea(network, shown.actors);
      if (view.layout === "rings" && shown.centre >= 0)
        return around(network, shown.actors, shown.ties, shown.centre, network.sectors.map((one) => words.sectors[one] ?? one));
      return { places: this.#places?.slice() ?? new Float32Array(), signs: [], spacing: null };
    })();
    for (const [id, [x, y]] of view.pinned) {
      const i = network.at(id);
      if (i >= 0) [arrangement.places[2 * i], arrangement.places[2 * i + 1]] = [x, y];
    }
    return arrangement;
  }

  #stress(): void {
    const { network, shown, view, found, path } = this;
    const asked = { hovered: this.#hovered, found, path: path?.actors ?? null };
    this.#picture?.stress(stressOf(network, shown, view, asked));
  }

  #hover(i: number): void {
    this.#hovered = i;
    this.#stress();
  }

  #pin(i: number, x: number, y: number): void {
    const pinned = new Map(this.view.pinned);
    pinned.set(this.network.id(i), [Math.round(x), Math.round(y)]);
    this.change({ pinned });
  }

  #proportion(): number {
    const { clientWidth, clientHeight } = element("canvas");
    const proportion = clientWidth / (clientHeight || 1);
    // Windows that differ a little arrange alike.
    return [0.7, 1, 1.6].find((one) => proportion < one * 1.25) ?? 1.6;
  }

  // What is around the picture.

  #listen(): void {
    const choice = <K extends keyof View>(id: string, key: K, read: (value: string) => View[K]): void => {
      const select = element<HTMLSelectElement>(id);
      select.addEventListener("change", () => this.change({ [key]: read(select.value) }));
    };
    choice("layout", "layout", (value) => value as Layout);
    choice("colour", "colour", (value) => value as Colour);
    choice("size", "size", (value) => value);
    choice("lines", "isByStrength", (value) => value === "strength");
    choice("stressed", "stressed", (value) => (value || null) as Stressed | null);
    const letters = element<HTMLInputElement>("letters");
    letters.addEventListener("change", () => this.change({ hasLetters: letters.checked }));
    element("show-all").addEventListener("click", () => this.#showAll());
    element("zoom-in").addEventListener("click", () => this.#picture?.zoom(1 / 1.5));
    element("zoom-out").addEventListener("click", () => this.#picture?.zoom(1.5));
    element("zoom-fit").addEventListener("click", () => this.#picture?.fit());
    element("arrange").addEventListener("click", () => void this.#rearrange());
    for (const format of ["png", "svg", "pdf"] as const)
      element(`save-${format}`).addEventListener("click", () => void this.#save(format));
    element("undo").addEventListener("click", () => this.#step("undo"));
    element("redo").addEventListener("click", () => this.#step("redo"));
    element("show-hidden").addEventListener("click", () => this.change({ hidden: [] }));
    if (!hasWebgl()) listenToUndo(() => this.#step("undo"), () => this.#step("redo"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#lasso?.stop();
      this.change({ find: "", selected: null, to: null, picked: [], stressed: null });
      element("find-result").textContent = "";
    });
    document.addEventListener("wushe:theme", () => this.#picture?.restyle());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#picture?.restyle());
  }

  async #save(format: "png" | "svg" | "pdf"): Promise<void> {
    const { save } = await import("./takeaway.ts");
    if (this.#picture) await save(format, this, this.#picture);
  }

  #step(way: "undo" | "redo"): void {
    const view = this.#history[way](this.view);
    if (view) void this.#turnTo({ ...view, camera: this.view.camera });
  }

  #showControls(): void {
    const { view, network } = this;
    element<HTMLSelectElement>("layout").value = view.layout;
    element<HTMLSelectElement>("colour").value = view.colour;
    element<HTMLSelectElement>("size").value = view.size;
    element<HTMLSelectElement>("lines").value = view.isByStrength ? "strength" : "alike";
    const stressed = element<HTMLSelectElement>("stressed");
    const sole = stressed.querySelector<HTMLOptionElement>('[value="sole"]');
    if (sole) sole.disabled = network.at(view.selected) < 0;
    stressed.value = view.stressed ?? "";
    element<HTMLInputElement>("letters").checked = view.hasLetters;
    element<HTMLButtonElement>("undo").disabled = !this.#history.canUndo;
    element<HTMLButtonElement>("redo").disabled = !this.#history.canRedo;
  }

  #showCount(): void {
    const { shown, network, view } = this;
    const counts = { shown: shown.actors.length, total: network.n, ties: shown.ties.length };
    const isCut = shown.nMatching > shown.actors.length;
    element("shown").textContent = shown.actors.length
      ? t(isCut ? "map_shown_most" : "map_shown", counts)
      : t("map_nobody");
    const all = element("show-all");
    all.hidden = !isCut && !(view.isWhole && shown.nMatching > N_MOST);
    all.textContent = isCut
      ? t("map_show_all", { n: shown.nMatching })
      : t("map_show_most", { n: N_MOST });
  }

  /** Show all or the main ones; very many only after a word of warning. */
  #showAll(): void {
    const { nMatching } = this.shown;
    const warning = element("warning");
    if (this.view.isWhole || nMatching <= N_LARGE) {
      this.change({ isWhole: !this.view.isWhole });
      return;
    }
    const yes = tag("button", t("map_large_yes", { n: nMatching }));
    const no = tag("button", t("map_large_no"));
    yes.addEventListener("click", () => {
      warning.replaceChildren();
      this.change({ isWhole: true });
    });
    no.addEventListener("click", () => warning.replaceChildren());
    warning.replaceChildren(tag("span", t("map_large", { n: nMatching, limit: N_LARGE })), yes, no);
    yes.focus();
  }

  async #rearrange(): Promise<void> {
    this.#arranger.forget();
    const whole = await this.#source.network(null);
    this.#settle(whole, await this.#arranger.arrange(whole, this.#hearing()));
    if (whole !== this.network) this.#places = await this.#arranger.arrange(this.network, this.#hearing());
    this.#drawn = "";
    this.change({ pinned: new Map(), camera: null });
  }

  #progress(share: number): void {
    const progress = element<HTMLProgressElement>("progress");
    progress.hidden = share >= 1;
    progress.value = share;
  }

  /** Put a sentence where the drawing would be. */
  #wait(sentence: string): void {
    element("canvas").replaceChildren(tag("p", sentence, "message"));
  }

  #cameraTimer = 0;
  #noteCamera(camera: Camera | null): void {
    clearTimeout(this.#cameraTimer);
    this.#cameraTimer = window.setTimeout(() => {
      this.view = { ...this.view, camera };
      this.#writeAddress();
      if (this.#picture) showInView(this, this.#picture);
    }, CAMERA_DELAY_MS);
  }

  #writeAddress(): void {
    history.replaceState(history.state, "", location.pathname + writeView(this.view));
  }
}

function layoutOf(drawn: string): string {
  return /layout=(\w+)/.exec(drawn)?.[1] ?? "force";
}

/** Return the box around actors, and around what is drawn behind them. */
function extentOf(places: Float32Array, actors: Iterable<number>, signs: readonly Sign[] = []): Extent {
  const extent: Extent = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
  const take = (x: number, y: number, r: number): void => {
    if (Number.isNaN(x)) return;
    extent.x = [Math.min(extent.x[0], x - r), Math.max(extent.x[1], x + r)];
    extent.y = [Math.min(extent.y[0], y - r), Math.max(extent.y[1], y + r)];
  };
  for (const i of actors) take(places[2 * i] ?? NaN, places[2 * i + 1] ?? NaN, 0);
  for (const { x, y, radius } of signs) take(x, y, radius ?? 0);
  return extent.x[0] <= extent.x[1] ? extent : { x: [0, 1], y: [0, 1] };
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
