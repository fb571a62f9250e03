// Small drawings that stand beside words: a dot of a colour, a stroke of a pattern.

const SPACE = "http://www.w3.org/2000/svg";
const STROKE_PX = 34;

/** A dot of a colour that no style sheet knows. */
export function dotOf(colour: string): SVGElement {
  const drawing = drawn("svg", { ...sized(16, 16), class: "mark" });
  drawing.append(drawn("circle", { cx: "8", cy: "8", r: "6.4", fill: colour }));
  return drawing;
}

/** A stroke of a pattern. */
export function strokeOf(dash: readonly number[]): SVGElement {
  const drawing = drawn("svg", { ...sized(STROKE_PX, 16), class: "stroke" });
  const ends = { x1: "0", y1: "8", x2: String(STROKE_PX), y2: "8" };
  const line = drawn("line", { ...ends, stroke: "currentColor", "stroke-width": "1.6" });
  if (dash.length) line.setAttribute("stroke-dasharray", dash.join(" "));
  drawing.append(line);
  return drawing;
}

function sized(width: number, height: number): Record<string, string> {
  const viewBox = `0 0 ${width} ${height}`;
  return { viewBox, width: String(width), height: String(height), "aria-hidden": "true" };
}

function drawn(kind: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SPACE, kind) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
