// Keeps where everyone stands by force, and asks the worker where it is not known.

import type { Job } from "./force.ts";
import { seedsOf } from "./force.ts";
import { forget, recall, remember, round, type Known } from "./known.ts";
import type { Network } from "./network.ts";
import type { Told } from "./worker.ts";

export interface Hearing {
  /** How far it is, 0 to 1. */
  said: (share: number) => void;
  /** The most tied actors have their places; NaN for the others. */
  early: (places: Float32Array) => void;
}

export class Arranger {
  readonly #address: string;
  readonly #proportion: () => number;
  #known: Known = recall();

  /** `address` is where the worker's script is; `proportion` is width to height of the canvas. */
  constructor(address: string, proportion: () => number) {
    this.#address = address;
    this.#proportion = proportion;
  }

  /** Return a place for every actor; those that had one keep it. */
  async arrange(network: Network, hearing: Hearing): Promise<Float32Array> {
    const known = this.#placesOf(network);
    if (!known.some(Number.isNaN)) return known;
    const hasAny = known.some((value) => !Number.isNaN(value));
    const job: Job = {
      n: network.n,
      source: network.source,
      target: network.target,
      order: network.order,
      seeds: seedsOf(network.ids),
      known: hasAny ? known : null,
      proportion: this.#proportion(),
    };
    const places = (await this.#ask(job, hearing)).map(round);
    this.#keep(network, places);
    return places;
  }

  /** Forget where everyone stood. */
  forget(): void {
    this.#known = new Map();
    forget();
  }

  #placesOf(network: Network): Float32Array {
    const places = new Float32Array(2 * network.n).fill(NaN);
    if (this.#known.size)
      network.ids.forEach((id, i) => {
        const spot = this.#known.get(id);
        if (spot) [places[2 * i], places[2 * i + 1]] = spot;
      });
    return places;
  }

  #keep(network: Network, places: Float32Array): void {
    network.ids.forEach((id, i) =>
      this.#known.set(id, [places[2 * i] ?? 0, places[2 * i + 1] ?? 0]),
    );
    remember(this.#known);
  }

  async #ask(job: Job, hearing: Hearing): Promise<Float32Array> {
    try {
      return await inWorker(this.#address, job, hearing);
    } catch {
      // Without workers the page waits, but comes to the same.
      const { arrange } = await import("./force.ts");
      return arrange(job, (share, places) => {
        hearing.said(share);
        if (places) hearing.early(places.map(round));
      });
    }
  }
}

function inWorker(address: string, job: Job, hearing: Hearing): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.isDone && data.places) {
        worker.terminate();
        resolve(data.places);
        return;
      }
      hearing.said(data.share);
      if (data.places) hearing.early(data.places.map(round));
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(event.message));
    };
    worker.postMessage(job);
  });
}
