// What an arrangement comes to: places, and what is written and drawn behind the actors.

export interface Sign {
  text: string;
  x: number;
  y: number;
  /** Radius of the circle that it names; null for words alone. */
  radius: number | null;
  depth: number;
  anchor?: "start" | "middle" | "end";
  /** How many lines higher the words stand, whatever the zoom. */
  nLinesUp?: number;
}

export interface Arrangement {
  /** x and y of each actor by turns, NaN for whoever is not shown. */
  places: Float32Array;
  signs: Sign[];
  /** How far apart neighbours stand at least, where they stand on a grid; else null. */
  spacing: number | null;
}
