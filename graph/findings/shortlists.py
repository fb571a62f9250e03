"""Shortlists: who is worth asking, for what and why, kept as it was when it was put down.

A shortlist belongs to the people who work with it, not to the data it was taken from: imports
never touch it, and an actor that is gone from the data stays on it with its name.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from graph.errors import InvalidArgument, NotFound, WusheError
from graph.ingest.freetext import MAX_NAME, MAX_NOTE, checked_text
from graph.text import Text

MAX_ENTRIES = 200
MAX_REMOVED = 20


class NoShortlist(NotFound):
    """No shortlist has this id."""

    def __init__(self, shortlist_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有编号为“{shortlist_id}”的候选名单，可能已经删除。",
                f"There is no shortlist “{shortlist_id}”; it may have been deleted.",
            ),
        )
        self.actor_id = shortlist_id


class NoEntry(NotFound):
    """No entry of a shortlist has this id."""

    def __init__(self, entry_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"名单上没有“{entry_id}”这一条。",
                f"The shortlist has no entry “{entry_id}”.",
            ),
        )
        self.actor_id = entry_id


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or affiliation as it was called when an entry was put down."""

    id: str
    name: str
    name_en: str | None
    kind: str
    area: str | None
    is_group: bool = False

    def label(self) -> Text:
        """Return the name to show: on English pages the English name, where there is one."""
        return Text(self.name, self.name_en or self.name)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was said of a candidate when it was put down.

    ``score`` and ``rank`` are None where it was no candidate of the finder, such as one that is a
    partner already; ``steps`` are those of the way of introduction, none where none was known.
    """

    score: float | None
    rank: int | None
    reason: Text | None
    against: tuple[Text, ...]
    introduction: Text | None
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate on a shortlist.

    ``asked`` is the id of what it is for: an actor, an affiliation, a need, an offer or a gap, of
    ``subject``; ``purpose`` says it in words. ``added`` is a time, ISO 8601.
    """

    id: str
    actor: Named
    asked: str
    subject: Named
    purpose: Text
    finding: Finding
    note: str | None
    added: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A named list in an order of its owner's; ``removed`` are those last taken off, newest first.

    ``n_saves`` counts its changes, so that two who change it at the same time are told.
    """

    id: str
    name: str
    note: str | None
    entries: tuple[Entry, ...]
    removed: tuple[tuple[int, Entry], ...]
    created: str
    changed: str
    n_saves: int

    def entry(self, entry_id: str) -> Entry:
        """Return an entry; raises `NoEntry`."""
        found = next((entry for entry in self.entries if entry.id == entry_id), None)
        if found is None:
            raise NoEntry(entry_id)
        return found


def new_shortlist(name: str, note: str | None = None) -> Shortlist:
    """Return an empty shortlist; raises `InvalidArgument` for a name or note that cannot be."""
    now = _now()
    return Shortlist(
        uuid.uuid4().hex[:12], checked_name(name), checked_note(note), (), (), now, now, 0
    )


def with_entry(
    shortlist: Shortlist, actor: Named, asked: str, subject: Named, purpose: Text, finding: Finding
) -> Shortlist:
    """Put a candidate at the end; one that is there for the same purpose takes the new finding.

    Raises `InvalidArgument` where the list is full.
    """
    same = next((e for e in shortlist.entries if (e.actor.id, e.asked) == (actor.id, asked)), None)
    if same is not None:
        again = replace(same, actor=actor, subject=subject, purpose=purpose, finding=finding)
        return replace(
            shortlist, entries=tuple(again if e is same else e for e in shortlist.entries)
        )
    if len(shortlist.entries) >= MAX_ENTRIES:
        raise InvalidArgument(
            "actor",
            Text(
                f"一份名单最多 {MAX_ENTRIES} 条。",
                f"A shortlist has at most {MAX_ENTRIES} entries.",
            ),
        )
    entry = Entry(uuid.uuid4().hex[:8], actor, asked, subject, purpose, finding, None, _now())
    return replace(shortlist, entries=(*shortlist.entries, entry))


def with_note(shortlist: Shortlist, entry_id: str, note: str | None) -> Shortlist:
    """Give an entry another note; raises `NoEntry`, and `InvalidArgument` for what cannot be."""
    found = shortlist.entry(entry_id)
    noted = replace(found, note=checked_note(note))
    return replace(shortlist, entries=tuple(noted if e is found else e for e in shortlist.entries))


def moved(shortlist: Shortlist, entry_id: str, place: int) -> Shortlist:
    """Put an entry at a place, from 1; before the first is the first. Raises `NoEntry`."""
    found = shortlist.entry(entry_id)
    rest = [entry for entry in shortlist.entries if entry is not found]
    rest.insert(max(place - 1, 0), found)
    return replace(shortlist, entries=tuple(rest))


def without_entry(shortlist: Shortlist, entry_id: str) -> Shortlist:
    """Take an entry off, so that `restored` can put it back; raises `NoEntry`."""
    found = shortlist.entry(entry_id)
    place = shortlist.entries.index(found)
    return replace(
        shortlist,
        entries=tuple(entry for entry in shortlist.entries if entry is not found),
        removed=((place, found), *shortlist.removed)[:MAX_REMOVED],
    )


def restored(shortlist: Shortlist, entry_id: str) -> Shortlist:
    """Put an entry that was taken off back in its place; raises `NoEntry`."""
    found = next((pair for pair in shortlist.removed if pair[1].id == entry_id), None)
    if found is None:
        raise NoEntry(entry_id)
    place, entry = found
    entries = list(shortlist.entries)
    entries.insert(place, entry)
    removed = tuple(pair for pair in shortlist.removed if pair is not found)
    return replace(shortlist, entries=tuple(entries), removed=removed)


def read_shortlists(
    read: Callable[..., list[dict[str, Any]]], shortlist_id: str = ""
) -> tuple[Shortlist, ...]:
    """Return every shortlist, or the one with this id, through a reader of statements by name."""
    return tuple(_shortlist(row) for row in read("read.shortlists", id=shortlist_id))


def properties_of(shortlist: Shortlist) -> dict[str, Any]:
    """Return a shortlist as the properties that are stored."""
    items = {
        "entries": [asdict(entry) for entry in shortlist.entries],
        "removed": [[place, asdict(entry)] for place, entry in shortlist.removed],
    }
    return {
        "id": shortlist.id,
        "name": shortlist.name,
        "note": shortlist.note,
        "items": json.dumps(items, ensure_ascii=False),
        "created": shortlist.created,
        "changed": shortlist.changed,
        "n_saves": shortlist.n_saves,
    }


def saved(shortlist: Shortlist) -> Shortlist:
    """Return the shortlist as it is after one more change, of now."""
    return replace(shortlist, changed=_now(), n_saves=shortlist.n_saves + 1)


def checked_name(given: str) -> str:
    """Return a name as it is kept; raises `InvalidArgument` for none, and as `checked_note`."""
    name = checked_text("name", given, MAX_NAME)
    if not name:
        raise InvalidArgument("name", Text("请给名单起个名称。", "Give the shortlist a name."))
    return name


def checked_note(given: str | None) -> str | None:
    """Return a note as it is kept, None for an empty one.

    Raises `InvalidArgument` where it is too long or has what an import refuses, such as a phone or
    an identity number.
    """
    return checked_text("note", given, MAX_NOTE)


def _shortlist(row: dict[str, Any]) -> Shortlist:
    items = json.loads(row["items"])
    return Shortlist(
        row["id"],
        row["name"],
        row["note"],
        tuple(_entry(document) for document in items["entries"]),
        tuple((place, _entry(document)) for place, document in items["removed"]),
        row["created"],
        row["changed"],
        row["n_saves"],
    )


def _entry(document: dict[str, Any]) -> Entry:
    found = document["finding"]
    finding = Finding(
        found["score"],
        found["rank"],
        _text(found["reason"]),
        tuple(Text(**one) for one in found["against"]),
        _text(found["introduction"]),
        tuple(Text(**one) for one in found["steps"]),
    )
    return Entry(
        **{
            **document,
            "actor": Named(**document["actor"]),
            "subject": Named(**document["subject"]),
            "purpose": Text(**document["purpose"]),
            "finding": finding,
        }
    )


def _text(document: dict[str, str] | None) -> Text | None:
    return Text(**document) if document else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
