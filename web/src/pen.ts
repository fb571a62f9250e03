// Draws the same picture on a canvas and as SVG.

import { cornersOf } from "./outlines.ts";

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export interface Lettering {
  size: number;
  colour: string;
  anchor?: "start" | "middle" | "end";
  /** What the letters stand on, so that lines do not run through them. */
  halo?: string;
  isBold?: boolean;
}

export interface Pen {
  rect: (
    x: number,
    y: number,
    width: number,
    height: number,
    fill: string,
    opacity?: number,
  ) => void;
  line: (
    x: number,
    y: number,
    u: number,
    v: number,
    colour: string,
    width: number,
    dash?: readonly number[],
  ) => void;
  ring: (x: number, y: number, radius: number, colour: string, width: number) => void;
  shape: (shape: number, x: number, y: number, radius: number, fill: string) => void;
  text: (text: string, x: number, y: number, lettering: Lettering) => void;
}

/** Return a pen that draws elsewhere. */
export function shifted(pen: Pen, dx: number, dy: number): Pen {
  return {
    rect: (x, y, ...rest) => pen.rect(x + dx, y + dy, ...rest),
    line: (x, y, u, v, ...rest) => pen.line(x + dx, y + dy, u + dx, v + dy, ...rest),
    ring: (x, y, ...rest) => pen.ring(x + dx, y + dy, ...rest),
    shape: (shape, x, y, ...rest) => pen.shape(shape, x + dx, y + dy, ...rest),
    text: (text, x, y, lettering) => pen.text(text, x + dx, y + dy, lettering),
  };
}

export class CanvasPen implements Pen {
  readonly #context: CanvasRenderingContext2D;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
    context.lineJoin = "round";
  }

  rect(x: number, y: number, width: number, height: number, fill: string, opacity = 1): void {
    this.#context.globalAlpha = opacity;
    this.#context.fillStyle = fill;
    this.#context.fillRect(x, y, width, height);
    this.#context.globalAlpha = 1;
  }

  line(
    x: number,
    y: number,
    u: number,
    v: number,
    colour: string,
    width: number,
    dash: readonly number[] = [],
  ): void {
    const context = this.#context;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(u, v);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.setLineDash([...dash]);
    context.stroke();
    context.setLineDash([]);
  }

  ring(x: number, y: number, radius: number, colour: string, width: number): void {
    const context = this.#context;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }

  shape(shape: number, x: number, y: number, radius: number, fill: string): void {
    const context = this.#context;
    const corners = cornersOf(shape);
    context.beginPath();
    if (corners) for (const [dx, dy] of corners) context.lineTo(x + radius * dx, y + radius * dy);
    else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.closePath();
    context.fillStyle = fill;
    context.fill();
  }

  text(
    text: string,
    x: number,
    y: number,
    { size, colour, anchor, halo, isBold }: Lettering,
  ): void {
    const context = this.#context;
    context.font = `${isBold ? "600 " : ""}${size}px ${FONT}`;
    context.textAlign = anchor === "middle" ? "center" : (anchor ?? "start");
    if (halo) {
      context.lineWidth = 3.5;
      context.strokeStyle = halo;
      context.strokeText(text, x, y);
    }
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}

export class SvgPen implements Pen {
  readonly #parts: string[] = [];

  rect(x: number, y: number, width: number, height: number, fill: string, opacity = 1): void {
    this.#parts.push(
      `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ` +
        `fill="${fill}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ""}/>`,
    );
  }

  line(
    x: number,
    y: number,
    u: number,
    v: number,
    colour: string,
    width: number,
    dash: readonly number[] = [],
  ): void {
    this.#parts.push(
      `<line x1="${short(x)}" y1="${short(y)}" x2="${short(u)}" y2="${short(v)}" stroke="${colour}" ` +
        `stroke-width="${short(width)}"${dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/>`,
    );
  }

  ring(x: number, y: number, radius: number, colour: string, width: number): void {
    this.#parts.push(
      `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="none" ` +
        `stroke="${colour}" stroke-width="${short(width)}"/>`,
    );
  }

  shape(shape: number, x: number, y: number, radius: number, fill: string): void {
    const corners = cornersOf(shape);
    if (!corners) {
      this.#parts.push(
        `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}"/>`,
      );
      return;
    }
    const points = corners.map(([dx, dy]) => `${short(x + radius * dx)} ${short(y + radius * dy)}`);
    this.#parts.push(`<path d="M${points.join("L")}Z" fill="${fill}"/>`);
  }

  text(
    text: string,
    x: number,
    y: number,
    { size, colour, anchor, halo, isBold }: Lettering,
  ): void {
    const common =
      `x="${short(x)}" y="${short(y)}" font-size="${size}"` +
      (anchor && anchor !== "start" ? ` text-anchor="${anchor}"` : "") +
      (isBold ? ' font-weight="600"' : "");
    const words = escaped(text);
    if (halo)
      this.#parts.push(
        `<text ${common} fill="${halo}" stroke="${halo}" stroke-width="3.5" stroke-linejoin="round">${words}</text>`,
      );
    this.#parts.push(`<text ${common} fill="${colour}">${words}</text>`);
  }

  /** Return the drawing as a document of its own. */
  document(width: number, height: number, title: string): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${short(width)} ${short(height)}" ` +
      `width="${short(width)}" height="${short(height)}" role="img" ` +
      `font-family="${escaped(FONT.replaceAll('"', "'"))}"><title>${escaped(title)}</title>${this.#parts.join("")}</svg>`
    );
  }
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
