"""Open and sole pairs, and two scores of bridging: by hand, as published, against definitions."""

from __future__ import annotations

import itertools
import time
import tracemalloc
from fractions import Fraction
from itertools import combinations, permutations
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import bridging
from graph.analysis.betweenness import betweenness
from graph.analysis.bridging import (
    BridgingProfile,
    bridging_profile,
    everett_valente_brokerage,
    open_pairs,
    sole_pairs,
    valente_fujimoto_bridging,
)
from graph.errors import Cancelled, InvalidArgument
from graph.network import Network
from tests.oracles import brokerage as oracle
from tests.oracles import paths
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks

# Everett & Valente 2016, Social Networks 44:202, figure 1, after Granovetter 1973: 25 nodes from 1.
GRANOVETTER = (
    "1-2 1-3 1-24 2-3 2-4 3-4 3-5 4-5 4-6 5-6 6-7 7-8 8-9 8-10 8-11 8-14 9-10 10-11 11-12 11-13 "
    "11-14 12-13 12-14 13-14 13-15 15-16 15-17 16-17 17-18 18-19 18-20 18-21 19-20 20-21 20-22 "
    "20-25 22-23 22-25 23-24 23-25 24-25"
)
# Their table 1, in percent: link deletion (VF-brokerage) and normalised EV-brokerage.
LINK_DELETION = (
    1.3, 0.3, 0.3, 0.3, 0.3, 1.2, 3.0, 0.9, 0.3, 0.3, 0.3, 0.2, 1.2,
    0.3, 1.6, 0.4, 1.6, 1.3, 0.4, 0.6, 0.4, 0.3, 0.2, 1.4, 0.5,
)  # fmt: skip
EV_BROKERAGE = (
    29.814, 11.325, 14.771, 14.926, 11.389, 30.465, 46.21, 21.766, 0, 6.837, 13.139, 0, 27.638,
    11.488, 36.285, 0, 36.014, 27.31, 0, 21.13, 0, 7.564, 6.837, 29.661, 20.483,
)  # fmt: skip
# Their figure 3 and table 2: who names whom at a summer camp, and EV-brokerage in and out.
CAMP = {
    "Holly": ("Pam Pat Don", 26.472),
    "Brazey": ("Lee Steve Bert", 0),
    "Carol": ("Pam Pat Pauline", 6.306),
    "Pam": ("Jennie Pauline Ann", 11.867),
    "Pat": ("Holly Carol Jennie", 15.146),
    "Jennie": ("Pam Pat Ann", 6.444),
    "Pauline": ("Carol Pam Pat", 7.271),
    "Ann": ("Pam Jennie Pauline", 5.958),
    "Michael": ("Holly Don Harry", 20.785),
    "Bill": ("Michael Don Harry", 0),
    "Lee": ("Brazey Steve Bert", 5.167),
    "Don": ("Holly Michael Harry", 8.389),
    "John": ("Pauline Gery Russ", 0),
    "Harry": ("Holly Michael Don", 5.111),
    "Gery": ("Michael Steve Russ", 26.778),
    "Steve": ("Lee Bert Russ", 7.589),
    "Bert": ("Lee Steve Russ", 7.236),
    "Russ": ("Gery Steve Bert", 17.056),
}


def granovetter() -> Network:
    ties = [tuple(map(int, tie.split("-"))) for tie in GRANOVETTER.split()]
    return Network(range(1, 26), [a - 1 for a, _ in ties], [b - 1 for _, b in ties])


def a_city(n: int = 4_000) -> Network:
    """A network of hubs, leaves, triangles and seven groups."""
    chance = np.random.default_rng(1)
    hubs = np.minimum(chance.pareto(1.1, 3 * n // 2) * 2, n // 4).astype(int)
    others = np.concatenate([np.arange(n), chance.integers(0, n // 4, n // 2)])
    return Network(range(n), hubs, others, groups=chance.integers(-1, 7, n), group_names="ABCDEFG")


def entries(profile: BridgingProfile, n: int) -> list[list[tuple[tuple[int, int], int, int]]]:
    return [profile.entries(b) for b in range(n)]


def test_by_hand() -> None:
    """Two enterprises and a community around a hub; a second hub also knows one of each."""
    hub, e1, e2, c, other = range(5)
    net = Network(
        range(5),
        [hub, hub, hub, other, other],
        [e1, e2, c, e1, c],
        groups=[0, 1, 1, 2, 3],
        group_names=["organisation", "enterprise", "community", "volunteer"],
    )
    assert bridging_profile(net).entries(hub) == [((1, 1), 1, 1), ((1, 2), 2, 1)]
    assert list(open_pairs(net, hub)) == [(e1, e2), (e1, c), (e2, c)]
    assert list(sole_pairs(net, hub)) == [(e1, e2), (e2, c)]
    assert list(sole_pairs(net, hub, (2, 1))) == [(e2, c)]
    is_wanted = np.array([True, True, True, False, True])
    assert list(open_pairs(net, hub, among=is_wanted)) == [(e1, e2)]


@pytest.mark.parametrize("n", [1, 2, 7])
def test_closed_forms(n: int) -> None:
    star = bridging_profile(Network(range(n + 1), [0] * n, range(1, n + 1)))
    assert star.total(star.n_open).tolist() == [n * (n - 1) // 2] + [0] * n
    assert star.total(star.n_sole).tolist() == star.total(star.n_open).tolist()
    # In a complete bipartite graph every pair of one side meets at each node of the other.
    both = Network(range(n + 2), [i for i in range(n) for _ in "ab"], [n, n + 1] * n)
    found = bridging_profile(both)
    assert found.total(found.n_open).tolist() == [1] * n + [n * (n - 1) // 2] * 2
    assert found.total(found.n_sole).tolist() == [int(n == 1)] * n + [0, 0]
    complete = Network.from_edges(combinations(range(n + 1), 2))
    assert not len(bridging_profile(complete).n_open)


@given(plain_networks())
def test_equal_to_a_search_of_all_pairs(drawn: Drawn) -> None:
    ties = {frozenset((a, b)) for a, b, _ in drawn.ties if a != b}
    profile = bridging_profile(drawn.network)
    for b in range(drawn.n):
        found = oracle.open_pairs(drawn.n, ties, b)
        sole = oracle.sole_pairs(drawn.n, ties, b)
        assert list(open_pairs(drawn.network, b)) == found
        assert list(sole_pairs(drawn.network, b)) == sole
        counts: dict[tuple[int, int], list[int]] = {}
        for i, j in found:
            groups = sorted((drawn.groups[i], drawn.groups[j]))
            row = counts.setdefault((groups[0], groups[1]), [0, 0])
            row[0] += 1
            row[1] += (i, j) in sole
        assert profile.entries(b) == [(key, *counts[key]) for key in sorted(counts)]
        for g, h in counts:
            wanted = [p for p in sole if {drawn.groups[p[0]], drawn.groups[p[1]]} == {g, h}]
            assert list(sole_pairs(drawn.network, b, (g, h))) == wanted
            assert list(sole_pairs(drawn.network, b, (h, g))) == wanted


def members(n: int, n_alliances: int, n_each: int) -> Network:
    """Return alliances that know one another and their many members, most of them alike."""
    chance = np.random.default_rng(2)
    ends = list(combinations(range(n_alliances), 2))
    joined = [
        (i, k) for i in range(n_alliances, n) for k in chance.permutation(n_alliances)[:n_each]
    ]
    sources, targets = zip(*ends, *joined, strict=True)
    groups = chance.integers(-1, 2, n)
    return Network(range(n), sources, targets, groups=groups, group_names="AB")


@pytest.mark.parametrize("net", [a_city(600), members(150, 4, 2), members(80, 6, 3)])
def test_counts_equal_what_the_iterators_yield_in_a_larger_network(net: Network) -> None:
    profile = bridging_profile(net)
    assert profile.total(profile.n_open).tolist() == [
        sum(1 for _ in open_pairs(net, b)) for b in range(len(net))
    ]
    assert profile.total(profile.n_sole).tolist() == [
        sum(1 for _ in sole_pairs(net, b)) for b in range(len(net))
    ]
    assert 0 < profile.n_sole.sum() < profile.n_open.sum()


def test_members_that_are_alike_are_counted_as_one() -> None:
    """Fifty thousand in the same two alliances: each two of them meet at both, none at one only."""
    n = 50_000
    everyone = np.arange(2, n + 2)
    net = Network(range(n + 2), np.repeat([0, 1], n), np.concatenate([everyone, everyone]))
    profile = bridging_profile(net)
    assert profile.total(profile.n_open)[:3].tolist() == [n * (n - 1) // 2] * 2 + [1]
    assert not profile.n_sole.any()


@given(plain_networks(), st.randoms(use_true_random=False))
def test_names_directions_and_other_components_make_no_difference(
    drawn: Drawn, random: Random
) -> None:
    net = drawn.network
    order = list(range(drawn.n))
    random.shuffle(order)
    alone = entries(bridging_profile(net), drawn.n)
    moved = entries(bridging_profile(relabelled(net, order)), drawn.n)
    assert moved == [alone[i] for i in order]
    assert entries(bridging_profile(side_by_side(net)), 2 * drawn.n) == alone * 2
    assert entries(bridging_profile(both_ways(net.undirected)), drawn.n) == alone


def test_the_number_of_threads_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridging, "_MIN_COST", 100)
    net = a_city()
    one = bridging_profile(net, n_threads=1)
    for n_threads in (2, 7):
        more = bridging_profile(net, n_threads=n_threads)
        for name in ("indptr", "first", "second", "n_open", "n_sole"):
            assert getattr(one, name).tobytes() == getattr(more, name).tobytes()


def test_the_first_pairs_of_a_hub_cost_nothing() -> None:
    """Five thousand leaves have twelve million pairs."""
    n = 5_001
    star = Network(range(n), [0] * (n - 1), range(1, n))
    list(itertools.islice(sole_pairs(star, 0), 1))
    tracemalloc.start()
    start = time.perf_counter()
    found = list(itertools.islice(sole_pairs(star, 0), 20))
    took = time.perf_counter() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [(1, j) for j in range(2, 22)]
    assert took < 0.05
    assert peak < 1_000_000


def test_too_many_groups_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridging, "MAX_ENTRIES", 5)
    star = Network(range(4), [0] * 3, range(1, 4), groups=range(4), group_names="ABCD")
    with pytest.raises(InvalidArgument, match="too many groups"):
        bridging_profile(star)


def test_brokerage_as_published() -> None:
    """The largest value possible, of a node of two ties between halves, is 156 for 25 nodes."""
    net = granovetter()
    found = everett_valente_brokerage(net, betweenness(net))
    largest = (25**2 - 1) / 4
    # The table cuts digits off.
    assert (100 * found / largest).tolist() == pytest.approx(EV_BROKERAGE, abs=0.0025)


def test_directed_brokerage_as_published() -> None:
    arcs = [(a, b) for a, (named, _) in CAMP.items() for b in named.split()]
    net = Network.from_edges(arcs, nodes=CAMP, is_directed=True)
    found = everett_valente_brokerage(net, betweenness(net))
    assert found.tolist() == pytest.approx([score for _, score in CAMP.values()], abs=0.0006)


@given(plain_networks())
def test_brokerage_is_what_the_ties_carry_on_average(drawn: Drawn) -> None:
    """Against every shortest path listed: Σ of the betweenness of v's ties, over their number."""
    arcs = {(a, b) for a, b, _ in drawn.ties if a != b}
    if not drawn.network.is_directed:
        arcs |= {(b, a) for a, b in arcs}
    nodes, carried = paths.betweenness(drawn.n, dict.fromkeys(arcs, Fraction(1)))
    times = 1 if drawn.network.is_directed else 2
    given_ = np.array([float(b) / times for b in nodes])
    found = everett_valente_brokerage(drawn.network, given_)
    for v in range(drawn.n):
        ways = [[x for (_, b), x in carried.items() if b == v]]
        ways += [[x for (a, _), x in carried.items() if a == v]]
        expected = sum(sum(way) / len(way) for way in ways) / 2 if nodes[v] else 0
        # Undirected, an arc either way carries what the tie carries of unordered pairs.
        assert found[v] == pytest.approx(float(expected))


@pytest.mark.parametrize("n", [3, 4, 9])
def test_closed_forms_of_brokerage(n: int) -> None:
    star = Network(range(n), [0] * (n - 1), range(1, n))
    assert everett_valente_brokerage(star, betweenness(star)).tolist() == [n - 1.0] + [0.0] * (
        n - 1
    )
    ring = Network(range(n), range(n), np.roll(range(n), -1), is_directed=True)
    expected = (n - 1) * (n - 2) / 2 + n - 1 if n > 2 else 0
    assert everett_valente_brokerage(ring, betweenness(ring)).tolist() == pytest.approx(
        [expected] * n
    )


def test_link_deletion_as_published() -> None:
    found = valente_fujimoto_bridging(granovetter())
    assert (100 * found).tolist() == pytest.approx(LINK_DELETION, abs=0.05)


@pytest.mark.parametrize("n", [2, 3, 6])
def test_closed_forms_of_link_deletion(n: int) -> None:
    """Deleting a tie of a star cuts a leaf off: 2 of distance one, 2(n-2) of distance two."""
    n_pairs = n * (n - 1)
    star = valente_fujimoto_bridging(Network(range(n), [0] * (n - 1), range(1, n)))
    assert star.tolist() == pytest.approx([float(Fraction(2 + (n - 2), n_pairs))] * n)
    # Deleting a tie of a complete graph takes its own two ends to distance two.
    complete = valente_fujimoto_bridging(Network.from_edges(combinations(range(n), 2)))
    lost = Fraction(2, n_pairs) * (1 if n == 2 else Fraction(1, 2))
    assert complete.tolist() == pytest.approx([float(lost)] * n)


@given(plain_networks(max_nodes=9))
def test_link_deletion_equals_deleting_each_tie(drawn: Drawn) -> None:
    ties = {frozenset((a, b)) for a, b, _ in drawn.ties if a != b}
    whole = closeness(drawn.n, ties)
    lost = {tie: whole - closeness(drawn.n, ties - {tie}) for tie in ties}
    found = valente_fujimoto_bridging(drawn.network)
    for v in range(drawn.n):
        own = [loss for tie, loss in lost.items() if v in tie]
        expected = float(sum(own) / len(own)) if own else float("nan")
        assert found[v] == pytest.approx(expected, nan_ok=True)


def closeness(n: int, ties: set[frozenset[int]]) -> Fraction:
    """Return the mean inverse distance, each distance by search from each node."""
    total = Fraction(0)
    for s in range(n):
        near, distance = {s}, 0
        frontier = {s}
        while frontier:
            distance += 1
            frontier = {v for v in range(n) for u in frontier if frozenset((u, v)) in ties} - near
            near |= frontier
            total += Fraction(len(frontier), distance)
    return total / max(n * (n - 1), 1)


def test_link_deletion_equals_networkx_on_a_larger_network() -> None:
    """With long ways round, trees on trees, twins, bridges and several components."""
    graph = nx.disjoint_union_all(
        [
            nx.gnm_random_graph(40, 50, seed=2),
            nx.cycle_graph(9),
            nx.barbell_graph(4, 3),
            nx.balanced_tree(2, 3),
            nx.grid_2d_graph(4, 5),
            nx.path_graph(2),
        ]
    )

    def total() -> float:
        lengths = dict(nx.all_pairs_shortest_path_length(graph))
        return sum(1 / lengths[s][t] for s, t in permutations(graph, 2) if t in lengths[s])

    whole, lost = total(), {}
    for tie in list(graph.edges):
        graph.remove_edge(*tie)
        lost[frozenset(tie)] = whole - total()
        graph.add_edge(*tie)
    n = len(graph)
    expected = [
        sum(lost[frozenset((v, w))] for w in graph[v]) / (graph.degree(v) * n * (n - 1))
        if graph.degree(v)
        else float("nan")
        for v in range(n)
    ]
    found = valente_fujimoto_bridging(Network.from_networkx(graph))
    assert found.tolist() == pytest.approx(expected, nan_ok=True)


def test_link_deletion_is_the_same_on_two_threads_and_can_be_stopped() -> None:
    net = a_city(2_000)
    told: list[float] = []
    one = valente_fujimoto_bridging(net, n_threads=1, progress=told.append)
    assert one.tobytes() == valente_fujimoto_bridging(net, n_threads=2).tobytes()
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > 1
    with pytest.raises(Cancelled):
        valente_fujimoto_bridging(net, is_cancelled=lambda: True)
