// What colours, shapes, sizes and lines mean; a colour that is clicked is filtered by.

import type { Desk } from "./desk.ts";
import { button, element, refill, tag } from "./dom.ts";
import { circleColour, circleName, swatch } from "./facets.ts";
import { sizeOf } from "./look.ts";
import { t } from "./text.ts";

export interface Entry {
  /** The slug of a sector or the number of a circle. */
  value: string;
  label: string;
}

/** Return the colours that are shown, in order, with their names. */
export function entriesOf({ network, shown, circles, view, words }: Desk): Entry[] {
  if (view.colour === "circle" && circles) {
    const codes = new Set([...shown.actors].map((i) => circles[i] ?? 0));
    return [...codes].sort((a, b) => a - b).map((code) => ({ value: String(code), label: circleName(network, circles, code) }));
  }
  const present = new Set([...shown.actors].map((i) => network.sectorOf(i)));
  return network.sectors
    .filter((sector) => present.has(sector))
    .map((sector) => ({ value: sector, label: words.sectors[sector] ?? sector }));
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
  const { view, words, look } = desk;
  const isByCircle = view.colour === "circle" && desk.circles !== null;
  const facet = isByCircle ? "circles" : "sectors";
  const list = tag("ul");
  for (const { value, label } of entriesOf(desk)) {
    const isOnly = view[facet]?.size === 1 && view[facet].has(value);
    const choice = button("", () => desk.change({ [facet]: isOnly ? null : new Set([value]) }), "legend-entry");
    choice.setAttribute("aria-pressed", String(isOnly));
    choice.title = isOnly ? t("map_legend_all") : t("map_legend_only", { name: label });
    const mark = document.querySelector(`#facet-sector .s-${value}`);
    choice.append(isByCircle ? swatch(circleColour(Number(value))) : (mark?.cloneNode(true) ?? ""), tag("span", label));
    const item = tag("li");
    item.append(choice);
    list.append(item);
  }
  const measure = words.measures[view.size] ?? view.size;
  const sizes = tag("p", t("map_legend_size", { measure }), "legend-sizes");
  for (const value of sampleValues(look.most)) {
    const sample = tag("span", "", "legend-size");
    const dot = swatch("currentColor");
    dot.classList.remove("mark");
    const width = String(2 * sizeOf(value, view.size, look.most ?? 0));
    dot.setAttribute("width", width);
    dot.setAttribute("height", width);
    sample.append(dot, tag("span", t("number", { n: value })));
    sizes.append(sample);
  }
  const notes = [
    t(isByCircle ? "map_legend_circles" : "map_legend_sectors"),
    t(view.isByStrength ? "map_legend_strength" : "map_legend_alike"),
  ];
  if (view.size !== "degree") notes.push(t("map_legend_undefined"));
  if (view.hasLetters) notes.push(t("map_legend_letters"));
  refill(element("legend"), [list, sizes, tag("p", notes.join(" "), "fine")]);
}
