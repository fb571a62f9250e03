"""``completeness`` and ``sources``: what is not entered, and where the data come from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.resources.areas import AreaCount
from api.resources.changes import StoredTie
from api.schemas import Actor, Page, Projection, Schema, Snapshot, Text
from graph.explorer import Explorer
from graph.questions import data as question


class Known(Schema):
    """Of how many records a fact is known; ``mend`` says how to enter the rest."""

    fact: str
    subject: Literal["tie", "actor", "community", "need", "area"]
    label: Text
    mend: Text
    n: int
    n_known: int
    n_missing: int
    share_missing: float | None = Field(description="Null where there is nothing to know")


class KnownCount(Schema):
    """Of how many records a fact could be known, and for how many it was not entered."""

    n: int
    n_missing: int


class AreaKnown(AreaCount):
    """What is known in one area, by fact."""

    facts: dict[str, KnownCount]


class Completeness(Schema):
    """What is known in an area, and in each right below it."""

    area: str
    sentence: Text
    facts: list[Known]
    areas: list[AreaKnown]
    projection: Projection
    snapshot: Snapshot


class StatedNeed(Schema):
    """A need or an offer."""

    id: str
    sort: Literal["need", "offer"]
    domain: str
    resource: str


class MissingItem(Schema):
    """A record that lacks a fact: an actor, a tie, a need of an actor, or an area (a path)."""

    actor: Actor | None
    tie: StoredTie | None
    need: StatedNeed | None
    area: str | None


class MissingPage(Page[MissingItem]):
    """One page of the records of an area that lack a fact."""

    area: str
    known: Known


class Source(Schema):
    """How much names a source; null for what names none."""

    source: str | None
    n_actors: int
    n_affiliations: int
    n_ties: int


class SourcesPage(Page[Source]):
    """One page of sources, the most used first; what names none comes last."""

    sentence: Text


class FromSource(Source):
    """What names a source: one page of actors and affiliations, and one of ties."""

    actors: list[Actor]
    ties: list[StoredTie]
    limit: int
    offset: int
    projection: Projection
    snapshot: Snapshot


def completeness(explorer: Explorer, area: str = "") -> Completeness:
    """Answer ``GET completeness``."""
    found = question.completeness(explorer, area)
    return Completeness(**question.completeness_document(explorer, found))


def missing(
    explorer: Explorer, fact: str, area: str = "", limit: int = 100, offset: int = 0
) -> MissingPage:
    """Answer ``GET completeness/{fact}``."""
    found = question.missing(explorer, fact, area)
    return MissingPage(**question.missing_document(explorer, found, limit, offset))


def sources(explorer: Explorer, limit: int = 100, offset: int = 0) -> SourcesPage:
    """Answer ``GET sources``."""
    return SourcesPage(**question.sources_document(explorer, limit, offset))


def from_source(
    explorer: Explorer, source: str | None, limit: int = 100, offset: int = 0
) -> FromSource:
    """Answer ``GET sources/records``."""
    found = question.from_source(explorer, source or None)
    return FromSource(**question.from_source_document(explorer, found, limit, offset))
