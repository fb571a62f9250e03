"""Gould–Fernandez roles by hand, by enumeration of every graph, against all triples and R's sna."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations, product
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.brokerage import ROLE_NAMES, Brokerage, Roles, brokerage
from graph.network import Network
from tests.oracles import brokerage as oracle
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks
from tests.oracles.peers import in_r


def table(found: Brokerage) -> list[list[int]]:
    return np.column_stack([found.counts, found.total]).tolist()


@pytest.mark.parametrize(
    ("groups", "name"),
    [
        ((0, 0, 0), "coordinator"),
        ((0, 1, 0), "itinerant"),
        ((0, 0, 1), "representative"),
        ((0, 1, 1), "gatekeeper"),
        ((0, 1, 2), "liaison"),
    ],
)
def test_the_five_roles_by_definition(groups: Sequence[int], name: str) -> None:
    """Gould & Fernandez 1989, figure 1: a gives to c through b."""
    found = brokerage(Network("abc", [0, 1], [1, 2], is_directed=True), groups)
    assert found.of(1) == Roles(**{name: 1})
    assert found.of(0) == found.of(2) == Roles()
    assert found.total.tolist() == [0, 1, 0]
    assert found.counts[1].tolist() == [int(role == name) for role in ROLE_NAMES]


def test_by_hand() -> None:
    """A funder f and an office o give through a hub h to communities c and d; f also to c.

    Open ordered pairs through h: f-d, o-c, o-d (f-c has its own arc).
    """
    net = Network.from_edges(
        ["fh", "fc", "oh", "hc", "hd"],
        nodes="fohcd",
        is_directed=True,
        groups={"f": "E", "o": "G", "h": "S", "c": "C", "d": "C"},
    )
    found = brokerage(net)
    assert found.of(2) == Roles(liaison=3)
    assert found.total.tolist() == [0, 0, 3, 0, 0]


def test_an_undirected_pair_counts_once() -> None:
    """A hub with two partners of its own group and two of another, all four apart."""
    found = brokerage(Network.from_edges([(0, i) for i in range(1, 5)]), [0, 0, 0, 1, 1])
    assert found.of(0) == Roles(coordinator=1, itinerant=1, representative=4, gatekeeper=4)
    assert found.total[0] == 6


@pytest.mark.parametrize("n", [1, 2, 5])
def test_closed_forms(n: int) -> None:
    star = brokerage(Network.from_edges([(0, i) for i in range(1, n + 1)]), [0] * (n + 1))
    assert star.counts[:, 0].tolist() == star.total.tolist() == [n * (n - 1) // 2] + [0] * n
    ring = brokerage(Network(range(n + 3), range(n + 3), np.roll(range(n + 3), -1)), range(n + 3))
    assert ring.counts[:, 4].tolist() == ring.total.tolist() == [1] * (n + 3)
    complete = Network.from_edges(combinations(range(n + 1), 2))
    assert not brokerage(complete, range(n + 1)).total.any()


def test_half_a_trillion_pairs_are_counted_without_listing_them() -> None:
    n = 1_000_000
    star = Network(range(n), np.zeros(n - 1, int), np.arange(1, n))
    assert brokerage(star, np.arange(n) % 3).total[0] == (n - 1) * (n - 2) // 2


@given(plain_networks())
def test_equal_to_a_count_of_all_triples(drawn: Drawn) -> None:
    if drawn.network.is_directed:
        arcs = {(a, b) for a, b, _ in drawn.ties if a != b}
        expected = oracle.roles_directed(drawn.n, arcs, drawn.groups)
    else:
        ties = {frozenset((a, b)) for a, b, _ in drawn.ties if a != b}
        expected = oracle.roles_undirected(drawn.n, ties, drawn.groups)
    assert table(brokerage(drawn.network)) == expected
    assert table(brokerage(drawn.network, drawn.groups)) == expected


@given(plain_networks(is_directed=False))
def test_undirected_is_half_of_every_tie_both_ways(drawn: Drawn) -> None:
    once, twice = brokerage(drawn.network), brokerage(both_ways(drawn.network))
    factors = np.array([2, 2, 1, 1, 2, 2])
    assert (factors * table(once) == table(twice)).all()
    assert factors * once.expected == pytest.approx(twice.expected)
    # A digraph's arcs there and back are taken to come by themselves; ties are not.
    scale = np.sqrt(factors)
    assert scale * once.z == pytest.approx(twice.z, nan_ok=True)
    known = [g >= 0 for g in drawn.groups]
    if all(known):
        assert (once.total == once.counts[:, [0, 1, 2, 4]].sum(axis=1)).all()


GROUPS_OF_FIVE = ((0, 0, 1, 1, 2), (0, 0, 0, 0, 1), (0, 0, 0, 1, -1))


@pytest.mark.parametrize("groups", GROUPS_OF_FIVE)
def test_chance_is_that_of_all_undirected_graphs(groups: tuple[int, ...]) -> None:
    """Every graph of five nodes, each tie there with the chance 2/5, as exact fractions."""
    pairs = list(combinations(range(5), 2))
    d = Fraction(2, 5)
    samples = []
    for chosen in product((False, True), repeat=len(pairs)):
        ties = {frozenset(p) for p, is_there in zip(pairs, chosen, strict=True) if is_there}
        chance = d ** len(ties) * (1 - d) ** (len(pairs) - len(ties))
        samples.append((chance, oracle.roles_undirected(5, ties, groups)))
    # Four ties of ten, and so the density 2/5.
    assert_chance(brokerage(Network.from_edges(["ab", "bc", "cd", "de"]), groups), samples)


@pytest.mark.parametrize("groups", [(0, 0, 1, 2), (0, 0, 0, 1), (0, 0, -1, 1)])
def test_chance_is_that_of_all_directed_graphs(groups: tuple[int, ...]) -> None:
    """Every digraph of four nodes, each arc there with the chance 1/3, as exact fractions."""
    pairs = list(permutations(range(4), 2))
    d = Fraction(1, 3)
    samples = []
    for chosen in product((False, True), repeat=len(pairs)):
        arcs = {p for p, is_there in zip(pairs, chosen, strict=True) if is_there}
        chance = d ** len(arcs) * (1 - d) ** (len(pairs) - len(arcs))
        samples.append((chance, oracle.roles_directed(4, arcs, groups)))
    # Four arcs of twelve, and so the density 1/3.
    cycle = Network.from_edges(["ab", "bc", "cd", "da"], is_directed=True)
    assert_chance(brokerage(cycle, groups), samples)


def assert_chance(
    found: Brokerage, samples: Sequence[tuple[Fraction, list[oracle.Counts]]]
) -> None:
    counts = table(found)
    for b in range(len(counts)):
        for k, (mean, variance) in enumerate(
            oracle.moments((chance, rows[b]) for chance, rows in samples)
        ):
            assert found.expected[b, k] == pytest.approx(float(mean), abs=1e-12)
            z = (counts[b][k] - float(mean)) / math.sqrt(variance) if variance else math.nan
            assert found.z[b, k] == pytest.approx(z, nan_ok=True)


# R 4.2.2, sna 2.7.1: brokerage(m, g)$raw.nli for the arcs i -> j where (5i² + 3j + ij) mod 7 < 3,
# i ≠ j, of ten nodes in the groups A, B, C, A, …; columns w_I, w_O, b_IO, b_OI, b_O.
SNA = (
    (0, 0, 0, 0, 0),
    (0, 1, 0, 3, 1),
    (0, 2, 1, 0, 0),
    (1, 2, 5, 1, 3),
    (0, 0, 0, 0, 0),
    (0, 3, 0, 4, 2),
    (0, 4, 3, 2, 3),
    (0, 0, 0, 0, 0),
    (0, 1, 2, 0, 2),
    (2, 0, 0, 1, 0),
)


def test_equal_to_what_sna_gave() -> None:
    nodes = range(10)
    arcs = [(i, j) for i in nodes for j in nodes if i != j and (5 * i * i + 3 * j + i * j) % 7 < 3]
    net = Network.from_edges(arcs, nodes=nodes, is_directed=True)
    assert brokerage(net, [i % 3 for i in nodes]).counts.tolist() == [list(row) for row in SNA]


def test_equal_to_sna_in_r() -> None:
    """Counts, expectations and z of directed networks of all densities and group sizes."""
    chance = np.random.default_rng(7)
    networks, groups = [], []
    for n in range(4, 24):
        is_there = chance.random((n, n)) < chance.random()
        networks.append(Network(range(n), *np.nonzero(is_there), is_directed=True))
        groups.append(np.sort(chance.integers(0, 1 + n // 4, n)))
    text = "\n".join(
        " ".join(map(str, [len(g), *codes, *np.column_stack(g.arrays()[:2]).flat]))
        for g, codes in zip(networks, groups, strict=True)
    )
    script = """
        for (line in lines) {
          x <- as.numeric(strsplit(line, ' ')[[1]]); n <- x[1]
          m <- matrix(0, n, n)
          m[matrix(x[-(1:(n + 1))] + 1, ncol = 2, byrow = TRUE)] <- 1
          b <- brokerage(m, x[2:(n + 1)])
          cat(sprintf('%.15g', cbind(b$raw.nli, b$exp.nli, b$z.nli)), '\\n')
        }"""
    for net, codes, numbers in zip(networks, groups, in_r(script, ["sna"], text), strict=True):
        found = brokerage(net, codes)
        expected = np.array(numbers).reshape(3, 6, len(net)).transpose(0, 2, 1)
        assert (np.array(table(found)) == expected[0]).all()
        assert found.expected == pytest.approx(expected[1], abs=1e-12)
        assert found.z == pytest.approx(expected[2], abs=1e-9, nan_ok=True)


@given(plain_networks(), st.randoms(use_true_random=False))
def test_names_and_other_components_make_no_difference(drawn: Drawn, random: Random) -> None:
    order = list(range(drawn.n))
    random.shuffle(order)
    alone, moved = brokerage(drawn.network), brokerage(relabelled(drawn.network, order))
    assert table(moved) == [table(alone)[i] for i in order]
    assert moved.z == pytest.approx(alone.z[order], nan_ok=True)
    assert table(brokerage(side_by_side(drawn.network))) == table(alone) * 2


def test_equal_to_a_count_of_all_triples_on_a_larger_graph() -> None:
    graph = nx.gnm_random_graph(60, 700, seed=3, directed=True)
    groups = [i % 4 for i in range(60)]
    expected = oracle.roles_directed(60, set(graph.edges), groups)
    assert table(brokerage(Network.from_networkx(graph), groups)) == expected


def test_groups_must_fit() -> None:
    net = Network("ab", [0], [1])
    for groups in ([0], [0, -2]):
        with pytest.raises(ValueError, match="group"):
            brokerage(net, groups)
