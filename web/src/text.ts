// The page's words. They come with the page, so that no sentence lives in a script.

type Value = string | number;

const FIELD = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

export function fill(text: string, values: Record<string, Value>): string {
  return text.replace(FIELD, (_whole, name: string, one?: string, many?: string) => {
    const value = values[name] ?? "";
    if (one !== undefined && many !== undefined) return value === 1 ? one : many;
    return typeof value === "number" ? grouped(value) : value;
  });
}

const WHOLE = new Intl.NumberFormat("en-US");

export function grouped(value: number): string {
  if (Number.isInteger(value)) return WHOLE.format(value);
  if (Math.abs(value) >= 100) return WHOLE.format(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export function readJson<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as T;
}

let texts: Record<string, string> | null = null;

export function t(key: string, values: Record<string, Value> = {}): string {
  texts ??= readJson<Record<string, string>>("texts");
  return fill(texts[key] ?? key, values);
}

/** Put sentences one after another, as the language does it. */
export function inARow(sentences: readonly string[]): string {
  return sentences.join(isEnglish() ? " " : "");
}

export function isEnglish(): boolean {
  return document.documentElement.lang.startsWith("en");
}
