// The date: everything on record, or what holds at the end of a year.

import type { Desk } from "./desk.ts";
import { element } from "./dom.ts";
import { t } from "./text.ts";

const DELAY_MS = 220;

export class Timeline {
  readonly #desk: Desk;
  readonly #slider = element<HTMLInputElement>("year");
  #years: readonly [number, number] | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    let waiting = 0;
    this.#slider.addEventListener("input", () => {
      this.#said(this.#chosen());
      clearTimeout(waiting);
      waiting = window.setTimeout(() => desk.change({ year: this.#chosen() }), DELAY_MS);
    });
    element("year-all").addEventListener("click", () => desk.change({ year: null }));
  }

  show(): void {
    const { network, view } = this.#desk;
    element("timeline").hidden = network.years === null;
    if (!network.years) return;
    this.#years = network.years;
    const [first, last] = network.years;
    // One step beyond the last year stands for everything on record.
    Object.assign(this.#slider, { min: String(first), max: String(last + 1) });
    this.#slider.value = String(view.year ?? last + 1);
    this.#said(view.year);
    element("year-all").hidden = view.year === null;
    element("undated").textContent = network.nUndated
      ? t("map_undated", { n: network.nUndated, total: network.nStoredTies })
      : "";
  }

  #chosen(): number | null {
    const year = Number(this.#slider.value);
    return this.#years && year > this.#years[1] ? null : year;
  }

  #said(year: number | null): void {
    const sentence = dateSentence(year);
    element("year-said").textContent = sentence;
    this.#slider.setAttribute("aria-valuetext", sentence);
  }
}

export function dateSentence(year: number | null): string {
  return year === null ? t("map_all_dates") : t("map_at_end_of", { year: String(year) });
}
