"""Components against the definition, closed forms and networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.components import Components, components, strong_components
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks


def as_lists(found: Components) -> list[list[int]]:
    return [np.flatnonzero(found.labels == c).tolist() for c in range(len(found.sizes))]


@given(plain_networks())
def test_as_defined_and_in_order_of_first_node(drawn: Drawn) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=drawn.network.is_directed)
    found = components(drawn.network)
    assert as_lists(found) == cohesion.parts(range(drawn.n), pairs)
    assert found.sizes.tolist() == [len(part) for part in as_lists(found)]
    assert found.sizes[found.largest] == max(found.sizes)


@given(plain_networks())
def test_strong_as_defined_and_in_order_of_first_node(drawn: Drawn) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=drawn.network.is_directed)
    arcs = [*pairs, *((b, a) for a, b in pairs if not drawn.network.is_directed)]
    assert as_lists(strong_components(drawn.network)) == cohesion.strong_parts(drawn.n, arcs)


@given(plain_networks(), st.permutations(range(8)))
def test_same_partition_in_any_order_and_twice_side_by_side(
    drawn: Drawn, numbers: list[int]
) -> None:
    order = [i for i in numbers if i < drawn.n]
    for find in (components, strong_components):
        found = find(drawn.network)
        moved = find(relabelled(drawn.network, order))
        assert sorted(sorted(order[i] for i in part) for part in as_lists(moved)) == as_lists(found)
        double = find(side_by_side(drawn.network))
        assert double.sizes.tolist() == [*found.sizes, *found.sizes]


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn) -> None:
    arcs = both_ways(drawn.network)
    expected = components(drawn.network).labels
    assert np.array_equal(components(arcs).labels, expected)
    assert np.array_equal(strong_components(arcs).labels, expected)
    assert np.array_equal(strong_components(drawn.network).labels, expected)


@pytest.mark.parametrize("n", [1, 2, 7])
def test_closed_forms(n: int) -> None:
    path = [(i, i + 1) for i in range(n - 1)]
    one_way = Network.from_edges(path, nodes=range(n), is_directed=True)
    assert components(one_way).sizes.tolist() == [n]
    assert strong_components(one_way).sizes.tolist() == [1] * n
    ring = Network.from_edges([*path, (n - 1, 0)], nodes=range(n), is_directed=True)
    assert strong_components(ring).sizes.tolist() == [n]


def test_an_empty_network_has_none() -> None:
    assert components(Network([], [], [])).sizes.tolist() == []
    assert strong_components(Network([], [], [], is_directed=True)).labels.tolist() == []


def test_equal_to_networkx_on_a_larger_network() -> None:
    graph = nx.gnp_random_graph(2_000, 0.0007, seed=1, directed=True)
    network = Network.from_networkx(graph)
    for find, peer in (
        (components, nx.weakly_connected_components),
        (strong_components, nx.strongly_connected_components),
    ):
        found = as_lists(find(network))
        assert len(found) > 20
        assert sorted(found) == sorted(map(sorted, peer(graph)))


def test_a_path_too_long_for_recursion() -> None:
    n = 200_000
    around = Network(range(n), np.arange(n), np.roll(np.arange(n), -1), is_directed=True)
    assert strong_components(around).sizes.tolist() == [n]
    assert components(around).sizes.tolist() == [n]
