"""The network as arrays: what becomes of parallel ties, self-ties, isolates and directions."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from graph.network import Network
from tests.oracles.networks import Drawn, plain_networks


@given(plain_networks())
def test_holds_what_was_given(drawn: Drawn) -> None:
    """Against a dictionary of pairs: rows sorted, weights added, self-ties counted."""
    network = drawn.network
    expected: dict[tuple[int, int], float] = {}
    for a, b, weight in drawn.ties:
        if a != b:
            key = (a, b) if network.is_directed else (min(a, b), max(a, b))
            expected[key] = expected.get(key, 0.0) + weight
    sources, targets, weights = network.arrays()
    assert dict(
        zip(zip(sources.tolist(), targets.tolist(), strict=True), weights, strict=True)
    ) == (pytest.approx(expected))
    assert network.n_self_ties == sum(a == b for a, b, _ in drawn.ties)
    assert network.n_ties + network.n_parallel_ties + network.n_self_ties == len(drawn.ties)
    for i in range(drawn.n):
        row = network.neighbours(i).tolist()
        assert row == sorted(set(row))
        if not network.is_directed:
            assert all(i in network.neighbours(j) for j in row)
    assert network.strengths.sum() == pytest.approx(
        sum(expected.values()) * (1 if network.is_directed else 2)
    )


@given(plain_networks(is_directed=True))
def test_predecessors_are_the_arcs_read_backwards(drawn: Drawn) -> None:
    network = drawn.network
    sources, targets, weights = network.arrays()
    back = Network(range(drawn.n), targets, sources, weights, is_directed=True)
    assert np.array_equal(network.in_indptr, back.indptr)
    assert np.array_equal(network.in_indices, back.indices)
    assert np.array_equal(network.in_weights, back.weights)


@given(plain_networks(is_directed=False))
def test_each_half_tie_finds_its_other_half(drawn: Drawn) -> None:
    network = drawn.network
    rows = np.repeat(np.arange(drawn.n), network.degrees)
    assert np.array_equal(rows[network.reverse], network.indices)
    assert np.array_equal(network.indices[network.reverse], rows)


@given(plain_networks())
def test_to_networkx_and_back(drawn: Drawn) -> None:
    network = drawn.network
    graph = network.to_networkx()
    assert list(graph) == list(range(drawn.n))
    again = Network.from_networkx(graph, "weight")
    assert list(again.edges()) == list(network.edges())


@given(plain_networks())
def test_version_tells_equal_from_different(drawn: Drawn) -> None:
    network = drawn.network
    same = Network(
        range(drawn.n),
        *network.arrays(),
        is_directed=network.is_directed,
        groups=drawn.groups,
        group_names="ABCD",
    )
    assert same == network
    assert hash(same) == hash(network)
    more = Network.from_edges(
        network.edges(), nodes=range(drawn.n + 1), is_directed=network.is_directed
    )
    assert more != network


def test_from_edges_keeps_the_order_given() -> None:
    network = Network.from_edges(
        [("b", "a"), ("c", "a", 2.0)], nodes=["z"], groups={"a": "y", "b": "x"}
    )
    assert network.ids == ("z", "b", "a", "c")
    assert network.group_names == ("x", "y")
    assert network.groups.tolist() == [-1, 0, 1, -1]
    assert list(network.edges()) == [("b", "a", 1.0), ("a", "c", 2.0)]


def test_multigraphs_are_added_up() -> None:
    graph = nx.MultiGraph([(0, 1), (1, 0), (1, 1)])
    network = Network.from_networkx(graph)
    assert list(network.edges()) == [(0, 1, 2.0)]
    assert (network.n_parallel_ties, network.n_self_ties) == (1, 1)


@pytest.mark.parametrize(
    ("ends", "weights"),
    [(([0], [5]), None), (([-1], [0]), None), (([0], [1]), [0.0]), (([0], [1]), [float("nan")])],
)
def test_refuses_what_is_no_tie(
    ends: tuple[list[int], list[int]], weights: list[float] | None
) -> None:
    with pytest.raises(ValueError, match=r"position|weight"):
        Network("ab", *ends, weights)


def test_arrays_cannot_be_written() -> None:
    network = Network("ab", [0], [1])
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0] = 2.0


def test_takes_sixty_bytes_at_most_per_half_tie() -> None:
    """Measured over all arrays of a directed network, which holds every arc twice."""
    chance = np.random.default_rng(1)
    n, m = 1_000, 4_000
    network = Network(
        range(n), chance.integers(0, n, m), chance.integers(0, n, m), is_directed=True
    )
    arrays = (network.indptr, network.indices, network.weights, network.groups)
    arrays += (network.in_indptr, network.in_indices, network.in_weights)
    assert sum(a.nbytes for a in arrays) <= 60 * len(network.indices)
