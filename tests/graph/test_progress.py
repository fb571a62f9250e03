"""What is told on the way, who hears it, and how it is stopped."""

from __future__ import annotations

import pytest

from graph.errors import Cancelled
from graph.progress import Step, heard_by, tell, watching
from graph.text import Text

DOING = Text("正在数", "Counting")


class Ear:
    def __init__(self, n_wanted: int = 100) -> None:
        self.heard: list[Step] = []
        self.n_wanted = n_wanted

    def hear(self, step: Step) -> None:
        self.heard.append(step)

    def is_cancelled(self) -> bool:
        return len(self.heard) >= self.n_wanted


def test_nobody_has_to_listen() -> None:
    tell(DOING, 1, 2)


def test_a_listener_hears_what_is_told_inside_and_nothing_after() -> None:
    with heard_by(Ear()) as ear:
        tell(DOING, 1, 4)
        tell(DOING)
    tell(DOING, 4, 4)
    assert ear.heard == [Step(DOING, 1, 4), Step(DOING)]
    assert [step.share for step in ear.heard] == [0.25, None]


def test_what_is_not_wanted_any_more_stops_at_the_next_step() -> None:
    with heard_by(Ear(n_wanted=2)) as ear:
        tell(DOING, 0, 3)
        tell(DOING, 1, 3)
        with pytest.raises(Cancelled):
            tell(DOING, 2, 3)
    assert len(ear.heard) == 2


def test_a_watch_hears_nothing_once_its_work_is_over() -> None:
    ear = Ear(n_wanted=1)
    with heard_by(ear):
        ear.n_wanted = 3
        with watching(DOING) as watch:
            watch.progress(0.5)
            assert not watch.is_cancelled()
            watch.progress(1.0)
            assert watch.is_cancelled()
        watch.progress(1.0)
    assert not watch.is_cancelled()
    assert [step.share for step in ear.heard] == [None, 0.5, 1.0]
