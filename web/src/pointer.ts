// What the pointer does on the map: pointing, clicking, opening, and dragging an actor.

import type Sigma from "sigma";

/** A hand that trembles no further than this clicks. */
const DRAG_PX = 4;

export interface PointerReactions {
  /** Actors by position; -1 for none. */
  onHover: (i: number) => void;
  onSelect: (i: number, isAdding: boolean) => void;
  /** A finger has no double click: it taps, and taps again. */
  onTap: (i: number) => void;
  onOpen: (i: number) => void;
  onMove: (i: number, x: number, y: number) => void;
}

/** Listen to sigma; `place` draws an actor where it is dragged to, in graph coordinates. */
export function listenToPointer(
  sigma: Sigma,
  container: HTMLElement,
  reactions: PointerReactions,
  place: (i: number, x: number, y: number) => void,
): void {
  let dragged = -1;
  let hasMoved = false;
  let down = { x: 0, y: 0 };
  let spot = { x: 0, y: 0 };
  const isAdding = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey;
  sigma.on("enterNode", ({ node }) => {
    container.classList.add("pointing");
    reactions.onHover(Number(node));
  });
  sigma.on("leaveNode", () => {
    container.classList.remove("pointing");
    reactions.onHover(-1);
  });
  sigma.on("downNode", ({ node, event }) => {
    // A finger moves the map; only a mouse moves actors.
    if (!(event.original instanceof MouseEvent)) return;
    dragged = Number(node);
    hasMoved = false;
    down = { x: event.x, y: event.y };
  });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (dragged < 0) return;
    preventSigmaDefault();
    hasMoved ||= Math.hypot(event.x - down.x, event.y - down.y) > DRAG_PX;
    if (!hasMoved) return;
    spot = sigma.viewportToGraph(event);
    place(dragged, spot.x, spot.y);
    event.original.preventDefault();
  });
  const drop = (): void => {
    if (dragged >= 0 && hasMoved) reactions.onMove(dragged, spot.x, spot.y);
    dragged = -1;
  };
  sigma.on("upNode", drop);
  sigma.on("upStage", drop);
  sigma.on("clickNode", ({ node, event }) => {
    if (!(event.original instanceof MouseEvent)) reactions.onTap(Number(node));
    else if (!hasMoved) reactions.onSelect(Number(node), isAdding(event.original));
    hasMoved = false;
  });
  sigma.on("clickStage", ({ event }) => {
    if (!hasMoved && !isAdding(event.original)) reactions.onSelect(-1, false);
    hasMoved = false;
  });
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    reactions.onOpen(Number(node));
  });
}
