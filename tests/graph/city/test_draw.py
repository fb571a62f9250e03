"""A drawn city: the same every time, and shaped like a city."""

from __future__ import annotations

import dataclasses
import hashlib

import networkx as nx
import numpy as np
import pytest

from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.network import city_network
from graph.city.plan import CityPlan
from graph.codes import KIND_SLUGS, RELATION_SLUGS
from graph.errors import InvalidArgument
from graph.model import RELATION_BY_SLUG, may_tie
from graph.network import Network


def digest(city: City) -> str:
    """Return a digest of every array of a city, in a byte order of its own."""
    total = hashlib.sha256()
    for part in (city, city.tree, city.ties, city.needs, city.offers):
        for field in dataclasses.fields(part):
            array = getattr(part, field.name)
            if isinstance(array, np.ndarray):
                total.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
    return total.hexdigest()[:16]


@pytest.fixture(scope="module")
def network(plain_city: City) -> Network:
    return city_network(plain_city)


def test_the_same_plan_gives_the_same_city() -> None:
    plan = CityPlan(2_000, seed=3, n_hubs=1, n_brokers=1, n_gaps=3)
    assert digest(draw_city(plan)) == digest(draw_city(plan))
    assert digest(draw_city(dataclasses.replace(plan, seed=4))) != digest(draw_city(plan))


def test_ties_run_between_kinds_that_may_be_tied(plain_city: City) -> None:
    ties, kinds = plain_city.ties, plain_city.kinds
    shapes = np.unique(
        np.stack((ties.relations, kinds[ties.sources], kinds[ties.targets])), axis=1
    ).T
    for relation, one, other in shapes.tolist():
        slug, ends = RELATION_SLUGS[relation], (KIND_SLUGS[one], KIND_SLUGS[other])
        assert may_tie(RELATION_BY_SLUG[slug], *ends), (slug, ends)


def test_no_tie_is_stated_twice(plain_city: City) -> None:
    ties = plain_city.ties
    assert (ties.sources != ties.targets).all()
    rows = np.stack((ties.sources, ties.relations, ties.targets))
    assert np.unique(rows, axis=1).shape == rows.shape


def test_dates_lie_in_the_plan_and_nothing_begins_before_its_ends(plain_city: City) -> None:
    ties, since = plain_city.ties, plain_city.since
    years = 1900 + ties.since // 12
    assert (years.min(), years.max()) == (2008, 2026)
    counts = np.bincount(years - 2008)
    assert counts[12:18].sum() > 1.5 * counts[2:8].sum()
    assert (ties.since >= since[ties.sources]).all()
    assert (ties.since >= since[ties.targets]).all()
    has_ended = ties.until > 0
    assert 0.02 < has_ended.mean() < 0.2
    assert (ties.until > ties.since)[has_ended].all()


def test_areas_are_a_tree(plain_city: City) -> None:
    tree = plain_city.tree
    assert tree.levels.tolist()[:3] == [0, 1, 2]
    below = np.arange(1, len(tree))
    assert (tree.levels[tree.parents[below]] == tree.levels[below] - 1).all()
    assert (tree.parents[below] < below).all()
    assert (below < tree.ends[tree.parents[below]]).all()
    sizes = np.bincount(tree.parents[tree.at(3)])[tree.at(2)]
    assert sizes.min() >= 6
    assert sizes.max() <= 22
    for level in (0, 1, 2):
        for area in tree.at(level).tolist():
            inner = np.flatnonzero(tree.parents[1:] == area) + 1
            assert tree.households[area] == tree.households[inner].sum()
            assert tree.population[area] == tree.population[inner].sum()


def test_it_has_as_many_of_each_as_asked_for(plain_city: City) -> None:
    assert plain_city.n_actors == 20_000
    assert len(plain_city.of("Volunteer")) == 15_000
    assert len(set(plain_city.ids())) == len(plain_city)


def test_volunteers_are_leaves_of_one_team_mostly(plain_city: City, network: Network) -> None:
    degrees = network.degrees[plain_city.of("Volunteer")]
    assert degrees.min() == 1
    assert degrees.max() == 3
    assert 0.88 < (degrees == 1).mean() < 0.93


def test_it_is_connected_dense_in_the_middle_and_heavy_tailed(network: Network) -> None:
    graph = network.to_networkx()
    assert nx.is_connected(graph)
    degrees = np.sort(network.degrees)
    assert degrees.mean() == pytest.approx(4, rel=0.005)
    assert 0.65 < (degrees == 1).mean() < 0.8
    assert degrees[-1] > 50 * degrees.mean()
    # The slope of log P(degree ≥ k) on log k, where the tail is.
    k = np.array([20, 40, 80, 160])
    share = 1 - np.searchsorted(degrees, k) / len(degrees)
    slope = np.polyfit(np.log(k), np.log(share), 1)[0]
    assert -3 < slope < -0.8
    core = nx.k_core(graph, 2)
    block = max(nx.biconnected_components(core), key=len)
    assert len(block) > 0.9 * (len(core))
    assert 0.2 < len(core) / len(graph) < 0.4
    organisations = core.subgraph([v for v in core if not str(v).startswith("v")])
    n, m = organisations.number_of_nodes(), organisations.number_of_edges()
    assert nx.average_clustering(organisations) > 20 * 2 * m / n**2


def test_most_ties_are_near(plain_city: City, network: Network) -> None:
    tree = plain_city.tree
    street = np.where(tree.levels == 3, tree.parents, np.arange(len(tree)))
    of_node = street[plain_city.areas[: plain_city.n_actors]]
    has_street = tree.levels[of_node] == 2
    sources, targets, _ = network.arrays()
    both = has_street[sources] & has_street[targets]
    is_near = of_node[sources] == of_node[targets]
    assert 0.4 < is_near[both].mean() < 0.9


@pytest.mark.parametrize(
    "values",
    [
        {"n_actors": 499},
        {"n_actors": 10_000_000},
        {"n_actors": 600, "volunteer_share": 0.9},
        {"volunteer_share": 0.5},
        {"mean_degree": 2.0},
        {"seed": -1},
        {"n_hubs": -1},
        {"first": "2008"},
        {"first": "2026-01"},
    ],
)
def test_a_plan_out_of_range_is_refused(values: dict[str, float | str]) -> None:
    with pytest.raises(InvalidArgument):
        CityPlan(**({"n_actors": 1_000} | values))  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [{"n_hubs": 9}, {"n_brokers": 9}, {"n_gaps": 90}])
def test_more_than_the_city_has_room_for_is_refused(values: dict[str, int]) -> None:
    with pytest.raises(InvalidArgument, match="too small"):
        draw_city(CityPlan(500, volunteer_share=0.6, **values))
