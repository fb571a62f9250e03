"""``shortlists``: candidates that were put down, in order, with notes; and the forms to do so."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas import Actor, Page, Schema, Text
from graph import documents
from graph.brief.shortlist import SHEET_FORMAT_BY_SLUG
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.findings.shortlists import Shortlist as Kept
from graph.questions import shortlists as questions
from graph.text import Language
from graph.text import Text as Said


class Entry(Schema):
    """One candidate, as it was when it was put down.

    ``actor`` and ``subject`` are as they are called now, or as they were if they are gone; ``gone``
    says so, else it is null. ``score``, ``rank`` and ``reason`` are null for who is no candidate of
    the finder, such as a partner already.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    id: str
    actor: Actor
    asked: str = Field(alias="for", description="An actor, affiliation, gap, need or offer, by id")
    subject: Actor
    purpose: Text
    score: float | None
    rank: int | None
    reason: Text | None
    against: list[Text]
    introduction: Text | None
    steps: list[Text]
    note: str | None
    added: str
    gone: Text | None


class Shortlist(Schema):
    """A named list of candidates in its owner's order; ``removed`` can be put back."""

    id: str
    name: str
    note: str | None
    sentence: Text
    entries: list[Entry]
    removed: list[Entry]
    created: str
    changed: str


class NewShortlist(Schema):
    """A shortlist to be begun."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "北郎东社区 · 候选", "note": "周五例会"}]}
    )

    name: str
    note: str | None = None


class NewEntry(Schema):
    """A candidate to be put on a list; what the finder says of it now is kept with it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"actor": "xingbake", "for": "beilangdong"}]}
    )

    actor: str
    asked: str = Field(alias="for")


class ChangedEntry(Schema):
    """Another note or another place of an entry; what is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "先打电话", "place": 1}]})

    note: str | None = Field(default=None, description="Empty takes the note away")
    place: int | None = Field(default=None, ge=1, description="Its place in the order, from 1")


def listed(explorer: Explorer, limit: int, offset: int) -> Page[Shortlist]:
    """Answer ``GET shortlists``."""
    found = questions.shortlists(explorer)
    items = [questions.as_document(explorer, one) for one in found[offset : offset + limit]]
    return Page[Shortlist](**documents.page(explorer, items, len(found), limit, offset))


def one(explorer: Explorer, shortlist_id: str) -> Shortlist:
    """Answer ``GET shortlists/{id}``."""
    return shown(explorer, questions.shortlist(explorer, shortlist_id))


def create(explorer: Explorer, asked: NewShortlist) -> Shortlist:
    """Answer ``POST shortlists``."""
    return shown(explorer, questions.create(explorer, asked.name, asked.note))


def rename(explorer: Explorer, shortlist_id: str, asked: NewShortlist) -> Shortlist:
    """Answer ``PATCH shortlists/{id}``."""
    return shown(explorer, questions.rename(explorer, shortlist_id, asked.name, asked.note))


def add(
    explorer: Explorer, shortlist_id: str | None, actor: str, asked: str, language: Language = "zh"
) -> tuple[Shortlist, str]:
    """Answer ``POST shortlists/{id}/items``: the list, and the id of the entry."""
    kept, entry = questions.add(explorer, shortlist_id, actor, asked, language)
    return shown(explorer, kept), entry.id


def change(explorer: Explorer, shortlist_id: str, entry_id: str, asked: ChangedEntry) -> Shortlist:
    """Answer ``PATCH shortlists/{id}/items/{entry}``."""
    kept = questions.shortlist(explorer, shortlist_id)
    kept.entry(entry_id)
    if "note" in asked.model_fields_set:
        kept = questions.note(explorer, shortlist_id, entry_id, asked.note)
    if asked.place is not None:
        kept = questions.move(explorer, shortlist_id, entry_id, asked.place)
    return shown(explorer, kept)


def shown(explorer: Explorer, kept: Kept) -> Shortlist:
    """Return a stored shortlist as the API and the pages show it."""
    return Shortlist(**questions.as_document(explorer, kept))


def sheet(
    explorer: Explorer, shortlist_id: str, slug: str, language: Language
) -> tuple[bytes, str]:
    """Answer ``GET shortlists/{id}/export/{format}``: the file and its media type."""
    chosen = SHEET_FORMAT_BY_SLUG.get(slug)
    if chosen is None:
        known = ", ".join(SHEET_FORMAT_BY_SLUG)
        raise InvalidArgument(
            "format",
            Said(f"没有“{slug}”格式；可用：{known}。", f"No format “{slug}”; use {known}."),
        )
    kept = questions.shortlist(explorer, shortlist_id)
    return chosen.write(questions.as_document(explorer, kept), language), chosen.media_type
