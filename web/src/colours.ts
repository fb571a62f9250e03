// Colours of the page, of sectors and of circles, and how they are mixed.

/** Nine colours that stay apart for colour-blind eyes and carry on both grounds; then all others. */
export const CIRCLE_COLOURS = [
  "#4477aa",
  "#c8553d",
  "#228b5b",
  "#a8861d",
  "#8f5bb5",
  "#1f9a9e",
  "#b0517f",
  "#7a7a3c",
  "#5a6fd0",
] as const;
export const OTHER_COLOUR = "#8a8983";

export interface Paint {
  ground: string;
  ink: string;
  muted: string;
  rule: string;
  accent: string;
}

/** Read the colours of the page as it is now. */
export function readPaint(): Paint {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: read("--ground"),
    ink: read("--ink"),
    muted: read("--muted"),
    rule: read("--rule"),
    accent: read("--accent"),
  };
}

/** The colours of a sheet of paper, whatever the theme. */
export const PAPER: Paint = {
  ground: "#ffffff",
  ink: "#1c1f22",
  muted: "#5f6266",
  rule: "#dcd9d0",
  accent: "#1d5480",
};

/** Mix two colours; 0 is the first, 1 the second. */
export function mixed(a: string, b: string, share: number): string {
  const [left, right] = [channels(a), channels(b)];
  const mix = left.map((value, i) => Math.round(value + ((right[i] ?? value) - value) * share));
  return `#${mix.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Return red, green and blue, 0 to 255. */
export function channels(colour: string): number[] {
  const digits = colour.replace("#", "");
  const long = digits.length === 3 ? [...digits].map((d) => d + d).join("") : digits;
  return [0, 2, 4].map((start) => parseInt(long.slice(start, start + 2), 16));
}
