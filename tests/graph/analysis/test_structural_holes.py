"""Burt's measures against published examples, closed forms, their formulas, networkx and R."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.structural_holes import local_constraint, structural_holes
from graph.network import Network
from tests.oracles import holes as oracle
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks
from tests.oracles.peers import in_r

# Borgatti 1997, Connections 20(1):35-38, figure 1, after Burt 1992, p. 56: the effective size of
# G is 4.67 of 6 partners.
EDGES = ("AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC")
WEIGHTS = (2, 3, 5, 2, 8, 3, 4, 1, 3, 10)
G = "ABCDEFG".index("G")
FIELDS = ("constraint", "effective_size", "efficiency", "hierarchy")


def test_effective_size_as_published() -> None:
    found = structural_holes(Network.from_edges(EDGES, nodes="ABCDEFG"))
    assert found.effective_size[G] == pytest.approx(4.67, abs=0.005)
    assert found.effective_size[G] == pytest.approx(float(6 - Fraction(2 * 4, 6)))
    assert found.efficiency[G] == pytest.approx(0.78, abs=0.005)


def test_weighted_constraint_equal_to_igraph_in_r() -> None:
    """R 4.2.2, igraph 1.3.5: constraint() of the same network with these weights."""
    weighted = [(*edge, w) for edge, w in zip(EDGES, WEIGHTS, strict=True)]
    found = structural_holes(Network.from_edges(weighted, nodes="ABCDEFG"))
    assert found.constraint.tolist() == pytest.approx(
        [
            0.7949553266, 0.8127483087, 1.0, 0.9134128858,
            0.8834550046, 0.8332328972, 0.2988516061,
        ]
    )  # fmt: skip


@pytest.mark.parametrize("n", [2, 3, 5])
def test_closed_forms(n: int) -> None:
    star = structural_holes(Network.from_edges([(0, i) for i in range(1, n)]))
    assert star.constraint.tolist() == pytest.approx([1 / (n - 1)] + [1.0] * (n - 1))
    assert star.effective_size.tolist() == pytest.approx([n - 1] + [1] * (n - 1))
    assert star.efficiency.tolist() == [1.0] * n
    assert star.hierarchy.tolist() == pytest.approx([float(n == 2)] + [1.0] * (n - 1), abs=1e-15)
    # In a complete graph p = 1/(n-1) and each tie is (p + (n-2)p²)², n-1 times.
    complete = structural_holes(Network.from_edges([(i, j) for i in range(n) for j in range(i)]))
    p = Fraction(1, n - 1)
    expected = float((n - 1) * (p + (n - 2) * p**2) ** 2)
    assert complete.constraint.tolist() == pytest.approx([expected] * n)
    assert complete.effective_size.tolist() == pytest.approx([1.0] * n)


@pytest.mark.parametrize(("m", "n"), [(2, 2), (2, 5), (3, 4)])
def test_closed_forms_where_no_partners_know_each_other(m: int, n: int) -> None:
    """Complete bipartite graphs and cycles have no triangle: c = 1/k, effective size k."""
    ties = [(i, m + j) for i in range(m) for j in range(n)]
    both = structural_holes(Network.from_edges(ties, nodes=range(m + n)))
    degrees = [n] * m + [m] * n
    assert both.constraint.tolist() == pytest.approx([1 / k for k in degrees])
    assert both.effective_size.tolist() == pytest.approx(degrees)
    assert both.hierarchy.tolist() == pytest.approx([0.0] * (m + n), abs=1e-15)


def test_hierarchy_by_hand() -> None:
    """Ties of 1 and 3 to strangers: c = 1/16 and 9/16, hence r = 1/5 and 9/5."""
    found = structural_holes(Network.from_edges([("i", "a", 1.0), ("i", "b", 3.0)]))
    assert found.hierarchy[0] == pytest.approx(
        (1 / 5 * math.log(1 / 5) + 9 / 5 * math.log(9 / 5)) / (2 * math.log(2))
    )


def test_isolates_have_none() -> None:
    found = structural_holes(Network.from_edges(["ab"], nodes="abc"))
    assert all(math.isnan(getattr(found, name)[2]) for name in FIELDS)
    assert len(structural_holes(Network((), [], [])).constraint) == 0


def test_weights_are_strengths() -> None:
    """Burt's eq. 2.2 by hand on a triangle with ties of 1/2, 1 and 2."""
    found = structural_holes(Network.from_edges([(0, 1, 0.5), (0, 2, 1.0), (1, 2, 2.0)]))
    assert found.effective_size.tolist() == pytest.approx(
        [1.0, 1.1, float(2 - Fraction(1, 3) * Fraction(1, 4) - Fraction(2, 3) * Fraction(1, 2))]
    )


@given(plain_networks())
def test_equal_to_the_formulas(drawn: Drawn) -> None:
    a = oracle.strengths(drawn.n, drawn.ties)
    found = structural_holes(drawn.network)
    for i in range(drawn.n):
        n_partners = sum(x > 0 for x in a[i])
        size = oracle.effective_size(a, i)
        assert found.constraint[i] == pytest.approx(oracle.constraint(a, i), nan_ok=True)
        assert found.effective_size[i] == pytest.approx(size, nan_ok=True)
        assert found.efficiency[i] == pytest.approx(size / max(n_partners, 1), nan_ok=True)
        assert found.hierarchy[i] == pytest.approx(oracle.hierarchy(a, i), nan_ok=True, abs=1e-12)
    plain = drawn.network.undirected
    rows = np.repeat(np.arange(drawn.n), plain.degrees)
    assert local_constraint(drawn.network).tolist() == pytest.approx(
        [
            float(oracle.local_constraint(a, i, j))
            for i, j in zip(rows.tolist(), plain.indices.tolist(), strict=True)
        ]
    )


@given(plain_networks())
def test_without_weights_every_tie_counts_one(drawn: Drawn) -> None:
    sources, targets, _ = drawn.network.arrays()
    a = oracle.strengths(
        drawn.n, [(i, j, 1) for i, j in zip(sources.tolist(), targets.tolist(), strict=True)]
    )
    found = structural_holes(drawn.network, is_weighted=False)
    expected = [oracle.constraint(a, i) for i in range(drawn.n)]
    assert found.constraint.tolist() == pytest.approx(expected, nan_ok=True)


@given(plain_networks())
def test_equal_to_networkx(drawn: Drawn) -> None:
    graph = drawn.network.to_networkx()
    found = structural_holes(drawn.network)
    expected = nx.constraint(graph, weight="weight")
    # For all nodes at once networkx 3.6 divides by the strongest tie of the other end and gives 1.4
    # where the formula, its own path for a list of nodes, and hand calculation give 1.1.
    sizes = nx.effective_size(graph, nodes=list(graph), weight="weight")
    for i in graph:
        assert found.constraint[i] == pytest.approx(expected[i], nan_ok=True)
        # For a list it takes a node with incoming arcs only for an isolate.
        if graph[i] or not drawn.network.undirected.degrees[i]:
            assert found.effective_size[i] == pytest.approx(sizes[i], nan_ok=True)
        else:
            assert math.isfinite(found.effective_size[i])


@given(plain_networks())
def test_equal_to_igraph(drawn: Drawn) -> None:
    reason = "the Python package igraph is not installed"
    igraph = pytest.importorskip("igraph", reason=reason)
    sources, targets, weights = drawn.network.arrays()
    ties = zip(sources.tolist(), targets.tolist(), strict=True)
    graph = igraph.Graph(drawn.n, list(ties), directed=drawn.network.is_directed)
    found = structural_holes(drawn.network).constraint.tolist()
    assert found == pytest.approx(graph.constraint(weights=weights.tolist()), nan_ok=True)


def test_equal_to_igraph_in_r() -> None:
    """Directed and undirected networks, some weighted, with nodes that have incoming arcs only."""
    chance = np.random.default_rng(5)
    networks = [
        Network(
            range(n),
            chance.integers(0, n, 2 * n),
            chance.integers(0, n, 2 * n),
            None if n % 3 else chance.integers(1, 6, 2 * n),
            is_directed=bool(n % 2),
        )
        for n in range(3, 23)
    ]
    text = "\n".join(
        " ".join(map(str, [len(g), int(g.is_directed), *np.column_stack(g.arrays()).flat]))
        for g in networks
    )
    script = """
        for (line in lines) {
          x <- as.numeric(strsplit(line, ' ')[[1]])
          e <- matrix(x[-(1:2)], ncol = 3, byrow = TRUE)
          g <- make_graph(t(e[, 1:2]) + 1, n = x[1], directed = x[2] == 1)
          cat(sprintf('%.15g', constraint(g, weights = e[, 3])), '\\n')
        }"""
    for network, expected in zip(networks, in_r(script, ["igraph"], text), strict=True):
        assert structural_holes(network).constraint.tolist() == pytest.approx(
            expected, rel=1e-12, nan_ok=True
        )


@given(plain_networks(), st.randoms(use_true_random=False))
def test_names_and_other_components_make_no_difference(drawn: Drawn, random: Random) -> None:
    order = list(range(drawn.n))
    random.shuffle(order)
    alone = structural_holes(drawn.network)
    moved = structural_holes(relabelled(drawn.network, order))
    twice = structural_holes(side_by_side(drawn.network))
    for name in FIELDS:
        expected = getattr(alone, name)
        assert getattr(moved, name) == pytest.approx(expected[order], nan_ok=True, abs=1e-12)
        assert getattr(twice, name) == pytest.approx(np.tile(expected, 2), nan_ok=True, abs=1e-12)


@given(plain_networks(is_directed=False))
def test_every_tie_both_ways_is_the_undirected_network(drawn: Drawn) -> None:
    """The weights are doubled, which no share notices."""
    twice, once = structural_holes(both_ways(drawn.network)), structural_holes(drawn.network)
    for name in FIELDS:
        assert getattr(twice, name) == pytest.approx(getattr(once, name), nan_ok=True, abs=1e-12)


def test_the_number_of_threads_changes_no_bit() -> None:
    chance = np.random.default_rng(1)
    n = 40_000
    # A hub with many leaves, other hubs tied to it, and chance.
    sources = np.concatenate([np.zeros(20_000, int), chance.integers(0, 50, 40_000)])
    targets = np.concatenate([np.arange(20_000, n), chance.integers(0, n, 40_000)])
    network = Network(range(n), sources, targets, chance.random(len(sources)) + 0.1)
    one, two = (structural_holes(network, n_threads=k) for k in (1, 2))
    for name in FIELDS:
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
