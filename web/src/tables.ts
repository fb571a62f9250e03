// Tables that can be put in another order, copied and taken away. Without scripts they are tables.

import { t } from "./text.ts";

type Order = "ascending" | "descending" | null;
type Part = { body: HTMLTableSectionElement; rows: HTMLTableRowElement[] };

const NOTHING = new Set(["", "—", "?", "–"]);
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const SAID_MS = 4000;
const N_WITHOUT_FILTER = 15;

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

/** The words that a row must hold, each somewhere in it, whatever their width and case. */
export function matches(row: string, words: string): boolean {
  const plain = folded(row);
  return folded(words)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

/** Give every sortable table of the page its buttons. */
export function enhance(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table.sortable")) {
    const header = table.tHead?.rows[0];
    const parts = [...table.tBodies].map((body) => ({ body, rows: dataRows(body) }));
    const n = parts.reduce((sum, { rows }) => sum + rows.length, 0);
    if (!header || n === 0) continue;
    if (n > 1) addSorting(table, [...header.cells], parts);
    if (n > N_WITHOUT_FILTER) addFilter(table, parts);
    addTools(table);
  }
}

/** The rows of a part but for the one that names it and those for paper only. */
function dataRows(body: HTMLTableSectionElement): HTMLTableRowElement[] {
  return [...body.rows].filter((row) => !row.matches(".group, .only-print"));
}

/** Rows are sorted within their part; what names a part stays above it, totals stay below. */
function addSorting(table: HTMLTableElement, headers: HTMLTableCellElement[], parts: readonly Part[]): void {
  headers.forEach((header, column) => {
    const name = textOf(header);
    if (header.dataset["sort"] === "no" || !name) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    if (header.querySelector("a")) {
      // A link stays one, with the button beside it.
      const label = document.createElement("span");
      label.className = "hidden";
      label.textContent = t("table_sort", { column: name });
      button.append(label);
    } else button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const order = nextOrder(header.getAttribute("aria-sort"));
      for (const other of headers) other.removeAttribute("aria-sort");
      if (order) header.setAttribute("aria-sort", order);
      for (const { body, rows } of parts) {
        const values = rows.map((row) => valueOf(cellAt(row, column)));
        const places = order ? sorted(values, order) : rows.map((_, place) => place);
        body.append(...places.map((place) => rows[place] as HTMLTableRowElement));
      }
      if (order === null) say(table, t("table_as_it_was"));
      else if (order === "ascending") say(table, t("table_ascending", { column: name }));
      else say(table, t("table_descending", { column: name }));
    });
  });
}

function addFilter(table: HTMLTableElement, parts: readonly Part[]): void {
  const line = document.createElement("p");
  line.className = "table-tools";
  const input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  input.placeholder = t("table_filter");
  input.setAttribute("aria-label", t("table_filter"));
  const count = document.createElement("output");
  input.addEventListener("input", () => {
    for (const { body, rows } of parts) {
      for (const row of rows) row.hidden = !matches(row.textContent ?? "", input.value);
      const name = body.querySelector<HTMLElement>(":scope > .group");
      if (name) name.hidden = rows.every((row) => row.hidden);
    }
    const all = parts.flatMap(({ rows }) => rows);
    const n = all.filter((row) => !row.hidden).length;
    count.textContent = n < all.length ? t("table_filtered", { n, total: all.length }) : "";
  });
  line.append(input, count);
  (table.closest(".scroll") ?? table).before(line);
}

function nextOrder(now: string | null): Order {
  if (now === "ascending") return "descending";
  return now === "descending" ? null : "ascending";
}

/** The cell in a column, where some take up several. */
function cellAt(row: HTMLTableRowElement, column: number): HTMLTableCellElement | undefined {
  let place = 0;
  for (const cell of row.cells) {
    if (column < place + cell.colSpan) return cell;
    place += cell.colSpan;
  }
  return undefined;
}

/** What a cell is sorted by; nothing where it says that something is not known. */
function valueOf(cell: HTMLTableCellElement | undefined): string {
  if (!cell || cell.matches(".undefined, .unknown") || cell.querySelector(":scope > .undefined:only-child"))
    return "";
  return cell.dataset["value"] ?? textOf(cell);
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
          () => say(table, t("table_copied", { n: shownRows(table).length - 1 })),
          () => say(table, t("table_not_copied")),
        );
      }),
    );
  }
  // Where the server has the whole as a file, the page has a link to it.
  if (!table.dataset["csv"]) tools.append(button(t("table_download"), () => download(table)));
  tools.append(said);
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

/** What is shown of a table, without the columns that only draw what others say. */
function shownRows(table: HTMLTableElement): string[][] {
  const drawn = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.dataset["copy"] === "no");
  return [...table.rows]
    .filter((row) => !row.hidden && !row.matches(".only-print"))
    .map((row) =>
      [...row.cells]
        .flatMap((cell) => [textOf(cell), ...Array<string>(cell.colSpan - 1).fill("")])
        .filter((_, column) => !drawn[column]),
    );
}

function download(table: HTMLTableElement): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asCsv(shownRows(table))], { type: "text/csv" }));
  const name = table.dataset["name"] ?? document.title;
  link.download = `${name.replace(/[\\/:*?"<>|]+/g, " ").trim()}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAID_MS);
}
