import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange, extend, fraction } from "../../web/src/layout.ts";
import { placeNames } from "../../web/src/names.ts";
import { fill, grouped } from "../../web/src/text.ts";
import { countRelations, N_MOST, named, readView, show, writeView } from "../../web/src/view.ts";
import type { Network, NetworkActor, NetworkTie } from "../../web/src/wire.ts";

function actor(id: string, sector = "community", degree = 0): NetworkActor {
  return {
    id,
    name: `主体${id}`,
    name_en: `Actor ${id}`,
    kind: "Community",
    sector,
    area: null,
    is_group: false,
    n_members: null,
    degree,
    betweenness: 0,
  };
}

function tie(source: string, target: string, relation = "FUNDS"): NetworkTie {
  return { source, target, weight: 1, relations: [relation], via: [] };
}

const network: Network = {
  actors: [
    actor("a", "community", 2),
    actor("b", "enterprise", 1),
    actor("c", "enterprise", 1),
    actor("d", "volunteer", 0),
  ],
  ties: [tie("a", "b"), tie("a", "c", "SERVES")],
  affiliations: [],
  total: 4,
};
const everything = readView("");

test("a text is filled and counted as the server does it", () => {
  assert.equal(fill("{n} {n|tie|ties} of {who}", { n: 1, who: "x" }), "1 tie of x");
  assert.equal(fill("{n} {n|tie|ties}", { n: 1234 }), "1,234 ties");
  assert.equal(fill("{n|tie|ties}", { n: 0 }), "ties");
  assert.deepEqual([0, 12345, 0.12345, 2.5, 1234.5].map(grouped), [
    "0", "12,345", "0.123", "2.5", "1,235",
  ]);
});

test("a view survives the address", () => {
  const query = "?sector=community,enterprise&relation=FUNDS&find=x+y&select=a%2Fb&all=1";
  assert.equal(writeView(readView(query)), query);
  assert.equal(writeView(everything), "");
  assert.deepEqual([...(readView("?sector=").sectors ?? ["all"])], []);
});

test("filters cut actors by sector and ties by relation", () => {
  assert.equal(show(network, everything).actors.length, 4);
  const sectors = show(network, { ...everything, sectors: new Set(["enterprise"]) });
  assert.deepEqual([sectors.actors.length, sectors.ties.length], [2, 0]);
  const relations = show(network, { ...everything, relations: new Set(["SERVES"]) });
  assert.deepEqual(relations.actors.map((one) => one.id), ["a", "c"]);
  assert.equal(show(network, { ...everything, sectors: new Set() }).actors.length, 0);
});

test("a large network first shows its main actors, and whoever is selected", () => {
  const actors = Array.from({ length: N_MOST + 50 }, (_, i) => actor(`n${i}`, "community", i));
  const large = { actors, ties: [tie("n0", "n1"), tie("n100", "n101")], affiliations: [], total: actors.length };
  const first = show(large, everything);
  assert.deepEqual([first.actors.length, first.nMatching, first.ties.length], [400, 450, 1]);
  assert.ok(show(large, { ...everything, selected: "n0" }).actors.some((one) => one.id === "n0"));
  assert.equal(show(large, { ...everything, isWhole: true }).actors.length, 450);
});

test("names are found in both languages, relations counted", () => {
  assert.deepEqual([...named(network.actors, " ACTOR B ")], ["b"]);
  assert.equal(named(network.actors, "主体").size, 4);
  assert.equal(named(network.actors, "  ").size, 0);
  assert.deepEqual([...countRelations(network.ties)], [["FUNDS", 1], ["SERVES", 1]]);
});

test("the same network is arranged alike, with everyone apart and the untied below", () => {
  const shuffled = { ...network, actors: [...network.actors].reverse() };
  const places = arrange(network, 1.4);
  assert.deepEqual(arrange(shuffled, 1.4), places);
  const all = Object.values(places);
  for (const [i, one] of all.entries())
    for (const other of all.slice(i + 1))
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 40);
  const lowest = Math.min(...["a", "b", "c"].map((id) => places[id]?.y ?? 0));
  assert.ok((places["d"]?.y ?? 0) < lowest);
  assert.deepEqual(arrange({ actors: [], ties: [], affiliations: [], total: 0 }, 1), {});
});

test("known actors stay where they were, new ones come beside their partners", () => {
  const places = arrange(network, 1.4);
  const grown = {
    ...network,
    actors: [...network.actors, actor("e"), actor("f")],
    ties: [...network.ties, tie("e", "a")],
  };
  const after = extend(grown, places, 1.4);
  for (const id of ["a", "b", "c", "d"]) assert.deepEqual(after[id], places[id]);
  const [e, a] = [after["e"], places["a"]];
  assert.ok(e && a && Math.hypot(e.x - a.x, e.y - a.y) < 300);
  assert.equal(Object.keys(extend(network, after, 1.4)).length, 4);
});

test("a hash lies in [0, 1) and tells texts apart", () => {
  const values = ["", "a", "b", "和众泽益"].map(fraction);
  assert.ok(values.every((value) => value >= 0 && value < 1));
  assert.equal(new Set(values).size, 4);
});

test("names never lie over one another, nor outside", () => {
  const spots = Array.from({ length: 60 }, (_, i) => ({
    id: String(i), label: "名称", x: 20 + (i * 37) % 360, y: 20 + (i * 53) % 260, reach: 6,
  }));
  const names = placeNames(spots, spots, 400, 300, 6, () => 30);
  assert.ok(names.length > 5);
  for (const [i, one] of names.entries()) {
    assert.ok(one.x >= 0 && one.x + 30 <= 400);
    for (const other of names.slice(i + 1))
      assert.ok(Math.abs(one.x - other.x) >= 30 || Math.abs(one.y - other.y) >= 16);
  }
});
