"""Introduction paths: against all simple paths, past those to avoid, and to affiliations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.city.draw import draw_city
from graph.city.network import city_network
from graph.city.plan import CityPlan
from graph.findings.introductions import introductions
from graph.findings.reach import Standing
from graph.network import Network
from tests.oracles import partners as oracle


@st.composite
def questions(draw: st.DrawFn) -> tuple[Network, oracle.Ties, frozenset[int], int]:
    """Draw up to 8 nodes, ties of few different weights, whom to avoid and how many steps."""
    n = draw(st.integers(2, 8))
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    weights = [draw(st.sampled_from([0.25, 1.0, 5.0])) for _ in chosen]
    network = Network(range(n), [a for a, _ in chosen], [b for _, b in chosen], weights)
    avoid = frozenset(draw(st.sets(st.integers(2, n - 1)))) if n > 2 else frozenset()
    ties = {frozenset(pair): w for pair, w in zip(chosen, weights, strict=True)}
    return network, ties, avoid, draw(st.integers(1, 3))


@given(questions(), st.integers(1, 6))
def test_the_strongest_paths_of_all(
    question: tuple[Network, oracle.Ties, frozenset[int], int], limit: int
) -> None:
    network, ties, avoid, max_steps = question
    one, other = Standing.of(network, 0), Standing.of(network, 1)
    found = introductions(network, one, other, avoid=avoid, max_steps=max_steps, limit=limit)
    expected = oracle.paths(len(network), ties, 0, 1, max_steps, avoid)
    assert found.total == len(expected)
    assert [(p.n_steps, p.between) for p in found.paths] == [(k, b) for _, k, b in expected[:limit]]
    assert [p.strength for p in found.paths] == pytest.approx([s for s, _, _ in expected[:limit]])
    assert found.distance == oracle.distance(len(network), ties, 0, 1, avoid)
    assert found.distance_through_all == oracle.distance(len(network), ties, 0, 1, frozenset())


@given(questions())
def test_the_way_back_is_the_way_there(
    question: tuple[Network, oracle.Ties, frozenset[int], int],
) -> None:
    network, _, avoid, max_steps = question
    one, other = Standing.of(network, 0), Standing.of(network, 1)
    there = introductions(network, one, other, avoid=avoid, max_steps=max_steps, limit=1_000)
    back = introductions(network, other, one, avoid=avoid, max_steps=max_steps, limit=1_000)
    assert {p.between for p in there.paths} == {p.between[::-1] for p in back.paths}
    assert there.total == back.total


def test_an_affiliation_is_reached_through_its_members() -> None:
    network = Network.from_edges([("a", "b", 1.0), ("b", "c", 1.0)], nodes="abc")
    project = Standing(None, np.array([2], np.int32), np.array([1.0]))
    found = introductions(network, Standing.of(network, 0), project)
    assert [p.between for p in found.paths] == [(1, 2)]
    assert found.distance == 3
    member = introductions(network, Standing.of(network, 2), project)
    assert member.paths[0].between == ()
    assert member.distance == 1


def test_two_affiliations_meet_through_a_shared_member() -> None:
    network = Network.from_edges([("a", "b")], nodes="ab")
    one = Standing(None, np.array([0], np.int32), np.array([2.0]))
    other = Standing(None, np.array([0, 1], np.int32), np.array([1.0, 1.0]))
    found = introductions(network, one, other)
    assert [p.between for p in found.paths] == [(0,), (0, 1)]
    assert found.distance == 2


def test_farther_than_three_steps_is_said() -> None:
    network = Network.from_edges(["ab", "bc", "cd", "de"], nodes="abcde")
    found = introductions(network, Standing.of(network, 0), Standing.of(network, 4))
    assert (found.paths, found.total, found.distance) == ((), 0, 4)
    cut = introductions(network, Standing.of(network, 0), Standing.of(network, 4), avoid=[2])
    assert (cut.distance, cut.distance_through_all) == (None, 4)


def test_a_planted_hub_introduces_its_enterprises_to_its_communities() -> None:
    city = draw_city(CityPlan(2_000, seed=3, n_hubs=2))
    network = city_network(city)
    for hub in city.truth.hubs:
        for enterprise, community in zip(hub.enterprises, hub.communities, strict=False):
            one = Standing.of(network, network.index[enterprise])
            other = Standing.of(network, network.index[community])
            broker = network.index[hub.id]
            found = introductions(network, one, other, limit=1_000)
            assert broker in found.paths[0].between
            assert (broker,) in {path.between for path in found.paths}
            without = introductions(network, one, other, avoid=[broker])
            assert without.distance is None or without.distance > 2
