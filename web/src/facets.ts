// The filters, each choice with how many it would show; what is ticked is what is seen.

import { CIRCLE_COLOURS, OTHER_COLOUR } from "./colours.ts";
import { countFacets, type Counts } from "./counts.ts";
import type { Desk } from "./desk.ts";
import { element, option, tag } from "./dom.ts";
import { N_CIRCLES } from "./look.ts";
import type { Network } from "./network.ts";
import { dotOf } from "./signs.ts";
import { t } from "./text.ts";

type Ticked = "sectors" | "kinds" | "relations" | "circles";
const FACETS: Record<Ticked, string> = {
  sectors: "sector",
  kinds: "kind",
  relations: "relation",
  circles: "circle",
};
/** Longer lists of areas leave out the smallest ones. */
const N_AREAS = 300;

export class Facets {
  readonly #desk: Desk;
  #built = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    for (const [facet, name] of Object.entries(FACETS) as [Ticked, string][])
      element(`facet-${name}`).addEventListener("change", () =>
        desk.change({ [facet]: ticked(name) }),
      );
    const area = element<HTMLSelectElement>("area");
    area.addEventListener("change", () => desk.change({ area: area.value || null }));
    element("reset-filters").addEventListener("click", () =>
      desk.change({
        sectors: null,
        kinds: null,
        relations: null,
        circles: null,
        area: null,
        isWhole: false,
        expanded: [],
      }),
    );
  }

  /** Show what is ticked and the counts. */
  show(): void {
    const { network, view, circles } = this.#desk;
    const counts = countFacets(network, view, circles);
    this.#build(counts);
    for (const [facet, name] of Object.entries(FACETS) as [Ticked, string][])
      for (const box of boxes(name)) {
        box.checked = !view[facet] || (view[facet]?.has(box.value) ?? true);
        const number = box.parentElement?.querySelector("b");
        if (number) number.textContent = t("number", { n: counts[facet].get(box.value) ?? 0 });
      }
    const area = element<HTMLSelectElement>("area");
    for (const choice of area.options)
      if (choice.value)
        choice.textContent = areaLabel(choice.value, counts.areas.get(choice.value) ?? 0);
    area.value = view.area ?? "";
  }

  /** Make the choices of this network; done once for each. */
  #build(counts: Counts): void {
    const { network, words, circles, view } = this.#desk;
    const made = `${network.version} ${view.year} ${circles !== null}`;
    if (made === this.#built) return;
    this.#built = made;
    fill(
      "kind",
      network.kindsPresent.map((slug) => [slug, words.kinds[slug] ?? slug, null]),
    );
    const relations = network.relationsPresent;
    relations.sort((a, b) => (counts.relations.get(b) ?? 0) - (counts.relations.get(a) ?? 0));
    fill(
      "relation",
      relations.map((slug) => [slug, words.relations[slug] ?? slug, null]),
    );
    const facet = element("facet-circle");
    facet.hidden = circles === null;
    if (circles) {
      const codes = [...new Set(circles)].sort((a, b) => a - b);
      fill(
        "circle",
        codes.map((code) => [String(code), circleName(network, circles, code), circleColour(code)]),
      );
    }
    const paths = [...counts.areas.keys()].sort();
    let depth = Infinity;
    const within = (): string[] => paths.filter((path) => path.split("/").length <= depth);
    for (
      depth = Math.max(1, ...paths.map((path) => path.split("/").length));
      depth > 1 && within().length > N_AREAS;
      depth--
    );
    const listed = within();
    if (view.area && !listed.includes(view.area)) listed.push(view.area);
    element("area").replaceChildren(
      option("", t("map_everywhere")),
      ...listed.sort().map((path) => option(path, areaLabel(path, counts.areas.get(path) ?? 0))),
    );
    const note = element("area-note");
    note.textContent =
      listed.length < paths.length
        ? t("map_areas_shown", { shown: listed.length, total: paths.length })
        : "";
  }
}

/** Name a circle by its most tied member. */
export function circleName(network: Network, circles: Uint8Array, code: number): string {
  if (code === N_CIRCLES) return t("map_circle_rest");
  const first = network.order.find((i) => circles[i] === code) ?? 0;
  return t("map_circle", { name: network.name(first) });
}

export function circleColour(code: number): string {
  return CIRCLE_COLOURS[code] ?? OTHER_COLOUR;
}

function areaLabel(path: string, n: number): string {
  const parts = path.split("/");
  const indent = "\u2003".repeat(parts.length - 1);
  return `${indent}${t("map_area", { name: parts[parts.length - 1] ?? "", n })}`;
}

function fill(name: string, choices: readonly (readonly [string, string, string | null])[]): void {
  const facet = element(`facet-${name}`);
  facet.querySelectorAll("label").forEach((label) => label.remove());
  for (const [value, text, colour] of choices) {
    const label = tag("label", "", "facet");
    const box = tag("input");
    Object.assign(box, { type: "checkbox", name, value, checked: true });
    label.append(box);
    if (colour) label.append(dotOf(colour));
    label.append(tag("span", text), tag("b"));
    facet.append(label);
  }
}

function boxes(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`#facet-${name} input`)];
}

/** Return what is ticked in a facet; null where all is. */
function ticked(name: string): ReadonlySet<string> | null {
  const all = boxes(name);
  const chosen = all.filter((box) => box.checked);
  return chosen.length === all.length ? null : new Set(chosen.map((box) => box.value));
}
