// What would hold the page up is done here, beside it: reading a network, and arranging it.

import { arranged, type Arranged, type Request } from "./arranged.ts";
import { buffersOf, readCompact, type Compact } from "./compact.ts";

export type Told = { compact: Compact } | { share: number; early: Float32Array | null } | Arranged;

interface Scope {
  onmessage: ((event: MessageEvent<ArrayBuffer | Request>) => void) | null;
  postMessage: (told: Told, transfer?: Transferable[]) => void;
}

const scope = self as unknown as Scope;

scope.onmessage = ({ data }) => {
  if (data instanceof ArrayBuffer) {
    const compact = readCompact(data);
    scope.postMessage({ compact }, buffersOf(compact));
    return;
  }
  const done = arranged(data, (share, early) =>
    scope.postMessage({ share, early }, early ? [early.buffer] : []),
  );
  scope.postMessage(done, [done.places.buffer]);
};
