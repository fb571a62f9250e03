// Finding and making elements.

export function element<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id}`);
  return found as E;
}

export function tag<K extends keyof HTMLElementTagNameMap>(
  kind: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(kind);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function button(text: string, onClick: () => void, className = ""): HTMLButtonElement {
  const made = tag("button", text, className);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

export function option(value: string, text: string): HTMLOptionElement {
  const made = tag("option", text);
  made.value = value;
  return made;
}

/** Fill an element anew; whoever was in it by keyboard comes back to the same place, if it is there. */
export function refill(holder: Element, content: readonly (Node | string)[]): void {
  const active = document.activeElement;
  const key = active && holder.contains(active) ? keyOf(active) : null;
  holder.replaceChildren(...content);
  if (key === null) return;
  for (const one of holder.querySelectorAll<HTMLElement>("button, a, input"))
    if (keyOf(one) === key) {
      one.focus();
      return;
    }
}

function keyOf(one: Element): string {
  const { pick, open, sort } = (one as HTMLElement).dataset;
  return (
    [pick, open, sort]
      .map((part) => part ?? "")
      .join(" ")
      .trim() ||
    (one.textContent ?? "")
  );
}

/** Put a text where it can be pasted from; return whether the browser let it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Hand a file to the browser. */
export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
