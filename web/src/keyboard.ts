// The map by keyboard: arrows move it, plus and minus zoom, and whoever is in view is a list of
// buttons that follows.

import { marked, type Desk } from "./desk.ts";
import { button, element, tag } from "./dom.ts";
import type { Picture } from "./picture.ts";

const STEP = 0.12;
const ZOOM = 1.4;
const N_LISTED = 12;

export function listenToKeys(picture: Picture, undo: () => void, redo: () => void): void {
  const moves: Record<string, () => void> = {
    ArrowLeft: () => picture.lens.pan(-STEP, 0),
    ArrowRight: () => picture.lens.pan(STEP, 0),
    ArrowUp: () => picture.lens.pan(0, STEP),
    ArrowDown: () => picture.lens.pan(0, -STEP),
    "+": () => picture.lens.zoom(1 / ZOOM),
    "=": () => picture.lens.zoom(1 / ZOOM),
    "-": () => picture.lens.zoom(ZOOM),
    "0": () => picture.fit(),
  };
  picture.container.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  });
  listenToUndo(undo, redo);
}

export function listenToUndo(undo: () => void, redo: () => void): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (!(event.ctrlKey || event.metaKey) || target.matches("input[type=search], textarea")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  });
}

/** List the most tied actors that lie on the canvas now. */
export function showInView(desk: Desk, picture: Picture): void {
  const list = element("in-view");
  const hadFocus = list.contains(document.activeElement);
  if (hadFocus) return;
  list.replaceChildren(
    ...picture.inView(N_LISTED).map((i) => {
      const item = tag("li");
      const choice = button("", () => desk.select(i));
      choice.append(...marked(desk.network, i));
      item.append(choice);
      return item;
    }),
  );
}
