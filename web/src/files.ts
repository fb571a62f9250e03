// Files that take a while: how far they are, a way to stop them, and what went wrong, on the page.
// Without scripts they are links and forms, and the browser waits.

import { button, download, tag } from "./dom.ts";
import { isEnglish, t } from "./text.ts";
import type { Job } from "./working.ts";

const QUIET_MS = 500;
const PREFER = { Prefer: "respond-async, wait=1" };

interface Problem {
  detail?: string;
  message?: { zh: string; en: string };
}

/** Fetch what a link with `data-file` leads to. */
export async function takeLinked(link: HTMLAnchorElement): Promise<void> {
  await take(link, (signal) => fetch(link.href, { headers: PREFER, signal }));
}

/** Fetch what a form with `data-file` answers to one of its buttons. */
export async function takeAnswer(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  const body = new FormData(form, by);
  await take(form, (signal) => fetch(form.action, { method: "POST", body, signal }));
}

async function take(
  origin: HTMLElement,
  ask: (signal: AbortSignal) => Promise<Response>,
): Promise<void> {
  if (origin.dataset["busy"]) return;
  origin.dataset["busy"] = "true";
  const stop = new AbortController();
  const line = new Line(origin, () => stop.abort());
  try {
    let answer = await ask(stop.signal);
    const job = answer.status === 202 ? answer.headers.get("Location") : null;
    if (job) answer = await result(job, line, stop.signal);
    if (!answer.ok) throw new Error(await sentenceIn(answer));
    download(await answer.blob(), nameIn(answer));
    line.end();
  } catch (error) {
    if (stop.signal.aborted) line.end(t("file_stopped"));
    else line.end(t("file_failed", { why: (error as Error).message }), "alert");
  } finally {
    delete origin.dataset["busy"];
  }
}

/** Follow a job to its end, and return its answer; stopping stops the job too. */
async function result(job: string, line: Line, signal: AbortSignal): Promise<Response> {
  const events = new EventSource(`${job}/events`);
  const halt = (): void => void fetch(job, { method: "DELETE" });
  signal.addEventListener("abort", halt);
  try {
    await new Promise<void>((done, failed) => {
      signal.addEventListener("abort", () => failed(new Error("stopped")));
      events.addEventListener("message", (event: MessageEvent<string>) => {
        const now = JSON.parse(event.data) as Job;
        line.show(now);
        if (now.state !== "running") done();
      });
      events.addEventListener("error", () => failed(new Error(t("health_unreachable"))));
    });
    return await fetch(`${job}/result`, { signal });
  } finally {
    events.close();
    signal.removeEventListener("abort", halt);
  }
}

/** What an answer says went wrong, be it a problem of the API or a page of an error. */
async function sentenceIn(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.querySelector("h1")?.textContent?.trim() ?? String(answer.status);
  }
  const problem = JSON.parse(text) as Problem;
  return problem.message?.[isEnglish() ? "en" : "zh"] ?? problem.detail ?? String(answer.status);
}

/** The name that a file comes with. */
function nameIn(answer: Pick<Response, "headers">): string {
  const given = answer.headers.get("Content-Disposition") ?? "";
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(given)?.[1];
  return coded ? decodeURIComponent(coded) : (/filename="([^"]*)"/i.exec(given)?.[1] ?? "wushe");
}

/** What stands below a link or form while its file is on its way. */
class Line {
  readonly #line = tag("p", "", "fetching");
  readonly #said = tag("span", t("file_preparing"));
  readonly #progress = tag("progress");
  #waiting: number;

  constructor(origin: HTMLElement, onStop: () => void) {
    const place = origin.closest(".actions, li, p") ?? origin;
    const before = place.nextElementSibling;
    if (before?.classList.contains("fetching")) before.remove();
    this.#line.setAttribute("role", "status");
    this.#progress.setAttribute("aria-label", t("file_preparing"));
    this.#line.append(this.#progress, this.#said, button(t("file_stop"), onStop));
    this.#line.hidden = true;
    place.after(this.#line);
    this.#waiting = window.setTimeout(() => (this.#line.hidden = false), QUIET_MS);
  }

  show(job: Job): void {
    if (job.doing) this.#said.textContent = isEnglish() ? job.doing.en : job.doing.zh;
    if (job.share === null) this.#progress.removeAttribute("value");
    else this.#progress.value = job.share;
  }

  /** Leave a sentence behind, or nothing. */
  end(sentence = "", role = "status"): void {
    clearTimeout(this.#waiting);
    if (!sentence) return this.#line.remove();
    this.#line.setAttribute("role", role);
    this.#line.replaceChildren(sentence);
    this.#line.hidden = false;
  }
}
