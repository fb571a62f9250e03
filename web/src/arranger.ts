// Keeps where everyone stands by force, and has it worked out where that is not known.

import { forget, placesOf, readKnown, recall, remember } from "./known.ts";
import type { Network } from "./network.ts";
import type { Workshop } from "./workshop.ts";

/** What is kept of more actors than this is read beside the page. */
const N_AT_ONCE = 2000;

export interface Hearing {
  /** How far it is, 0 to 1. */
  said: (share: number) => void;
  /** The most tied actors have their places; NaN for the others. */
  early: (places: Float32Array) => void;
}

export class Arranger {
  readonly #workshop: Workshop;
  readonly #proportion: () => number;
  #kept = recall();

  /** `proportion` is width to height of the canvas. */
  constructor(workshop: Workshop, proportion: () => number) {
    this.#workshop = workshop;
    this.#proportion = proportion;
  }

  /** Return a place for every actor; those that had one keep it. */
  async arrange(network: Network, hearing: Hearing): Promise<Float32Array> {
    const { ids, source, target, order } = network;
    if (network.n <= N_AT_ONCE) {
      const places = placesOf(readKnown(this.#kept), ids);
      if (!places.some(Number.isNaN)) return places;
    }
    const { places, kept } = await this.#workshop.arrange(
      { ids, source, target, order, kept: this.#kept, proportion: this.#proportion() },
      (share, early) => {
        hearing.said(share);
        if (early) hearing.early(early);
      },
    );
    if (kept !== this.#kept) remember(kept);
    this.#kept = kept;
    return places;
  }

  /** Forget where everyone stood. */
  forget(): void {
    this.#kept = "";
    forget();
  }
}
