"""The actor network of a city, beside the projection of its records."""

from __future__ import annotations

import pytest

from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.network import benchmark_network, city_network
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.model import SECTORS
from graph.projection import Projection, project


def agree(city: City) -> None:
    network = city_network(city)
    projected = project(city_records(city), Projection(fold_persons=False))
    found = {frozenset((a, b)): weight for a, b, weight in network.edges()}
    expected = {
        frozenset((projected.actors[i].id, projected.actors[j].id)): tie.weight
        for i, j, tie in projected.ties()
    }
    assert found.keys() == expected.keys()
    for pair, weight in found.items():
        assert weight == pytest.approx(expected[pair], rel=1e-12)
    sectors = {a.id: a.sector for a in projected.actors}
    assert {
        v: network.group_names[g] for v, g in zip(network.ids, network.groups, strict=True)
    } == (sectors)


@pytest.mark.parametrize(("n", "share"), [(500, 0.6), (1_000, 0.75), (1_500, 0.9)])
def test_it_is_the_projection_without_folding(n: int, share: float) -> None:
    agree(draw_city(CityPlan(n, seed=n, volunteer_share=share)))


def test_it_is_the_projection_where_something_is_planted(planted_city: City) -> None:
    agree(planted_city)


def test_groups_are_the_sectors_in_order(plain_city: City) -> None:
    assert city_network(plain_city).group_names == tuple(s.slug for s in SECTORS)


@pytest.mark.parametrize("share", [0.6, 0.75, 0.9])
def test_the_benchmark_has_twice_as_many_ties_as_actors(share: float) -> None:
    network = benchmark_network(5_000, seed=3, volunteer_share=share)
    assert len(network) == 5_000
    assert network.n_ties == pytest.approx(10_000, rel=0.005)
