"""What is stored, as plain values: actors, affiliations, ties, needs and offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import KIND_BY_SLUG, sector_of
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or an affiliation.

    ``area`` is a path from the largest to the smallest (``市/区/街道/社区``). ``since`` and
    ``until`` are ISO dates of whatever precision is known (``2018``, ``2018-07``, ``2018-07-11``).
    ``n_members_at_least`` says that the source gives a lower bound (“20 余家”). ``is_group`` marks
    a record that stands for several actors not named one by one (“垡头街道各社区”).
    ``registration`` is one of `graph.model.REGISTRATIONS`, ``is_online`` says it of a platform;
    None where it is not known.
    """

    id: str
    name: str
    kind: str
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    area: str | None = None
    n_members: int | None = None
    n_members_at_least: bool = False
    is_group: bool = False
    registration: str | None = None
    is_online: bool | None = None
    since: str | None = None
    until: str | None = None
    lat: float | None = None
    lon: float | None = None
    source: str | None = None
    note: str | None = None

    @property
    def is_actor(self) -> bool:
        """Whether this is an actor rather than an affiliation."""
        return self.kind in KIND_BY_SLUG

    @property
    def is_person(self) -> bool:
        """Whether this is a natural person."""
        return self.is_actor and KIND_BY_SLUG[self.kind].is_person

    @property
    def sector(self) -> str | None:
        """The sector of an actor; None for an affiliation."""
        return sector_of(self.kind)

    def label(self) -> Text:
        """Return the name to show: on English pages the English name, where there is one."""
        return Text(self.name, self.name_en or self.name)


@dataclass(frozen=True, slots=True)
class Tie:
    """A stored, directed tie between two nodes; strength runs from 1 (weak) to 5 (strong)."""

    start: str
    relation: str
    end: str
    strength: int = 1
    amount: float | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A need of an actor, or an offer: the two have the same shape."""

    sort: Literal["need", "offer"]
    actor: str
    domain: str
    resource: str
    quantity: float | None = None
    since: str | None = None
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An area by its path, with what is known of it."""

    path: str
    level: str | None = None
    households: int | None = None
    population: int | None = None

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str | None:
        """The path of the area it lies in, None at the top."""
        return self.path.rpartition("/")[0] or None


@dataclass(frozen=True, slots=True)
class Records:
    """Everything stored at one moment, as read for analysis."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    version: str
    needs: tuple[Need, ...] = ()
    areas: tuple[Area, ...] = ()

    def by_id(self) -> dict[str, Node]:
        """Return the nodes by id."""
        return {node.id: node for node in self.nodes}


def holds_on(since: str | None, until: str | None, day: str) -> bool:
    """Return whether a period of partly known dates holds on ``day`` (``YYYY-MM-DD``).

    A start is read as early and an end as late as its precision allows; a missing end is open.
    """
    starts = since is None or _padded(since, "-01-01") <= day
    ends = until is None or _padded(until, "-12-31") >= day
    return starts and ends


def _padded(date: str, filler: str) -> str:
    return date + filler[3 * (date.count("-")) :] if len(date) < 10 else date
