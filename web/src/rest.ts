// While a large map moves, less of it is drawn; all of it once it rests.

import { motion } from "./shapes.ts";
import { N_MANY_TIES } from "./ties.ts";

/** The map rests once it has not moved for so long, or for as long as three of its frames. */
const REST_MS = 140;
const MOST_REST_MS = 1500;
/** Fewer ties than very many are left out, too, where drawing them takes longer than this. */
const SLOW_MS = 70;
const N_SOME_TIES = 2000;

export class Rest {
  readonly #redraw: () => void;
  #timer = 0;
  #lastMoved = 0;

  /** `redraw` is called once the map rests. */
  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Note that the map has moved, and how many ties it has. */
  moved(nTies: number): void {
    const now = performance.now();
    const frame = now - this.#lastMoved;
    this.#lastMoved = now;
    // A pause between two moves is no slow frame.
    const isSlow = frame > SLOW_MS && frame < MOST_REST_MS && nTies > N_SOME_TIES;
    if (nTies <= N_MANY_TIES && !isSlow && !motion.isHeld) return;
    motion.isHeld = true;
    clearTimeout(this.#timer);
    const rest = Math.min(MOST_REST_MS, Math.max(REST_MS, 3 * frame));
    this.#timer = window.setTimeout(
      () => {
        motion.isHeld = false;
        this.#redraw();
      },
      frame < MOST_REST_MS ? rest : REST_MS,
    );
  }
}
