"""What is lost without an actor and who could stand in, against plain sets on small networks."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from graph.analysis.cuts import cuts
from graph.findings.platform_card import roles_in_affiliations, stand_ins, without
from graph.projection import project
from graph.records import Node, Records, Tie
from tests.oracles.sample_records import sample_records

KINDS = ("Community", "Enterprise", "SocialOrganisation", "VolunteerTeam", "StreetOffice", "School")


def drawn(seed: int) -> Records:
    chance = random.Random(seed)
    n = chance.randint(4, 14)
    nodes = tuple(Node(f"n{i:02}", f"名{i:02}", chance.choice(KINDS)) for i in range(n))
    ties = {
        tuple(sorted(chance.sample([x.id for x in nodes], 2))) for _ in range(chance.randint(3, 24))
    }
    return Records(nodes, tuple(Tie(a, "PARTNERS_WITH", b) for a, b in sorted(ties)), "v")


@pytest.mark.parametrize("seed", range(40))
def test_against_plain_sets(seed: int) -> None:
    records = drawn(seed)
    kind = {n.id: n for n in records.nodes}
    graph = nx.Graph()
    graph.add_nodes_from(kind)
    graph.add_edges_from((t.start, t.end) for t in records.ties)
    actors = project(records)
    found_cuts = cuts(actors.network)
    for hub in kind:
        smaller = graph.copy()
        smaller.remove_node(hub)
        found = without(actors, found_cuts, actors.index[hub])
        own = nx.node_connected_component(graph, hub) - {hub}
        parts = sorted(
            (c for c in nx.connected_components(smaller) if c & own), key=lambda c: -len(c)
        )
        assert sorted(len(p) for p in found.cut_off) == sorted(len(p) for p in parts[1:])

        def sectors(g: nx.Graph, c: str) -> set[str]:
            near = nx.single_source_shortest_path_length(g, c, cutoff=2)
            return {str(kind[x].sector) for x in near} - {"community"}

        lost: dict[str, set[str]] = {}
        for c in graph[hub]:
            if kind[c].kind == "Community":
                for sector in sectors(graph, c) - sectors(smaller, c):
                    lost.setdefault(sector, set()).add(c)
        assert {x.sector: {c.id for c in x.communities} for x in found.lost} == lost

        expected = {}
        for j in set(kind) - {hub}:
            common = set(graph[hub]) & set(graph[j])
            communities = {c for c in common if kind[c].kind == "Community"}
            others = {kind[c].sector for c in common - communities}
            if kind[j].sector not in ("community", "volunteer") and (
                communities or len(others) > 1
            ):
                expected[j] = common
        best = stand_ins(actors, actors.index[hub])
        assert len(best) == min(5, len(expected))
        for s in best:
            assert {n.id for n in (*s.communities, *s.others)} == expected[s.actor.id]
        order = [(-len(s.communities), -len(s.others)) for s in best]
        assert order == sorted(order)


def test_roles_of_hezhongzeyi() -> None:
    records = sample_records()
    roles = roles_in_affiliations(records.ties, records.by_id(), "hezhongzeyi")
    assert {n.id for n in roles["INITIATES"]} == {"wufei-kongjian"}
    assert "chuangxiang" in {n.id for n in roles["OPERATES"]}
