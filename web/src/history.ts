// Steps back and forth through what was chosen to be seen. The browser's own Back leaves the map.

import { isSame, type View } from "./view.ts";

const N_STEPS = 100;

export class History {
  #past: View[] = [];
  #future: View[] = [];

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Note that one view gave way to another; a change of nothing is no step. */
  note(before: View, after: View): void {
    if (isSame(before, after)) return;
    this.#past.push(before);
    if (this.#past.length > N_STEPS) this.#past.shift();
    this.#future = [];
  }

  undo(now: View): View | null {
    const before = this.#past.pop() ?? null;
    if (before) this.#future.push(now);
    return before;
  }

  redo(now: View): View | null {
    const after = this.#future.pop() ?? null;
    if (after) this.#past.push(now);
    return after;
  }
}
