// Lists of ids as addresses hold them: as they are, by digest where they are many, and by position
// where they are very many. Digests outlast a change of the data, positions do not.

/** All actors in order; `version` is the one of the data that the order belongs to. */
export interface Everyone {
  n: number;
  id: (i: number) => string;
  /** The position of an id, -1 for none. */
  at: (id: string) => number;
  version: string;
}

/** Longer lists are written as digests. */
const LONG_LIST = 400;
const N_DIGESTS = 500;
/** Longer addresses cannot be saved as a view. */
const MOST_LENGTH = 6000;
const N_VERSION = 8;
/** No id begins like this. */
const STANDS_FOR = "\0";
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS = 6;

/** Return a list as it stands in an address; null where it is too long for one. */
export function writeIds(ids: readonly string[], everyone: Everyone | null): string | null {
  const plain = ids.map(encoded).join(",");
  if (plain.length <= LONG_LIST) return plain;
  const positions = everyone && ids.length > N_DIGESTS ? ids.map((id) => everyone.at(id)) : [];
  const parts = ids.filter((_, k) => !((positions[k] ?? -1) >= 0)).map((id) => `~${digest(id)}`);
  const found = Uint32Array.from(positions.filter((position) => position >= 0)).sort();
  const version = everyone?.version.slice(0, N_VERSION) ?? "";
  if (found.length) parts.push(`@${version}.${packed(found)}`);
  const text = parts.join(",");
  return text.length <= MOST_LENGTH ? text : null;
}

/** Whether an address can hold a list. */
export function isWritable(ids: readonly string[], everyone: Everyone): boolean {
  return writeIds(ids, everyone) !== null;
}

/** Return the parts of a list in an address; digests and positions stay until `resolvedIds`. */
export function readIds(text: string | null): string[] {
  return (text ?? "").split(",").filter(Boolean).map(readId);
}

/** Return an id, or what stands for some. */
export function readId(part: string): string {
  return /^[~@]/.test(part) ? STANDS_FOR + part : decoded(part);
}

/** Return the ids that parts stand for; `nLost` are positions in data that have changed since. */
export function resolvedIds(
  parts: readonly string[],
  everyone: Everyone,
  byDigest: ReadonlyMap<string, string>,
): { ids: string[]; nLost: number } {
  const ids: string[] = [];
  let nLost = 0;
  for (const part of parts) {
    const code = part.slice(2);
    if (!part.startsWith(STANDS_FOR)) ids.push(part);
    else if (part[1] === "~") ids.push(byDigest.get(code) ?? "");
    else {
      const [version = "", gaps = ""] = code.split(".");
      const positions = unpacked(gaps);
      if (everyone.version.startsWith(version))
        for (const position of positions) ids.push(everyone.id(position));
      else nLost += positions.length;
    }
  }
  return { ids: ids.filter(Boolean), nLost };
}

/** Return the ids of some networks by their digests. Time O(n). */
export function digestsOf(networks: readonly Everyone[]): Map<string, string> {
  const byDigest = new Map<string, string>();
  for (const network of networks)
    for (let i = 0; i < network.n; i++) byDigest.set(digest(network.id(i)), network.id(i));
  return byDigest;
}

/** Whether a part is one of those that `resolvedIds` needs digests for. */
export function isDigest(part: string): boolean {
  return part.startsWith(`${STANDS_FOR}~`);
}

/** Return a digest of 42 bits as seven characters (two multiplicative hashes of 21 bits each). */
export function digest(id: string): string {
  let [one, other] = [0x9e3779b1, 0x85ebca6b];
  for (let i = 0; i < id.length; i++) {
    one = Math.imul(one ^ id.charCodeAt(i), 0x9e3779b1);
    other = Math.imul(other ^ id.charCodeAt(i), 0x5f356495);
    one ^= one >>> 15;
    other ^= other >>> 13;
  }
  const bits = new Bits();
  bits.put(one >>> 11, 21);
  bits.put(other >>> 11, 21);
  return bits.text();
}

/** Pack ascending numbers by their gaps (Rice 1979), which takes about their entropy. */
export function packed(numbers: Uint32Array): string {
  const mean = ((numbers[numbers.length - 1] ?? 0) + 1) / numbers.length - 1;
  const nLow = Math.max(0, Math.floor(Math.log2(Math.max(1, mean * Math.LN2))));
  const bits = new Bits();
  bits.put(nLow, BITS);
  let last = -1;
  for (const number of numbers) {
    const gap = number - last - 1;
    for (let k = gap >>> nLow; k > 0; k--) bits.put(1, 1);
    bits.put(0, 1);
    bits.put(gap & ((1 << nLow) - 1), nLow);
    last = number;
  }
  return bits.text();
}

/** Return the numbers that were packed; of a damaged text, as many as can be read. */
export function unpacked(text: string): number[] {
  const values = [...text].map((digit) => DIGITS.indexOf(digit));
  const nLow = values[0] ?? 0;
  const n = values.length * BITS;
  let at = BITS;
  const bit = (): number => {
    const digit = values[Math.floor(at / BITS)] ?? 0;
    return (digit >> (BITS - 1 - (at++ % BITS))) & 1;
  };
  const numbers: number[] = [];
  let last = -1;
  while (at < n) {
    let gap = 0;
    let isEnded = false;
    while (at < n && !(isEnded = !bit())) gap++;
    if (!isEnded || at + nLow > n) break;
    for (let k = 0; k < nLow; k++) gap = 2 * gap + bit();
    numbers.push((last += gap + 1));
  }
  return numbers;
}

/** Numbers put one after another, highest bit first, as digits of six bits. */
class Bits {
  readonly #digits: string[] = [];
  #rest = 0;
  #nRest = 0;

  put(value: number, n: number): void {
    for (let k = n - 1; k >= 0; k--) {
      this.#rest = (this.#rest << 1) | ((value >>> k) & 1);
      if (++this.#nRest === BITS) this.#flush();
    }
  }

  /** Return the digits; ones fill up the last, which begin a number that never ends. */
  text(): string {
    while (this.#nRest) this.put(1, 1);
    return this.#digits.join("");
  }

  #flush(): void {
    this.#digits.push(DIGITS[this.#rest] ?? "");
    [this.#rest, this.#nRest] = [0, 0];
  }
}

/** Encode what separates parts of a list; read back by `decoded` after the address is decoded. */
export function encoded(value: string): string {
  const inner = value.replace(/[%,:*~@]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return encodeURIComponent(inner);
}

export function decoded(value: string): string {
  return value.replace(/%([0-9A-F]{2})/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
