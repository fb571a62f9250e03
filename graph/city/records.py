"""A city as records, what the importer stores and the projection reads."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Literal

from graph.city.arrays import City, month_texts
from graph.city.names import area_paths, node_names
from graph.city.needs import SORTS
from graph.codes import KIND_CODE, KIND_SLUGS, RELATION_SLUGS
from graph.records import Area, Need, Node, Records, Tie
from graph.workbook import LEVELS

_CHUNK = 50_000
_FILING_KINDS = frozenset(KIND_CODE[kind] for kind in ("VolunteerTeam", "CommunityOrganisation"))
_PLATFORM = KIND_CODE["Platform"]
_LEVEL_SLUGS = tuple(slug for slug, _ in LEVELS)


def city_records(city: City) -> Records:
    """Return a city as records; for sizes at which a million objects are not too many."""
    return Records(
        tuple(nodes_of(city)),
        tuple(ties_of(city)),
        f"city-{city.plan.n_actors}-{city.plan.seed}",
        (*needs_of(city, "need"), *needs_of(city, "offer")),
        tuple(areas_of(city)),
    )


def _registration(node_id: str) -> str | None:
    """Return how a team or group is registered: the same for the same id; not known of a fifth."""
    share = zlib.crc32(node_id.encode()) % 10
    return "filed" if share < 5 else "registered" if share < 6 else "neither" if share < 8 else None


def source_of(city: City) -> str:
    """Return what every record says of where it comes from."""
    return f"合成数据（种子 {city.plan.seed}）"


def nodes_of(city: City) -> Iterator[Node]:
    """Yield the nodes in order, actors first."""
    source = source_of(city)
    paths, months = area_paths(city), month_texts()
    for start in range(0, len(city), _CHUNK):
        stop = start + _CHUNK
        columns = (city.kinds, city.areas, city.n_members, city.since, city.until)
        for id_, name, kind, area, n_members, since, until in zip(
            city.ids(start, stop),
            node_names(city, start, stop),
            *(column[start:stop].tolist() for column in columns),
            strict=True,
        ):
            yield Node(
                id_,
                name,
                KIND_SLUGS[kind],
                area=paths[area],
                n_members=None if n_members < 0 else n_members,
                registration=_registration(id_) if kind in _FILING_KINDS else None,
                is_online=True if kind == _PLATFORM else None,
                since=months[since],
                until=months[until],
                source=source,
            )


def ties_of(city: City) -> Iterator[Tie]:
    """Yield the ties in order, those between two actors first."""
    source = source_of(city)
    ids, months = city.ids(), month_texts()
    ties = city.ties
    columns = (ties.sources, ties.relations, ties.targets, ties.strengths, ties.since, ties.until)
    for start in range(0, len(ties), _CHUNK):
        rows = zip(*(column[start : start + _CHUNK].tolist() for column in columns), strict=True)
        for one, relation, other, strength, since, until in rows:
            yield Tie(
                ids[one],
                RELATION_SLUGS[relation],
                ids[other],
                strength,
                since=months[since],
                until=months[until],
                source=source,
            )


def needs_of(city: City, sort: Literal["need", "offer"]) -> Iterator[Need]:
    """Yield the needs, or the offers."""
    wants = city.needs if sort == "need" else city.offers
    months = month_texts()
    columns = (wants.actors, wants.sorts, wants.quantities, wants.since)
    for actor, what, quantity, since in zip(*(c.tolist() for c in columns), strict=True):
        id_ = city.ids(actor, actor + 1)[0]
        domain, resource = SORTS[what]
        yield Need(sort, id_, domain, resource, float(quantity), since=months[since])


def areas_of(city: City) -> Iterator[Area]:
    """Yield the areas from the city down."""
    tree = city.tree
    columns = (tree.levels, tree.households, tree.population)
    rows = zip(area_paths(city), *(column.tolist() for column in columns), strict=True)
    for path, level, households, population in rows:
        yield Area(path, _LEVEL_SLUGS[1 + level], households, population)
