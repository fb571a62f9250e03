"""Core numbers against the definition, closed forms and networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.cores import cores
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks


@given(plain_networks())
def test_as_defined(drawn: Drawn) -> None:
    ends = list(cohesion.pairs_of(drawn.ties, is_directed=drawn.network.is_directed))
    assert cores(drawn.network).tolist() == cohesion.core_numbers(drawn.n, ends)


@given(plain_networks())
def test_equal_to_networkx(drawn: Drawn) -> None:
    """Self-ties aside, which networkx refuses; `Network` has none."""
    expected = nx.core_number(drawn.network.to_networkx())
    assert cores(drawn.network).tolist() == [expected[i] for i in range(drawn.n)]


@given(plain_networks(), st.permutations(range(8)))
def test_the_same_in_any_order_and_twice_side_by_side(drawn: Drawn, numbers: list[int]) -> None:
    order = [i for i in numbers if i < drawn.n]
    found = cores(drawn.network)
    assert np.array_equal(cores(relabelled(drawn.network, order)), found[order])
    assert np.array_equal(cores(side_by_side(drawn.network)), np.tile(found, 2))


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_twice_as_undirected(drawn: Drawn) -> None:
    arcs = both_ways(drawn.network)
    assert np.array_equal(cores(arcs), 2 * cores(drawn.network))
    assert np.array_equal(cores(arcs.undirected), cores(drawn.network))


@pytest.mark.parametrize("n", [2, 3, 6])
def test_closed_forms(n: int) -> None:
    complete = Network.from_edges([(i, j) for i in range(n) for j in range(i)])
    assert cores(complete).tolist() == [n - 1] * n
    star = Network.from_edges([(0, i) for i in range(1, n)])
    assert cores(star).tolist() == [1] * n
    bipartite = Network.from_edges([(i, j) for i in range(n) for j in range(n, 2 * n + 1)])
    assert cores(bipartite).tolist() == [n] * (2 * n + 1)
    assert cores(Network(range(n), [], [])).tolist() == [0] * n


def test_equal_to_networkx_on_a_larger_network() -> None:
    graph = nx.barabasi_albert_graph(2_000, 3, seed=1)
    graph.add_edges_from(nx.gnp_random_graph(300, 0.1, seed=2).edges)
    found = cores(Network.from_networkx(graph))
    expected = nx.core_number(graph)
    assert found.tolist() == [expected[i] for i in range(2_000)]
    assert len(set(found.tolist())) > 5
