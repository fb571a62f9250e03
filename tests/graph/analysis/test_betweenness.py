"""Betweenness against published tables, closed forms, every shortest path listed, and peers."""

from __future__ import annotations

import itertools
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.betweenness import (
    betweenness,
    sampled_betweenness,
    subset_betweenness,
    tie_betweenness,
)
from graph.errors import Cancelled
from graph.network import Network
from tests.oracles import paths as oracle
from tests.oracles.networks import Drawn, plain_networks

# Jackson 2008, Social and Economic Networks, p. 4: betweenness of the marriages among Florentine
# families, as shares of all pairs, to three digits.
FLORENTINE = {"Medici": 0.522, "Guadagni": 0.255, "Strozzi": 0.103}
# Krackhardt 1990, Administrative Science Quarterly 35:351, the kite: shares to three digits.
KITE = {3: 0.102, 5: 0.231, 6: 0.231, 7: 0.389, 8: 0.222, 0: 0.023, 1: 0.023, 2: 0, 4: 0, 9: 0}


def of_edges(n: int, edges: object) -> Network:
    ends = np.array([(a, b) for a, b, *_ in edges], int).reshape(-1, 2)  # type: ignore[attr-defined]
    return Network(range(n), ends[:, 0], ends[:, 1])


def test_florentine_families_as_published() -> None:
    found = betweenness(Network.from_networkx(nx.florentine_families_graph()))
    names = list(nx.florentine_families_graph())
    n_pairs = (len(names) - 1) * (len(names) - 2) / 2
    for name, share in FLORENTINE.items():
        assert found[names.index(name)] / n_pairs == pytest.approx(share, abs=0.0005)


def test_krackhardt_kite_as_published() -> None:
    found = betweenness(Network.from_networkx(nx.krackhardt_kite_graph()))
    for node, share in KITE.items():
        assert found[node] / 36 == pytest.approx(share, abs=0.0005)


@pytest.mark.parametrize("n", [3, 4, 7, 40, 100])
def test_closed_forms(n: int) -> None:
    star = betweenness(of_edges(n, [(0, i) for i in range(1, n)]))
    assert star.tolist() == [(n - 1) * (n - 2) / 2] + [0.0] * (n - 1)
    path = betweenness(of_edges(n, [(i, i + 1) for i in range(n - 1)]))
    assert path.tolist() == [float(i * (n - 1 - i)) for i in range(n)]
    cycle = betweenness(of_edges(n, [(i, (i + 1) % n) for i in range(n)]))
    expected = Fraction((n - 1) * (n - 3), 8) if n % 2 else Fraction((n - 2) ** 2, 8)
    assert cycle == pytest.approx([float(expected)] * n)
    complete = betweenness(of_edges(n, [(i, j) for i in range(n) for j in range(i)]))
    assert complete.tolist() == [0.0] * n


@pytest.mark.parametrize(("a", "b"), [(2, 3), (5, 70), (40, 40)])
def test_complete_bipartite(a: int, b: int) -> None:
    """Each side's pairs meet through the other side's members in equal parts."""
    network = of_edges(a + b, [(i, a + j) for i in range(a) for j in range(b)])
    expected = [Fraction(b * (b - 1), 2 * a)] * a + [Fraction(a * (a - 1), 2 * b)] * b
    assert betweenness(network) == pytest.approx([float(x) for x in expected], rel=1e-12)


def test_ties_of_closed_forms() -> None:
    path = of_edges(5, [(i, i + 1) for i in range(4)])
    assert tie_betweenness(path).tolist() == [4, 4, 6, 6, 6, 6, 4, 4]
    cycle = of_edges(5, [(i, (i + 1) % 5) for i in range(5)])
    assert tie_betweenness(cycle) == pytest.approx([3.0] * 10)


def test_isolates_and_separate_parts_count_nothing() -> None:
    assert betweenness(of_edges(5, [(0, 1), (1, 2)])).tolist() == [0, 1, 0, 0, 0]
    assert betweenness(of_edges(0, [])).tolist() == []
    assert tie_betweenness(of_edges(2, [])).tolist() == []
    assert sampled_betweenness(of_edges(2, []), 3).values.tolist() == [0, 0]


def _lengths(network: Network, values: np.ndarray) -> dict[tuple[int, int], Fraction]:
    rows = np.repeat(np.arange(len(network)), network.degrees)
    return {
        (int(i), int(j)): Fraction(float(x))
        for i, j, x in zip(rows, network.indices, values, strict=True)
    }


@given(plain_networks(max_nodes=7), st.booleans())
def test_equals_all_shortest_paths_listed(drawn: Drawn, has_distances: bool) -> None:
    """Nodes and ties, directed or not, with lengths or not; sums of two weights make near ties."""
    network = drawn.network
    distances = network.weights if has_distances else None
    lengths = _lengths(network, network.weights if has_distances else np.ones(len(network.indices)))
    nodes, arcs = oracle.betweenness(drawn.n, lengths)
    times = 1 if network.is_directed else 2
    assert betweenness(network, distances=distances) == pytest.approx(
        [float(x / times) for x in nodes], rel=1e-12
    )
    expected = [
        float(x if network.is_directed else (x + arcs[b, a]) / 2) for (a, b), x in arcs.items()
    ]
    assert tie_betweenness(network, distances=distances) == pytest.approx(expected, rel=1e-12)


@given(plain_networks(max_nodes=7), st.data())
def test_subsets_equal_the_paths_listed(drawn: Drawn, data: st.DataObject) -> None:
    some = st.lists(st.integers(0, drawn.n - 1), unique=True)
    sources, targets = data.draw(some), data.draw(some)
    network = drawn.network
    lengths = _lengths(network, np.ones(len(network.indices)))
    expected, arcs = oracle.betweenness(drawn.n, lengths, sources=sources, targets=targets)
    nodes, ties = subset_betweenness(network, np.array(sources, int), np.array(targets, int))
    assert nodes == pytest.approx([float(x) for x in expected], rel=1e-12)
    assert ties == pytest.approx([float(x) for x in arcs.values()], rel=1e-12)


@st.composite
def grown_networks(draw: st.DrawFn) -> Network:
    """Draw up to 60 nodes with what the reduction takes apart: trees, twins, chains, blocks."""
    edges: list[tuple[int, int]] = []
    n = 1
    for _ in range(draw(st.integers(0, 8))):
        sort = draw(st.sampled_from(["leaf", "twin", "tied twin", "chain", "clique", "arc"]))
        at = draw(st.integers(0, n - 1))
        if sort == "leaf":
            edges += [(at, n)]
            n += 1
        elif sort in ("twin", "tied twin"):
            partners = {b if a == at else a for a, b in edges if at in (a, b)}
            for _ in range(draw(st.integers(1, 3))):
                edges += [(p, n) for p in partners]
                edges += [(at, n)] if sort == "tied twin" else []
                n += 1
        elif sort == "chain":
            length = draw(st.integers(1, 5))
            end = draw(st.integers(0, n - 1))
            nodes = [at, *range(n, n + length), end]
            edges += list(itertools.pairwise(nodes))
            n += length
        elif sort == "clique":
            nodes = [at, *range(n, n + 3)]
            edges += [(a, b) for a in nodes for b in nodes if a < b]
            n += 3
        else:
            edges += [(at, draw(st.integers(0, n - 1)))]
    is_directed = draw(st.booleans())
    flips = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    ends = [(b, a) if flip else (a, b) for (a, b), flip in zip(edges, flips, strict=True)]
    if is_directed and draw(st.booleans()):
        ends += [(b, a) for a, b in ends]
    return Network(range(n), [a for a, _ in ends], [b for _, b in ends], is_directed=is_directed)


@given(grown_networks())
def test_folded_equals_unfolded(network: Network) -> None:
    """The reduction against the same kernel on the whole network, and against networkx."""
    everyone = np.arange(len(network))
    unfolded, _ = subset_betweenness(network, everyone, everyone)
    found = betweenness(network)
    assert found * (1 if network.is_directed else 2) == pytest.approx(unfolded, rel=1e-12)
    graph = network.to_networkx()
    expected = nx.betweenness_centrality(graph, normalized=False)
    assert found == pytest.approx(list(expected.values()), rel=1e-9)
    carried = nx.edge_betweenness_centrality(graph, normalized=False)
    rows = np.repeat(everyone, network.degrees)
    both = {(b, a): x for (a, b), x in carried.items()} | carried
    assert tie_betweenness(network) == pytest.approx(
        [both[int(i), int(j)] for i, j in zip(rows, network.indices, strict=True)], rel=1e-9
    )


@given(grown_networks(), st.randoms(use_true_random=False))
def test_does_not_depend_on_the_order_of_nodes(network: Network, chance: object) -> None:
    order = list(range(len(network)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    place = np.argsort(order)
    sources, targets, _ = network.arrays()
    moved = Network(
        [network.ids[i] for i in order],
        place[sources],
        place[targets],
        is_directed=network.is_directed,
    )
    assert betweenness(moved)[place] == pytest.approx(betweenness(network), rel=1e-12)


@given(grown_networks(), grown_networks())
def test_a_disjoint_union_changes_nothing(one: Network, other: Network) -> None:
    a, b = one.undirected, other.undirected
    (s, t, _), (s2, t2, _) = a.arrays(), b.arrays()
    union = Network(
        range(len(a) + len(b)),
        np.concatenate((s, s2 + len(a))),
        np.concatenate((t, t2 + len(a))),
    )
    expected = np.concatenate((betweenness(a), betweenness(b)))
    assert betweenness(union) == pytest.approx(expected, rel=1e-12)


@given(grown_networks())
def test_arcs_both_ways_are_an_undirected_network_counted_twice(network: Network) -> None:
    base = network.undirected
    sources, targets, _ = base.arrays()
    both = Network(
        base.ids,
        np.concatenate((sources, targets)),
        np.concatenate((targets, sources)),
        is_directed=True,
    )
    assert betweenness(both) == pytest.approx(2 * betweenness(base), rel=1e-12)
    assert tie_betweenness(both) == pytest.approx(tie_betweenness(base), rel=1e-12)


@given(grown_networks())
def test_distances_of_one_are_no_distances(network: Network) -> None:
    ones = np.full(len(network.indices), 0.1)
    assert betweenness(network, distances=ones) == pytest.approx(betweenness(network), rel=1e-12)
    assert tie_betweenness(network, distances=ones) == pytest.approx(
        tie_betweenness(network), rel=1e-12
    )


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Network:
    """Return a network with leaves, twins and small blocks, cut into many parts."""
    monkeypatch.setattr("graph.analysis.betweenness._MIN_WORK", 2_000)
    monkeypatch.setattr("graph.analysis.betweenness._GROUP_ROWS", 50)
    graph = nx.disjoint_union(nx.gnm_random_graph(600, 900, seed=1), nx.grid_2d_graph(20, 4))
    graph = nx.disjoint_union(graph, nx.windmill_graph(60, 4))
    return Network.from_networkx(graph)


def test_larger_networks_equal_networkx(large: Network) -> None:
    expected = nx.betweenness_centrality(large.to_networkx(), normalized=False)
    assert betweenness(large) == pytest.approx(list(expected.values()), rel=1e-9)


@pytest.mark.parametrize("is_directed", [False, True])
@pytest.mark.parametrize("max_levels", [0.0, 1e9])
@pytest.mark.parametrize(
    "graph", [nx.grid_2d_graph(9, 9), nx.ladder_graph(40), nx.gnm_random_graph(90, 160, seed=3)]
)
def test_searches_side_by_side_and_one_by_one_are_equal(
    graph: nx.Graph, max_levels: float, is_directed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deep networks and shallow ones, each in both ways, nodes, ties and samples."""
    monkeypatch.setattr("graph.analysis.betweenness._MAX_LEVELS_TOGETHER", max_levels)
    if is_directed:
        chance = np.random.default_rng(4)
        graph = nx.DiGraph(
            [arc for a, b in graph.edges for arc in ((a, b), (b, a)) if chance.random() < 0.8]
        )
    network = Network.from_networkx(graph)
    expected = nx.betweenness_centrality(graph, normalized=False)
    assert betweenness(network) == pytest.approx(list(expected.values()), rel=1e-9)
    carried = nx.edge_betweenness_centrality(graph, normalized=False)
    rows = np.repeat(np.arange(len(network)), network.degrees)
    for i, j, value in zip(rows, network.indices, tie_betweenness(network), strict=True):
        pair = (network.ids[i], network.ids[j])
        assert value == pytest.approx(carried.get(pair, carried.get(pair[::-1])), rel=1e-9)
    found = sampled_betweenness(network, 60, seed=2)
    assert (np.abs(found.values - betweenness(network)) <= found.half_widths + 1e-6).all()


def test_does_not_depend_on_the_number_of_threads(large: Network) -> None:
    assert np.array_equal(betweenness(large, n_threads=1), betweenness(large, n_threads=2))
    one, two = (sampled_betweenness(large, 300, seed=5, n_threads=k) for k in (1, 2))
    assert np.array_equal(one.values, two.values)
    assert np.array_equal(one.half_widths, two.half_widths)


@settings(max_examples=30)
@given(grown_networks(), st.integers(0, 1_000))
def test_samples_of_every_start_come_near(network: Network, seed: int) -> None:
    found = sampled_betweenness(network, 3_000, seed=seed)
    assert (np.abs(found.values - betweenness(network)) <= found.half_widths + 1e-9).all()


def test_the_stated_error_holds_as_often_as_it_says(large: Network) -> None:
    exact = betweenness(large)
    found = [sampled_betweenness(large, 200, seed=seed, confidence=0.9) for seed in range(40)]
    n_held = sum((np.abs(f.values - exact) <= f.half_widths + 1e-6).all() for f in found)
    assert n_held >= 36
    assert all((f.half_widths >= 0).all() for f in found)
    mean = np.mean([f.values for f in found], axis=0)
    top = np.argsort(-exact)[:20]
    assert mean[top] == pytest.approx(exact[top], rel=0.05)


def test_samples_narrow_as_they_grow(large: Network) -> None:
    few, many = sampled_betweenness(large, 30), sampled_betweenness(large, 300)
    assert many.half_widths.max() < few.half_widths.max() / 4
    with pytest.raises(ValueError, match="1 or more"):
        sampled_betweenness(large, 0)


def test_can_be_watched_and_cancelled(large: Network) -> None:
    shares: list[float] = []
    betweenness(large, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Cancelled):
        betweenness(large, is_cancelled=lambda: True)


@pytest.mark.parametrize("wrong", [[1.0], [0.0, 1.0], [-1.0, 1.0], [np.inf, 1.0], [np.nan, 1.0]])
def test_refuses_what_is_no_distance(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="distance"):
        betweenness(of_edges(2, [(0, 1)]), distances=np.array(wrong))
