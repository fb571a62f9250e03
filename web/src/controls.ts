// The choices and buttons around the picture.

import type { Desk } from "./desk.ts";
import { button, copy, element, tag } from "./dom.ts";
import { isWritable } from "./ids.ts";
import { partSentence } from "./part.ts";
import { N_MOST } from "./show.ts";
import type { Stage } from "./stage.ts";
import { inARow, t } from "./text.ts";
import type { Colour, Layout, Stressed, View } from "./view.ts";

const ZOOM = 1.5;
/** Drawing more than this asks first. */
const N_LARGE = 5000;

/** What buttons do beyond changing the view. */
export interface Deeds {
  undo: () => void;
  redo: () => void;
  arrangeAnew: () => void;
  canUndo: () => boolean;
  canRedo: () => boolean;
}

export class Controls {
  readonly #desk: Desk;
  readonly #deeds: Deeds;

  constructor(desk: Desk, stage: Stage, deeds: Deeds) {
    this.#desk = desk;
    this.#deeds = deeds;
    const choice = <K extends keyof View>(
      id: string,
      key: K,
      read: (value: string) => View[K],
    ): void => {
      const select = element<HTMLSelectElement>(id);
      select.addEventListener("change", () => desk.change({ [key]: read(select.value) }));
    };
    choice("layout", "layout", (value) => value as Layout);
    choice("colour", "colour", (value) => value as Colour);
    choice("size", "size", (value) => value);
    choice("lines", "isByStrength", (value) => value === "strength");
    choice("stressed", "stressed", (value) => (value || null) as Stressed | null);
    const letters = element<HTMLInputElement>("letters");
    letters.addEventListener("change", () => desk.change({ hasLetters: letters.checked }));
    const click = (id: string, act: () => void): void => element(id).addEventListener("click", act);
    click("show-all", () => this.#showAll());
    click("zoom-in", () => stage.picture?.lens.zoom(1 / ZOOM));
    click("zoom-out", () => stage.picture?.lens.zoom(ZOOM));
    click("zoom-fit", () => stage.picture?.fit());
    click("arrange", deeds.arrangeAnew);
    click("undo", deeds.undo);
    click("redo", deeds.redo);
    click("show-hidden", () => desk.change({ hidden: [] }));
    click("copy-link", () => void this.#copyLink());
    for (const format of ["png", "svg", "pdf"] as const)
      click(`save-${format}`, () => void this.#save(format, stage));
  }

  /** Show what is chosen, and how much is shown of how much. */
  show(): void {
    const { view, network, whole } = this.#desk;
    element<HTMLSelectElement>("layout").value = view.layout;
    element<HTMLSelectElement>("colour").value = view.colour;
    element<HTMLSelectElement>("size").value = view.size;
    element<HTMLSelectElement>("lines").value = view.isByStrength ? "strength" : "alike";
    const stressed = element<HTMLSelectElement>("stressed");
    const sole = stressed.querySelector<HTMLOptionElement>('[value="sole"]');
    if (sole) sole.disabled = network.at(view.selected) < 0;
    stressed.value = view.stressed ?? "";
    element<HTMLInputElement>("letters").checked = view.hasLetters;
    element<HTMLButtonElement>("undo").disabled = !this.#deeds.canUndo();
    element<HTMLButtonElement>("redo").disabled = !this.#deeds.canRedo();
    element("hidden-ones").hidden = !view.hidden.some((id) => network.at(id) >= 0);
    const hidden = [t("map_hidden", { n: view.hidden.length })];
    if (!isWritable(view.hidden, whole)) hidden.push(t("map_hidden_not_kept"));
    element("hidden-count").textContent = inARow(hidden);
    this.#showCount();
  }

  #showCount(): void {
    const { shown, view } = this.#desk;
    const isCut = shown.nMatching > shown.actors.length;
    element("shown").textContent = shown.actors.length ? partSentence(this.#desk) : t("map_nobody");
    const all = element("show-all");
    const isNobody = !shown.actors.length;
    all.hidden = !isCut && !isNobody && !(view.isWhole && shown.nMatching > N_MOST);
    if (isNobody) all.textContent = t("map_reset_filters");
    else if (isCut) all.textContent = t("map_show_all", { n: shown.nMatching });
    else all.textContent = t("map_show_most", { n: N_MOST });
  }

  /** Show all or the main ones, very many only after a word of warning; nobody's way out. */
  #showAll(): void {
    const { shown, view } = this.#desk;
    if (!shown.actors.length) {
      element("reset-filters").click();
      return;
    }
    const warning = element("warning");
    const answer = (isWhole: boolean): void => {
      warning.replaceChildren();
      if (isWhole !== view.isWhole) this.#desk.change({ isWhole });
    };
    if (view.isWhole || shown.nMatching <= N_LARGE) {
      answer(!view.isWhole);
      return;
    }
    const n = shown.nMatching;
    const yes = button(t("map_large_yes", { n }), () => answer(true));
    const no = button(t("map_large_no"), () => answer(false));
    warning.replaceChildren(tag("span", t("map_large", { n, limit: N_LARGE })), yes, no);
    yes.focus();
  }

  async #copyLink(): Promise<void> {
    this.#desk.say(t((await copy(location.href)) ? "map_link_copied" : "map_not_copied"));
  }

  async #save(format: "png" | "svg" | "pdf", stage: Stage): Promise<void> {
    const { save } = await import("./takeaway.ts");
    if (stage.picture) await save(format, this.#desk, stage.picture);
  }
}
