"""Articulation points, bridges and what falls off, against the definition and networkx."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.cuts import Cuts, articulation_points, bridge_ties, cuts
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks


def bridge_rows(found: Cuts) -> list[tuple[int, int, int, int]]:
    bridges = found.bridges
    columns = (bridges.sources, bridges.targets, bridges.n_source_side, bridges.n_target_side)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(plain_networks())
def test_what_falls_off_is_what_is_no_longer_reached(drawn: Drawn) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=False)
    found = cuts(drawn.network)
    for i in range(drawn.n):
        left = cohesion.parts_without(drawn.n, pairs, i)
        assert [part.tolist() for part in found.parts(i)] == left
        assert found.n_parts[i] == len(left)
        assert found.n_cut_off[i] == sum(map(len, left[1:]))
        assert found.n_pairs_cut[i] == sum(len(p) * len(q) for p, q in combinations(left, 2))
        assert found.is_articulation[i] == (len(left) > 1)


@given(plain_networks())
def test_bridges_are_the_ties_that_split(drawn: Drawn) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=False)
    expected = []
    for a, b in sorted(pairs):
        left = cohesion.parts(range(drawn.n), set(pairs) - {(a, b)})
        (near,) = (part for part in left if a in part)
        (far,) = (part for part in left if b in part)
        if near != far:
            expected.append((a, b, len(near), len(far)))
    found = cuts(drawn.network)
    assert bridge_rows(found) == expected
    assert len(found.bridges) == len(expected)


@given(plain_networks())
def test_blocks_equal_to_networkx(drawn: Drawn) -> None:
    found = cuts(drawn.network)
    plain = found.network
    rows = np.repeat(np.arange(drawn.n), plain.degrees)
    blocks = {
        frozenset(map(frozenset, zip(rows[there], plain.indices[there], strict=True)))
        for there in (found.block_of == b for b in range(found.n_blocks))
    }
    peer = nx.biconnected_component_edges(plain.to_networkx())
    assert blocks == {frozenset(map(frozenset, block)) for block in peer}
    assert len(blocks) == found.n_blocks


@given(plain_networks())
def test_alone_they_are_the_same(drawn: Drawn) -> None:
    found, (sources, targets) = cuts(drawn.network), bridge_ties(drawn.network)
    assert np.array_equal(articulation_points(drawn.network), found.is_articulation)
    assert np.array_equal(sources, found.bridges.sources)
    assert np.array_equal(targets, found.bridges.targets)


@given(plain_networks(), st.permutations(range(8)))
def test_the_same_in_any_order_and_twice_side_by_side(drawn: Drawn, numbers: list[int]) -> None:
    order = [i for i in numbers if i < drawn.n]
    found, moved = cuts(drawn.network), cuts(relabelled(drawn.network, order))
    double = cuts(side_by_side(drawn.network))
    for name in ("n_parts", "n_cut_off", "n_pairs_cut"):
        assert np.array_equal(getattr(moved, name), getattr(found, name)[order])
        assert np.array_equal(getattr(double, name), np.tile(getattr(found, name), 2))
    assert double.n_blocks == 2 * found.n_blocks


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn) -> None:
    assert bridge_rows(cuts(both_ways(drawn.network))) == bridge_rows(cuts(drawn.network))


@pytest.mark.parametrize("n", [3, 4, 9])
def test_closed_forms(n: int) -> None:
    path = cuts(Network.from_edges([(i, i + 1) for i in range(n - 1)]))
    assert path.n_cut_off.tolist() == [min(i, n - 1 - i) for i in range(n)]
    assert path.n_pairs_cut.tolist() == [i * (n - 1 - i) for i in range(n)]
    assert bridge_rows(path) == [(i, i + 1, i + 1, n - 1 - i) for i in range(n - 1)]
    star = cuts(Network.from_edges([(0, i) for i in range(1, n)]))
    assert star.n_cut_off.tolist() == [n - 2] + [0] * (n - 1)
    assert star.n_pairs_cut[0] == (n - 1) * (n - 2) // 2
    cycle = cuts(Network.from_edges([(i, (i + 1) % n) for i in range(n)]))
    assert not cycle.is_articulation.any()
    assert (cycle.n_blocks, len(cycle.bridges)) == (1, 0)


def test_the_karate_club_hangs_on_its_instructor() -> None:
    """Zachary 1977, J. Anthropol. Res. 33:452: without member 1, five and one fall off."""
    found = cuts(Network.from_networkx(nx.karate_club_graph()))
    assert np.flatnonzero(found.is_articulation).tolist() == [0]
    assert [len(part) for part in found.parts(0)] == [27, 5, 1]
    assert found.parts(0)[1].tolist() == [4, 5, 6, 10, 16]
    assert bridge_rows(found) == [(0, 11, 33, 1)]


def test_equal_to_networkx_on_a_larger_network() -> None:
    graph = nx.gnp_random_graph(2_000, 0.001, seed=1)
    found = cuts(Network.from_networkx(graph))
    assert set(np.flatnonzero(found.is_articulation)) == set(nx.articulation_points(graph))
    assert {frozenset(row[:2]) for row in bridge_rows(found)} == set(
        map(frozenset, nx.bridges(graph))
    )
    assert np.array_equal(articulation_points(Network.from_networkx(graph)), found.is_articulation)
    for i in np.argsort(-found.n_cut_off)[:20].tolist():
        left = nx.node_connected_component(graph, i) - {i}
        parts = sorted(map(len, nx.connected_components(graph.subgraph(left))))
        assert found.n_cut_off[i] == sum(parts[:-1])


def test_a_path_too_long_for_recursion() -> None:
    n = 200_000
    found = cuts(Network(range(n), np.arange(n - 1), np.arange(1, n)))
    assert found.n_pairs_cut[n // 2] == (n // 2) * (n // 2 - 1)
    assert [len(part) for part in found.parts(1)] == [n - 2, 1]


def test_an_empty_network_and_an_isolate() -> None:
    assert cuts(Network([], [], [])).n_parts.tolist() == []
    assert cuts(Network("a", [], [])).parts(0) == []
