"""Hub profiles, scores and likeness by hand and by what must always hold."""

from __future__ import annotations

import math
from dataclasses import astuple

import pytest
from hypothesis import given

from graph.actor_network import ActorNetwork
from graph.analysis.hubs import (
    FEATURES,
    hub_likeness,
    hub_profiles,
    hub_scores,
    participation,
    scaled_features,
)
from tests.oracles.networks import network, small_networks

SECTORS = ["social_organisation", "enterprise", "enterprise", "community", "government"]


def a_hub() -> ActorNetwork:
    """A hub, two enterprises, a community, and an office that knows the community."""
    return network(5, [(0, 1), (0, 2), (0, 3), (0, 4), (3, 4)], SECTORS)


def test_profile_by_hand() -> None:
    profile = hub_profiles(a_hub())[0]
    # Pairs of two other sectors without a tie: each enterprise with the community and the office.
    assert profile.liaison == 4
    assert profile.sector_pairs == 2
    # KIND_OF_SECTOR gives the community sector its first kind, a community.
    assert profile.communities_reached == 1
    assert profile.sole_pairs == 4
    assert profile.participation == pytest.approx(1 - (0.5**2 + 0.25**2 + 0.25**2))


def test_participation_closed_forms() -> None:
    for n in (1, 2, 4):
        sectors = ["volunteer", "enterprise", "community", "government", "institution"][: n + 1]
        star = network(n + 1, [(0, i) for i in range(1, n + 1)], sectors)
        assert participation(star, 0) == pytest.approx(1 - 1 / n)
        assert participation(star, 1) == 0
    assert participation(network(1, []), 0) == 0


def test_one_sided_actors_score_nothing() -> None:
    """A funder of ten enterprises brings no two other sectors together."""
    funder = network(11, [(0, i) for i in range(1, 11)], ["government", *["enterprise"] * 10])
    assert hub_scores(hub_profiles(funder)) == [0.0] * 11


def test_score_of_the_top_in_everything_is_one() -> None:
    assert hub_scores(hub_profiles(a_hub()))[0] == pytest.approx(1.0)


def test_like_itself_completely() -> None:
    found = a_hub()
    likeness = hub_likeness(found, hub_profiles(found), 0)
    assert likeness[0].similarity == pytest.approx(1.0)
    assert set(likeness[0].by_feature) == {*FEATURES, "sectors"}
    assert all(entry.similarity < 1 for entry in likeness[1:])


@given(small_networks())
def test_scores_and_likeness_stay_between_0_and_1(
    drawn: tuple[ActorNetwork, set[frozenset[int]], list[str]],
) -> None:
    found, _, _ = drawn
    profiles = hub_profiles(found)
    assert all(0 <= x <= 1 for row in scaled_features(profiles) for x in row)
    assert all(0 <= s <= 1 for s in hub_scores(profiles))
    for profile in profiles:
        assert profile.sole_pairs <= profile.liaison
        assert (profile.liaison == 0) == (profile.sector_pairs == 0)
        assert all(math.isfinite(x) for x in astuple(profile))
    likeness = hub_likeness(found, profiles, 0)
    assert all(-1e-12 <= entry.similarity <= 1 + 1e-12 for entry in likeness)
