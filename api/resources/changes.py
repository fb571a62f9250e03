"""``imports/{id}/changes``: what an import brought, to everything or to an area."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.schemas import Actor, Gap, ImportRecord, Projection, Schema, Snapshot, Text
from graph.explorer import Explorer
from graph.questions import changes as question
from graph.questions import import_gaps


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


class ImportGaps(Schema):
    """What became of the gaps with an import.

    `not_compared` says why that was not looked at, and is null where it was.
    """

    import_: ImportRecord = Field(alias="import", serialization_alias="import")
    area: str
    sentence: Text
    not_compared: import_gaps.NotCompared | None
    opened: list[Gap] = Field(description="Found now, and not on the data before the import")
    closed: list[Gap] = Field(description="Found on the data before the import, and not now")
    n_unchanged: int | None
    areas: list[str] | None = Field(description="Where gaps were compared; null everywhere")
    n_more_areas: int
    looked_at: Text | None
    projection: Projection
    snapshot: Snapshot


def changes(
    explorer: Explorer, import_id: str, area: str = "", limit: int = 100, offset: int = 0
) -> Changes:
    """Answer ``GET imports/{id}/changes``."""
    found = question.import_changes(explorer, import_id, area)
    return Changes(**question.as_document(explorer, found, limit, offset))


def known_gap_changes(explorer: Explorer, import_id: str, area: str) -> ImportGaps | None:
    """Answer the same where it is known already; None where it is still to be worked out."""
    found = import_gaps.known_import_gaps(explorer, import_id, area)
    return None if found is None else ImportGaps(**import_gaps.as_document(explorer, found))


def gap_changes(explorer: Explorer, import_id: str, area: str = "") -> ImportGaps:
    """Answer ``GET imports/{id}/gaps``."""
    found = import_gaps.import_gaps(explorer, import_id, area)
    return ImportGaps(**import_gaps.as_document(explorer, found))
