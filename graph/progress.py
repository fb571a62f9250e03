"""How far a long computation is, told to whoever asked for it, and whether it is still wanted.

What computes calls `tell` now and then; who asked listens with `heard_by`. The listener is bound to
the context (`contextvars`), so that nothing has to be handed down through the calls between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar

from graph.errors import Cancelled
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and how much of it is: ``n_done`` of ``n_total``, if that is known."""

    doing: Text
    n_done: int = 0
    n_total: int | None = None

    @property
    def share(self) -> float | None:
        """The part that is done, from 0 to 1; None where it cannot be known."""
        return min(1.0, self.n_done / self.n_total) if self.n_total else None


class Listener(Protocol):
    """Who wants to know how far the work is."""

    def hear(self, step: Step) -> None:
        """Take note of a step."""

    def is_cancelled(self) -> bool:
        """Return whether the work is not wanted any more; called from any thread."""


Heard = TypeVar("Heard", bound=Listener)
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Heard) -> Iterator[Heard]:
    """Have ``listener`` hear what is told inside."""
    token = _listener.set(listener)
    try:
        yield listener
    finally:
        _listener.reset(token)


def tell(doing: Text, n_done: int = 0, n_total: int | None = None) -> None:
    """Say how far the work is; raises `graph.errors.Cancelled` where it is not wanted any more."""
    listener = _listener.get()
    if listener is None:
        return
    if listener.is_cancelled():
        raise Cancelled
    listener.hear(Step(doing, n_done, n_total))


class Watch:
    """What a computation in parts is handed: how far it is, and whether it is still wanted.

    Once it is over it hears nothing more, so that what was handed over may be kept.
    """

    def __init__(self, doing: Text) -> None:
        self._doing = doing
        self._listener = _listener.get()

    def progress(self, share: float) -> None:
        """Tell the share that is done, from 0 to 1."""
        if self._listener is not None:
            self._listener.hear(Step(self._doing, round(100 * share), 100))

    def is_cancelled(self) -> bool:
        """Return whether it is not wanted any more; called from any thread."""
        return self._listener is not None and self._listener.is_cancelled()

    def end(self) -> None:
        """Hear nothing more."""
        self._listener = None


@contextmanager
def watching(doing: Text) -> Iterator[Watch]:
    """Tell that something begins, and watch over it; raises `graph.errors.Cancelled`."""
    tell(doing)
    watch = Watch(doing)
    try:
        yield watch
    finally:
        watch.end()
