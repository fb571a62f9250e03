"""``imports/{id}/changes``: what an import brought, to everything or to an area."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.schemas import Actor, ImportRecord, Schema, Text
from graph.explorer import Explorer
from graph.questions import changes as question


class ChangedField(Schema):
    """What a column held before and after."""

    field: str
    label: Text
    before: Any
    after: Any


class Changed(Schema):
    """What happened to a record: ``ended`` is a change that gave it an end."""

    state: Literal["new", "changed", "ended"]
    fields: list[ChangedField]


class ChangedActor(Changed):
    """An actor or affiliation that an import changed."""

    actor: Actor


class StoredTie(Schema):
    """A stored tie; an end is null where it is not there any more."""

    start: Actor | None
    relation: str
    label: Text
    end: Actor | None
    since: str | None
    until: str | None


class ChangedTie(StoredTie, Changed):
    """A tie that an import changed."""


class ChangedNeed(Changed):
    """A need or an offer that an import changed."""

    actor: Actor | None
    sort: Literal["need", "offer"]
    domain: str
    resource: str


class ChangedArea(Changed):
    """An area that an import brought, or of which it changed what is known."""

    path: str


class StateCounts(Schema):
    """How many records are new, changed and ended, each counted once."""

    new: int
    changed: int
    ended: int


class Changes(Schema):
    """What an import changed in an area; one page of each sort.

    ``is_listed`` is false for an import that was undone, whose content is not kept, and where an
    only import is summed up; ``is_only``: everything on record came with it.
    """

    import_: ImportRecord = Field(alias="import", serialization_alias="import")
    area: str
    sentence: Text
    is_only: bool
    is_listed: bool
    counts: dict[Literal["actors", "ties", "needs", "areas"], StateCounts]
    actors: list[ChangedActor]
    ties: list[ChangedTie]
    needs: list[ChangedNeed]
    areas: list[ChangedArea]
    limit: int
    offset: int


def changes(
    explorer: Explorer, import_id: str, area: str = "", limit: int = 100, offset: int = 0
) -> Changes:
    """Answer ``GET imports/{id}/changes``."""
    found = question.import_changes(explorer, import_id, area)
    return Changes(**question.as_document(explorer, found, limit, offset))
