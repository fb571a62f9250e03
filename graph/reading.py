"""The stored network read straight into arrays, row by row, for what needs no more than that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.codes import KIND_CODE, KIND_SLUGS, RELATION_CODE, SECTOR_OF_KIND, SECTOR_SLUGS
from graph.network import Network
from graph.projection import DEFAULT, Projection, projected
from graph.records import holds_on
from graph.store.database import Database


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """The actor network as stored, with the name and the kind of each actor."""

    network: Network
    names: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def is_community(self) -> NDArray[np.bool_]:
        """Which actors are communities."""
        return np.array([kind == "Community" for kind in self.kinds], np.bool_)


def read_network(database: Database, projection: Projection = DEFAULT) -> StoredNetwork:
    """Read the actor network under ``projection``, grouped by sector, in one transaction.

    Nodes are in the order of their ids. The same network as ``project(records).network``, without
    the records: rows are taken in as they arrive, and none is kept. Time and memory as `project`,
    besides what the database takes. Raises `StoreError`.
    """
    day = projection.as_of
    ids: list[str] = []
    names: list[str] = []
    kinds: list[int] = []
    areas: list[str | None] = []
    n_members: list[int] = []
    starts: list[str] = []
    relations: list[int] = []
    ends: list[str] = []
    strengths: list[int] = []
    with database.streaming() as rows:
        for node_id, name, kind, area, members, since, until in rows("read.network_nodes"):
            if day is None or holds_on(since, until, day):
                ids.append(node_id)
                names.append(name)
                kinds.append(KIND_CODE[kind])
                areas.append(area)
                n_members.append(members or 0)
        for start, relation, end, strength, since, until in rows("read.network_ties"):
            if day is None or holds_on(since, until, day):
                starts.append(start)
                relations.append(RELATION_CODE[relation])
                ends.append(end)
                strengths.append(strength)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    place = {ids[i]: position for position, i in enumerate(order)}
    sources = np.fromiter((place.get(start, -1) for start in starts), np.int64, len(starts))
    targets = np.fromiter((place.get(end, -1) for end in ends), np.int64, len(ends))
    holds = (sources >= 0) & (targets >= 0)
    codes = np.array(kinds, np.uint8)[order]
    found = projected(
        codes,
        np.array(n_members, np.int64)[order],
        [areas[i] for i in order],
        sources[holds],
        np.array(relations, np.uint8)[holds],
        targets[holds],
        np.array(strengths, np.float64)[holds],
        projection,
    )
    actors = [order[i] for i in found.actors.tolist()]
    network = Network(
        [ids[i] for i in actors],
        found.sources,
        found.targets,
        found.weights,
        groups=SECTOR_OF_KIND[codes[found.actors]],
        group_names=SECTOR_SLUGS,
    )
    return StoredNetwork(
        network,
        tuple(names[i] for i in actors),
        tuple(KIND_SLUGS[kinds[i]] for i in actors),
    )
