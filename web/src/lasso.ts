// A line drawn around some actors picks them: with the button, or with Shift held down.

import type { Desk } from "./desk.ts";
import { element, tag } from "./dom.ts";
import type { Picture } from "./picture.ts";
import { placeOn } from "./scene.ts";

type Corner = readonly [number, number];

export class Lasso {
  readonly #desk: Desk;
  readonly #picture: Picture;
  readonly #sheet = tag("canvas", "", "lasso");
  readonly #button = element<HTMLButtonElement>("lasso");
  #corners: Corner[] = [];
  #isOn = false;

  constructor(desk: Desk, picture: Picture) {
    this.#desk = desk;
    this.#picture = picture;
    this.#sheet.hidden = true;
    picture.container.append(this.#sheet);
    this.#button.addEventListener("click", () => this.#turn(!this.#isOn));
    picture.container.addEventListener(
      "pointerdown",
      (event) => {
        if (!event.shiftKey || this.#isOn || event.button !== 0) return;
        this.#turn(true);
        this.#begin(event);
        event.stopPropagation();
        event.preventDefault();
      },
      { capture: true },
    );
    this.#sheet.addEventListener("pointerdown", (event) => this.#begin(event));
    this.#sheet.addEventListener("pointermove", (event) => this.#move(event));
    this.#sheet.addEventListener("pointerup", (event) => this.#end(event.shiftKey));
    this.#sheet.addEventListener("pointercancel", () => this.#turn(false));
  }

  stop(): void {
    this.#turn(false);
  }

  #turn(isOn: boolean): void {
    this.#isOn = isOn;
    this.#corners = [];
    this.#sheet.hidden = !isOn;
    this.#button.setAttribute("aria-pressed", String(isOn));
    const { clientWidth, clientHeight } = this.#picture.container;
    Object.assign(this.#sheet, { width: clientWidth, height: clientHeight });
  }

  #begin(event: PointerEvent): void {
    this.#sheet.setPointerCapture(event.pointerId);
    this.#corners = [this.#at(event)];
  }

  #move(event: PointerEvent): void {
    if (!this.#corners.length) return;
    this.#corners.push(this.#at(event));
    const context = this.#sheet.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, this.#sheet.width, this.#sheet.height);
    context.beginPath();
    for (const [x, y] of this.#corners) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = context.fillStyle = getComputedStyle(this.#sheet).color;
    context.globalAlpha = 0.15;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }

  #end(isAdding: boolean): void {
    const corners = this.#corners;
    this.#turn(false);
    const { network, shown, view } = this.#desk;
    const places = this.#picture.drawing?.arrangement.places;
    if (!places) return;
    const frame = this.#picture.frame();
    const isClick = corners.length < 4;
    const picked = [...shown.actors].filter((i) => {
      const { x, y } = placeOn(frame, places, i);
      const [first] = corners;
      if (!isClick || !first) return isInside([x, y], corners);
      return Math.hypot(x - first[0], y - first[1]) < 14;
    });
    if (isClick) {
      const nearest = picked[0];
      if (nearest !== undefined) this.#desk.select(nearest, true);
      return;
    }
    const ids = picked.map((i) => network.id(i));
    const before = isAdding ? view.picked : [];
    this.#desk.change({ picked: [...new Set([...before, ...ids])], selected: null, to: null });
  }

  #at(event: PointerEvent): Corner {
    const { left, top } = this.#picture.container.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }
}

/** Whether a point lies inside a closed line (even–odd rule). */
export function isInside([x, y]: Corner, corners: readonly Corner[]): boolean {
  let isIn = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i] ?? [0, 0];
    const [bx, by] = corners[j] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
  }
  return isIn;
}
