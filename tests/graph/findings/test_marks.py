"""What was decided about gaps, as plain values."""

from __future__ import annotations

import pytest

from graph.errors import InvalidArgument
from graph.findings.gaps import Gap
from graph.findings.marks import MAX_NOTE, Mark, checked_mark, resolved, with_marks
from graph.sentences.gaps import mark_sentence
from graph.text import Text

TEXT = Text("甲", "a")
GAP = Gap("r:c", "r", TEXT, "low", "", (), TEXT, (), TEXT, "open", "lacking")
DONE = Mark("r:c", "done", None, "2026-05-01", "2026-05-02T00:00:00+00:00")
GONE = Mark("r:d", "planned", "明年", None, "2026-05-03T00:00:00+00:00")


def test_a_marked_gap_takes_the_status_and_keeps_its_state() -> None:
    (gap,) = with_marks((GAP,), (DONE, GONE))
    assert (gap.status, gap.state, gap.mark) == ("done", "lacking", DONE)
    assert with_marks((GAP,), (GONE,)) == (GAP,)


def test_a_mark_without_its_gap_is_resolved() -> None:
    assert resolved((GAP,), (DONE, GONE)) == (GONE,)
    assert resolved((), (DONE, GONE)) == (GONE, DONE)


def test_a_mark_says_what_the_data_say_of_it_now() -> None:
    assert mark_sentence(DONE, is_found=True).en == "Marked done (2026-05-01), still found."
    assert mark_sentence(DONE, is_found=True).zh == "标为已办（2026-05-01），但仍然查得到。"
    assert mark_sentence(DONE, is_found=False).en == "Marked done (2026-05-01), no longer found."
    assert mark_sentence(GONE, is_found=True).en == "Planned."


def test_a_mark_is_checked() -> None:
    mark = checked_mark("r:c", "accepted", "  ", "2026-05-01")
    assert (mark.status, mark.note, mark.date) == ("accepted", None, "2026-05-01")
    for status, note, date in (
        ("open", None, None),
        ("done", "x" * (MAX_NOTE + 1), None),
        ("done", None, "2026-13-01"),
    ):
        with pytest.raises(InvalidArgument):
            checked_mark("r:c", status, note, date)
