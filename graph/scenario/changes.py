"""What a scenario changes: five sorts of change, and the scenario that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MAX_CHANGES = 100


@dataclass(frozen=True, slots=True)
class RemoveActor:
    """An actor or affiliation is gone, with its ties, needs and offers."""

    actor: str


@dataclass(frozen=True, slots=True)
class EndActor:
    """An actor or affiliation ends on a day, and with it those of its ties that go on longer.

    ``until`` is an ISO date in whatever precision is known, the last day included.
    """

    actor: str
    until: str


@dataclass(frozen=True, slots=True)
class AddActor:
    """An actor or affiliation that is not there yet; ``actor`` is its id."""

    actor: str
    name: str
    kind: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class AddTie:
    """A tie that is not there yet; strength runs from 1 (weak) to 5 (strong)."""

    start: str
    relation: str
    end: str
    strength: int = 1


@dataclass(frozen=True, slots=True)
class RemoveTie:
    """A tie is gone; without ``since``, all ties of this relation between the two."""

    start: str
    relation: str
    end: str
    since: str | None = None


Change = RemoveActor | EndActor | AddActor | AddTie | RemoveTie
SORTS: dict[str, type[Change]] = {
    "remove_actor": RemoveActor,
    "end_actor": EndActor,
    "add_actor": AddActor,
    "add_tie": AddTie,
    "remove_tie": RemoveTie,
}
REMOVALS = (RemoveActor, RemoveTie)
_SLUG_OF = {sort: slug for slug, sort in SORTS.items()}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named, ordered list of changes.

    ``created`` and ``changed`` are ISO times; ``n_saves`` tells one state of it from the next.
    """

    id: str
    name: str
    note: str | None
    changes: tuple[Change, ...]
    created: str
    changed: str
    n_saves: int


def change_document(change: Change) -> dict[str, Any]:
    """Return a change as ``{"do": its sort, …}``."""
    return {"do": _SLUG_OF[type(change)], **asdict(change)}


def change_from(document: Mapping[str, Any]) -> Change:
    """Return the change that `change_document` wrote; it is not checked."""
    fields = dict(document)
    return SORTS[fields.pop("do")](**fields)
