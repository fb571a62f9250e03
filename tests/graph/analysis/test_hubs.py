"""Hub profiles, scores and likeness by hand, by definition and by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from graph.analysis.bridging import bridging_profile
from graph.analysis.hubs import (
    FEATURES,
    HubProfile,
    HubProfiles,
    hub_likeness,
    hub_profiles,
    hub_scores,
    scaled_features,
)
from graph.network import Network
from tests.oracles import brokerage as oracle
from tests.oracles.networks import Drawn, plain_networks

SECTORS = ["social_organisation", "enterprise", "enterprise", "community", "government"]


def in_sectors(n: int, ties: list[tuple[int, int]], sectors: list[str]) -> Network:
    return Network.from_edges(ties, nodes=range(n), groups=dict(enumerate(sectors)))


def a_hub() -> Network:
    """A hub, two enterprises, a community, and an office that knows the community."""
    return in_sectors(5, [(0, 1), (0, 2), (0, 3), (0, 4), (3, 4)], SECTORS)


def profiles_of(net: Network) -> HubProfiles:
    """Return the profiles, the nodes of group "community" being the communities."""
    is_community = np.zeros(len(net), np.bool_)
    if "community" in net.group_names:
        is_community = net.groups == net.group_names.index("community")
    return hub_profiles(net, bridging_profile(net), is_community)


def test_profile_by_hand() -> None:
    profile = profiles_of(a_hub()).of(0)
    # Pairs of two other sectors without a tie: each enterprise with the community and the office.
    assert profile == HubProfile(
        liaison=4,
        sector_pairs=2,
        communities_reached=1,
        sole_pairs=4,
        participation=pytest.approx(1 - (0.5**2 + 0.25**2 + 0.25**2)),
    )


def test_participation_closed_forms() -> None:
    for n in (1, 2, 4):
        sectors = ["volunteer", "enterprise", "community", "government", "institution"][: n + 1]
        found = profiles_of(in_sectors(n + 1, [(0, i) for i in range(1, n + 1)], sectors))
        assert found.participation.tolist() == pytest.approx([1 - 1 / n] + [0.0] * n)
    assert profiles_of(in_sectors(1, [], ["volunteer"])).participation.tolist() == [0.0]


def test_one_sided_actors_score_nothing() -> None:
    """A funder of ten enterprises brings no two other sectors together."""
    ties = [(0, i) for i in range(1, 11)]
    funder = in_sectors(11, ties, ["government", *["enterprise"] * 10])
    assert hub_scores(profiles_of(funder)).tolist() == [0.0] * 11


def test_score_of_the_top_in_everything_is_one() -> None:
    assert hub_scores(profiles_of(a_hub()))[0] == pytest.approx(1.0)


def test_a_feature_that_is_not_known_can_be_left_out() -> None:
    net = a_hub()
    profiles = hub_profiles(net, bridging_profile(net))
    assert not profiles.communities_reached.any()
    assert hub_scores(profiles)[0] == pytest.approx(4 / 5)
    known = [name for name in FEATURES if name != "communities_reached"]
    assert hub_scores(profiles, known)[0] == pytest.approx(1.0)


def test_like_itself_completely() -> None:
    net = a_hub()
    likeness = hub_likeness(net, profiles_of(net), 0)
    assert likeness.similarity[0] == pytest.approx(1.0)
    assert set(likeness.by_feature) == {*FEATURES, "sectors"}
    assert (likeness.similarity[1:] < 1).all()
    assert likeness.of(0) == pytest.approx(dict.fromkeys(likeness.by_feature, 1.0))


def test_likeness_by_hand() -> None:
    """The reference has shares 1/2, 1/4, 1/4; an enterprise's one partner is in neither sector."""
    net = a_hub()
    likeness = hub_likeness(net, profiles_of(net), 0)
    # The community's ties: half to the organisation, half to the office, which the hub has 1/4 of.
    assert likeness.by_feature["sectors"].tolist() == pytest.approx([1.0, 0.0, 0.0, 0.25, 0.25])
    assert likeness.by_feature["communities_reached"].tolist() == [1.0, 0.0, 0.0, 0.0, 1.0]
    assert likeness.of(1)["liaison"] == 0


@given(plain_networks())
def test_features_equal_their_definition(drawn: Drawn) -> None:
    ties = {frozenset((a, b)) for a, b, _ in drawn.ties if a != b}
    net, groups = drawn.network, drawn.groups
    is_community = np.array([g == 1 for g in groups], np.bool_)
    found = hub_profiles(net, bridging_profile(net), is_community)
    for b in range(drawn.n):
        sole = oracle.sole_pairs(drawn.n, ties, b)
        liaison = [
            pair
            for pair in oracle.open_pairs(drawn.n, ties, b)
            if len({groups[b], *(groups[i] for i in pair)} - {-1}) == 3
        ]
        assert found.liaison[b] == len(liaison)
        assert found.sector_pairs[b] == len({frozenset(groups[i] for i in p) for p in liaison})
        assert found.sole_pairs[b] == len(set(liaison) & set(sole))
        partners = [i for i in range(drawn.n) if frozenset((i, b)) in ties and i != b]
        assert found.communities_reached[b] == sum(is_community[i] for i in partners)


@given(plain_networks())
def test_scores_and_likeness_stay_between_0_and_1(drawn: Drawn) -> None:
    net = drawn.network
    profiles = hub_profiles(net, bridging_profile(net))
    scaled = scaled_features(profiles)
    assert ((scaled >= 0) & (scaled <= 1)).all()
    scores = hub_scores(profiles)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert ((scores > 0) == (profiles.liaison > 0)).all()
    likeness = hub_likeness(net, profiles, 0)
    assert ((likeness.similarity >= -1e-12) & (likeness.similarity <= 1 + 1e-12)).all()


def test_an_empty_network_has_no_hubs() -> None:
    net = Network((), [], [])
    assert len(hub_scores(hub_profiles(net, bridging_profile(net)))) == 0
