"""Whether hubs that are planted in a city are found by their likeness to one of them."""

from __future__ import annotations

import numpy as np
import pytest

from graph.analysis.hubs import NOT_HUBS, hub_likeness
from graph.analysis.registry import Measuring
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.projection import project


@pytest.mark.parametrize("seed", [4, 5])
def test_planted_hubs_are_like_one_another_and_big_givers_are_not(seed: int) -> None:
    """At least 9 of the first 10 are planted; no office, enterprise or fund is, however large."""
    city = draw_city(CityPlan(50_000, seed=seed, volunteer_share=0.6, n_hubs=11, n_brokers=2))
    actors = project(city_records(city))
    is_community = np.array([a.kind == "Community" for a in actors.actors])
    measuring = Measuring(actors.network, is_community)
    planted = {hub.id for hub in city.truth.hubs}
    candidates = [
        i
        for i, a in enumerate(actors.actors)
        if measuring.hub_scores[i] > 0 and a.kind not in NOT_HUBS
    ]
    one_sided = {"StreetOffice", "GovernmentAgency", "Foundation", "Enterprise"}
    largest = sorted(
        (i for i, a in enumerate(actors.actors) if a.kind in one_sided),
        key=lambda i: -actors.network.degrees[i],
    )[:50]
    assert all(i in candidates for i in largest[:10])
    for reference in sorted(planted)[:3]:
        at = actors.index[reference]
        similarity = hub_likeness(actors.network, measuring.hubs, at).similarity
        first = sorted((i for i in candidates if i != at), key=lambda i: -similarity[i])[:10]
        assert sum(actors.actors[i].id in planted for i in first) >= 9
        assert not set(first) & set(largest)
