// Asks the server: the network on a day, its measures, paths and names. Each answer is kept.

import type { Values } from "./look.ts";
import { Network, type Vocabulary } from "./network.ts";
import type { MeasureColumns, PartnerTie, PathsPage } from "./wire.ts";
import type { Workshop } from "./workshop.ts";

const N_PATHS = 3;
const N_PARTNERS = 40;

export class Source {
  readonly #api: string;
  readonly #words: Vocabulary;
  readonly #workshop: Workshop;
  readonly #kept = new Map<string, Promise<unknown>>();

  /** `api` is where the server answers: a page that is shared asks elsewhere. */
  constructor(api: string, words: Vocabulary, workshop: Workshop) {
    this.#api = api;
    this.#words = words;
    this.#workshop = workshop;
  }

  /** Return the network at the end of a year; null for everything on record. */
  network(year: number | null): Promise<Network> {
    return this.#once(`network ${year}`, async () => {
      const answer = await this.#answer("network/columns", dated({}, year));
      return new Network(await this.#workshop.read(await answer.arrayBuffer()), this.#words);
    });
  }

  /** Return a measure of each actor, NaN where it is undefined. */
  values(measure: string, year: number | null): Promise<Values> {
    return this.#once(`measure ${measure} ${year}`, async () => {
      const answer = await this.#ask<MeasureColumns>(
        "network/measures",
        dated({ measures: measure }, year),
      );
      return Float64Array.from(answer.measures[measure] ?? [], (value) => value ?? NaN);
    });
  }

  partners(id: string, year: number | null): Promise<{ items: PartnerTie[]; total: number }> {
    return this.#once(`partners ${id} ${year}`, () =>
      this.#ask("network/partners", dated({ of: id, limit: String(N_PARTNERS) }, year)),
    );
  }

  paths(from: string, to: string, year: number | null): Promise<PathsPage> {
    return this.#once(`paths ${from} ${to} ${year}`, () =>
      this.#ask("paths", dated({ from, to, limit: String(N_PATHS) }, year)),
    );
  }

  /** Return whom the server finds, which knows aliases and pinyin as well. */
  async spelled(words: string): Promise<string[]> {
    try {
      const answer = await this.#ask<{ items?: Hit[] } | Hit[]>("search", { q: words });
      return (Array.isArray(answer) ? answer : (answer.items ?? [])).map((hit) => hit.actor.id);
    } catch {
      return [];
    }
  }

  async #ask<T>(resource: string, parameters: Record<string, string>): Promise<T> {
    return (await (await this.#answer(resource, parameters)).json()) as T;
  }

  async #answer(resource: string, parameters: Record<string, string>): Promise<Response> {
    const query = new URLSearchParams(parameters).toString();
    const answer = await fetch(`${this.#api}${resource}${query ? `?${query}` : ""}`);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }

  #once<T>(key: string, get: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key) as Promise<T> | undefined;
    if (kept) return kept;
    const asked = get();
    this.#kept.set(key, asked);
    asked.catch(() => this.#kept.delete(key));
    return asked;
  }
}

interface Hit {
  actor: { id: string };
}

function dated(parameters: Record<string, string>, year: number | null): Record<string, string> {
  return year === null ? parameters : { ...parameters, as_of: `${year}-12-31` };
}
