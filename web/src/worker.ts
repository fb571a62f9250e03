// Arranges a network beside the page, so that the page never waits for it.

import { arrange, type Job } from "./force.ts";

export interface Told {
  share: number;
  places: Float32Array | null;
  isDone: boolean;
}

interface Scope {
  onmessage: ((event: MessageEvent<Job>) => void) | null;
  postMessage: (told: Told, transfer?: Transferable[]) => void;
}

const scope = self as unknown as Scope;

scope.onmessage = ({ data }) => {
  const tell = (share: number, places: Float32Array | null, isDone: boolean): void =>
    scope.postMessage({ share, places, isDone }, places ? [places.buffer] : []);
  const places = arrange(data, (share, early) => tell(share, early, false));
  tell(1, places, true);
};
