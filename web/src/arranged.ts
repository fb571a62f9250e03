// Arranging a network, anew or as it was at the last visit, as one task that a worker can take.

import { textAt, type Texts } from "./compact.ts";
import { arrange, seedsOf, type Heard, type Job } from "./force.ts";
import { placesOf, readKnown, round, writeKnown } from "./known.ts";

/** A network to arrange, and what is kept of where its actors stood. */
export interface Request extends Omit<Job, "n" | "seeds" | "known"> {
  ids: Texts;
  kept: string;
}

/** A place for every actor, and what to keep of that. */
export interface Arranged {
  places: Float32Array;
  kept: string;
}

/** Arrange a network; whoever had a place keeps it. */
export function arranged({ ids, kept, ...rest }: Request, heard: Heard): Arranged {
  const n = ids.ends.length;
  const known = readKnown(kept);
  const before = placesOf(known, ids);
  if (!before.some(Number.isNaN)) return { places: before, kept };
  const hasAny = before.some((value) => !Number.isNaN(value));
  const job = { ...rest, n, seeds: seedsOf(ids), known: hasAny ? before : null };
  const places = arrange(job, (share, early) => heard(share, early && early.map(round))).map(round);
  for (let i = 0; i < n; i++)
    known.set(textAt(ids, i), [places[2 * i] ?? 0, places[2 * i + 1] ?? 0]);
  return { places, kept: writeKnown(known) };
}
