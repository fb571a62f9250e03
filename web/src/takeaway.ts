// The picture to take away: what is seen now, with title, legend, date and source, as PNG, SVG, PDF.

import { PAPER, type Paint } from "./colours.ts";
import type { Desk } from "./desk.ts";
import { download } from "./dom.ts";
import { circleColour } from "./facets.ts";
import { entriesOf, linesShown, notesOf } from "./legend.ts";
import { N_PATTERNED } from "./lines.ts";
import { shapeNumber } from "./look.ts";
import { partSentence } from "./part.ts";
import { CanvasPen, shifted, SvgPen, type Pen } from "./pen.ts";
import type { Picture } from "./picture.ts";
import { drawAll, type Scene } from "./scene.ts";
import { inARow, isEnglish, t } from "./text.ts";
import { dateSentence } from "./timeline.ts";

const MARGIN = 28;
const HEAD = 62;
const LINE = 20;
const STROKE = 34;
const TIMES = 2;
const MIN_WIDTH = 640;
const PDF = "/api/v1/network/picture.pdf";

/** Hand the sheet to the browser as a file. */
export async function save(
  format: "png" | "svg" | "pdf",
  desk: Desk,
  picture: Picture,
): Promise<void> {
  const scene = picture.scene(PAPER);
  if (!scene) return;
  if (format === "png") {
    const blob = await pngOf(scene, desk, picture);
    if (blob) download(blob, "wushe-map.png");
    return;
  }
  const svg = svgOf(scene, desk, picture);
  if (format === "svg") download(new Blob([svg], { type: "image/svg+xml" }), "wushe-map.svg");
  else await savePdf(svg, desk);
}

function svgOf(scene: Scene, desk: Desk, picture: Picture): string {
  const pen = new SvgPen();
  const { width, height } = drawSheet(pen, scene, desk, picture);
  return pen.document(width, height, titleOf(desk));
}

/** Return the sheet as PNG, two pixels for one of the page. */
async function pngOf(scene: Scene, desk: Desk, picture: Picture): Promise<Blob | null> {
  const { width, height } = sizeOf(scene, desk, picture);
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: TIMES * width, height: TIMES * height });
  const context = sheet.getContext("2d");
  if (!context) return null;
  context.scale(TIMES, TIMES);
  drawSheet(new CanvasPen(context), scene, desk, picture);
  return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
}

async function savePdf(body: string, desk: Desk): Promise<void> {
  desk.say(t("map_pdf_making"));
  const answer = await fetch(PDF, {
    method: "POST",
    body,
    headers: { "Content-Type": "image/svg+xml" },
  });
  if (answer.ok) {
    download(await answer.blob(), "wushe-map.pdf");
    desk.say("");
    return;
  }
  const problem = (await answer.json()) as { message?: { zh: string; en: string } };
  desk.say(
    (isEnglish() ? problem.message?.en : problem.message?.zh) ??
      t("map_failed", { why: String(answer.status) }),
  );
}

function titleOf({ view, network }: Desk): string {
  const selected = network.at(view.selected);
  const name = network.name(selected);
  if (view.layout === "rings" && name) return t("map_title_around", { name });
  if (view.area) return t("map_title_area", { area: view.area });
  return t("map_title");
}

/** The sentences below the picture: how much of what is shown, on which date, from where. */
export function footOf(desk: Desk): string[] {
  const { view, network, words } = desk;
  const size = t("map_foot_size", { measure: words.measures[view.size] ?? view.size });
  const day = new Date().toISOString().slice(0, 10);
  return [
    partSentence(desk),
    inARow([...notesOf(desk), size]),
    t("map_source", { date: dateSentence(view.year), day, version: network.version.slice(0, 12) }),
  ];
}

/** What the legend of a sheet explains, and how it is drawn around a point. */
interface Sign {
  label: string;
  width: number;
  draw: (pen: Pen, x: number, y: number, paint: Paint) => void;
}

interface Layout {
  width: number;
  height: number;
  entries: { x: number; y: number; sign: Sign }[];
  foot: { text: string; y: number }[];
}

function sizeOf(scene: Scene, desk: Desk, picture: Picture): Layout {
  const width = Math.max(MIN_WIDTH, scene.frame.width + 2 * MARGIN);
  const entries: Layout["entries"] = [];
  let y = HEAD + scene.frame.height + 0.6 * LINE;
  for (const signs of [coloursOf(desk), linesOf(desk)]) {
    let x = width;
    for (const sign of signs) {
      const room = sign.width + 10 + picture.widthOf(sign.label) + 18;
      if (x + room > width - MARGIN) [x, y] = [MARGIN, y + LINE];
      entries.push({ x, y, sign });
      x += room;
    }
  }
  const lines = footOf(desk).flatMap((text) =>
    wrapped(text, width - 2 * MARGIN, (one) => picture.widthOf(one)),
  );
  const foot = lines.map((text, k) => ({ text, y: y + (k + 1.4) * LINE }));
  return { width, height: y + (lines.length + 2) * LINE, entries, foot };
}

function coloursOf(desk: Desk): Sign[] {
  const isByCircle = desk.view.colour === "circle" && desk.circles !== null;
  return entriesOf(desk).map(({ value, label }) => {
    const colour = isByCircle ? circleColour(Number(value)) : (desk.words.colours[value] ?? "");
    const shape = isByCircle ? 0 : shapeNumber(desk.words.shapes[value] ?? "");
    return { label, width: 16, draw: (pen, x, y) => pen.shape(shape, x + 8, y, 6, colour) };
  });
}

function linesOf(desk: Desk): Sign[] {
  if (desk.shown.drawn.length > N_PATTERNED) return [];
  return linesShown(desk).map(({ label, dash }) => ({
    label,
    width: STROKE,
    draw: (pen, x, y, { ink }) => pen.line(x, y, x + STROKE, y, ink, 1.4, dash),
  }));
}

function drawSheet(
  pen: Pen,
  scene: Scene,
  desk: Desk,
  picture: Picture,
): { width: number; height: number } {
  const layout = sizeOf(scene, desk, picture);
  const { width, height, entries, foot } = layout;
  const { frame, paint } = scene;
  pen.rect(0, 0, width, height, paint.ground);
  const left = (width - frame.width) / 2;
  drawAll(shifted(pen, left, HEAD), scene, (label) => picture.widthOf(label));
  // Whatever reaches beyond the picture is covered by the paper around it.
  pen.rect(0, 0, width, HEAD, paint.ground);
  pen.rect(0, 0, left, height, paint.ground);
  pen.rect(left + frame.width, 0, left, height, paint.ground);
  pen.rect(0, HEAD + frame.height, width, height - HEAD - frame.height, paint.ground);
  pen.text(titleOf(desk), MARGIN, 38, { size: 19, colour: paint.ink, isBold: true });
  for (const { x, y, sign } of entries) {
    sign.draw(pen, x, y - 4, paint);
    pen.text(sign.label, x + sign.width + 6, y, { size: 12.5, colour: paint.ink });
  }
  for (const { text, y } of foot) pen.text(text, MARGIN, y, { size: 12, colour: paint.muted });
  return layout;
}

/** Break a sentence into lines; Chinese anywhere, English between words. */
export function wrapped(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? []) {
    if (line && widthOf(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}
