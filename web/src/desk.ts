// What the parts of the map's page share: what is shown, and how to change it.

import { tag } from "./dom.ts";
import type { Look, Values, Words } from "./look.ts";
import type { Network } from "./network.ts";
import type { Circles, Shown } from "./show.ts";
import { isEnglish, t } from "./text.ts";
import type { View } from "./view.ts";
import type { IntroductionPath, Text } from "./wire.ts";

export interface Desk {
  readonly words: Words;
  readonly network: Network;
  /** Everything on record, whatever the date that is looked at. */
  readonly whole: Network;
  readonly view: View;
  readonly shown: Shown;
  readonly look: Look;
  readonly circles: Circles;
  /** What was searched for, by position. */
  readonly found: ReadonlySet<number>;
  /** The path between the selected two, and what is said of it. */
  readonly path: Route | null;
  /** Return a measure of the actors; null until it is there. */
  values: (measure: string) => Values | null;
  /** Show something else, as one step that can be undone. */
  change: (changes: Partial<View>) => void;
  select: (i: number, isAdding?: boolean) => void;
  open: (i: number) => void;
  focus: (actors: readonly number[]) => void;
  /** Say something for a moment where everybody hears it. */
  say: (sentence: string) => void;
}

export interface Route {
  actors: readonly number[];
  paths: readonly IntroductionPath[];
  sentence: string;
}

export function inLanguage(text: Text): string {
  return isEnglish() ? text.en : text.zh;
}

/** Name the kind of an actor, and whether it stands for several. */
export function kindName({ network, words }: Pick<Desk, "network" | "words">, i: number): string {
  const slug = network.kindOf(i);
  const kind = words.kinds[slug] ?? slug;
  return network.isGroup(i) ? t("group", { kind }) : kind;
}

export function sectorName({ network, words }: Pick<Desk, "network" | "words">, i: number): string {
  return words.sectors[network.sectorOf(i) ?? ""] ?? "";
}

export function addressOf(network: Network, i: number): string {
  return `/actors/${encodeURIComponent(network.id(i))}`;
}

/** Whether this page is shown by a link: nothing leads out of it then. */
export function isShared(): boolean {
  return "base" in document.documentElement.dataset;
}

/** Name an actor with its mark, as every page does; the mark is the one of the legend. */
export function linkTo(network: Network, i: number): HTMLElement {
  if (isShared()) {
    const plain = tag("span", "", "actor");
    plain.append(...marked(network, i));
    return plain;
  }
  const link = tag("a", "", "actor");
  link.href = addressOf(network, i);
  link.append(...marked(network, i));
  return link;
}

/** Return the mark and the name of an actor. */
export function marked(network: Network, i: number): HTMLElement[] {
  const mark = document.querySelector(`#facet-sector .s-${network.sectorOf(i) ?? "none"}`);
  const label = tag("span", network.name(i));
  if (network.isForeign(i)) label.lang = "zh-CN";
  return mark ? [mark.cloneNode(true) as HTMLElement, label] : [label];
}
