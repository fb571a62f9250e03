// What a person has chosen to see, and the address that says the same.

import {
  decoded,
  digestsOf,
  encoded,
  isDigest,
  readId,
  readIds,
  resolvedIds,
  writeIds,
  type Everyone,
} from "./ids.ts";

export const LAYOUTS = ["force", "columns", "areas", "rings"] as const;
export type Layout = (typeof LAYOUTS)[number];
export type Colour = "sector" | "circle";
export type Stressed = "bridges" | "sole";

export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

/** Partners that were brought in: of whom, and how many (null for all). */
export interface Expansion {
  id: string;
  n: number | null;
}

export interface View {
  /** What is ticked in a facet; null for all of it. */
  sectors: ReadonlySet<string> | null;
  kinds: ReadonlySet<string> | null;
  relations: ReadonlySet<string> | null;
  circles: ReadonlySet<string> | null;
  area: string | null;
  /** Only what holds at the end of this year; null for everything on record. */
  year: number | null;
  find: string;
  isWhole: boolean;
  layout: Layout;
  colour: Colour;
  size: string;
  isByStrength: boolean;
  hasLetters: boolean;
  selected: string | null;
  /** The other end of the path that is shown. */
  to: string | null;
  stressed: Stressed | null;
  picked: readonly string[];
  hidden: readonly string[];
  pinned: ReadonlyMap<string, readonly [number, number]>;
  expanded: readonly Expansion[];
  camera: Camera | null;
}

export const PLAIN: View = {
  sectors: null,
  kinds: null,
  relations: null,
  circles: null,
  area: null,
  year: null,
  find: "",
  isWhole: false,
  layout: "force",
  colour: "sector",
  size: "degree",
  isByStrength: true,
  hasLetters: false,
  selected: null,
  to: null,
  stressed: null,
  picked: [],
  hidden: [],
  pinned: new Map(),
  expanded: [],
  camera: null,
};

const FACETS = {
  sectors: "sector",
  kinds: "kind",
  relations: "relation",
  circles: "circle",
} as const;

/** Read a view from an address; what stands for ids stays until `resolved`. */
export function readView(search: string): View {
  const given = new URLSearchParams(search);
  const some = (name: string): ReadonlySet<string> | null => {
    const value = given.get(name);
    return value === null ? null : new Set(value.split(",").filter(Boolean));
  };
  const list = (name: string): string[] => (given.get(name) ?? "").split(",").filter(Boolean);
  const number = (name: string): number | null => {
    const value = Number(given.get(name) ?? NaN);
    return Number.isFinite(value) ? value : null;
  };
  const at = list("at").map(Number);
  return {
    sectors: some("sector"),
    kinds: some("kind"),
    relations: some("relation"),
    circles: some("circle"),
    area: given.get("area"),
    year: number("year"),
    find: given.get("find") ?? "",
    isWhole: given.get("all") === "1",
    layout: LAYOUTS.find((layout) => layout === given.get("layout")) ?? "force",
    colour: given.get("colour") === "circle" ? "circle" : "sector",
    size: given.get("size") ?? "degree",
    isByStrength: given.get("lines") !== "alike",
    hasLetters: given.get("letters") === "1",
    selected: given.get("select"),
    to: given.get("to"),
    stressed: (["bridges", "sole"] as const).find((one) => one === given.get("mark")) ?? null,
    picked: readIds(given.get("pick")),
    hidden: readIds(given.get("hide")),
    pinned: new Map(list("pin").flatMap(readPin)),
    expanded: list("open").map((part) => {
      const [id = "", n = ""] = part.split("*");
      return { id: decoded(id), n: n === "all" ? null : Number(n) };
    }),
    camera:
      at.length === 3 && at.every(Number.isFinite)
        ? { x: at[0] ?? 0, y: at[1] ?? 0, ratio: at[2] ?? 1 }
        : null,
  };
}

/**
 * Return the query string of a view; what is as it is by default is left out, and so are lists of
 * which `writeIds` says that they are too long.
 */
export function writeView(view: View, everyone: Everyone | null = null): string {
  const parts: string[] = [];
  const put = (name: string, value: string | null): void => {
    if (value) parts.push(`${name}=${value}`);
  };
  for (const [facet, name] of Object.entries(FACETS) as [keyof typeof FACETS, string][]) {
    const chosen = view[facet];
    if (chosen) parts.push(`${name}=${[...chosen].sort().map(encodeURIComponent).join(",")}`);
  }
  if (view.area) put("area", encodeURIComponent(view.area).replaceAll("%2F", "/"));
  if (view.year !== null) put("year", String(view.year));
  if (view.find) put("find", encodeURIComponent(view.find).replaceAll("%20", "+"));
  if (view.isWhole) put("all", "1");
  if (view.layout !== PLAIN.layout) put("layout", view.layout);
  if (view.colour !== PLAIN.colour) put("colour", view.colour);
  if (view.size !== PLAIN.size) put("size", encodeURIComponent(view.size));
  if (!view.isByStrength) put("lines", "alike");
  if (view.hasLetters) put("letters", "1");
  if (view.selected) put("select", encodeURIComponent(view.selected));
  if (view.to) put("to", encodeURIComponent(view.to));
  if (view.stressed) put("mark", view.stressed);
  put("pick", writeIds(view.picked, everyone));
  put("hide", writeIds(view.hidden, everyone));
  const spots = [...view.pinned.values()].map(([x, y]) => `${Math.round(x)}:${Math.round(y)}`);
  const pinned = writeIds([...view.pinned.keys()], null)?.split(",");
  if (spots.length && pinned) put("pin", pinned.map((id, k) => `${id}:${spots[k]}`).join(","));
  if (view.expanded.length)
    put("open", view.expanded.map(({ id, n }) => `${encoded(id)}*${n ?? "all"}`).join(","));
  if (view.camera) {
    const { x, y, ratio } = view.camera;
    put("at", [x, y, ratio].map((value) => Number(value.toPrecision(5))).join(","));
  }
  return parts.length ? `?${parts.join("&")}` : "";
}

/**
 * Return a view with ids in place of what stands for them, without whoever is not there, and how
 * many could not be told because the data have changed.
 *
 * `others` are those of another date, of whom `everyone` may not know.
 */
export function resolved(
  view: View,
  everyone: Everyone,
  others: Everyone = everyone,
): { view: View; nLost: number } {
  const isKnown = (id: string): boolean => everyone.at(id) >= 0 || others.at(id) >= 0;
  const lists = [view.picked, view.hidden, [...view.pinned.keys()]];
  const needsDigests = lists.some((list) => list.some(isDigest));
  const byDigest = digestsOf(needsDigests ? [others, everyone] : []);
  let nLost = 0;
  const whole = (parts: readonly string[]): string[] => {
    const found = resolvedIds(parts, everyone, byDigest);
    nLost += found.nLost;
    return found.ids.filter(isKnown);
  };
  const one = (id: string | null): string | null => (id !== null && isKnown(id) ? id : null);
  const now = {
    ...view,
    selected: one(view.selected),
    to: one(view.selected) && one(view.to),
    picked: whole(view.picked),
    hidden: whole(view.hidden),
    pinned: new Map([...view.pinned].flatMap(([id, spot]) => whole([id]).map((i) => [i, spot]))),
    expanded: view.expanded.filter(({ id }) => isKnown(id)),
  };
  return { view: now, nLost };
}

/** Whether two views show the same but for the camera. */
export function isSame(a: View, b: View): boolean {
  const lists = (view: View): string => [...view.picked, ...view.hidden].join();
  return (
    writeView({ ...a, camera: null }) === writeView({ ...b, camera: null }) && lists(a) === lists(b)
  );
}

function readPin(part: string): [string, readonly [number, number]][] {
  const [id = "", x, y] = part.split(":");
  const spot = [Number(x), Number(y)] as const;
  return spot.every(Number.isFinite) ? [[readId(id), spot]] : [];
}
