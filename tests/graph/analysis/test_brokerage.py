"""Gould–Fernandez roles by hand, against R's sna, and against a count of all triples."""

from __future__ import annotations

from dataclasses import asdict, astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.actor_network import ActorNetwork
from graph.analysis.brokerage import (
    ROLE_NAMES,
    Roles,
    n_brokered,
    role,
    roles_directed,
    roles_undirected,
)
from tests.oracles import brokerage as oracle
from tests.oracles.networks import small_networks


@pytest.mark.parametrize(
    ("groups", "name"),
    [
        ("AAA", "coordinator"),
        ("ABA", "itinerant"),
        ("AAB", "representative"),
        ("ABB", "gatekeeper"),
        ("ABC", "liaison"),
    ],
)
def test_the_five_roles_by_definition(groups: str, name: str) -> None:
    """Gould & Fernandez 1989, figure 1: a gives to c through b."""
    assert role(*groups) == name
    found = roles_directed([{1}, {2}, set()], groups)
    assert asdict(found[1]) == dict.fromkeys(ROLE_NAMES, 0) | {name: 1}
    assert found[0] == found[2] == Roles()


def test_by_hand() -> None:
    """A funder f and an office o give through a hub h to communities c and d; f also to c.

    Open ordered pairs through h: f-d, o-c, o-d (f-c has its own arc).
    """
    f, o, h, c, d = range(5)
    successors: list[set[int]] = [set() for _ in range(5)]
    successors[f] = {h, c}
    successors[o] = {h}
    successors[h] = {c, d}
    found = roles_directed(successors, ["E", "G", "S", "C", "C"])
    assert found[h] == Roles(liaison=3)
    assert [found[i] for i in (f, o, c, d)] == [Roles()] * 4


def test_an_undirected_pair_counts_once() -> None:
    """A hub with two partners of its own sector and two of another, all four apart."""
    found = roles_undirected([{1, 2, 3, 4}, {0}, {0}, {0}, {0}], "SSSEE")[0]
    assert found == Roles(coordinator=1, itinerant=1, representative=4, gatekeeper=4)
    assert n_brokered(found) == 6


graphs = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))),
        st.lists(st.sampled_from("ABC"), min_size=n, max_size=n),
    )
)


@given(graphs)
def test_directed_equals_a_count_of_all_triples(
    graph: tuple[set[tuple[int, int]], list[str]],
) -> None:
    arcs, groups = graph
    n = len(groups)
    found = roles_directed([{b for a, b in arcs if a == i} for i in range(n)], groups)
    assert [asdict(r) for r in found] == oracle.roles_directed(n, arcs, groups)


@given(small_networks())
def test_undirected_is_half_of_every_tie_both_ways(
    drawn: tuple[ActorNetwork, set[frozenset[int]], list[str]],
) -> None:
    network, _, sectors = drawn
    both = roles_directed([set(row) for row in network.neighbours], sectors)
    for once, twice in zip(roles_undirected(network.neighbours, sectors), both, strict=True):
        for name in ("coordinator", "itinerant", "liaison"):
            assert 2 * getattr(once, name) == getattr(twice, name)
        assert once.gatekeeper == once.representative == twice.gatekeeper == twice.representative
        assert 2 * n_brokered(once) == sum(asdict(twice).values())


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


def test_equal_to_sna_in_r() -> None:
    nodes = range(10)
    successors = [
        {j for j in nodes if i != j and (5 * i * i + 3 * j + i * j) % 7 < 3} for i in nodes
    ]
    found = roles_directed(successors, ["ABC"[i % 3] for i in nodes])
    assert tuple(astuple(r) for r in found) == SNA
