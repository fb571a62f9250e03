import assert from "node:assert/strict";
import { test } from "node:test";

import { byArea, fitted } from "../../web/src/areas.ts";
import { arranged } from "../../web/src/arranged.ts";
import { byColumn } from "../../web/src/columns.ts";
import { rowsOf, textAt, textsOf } from "../../web/src/compact.ts";
import { countFacets } from "../../web/src/counts.ts";
import { arrange, fraction, N_CORE, seedsOf, type Job } from "../../web/src/force.ts";
import { History } from "../../web/src/history.ts";
import { digest, isWritable, packed, unpacked, type Everyone } from "../../web/src/ids.ts";
import { isInside } from "../../web/src/lasso.ts";
import { sampleValues } from "../../web/src/legend.ts";
import { lineOf, linesOf } from "../../web/src/lines.ts";
import { circlesOf, lookOf, N_CIRCLES, sizeOf, type Words } from "../../web/src/look.ts";
import { placeNames } from "../../web/src/names.ts";
import { isWithin, Network } from "../../web/src/network.ts";
import { cornersOf } from "../../web/src/outlines.ts";
import { SvgPen } from "../../web/src/pen.ts";
import { around } from "../../web/src/rings.ts";
import { hiddenPartners, N_MOST, show } from "../../web/src/show.ts";
import { bridgesShown, solePairs, stressOf } from "../../web/src/stress.ts";
import { quoted } from "../../web/src/table.ts";
import { wrapped } from "../../web/src/takeaway.ts";
import { fill, grouped } from "../../web/src/text.ts";
import { PLAIN, readView, resolved, writeView, type View } from "../../web/src/view.ts";

// The page that the modules read: a Chinese one, whose texts are their keys.
Object.assign(globalThis, {
  document: { documentElement: { lang: "zh-CN" }, getElementById: () => ({ textContent: "{}" }) },
});

const KINDS = ["Community", "Enterprise", "VolunteerTeam"];
const words: Words = {
  sectors: { community: "社区", enterprise: "企业", volunteer: "志愿者" },
  sector_order: ["community", "enterprise", "volunteer"],
  shapes: { community: "circle", enterprise: "pentagon", volunteer: "hexagon" },
  colours: { community: "#6a7ee0", enterprise: "#a8861d", volunteer: "#3f9e6c" },
  kinds: { Community: "社区", Enterprise: "企业", VolunteerTeam: "志愿服务队" },
  sector_of: { Community: "community", Enterprise: "enterprise", VolunteerTeam: "volunteer" },
  columns: { community: "社区", volunteer: "志愿者" },
  column_order: ["community", "volunteer"],
  column_of: { Community: "community", Enterprise: null, VolunteerTeam: "volunteer" },
  relations: { FUNDS: "资助", SERVES: "服务" },
  lines: [
    { label: "出钱", relations: ["FUNDS"], dash: [8, 3] },
    { label: "服务", relations: ["SERVES"], dash: [] },
  ],
  measures: { degree: "直接伙伴" },
};

interface Drawn {
  id: string;
  kind?: number;
  area?: number;
}

const AREAS = ["市", "市/东区", "市/东区/甲街道", "市/西区"];

function networkOf(actors: Drawn[], ties: [number, number, number?, number?][], bridges: number[] = []): Network {
  const columns = {
    kinds: KINDS,
    relations: ["FUNDS", "SERVES"],
    areas: AREAS,
    actors: {
      id: actors.map((one) => one.id),
      name: actors.map((one) => `主体${one.id}`),
      name_en: actors.map((one) => `Actor ${one.id}`),
      kind: actors.map((one) => one.kind ?? 0),
      area: actors.map((one) => one.area ?? -1),
      members: actors.map(() => null),
    },
    groups: [],
    at_least: [],
    ties: {
      source: ties.map(([a]) => a),
      target: ties.map(([, b]) => b),
      weight: ties.map(([, , , weight]) => weight ?? 1),
      relation: ties.map(([, , relation]) => relation ?? 1),
    },
    bridges,
    years: [2010, 2020] as [number, number],
    n_undated: 0,
    n_stored_ties: ties.length,
    total: actors.length,
    snapshot: { version: "v" },
  };
  return Network.of(columns, words);
}

/** A community with two partners, and a volunteer team apart. */
const small = networkOf(
  [{ id: "a" }, { id: "b", kind: 1, area: 2 }, { id: "c", kind: 1, area: 3 }, { id: "d", kind: 2 }],
  [[0, 1], [0, 2, 2]],
  [0, 1],
);
const ids = (network: Network, actors: Iterable<number>): string[] => [...actors].map((i) => network.id(i));

function view(changes: Partial<View> = {}): View {
  return { ...PLAIN, ...changes };
}

/** Numbers that look random and are the same each time (Park & Miller 1988). */
function randomly(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function randomNetwork(n: number, m: number, seed: number): Network {
  const next = randomly(seed);
  const pairs = new Map<string, [number, number, number]>();
  while (pairs.size < m) {
    const [a, b] = [Math.floor(next() * n), Math.floor(next() * n)].sort((x, y) => x - y) as [number, number];
    if (a !== b) pairs.set(`${a} ${b}`, [a, b, 1 + Math.floor(next() * 3)]);
  }
  const actors = Array.from({ length: n }, (_, i) => ({ id: `n${i}`, kind: i % 3, area: (i % 5) - 1 }));
  return networkOf(actors, [...pairs.values()]);
}

function jobOf(network: Network, known: Float32Array | null = null): Job {
  const { n, source, target, order } = network;
  return { n, source, target, order, seeds: seedsOf(network.ids), known, proportion: 1.4 };
}

test("a text is filled and counted as the server does it", () => {
  assert.equal(fill("{n} {n|tie|ties} of {who}", { n: 1, who: "x" }), "1 tie of x");
  assert.equal(fill("{n} {n|tie|ties}", { n: 1234 }), "1,234 ties");
  assert.equal(fill("{n|tie|ties}", { n: 0 }), "ties");
  assert.deepEqual([0, 12345, 0.12345, 2.5, 1234.5].map(grouped), [
    "0", "12,345", "0.123", "2.5", "1,235",
  ]);
});

test("a view survives the address, whatever is in it", () => {
  assert.equal(writeView(PLAIN), "");
  const full = view({
    sectors: new Set(["community", "enterprise"]),
    kinds: new Set(["Enterprise"]),
    relations: new Set(["FUNDS"]),
    circles: new Set(["3"]),
    area: "市/东 区/甲,街道",
    year: 2018,
    find: "和众 & 泽益",
    isWhole: true,
    layout: "rings",
    colour: "circle",
    size: "hub_score",
    isByStrength: false,
    hasLetters: true,
    selected: "a/b",
    to: "c:d",
    stressed: "sole",
    picked: ["x,y", "z:1", "w*2", "%41"],
    hidden: ["h"],
    pinned: new Map([["p:q,r", [12, -340]], ["s", [0, 7]]]),
    expanded: [{ id: "e*f", n: 20 }, { id: "g", n: null }],
    camera: { x: 0.123, y: -1.5, ratio: 0.02 },
  });
  assert.deepEqual(readView(writeView(full)), full);
  assert.deepEqual([...(readView("?sector=").sectors ?? ["all"])], []);
});

/** So many actors, as an address knows them. */
function everyoneOf(n: number, version = "0123456789abcdef"): Everyone & { ids: string[] } {
  const ids = Array.from({ length: n }, (_, i) => `actor-with-a-long-id-${i}`);
  const places = new Map(ids.map((id, i) => [id, i]));
  return { ids, n, version, id: (i) => ids[i] ?? "", at: (id) => places.get(id) ?? -1 };
}

test("long lists are written short and come back as they were, also after the data have changed", () => {
  const everyone = everyoneOf(3000);
  const some = everyone.ids.filter((_, i) => i % 7 === 0);
  const pinned = new Map(some.slice(0, 50).map((id, i) => [id, [i, 1 - i] as const]));
  const address = writeView(view({ picked: some, pinned }), everyone);
  assert.ok(address.length < 5500, String(address.length));
  const later = everyoneOf(3100, "another");
  const { view: back, nLost } = resolved(readView(address), later);
  assert.equal(nLost, 0);
  assert.deepEqual(back.picked, some);
  assert.deepEqual([...back.pinned], [...pinned]);
});

test("digests tell a hundred thousand apart", () => {
  const { ids } = everyoneOf(100_000);
  assert.equal(new Set(ids.map(digest)).size, ids.length);
});

test("very many are written by position, and said to be lost once the data have changed", () => {
  const everyone = everyoneOf(20_000);
  const next = randomly(5);
  const hidden = everyone.ids.filter(() => next() < 0.4);
  const address = writeView(view({ hidden: [...hidden, "of-another-year"] }), everyone);
  assert.ok(address.length < 3600, String(address.length));
  const other = { n: 1, version: "", id: () => "of-another-year", at: (id: string) => (id === "of-another-year" ? 0 : -1) };
  const { view: back, nLost } = resolved(readView(address), everyone, other);
  assert.deepEqual(new Set(back.hidden), new Set([...hidden, "of-another-year"]));
  assert.equal(nLost, 0);
  const later = resolved(readView(address), everyoneOf(20_000, "another"));
  assert.deepEqual([later.view.hidden, later.nLost], [[], hidden.length]);
});

test("a list that no address can hold is left out, and that can be asked", () => {
  const everyone = everyoneOf(100_000);
  const next = randomly(7);
  const hidden = everyone.ids.filter(() => next() < 0.4);
  assert.equal(isWritable(hidden, everyone), false);
  assert.equal(writeView(view({ hidden }), everyone), "");
  assert.equal(isWritable(hidden.slice(0, 5000), everyone), true);
});

test("packed numbers come back, and take about their entropy, or a bit each", () => {
  const next = randomly(11);
  for (const [n, share] of [[1, 1], [70, 0.5], [1000, 1], [20_000, 0.01], [20_000, 0.5], [20_000, 0.95]] as const) {
    const numbers = Uint32Array.from({ length: n }, (_, i) => i).filter(() => next() < share);
    const text = packed(numbers);
    assert.deepEqual(unpacked(text), [...numbers]);
    const entropy = share === 1 ? 0 : -share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
    assert.ok(6 * text.length < 1.1 * Math.max(entropy * n, numbers.length) + 40, `${n} ${share}`);
  }
  assert.deepEqual(unpacked(packed(Uint32Array.of(4_000_000_000))), [4_000_000_000]);
});

test("who is not there any more is left out of a view", () => {
  const old = view({ selected: "gone", to: "a", picked: ["a", "gone"], hidden: ["gone"], expanded: [{ id: "gone", n: null }] });
  const two = networkOf([{ id: "a" }, { id: "b" }], []);
  const { view: now } = resolved(old, two);
  assert.deepEqual([now.selected, now.to, now.picked, now.hidden, now.expanded], [null, null, ["a"], [], []]);
});

test("steps are undone and redone, and a new one ends what could be redone", () => {
  const history = new History();
  const [one, two, three] = [view(), view({ find: "x" }), view({ find: "y" })];
  history.note(one, { ...one, camera: { x: 1, y: 1, ratio: 1 } });
  assert.equal(history.canUndo, false);
  history.note(one, two);
  history.note(two, three);
  assert.equal(history.undo(three), two);
  assert.equal(history.undo(two), one);
  assert.equal(history.undo(one), null);
  assert.equal(history.redo(one), two);
  history.note(two, view({ find: "z" }));
  assert.equal(history.canRedo, false);
});

test("rows hold each tie twice, beside its partner", () => {
  const network = randomNetwork(60, 150, 7);
  const seen = new Map<number, number>();
  for (let i = 0; i < network.n; i++) {
    const ties = network.ties(i);
    network.partners(i).forEach((j, k) => {
      const t = ties[k] ?? -1;
      assert.deepEqual(new Set([network.source[t], network.target[t]]), new Set([i, j]));
      seen.set(t, (seen.get(t) ?? 0) + 1);
      assert.equal(network.tieBetween(i, j), t);
    });
    assert.equal(network.partners(i).length, network.degree[i]);
  }
  assert.ok([...seen.values()].every((n) => n === 2));
  assert.equal(seen.size, network.m);
  assert.equal(small.tieBetween(1, 2), -1);
  assert.deepEqual(rowsOf(0, new Uint32Array(), new Uint32Array()).start, new Uint32Array(1));
});

test("texts lie one after another, and an id is found whatever the order", () => {
  const texts = textsOf(["", "ab", "社区", "", "c"]);
  assert.deepEqual([0, 1, 2, 3, 4].map((k) => textAt(texts, k)), ["", "ab", "社区", "", "c"]);
  for (const list of [["a", "b", "ba", "社"], ["b", "社", "a", "ba"], []]) {
    const network = networkOf(list.map((id) => ({ id })), []);
    list.forEach((id, i) => assert.equal(network.at(id), i));
    for (const id of ["", "aa", "c", "社区", null]) assert.equal(network.at(id), -1);
  }
});

test("the most tied come first, of equals the first", () => {
  const network = randomNetwork(200, 500, 3);
  const expected = Array.from({ length: 200 }, (_, i) => i).sort(
    (a, b) => (network.degree[b] ?? 0) - (network.degree[a] ?? 0) || a - b,
  );
  assert.deepEqual([...network.order], expected);
});

test("whoever was placed is kept as a text, and placed there again", () => {
  const { ids, source, target, order } = randomNetwork(30, 60, 41);
  const request = { ids, source, target, order, kept: "", proportion: 1.4 };
  const first = arranged(request, () => undefined);
  const again = arranged({ ...request, kept: first.kept }, () => assert.fail("nothing was to be done"));
  assert.deepEqual(again, first);
  const fewer = textsOf(["n3", "new"]);
  const pair = { ids: fewer, source: Uint32Array.of(0), target: Uint32Array.of(1), order: Uint32Array.of(0, 1) };
  const later = arranged({ ...request, ...pair, kept: first.kept }, () => undefined);
  assert.deepEqual(later.places.slice(0, 2), first.places.slice(6, 8));
  assert.ok(later.kept.startsWith(first.kept.split("\n\n")[0] ?? ""));
});

test("filters cut actors by sector, kind and area, and ties by relation", () => {
  assert.equal(show(small, PLAIN, null).actors.length, 4);
  const sectors = show(small, view({ sectors: new Set(["enterprise"]) }), null);
  assert.deepEqual([ids(small, sectors.actors), sectors.ties.length], [["b", "c"], 0]);
  const relations = show(small, view({ relations: new Set(["SERVES"]) }), null);
  assert.deepEqual(ids(small, relations.actors), ["a", "c"]);
  assert.deepEqual(ids(small, show(small, view({ area: "市/东区" }), null).actors), ["b"]);
  assert.deepEqual(ids(small, show(small, view({ kinds: new Set(["VolunteerTeam"]) }), null).actors), ["d"]);
  assert.deepEqual(ids(small, show(small, view({ hidden: ["a"] }), null).actors), ["b", "c", "d"]);
  assert.equal(show(small, view({ sectors: new Set() }), null).actors.length, 0);
  const circles = Uint8Array.from([0, 0, 1, 9]);
  assert.deepEqual(ids(small, show(small, view({ circles: new Set(["0"]) }), circles).actors), ["a", "b"]);
  assert.equal(isWithin("市/东区二", "市/东区"), false);
});

test("a large network first shows its main actors, and whoever is named", () => {
  const network = randomNetwork(N_MOST + 200, 900, 3);
  const first = show(network, PLAIN, null);
  assert.deepEqual([first.actors.length, first.nMatching], [N_MOST, N_MOST + 200]);
  const least = network.order[network.n - 1] ?? 0;
  const degrees = [...first.actors].map((i) => network.degree[i] ?? 0);
  assert.ok(degrees.every((degree, k) => !k || degree <= (degrees[k - 1] ?? 0)));
  assert.ok(!first.isShown[least]);
  assert.ok(show(network, view({ selected: network.id(least) }), null).isShown[least]);
  assert.ok(show(network, view({ picked: [network.id(least)] }), null).isShown[least]);
  assert.ok(show(network, PLAIN, null, [least]).isShown[least]);
  assert.equal(show(network, view({ isWhole: true }), null).actors.length, network.n);
});

test("of a dense first view the strongest ties of each are drawn, and all once all are wanted", () => {
  const next = randomly(37);
  const pairs = new Map<string, [number, number, number, number]>();
  while (pairs.size < 4000) {
    const [a, b] = [Math.floor(next() * 200), Math.floor(next() * 200)].sort((x, y) => x - y) as [number, number];
    if (a !== b) pairs.set(`${a} ${b}`, [a, b, 1, 1 + Math.floor(next() * 5)]);
  }
  const network = networkOf(Array.from({ length: 200 }, (_, i) => ({ id: `n${i}` })), [...pairs.values()]);
  const { ties, drawn } = show(network, PLAIN, null);
  assert.deepEqual([ties.length, drawn.length < 600], [4000, true]);
  const isDrawn = new Set(drawn);
  for (let i = 0; i < network.n; i++) {
    const own = [...network.ties(i)].sort((s, t) => (network.weight[t] ?? 0) - (network.weight[s] ?? 0) || s - t);
    for (const t of own.slice(0, 3)) assert.ok(isDrawn.has(t));
  }
  assert.equal(show(network, view({ isWhole: true }), null).drawn.length, 4000);
  assert.deepEqual(show(small, PLAIN, null).drawn, show(small, PLAIN, null).ties);
});

test("partners are brought in step by step, the most connected first", () => {
  const n = N_MOST + 100;
  const star = Array.from({ length: n - 1 }, (_, i): [number, number] => [0, i + 1]);
  const network = networkOf(Array.from({ length: n }, (_, i) => ({ id: `n${i}` })), star);
  const before = show(network, PLAIN, null);
  const hidden = hiddenPartners(network, PLAIN, null, before, 0);
  assert.equal(hidden.length, 100);
  const some = view({ expanded: [{ id: "n0", n: 20 }] });
  assert.equal(show(network, some, null).actors.length, N_MOST + 20);
  const all = show(network, view({ expanded: [{ id: "n0", n: null }] }), null);
  assert.equal(all.actors.length, n);
});

test("rings hold who is at most two steps from the centre, at their distance", () => {
  const network = randomNetwork(80, 130, 11);
  const shown = show(network, view({ layout: "rings", selected: "n5" }), null);
  const steps = new Map([[5, 0]]);
  for (const step of [1, 2])
    for (const [i, own] of [...steps])
      if (own === step - 1) for (const j of network.partners(i)) if (!steps.has(j)) steps.set(j, step);
  assert.deepEqual([...shown.actors].sort((a, b) => a - b), [...steps.keys()].sort((a, b) => a - b));
  const { places } = around(network, shown.actors, shown.ties, 5, ["x", "y", "z"]);
  const far = (i: number): number => Math.hypot(places[2 * i] ?? 0, places[2 * i + 1] ?? 0);
  assert.equal(far(5), 0);
  const most = Math.max(...[...steps].filter(([, step]) => step === 1).map(([i]) => far(i)));
  for (const [i, step] of steps) if (step === 2) assert.ok(far(i) > most);
});

test("facet counts are what choosing that one alone would show", () => {
  const network = randomNetwork(120, 200, 5);
  const circles = Uint8Array.from({ length: 120 }, (_, i) => i % 4);
  const chosen = view({ kinds: new Set(["Community", "Enterprise"]), area: "市", hidden: ["n7"] });
  const counts = countFacets(network, chosen, circles);
  for (const kind of KINDS)
    assert.equal(counts.kinds.get(kind), show(network, view({ ...chosen, kinds: new Set([kind]) }), circles).nMatching);
  for (const sector of words.sector_order)
    assert.equal(counts.sectors.get(sector), show(network, view({ ...chosen, sectors: new Set([sector]) }), circles).nMatching);
  for (const area of AREAS)
    assert.equal(counts.areas.get(area), show(network, view({ ...chosen, area }), circles).nMatching);
  for (const circle of ["0", "1", "2", "3"])
    assert.equal(counts.circles.get(circle) ?? 0, show(network, view({ ...chosen, circles: new Set([circle]) }), circles).nMatching);
  for (const relation of network.relations)
    assert.equal(counts.relations.get(relation), show(network, view({ ...chosen, relations: new Set([relation]) }), circles).ties.length);
});

test("relations share a pattern by group, and have their own once few are ticked", () => {
  const both = networkOf([{ id: "a" }, { id: "b" }, { id: "c" }], [[0, 1, 1], [0, 2, 3]]);
  const grouped: Words = {
    ...words,
    lines: [{ label: "钱和事", relations: ["FUNDS", "SERVES"], dash: [8, 3] }],
  };
  assert.deepEqual(linesOf(both, PLAIN, grouped), [
    { label: "钱和事", relations: ["FUNDS", "SERVES"], bits: 3, dash: [8, 3] },
  ]);
  assert.deepEqual(linesOf(both, view({ relations: new Set(["SERVES"]) }), grouped), [
    { label: "服务", relations: ["SERVES"], bits: 2, dash: [8, 3] },
  ]);
  const single = linesOf(both, PLAIN, words);
  assert.deepEqual(single.map(({ relations, dash }) => [...relations, ...dash]), [["FUNDS"], ["SERVES", 8, 3]]);
  // A tie of both kinds has the line of the first; one of neither, too.
  assert.deepEqual([1, 2, 3, 0].map((bits) => lineOf(single, bits)), [0, 1, 0, 0]);
});

test("pairs that meet only at one actor are those that a plain search finds", () => {
  for (const seed of [1, 2, 3]) {
    const network = randomNetwork(40, 90, seed);
    const isTied = (a: number, b: number): boolean => network.partners(a).includes(b);
    for (let i = 0; i < network.n; i++) {
      const expected: string[] = [];
      for (let a = 0; a < network.n; a++)
        for (let b = a + 1; b < network.n; b++) {
          if (a === i || b === i || !isTied(i, a) || !isTied(i, b) || isTied(a, b)) continue;
          const others = [...network.partners(a)].filter((j) => j !== i && isTied(j, b));
          if (!others.length) expected.push(`${a} ${b}`);
        }
      assert.deepEqual(solePairs(network, i).map(([a, b]) => `${a} ${b}`), expected);
    }
  }
});

test("what is stressed: pointed at, path, links, selected, group, found, in that order", () => {
  const shown = show(small, PLAIN, null);
  const nothing = { hovered: -1, found: new Set<number>(), path: null };
  const of = (changes: Partial<View>, asked = {}): string[] | null => {
    const stress = stressOf(small, shown, view(changes), { ...nothing, ...asked });
    return stress && ids(small, stress.actors);
  };
  assert.equal(of({}), null);
  assert.deepEqual(of({ selected: "b" }), ["b", "a"]);
  assert.deepEqual(of({ selected: "b" }, { hovered: 0 }), ["a", "b", "c"]);
  assert.deepEqual(of({ picked: ["c", "d"] }), ["c", "d"]);
  assert.deepEqual(of({}, { found: new Set([3]) }), ["d"]);
  assert.deepEqual(of({ selected: "b" }, { path: [1, 0, 2] }), ["b", "a", "c"]);
  assert.deepEqual(of({ stressed: "bridges" }), ["a", "b", "c"]);
  assert.deepEqual(of({ stressed: "bridges", selected: "c" }), ["a", "c"]);
  assert.deepEqual(stressOf(small, shown, view({ stressed: "sole", selected: "a" }), nothing)?.pairs, [[1, 2]]);
  assert.deepEqual(bridgesShown(small, shown, -1), [0, 1]);
});

test("the same network is arranged alike, with everyone apart and the untied below", () => {
  const places = arrange(jobOf(small));
  assert.deepEqual(arrange(jobOf(small)), places);
  const at = (i: number): [number, number] => [places[2 * i] ?? 0, places[2 * i + 1] ?? 0];
  for (let i = 0; i < 4; i++)
    for (let j = i + 1; j < 4; j++)
      assert.ok(Math.hypot(at(i)[0] - at(j)[0], at(i)[1] - at(j)[1]) > 40);
  assert.ok(at(3)[1] < Math.min(at(0)[1], at(1)[1], at(2)[1]));
  assert.equal(arrange(jobOf(networkOf([], []))).length, 0);
});

test("known actors stay where they were, new ones come beside their partners", () => {
  const places = arrange(jobOf(small));
  const grown = networkOf(
    [{ id: "a" }, { id: "b", kind: 1 }, { id: "c", kind: 1 }, { id: "d", kind: 2 }, { id: "e" }, { id: "f" }],
    [[0, 1], [0, 2], [0, 4]],
  );
  const known = new Float32Array(12).fill(NaN);
  known.set(places);
  const after = arrange(jobOf(grown, known));
  assert.deepEqual(after.slice(0, 8), places);
  const far = Math.hypot((after[8] ?? 0) - (after[0] ?? 0), (after[9] ?? 0) - (after[1] ?? 0));
  assert.ok(far > 0 && far < 300, String(far));
  assert.ok(!after.some(Number.isNaN));
});

test("of a large network the main actors are placed first and are not moved by the others", () => {
  const network = randomNetwork(N_CORE + 800, 6000, 13);
  let early: Float32Array | null = null;
  const shares: number[] = [];
  const places = arrange(jobOf(network), (share, first) => {
    shares.push(share);
    early ??= first;
  });
  const first = early as Float32Array | null;
  assert.ok(first);
  const core = network.order.slice(0, N_CORE);
  for (const i of core.filter((one) => !Number.isNaN(first[2 * one])))
    assert.deepEqual([places[2 * i], places[2 * i + 1]], [first[2 * i], first[2 * i + 1]]);
  assert.ok(core.filter((i) => !Number.isNaN(first[2 * i])).length > 0.9 * N_CORE);
  assert.ok(!places.some(Number.isNaN));
  assert.deepEqual([...shares].sort((a, b) => a - b), shares);
});

test("those who are tied stand nearer than those who are not", () => {
  const next = randomly(17);
  const ties: [number, number][] = [];
  // Four groups of a hundred with few ties between them.
  for (let k = 0; k < 1600; k++) {
    const group = Math.floor(next() * 4) * 100;
    ties.push([group + Math.floor(next() * 100), group + Math.floor(next() * 100)]);
  }
  for (let k = 0; k < 30; k++) ties.push([Math.floor(next() * 400), Math.floor(next() * 400)]);
  const network = networkOf(Array.from({ length: 400 }, (_, i) => ({ id: `n${i}` })), ties.filter(([a, b]) => a !== b));
  const places = arrange(jobOf(network));
  const far = (a: number, b: number): number =>
    Math.hypot((places[2 * a] ?? 0) - (places[2 * b] ?? 0), (places[2 * a + 1] ?? 0) - (places[2 * b + 1] ?? 0));
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const tied = mean(ties.map(([a, b]) => far(a, b)));
  const any = mean(Array.from({ length: 4000 }, () => far(Math.floor(next() * 400), Math.floor(next() * 400))));
  assert.ok(tied < 0.7 * any, `${tied} ${any}`);
});

test("columns follow the five, then the others, each without overlaps", () => {
  const network = randomNetwork(90, 100, 19);
  const { places, signs } = byColumn(network, network.order, words, 1.4);
  const columnOf = (i: number): number => ({ community: 0, volunteer: 1 })[words.column_of[network.kindOf(i)] ?? ""] ?? 2;
  const range = [0, 1, 2].map((column) => {
    const xs = [...network.order].filter((i) => columnOf(i) === column).map((i) => places[2 * i] ?? 0);
    return [Math.min(...xs), Math.max(...xs)] as const;
  });
  assert.ok(range[0]![1] < range[1]![0] && range[1]![1] < range[2]![0]);
  const spots = new Set([...network.order].map((i) => `${places[2 * i]} ${places[2 * i + 1]}`));
  assert.equal(spots.size, 90);
  assert.equal(signs.length, 3);
});

test("areas lie within their areas, siblings apart, actors in their own", () => {
  const network = randomNetwork(100, 50, 23);
  const { places, signs } = byArea(network, network.order);
  const circle = (name: string): { x: number; y: number; radius: number } => {
    const sign = signs.find((one) => one.text === name);
    assert.ok(sign?.radius);
    return { x: sign.x, y: sign.y, radius: sign.radius };
  };
  const [city, east, street, west] = ["市", "东区", "甲街道", "西区"].map(circle);
  const isIn = (inner: typeof city, outer: typeof city): boolean =>
    Math.hypot(inner!.x - outer!.x, inner!.y - outer!.y) + inner!.radius <= outer!.radius + 1e-6;
  assert.ok(isIn(east, city) && isIn(west, city) && isIn(street, east));
  assert.ok(Math.hypot(east!.x - west!.x, east!.y - west!.y) >= east!.radius + west!.radius - 1e-6);
  for (const i of network.order) {
    const own = circle(network.areaOf(i)?.split("/").at(-1) ?? "map_no_area");
    assert.ok(Math.hypot((places[2 * i] ?? 0) - own.x, (places[2 * i + 1] ?? 0) - own.y) <= own.radius);
  }
});

test("circles are fitted without overlap", () => {
  const next = randomly(29);
  for (const n of [1, 2, 3, 7, 40, 80]) {
    const circles = fitted(Array.from({ length: n }, () => 5 + 40 * next()));
    circles.forEach((a, k) => {
      for (const b of circles.slice(k + 1))
        assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.r + b.r - 1e-3);
    });
  }
});

test("circles of the network are numbered by size, small ones together", () => {
  const labels = Float64Array.from([5, 5, 5, 2, 2, 7, ...Array.from({ length: 20 }, (_, k) => 100 + Math.floor(k / 2))]);
  const circles = circlesOf(labels);
  assert.deepEqual([...circles.slice(0, 6)], [0, 0, 0, 1, 1, N_CIRCLES]);
  assert.equal(Math.max(...circles), N_CIRCLES);
});

test("size is area, shape is sector, colour as asked, letters differ", () => {
  const values = Float64Array.from([16, 4, NaN, 0]);
  const look = lookOf(small, view({ size: "betweenness", hasLetters: true }), words, null, values);
  const least = look.sizes[3] ?? 0;
  assert.equal(look.sizes[2], least);
  const [first, second] = [(look.sizes[0] ?? 0) - least, (look.sizes[1] ?? 0) - least];
  assert.ok(Math.abs(first / second - 2) < 1e-5);
  assert.deepEqual([...look.colourOf].map((k) => look.colours[k]), ["#6a7ee0", "#a8861d", "#a8861d", "#3f9e6c"]);
  assert.equal(new Set(look.letterOf).size, KINDS.length);
  const byCircle = lookOf(small, view({ colour: "circle" }), words, Uint8Array.from([0, 0, 1, 9]), values);
  assert.equal(byCircle.colours[byCircle.colourOf[0] ?? 0], byCircle.colours[byCircle.colourOf[1] ?? 0]);
  assert.notEqual(byCircle.colours[byCircle.colourOf[0] ?? 0], byCircle.colours[byCircle.colourOf[2] ?? 0]);
  assert.ok(sizeOf(1, "degree", 2) < sizeOf(2, "degree", 2) && sizeOf(2, "degree", 2) < 10);
});

test("samples of a size are round and within what there is", () => {
  assert.deepEqual(sampleValues(556), [20, 100, 500]);
  assert.deepEqual(sampleValues(20), [1, 2, 20]);
  assert.deepEqual(sampleValues(null), []);
  for (const most of [0.37, 1, 7, 19, 12345])
    assert.ok(sampleValues(most).every((value) => value > 0 && value <= most));
});

test("a point is inside a line drawn around it, and not outside", () => {
  const star = [[0, 0], [10, 0], [10, 10], [5, 3], [0, 10]] as const;
  assert.ok(isInside([5, 1], star));
  assert.ok(!isInside([5, 8], star));
  assert.ok(!isInside([11, 5], star));
  assert.ok(!isInside([1, 1], []));
});

test("a cell is quoted where it must be, and never a formula", () => {
  assert.equal(quoted("a,b", ","), '"a,b"');
  assert.equal(quoted('say "x"', ","), '"say ""x"""');
  assert.equal(quoted("=1+1", ","), "'=1+1");
  assert.equal(quoted("-5", ","), "-5");
  assert.equal(quoted("-a", ","), "'-a");
  assert.equal(quoted("a,b", "\t"), "a,b");
});

test("sentences are wrapped to a width, Chinese anywhere, English between words", () => {
  const width = (text: string): number => text.length;
  assert.deepEqual(wrapped("一二三四五", 2, width), ["一二", "三四", "五"]);
  assert.deepEqual(wrapped("one two three", 7, width), ["one two", "three"]);
});

test("what is drawn as SVG is escaped and plain", () => {
  const pen = new SvgPen();
  pen.text('<a & "b">', 1, 2, { size: 12, colour: "#000000" });
  pen.shape(0, 5, 5, 2, "#ffffff");
  pen.shape(3, 5, 5, 2, "#ffffff");
  const svg = pen.document(10, 10, "t<");
  assert.ok(svg.includes("&lt;a &amp; &quot;b&quot;&gt;") && svg.includes("<title>t&lt;</title>"));
  assert.ok(!/style=|class=|url\(/.test(svg));
  assert.equal(cornersOf(0), null);
  assert.equal(cornersOf(6)?.length, 10);
});

test("a hash lies in [0, 1) and tells texts apart", () => {
  const values = ["", "a", "b", "和众泽益"].map(fraction);
  assert.ok(values.every((value) => value >= 0 && value < 1));
  assert.equal(new Set(values).size, 4);
});

test("names never lie over one another, nor outside", () => {
  const spots = Array.from({ length: 60 }, (_, i) => ({
    id: i, label: "名称", x: 20 + (i * 37) % 360, y: 20 + (i * 53) % 260, reach: 6,
  }));
  const names = placeNames(spots, spots, 400, 300, 6, () => 30);
  assert.ok(names.length > 5);
  for (const [i, one] of names.entries()) {
    assert.ok(one.x >= 0 && one.x + 30 <= 400);
    for (const other of names.slice(i + 1))
      assert.ok(Math.abs(one.x - other.x) >= 30 || Math.abs(one.y - other.y) >= 16);
  }
});
