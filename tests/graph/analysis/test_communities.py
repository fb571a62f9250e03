"""Communities: published optima, what Leiden guarantees, all partitions, and three peers.

leidenalg and igraph are compared with where they are installed; Wushe does not need them.
"""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.analysis.communities import Communities, communities, partition_quality
from graph.errors import Cancelled
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, side_by_side
from tests.oracles.networks import Drawn, plain_networks


def ring_of_cliques(n_cliques: int, size: int) -> Network:
    return Network.from_networkx(nx.ring_of_cliques(n_cliques, size))


def planted(n_groups: int, size: int) -> nx.Graph:
    return nx.planted_partition_graph(n_groups, size, 0.25, 0.003, seed=1)


GRAPHS = {
    "karate": nx.karate_club_graph,
    "les miserables": nx.les_miserables_graph,
    "florentine": nx.florentine_families_graph,
    "planted, 2,000 nodes": lambda: planted(40, 50),
    "preferential attachment": lambda: nx.barabasi_albert_graph(1_000, 3, seed=1),
}


def members(found: Communities) -> list[list[int]]:
    return [np.flatnonzero(found.labels == c).tolist() for c in range(len(found.sizes))]


def test_the_karate_club_has_four() -> None:
    """0.4198 is the highest modularity that there is (Brandes et al. 2008, IEEE TKDE 20:172)."""
    network = Network.from_networkx(nx.karate_club_graph())
    for seed in range(5):
        found = communities(network, seed=seed)
        assert found.quality == pytest.approx(0.4198, abs=0.00005)
        assert len(found.sizes) == 4


@pytest.mark.parametrize(("n_cliques", "size"), [(4, 4), (8, 5), (10, 6)])
def test_a_ring_of_cliques_falls_into_its_cliques(n_cliques: int, size: int) -> None:
    found = communities(ring_of_cliques(n_cliques, size))
    assert found.labels.tolist() == [i // size for i in range(n_cliques * size)]
    n_within = size * (size - 1) / 2
    assert found.quality == pytest.approx(n_within / (n_within + 1) - 1 / n_cliques)


def test_the_resolution_limit_as_published() -> None:
    """30 cliques of 5: modularity takes them in pairs, 0.888 against 0.876; CPM does not.

    Fortunato & Barthélemy 2007, PNAS 104:36, p. 39.
    """
    network = ring_of_cliques(30, 5)
    one_by_one, in_pairs = [i // 5 for i in range(150)], [i // 10 for i in range(150)]
    assert partition_quality(network, one_by_one) == pytest.approx(0.876, abs=0.0005)
    assert partition_quality(network, in_pairs) == pytest.approx(0.888, abs=0.0005)
    assert communities(network).quality > 0.886
    assert communities(network, quality="cpm", resolution=0.5).labels.tolist() == one_by_one
    assert communities(network, resolution=5).labels.tolist() == one_by_one


@pytest.mark.parametrize("name", GRAPHS)
def test_no_worse_than_louvain(name: str) -> None:
    graph = nx.convert_node_labels_to_integers(GRAPHS[name]())
    network = Network.from_networkx(graph, "weight")
    best = max(
        nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
        for seed in range(3)
    )
    found = communities(network)
    assert found.quality >= best - 0.005
    assert found.quality == pytest.approx(nx.community.modularity(graph, members(found)))


@pytest.mark.parametrize("name", GRAPHS)
def test_no_worse_than_leidenalg(name: str) -> None:
    """At least 0.995 of the best of five runs, each until it is stable."""
    reason = "a peer that Wushe does not need; compared with where it is installed"
    igraph = pytest.importorskip("igraph", reason=reason)
    leidenalg = pytest.importorskip("leidenalg", reason=reason)
    network = Network.from_networkx(GRAPHS[name](), "weight")
    graph = igraph.Graph.TupleList(network.edges(), weights=True)
    best = max(
        graph.modularity(
            leidenalg.find_partition(
                graph,
                leidenalg.ModularityVertexPartition,
                weights="weight",
                seed=seed,
                n_iterations=-1,
            ).membership,
            weights="weight",
        )
        for seed in range(5)
    )
    assert communities(network).quality >= 0.995 * best


def test_planted_groups_are_recovered() -> None:
    found = communities(Network.from_networkx(planted(20, 50)))
    assert found.labels.tolist() == [i // 50 for i in range(1_000)]


@pytest.mark.parametrize("quality", ["modularity", "cpm"])
@given(drawn=plain_networks(max_nodes=6), resolution=st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=40)
def test_what_it_says_it_reached_and_never_above_the_best(
    quality: Any, drawn: Drawn, resolution: float
) -> None:
    """Against all partitions of up to six nodes."""
    pairs = cohesion.pairs_of(drawn.ties, is_directed=False)
    assume(pairs)
    found = communities(drawn.network, quality=quality, resolution=resolution)

    def oracle(labels: list[int]) -> float:
        if quality == "cpm":
            return cohesion.cpm(pairs, labels, resolution)
        return cohesion.modularity(drawn.n, pairs, labels, resolution)

    labels = found.labels.tolist()
    assert found.quality == pytest.approx(oracle(labels))
    again = partition_quality(drawn.network, labels, quality=quality, resolution=resolution)
    assert again == pytest.approx(found.quality)
    best = max(map(oracle, cohesion.partitions(drawn.n)))
    assert found.quality <= best + 1e-9
    assert found.quality >= oracle(list(range(drawn.n))) - 1e-9


def test_the_best_of_all_partitions_is_mostly_found() -> None:
    """Of 60 random networks of seven nodes at least 57."""
    n_best = 0
    chance = np.random.default_rng(1)
    for _ in range(60):
        ties = [(*pair, 1.0) for pair in chance.integers(0, 7, (10, 2)).tolist()]
        pairs = cohesion.pairs_of(ties, is_directed=False)
        network = Network.from_edges(((a, b, w) for (a, b), w in pairs.items()), nodes=range(7))
        best = max(cohesion.modularity(7, pairs, labels, 1.0) for labels in cohesion.partitions(7))
        n_best += communities(network).quality >= float(best) - 1e-9
    assert n_best >= 57


@given(plain_networks(max_nodes=12), st.sampled_from(["modularity", "cpm"]), st.integers(0, 9))
def test_each_is_connected_and_no_two_belong_together(
    drawn: Drawn, quality: Any, seed: int
) -> None:
    """Traag et al. 2019, theorem 1: γ-connected and γ-separated."""
    found = communities(drawn.network, quality=quality, resolution=0.7, n_runs=1, seed=seed)
    pairs = cohesion.pairs_of(drawn.ties, is_directed=False)
    for part in members(found):
        assert len(cohesion.parts(part, pairs)) == 1
    if not pairs:
        return
    for c in range(len(found.sizes)):
        for d in range(c):
            joined = np.where(found.labels == c, d, found.labels)
            merged = partition_quality(drawn.network, joined, quality=quality, resolution=0.7)
            assert merged <= found.quality + 1e-9


def test_each_is_connected_in_a_larger_network() -> None:
    graph = nx.barabasi_albert_graph(3_000, 2, seed=4)
    for seed in range(3):
        found = communities(Network.from_networkx(graph), n_runs=1, seed=seed)
        for part in members(found):
            assert nx.is_connected(graph.subgraph(part))


@given(plain_networks(is_directed=False), st.integers(0, 3))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn, seed: int) -> None:
    """Twice the weights, the same modularity."""
    found = communities(drawn.network, seed=seed)
    arcs = communities(both_ways(drawn.network), seed=seed)
    assert np.array_equal(arcs.labels, found.labels)
    assert arcs.quality == pytest.approx(found.quality, nan_ok=True)


@given(plain_networks())
def test_two_copies_never_share_a_community(drawn: Drawn) -> None:
    found = communities(side_by_side(drawn.network))
    assert not set(found.labels[: drawn.n]) & set(found.labels[drawn.n :])


def test_one_thread_is_two_and_a_seed_decides() -> None:
    network = Network.from_networkx(nx.gnp_random_graph(300, 0.03, seed=1))
    first, second, other = (
        communities(network, seed=seed, n_threads=n_threads)
        for seed, n_threads in ((7, 1), (7, 2), (8, 2))
    )
    assert np.array_equal(first.labels, second.labels)
    assert first.quality == second.quality
    assert not np.array_equal(first.labels, other.labels)


def test_weights_are_strengths_or_left_aside() -> None:
    """A ring of four with two strong ties falls in two along the weak ones."""
    ring = Network.from_edges([(0, 1, 5.0), (1, 2, 1.0), (2, 3, 5.0), (3, 0, 1.0)])
    found = communities(ring)
    assert found.labels.tolist() == [0, 0, 1, 1]
    assert found.quality == pytest.approx(10 / 12 - 1 / 2)
    assert communities(ring, is_weighted=False).quality == pytest.approx(0)


def test_without_ties_there_is_nothing_to_find() -> None:
    found = communities(Network(range(3), [], []))
    assert found.labels.tolist() == [0, 1, 2]
    assert math.isnan(found.quality)
    assert communities(Network([], [], [])).sizes.tolist() == []


def test_progress_cancel_and_refusals() -> None:
    network = ring_of_cliques(4, 4)
    told: list[float] = []
    communities(network, n_runs=2, n_threads=1, progress=told.append)
    assert told == [0.5, 1.0]
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        communities(network, n_runs=1, is_cancelled=lambda: next(answers))
    with pytest.raises(ValueError, match="not below 0"):
        communities(network, resolution=-1)
    with pytest.raises(ValueError, match="one label for each node"):
        partition_quality(network, [0])
    with pytest.raises(ValueError, match="in a community"):
        partition_quality(Network("a", [], []), [-1])
