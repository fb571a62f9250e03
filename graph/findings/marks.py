"""What people decided about gaps: accepted, planned or done, with a note and a date.

A mark belongs to a gap's id, not to the data it was found in: it stays while data are imported and
taken back, and takes hold again when the gap is found again.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from graph.errors import InvalidArgument
from graph.text import Text

if TYPE_CHECKING:
    from graph.findings.gaps import Gap

MarkStatus = Literal["accepted", "planned", "done"]
MARK_STATUSES: tuple[MarkStatus, ...] = ("accepted", "planned", "done")
MAX_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision about the gap ``id``.

    ``date`` is the day that it is about (by when it is planned, when it was done), ``at`` the time
    at which it was written down, ISO 8601.
    """

    id: str
    status: MarkStatus
    note: str | None
    date: str | None
    at: str


def checked_mark(gap_id: str, status: str, note: str | None, date: str | None) -> Mark:
    """Return a mark of now; raises `InvalidArgument` for what cannot be one."""
    found = next((s for s in MARK_STATUSES if s == status), None)
    if found is None:
        known = ", ".join(MARK_STATUSES)
        raise InvalidArgument(
            "status",
            Text(
                f"标记不能是“{status}”；可用：{known}。",
                f"A mark cannot be “{status}”; use one of: {known}.",
            ),
        )
    note = (note or "").strip() or None
    if note and len(note) > MAX_NOTE:
        raise InvalidArgument(
            "note",
            Text(f"备注最多 {MAX_NOTE} 字。", f"A note has at most {MAX_NOTE:,} characters."),
        )
    if date:
        try:
            date = datetime.date.fromisoformat(date).isoformat()
        except ValueError:
            raise InvalidArgument(
                "date",
                Text(
                    f"“{date}”不是日期，请写成 2026-07-11。",
                    f"“{date}” is no date; write 2026-07-11.",
                ),
            ) from None
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return Mark(gap_id, found, note, date or None, at)


def read_marks(read: Callable[[str], list[dict[str, Any]]]) -> tuple[Mark, ...]:
    """Return every mark, through ``read``, a reader of statements by name."""
    return tuple(Mark(**row) for row in read("read.gap_marks"))


def with_marks(gaps: Iterable[Gap], marks: Sequence[Mark]) -> tuple[Gap, ...]:
    """Return the gaps, each with its mark; a marked one takes the status of its mark."""
    by_id = {mark.id: mark for mark in marks}
    return tuple(
        replace(gap, mark=mark, status=mark.status) if (mark := by_id.get(gap.id)) else gap
        for gap in gaps
    )


def resolved(gaps: Iterable[Gap], marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks whose gaps are not found any more, the newest first."""
    found = {gap.id for gap in gaps}
    return tuple(
        sorted((m for m in marks if m.id not in found), key=lambda m: (m.at, m.id), reverse=True)
    )
