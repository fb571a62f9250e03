"""What is planted is true in the network, as networkx and the rule of coverage see it."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest

from graph.analysis.coverage import coverage
from graph.city.arrays import City
from graph.city.needs import SORTS
from graph.city.network import city_network
from graph.city.plan import PlantedGap
from graph.city.records import city_records
from graph.model import COLUMNS
from graph.projection import Projection, project


@pytest.fixture(scope="module")
def graph(planted_city: City) -> nx.Graph:
    return city_network(planted_city).to_networkx()


def gaps(city: City, sort: str) -> list[PlantedGap]:
    found = [gap for gap in city.truth.gaps if gap.sort == sort]
    assert len(found) == 5
    return found


def test_everyone_not_planted_otherwise_is_connected(planted_city: City, graph: nx.Graph) -> None:
    isolated = {gap.id for gap in gaps(planted_city, "isolated")}
    sizes = sorted(map(len, nx.connected_components(graph)))
    assert sizes == [1] * 5 + [len(graph) - 5]
    assert set(nx.isolates(graph)) == isolated


def test_without_a_broker_exactly_the_listed_are_cut_off(
    planted_city: City, graph: nx.Graph
) -> None:
    assert len(planted_city.truth.brokers) == 2
    articulations = set(nx.articulation_points(graph))
    for broker in planted_city.truth.brokers:
        assert broker.id in articulations
        rest = graph.subgraph(v for v in graph if v != broker.id)
        middle = max(nx.connected_components(rest), key=len)
        lost = set(rest) - middle - set(nx.isolates(graph))
        assert lost == set(broker.cut_off)
        assert set(broker.communities) == {v for v in lost if v[0] == "c" and v[1].isdigit()}
        assert set(broker.communities) <= set(graph[broker.id])


def test_enterprises_and_communities_meet_only_through_their_hub(
    planted_city: City, graph: nx.Graph
) -> None:
    assert len(planted_city.truth.hubs) == 2
    for hub in planted_city.truth.hubs:
        assert len(hub.enterprises) >= 6
        assert len(hub.communities) >= 10
        for enterprise, community in product(hub.enterprises, hub.communities):
            assert not graph.has_edge(enterprise, community)
            assert set(nx.common_neighbors(graph, enterprise, community)) == {hub.id}
        areas = {
            planted_city.tree.parents[planted_city.areas[planted_city.ids().index(c)]]
            for c in hub.communities[:20]
        }
        assert len(areas) > 1


@pytest.mark.parametrize("folds", [False, True])
def test_communities_lack_what_the_truth_says_and_no_other_lacks_anything(
    planted_city: City, folds: bool
) -> None:
    records = city_records(planted_city)
    rows = coverage(records, project(records, Projection(fold_persons=folds)))
    planted = {gap.id: set(gap.columns) for gap in gaps(planted_city, "community")}
    assert all(planted.values())
    for row in rows:
        lacking = {c.slug for c in COLUMNS if not row.cells[c.slug]}
        assert lacking == planted.get(row.community.id, set()), row.community


def test_only_the_planted_needs_are_offered_by_nobody(planted_city: City) -> None:
    offered = {SORTS[s] for s in planted_city.offers.sorts.tolist()}
    actors = planted_city.ids()
    needs = planted_city.needs
    unmet = {
        (actors[a], *SORTS[s])
        for a, s in zip(needs.actors.tolist(), needs.sorts.tolist(), strict=True)
        if SORTS[s] not in offered
    }
    planted = {(g.id, g.domain, g.resource) for g in gaps(planted_city, "need")}
    assert unmet == planted


def test_nobody_wants_the_same_twice(planted_city: City) -> None:
    for wants in (planted_city.needs, planted_city.offers):
        rows = np.stack((wants.actors, wants.sorts))
        assert np.unique(rows, axis=1).shape == rows.shape
