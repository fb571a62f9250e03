"""Mixing against all deals of the groups, all networks of the same degrees, and networkx."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.analysis.mixing import Expectation, assortativity, dealt_groups, mixing, rewired_ties
from graph.errors import Cancelled
from graph.kernels.chance import below, next_number, shuffle
from graph.kernels.mixing import rewire
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks

N_GROUPS = 4


def state(seed: int) -> np.ndarray:
    return np.random.SeedSequence(seed).generate_state(4, np.uint64)


def table(
    pairs: dict[tuple[int, int], float], groups: list[int], *, is_directed: bool
) -> np.ndarray:
    """Add up the weights of the ties by pair of groups, one tie after the other."""
    sums = np.zeros((N_GROUPS, N_GROUPS))
    for (a, b), weight in pairs.items():
        g, h = groups[a], groups[b]
        if g >= 0 and h >= 0:
            sums[g, h] += weight
            if g != h and not is_directed:
                sums[h, g] += weight
    return sums


@given(plain_networks())
def test_counts_and_weights_as_defined(drawn: Drawn) -> None:
    is_directed = drawn.network.is_directed
    pairs = cohesion.pairs_of(drawn.ties, is_directed=is_directed)
    found = mixing(drawn.network)
    ones = dict.fromkeys(pairs, 1.0)
    assert np.array_equal(found.counts, table(ones, drawn.groups, is_directed=is_directed))
    assert found.weights == pytest.approx(table(pairs, drawn.groups, is_directed=is_directed))
    n_counted = found.counts.sum() if is_directed else np.triu(found.counts).sum()
    assert n_counted + found.n_left_out == len(pairs)


@settings(max_examples=40)
@given(plain_networks(max_nodes=6), st.booleans())
def test_mean_and_sd_are_those_of_all_deals(drawn: Drawn, is_weighted: bool) -> None:
    is_directed = drawn.network.is_directed
    pairs = cohesion.pairs_of(drawn.ties, is_directed=is_directed)
    if not is_weighted:
        pairs = dict.fromkeys(pairs, 1.0)
    grouped = [i for i in range(drawn.n) if drawn.groups[i] >= 0]
    tables = []
    for deal in permutations([drawn.groups[i] for i in grouped]):
        groups = [-1] * drawn.n
        for i, group in zip(grouped, deal, strict=True):
            groups[i] = group
        tables.append(table(pairs, groups, is_directed=is_directed))
    found = dealt_groups(drawn.network, is_weighted=is_weighted, n_permutations=0)
    assert found.mean == pytest.approx(np.mean(tables, axis=0))
    assert found.sd == pytest.approx(np.std(tables, axis=0), abs=1e-6)
    assert np.isnan(found.p).all()


def test_permutations_give_the_exact_mean_sd_and_share() -> None:
    """20,000 deals of a path of five: the p of two ties within a pair of nodes is 2 · 4/10."""
    path = Network.from_edges([(i, i + 1) for i in range(4)], groups=dict(enumerate("xxyyy")))
    found = dealt_groups(path, n_permutations=20_000, seed=3)
    within = [
        sum(b - a == 1 for a, b in combinations(nodes, 2)) for nodes in combinations(range(5), 2)
    ]
    assert found.observed[0, 0] == 1
    assert found.mean[0, 0] == pytest.approx(np.mean(within))
    assert found.sd[0, 0] == pytest.approx(np.std(within))
    assert found.p[0, 0] == pytest.approx(2 * np.mean(np.array(within) >= 1), abs=0.02)


def all_networks_like(ties: list[tuple[int, int]], *, is_directed: bool) -> list[frozenset]:
    """Return every simple network with the degrees of ``ties``, by trying all sets of ties."""
    n = 1 + max(map(max, ties))

    def degrees(chosen: tuple[tuple[int, int], ...]) -> list[int]:
        found = [0] * (2 * n)
        for a, b in chosen:
            found[a] += 1
            found[b + n if is_directed else b] += 1
        return found

    possible = list((permutations if is_directed else combinations)(range(n), 2))
    wanted = degrees(tuple(ties))
    return [
        frozenset(chosen)
        for chosen in combinations(possible, len(ties))
        if degrees(chosen) == wanted
    ]


@pytest.mark.parametrize(
    ("ties", "is_directed"),
    [
        ([(0, 1), (1, 2), (2, 3), (3, 4), (0, 5)], False),
        ([(0, 1), (0, 2), (0, 3), (1, 2), (4, 5)], False),
        ([(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)], True),
    ],
)
def test_all_networks_of_the_same_degrees_are_as_likely(
    ties: list[tuple[int, int]], is_directed: bool
) -> None:
    """χ² over 20,000 draws; with d degrees of freedom 99.9 % are below d + 3.1 √(2d) + 6."""
    expected = all_networks_like(ties, is_directed=is_directed)
    n_draws = 20_000
    chance = state(5)
    seen: Counter[frozenset] = Counter()
    start = np.array(ties, np.int32)
    for _ in range(n_draws):
        sources, targets = start[:, 0].copy(), start[:, 1].copy()
        rewire(sources, targets, is_directed, 30 * len(ties), chance)
        pairs = zip(sources.tolist(), targets.tolist(), strict=True)
        seen[frozenset(pair if is_directed else tuple(sorted(pair)) for pair in pairs)] += 1
    assert set(seen) == set(expected)
    share = n_draws / len(expected)
    chi_square = sum((n - share) ** 2 / share for n in seen.values())
    d = len(expected) - 1
    assert d > 5
    assert chi_square < d + 3.1 * math.sqrt(2 * d) + 6


@given(plain_networks(), st.integers(0, 9))
def test_rewiring_keeps_degrees_and_makes_no_self_or_double_ties(drawn: Drawn, seed: int) -> None:
    network = drawn.network
    sources, targets, _ = (array.copy() for array in network.arrays())
    rewire(sources, targets, network.is_directed, 50, state(seed))
    again = Network(range(drawn.n), sources, targets, is_directed=network.is_directed)
    assert (again.n_self_ties, again.n_parallel_ties) == (0, 0)
    assert np.array_equal(again.degrees, network.degrees)
    assert np.array_equal(np.diff(again.in_indptr), np.diff(network.in_indptr))


def test_rewired_mean_is_that_of_all_networks_of_the_same_degrees() -> None:
    ties = [(0, 1), (0, 2), (0, 3), (1, 2), (4, 5), (3, 4)]
    groups = [0, 0, 1, 1, 2, 2]
    tables = [
        table(dict.fromkeys(like, 1.0), groups, is_directed=False)
        for like in all_networks_like(ties, is_directed=False)
    ]
    network = Network(range(6), *np.array(ties).T, groups=groups, group_names="abcd")
    found = rewired_ties(network, n_replicates=4_000, seed=1)
    standard_error = np.std(tables, axis=0) / math.sqrt(4_000)
    assert (np.abs(found.mean - np.mean(tables, axis=0)) <= 4 * standard_error + 1e-12).all()
    assert found.sd == pytest.approx(np.std(tables, axis=0), rel=0.06)
    assert 0 < found.share_exchanged < 1


def same(a: Expectation, b: Expectation) -> bool:
    names = ("observed", "mean", "sd", "ratio", "z", "p")
    return all(np.array_equal(getattr(a, k), getattr(b, k), equal_nan=True) for k in names)


@pytest.mark.parametrize("compare", [dealt_groups, rewired_ties])
@pytest.mark.parametrize("is_directed", [False, True])
def test_one_thread_is_two_and_a_seed_decides(compare: object, is_directed: bool) -> None:
    chance = np.random.default_rng(1)
    network = Network(
        range(60),
        chance.integers(0, 60, 200),
        chance.integers(0, 60, 200),
        chance.random(200) + 0.1,
        is_directed=is_directed,
        groups=chance.integers(-1, 4, 60),
        group_names="abcd",
    )
    first, second, other = (
        compare(network, is_weighted=True, seed=seed, n_threads=n_threads)  # type: ignore[operator]
        for seed, n_threads in ((7, 1), (7, 2), (8, 2))
    )
    assert same(first, second)
    assert not np.array_equal(first.p, other.p)
    assert ((first.p >= 2 / 1000) & (first.p <= 1)).all()


def test_progress_and_cancel() -> None:
    network = Network.from_edges(["ab", "bc"], groups={"a": "x", "b": "y", "c": "y"})
    told: list[float] = []
    rewired_ties(network, n_replicates=5, n_threads=1, progress=told.append)
    assert told == [0.2, 0.4, 0.6, 0.8, 1.0]
    with pytest.raises(Cancelled):
        dealt_groups(network, is_cancelled=lambda: True)
    with pytest.raises(ValueError, match="two replicates"):
        rewired_ties(network, n_replicates=1)


@given(plain_networks(), st.booleans())
def test_assortativity_equal_to_networkx(drawn: Drawn, is_weighted: bool) -> None:
    """On the nodes that have a group; networkx knows no weights: from their mixing matrix."""
    network = drawn.network
    graph = network.to_networkx()
    graph.remove_nodes_from([i for i in range(drawn.n) if drawn.groups[i] < 0])
    found = assortativity(network, is_weighted=is_weighted)
    is_one_group = len({drawn.groups[i] for pair in graph.edges for i in pair}) < 2
    if is_one_group:
        assert math.isnan(found)
        return
    sums: dict[tuple[int, int], float] = defaultdict(float)
    for a, b, weight in graph.edges(data="weight"):
        for i, j in ((a, b),) if network.is_directed else ((a, b), (b, a)):
            sums[drawn.groups[i], drawn.groups[j]] += weight if is_weighted else 1.0
    total = sum(sums.values())
    matrix = np.array([[sums[g, h] / total for h in range(N_GROUPS)] for g in range(N_GROUPS)])
    by_chance = float((matrix @ matrix).sum())
    assume(abs(1 - by_chance) > 1e-9)
    assert found == pytest.approx((np.trace(matrix) - by_chance) / (1 - by_chance), abs=1e-9)
    if not is_weighted:
        peer = nx.attribute_assortativity_coefficient(graph, "group")
        assert found == pytest.approx(peer, abs=1e-9)


def test_assortativity_closed_forms() -> None:
    """All within: 1; K(n,n) between two groups: -1; a complete network of g equal groups."""
    pairs = Network.from_edges([(0, 1), (2, 3)], groups=dict(enumerate("xxyy")))
    assert assortativity(pairs) == 1
    between = [(i, j) for i in range(3) for j in range(3, 6)]
    assert assortativity(Network.from_edges(between, groups=dict(enumerate("xxxyyy")))) == -1
    # Newman's r of a complete network: within (n/g - 1) / (n - 1) of the ties, by chance 1 / g.
    n, g = 12, 3
    complete = Network.from_edges(
        list(combinations(range(n), 2)), groups={i: "xyz"[i % g] for i in range(n)}
    )
    within = (n / g - 1) / (n - 1)
    assert assortativity(complete) == pytest.approx((within - 1 / g) / (1 - 1 / g))
    assert math.isnan(assortativity(Network(range(2), [0], [1])))


def test_newman_s_couples() -> None:
    """Newman 2003, Phys. Rev. E 67:026126, table I: 1958 couples in San Francisco, r = 0.621.

    As printed, the shares add up to 0.997, which leaves r uncertain by as much.
    """
    shares = [
        [0.258, 0.016, 0.035, 0.013],
        [0.012, 0.157, 0.058, 0.019],
        [0.013, 0.023, 0.306, 0.035],
        [0.005, 0.007, 0.024, 0.016],
    ]
    women, men, weights = [], [], []
    for g, row in enumerate(shares):
        for h, share in enumerate(row):
            women.append(g)
            men.append(4 + h)
            weights.append(share)
    network = Network(
        range(8), women, men, weights, is_directed=True, groups=[0, 1, 2, 3] * 2, group_names="bhwo"
    )
    assert assortativity(network, is_weighted=True) == pytest.approx(0.621, abs=0.003)


@given(plain_networks(), st.permutations(range(8)))
def test_the_same_in_any_order_and_twice_side_by_side(drawn: Drawn, numbers: list[int]) -> None:
    order = [i for i in numbers if i < drawn.n]
    found = dealt_groups(drawn.network, n_permutations=0)
    moved = dealt_groups(relabelled(drawn.network, order), n_permutations=0)
    for name in ("observed", "mean", "sd"):
        assert getattr(moved, name) == pytest.approx(getattr(found, name), abs=1e-6)
    double = side_by_side(drawn.network)
    assert np.array_equal(mixing(double).counts, 2 * mixing(drawn.network).counts)
    assert assortativity(double) == pytest.approx(assortativity(drawn.network), nan_ok=True)


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn) -> None:
    arcs = both_ways(drawn.network)
    counts = mixing(drawn.network).counts
    assert np.array_equal(mixing(arcs).counts, counts + np.diag(np.diag(counts)))
    assert assortativity(arcs) == pytest.approx(assortativity(drawn.network), nan_ok=True)


def test_random_numbers_as_published() -> None:
    """The first of xoshiro256++ from the state 1, 2, 3, 4 (vectors of its authors' C code)."""
    chance = np.array([1, 2, 3, 4], np.uint64)
    assert [int(next_number(chance)) for _ in range(6)] == [
        41943041,
        58720359,
        3588806011781223,
        3591011842654386,
        9228616714210784205,
        9973669472204895162,
    ]


def test_random_numbers_are_even() -> None:
    """χ² with 6 and 23 degrees of freedom; 99.9 % points 22.5 and 49.7."""
    chance = state(1)
    counts = np.bincount([below(chance, 7) for _ in range(70_000)], minlength=7)
    assert ((counts - 10_000) ** 2 / 10_000).sum() < 22.5
    seen: Counter[tuple[int, ...]] = Counter()
    for _ in range(24_000):
        cards = np.arange(4, dtype=np.int32)
        shuffle(chance, cards)
        seen[tuple(cards.tolist())] += 1
    assert len(seen) == 24
    assert sum((n - 1_000) ** 2 / 1_000 for n in seen.values()) < 49.7
