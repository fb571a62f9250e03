"""Constraint and effective size against a published example, closed forms and networkx."""

from __future__ import annotations

import math
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given

from graph.actor_network import ActorNetwork
from graph.analysis.structural_holes import constraint, effective_size
from tests.oracles.networks import network, small_networks

# Borgatti 1997, Connections 20(1):35-38, figure 1, after Burt 1992, p. 56: the effective size of
# G is 4.67 of 6 partners.
NAMES = "ABCDEFG"
EDGES = ("AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC")


def burt() -> ActorNetwork:
    return network(7, [(NAMES.index(a), NAMES.index(b)) for a, b in EDGES])


def test_effective_size_as_published() -> None:
    size = effective_size(burt())[NAMES.index("G")]
    assert size == pytest.approx(4.67, abs=0.005)
    assert size == pytest.approx(float(6 - Fraction(2 * 4, 6)))


def test_weighted_constraint_equal_to_igraph_in_r() -> None:
    """R 4.2.2, igraph 1.3.5: constraint() of the same network with these weights."""
    weights = (2, 3, 5, 2, 8, 3, 4, 1, 3, 10)
    found = constraint(
        network(
            7,
            [
                (NAMES.index(a), NAMES.index(b), float(w))
                for (a, b), w in zip(EDGES, weights, strict=True)
            ],
        )
    )
    expected = {
        "A": 0.7949553266, "B": 0.8127483087, "C": 1.0, "D": 0.9134128858,
        "E": 0.8834550046, "F": 0.8332328972, "G": 0.2988516061,
    }  # fmt: skip
    assert found == pytest.approx([expected[n] for n in NAMES])


@pytest.mark.parametrize("n", [2, 3, 5])
def test_closed_forms(n: int) -> None:
    star = network(n, [(0, i) for i in range(1, n)])
    assert constraint(star) == pytest.approx([1 / (n - 1)] + [1.0] * (n - 1))
    assert effective_size(star) == pytest.approx([n - 1] + [1] * (n - 1))
    # In a complete graph p = 1/(n-1) and each tie is (p + (n-2)p²)², n-1 times.
    complete = network(n, [(i, j) for i in range(n) for j in range(i)])
    p = Fraction(1, n - 1)
    assert constraint(complete) == pytest.approx([float((n - 1) * (p + (n - 2) * p**2) ** 2)] * n)
    assert effective_size(complete) == pytest.approx([1.0] * n)


def test_isolates_have_neither() -> None:
    lonely = network(3, [(0, 1)])
    assert math.isnan(constraint(lonely)[2])
    assert math.isnan(effective_size(lonely)[2])


def test_weights_are_strengths() -> None:
    """Burt's eq. 2.2 by hand on a triangle with ties of 1/2, 1 and 2."""
    sizes = effective_size(network(3, [(0, 1, 0.5), (0, 2, 1.0), (1, 2, 2.0)]))
    assert sizes == pytest.approx(
        [1.0, 1.1, float(2 - Fraction(1, 3) * Fraction(1, 4) - Fraction(2, 3) * Fraction(1, 2))]
    )


@given(small_networks())
def test_equal_to_networkx(drawn: tuple[ActorNetwork, set[frozenset[int]], list[str]]) -> None:
    found, _, _ = drawn
    graph = found.to_networkx()
    expected = nx.constraint(graph, weight="weight")
    # For all nodes at once networkx 3.6 normalises by another maximum and gives 1.4 where the
    # formula, its own path for a list of nodes, and hand calculation give 1.1.
    sizes = nx.effective_size(graph, nodes=list(graph), weight="weight")
    for i in range(len(found)):
        assert constraint(found)[i] == pytest.approx(expected[i], nan_ok=True)
        assert effective_size(found)[i] == pytest.approx(sizes[i], nan_ok=True)
