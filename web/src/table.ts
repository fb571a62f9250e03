// The same as a table: sorted by any column, each actor's partners in a row of their own, to copy.

import { kindName, linkTo, sectorName, type Desk } from "./desk.ts";
import { button, copy, download, element, refill, tag } from "./dom.ts";
import type { Network } from "./network.ts";
import { grouped, t } from "./text.ts";

const N_ROWS = 100;
const N_PARTNERS = 60;

interface Column {
  slug: string;
  label: () => string;
  /** What is written, and what is sorted by; null where nothing is known. */
  value: (i: number) => string | number | null;
  isNumber: boolean;
}

export class Table {
  readonly #desk: Desk;
  readonly #collator = new Intl.Collator(document.documentElement.lang);
  #sorted: { slug: string; isDown: boolean } = { slug: "degree", isDown: true };
  #nRows = N_ROWS;
  #open = new Set<string>();
  #of = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    element("more-rows").addEventListener("click", () => {
      this.#nRows += N_ROWS;
      this.show();
    });
    element("copy-table").addEventListener("click", () => void this.#copy());
    element("download-table").addEventListener("click", () =>
      download(new Blob(["\ufeff", this.csv()], { type: "text/csv" }), "wushe-map.csv"),
    );
  }

  show(): void {
    const { shown, view } = this.#desk;
    const key = `${shown.actors.length} ${view.picked.length} ${this.#sorted.slug}`;
    if (key !== this.#of) [this.#of, this.#nRows] = [key, N_ROWS];
    const columns = this.#columns();
    const actors = this.#actors(columns);
    const rows = actors.slice(0, this.#nRows);
    refill(element("actors-head"), [this.#head(columns)]);
    refill(
      element("actors-body"),
      rows.flatMap((i) => this.#row(i, columns)),
    );
    const total = view.picked.length ? actors.length : shown.nMatching;
    const isAll = rows.length === total;
    element("table-shown").textContent = t(isAll ? "map_all_rows" : "map_rows", {
      shown: rows.length,
      total,
    });
    const more = element("more-rows");
    const nLeft = actors.length - rows.length;
    more.hidden = nLeft <= 0;
    more.textContent = t("map_more_rows", { n: Math.min(N_ROWS, nLeft) });
  }

  /** Return every row of the table, shown or not, as comma-separated values. */
  csv(separator = ","): string {
    const columns = this.#columns();
    const lines = [["id", ...columns.map((column) => column.label())]];
    for (const i of this.#actors(columns))
      lines.push([
        this.#desk.network.id(i),
        ...columns.map((column) => String(column.value(i) ?? "")),
      ]);
    return lines
      .map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator))
      .join("\r\n");
  }

  #columns(): Column[] {
    const { network, view, words } = this.#desk;
    const measure = view.size === "degree" ? "betweenness" : view.size;
    const values = this.#desk.values(measure);
    const number = (i: number): number | null => {
      const value = values?.[i] ?? NaN;
      return Number.isNaN(value) ? null : value;
    };
    return [
      {
        slug: "name",
        label: () => t("map_column_name"),
        value: (i) => network.name(i),
        isNumber: false,
      },
      {
        slug: "kind",
        label: () => t("map_column_kind"),
        value: (i) => kindName(this.#desk, i),
        isNumber: false,
      },
      {
        slug: "sector",
        label: () => t("map_column_sector"),
        value: (i) => sectorName(this.#desk, i),
        isNumber: false,
      },
      {
        slug: "area",
        label: () => t("map_column_area"),
        value: (i) => network.areaOf(i),
        isNumber: false,
      },
      {
        slug: "degree",
        label: () => words.measures["degree"] ?? "",
        value: (i) => network.degree[i] ?? 0,
        isNumber: true,
      },
      {
        slug: measure,
        label: () => words.measures[measure] ?? measure,
        value: number,
        isNumber: true,
      },
    ];
  }

  /** Return the actors of the table, sorted; what is unknown comes last either way. */
  #actors(columns: readonly Column[]): number[] {
    const { network, shown, view } = this.#desk;
    const picked = new Set(view.picked.map((id) => network.at(id)));
    const actors = [...shown.actors].filter((i) => !picked.size || picked.has(i));
    const by = columns.find((column) => column.slug === this.#sorted.slug);
    if (!by || (by.slug === "degree" && this.#sorted.isDown)) return actors;
    const sign = this.#sorted.isDown ? -1 : 1;
    const keyed = actors.map((i) => ({ i, key: by.value(i) }));
    keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      if (typeof a.key === "number") return sign * (a.key - Number(b.key));
      return sign * this.#collator.compare(a.key, String(b.key));
    });
    return keyed.map(({ i }) => i);
  }

  #head(columns: readonly Column[]): HTMLElement {
    const line = tag("tr");
    for (const { slug, label, isNumber } of columns) {
      const cell = tag("th", "", isNumber ? "n" : "");
      cell.scope = "col";
      const isSorted = this.#sorted.slug === slug;
      if (isSorted)
        cell.setAttribute("aria-sort", this.#sorted.isDown ? "descending" : "ascending");
      const sort = button(
        label(),
        () => {
          this.#sorted = { slug, isDown: isSorted ? !this.#sorted.isDown : isNumber };
          this.show();
        },
        "sort",
      );
      sort.dataset["sort"] = slug;
      cell.append(sort);
      line.append(cell);
    }
    return line;
  }

  #row(i: number, columns: readonly Column[]): HTMLElement[] {
    const { network, view } = this.#desk;
    const id = network.id(i);
    const line = tag("tr");
    const isChosen = id === view.selected || view.picked.includes(id);
    line.classList.toggle("selected", isChosen);
    const head = tag("th");
    head.scope = "row";
    const pick = button(
      "◎",
      () => {
        const isOff = id === this.#desk.view.selected;
        this.#desk.select(isOff ? -1 : i);
        if (!isOff) this.#desk.focus([i]);
      },
      "pick",
    );
    pick.dataset["pick"] = id;
    pick.title = t("map_select", { name: network.name(i) });
    pick.setAttribute("aria-label", pick.title);
    pick.setAttribute("aria-pressed", String(isChosen));
    head.append(pick, linkTo(network, i));
    line.append(head);
    for (const { slug, value, isNumber } of columns.slice(1)) {
      const found = value(i);
      const cell = tag("td", "", isNumber ? "n" : "");
      if (slug === "degree" && network.degree[i]) cell.append(this.#opener(i, id));
      else if (typeof found === "number") cell.textContent = grouped(found);
      else cell.textContent = found ?? (isNumber ? (this.#desk.values(slug) ? "—" : "…") : "");
      line.append(cell);
    }
    if (!this.#open.has(id)) return [line];
    const inner = tag("tr", "", "partners-row");
    const cell = tag("td");
    cell.colSpan = columns.length;
    cell.id = `partners-${i}`;
    cell.append(...partnersOf(network, i));
    inner.append(cell);
    return [line, inner];
  }

  /** A button with the number of partners that opens their names. */
  #opener(i: number, id: string): HTMLElement {
    const { network } = this.#desk;
    const isOpen = this.#open.has(id);
    const opener = button(
      grouped(network.degree[i] ?? 0),
      () => {
        if (isOpen) this.#open.delete(id);
        else this.#open.add(id);
        this.show();
      },
      "open-partners",
    );
    opener.dataset["open"] = id;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) opener.setAttribute("aria-controls", `partners-${i}`);
    opener.title = t("map_list_partners", { name: network.name(i) });
    return opener;
  }

  async #copy(): Promise<void> {
    this.#desk.say(t((await copy(this.csv("\t"))) ? "map_copied" : "map_not_copied"));
  }
}

/** Return links to the partners of an actor, the strongest tie first. */
function partnersOf(network: Network, i: number): (Node | string)[] {
  const ties = network.ties(i);
  const own = [...network.partners(i)].map((j, k) => ({
    j,
    weight: network.weight[ties[k] ?? 0] ?? 0,
  }));
  own.sort((a, b) => b.weight - a.weight || a.j - b.j);
  const parts: (Node | string)[] = own
    .slice(0, N_PARTNERS)
    .flatMap(({ j }) => [linkTo(network, j), " "]);
  if (own.length > N_PARTNERS)
    parts.push(
      tag("span", t("map_partners_shown", { shown: N_PARTNERS, total: own.length }), "fine"),
    );
  return parts;
}

/** Quote a cell where it needs it; a program that opens the file must not take it for a formula. */
export function quoted(cell: string, separator: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell;
  return safe.includes(separator) || /["\r\n]/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}
