// The search box: marks whoever is found; Enter selects the one with most partners.

import type { Desk } from "./desk.ts";
import { element, option } from "./dom.ts";
import type { Source } from "./source.ts";
import { t } from "./text.ts";

const DELAY_MS = 250;
const N_SUGGESTED = 20;

export class Finder {
  readonly #desk: Desk;
  readonly #source: Source;
  readonly #input = element<HTMLInputElement>("find-name");
  readonly #heard: (found: ReadonlySet<number>) => void;

  constructor(desk: Desk, source: Source, heard: (found: ReadonlySet<number>) => void) {
    this.#desk = desk;
    this.#source = source;
    this.#heard = heard;
    let waiting = 0;
    this.#input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void this.#look(), DELAY_MS);
    });
    element("find").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      void this.#look().then((found) => {
        const best = desk.network.order.find((i) => found.has(i));
        if (best === undefined) return;
        desk.select(best);
        desk.focus([best]);
      });
    });
  }

  /** Show the words of the view, which may have come from the address or from a step back. */
  show(): void {
    if (this.#input.value.trim() !== this.#desk.view.find) this.#input.value = this.#desk.view.find;
  }

  /** Find the words of the view anew, as when the network has changed. */
  async find(words: string): Promise<ReadonlySet<number>> {
    const { network } = this.#desk;
    const found = new Set(network.named(words));
    if (words.trim())
      for (const id of await this.#source.spelled(words)) {
        const i = network.at(id);
        if (i >= 0) found.add(i);
      }
    const result = element("find-result");
    if (!words.trim()) result.textContent = "";
    else if (found.size) result.textContent = t("map_found", { n: found.size });
    else result.textContent = t("map_found_none", { q: words.trim() });
    this.#heard(found);
    return found;
  }

  async #look(): Promise<ReadonlySet<number>> {
    const words = this.#input.value;
    suggest(element("find-names"), this.#desk, words);
    const found = await this.find(words);
    this.#desk.change({ find: words.trim() });
    return found;
  }
}

/** Fill a list of suggestions with the names that contain what was typed. */
export function suggest(list: HTMLElement, { network }: Desk, words: string): void {
  const found = new Set(network.named(words));
  const first: number[] = [];
  if (found.size)
    for (const i of network.order) {
      if (found.has(i)) first.push(i);
      if (first.length >= N_SUGGESTED) break;
    }
  list.replaceChildren(...first.map((i) => option(network.name(i), "")));
}
