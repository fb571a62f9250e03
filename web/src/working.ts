// A page that is on its way: shows how far it is, and loads it when it is there.

import { isEnglish } from "./text.ts";

export interface Job {
  state: "running" | "done" | "failed" | "cancelled";
  doing: { zh: string; en: string } | null;
  n_done: number | null;
  n_total: number | null;
  share: number | null;
}

const AGAIN_MS = 1000;

export function watchJob(): void {
  const box = document.getElementById("working");
  const id = box?.dataset["job"];
  if (!box || !id) return;
  const load = (): void => location.replace(box.dataset["address"] ?? location.href);
  const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/events`);
  source.addEventListener("message", (event: MessageEvent<string>) => {
    const job = JSON.parse(event.data) as Job;
    show(job);
    if (job.state === "running") return;
    source.close();
    load();
  });
  source.addEventListener("error", () => {
    source.close();
    setTimeout(load, AGAIN_MS);
  });
}

function show(job: Job): void {
  const message = document.getElementById("working-message");
  const progress = document.getElementById("working-progress");
  const count = document.getElementById("working-count");
  if (message && job.doing) message.textContent = isEnglish() ? job.doing.en : job.doing.zh;
  if (count) count.textContent = job.n_total ? `${job.n_done} / ${job.n_total}` : "";
  if (!(progress instanceof HTMLProgressElement)) return;
  if (job.share === null) progress.removeAttribute("value");
  else progress.value = job.share;
}
