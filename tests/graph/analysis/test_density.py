"""Density by its formula and against networkx."""

from __future__ import annotations

import math

import networkx as nx
import pytest
from hypothesis import given

from graph.analysis.density import density
from graph.network import Network
from tests.oracles.changes import both_ways
from tests.oracles.networks import Drawn, plain_networks


@given(plain_networks())
def test_equal_to_networkx_and_between_0_and_1(drawn: Drawn) -> None:
    """But for a single node, for which networkx says 0."""
    found = density(drawn.network)
    if drawn.n < 2:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(nx.density(drawn.network.to_networkx()))
        assert 0 <= found <= 1


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn) -> None:
    assert density(both_ways(drawn.network)) == pytest.approx(density(drawn.network), nan_ok=True)


def test_parallel_and_self_ties_count_once_and_not_at_all() -> None:
    network = Network(range(2), [0, 1, 1], [1, 0, 1])
    assert density(network) == 1
    assert math.isnan(density(Network([], [], [])))
