// What every page does: search by “/”, theme without a reload, the database's health, dropped files.

import { isEnglish, t } from "./text.ts";
import type { Health } from "./wire.ts";
import { watchJob } from "./working.ts";

const POLL_MS = 5000;
const WAITING_POLL_MS = 1000;
const BACK_SHOWN_MS = 4000;
const THEMES = ["auto", "dark", "light"] as const;
const YEAR_S = 365 * 24 * 3600;

document.documentElement.classList.add("has-script");
forgetSwitches();
focusSearchBySlash();
switchTheme();
acceptDroppedFiles();
watchHealth();
offerNames();
watchFiles();
watchJob();
saveWhatIsSeen();
enhanceTables();
letKeysScroll();
showWherePageIs();

/** On a phone the pages stand in one row that scrolls: bring the present one into sight. */
function showWherePageIs(): void {
  document.querySelector(".pages a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

/** The language and theme asked for are remembered by now; the address need not repeat them. */
function forgetSwitches(): void {
  const url = new URL(location.href);
  url.searchParams.delete("lang");
  url.searchParams.delete("theme");
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

/** What takes files is fetched once somebody asks for one that can take a while. */
function watchFiles(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-file]"))
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void import("./files.ts").then((files) => files.takeLinked(link));
    });
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-file]"))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void import("./files.ts").then((files) => files.takeAnswer(form, event.submitter));
    });
}

/** What offers names is fetched once somebody comes to a field that asks for one. */
function offerNames(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]"))
    input.addEventListener(
      "focus",
      () => void import("./suggest.ts").then((suggest) => suggest.offerNames(input)),
      { once: true },
    );
}

/** What sorts and copies tables is fetched only where there is one. */
function enhanceTables(): void {
  if (!document.querySelector("table.sortable")) return;
  void import("./tables.ts").then(({ enhance }) => enhance(document));
}

/** What can be scrolled sideways can be reached by the keyboard, and says what it is. */
function letKeysScroll(): void {
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) mark(target as HTMLElement);
  });
  for (const scroller of document.querySelectorAll<HTMLElement>(".scroll")) watcher.observe(scroller);

  function mark(scroller: HTMLElement): void {
    if (scroller.scrollWidth <= scroller.clientWidth) {
      scroller.removeAttribute("tabindex");
      return;
    }
    const heading = scroller.closest("section, details, main")?.querySelector("h1, h2, h3, summary");
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "group");
    scroller.setAttribute("aria-label", heading?.textContent?.trim() ?? document.title);
  }
}

function focusSearchBySlash(): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const isTyping = target.matches("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.getElementById("search")?.focus();
  });
}

/** The address of a page may have moved on since it came from the server. */
function saveWhatIsSeen(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-here]"))
    input.form?.addEventListener("submit", () => {
      input.value = location.pathname + location.search;
    });
}

function switchTheme(): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-switch="theme"]');
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    const now = link.dataset["themeNow"] ?? "auto";
    const next = THEMES[(THEMES.findIndex((theme) => theme === now) + 1) % THEMES.length] ?? "auto";
    const root = document.documentElement;
    if (next === "auto") delete root.dataset["theme"];
    else root.dataset["theme"] = next;
    document.cookie = `theme=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
    link.dataset["themeNow"] = next;
    link.textContent = t(`theme_${next}`);
    document.dispatchEvent(new CustomEvent("wushe:theme"));
  });
}

function acceptDroppedFiles(): void {
  const form = document.getElementById("upload");
  const input = document.getElementById("files");
  if (!form || !(input instanceof HTMLInputElement)) return;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    showNames();
  });
  input.addEventListener("change", showNames);
  showNames();

  function showNames(): void {
    const names = [...((input as HTMLInputElement).files ?? [])].map((file) => file.name);
    const output = document.getElementById("file-names");
    if (output) output.textContent = names.join(t("list_separator"));
  }
}

function watchHealth(): void {
  const waiting = document.getElementById("waiting");
  const banner = document.getElementById("health");
  let wasDown = false;

  async function look(): Promise<void> {
    if (!document.hidden) {
      const health = await ask();
      if (waiting) showWaiting(health);
      else if (banner) showBanner(banner, health);
    }
    setTimeout(() => void look(), waiting || wasDown ? WAITING_POLL_MS : POLL_MS);
  }

  function showWaiting(health: Health | null): void {
    if (health?.status === "ready") {
      location.reload();
      return;
    }
    const message = document.getElementById("waiting-message");
    const progress = document.getElementById("waiting-progress");
    if (message) message.textContent = health ? said(health) : t("health_unreachable");
    if (progress instanceof HTMLProgressElement && health) {
      if (health.progress === null) progress.removeAttribute("value");
      else progress.value = health.progress;
    }
  }

  function showBanner(element: HTMLElement, health: Health | null): void {
    const isDown = health?.status !== "ready";
    if (isDown) {
      element.hidden = false;
      element.textContent = t(`health_${health?.status ?? "unreachable"}`);
    } else if (wasDown) {
      element.textContent = t("health_back");
      setTimeout(() => (element.hidden = true), BACK_SHOWN_MS);
    }
    wasDown = isDown;
  }

  setTimeout(() => void look(), waiting ? WAITING_POLL_MS : POLL_MS);
}

function said(health: Health): string {
  return isEnglish() ? health.message.en : health.message.zh;
}

async function ask(): Promise<Health | null> {
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    return (await answer.json()) as Health;
  } catch {
    return null;
  }
}
