"""The planted truth in ids and sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.city.arrays import City, IntArray, LongArray
from graph.city.needs import SORTS
from graph.city.plan import PlantedBroker, PlantedGap, PlantedHub, Truth
from graph.city.town import Town
from graph.codes import COLUMN_BIT
from graph.model import COLUMNS
from graph.text import Text


def truth_of(city: City, town: Town, served: Sequence[LongArray], unmet: LongArray) -> Truth:
    """Return what was planted in ``city``.

    ``served`` are the communities of each hub, ``unmet`` the positions of the needs nobody meets.
    """
    return Truth(
        tuple(_hubs(city, town, served)),
        tuple(_brokers(city, town)),
        (*_deprived(city, town), *_unmet(city, unmet), *_isolated(city, town)),
    )


def _ids(city: City, positions: LongArray | IntArray) -> tuple[str, ...]:
    return tuple(city.ids(i, i + 1)[0] for i in positions.tolist())


def _hubs(city: City, town: Town, served: Sequence[LongArray]) -> list[PlantedHub]:
    hubs = _ids(city, town.of("SocialOrganisation")[town.planting.hubs])
    found = []
    for hub, serials, communities in zip(hubs, town.planting.hub_enterprises, served, strict=True):
        n_streets = len(np.unique(town.tree.parents[city.areas[communities]]))
        n, m = len(serials), len(communities)
        why = Text(
            f"{n} 家企业和 {n_streets} 个街道的 {m} 个社区只通过它相遇。",
            f"{n} enterprises and {m} communities in {n_streets} streets meet only through it.",
        )
        enterprises = np.sort(town.of("Enterprise")[serials])
        found.append(PlantedHub(hub, _ids(city, enterprises), _ids(city, communities), why))
    return found


def _brokers(city: City, town: Town) -> list[PlantedBroker]:
    brokers = _ids(city, town.of("SocialOrganisation")[town.planting.brokers])
    island_of = town.island_of_area[city.areas[: city.n_actors]]
    found = []
    for island, broker in enumerate(brokers, start=1):
        cut_off = np.flatnonzero(island_of == island)
        communities = town.of("Community")[town.planting.islands == island]
        n, m = len(communities), len(cut_off)
        why = Text(
            f"没有它，{n} 个社区里的 {m} 个主体就与全市断开。",
            f"Without it {m} actors, those of {n} communities, are cut off from the city.",
        )
        found.append(PlantedBroker(broker, _ids(city, communities), _ids(city, cut_off), why))
    return found


def _deprived(city: City, town: Town) -> list[PlantedGap]:
    deprived = np.flatnonzero(town.planting.deprived)
    found = []
    for community in deprived.tolist():
        bits = int(town.planting.deprived[community])
        lacking = [c for c in COLUMNS if bits & COLUMN_BIT[c.slug]]
        zh = "、".join(c.label.zh for c in lacking)
        en = ", ".join(c.label.en.lower() for c in lacking)
        why = Text(f"没有任何{zh}与它有关系。", f"It has no partner among: {en}.")
        position = town.of("Community")[community : community + 1]
        columns = tuple(c.slug for c in lacking)
        found.append(PlantedGap("community", _ids(city, position)[0], why, columns))
    return found


def _unmet(city: City, unmet: LongArray) -> list[PlantedGap]:
    found = []
    for i in unmet.tolist():
        domain, resource = SORTS[city.needs.sorts[i]]
        why = Text(
            f"它需要{domain}方面的{resource}，全市无人提供。",
            f"It needs {domain} · {resource}, and nobody in the city offers that.",
        )
        who = _ids(city, city.needs.actors[i : i + 1])[0]
        found.append(PlantedGap("need", who, why, domain=domain, resource=resource))
    return found


def _isolated(city: City, town: Town) -> list[PlantedGap]:
    members = town.of("Enterprise")[np.sort(town.planting.isolated)]
    why = Text("它与任何主体都没有关系。", "It has no tie to anybody.")
    return [PlantedGap("isolated", id_, why) for id_ in _ids(city, members)]
