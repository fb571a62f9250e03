"""Rank intervals by what must hold, and by experiment on complete networks."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graph.analysis.betweenness import betweenness
from graph.analysis.brokerage import brokerage
from graph.analysis.rank_intervals import rank_intervals
from graph.errors import Cancelled
from graph.network import FloatArray, Network
from tests.oracles.networks import Drawn, plain_networks
from tests.oracles.ranks import coverage


def n_brokered(network: Network) -> FloatArray:
    return brokerage(network).total.astype(np.float64)


def degree(network: Network) -> FloatArray:
    return network.undirected.degrees.astype(np.float64)


def of_graph(graph: nx.Graph) -> Network:
    return Network.from_networkx(graph)


def test_the_middle_of_a_star_is_first_whatever_is_missing() -> None:
    found = rank_intervals(of_graph(nx.star_graph(30)), betweenness, top=1)
    assert (found.rank[0], found.low[0], found.high[0]) == (1, 1, 1)
    assert found.top_share[0] == 1
    assert set(found.rank[1:].tolist()) == {2}
    assert set(found.high[1:].tolist()) == {31}


def test_nothing_missing_moves_nothing_but_equal_scores() -> None:
    path = of_graph(nx.path_graph(5))
    found = rank_intervals(path, betweenness, missing_ties=0, missing_nodes=0, n_replicates=3)
    assert found.rank.tolist() == [4, 2, 1, 2, 4]
    assert found.low.tolist() == [4, 2, 1, 2, 4]
    assert found.high.tolist() == [5, 3, 1, 3, 5]
    assert found.top_share.tolist() == [1] * 5


def test_undefined_scores_rank_last() -> None:
    graph = nx.path_graph(3)
    graph.add_node(3)
    found = rank_intervals(
        of_graph(graph), lambda g: np.where(g.degrees > 0, g.degrees, np.nan), n_replicates=5
    )
    assert found.rank.tolist() == [2, 1, 2, 4]


@settings(max_examples=40)
@given(plain_networks(max_nodes=6))
def test_an_interval_holds_its_rank_and_lies_in_the_network(drawn: Drawn) -> None:
    found = rank_intervals(drawn.network, degree, n_replicates=20, top=2)
    assert (found.low <= found.rank).all()
    assert (found.rank <= found.high).all()
    assert (found.low >= 1).all()
    assert (found.high <= drawn.n).all()
    shares = found.top_share[~np.isnan(found.top_share)]
    assert ((shares >= 0) & (shares <= 1)).all()


def test_is_the_same_for_a_seed_whatever_the_number_of_threads() -> None:
    network = of_graph(nx.les_miserables_graph())
    one, two, other = (
        rank_intervals(network, betweenness, n_replicates=30, seed=seed, n_threads=threads)
        for seed, threads in ((4, 1), (4, 2), (5, 2))
    )
    for name in ("rank", "low", "high", "top_share"):
        assert np.array_equal(getattr(one, name), getattr(two, name))
    assert not np.array_equal(one.top_share, other.top_share)


def test_more_missing_makes_wider_intervals() -> None:
    network = of_graph(nx.les_miserables_graph())
    widths = [
        np.mean(found.high - found.low)
        for share in (0.02, 0.1, 0.3)
        for found in [rank_intervals(network, n_brokered, missing_ties=share, missing_nodes=share)]
    ]
    assert widths == sorted(widths)


@pytest.mark.parametrize("score", [betweenness, n_brokered])
def test_holds_the_true_rank_as_often_as_it_says(score: object) -> None:
    """Hide a tenth of a complete network and ask for the first twenty of what is left."""
    complete = of_graph(nx.barabasi_albert_graph(150, 3, seed=2))
    held, n_asked = coverage(complete, score, n_hidings=15, n_replicates=60, top=20)
    assert n_asked == 15 * 20
    assert held / n_asked >= 0.9


def test_refuses_what_is_no_share_and_can_be_cancelled() -> None:
    network = of_graph(nx.path_graph(3))
    for wrong in ({"missing_ties": 1.0}, {"missing_nodes": -0.1}, {"confidence": 1.0}):
        with pytest.raises(ValueError, match="between 0 and 1"):
            rank_intervals(network, degree, **wrong)
    with pytest.raises(ValueError, match="1 or more"):
        rank_intervals(network, degree, n_replicates=0)
    with pytest.raises(Cancelled):
        rank_intervals(network, degree, is_cancelled=lambda: True)
