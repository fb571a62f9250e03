"""Betweenness against published tables, closed forms and a count of every shortest path."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given

from graph.actor_network import ActorNetwork
from graph.analysis.betweenness import betweenness
from tests.oracles import brokerage as oracle
from tests.oracles.networks import network, small_networks

# Jackson 2008, Social and Economic Networks, p. 4: betweenness of the marriages among Florentine
# families, as shares of all pairs, to three digits.
FLORENTINE = {"Medici": 0.522, "Guadagni": 0.255, "Strozzi": 0.103}
# Krackhardt 1990, Administrative Science Quarterly 35:351, the kite: shares to three digits.
KITE = {3: 0.102, 5: 0.231, 6: 0.231, 7: 0.389, 8: 0.222, 0: 0.023, 1: 0.023, 2: 0, 4: 0, 9: 0}


def test_florentine_families_as_published() -> None:
    graph = nx.florentine_families_graph()
    names = list(graph)
    found = betweenness(
        network(len(names), [(names.index(a), names.index(b)) for a, b in graph.edges])
    )
    n_pairs = (len(names) - 1) * (len(names) - 2) / 2
    for name, share in FLORENTINE.items():
        assert found[names.index(name)] / n_pairs == pytest.approx(share, abs=0.0005)


def test_krackhardt_kite_as_published() -> None:
    found = betweenness(network(10, nx.krackhardt_kite_graph().edges))
    for node, share in KITE.items():
        assert found[node] / 36 == pytest.approx(share, abs=0.0005)


@pytest.mark.parametrize("n", [3, 4, 7])
def test_closed_forms(n: int) -> None:
    star = betweenness(network(n, [(0, i) for i in range(1, n)]))
    assert star == [(n - 1) * (n - 2) / 2] + [0.0] * (n - 1)
    path = betweenness(network(n, [(i, i + 1) for i in range(n - 1)]))
    assert path == [float(i * (n - 1 - i)) for i in range(n)]
    cycle = betweenness(network(n, [(i, (i + 1) % n) for i in range(n)]))
    expected = Fraction((n - 1) * (n - 3), 8) if n % 2 else Fraction((n - 2) ** 2, 8)
    assert cycle == pytest.approx([float(expected)] * n)
    complete = betweenness(network(n, [(i, j) for i in range(n) for j in range(i)]))
    assert complete == [0.0] * n


def test_isolates_and_separate_parts_count_nothing() -> None:
    assert betweenness(network(5, [(0, 1), (1, 2)])) == [0, 1, 0, 0, 0]
    assert betweenness(network(0, [])) == []


@given(small_networks())
def test_equals_a_count_of_all_shortest_paths(
    drawn: tuple[ActorNetwork, set[frozenset[int]], list[str]],
) -> None:
    found, edges, _ = drawn
    assert betweenness(found) == pytest.approx(oracle.betweenness(len(found), edges))


def test_equal_to_networkx_on_a_larger_graph() -> None:
    """More sources than are taken at once, several components, many shortest paths."""
    graph = nx.disjoint_union(nx.gnm_random_graph(300, 700, seed=1), nx.grid_2d_graph(5, 4))
    expected = nx.betweenness_centrality(graph, normalized=False)
    found = betweenness(network(len(graph), graph.edges))
    assert found == pytest.approx([expected[v] for v in range(len(graph))], rel=1e-9)
