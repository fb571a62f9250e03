// Where one looks on the map: moving, zooming, and what lies where on the canvas then.

import type Sigma from "sigma";

import type { Camera } from "./view.ts";

export const MOVE_MS = 450;
/** An actor's circle does not fill more of the canvas than this. */
const CLOSEST = 0.25;
const NARROW_PX = 500;

interface Spot {
  x: number;
  y: number;
}

export class Lens {
  readonly #sigma: Sigma;
  #isQuiet = true;

  /** `moved` is called whenever a person looks elsewhere. */
  constructor(sigma: Sigma, moved: (camera: Camera) => void) {
    this.#sigma = sigma;
    sigma.getCamera().on("updated", () => {
      if (!this.#isQuiet) moved(this.camera);
    });
    this.#isQuiet = false;
  }

  get camera(): Camera {
    const { x, y, ratio } = this.#sigma.getCamera().getState();
    return { x, y, ratio };
  }

  /** Set the camera as an address has it, without any movement. */
  look(camera: Camera): void {
    this.#isQuiet = true;
    this.#sigma.getCamera().setState(camera);
    this.#isQuiet = false;
  }

  zoom(by: number): void {
    void this.#go({ ratio: this.#sigma.getCamera().getBoundedRatio(this.camera.ratio * by) });
  }

  /** Move what is seen by shares of its width and height. */
  pan(dx: number, dy: number): void {
    const { x, y, ratio } = this.camera;
    void this.#go({ x: x + dx * ratio, y: y + dy * ratio });
  }

  /** Look at the whole extent, or at some spots of the canvas where they are given. */
  fit(spots: readonly Spot[] | null): void {
    this.#isQuiet = true;
    const going = spots ? this.#show(spots, 0) : this.#go({ x: 0.5, y: 0.5, ratio: 1 });
    void going.then(() => (this.#isQuiet = false));
  }

  /** Bring some spots of the canvas into view, not too near. */
  focus(spots: readonly Spot[]): void {
    void this.#show(spots, CLOSEST);
  }

  async #show(spots: readonly Spot[], closest: number): Promise<void> {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of spots) {
      if (Number.isNaN(x)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    if (!(left <= right)) return;
    const middle = this.#sigma.viewportToFramedGraph(
      { x: (left + right) / 2, y: (top + bottom) / 2 },
      { cameraState: this.#sigma.getCamera().getState() },
    );
    const { width, height } = this.#sigma.getDimensions();
    const room = 2 * paddingOf(width);
    const share = Math.max(
      (right - left) / Math.max(1, width - room),
      (bottom - top) / Math.max(1, height - room),
    );
    const least = closest && Math.min(1, closest);
    const ratio = Math.max(least, Math.min(4, this.camera.ratio * (share || 1)));
    await this.#go({ ...middle, ratio });
  }

  async #go(state: Partial<Camera>): Promise<void> {
    const camera = this.#sigma.getCamera();
    if (isStill()) camera.setState(state);
    else await camera.animate(state, { duration: MOVE_MS / 1.5 });
  }
}

/** Whether a canvas of this width is a phone's. */
export function isNarrow(width: number): boolean {
  return width < NARROW_PX;
}

/** Pixels that stay free at each side of the canvas. */
export function paddingOf(width: number): number {
  return isNarrow(width) ? 24 : 40;
}

/** Whether the person asked for a page without movement. */
export function isStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
