"""One tie of the actor network looked up, beside all of them; ids of needs and offers."""

from __future__ import annotations

from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.projection import project
from graph.records import Need
from graph.stored import need_id


def test_a_tie_is_the_same_alone_and_among_all() -> None:
    network = project(city_records(draw_city(CityPlan(1_000))))
    n_ties = 0
    for i, j, tie in network.ties():
        assert network.tie(i, j) == network.tie(j, i) == tie
        n_ties += 1
    assert n_ties == network.n_ties


def test_no_tie_is_none() -> None:
    network = project(city_records(draw_city(CityPlan(500))))
    for i in range(0, len(network), 5):
        partners = set(network.network.neighbours(i).tolist())
        for j in range(len(network)):
            assert (network.tie(i, j) is None) == (j not in partners)


def test_needs_and_offers_have_ids_that_tell_them_apart() -> None:
    wants = [
        Need("need", "hemei", "公共空间", "场地"),
        Need("offer", "hemei", "公共空间", "场地"),
        Need("offer", "hemei", "公共空间", "场地", since="2022-07"),
    ]
    assert need_id(wants[0]) == "need:hemei:公共空间:场地"
    assert need_id(wants[2]) == "offer:hemei:公共空间:场地:2022-07"
    assert len({need_id(want) for want in wants}) == 3
