// Long work in pieces, so that a click or a key never waits for all of it.

/** From so many actors on, what shows them takes long enough to be cut into pieces. */
export const N_LONG = 5000;

/** Let the browser answer whoever clicked or typed meanwhile. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
