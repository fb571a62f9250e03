// What is said of whoever is selected: one actor, the way between two, or a group.

import {
  addressOf,
  inLanguage,
  isShared,
  kindName,
  linkTo,
  sectorName,
  type Desk,
} from "./desk.ts";
import { button, element, refill, tag } from "./dom.ts";
import { suggest } from "./finder.ts";
import { isWritable } from "./ids.ts";
import { hiddenPartners, N_FIRST_PARTNERS, N_SUPERNODE } from "./show.ts";
import type { Source } from "./source.ts";
import { bridgesShown, N_PAIRS, solePairs, tiesAmong } from "./stress.ts";
import { grouped, t } from "./text.ts";
import type { PartnerTie } from "./wire.ts";

const N_LISTED = 40;
const N_VIA = 3;
const N_AREAS = 5;

export class Chosen {
  readonly #desk: Desk;
  readonly #source: Source;
  #turn = 0;

  constructor(desk: Desk, source: Source) {
    this.#desk = desk;
    this.#source = source;
  }

  show(): void {
    const { network, view } = this.#desk;
    const panel = element("chosen");
    const selected = network.at(view.selected);
    const picked = view.picked.map((id) => network.at(id)).filter((i) => i >= 0);
    this.#turn++;
    if (picked.length) refill(panel, this.#group(picked));
    else if (selected >= 0) refill(panel, this.#one(selected));
    else refill(panel, [tag("p", t("map_choose"), "hint"), ...this.#bridges()]);
  }

  #one(i: number): HTMLElement[] {
    const { network, view, path } = this.#desk;
    const heading = tag("h2");
    heading.append(linkTo(network, i));
    const facts = [kindName(this.#desk, i), sectorName(this.#desk, i), network.areaOf(i)];
    const members = network.members(i);
    if (members)
      facts.push(t(members.isAtLeast ? "map_members_at_least" : "map_members", { n: members.n }));
    const parts = [
      heading,
      tag("p", facts.filter(Boolean).join(" · ")),
      this.#tools(i),
      ...this.#hiddenOnes(i),
    ];
    parts.push(this.#wayTo(i));
    if (path) parts.push(...this.#way());
    if (view.stressed === "sole") parts.push(...this.#pairs(i));
    if (view.stressed === "bridges") parts.push(...this.#bridges(i));
    const list = tag("ul");
    parts.push(tag("p", t("map_partners", { n: network.degree[i] ?? 0 })), list);
    void this.#partners(i, list, this.#turn);
    return parts;
  }

  #tools(i: number): HTMLElement {
    const { desk, id } = { desk: this.#desk, id: this.#desk.network.id(i) };
    const { view } = desk;
    const row = tag("p", "", "tools-row");
    const page = tag("a", t("map_open"), "button");
    page.href = addressOf(desk.network, i);
    const toggle = (what: "sole" | "bridges", text: string): HTMLButtonElement => {
      const made = button(text, () =>
        desk.change({ stressed: view.stressed === what ? null : what }),
      );
      made.setAttribute("aria-pressed", String(view.stressed === what));
      return made;
    };
    const isPinned = view.pinned.has(id);
    const unpin = (): void => {
      const pinned = new Map(view.pinned);
      pinned.delete(id);
      desk.change({ pinned });
    };
    if (!isShared()) row.append(page);
    row.append(
      button(t("map_clear"), () => desk.change({ selected: null, to: null, stressed: null })),
      button(t("map_hide"), () =>
        desk.change({ hidden: [...view.hidden, id], selected: null, to: null }),
      ),
    );
    if (view.layout !== "rings")
      row.append(button(t("map_around"), () => desk.change({ layout: "rings" })));
    if (isPinned) row.append(button(t("map_unpin"), unpin));
    row.append(toggle("sole", t("map_show_sole")), toggle("bridges", t("map_show_bridges")));
    return row;
  }

  /** Offer to bring in partners that are not shown; many only after a word of warning. */
  #hiddenOnes(i: number): HTMLElement[] {
    const { network, view, circles, shown } = this.#desk;
    const id = network.id(i);
    const nHidden = hiddenPartners(network, view, circles, shown, i).length;
    const own = view.expanded.find((one) => one.id === id);
    const others = view.expanded.filter((one) => one.id !== id);
    const row = tag("p", "", "tools-row");
    const open = (n: number | null): void =>
      this.#desk.change({ expanded: [...others, { id, n }] });
    const isSupernode = nHidden > N_SUPERNODE;
    if (isSupernode)
      row.append(
        button(t("map_expand_first", { n: N_FIRST_PARTNERS }), () =>
          open((own?.n ?? 0) + N_FIRST_PARTNERS),
        ),
        button(t("map_expand_all", { n: nHidden }), () => open(null)),
      );
    else if (nHidden) row.append(button(t("map_expand", { n: nHidden }), () => open(null)));
    if (own) row.append(button(t("map_fold"), () => this.#desk.change({ expanded: others })));
    const warning = isSupernode ? [tag("p", t("map_supernode", { n: nHidden }), "warning")] : [];
    return row.childElementCount ? [...warning, row] : [];
  }

  #wayTo(i: number): HTMLElement {
    const { network } = this.#desk;
    const form = tag("form", "", "way-to");
    const label = tag("label", t("map_way_to"));
    const input = tag("input");
    Object.assign(input, { type: "search", autocomplete: "off" });
    input.setAttribute("list", "way-names");
    input.setAttribute("aria-label", t("map_way_to"));
    input.addEventListener("input", () => suggest(element("way-names"), this.#desk, input.value));
    label.append(input);
    form.append(label);
    const go = tag("button", t("map_way_go"));
    form.append(go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const found = network.named(input.value).filter((other) => other !== i);
      const exact = found.find((other) => network.name(other) === input.value.trim());
      const best = exact ?? network.order.find((other) => found.includes(other));
      if (best === undefined) this.#desk.say(t("map_found_none", { q: input.value.trim() }));
      else this.#desk.change({ to: network.id(best) });
    });
    return form;
  }

  /** Read out the paths between two. */
  #way(): HTMLElement[] {
    const { path } = this.#desk;
    if (!path) return [];
    const parts: HTMLElement[] = [tag("p", path.sentence, "way")];
    for (const [k, found] of path.paths.entries()) {
      if (path.paths.length > 1) parts.push(tag("h3", t("map_way_number", { n: k + 1 })));
      const steps = tag("ol", "", "steps");
      for (const step of found.steps) steps.append(tag("li", inLanguage(step.sentence)));
      parts.push(steps);
    }
    parts.push(button(t("map_way_clear"), () => this.#desk.change({ to: null })));
    return parts;
  }

  #pairs(i: number): HTMLElement[] {
    const { network, shown } = this.#desk;
    const pairs = solePairs(network, i);
    const seen = pairs.filter(([a, b]) => shown.isShown[a] && shown.isShown[b]);
    const parts: HTMLElement[] = [
      tag("p", t("map_sole", { n: pairs.length, name: network.name(i) })),
    ];
    if (seen.length < pairs.length || seen.length > N_PAIRS)
      parts.push(
        tag(
          "p",
          t("map_sole_shown", { shown: Math.min(seen.length, N_PAIRS), total: pairs.length }),
          "fine",
        ),
      );
    const list = tag("ul", "", "pairs-listed");
    for (const [a, b] of pairs.slice(0, N_LISTED)) {
      const item = tag("li");
      item.append(linkTo(network, a), " — ", linkTo(network, b));
      list.append(item);
    }
    parts.push(list);
    if (pairs.length > N_LISTED)
      parts.push(
        tag("p", t("map_partners_shown", { shown: N_LISTED, total: pairs.length }), "fine"),
      );
    return parts;
  }

  #bridges(of = -1): HTMLElement[] {
    const { network, shown, view } = this.#desk;
    if (view.stressed !== "bridges") return [];
    const found = bridgesShown(network, shown, of);
    const list = tag("ul", "", "pairs-listed");
    for (const tie of found.slice(0, N_LISTED)) {
      const item = tag("li");
      item.append(
        linkTo(network, network.source[tie] ?? 0),
        " — ",
        linkTo(network, network.target[tie] ?? 0),
      );
      list.append(item);
    }
    const parts: HTMLElement[] = [tag("p", t("map_bridges", { n: found.length })), list];
    if (found.length > N_LISTED)
      parts.push(
        tag("p", t("map_partners_shown", { shown: N_LISTED, total: found.length }), "fine"),
      );
    return parts;
  }

  async #partners(i: number, list: HTMLElement, turn: number): Promise<void> {
    const { network, view } = this.#desk;
    try {
      const { items, total } = await this.#source.partners(network.id(i), view.year);
      if (turn !== this.#turn) return;
      for (const partner of items) {
        const item = tag("li");
        const other = network.at(partner.actor.id);
        if (other >= 0) item.append(linkTo(network, other));
        item.append(tag("small", this.#how(partner)));
        list.append(item);
      }
      if (total > items.length)
        list.after(tag("p", t("map_partners_shown", { shown: items.length, total }), "fine"));
    } catch (error) {
      if (turn === this.#turn)
        list.replaceChildren(tag("li", t("map_failed", { why: (error as Error).message })));
    }
  }

  /** Say what makes a tie: affiliations by name, else the relations themselves. */
  #how({ via, relations }: PartnerTie): string {
    const separator = t("list_separator");
    if (!via.length) {
      const labels = relations.map((relation) => this.#desk.words.relations[relation] ?? relation);
      return t("map_directly", { relations: labels.join(separator) });
    }
    const names = via
      .slice(0, N_VIA)
      .map((one) => inLanguage({ zh: one.name, en: one.name_en ?? one.name }));
    const more = via.length > N_VIA ? ` ${t("map_and_more", { n: via.length })}` : "";
    return t("map_via", { names: names.join(separator) + more });
  }

  #group(picked: number[]): HTMLElement[] {
    const { network, whole, shown, view, words } = this.#desk;
    const isIn = new Set(picked);
    const seen = picked.filter((i) => shown.isShown[i]);
    const nTies = tiesAmong(network, shown, isIn).length;
    const heading = tag("h2", t("map_group", { n: picked.length }));
    const separator = t("list_separator");
    const bySector = tally(picked.map((i) => network.sectorOf(i) ?? "")).map(([sector, n]) =>
      t("map_counted", { name: words.sectors[sector] ?? "", n }),
    );
    const areas = tally(picked.map((i) => network.areaOf(i) ?? t("map_no_area")));
    const byArea = areas.slice(0, N_AREAS).map(([area, n]) => t("map_counted", { name: area, n }));
    const parts: HTMLElement[] = [
      heading,
      tag("p", t("map_group_sectors", { parts: bySector.join(separator) })),
      tag("p", t("map_group_areas", { parts: byArea.join(separator) })),
    ];
    if (areas.length > N_AREAS)
      parts.push(
        tag("p", t("map_partners_shown", { shown: N_AREAS, total: areas.length }), "fine"),
      );
    const nPairs = (picked.length * (picked.length - 1)) / 2;
    parts.push(tag("p", t("map_group_ties", { n: nTies, pairs: grouped(nPairs) })));
    if (seen.length < picked.length)
      parts.push(tag("p", t("map_group_unseen", { n: picked.length - seen.length }), "fine"));
    if (!isWritable(view.picked, whole)) parts.push(tag("p", t("map_picked_not_kept"), "fine"));
    parts.push(this.#groupTools(picked));
    const list = tag("ul");
    const order = [...picked].sort((a, b) => (network.degree[b] ?? 0) - (network.degree[a] ?? 0));
    for (const i of order.slice(0, N_LISTED)) {
      const item = tag("li");
      item.append(linkTo(network, i));
      list.append(item);
    }
    parts.push(list);
    if (picked.length > N_LISTED)
      parts.push(
        tag("p", t("map_partners_shown", { shown: N_LISTED, total: picked.length }), "fine"),
      );
    return parts;
  }

  #groupTools(picked: readonly number[]): HTMLElement {
    const desk = this.#desk;
    const ids = picked.map((i) => desk.network.id(i));
    const row = tag("p", "", "tools-row");
    row.append(button(t("map_clear"), () => desk.change({ picked: [], selected: null })));
    const [from, to] = ids;
    if (ids.length === 2 && from && to)
      row.append(
        button(t("map_way_between"), () =>
          desk.change({ picked: [], selected: from, to, stressed: null }),
        ),
      );
    row.append(
      button(t("map_hide_group"), () =>
        desk.change({
          hidden: [...new Set([...desk.view.hidden, ...ids])],
          picked: [],
          selected: null,
        }),
      ),
    );
    return row;
  }
}

function tally(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
