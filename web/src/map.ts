// The map's page: filters, search, selection and the table; the drawing itself is in picture.ts.

import type { Picture } from "./picture.ts";
import { isEnglish, readJson, t } from "./text.ts";
import {
  byImportance,
  countRelations,
  N_MOST,
  named,
  readView,
  show,
  writeView,
  type Shown,
  type View,
} from "./view.ts";
import type { Actor, Network, NetworkActor } from "./wire.ts";

interface Words {
  sectors: Record<string, string>;
  shapes: Record<string, string>;
  colours: Record<string, string>;
  kinds: Record<string, string>;
  relations: Record<string, string>;
}

const N_ROWS = 100;
const N_PARTNERS = 40;
const N_VIA = 3;
const FIND_DELAY_MS = 250;

const words = readJson<Words>("words");
const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id}`);
  return found;
};

let network: Network;
let actors: Map<string, NetworkActor>;
let affiliations: Map<string, Actor>;
let partners: Map<string, Map<string, Network["ties"][number]>>;
let view: View = readView(location.search);
let shown: Shown;
let found: ReadonlySet<string> = new Set();
let picture: Picture | null = null;
let nRows = N_ROWS;

void start();

async function start(): Promise<void> {
  const root = element("map");
  root.hidden = false;
  say(t("map_loading"));
  try {
    const answer = await fetch(root.dataset["network"] ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    network = (await answer.json()) as Network;
  } catch (error) {
    say(t("map_failed", { why: (error as Error).message }));
    return;
  }
  actors = new Map(network.actors.map((actor) => [actor.id, actor]));
  affiliations = new Map(network.affiliations.map((found) => [found.id, found]));
  partners = new Map(network.actors.map((actor) => [actor.id, new Map()]));
  for (const tie of network.ties) {
    partners.get(tie.source)?.set(tie.target, tie);
    partners.get(tie.target)?.set(tie.source, tie);
  }
  if (view.selected && !actors.has(view.selected)) view = { ...view, selected: null };
  buildFacets();
  listen();
  await look(view.find);
  if (hasWebgl()) await draw();
  else {
    say(t("map_no_webgl"));
    for (const id of ["zoom-in", "zoom-out", "zoom-fit", "arrange", "save-picture"])
      element(id).hidden = true;
  }
  update();
  if (view.selected) picture?.focus(view.selected);
  element("map").dataset["ready"] = "true";
}

async function draw(): Promise<void> {
  say(t("map_arranging", { n: network.actors.length }));
  const canvas = element("canvas");
  const { Picture } = await import("./picture.ts");
  await new Promise((resolve) => setTimeout(resolve));
  canvas.replaceChildren();
  const look = { colours: words.colours, shapes: words.shapes, name };
  picture = new Picture(canvas, network, look, { onSelect: select, onOpen: open });
  Object.assign(canvas, { picture });
}

/** Put a sentence where the drawing would be. */
function say(sentence: string): void {
  const message = document.createElement("p");
  message.className = "message";
  message.textContent = sentence;
  element("canvas").replaceChildren(message);
}

function hasWebgl(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}

function name(actor: Actor): string {
  return (isEnglish() ? actor.name_en : null) ?? actor.name;
}

function what(actor: NetworkActor): string {
  const kind = words.kinds[actor.kind] ?? actor.kind;
  return actor.is_group ? t("group", { kind }) : kind;
}

function pageOf(actor: NetworkActor): string {
  return `/actors/${encodeURIComponent(actor.id)}`;
}

function open(id: string): void {
  location.href = `/actors/${encodeURIComponent(id)}`;
}

// ── changing the view ────────────────────────────────────────────────────────────────────────

function change(changes: Partial<View>): void {
  view = { ...view, ...changes };
  history.replaceState(null, "", location.pathname + writeView(view));
  update();
}

function select(id: string | null): void {
  change({ selected: id });
}

function update(): void {
  shown = show(network, view);
  if (view.selected && !shown.actors.some((actor) => actor.id === view.selected))
    view = { ...view, selected: null };
  picture?.update(shown, found, view.selected);
  showCount();
  showChosen();
  showTable();
  showFacets();
}

async function look(words: string): Promise<void> {
  const ids = named(network.actors, words);
  if (words.trim()) for (const id of await spelled(words)) if (actors.has(id)) ids.add(id);
  found = ids;
  const result = element("find-result");
  if (!words.trim()) result.textContent = "";
  else if (ids.size) result.textContent = t("map_found", { n: ids.size });
  else result.textContent = t("map_found_none", { q: words.trim() });
}

/** Ask the server, which knows aliases and pinyin as well. */
async function spelled(words: string): Promise<string[]> {
  try {
    const answer = await fetch(`/api/v1/search?q=${encodeURIComponent(words)}`);
    const body = (await answer.json()) as { items?: Hit[] } | Hit[];
    const hits = Array.isArray(body) ? body : (body.items ?? []);
    return hits.map((hit) => hit.actor.id);
  } catch {
    return [];
  }
}

interface Hit {
  actor: { id: string };
}

function listen(): void {
  const find = element("find-name") as HTMLInputElement;
  find.value = view.find;
  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      await look(find.value);
      change({ find: find.value.trim() });
    }, FIND_DELAY_MS);
  });
  element("find").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    await look(find.value);
    const first = [...found].map((id) => actors.get(id)).filter((a) => a !== undefined);
    const best = first.sort(byImportance)[0];
    change({ find: find.value.trim(), selected: best?.id ?? null });
    if (best) picture?.focus(best.id);
  });
  element("facet-sector").addEventListener("change", () => {
    change({ sectors: checked("sector") });
  });
  element("facet-relation").addEventListener("change", () => {
    change({ relations: checked("relation") });
  });
  element("reset-filters").addEventListener("click", () => {
    change({ sectors: null, relations: null, isWhole: false });
  });
  element("show-all").addEventListener("click", () => change({ isWhole: !view.isWhole }));
  element("zoom-in").addEventListener("click", () => picture?.zoomIn());
  element("zoom-out").addEventListener("click", () => picture?.zoomOut());
  element("zoom-fit").addEventListener("click", () => picture?.fit());
  element("arrange").addEventListener("click", () => picture?.rearrange());
  element("save-picture").addEventListener("click", () => void savePicture());
  element("more-rows").addEventListener("click", () => {
    nRows += N_ROWS;
    showTable();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    find.value = "";
    found = new Set();
    element("find-result").textContent = "";
    change({ find: "", selected: null });
  });
  document.addEventListener("wushe:theme", () => picture?.restyle());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture?.restyle());
  const names = network.actors.map((actor) => {
    const option = document.createElement("option");
    option.value = name(actor);
    return option;
  });
  element("find-names").replaceChildren(...names);
}

function boxes(facet: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[name="${facet}"]`)];
}

/** Return what is ticked in a facet; null where all is. */
function checked(facet: string): ReadonlySet<string> | null {
  const all = boxes(facet);
  const ticked = all.filter((box) => box.checked);
  return ticked.length === all.length ? null : new Set(ticked.map((box) => box.value));
}

async function savePicture(): Promise<void> {
  const blob = await picture?.save();
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "wushe-map.png";
  link.click();
  URL.revokeObjectURL(link.href);
}

// ── showing it ───────────────────────────────────────────────────────────────────────────────

function buildFacets(): void {
  const facet = element("facet-relation");
  for (const [relation, n] of countRelations(network.ties)) {
    const label = document.createElement("label");
    label.className = "facet";
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "relation", value: relation, checked: true });
    label.append(box, tag("span", words.relations[relation] ?? relation), tag("b", t("number", { n })));
    facet.append(label);
  }
}

function showFacets(): void {
  for (const box of boxes("sector")) box.checked = !view.sectors || view.sectors.has(box.value);
  for (const box of boxes("relation"))
    box.checked = !view.relations || view.relations.has(box.value);
}

function showCount(): void {
  const counts = { shown: shown.actors.length, total: network.total, ties: shown.ties.length };
  const isCut = shown.nMatching > shown.actors.length;
  element("shown").textContent = shown.actors.length
    ? t(isCut ? "map_shown_most" : "map_shown", counts)
    : t("map_nobody");
  const button = element("show-all");
  button.hidden = !isCut && !(view.isWhole && shown.nMatching > N_MOST);
  button.textContent = isCut
    ? t("map_show_all", { n: shown.nMatching })
    : t("map_show_most", { n: N_MOST });
}

function showChosen(): void {
  const panel = element("chosen");
  const actor = view.selected ? actors.get(view.selected) : undefined;
  if (!actor) {
    panel.replaceChildren(tag("p", t("map_choose")));
    return;
  }
  const heading = tag("h2");
  heading.append(linkTo(actor));
  const facts = [what(actor), words.sectors[actor.sector ?? ""], actor.area];
  if (actor.n_members) {
    const key = actor.n_members.at_least ? "map_members_at_least" : "map_members";
    facts.push(t(key, { n: actor.n_members.value }));
  }
  const tools = tag("p");
  tools.className = "tools-row";
  const page = tag("a", t("map_open")) as HTMLAnchorElement;
  page.href = pageOf(actor);
  page.className = "button";
  const clear = tag("button", t("map_clear")) as HTMLButtonElement;
  clear.type = "button";
  clear.addEventListener("click", () => select(null));
  tools.append(page, clear);
  const own = [...(partners.get(actor.id) ?? new Map())]
    .map(([id, tie]) => ({ other: actors.get(id), tie }))
    .filter((entry): entry is { other: NetworkActor; tie: Network["ties"][number] } =>
      Boolean(entry.other),
    )
    .sort((a, b) => b.tie.weight - a.tie.weight || byImportance(a.other, b.other));
  const list = tag("ul");
  for (const { other, tie } of own.slice(0, N_PARTNERS)) {
    const item = tag("li");
    item.append(linkTo(other), tag("small", how(tie)));
    list.append(item);
  }
  panel.replaceChildren(
    heading,
    tag("p", facts.filter(Boolean).join(" · ")),
    tools,
    tag("p", t("map_partners", { n: own.length })),
    list,
  );
  if (own.length > N_PARTNERS)
    panel.append(tag("p", t("map_partners_shown", { shown: N_PARTNERS, total: own.length })));
}

/** Say what makes a tie: affiliations by name, else the relations themselves. */
function how(tie: Network["ties"][number]): string {
  const separator = t("list_separator");
  if (!tie.via.length) {
    const relations = tie.relations.map((relation) => words.relations[relation] ?? relation);
    return t("map_directly", { relations: relations.join(separator) });
  }
  const shownVia = tie.via.slice(0, N_VIA).flatMap((id) => affiliations.get(id) ?? []);
  const names = shownVia.map(name).join(separator);
  const more = tie.via.length > N_VIA ? ` ${t("map_and_more", { n: tie.via.length })}` : "";
  return t("map_via", { names: names + more });
}

function showTable(): void {
  const rows = shown.actors.slice(0, nRows);
  const body = document.querySelector<HTMLElement>("#actors tbody");
  body?.replaceChildren(...rows.map(row));
  element("table-shown").textContent = t("map_rows", {
    shown: rows.length,
    total: shown.nMatching,
  });
  const more = element("more-rows");
  const nLeft = shown.actors.length - rows.length;
  more.hidden = nLeft <= 0;
  more.textContent = t("map_more_rows", { n: Math.min(N_ROWS, nLeft) });
}

function row(actor: NetworkActor): HTMLElement {
  const line = tag("tr");
  line.classList.toggle("selected", actor.id === view.selected);
  const head = tag("th");
  head.setAttribute("scope", "row");
  const pick = tag("button", "◎") as HTMLButtonElement;
  pick.type = "button";
  pick.className = "pick";
  pick.title = t("map_select", { name: name(actor) });
  pick.setAttribute("aria-label", pick.title);
  pick.setAttribute("aria-pressed", String(actor.id === view.selected));
  pick.addEventListener("click", () => {
    select(actor.id === view.selected ? null : actor.id);
    if (view.selected) picture?.focus(actor.id);
  });
  head.append(pick, linkTo(actor));
  line.append(
    head,
    tag("td", what(actor)),
    tag("td", words.sectors[actor.sector ?? ""] ?? ""),
    number(actor.degree),
    number(actor.betweenness),
  );
  return line;
}

function number(value: number): HTMLElement {
  const cell = tag("td", t("number", { n: value }));
  cell.className = "n";
  return cell;
}

/** Name an actor with its mark, as every page does; the mark is the one of the legend. */
function linkTo(actor: NetworkActor): HTMLElement {
  const link = tag("a") as HTMLAnchorElement;
  link.className = "actor";
  link.href = pageOf(actor);
  const mark = document.querySelector(`#facet-sector .s-${actor.sector ?? "none"}`);
  if (mark) link.append(mark.cloneNode(true));
  const label = tag("span", name(actor));
  if (isEnglish() && !actor.name_en) label.lang = "zh-CN";
  link.append(label);
  return link;
}

function tag(kind: string, text = ""): HTMLElement {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}
