"""Brokers and hubs cut to those asked for, each measure with its rank in the whole network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.model import SECTOR_BY_SLUG
from graph.projection import DEFAULT, Projection
from graph.questions.areas import around_area
from graph.records import Node
from graph.results import Ranked, Ranking, RankInterval
from graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.analysis.evidence import BridgedSectors
    from graph.explorer import Measured
    from graph.network import FloatArray

RankingSlug = Literal["brokers", "hubs"]
ROLES = ("liaison", "itinerant", "coordinator", "gatekeeper", "representative")
WHO = ("organisations", "persons")
LIKENESS = "likeness"
# What each ranking can be put in order by; the first is its own order.
ORDERS: dict[RankingSlug, tuple[str, ...]] = {
    "brokers": ("betweenness", "sole_pairs", "degree", "effective_size", "constraint", *ROLES),
    "hubs": (
        "hub_score",
        "communities_reached",
        "sector_pairs",
        "liaison",
        "sole_pairs",
        "participation",
    ),
}
# A broker has little of these: the smallest comes first.
SMALL_FIRST = frozenset({"constraint"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a ranking is asked for; without any of it, all in the ranking's own order.

    area : those who lie in it or are tied to one of its communities; '' is everywhere.
    role : one of `ROLES`, for those who play no other more often.
    who : one of `WHO`.
    order : one of the ranking's `ORDERS`.
    """

    area: str = ""
    sector: str | None = None
    role: str | None = None
    who: str | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """The values of a measure, in ascending order, of all actors for which it is defined.

    ``quartiles`` are the three, and ``largest``: 0 where nobody has a value.
    """

    values: FloatArray
    quartiles: tuple[float, float, float]
    largest: float
    is_small_first: bool

    def rank(self, value: float) -> int:
        """Return 1 + how many come before ``value``; equal ones share a rank. Time O(log n).

        Values that differ by less than a billionth of the largest are equal.
        """
        margin = 1e-9 * max(abs(self.largest), abs(value))
        if self.is_small_first:
            return 1 + int(np.searchsorted(self.values, value - margin, "left"))
        return 1 + len(self.values) - int(np.searchsorted(self.values, value + margin, "right"))


@dataclass(frozen=True, slots=True)
class Line:
    """One actor of a ranking, with what it connects.

    ``ranks`` has its place in each measure that is defined for it, among all actors; ``role`` is
    the brokerage role that it plays most often, None where it plays none; ``bridged`` has the pairs
    of sectors that meet through it, most pairs first.
    """

    ranked: Ranked
    ranks: dict[str, int]
    role: str | None
    bridged: tuple[BridgedSectors, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom others are compared with: its measures, and the pairs of sectors it connects."""

    actor: Node
    measures: dict[str, float]
    bridged: tuple[BridgedSectors, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One actor of a ranking in numbers only; ``values`` has NaN for an undefined measure.

    ``likeness`` to another actor is from 0 to 1, None in a ranking that is by none.
    """

    rank: int
    interval: RankInterval | None
    actor: Node
    role: str | None
    likeness: float | None
    values: dict[str, float]
    ranks: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """What a ranking is cut and ordered by, one entry for each actor of the network.

    ``plays`` has a column for each of `ROLES`: whether the actor plays no other more often.
    """

    values: dict[str, FloatArray]
    spreads: dict[str, Spread]
    plays: NDArray[np.bool_]
    is_person: NDArray[np.bool_]

    def role(self, i: int) -> str | None:
        """Return the first of the roles that an actor plays most often."""
        return next((slug for slug, it in zip(ROLES, self.plays[i], strict=True) if it), None)

    def ranks(self, i: int) -> dict[str, int]:
        """Return the rank of an actor in each measure that is defined for it."""
        found = ((slug, values[i]) for slug, values in self.values.items())
        return {slug: self.spreads[slug].rank(x) for slug, x in found if not np.isnan(x)}


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The part of a ranking that was asked for, in the order asked for.

    ``order`` is `LIKENESS` or one of `ORDERS`; ``n_ranked`` counts the whole ranking, ``n_actors``
    the network, among which every rank is.
    """

    order: str
    n_ranked: int
    n_actors: int
    spreads: dict[str, Spread]
    _places: list[int]
    _ranking: Ranking
    _columns: _Columns
    _measured: Measured
    _like: int | None

    def __len__(self) -> int:
        return len(self._places)

    def lines(self, offset: int, limit: int) -> list[Line]:
        """Return some of the lines, each with its reason and the pairs of sectors it connects."""
        return [self._line(i) for i in self._places[offset : offset + limit]]

    def _line(self, i: int) -> Line:
        ranked = self._ranking.line_of(i)
        if ranked is None:
            raise KeyError(i)
        return Line(ranked, self._columns.ranks(i), self._columns.role(i), self._bridged(i))

    def _bridged(self, i: int) -> tuple[BridgedSectors, ...]:
        return tuple(sorted(self._measured.bridged(i), key=lambda b: (-b.n_pairs, b.sectors)))

    def reference(self) -> Reference | None:
        """Return whom the ranking is by likeness to; None where it is to nobody."""
        i = self._like
        if i is None:
            return None
        values = {slug: float(column[i]) for slug, column in self._columns.values.items()}
        return Reference(self._measured.network.actors[i], values, self._bridged(i))

    def rows(self) -> Iterator[Row]:
        """Yield all of it in numbers, in some microseconds each where ranks have no interval."""
        likeness = None if self._like is None else self._likeness(self._like)
        first = self._ranking.line_of(self._places[0]) if self._places else None
        has_intervals = first is not None and first.interval is not None
        for i in self._places:
            line = self._ranking.line_of(i) if has_intervals else None
            yield Row(
                self._ranking.rank_of(i) or 0,
                line.interval if line else None,
                self._measured.network.actors[i],
                self._columns.role(i),
                None if likeness is None else float(likeness[i]),
                {slug: float(values[i]) for slug, values in self._columns.values.items()},
                self._columns.ranks(i),
            )

    def _likeness(self, reference: int) -> FloatArray:
        from graph.analysis.hubs import hub_likeness

        network = self._measured.network.network
        return hub_likeness(network, self._measured.measuring.hubs, reference).similarity


def ranking(
    explorer: Explorer,
    slug: RankingSlug,
    choice: Choice | None = None,
    projection: Projection = DEFAULT,
    *,
    like: str | None = None,
    intervals: bool | None = False,
) -> Chosen:
    """Return those of a ranking who are asked for; ranks stay those in the whole network.

    ``like`` and ``intervals`` as `Explorer.hubs` takes them. Raises `InvalidArgument` for an area
    that is not on record and for what is none of the words of a `Choice`, and `NotFound`. Time
    O(n log n) beyond what the ranking itself takes, which is kept.
    """
    asked = choice or Choice()
    orders = (LIKENESS, *ORDERS[slug]) if like else ORDERS[slug]
    _check("sector", asked.sector, SECTOR_BY_SLUG)
    _check("role", asked.role, ROLES)
    _check("who", asked.who, WHO)
    _check("order", asked.order, orders)
    if slug == "brokers":
        found = explorer.brokers(projection, intervals=intervals)
    else:
        found = explorer.hubs(like, projection, intervals=intervals)
    measured = explorer.measured_on(projection)
    columns = explorer.cached(
        ("columns of ranking", slug, projection), lambda: _columns(slug, measured)
    )
    order = asked.order or orders[0]
    places = np.array(found.places, np.int64)
    places = places[_is_asked_for(explorer, asked, columns, measured, projection)[places]]
    if order != orders[0]:
        values = columns.values[order][places]
        # What is undefined comes last; equal ones stay in the ranking's own order.
        places = places[np.argsort(values if order in SMALL_FIRST else -values, kind="stable")]
    return Chosen(
        order,
        len(found),
        len(measured.network),
        columns.spreads,
        places.tolist(),
        found,
        columns,
        measured,
        measured.network.index[like] if like else None,
    )


def _is_asked_for(
    explorer: Explorer,
    choice: Choice,
    columns: _Columns,
    measured: Measured,
    projection: Projection,
) -> NDArray[np.bool_]:
    network = measured.network.network
    is_in = np.ones(len(network), np.bool_)
    if choice.area:
        is_in &= around_area(explorer, choice.area, projection)
    if choice.sector:
        is_in &= network.groups == network.group_names.index(choice.sector)
    if choice.role:
        is_in &= columns.plays[:, ROLES.index(choice.role)]
    if choice.who:
        is_in &= columns.is_person == (choice.who == "persons")
    return is_in


def _columns(slug: RankingSlug, measured: Measured) -> _Columns:
    hubs = measured.measuring.hubs
    values = {
        name: np.asarray(
            getattr(hubs, name) if slug == "hubs" and hasattr(hubs, name) else column, np.float64
        )
        for name, column in ((name, measured.columns[name]) for name in ORDERS[slug])
    }
    counts = np.nan_to_num(np.column_stack([measured.columns[role] for role in ROLES]))
    most = counts.max(axis=1, initial=0, keepdims=True)
    return _Columns(
        values,
        {name: _spread(column, name in SMALL_FIRST) for name, column in values.items()},
        (counts == most) & (counts > 0),
        np.array([actor.is_person for actor in measured.network.actors], np.bool_),
    )


def _spread(values: FloatArray, is_small_first: bool) -> Spread:
    found = np.sort(values[~np.isnan(values)])
    if not len(found):
        return Spread(found, (0.0, 0.0, 0.0), 0.0, is_small_first)
    low, middle, high = (float(q) for q in np.quantile(found, (0.25, 0.5, 0.75)))
    return Spread(found, (low, middle, high), float(found[-1]), is_small_first)


def _check(name: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in known:
        words = ", ".join(known)
        raise InvalidArgument(
            name,
            Text(f"没有“{value}”；可用：{words}。", f"There is no “{value}”; use one of: {words}."),
        )


def line_document(line: Line) -> Document:
    """Return a line of a ranking as the API and the pages give it."""
    return {
        **documents.ranked(line.ranked),
        "role": line.role,
        "ranks": line.ranks,
        **_pairs(line.bridged),
    }


def _pairs(bridged: tuple[BridgedSectors, ...]) -> Document:
    return {
        "n_pairs": sum(b.n_pairs for b in bridged),
        "n_sole": sum(b.n_sole for b in bridged),
        "sector_pairs": [
            {"sectors": b.sectors, "n_pairs": b.n_pairs, "n_sole": b.n_sole} for b in bridged
        ],
    }


def as_document(
    explorer: Explorer,
    found: Chosen,
    limit: int,
    offset: int,
    projection: Projection = DEFAULT,
) -> Document:
    """Return one page of a ranking, and among whom its ranks are."""
    items = [line_document(line) for line in found.lines(offset, limit)]
    reference = found.reference()
    return {
        **documents.page(explorer, items, len(found), limit, offset, projection),
        "order": found.order,
        "n_ranked": found.n_ranked,
        "n_actors": found.n_actors,
        "like": reference
        and {
            "actor": documents.actor(reference.actor),
            "measures": documents.finite(reference.measures),
            **_pairs(reference.bridged),
        },
        "spreads": {
            slug: {
                "n": len(spread.values),
                "quartiles": spread.quartiles,
                "largest": spread.largest,
            }
            for slug, spread in found.spreads.items()
        },
    }
