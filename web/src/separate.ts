// Pushes apart whoever stands too close, on a grid, so that a hundred thousand take a moment.

/**
 * Move nodes until each has its room, or for so many rounds.
 *
 * `rooms` are radii; two nodes need the sum of theirs. Those whose `isMoved` is 0 stay. Time
 * O(rounds · n · neighbours in reach).
 */
export function separate(
  places: Float32Array,
  rooms: Float32Array,
  isMoved: Uint8Array,
  seeds: Float32Array,
  nRounds: number,
  said: (share: number) => void = () => undefined,
): void {
  const n = rooms.length;
  const cell = 2 * rooms.reduce((most, room) => Math.max(most, room), 1);
  for (let round = 0; round < nRounds; round++) {
    const grid = gridOf(places, cell);
    let hasMoved = false;
    for (let i = 0; i < n; i++)
      grid.near(i, (j) => {
        if (j > i && (isMoved[i] || isMoved[j]) && push(places, rooms, isMoved, seeds, i, j))
          hasMoved = true;
      });
    said((round + 1) / nRounds);
    if (!hasMoved) return;
  }
}

function push(
  places: Float32Array,
  rooms: Float32Array,
  isMoved: Uint8Array,
  seeds: Float32Array,
  i: number,
  j: number,
): boolean {
  const need = (rooms[i] ?? 0) + (rooms[j] ?? 0);
  let dx = (places[2 * j] ?? 0) - (places[2 * i] ?? 0);
  let dy = (places[2 * j + 1] ?? 0) - (places[2 * i + 1] ?? 0);
  if (Math.abs(dx) >= need || Math.abs(dy) >= need) return false;
  let distance = Math.hypot(dx, dy);
  // A push that single precision would swallow is none.
  if (distance >= need * 0.9999) return false;
  if (distance < 1e-6) {
    const angle = 2 * Math.PI * (((seeds[2 * i] ?? 0) + (seeds[2 * j + 1] ?? 0)) % 1);
    [dx, dy, distance] = [Math.cos(angle), Math.sin(angle), 1];
  }
  const by = (need - distance) / distance / (isMoved[i] && isMoved[j] ? 2 : 1);
  if (isMoved[i]) move(places, i, -dx * by, -dy * by);
  if (isMoved[j]) move(places, j, dx * by, dy * by);
  return true;
}

function move(places: Float32Array, i: number, dx: number, dy: number): void {
  places[2 * i] = (places[2 * i] ?? 0) + dx;
  places[2 * i + 1] = (places[2 * i + 1] ?? 0) + dy;
}

interface Grid {
  /** Visit the nodes in the cell of a node and in the eight around it, itself included. */
  near: (i: number, visit: (j: number) => void) => void;
}

function gridOf(places: Float32Array, cell: number): Grid {
  const n = places.length / 2;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const [x, y] = [places[2 * i] ?? 0, places[2 * i + 1] ?? 0];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  // However far apart they lie, there are not many more cells than nodes.
  const size = Math.max(cell, Math.sqrt(((right - left) * (bottom - top)) / (4 * n + 16)));
  const nColumns = Math.floor((right - left) / size) + 1;
  const nRows = Math.floor((bottom - top) / size) + 1;
  const columnOf = (i: number): number => Math.floor(((places[2 * i] ?? 0) - left) / size);
  const rowOf = (i: number): number => Math.floor(((places[2 * i + 1] ?? 0) - top) / size);
  const at = new Uint32Array(n);
  const start = new Uint32Array(nColumns * nRows + 1);
  for (let i = 0; i < n; i++) {
    const k = rowOf(i) * nColumns + columnOf(i);
    at[i] = k;
    start[k + 1] = (start[k + 1] ?? 0) + 1;
  }
  for (let k = 0; k < nColumns * nRows; k++) start[k + 1] = (start[k + 1] ?? 0) + (start[k] ?? 0);
  const next = start.slice();
  const members = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const k = at[i] ?? 0;
    members[next[k] ?? 0] = i;
    next[k] = (next[k] ?? 0) + 1;
  }
  return {
    near(i, visit) {
      const k = at[i] ?? 0;
      const [row, column] = [Math.floor(k / nColumns), k % nColumns];
      for (let r = Math.max(0, row - 1); r <= Math.min(nRows - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); c <= Math.min(nColumns - 1, column + 1); c++) {
          const to = start[r * nColumns + c + 1] ?? 0;
          for (let p = start[r * nColumns + c] ?? 0; p < to; p++) visit(members[p] ?? 0);
        }
    },
  };
}
