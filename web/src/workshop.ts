// Where long tasks are done: in a worker each, or in the page where there are no workers.

import type { Arranged, Request } from "./arranged.ts";
import { readCompact, type Compact } from "./compact.ts";
import type { Told } from "./worker.ts";

/** Shorter answers are read sooner than a worker begins. */
const SHORT_BYTES = 500_000;

export class Workshop {
  readonly #address: string;

  /** `address` is where the worker's script is. */
  constructor(address: string) {
    this.#address = address;
  }

  /** Bring an answer of the server into arrays. */
  async read(bytes: ArrayBuffer): Promise<Compact> {
    if (bytes.byteLength > SHORT_BYTES)
      try {
        return await this.#ask(bytes, (told) => ("compact" in told ? told.compact : null));
      } catch {
        // Without workers the page waits, but comes to the same.
      }
    return readCompact(bytes);
  }

  /** Arrange a network; `heard` is told how far it is, and places of the most tied actors early. */
  async arrange(
    request: Request,
    heard: (share: number, early: Float32Array | null) => void,
  ): Promise<Arranged> {
    try {
      return await this.#ask(request, (told) => {
        if ("share" in told) heard(told.share, told.early);
        return "places" in told ? told : null;
      });
    } catch {
      const { arranged } = await import("./arranged.ts");
      return arranged(request, heard);
    }
  }

  /** Hand a task to a worker; what it tells is read until that is an answer. */
  #ask<A>(task: ArrayBuffer | Request, read: (told: Told) => A | null): Promise<A> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(this.#address, { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Told>) => {
        const answer = read(data);
        if (answer === null) return;
        worker.terminate();
        resolve(answer);
      };
      worker.onerror = (event) => {
        worker.terminate();
        reject(new Error(event.message));
      };
      worker.postMessage(task);
    });
  }
}
