// Tables that can be put in another order, copied and taken away. Without scripts they are tables.

import { t } from "./text.ts";

export type Cell = { text: string; value: string };
type Order = "ascending" | "descending" | null;

const NOTHING = new Set(["", "—", "?", "–"]);
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const SAID_MS = 4000;

/** What a cell is sorted by: the number it is, its words, or null for nothing. */
export function keyOf(value: string, isNumeric: boolean): number | string | null {
  const text = value.trim();
  if (NOTHING.has(text)) return null;
  return isNumeric ? numberIn(text) : text;
}

/** The number that a text is, written with grouped thousands or as a percentage; null if none. */
export function numberIn(text: string): number | null {
  const plain = text.trim().replaceAll(",", "").replace(/\s*%$/, "");
  return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** Whether every cell of a column that holds something holds a number. */
export function isNumeric(values: readonly string[]): boolean {
  const held = values.map((value) => value.trim()).filter((value) => !NOTHING.has(value));
  return held.length > 0 && held.every((value) => numberIn(value) !== null);
}

/** The places of the rows in the order of one column; what holds nothing comes last either way. */
export function sorted(values: readonly string[], order: "ascending" | "descending"): number[] {
  const numeric = isNumeric(values);
  const keys = values.map((value) => keyOf(value, numeric));
  // Chinese by pinyin; numbers within words as numbers.
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const sign = order === "ascending" ? 1 : -1;
  return values
    .map((_, place) => place)
    .sort((a, b) => {
      const [one, other] = [keys[a] ?? null, keys[b] ?? null];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      if (typeof one === "number" && typeof other === "number") return sign * (one - other);
      return sign * collator.compare(String(one), String(other));
    });
}

/** Rows as a spreadsheet takes them from the clipboard. */
export function asTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => safe(cell).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
}

/** Rows as a CSV file that Excel opens: a byte order mark, and nothing that is run as a formula. */
export function asCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map((cell) => quoted(safe(cell))).join(","));
  return `\ufeff${lines.map((line) => `${line}\r\n`).join("")}`;
}

function safe(cell: string): string {
  return FORMULA.test(cell) && numberIn(cell) === null ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Give every sortable table of the page its buttons. */
export function enhance(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table.sortable")) {
    const body = table.tBodies[0];
    const header = table.tHead?.rows[0];
    if (!body || !header || body.rows.length === 0) continue;
    const rows = [...body.rows];
    if (rows.length > 1) addSorting(table, [...header.cells], body, rows);
    addTools(table);
  }
}

function addSorting(
  table: HTMLTableElement,
  headers: HTMLTableCellElement[],
  body: HTMLTableSectionElement,
  rows: HTMLTableRowElement[],
): void {
  headers.forEach((header, column) => {
    if (header.dataset["sort"] === "no" || !header.textContent?.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const order = nextOrder(header.getAttribute("aria-sort"));
      for (const other of headers) other.removeAttribute("aria-sort");
      if (order) header.setAttribute("aria-sort", order);
      const values = rows.map((row) => valueOf(row.cells[column]));
      const places = order ? sorted(values, order) : rows.map((_, place) => place);
      body.append(...places.map((place) => rows[place] as HTMLTableRowElement));
      const name = button.textContent ?? "";
      if (order === null) say(table, t("table_as_it_was"));
      else if (order === "ascending") say(table, t("table_ascending", { column: name }));
      else say(table, t("table_descending", { column: name }));
    });
  });
}

function nextOrder(now: string | null): Order {
  if (now === "ascending") return "descending";
  return now === "descending" ? null : "ascending";
}

function valueOf(cell: HTMLTableCellElement | undefined): string {
  return cell?.dataset["value"] ?? textOf(cell);
}

function textOf(cell: Element | undefined): string {
  return (cell instanceof HTMLElement ? cell.innerText : "").replace(/\s+/g, " ").trim();
}

function addTools(table: HTMLTableElement): void {
  const tools = document.createElement("p");
  tools.className = "table-tools";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  if (navigator.clipboard) {
    tools.append(
      button(t("table_copy"), () => {
        navigator.clipboard.writeText(asTsv(shownRows(table))).then(
          () => say(table, t("table_copied", { n: table.tBodies[0]?.rows.length ?? 0 })),
          () => say(table, t("table_not_copied")),
        );
      }),
    );
  }
  tools.append(
    button(t("table_download"), () => download(table)),
    said,
  );
  (table.closest(".scroll") ?? table).after(tools);
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function say(table: HTMLTableElement, words: string): void {
  const said = (table.closest(".scroll") ?? table).nextElementSibling?.querySelector('[role="status"]');
  if (!said) return;
  said.textContent = words;
  setTimeout(() => {
    if (said.textContent === words) said.textContent = "";
  }, SAID_MS);
}

function shownRows(table: HTMLTableElement): string[][] {
  const rows = [...(table.tHead?.rows ?? []), ...[...table.tBodies].flatMap((body) => [...body.rows])];
  return rows.map((row) => [...row.cells].map((cell) => textOf(cell)));
}

function download(table: HTMLTableElement): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asCsv(shownRows(table))], { type: "text/csv" }));
  const name = table.dataset["name"] ?? document.title;
  link.download = `${name.replace(/[\\/:*?"<>|]+/g, " ").trim()}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAID_MS);
}
