// Names offered while one types: in the search of every page, and where a form asks for an actor.

import { tag } from "./dom.ts";

const DELAY_MS = 120;

/** Offer names below a field: `data-suggest="open"` opens who is chosen, `"name"` fills it in. */
export function offerNames(input: HTMLInputElement): void {
  new Offer(input);
}

class Offer {
  readonly #input: HTMLInputElement;
  readonly #list = tag("ul", "", "offered");
  #active = -1;
  #waiting = 0;
  #turn = 0;

  constructor(input: HTMLInputElement) {
    this.#input = input;
    this.#list.id = `${input.id}-offered`;
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() ?? "");
    input.after(this.#list);
    input.parentElement?.classList.add("offering");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.#list.id],
      ["autocomplete", "off"],
    ] as const)
      input.setAttribute(name, value);
    input.addEventListener("input", (event) => {
      // What an input method has not turned into characters yet is nothing to look for.
      if (!(event as InputEvent).isComposing) this.#ask();
    });
    input.addEventListener("compositionend", () => this.#ask());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.#choose(option);
    });
    if (document.activeElement === input && input.value) this.#ask();
  }

  get #opens(): boolean {
    return this.#input.dataset["suggest"] === "open";
  }

  #ask(): void {
    clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => void this.#show(), DELAY_MS);
  }

  async #show(): Promise<void> {
    const words = this.#input.value.trim();
    const turn = ++this.#turn;
    if (!words) return this.#close();
    try {
      const query = new URLSearchParams({ q: words });
      if (this.#opens) query.set("with_areas", "1");
      const answer = await fetch(`/search/names?${query}`);
      const options = answer.ok ? await answer.text() : "";
      if (turn !== this.#turn || document.activeElement !== this.#input) return;
      this.#list.innerHTML = options;
    } catch {
      return this.#close();
    }
    for (const [i, option] of this.#options().entries()) option.id = `${this.#list.id}-${i}`;
    this.#mark(-1);
    this.#open(this.#list.childElementCount > 0);
  }

  #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  #open(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    this.#input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.#mark(-1);
  }

  #close(): void {
    clearTimeout(this.#waiting);
    this.#turn++;
    this.#open(false);
  }

  #mark(i: number): void {
    this.#active = i;
    for (const [k, option] of this.#options().entries())
      option.setAttribute("aria-selected", String(k === i));
    const active = this.#options()[i];
    if (active) this.#input.setAttribute("aria-activedescendant", active.id);
    else this.#input.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || this.#list.hidden) return;
    const options = this.#options();
    const active = options[this.#active];
    if (event.key === "ArrowDown") this.#mark((this.#active + 1) % options.length);
    else if (event.key === "ArrowUp") this.#mark(this.#active < 0 ? options.length - 1 : this.#active - 1);
    else if (event.key === "Enter" && active) this.#choose(active);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(option: HTMLElement): void {
    this.#close();
    if (this.#opens) {
      location.href = option.dataset["href"] ?? "";
      return;
    }
    this.#input.value = option.dataset["value"] ?? "";
    this.#input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
