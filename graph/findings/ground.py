"""What is known of every actor before anybody asks for partners, as arrays; computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.codes import COLUMN_BIT, COLUMN_BIT_OF_KIND, IS_PERSON, KIND_CODE
from graph.findings.wants import WantTable
from graph.network import FloatArray, IntArray
from graph.records import Records

ByteArray = NDArray[np.uint8]
NO_AREA = -1


def closeness(common_levels: IntArray, n_levels: IntArray | int) -> FloatArray:
    """Return how close areas are: 1 in the same smallest area, half for each level further up.

    So one half in the same street, where a path goes down to the community; 0 where not even the
    first level is the same. The scale is ours.
    """
    halved: FloatArray = 0.5 ** (n_levels - common_levels).astype(np.float64)
    return np.where(common_levels > 0, halved, 0.0)


def common_area(one: str | None, other: str | None) -> str | None:
    """Return the path that two areas have in common, "" for none; None where one is not known."""
    if not one or not other:
        return None
    pairs = zip(one.split("/"), other.split("/"), strict=False)
    return "/".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The actors of a network with their areas, kinds, needs and offers.

    areas : of each actor, a code for each level of its path from the top, -1 below its end.
    area_codes : the code of each path and of each beginning of one.
    kinds : positions in `KIND_SLUGS`.
    columns : the column of the five 社 that it fills, as `COLUMN_BIT`; 0 for none.
    lacking : of a community, the columns it has no partner of; 0 where it lacks none, where
        nothing is on record about it, and for who is no community.
    may_partner : whether it can be proposed: no natural persons, who are counted in their teams.
    n_communities : how many communities it is tied to; a group of them counts its members.
    folded : the actor that each person not in the network is counted in, by id.
    wants : all needs and offers of the actors, with those of persons under their team.
    """

    network: ActorNetwork
    records: Records
    areas: IntArray
    area_codes: dict[str, int]
    kinds: ByteArray
    columns: ByteArray
    lacking: ByteArray
    may_partner: NDArray[np.bool_]
    n_communities: FloatArray
    folded: dict[str, str]
    wants: WantTable

    def codes_of(self, area: str | None) -> IntArray:
        """Return the codes of a path, as wide as ``areas``; parts that nobody has are -2."""
        codes = np.full(self.areas.shape[1], NO_AREA, np.int32)
        parts = area.split("/") if area else []
        for level in range(min(len(parts), len(codes))):
            codes[level] = self.area_codes.get("/".join(parts[: level + 1]), -2)
        return codes

    def common_levels(self, area: str | None) -> IntArray:
        """Return how many levels each actor's path has in common with ``area``, from the top."""
        codes = self.codes_of(area)
        is_same = (self.areas == codes) & (codes >= 0)
        found: IntArray = np.cumprod(is_same, axis=1).sum(axis=1).astype(np.int32)
        return found


def survey(
    records: Records, network: ActorNetwork, covered: Sequence[Coverage] | None = None
) -> Ground:
    """Set down what is known of the actors of ``network``, a projection of ``records``.

    ``covered`` is their `coverage`, where it is at hand. Time and memory O(n·levels + m).
    """
    actors, net = network.actors, network.network
    kinds = np.array([KIND_CODE[a.kind] for a in actors], np.uint8)
    is_community = kinds == KIND_CODE["Community"]
    counts = np.array([(a.n_members or 1) if a.is_group else 1 for a in actors], np.float64)
    rows = np.repeat(np.arange(len(net)), net.degrees)
    served = np.where(is_community, counts, 0.0)[net.indices]
    areas, codes = _area_codes([a.area for a in actors])
    lacking = np.zeros(len(actors), np.uint8)
    for row in coverage(records, network) if covered is None else covered:
        bits = [COLUMN_BIT[slug] for slug, n in row.cells.items() if n == 0]
        lacking[network.index[row.community.id]] = sum(bits)
    folded = _folded(records, network)
    wants = [
        (want, network.index[owner])
        for want in records.needs
        if (owner := folded.get(want.actor, want.actor)) in network.index
    ]
    return Ground(
        network,
        records,
        areas,
        codes,
        kinds,
        COLUMN_BIT_OF_KIND[kinds],
        lacking,
        ~IS_PERSON[kinds],
        np.bincount(rows, served, len(net)).astype(np.float64),
        folded,
        WantTable.of([want for want, _ in wants], [position for _, position in wants]),
    )


def _area_codes(areas: Sequence[str | None]) -> tuple[IntArray, dict[str, int]]:
    codes: dict[str, int] = {}
    ways: dict[str, list[int]] = {}
    for area in dict.fromkeys(areas):
        if area:
            parts = area.split("/")
            ways[area] = [
                codes.setdefault("/".join(parts[: level + 1]), len(codes))
                for level in range(len(parts))
            ]
    depth = max((len(way) for way in ways.values()), default=1)
    found = np.full((len(areas), depth), NO_AREA, np.int32)
    for i, area in enumerate(areas):
        if area:
            way = ways[area]
            found[i, : len(way)] = way
    return found, codes


def _folded(records: Records, network: ActorNetwork) -> dict[str, str]:
    """Return the group of each person who is not in the network: as the projection, the first."""
    nodes = records.by_id()
    found: dict[str, str] = {}
    for tie in records.ties:
        is_folded = tie.relation == "MEMBER_OF" and tie.start not in network.index
        if is_folded and tie.end in network.index and nodes[tie.start].is_person:
            found[tie.start] = min(tie.end, found.get(tie.start, tie.end))
    return found
