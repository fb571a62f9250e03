// The query page: run it by keys, copy its link. Without scripts it is a form and a field.

const SAID_MS = 4000;

runByKeys();
copyLink();

function runByKeys(): void {
  const form = document.getElementById("ask");
  const statement = document.getElementById("cypher");
  if (!(form instanceof HTMLFormElement)) return;
  for (const hint of form.querySelectorAll<HTMLElement>(".by-keys")) hint.hidden = false;
  statement?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

function copyLink(): void {
  const link = document.getElementById("link");
  const copy = document.getElementById("copy");
  const copied = document.getElementById("copied");
  if (!(link instanceof HTMLInputElement) || !copy || !copied || !navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", () => {
    navigator.clipboard.writeText(link.value).then(
      () => {
        copied.textContent = copied.dataset["said"] ?? "";
        setTimeout(() => (copied.textContent = ""), SAID_MS);
      },
      () => link.select(),
    );
  });
}
