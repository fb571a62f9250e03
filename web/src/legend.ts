// What colours, shapes, sizes and lines mean; a colour or a line that is clicked is filtered by.

import type { Desk } from "./desk.ts";
import { button, element, refill, tag } from "./dom.ts";
import { circleColour, circleName } from "./facets.ts";
import { lineOf, N_PATTERNED, type Line } from "./lines.ts";
import { sizeOf } from "./look.ts";
import { N_STRONGEST } from "./show.ts";
import { dotOf, strokeOf } from "./signs.ts";
import { inARow, t } from "./text.ts";
import type { View } from "./view.ts";

export interface Entry {
  /** The slug of a sector or the number of a circle. */
  value: string;
  label: string;
}

/** Return the colours that are shown, in order, with their names. */
export function entriesOf({ network, shown, circles, view, words }: Desk): Entry[] {
  if (view.colour === "circle" && circles) {
    const codes = new Set([...shown.actors].map((i) => circles[i] ?? 0));
    return [...codes]
      .sort((a, b) => a - b)
      .map((code) => ({ value: String(code), label: circleName(network, circles, code) }));
  }
  const present = new Set([...shown.actors].map((i) => network.sectorOf(i)));
  return network.sectors
    .filter((sector) => present.has(sector))
    .map((sector) => ({ value: sector, label: words.sectors[sector] ?? sector }));
}

/** Return the lines that are drawn, in order. */
export function linesShown({ network, shown, look }: Desk): Line[] {
  const present = new Set<number>();
  for (const t of shown.drawn) present.add(lineOf(look.lines, network.relation[t] ?? 0));
  return look.lines.filter((_, k) => present.has(k));
}

/** Say what colours and lines mean, in the words that legend and sheet share. */
export function notesOf({ view, circles, shown, look }: Desk): string[] {
  const isByCircle = view.colour === "circle" && circles !== null;
  const isTold = shown.drawn.length <= N_PATTERNED;
  const notes = [t(isByCircle ? "map_legend_circles" : "map_legend_sectors")];
  if (look.lines.length > 1)
    notes.push(t(isTold ? "map_legend_lines" : "map_legend_unbroken", { n: N_PATTERNED }));
  notes.push(t(view.isByStrength ? "map_legend_strength" : "map_legend_alike"));
  const [drawn, ties] = [shown.drawn.length, shown.ties.length];
  if (drawn < ties) notes.push(t("map_legend_strongest", { drawn, ties, n: N_STRONGEST }));
  return notes;
}

/** Return round values up to the largest that size stands for. */
export function sampleValues(most: number | null): number[] {
  if (most === null || !(most > 0)) return [];
  const nice = (value: number): number => {
    const power = 10 ** Math.floor(Math.log10(value));
    const digit = [5, 2, 1].find((one) => one * power <= value * 1.0001) ?? 1;
    return digit * power;
  };
  const values = [nice(most / 25), nice(most / 5), nice(most)];
  return [...new Set(values.map((value) => (most >= 10 ? Math.max(1, Math.round(value)) : value)))];
}

export function showLegend(desk: Desk): void {
  const { view } = desk;
  const notes = notesOf(desk);
  if (view.size !== "degree") notes.push(t("map_legend_undefined"));
  if (view.hasLetters) notes.push(t("map_legend_letters"));
  const parts = [colours(desk), lines(desk), sizes(desk), tag("p", inARow(notes), "fine")];
  const filled = parts.filter((part) => part.childElementCount || part.textContent);
  refill(element("legend"), filled);
}

function colours(desk: Desk): HTMLElement {
  const isByCircle = desk.view.colour === "circle" && desk.circles !== null;
  const facet = isByCircle ? "circles" : "sectors";
  const list = tag("ul", "", "legend-colours");
  for (const { value, label } of entriesOf(desk)) {
    const mark = isByCircle
      ? dotOf(circleColour(Number(value)))
      : document.querySelector(`#facet-sector .s-${value}`)?.cloneNode(true);
    list.append(choice(desk, facet, [value], label, mark ?? ""));
  }
  return list;
}

function lines(desk: Desk): HTMLElement {
  const list = tag("ul", "", "legend-lines");
  const isTold = desk.shown.drawn.length <= N_PATTERNED;
  for (const { label, relations, dash } of linesShown(desk))
    list.append(choice(desk, "relations", relations, label, isTold ? strokeOf(dash) : ""));
  if (desk.view.relations) {
    const item = tag("li");
    item.append(
      button(t("map_legend_all_lines"), () => desk.change({ relations: null }), "legend-entry"),
    );
    list.append(item);
  }
  return list;
}

/** A button that filters by some values of a facet, and takes that back where it is so already. */
function choice(
  desk: Desk,
  facet: "sectors" | "circles" | "relations",
  values: readonly string[],
  label: string,
  sign: Node | string,
): HTMLElement {
  const chosen: View[typeof facet] = desk.view[facet];
  const isOnly = chosen?.size === values.length && values.every((value) => chosen.has(value));
  const made = button(
    "",
    () => desk.change({ [facet]: isOnly ? null : new Set(values) }),
    "legend-entry",
  );
  made.setAttribute("aria-pressed", String(isOnly));
  made.title = isOnly ? t("map_legend_all") : t("map_legend_only", { name: label });
  made.append(sign, tag("span", label));
  const item = tag("li");
  item.append(made);
  return item;
}

function sizes({ view, words, look }: Desk): HTMLElement {
  const measure = words.measures[view.size] ?? view.size;
  const line = tag("p", t("map_legend_size", { measure }), "legend-sizes");
  for (const value of sampleValues(look.most)) {
    const sample = tag("span", "", "legend-size");
    const dot = dotOf("currentColor");
    dot.classList.remove("mark");
    const width = String(2 * sizeOf(value, view.size, look.most ?? 0));
    dot.setAttribute("width", width);
    dot.setAttribute("height", width);
    sample.append(dot, tag("span", t("number", { n: value })));
    line.append(sample);
  }
  return line;
}
