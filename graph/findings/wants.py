"""Needs and offers side by side: whether two speak of the same domain, resource and time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.network import FloatArray
from graph.records import Need

LongArray = NDArray[np.int64]
SAME, ALIKE = 1.0, 0.5
_ALWAYS = ("", "9999-12-31")


def folded(word: str) -> str:
    """Return a word as it is compared: without width, case, spaces and punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", word).casefold() if c.isalnum())


def likeness(one: str, other: str) -> float:
    """Return 1 where two words are the same, one half where one contains the other, else 0.

    So 志愿服务 and 志愿服务项目 are alike, 环境改造 and 环境保护 are not. Empty is like none.
    """
    a, b = folded(one), folded(other)
    if not a or not b:
        return 0.0
    if a == b:
        return SAME
    return ALIKE if a in b or b in a else 0.0


def period(since: str | None, until: str | None) -> tuple[str, str]:
    """Return the first and the last day of a partly known period; open ends reach furthest.

    A start is taken as early and an end as late as its precision allows.
    """
    first = since + "-01-01"[3 * since.count("-") :] if since else _ALWAYS[0]
    last = until + "-12-31"[3 * until.count("-") :] if until else _ALWAYS[1]
    return first, last


def overlap(one: Need, other: Need) -> bool | None:
    """Return whether there is a day on which both hold; None where neither says when it does."""
    if not any((one.since, one.until, other.since, other.until)):
        return None
    (a, b), (c, d) = period(one.since, one.until), period(other.since, other.until)
    return a <= d and c <= b


@dataclass(frozen=True, slots=True, eq=False)
class WantTable:
    """Needs and offers as columns, each domain and resource written once.

    actors : whose each is, as a position among the actors.
    domains, resources : positions in ``words``.
    first, last : its period, as `period` reads it.
    is_need, is_dated : whether it is a need rather than an offer; whether it says when.
    """

    wants: tuple[Need, ...]
    actors: LongArray
    words: tuple[str, ...]
    domains: LongArray
    resources: LongArray
    first: NDArray[np.str_]
    last: NDArray[np.str_]
    is_need: NDArray[np.bool_]

    @classmethod
    def of(cls, wants: Sequence[Need], actors: Iterable[int]) -> WantTable:
        """Set down wants beside the positions of those whose they are. Time O(n)."""
        place: dict[str, int] = {}
        domains = [place.setdefault(w.domain, len(place)) for w in wants]
        resources = [place.setdefault(w.resource, len(place)) for w in wants]
        periods = [period(w.since, w.until) for w in wants]
        return cls(
            tuple(wants),
            np.fromiter(actors, np.int64, len(wants)),
            tuple(place),
            np.array(domains, np.int64),
            np.array(resources, np.int64),
            np.array([p[0] for p in periods], np.str_),
            np.array([p[1] for p in periods], np.str_),
            np.array([w.sort == "need" for w in wants], np.bool_),
        )

    def likenesses(self, word: str) -> FloatArray:
        """Return how like ``word`` each of ``words`` is, as `likeness`."""
        return np.array([likeness(word, other) for other in self.words], np.float64)

    def holds_with(self, want: Need) -> NDArray[np.bool_]:
        """Return which of them hold on some day on which ``want`` does; undated ones do."""
        first, last = period(want.since, want.until)
        found: NDArray[np.bool_] = (self.first <= last) & (first <= self.last)
        return found


Relation = Literal["meets", "same"]


@dataclass(frozen=True, slots=True)
class WantPair:
    """A want of one and a want of another that speak of like things.

    relation : ``meets`` for a need and an offer, ``same`` for two needs or two offers.
    domain, resource : `likeness`; a pair of the ``same`` sort counts half of its domain only.
    is_same_time : `overlap`; None where neither is dated.
    """

    ours: Need
    theirs: Need
    relation: Relation
    domain: float
    resource: float
    is_same_time: bool | None


def paired(ours: Need, theirs: Need) -> WantPair:
    """Return what two wants have in common."""
    meets = ours.sort != theirs.sort
    domain = likeness(ours.domain, theirs.domain)
    return WantPair(
        ours,
        theirs,
        "meets" if meets else "same",
        domain if meets else domain / 2,
        likeness(ours.resource, theirs.resource) if meets else 0.0,
        overlap(ours, theirs),
    )
