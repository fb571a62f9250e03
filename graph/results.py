"""What the explorer answers with: plain values, named as the API names them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, overload

from graph.findings.gaps import Gap, Tally
from graph.findings.marks import Mark
from graph.records import Need, Node
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which state of the stored data an answer was computed on."""

    version: str
    n_actors: int
    n_affiliations: int
    n_ties: int


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Between which ranks the true one can be believed to lie when the data are not complete.

    ``top_share`` is how often the actor was among the first ``top`` when a tenth was taken away.
    """

    low: int
    high: int
    top_share: float
    top: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking; equal scores share a rank. NaN stands for an undefined measure.

    ``interval`` is None where it was not computed.
    """

    rank: int
    actor: Node
    score: float
    reason: Text
    measures: dict[str, float]
    interval: RankInterval | None = None


class Ranking(Sequence[Ranked]):
    """A ranking of actors, best first, whose lines are written when they are looked at."""

    def __init__(
        self, order: Sequence[tuple[int, int]], line: Callable[[int, int], Ranked]
    ) -> None:
        """Take (rank, index of the actor) in order, and what makes a line of the two."""
        self._order = order
        self._line = line
        self._rank_of = {i: rank for rank, i in order}

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Ranked, ...]: ...
    def __getitem__(self, place: int | slice) -> Ranked | tuple[Ranked, ...]:
        if isinstance(place, slice):
            return tuple(self._line(rank, i) for rank, i in self._order[place])
        return self._line(*self._order[place])

    @property
    def places(self) -> list[int]:
        """The indices of the ranked actors, in order."""
        return [i for _, i in self._order]

    def rank_of(self, i: int) -> int | None:
        """Return the rank of the actor with this index; None where it has none."""
        return self._rank_of.get(i)

    def line_of(self, i: int) -> Ranked | None:
        """Return the line of the actor with this index; None where it is not ranked."""
        rank = self._rank_of.get(i)
        return None if rank is None else self._line(rank, i)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors without a tie of their own."""

    a: Node
    b: Node


@dataclass(frozen=True, slots=True)
class SectorPair:
    """The pairs of two sectors around an actor; ``sole_pairs`` are the first `N_SHOWN_PAIRS`."""

    sectors: tuple[str, str]
    n_pairs: int
    n_sole: int
    sole_pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind an actor's brokerage."""

    actor: Node
    sentence: Text
    sector_pairs: tuple[SectorPair, ...]
    communities: tuple[Node, ...]
    enterprises: tuple[Node, ...]
    n_pairs: int
    n_sole: int


@dataclass(frozen=True, slots=True)
class TieView:
    """A stored tie read from one of its ends."""

    relation: str
    label: Text
    direction: Literal["out", "in"]
    other: Node
    strength: int
    amount: float | None
    since: str | None
    until: str | None
    source: str | None
    note: str | None


@dataclass(frozen=True)
class GapReport:
    """All gaps of an area, how much each rule looked at, and the marks that outlived their gaps."""

    gaps: tuple[Gap, ...]
    tallies: tuple[Tally, ...]
    resolved: tuple[Mark, ...]
    lists: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was picked and counted from it, so that it need not be done again."""

    @cached_property
    def by_id(self) -> dict[str, Gap]:
        """The gaps by id."""
        return {gap.id: gap for gap in self.gaps}

    def picked(
        self, rule: str | None, severity: str | None, actor: str | None, status: str | None
    ) -> tuple[Gap, ...]:
        """Return the gaps of a rule, severity, status and actor; None is any."""
        return tuple(
            g
            for g in (self.gaps if actor is None else self.by_subject.get(actor, ()))
            if (rule is None or g.rule == rule)
            and (severity is None or g.severity == severity)
            and (status is None or g.status == status)
        )

    @cached_property
    def by_subject(self) -> dict[str, list[Gap]]:
        """The gaps of each subject by its id, in order."""
        found: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            for subject in dict.fromkeys(a.id for a in gap.subjects):
                found.setdefault(subject, []).append(gap)
        return found


@dataclass(frozen=True, slots=True)
class ActorDetail:
    """Everything known and computed about one actor or affiliation."""

    actor: Node
    column: str | None
    role: Text
    ties: tuple[TieView, ...]
    measures: dict[str, float]
    ranks: dict[str, int]
    n_ranked: int
    needs: tuple[Need, ...]
    offers: tuple[Need, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer to a search, and the name, alias or spelling that matched."""

    actor: Node
    matched: str
