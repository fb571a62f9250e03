"""A drawn city as plain arrays: areas, nodes, ties, needs and offers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.city.plan import CityPlan, Truth
from graph.codes import KIND_CODE

ByteArray = NDArray[np.uint8]
MonthArray = NDArray[np.int16]
IntArray = NDArray[np.int32]
LongArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_PREFIX_OF_KIND = {
    "StreetOffice": "so", "GovernmentAgency": "ga", "MassOrganisation": "mo",
    "PartyOrganisation": "po", "Community": "c", "Compound": "cp", "SocialOrganisation": "o",
    "CommunityOrganisation": "co", "Foundation": "f", "SocialWorkStation": "ws",
    "SocialWorker": "w", "VolunteerTeam": "t", "Volunteer": "v", "Enterprise": "e",
    "Merchant": "m", "SocialEnterprise": "se", "School": "sc", "University": "u",
    "Hospital": "h", "OtherInstitution": "oi", "Project": "p", "Space": "sp", "Platform": "pl",
    "Mechanism": "me", "Fund": "fu", "Agreement": "ag",
}  # fmt: skip
_PREFIXES = {KIND_CODE[slug]: prefix for slug, prefix in _PREFIX_OF_KIND.items()}
_EPOCH_YEAR, _LAST_YEAR = 1900, 2099
UNKNOWN_MONTH = 0


def month_number(text: str) -> int:
    """Return ``YYYY-MM`` as the number of months since January 1900."""
    year, month = text.split("-")
    return 12 * (int(year) - _EPOCH_YEAR) + int(month) - 1


def month_texts() -> list[str | None]:
    """Return every month as ``YYYY-MM``, by its number; None for `UNKNOWN_MONTH`."""
    n = 12 * (_LAST_YEAR + 1 - _EPOCH_YEAR)
    return [None, *(f"{_EPOCH_YEAR + m // 12}-{m % 12 + 1:02d}" for m in range(1, n))]


@dataclass(frozen=True, slots=True)
class Areas:
    """The tree of areas, numbered from the top down and depth first, so that a < ends[a].

    Attributes
    ----------
    parents : code of the area it lies in; the city's is its own, 0.
    ends : the areas from a to before ``ends[a]`` are a and all that lies in it.
    levels : 0 city, 1 district, 2 street, 3 community.
    households, population : of communities, and sums of them above.
    """

    parents: IntArray
    ends: IntArray
    levels: ByteArray
    households: LongArray
    population: LongArray

    def __len__(self) -> int:
        return len(self.parents)

    def at(self, level: int) -> IntArray:
        """Return the codes of the areas of one level, in order."""
        return np.flatnonzero(self.levels == level).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Ties:
    """Stored ties by the positions of their ends: actors and, from ``n_actors`` on, affiliations.

    ``relations`` are positions in `RELATION_SLUGS`, ``strengths`` 1 to 5, ``since`` and ``until``
    months; ``until`` is `UNKNOWN_MONTH` where the tie still holds.
    """

    sources: IntArray
    relations: ByteArray
    targets: IntArray
    strengths: ByteArray
    since: MonthArray
    until: MonthArray

    def __len__(self) -> int:
        return len(self.sources)


@dataclass(frozen=True, slots=True)
class Wants:
    """Needs, or offers: whose, and the position in `graph.city.needs.SORTS` of what."""

    actors: IntArray
    sorts: IntArray
    quantities: IntArray
    since: MonthArray


@dataclass(frozen=True)
class City:
    """A synthetic city; nodes are numbered, actors first, kind by kind, volunteers the last.

    Attributes
    ----------
    kinds : position in `KIND_SLUGS` of each node's kind.
    areas : code of the area each node lies in.
    since, until : months in which a node began and ended; `UNKNOWN_MONTH` where not known.
    n_members : members of each node, -1 where not known.
    """

    plan: CityPlan
    tree: Areas
    kinds: ByteArray
    areas: IntArray
    since: MonthArray
    until: MonthArray
    n_members: IntArray
    ties: Ties
    needs: Wants
    offers: Wants
    truth: Truth

    @property
    def n_actors(self) -> int:
        """The number of actors, which come before the affiliations."""
        return self.plan.n_actors

    def __len__(self) -> int:
        return len(self.kinds)

    def of(self, kind: str) -> LongArray:
        """Return the positions of the nodes of a kind."""
        return np.flatnonzero(self.kinds == KIND_CODE[kind])

    @cached_property
    def serials(self) -> IntArray:
        """The number of each node among those of its kind, from 0."""
        order = np.argsort(self.kinds, kind="stable")
        in_order = self.kinds[order]
        found = np.empty(len(order), np.int32)
        found[order] = np.arange(len(order)) - np.searchsorted(in_order, in_order)
        return found

    @cached_property
    def ordinals(self) -> IntArray:
        """The number of each node among those of its kind and area, from 0."""
        key = self.kinds.astype(np.int64) * len(self.tree) + self.areas
        order = np.argsort(key, kind="stable")
        found = np.empty(len(key), np.int32)
        found[order] = np.arange(len(key)) - np.searchsorted(key[order], key[order])
        return found

    def ids(self, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the ids of the nodes from ``start`` to before ``stop``: v000123, t000004, …"""
        kinds, serials = self.kinds[start:stop].tolist(), self.serials[start:stop].tolist()
        return [f"{_PREFIXES[k]}{i:06d}" for k, i in zip(kinds, serials, strict=True)]
