"""The needs and offers of a whole area matched at once, and why a need stays unmet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.findings.fit import FIT_WEIGHTS
from graph.findings.ground import Ground, closeness
from graph.findings.reach import MAX_STEPS, rows_of
from graph.findings.transport import transport
from graph.findings.wants import likeness, overlap
from graph.network import FloatArray, IntArray
from graph.projection import is_within
from graph.records import Need, Node

LongArray = NDArray[np.int64]
Why = Literal["domain", "resource", "period", "reach", "taken"]
Status = Literal["met", "partly", "unmet"]
WHYS: tuple[Why, ...] = ("domain", "resource", "period", "reach", "taken")
_NEXT_TO_NOTHING = 1e-7


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that goes to a need.

    share : the part of the need that it meets, 0 … 1. quantity : the same in the need's own unit;
        None where the need states none.
    domain, resource, area : 0 … 1, as in `graph.findings.fit`; area None where one is not known.
    is_same_time : None where neither is dated. value : how well they fit, 0 … 1.
    """

    offer: Need
    giver: Node
    share: float
    quantity: float | None
    domain: float
    resource: float
    area: float | None
    is_same_time: bool | None
    value: float


@dataclass(frozen=True, slots=True)
class NeedMatch:
    """What a need gets.

    why : the first thing that is missing where it is not wholly met. Nobody offers the ``domain``;
        or not this ``resource`` of it; or not in this ``period``; or not within ``reach``; or all
        that would do is ``taken`` by other needs. instead : the offers that come nearest, those
        that fail on this count alone.
    """

    need: Need
    actor: Node
    matches: tuple[Match, ...]
    why: Why | None
    instead: tuple[Need, ...]

    @property
    def share(self) -> float:
        """The part of the need that is met, 0 … 1."""
        return min(1.0, sum(m.share for m in self.matches))

    @property
    def status(self) -> Status:
        """Whether it is met, partly met or unmet."""
        return "met" if self.why is None else "partly" if self.matches else "unmet"


@dataclass(frozen=True, slots=True)
class Matching:
    """The needs of an area in order of area, actor and domain, and what each gets.

    n_offers : how many offers were looked at. value : Σ share · value over all matches.
    """

    area: str | None
    needs: tuple[NeedMatch, ...]
    n_offers: int
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs of a need and an offer that could be matched, by their positions."""

    needs: IntArray
    offers: IntArray
    domains: FloatArray
    resources: FloatArray


def match_area(ground: Ground, area: str | None = None) -> Matching:
    """Match the needs of the actors in ``area``, a path, with offers; of all where it is None.

    A need and an offer can be matched if they are of different actors, speak of the same or of
    like domains and resources (`graph.findings.wants.likeness`), and hold at the same time. An
    offer is within reach if its actor lies in the area, or in one that the area is part of, or is
    at most three steps from who needs; without an area, all are.

    Shares are chosen so that Σ share · (n + value) is largest, n the number of needs that compete
    with one another: first as many needs are met as can be, then by those that fit best. No need
    gets more than it asks for and no offer gives more than it has; see
    `graph.findings.transport.transport`.
    """
    table, actors = ground.wants, ground.network.actors
    places = np.arange(len(table.wants))
    needs = [int(k) for k in places[table.is_need] if _lies_in(actors[table.actors[k]], area)]
    needs.sort(key=lambda k: _order(actors[table.actors[k]], table.wants[k]))
    offers = places[~table.is_need].tolist()
    pairs = _same_things(ground, needs, offers)
    # How many of the tests, in the order of `WHYS`, each pair passes before the first it fails.
    tests = (
        pairs.domains > 0,
        pairs.resources > 0,
        _at_same_time(ground, needs, offers, pairs),
        _within_reach(ground, needs, offers, pairs, area),
    )
    n_passed = np.cumprod(tests, axis=0).sum(axis=0)
    areas, values = _values(ground, needs, offers, pairs)
    asked = [table.wants[k].quantity for k in needs]
    given = [table.wants[k].quantity for k in offers]
    rows = np.flatnonzero(n_passed == len(tests))
    shares = np.zeros(len(values))
    shares[rows] = transport(pairs.needs[rows], pairs.offers[rows], values[rows], asked, given)
    order = np.lexsort((-shares, pairs.needs))
    starts = np.searchsorted(pairs.needs[order], np.arange(len(needs) + 1))
    found = []
    for n, k in enumerate(needs):
        mine = order[starts[n] : starts[n + 1]]
        matches = tuple(
            _match(ground, k, offers[pairs.offers[p]], float(shares[p]), p, pairs, areas, values)
            for p in mine[shares[mine] > _NEXT_TO_NOTHING].tolist()
        )
        why: Why | None = None
        instead: list[int] = []
        if sum(m.share for m in matches) < 1 - 1e-6:
            furthest = int(n_passed[mine].max(initial=0))
            why = WHYS[furthest]
            instead = np.sort(mine[n_passed[mine] == furthest]).tolist()
        found.append(
            NeedMatch(
                table.wants[k],
                actors[table.actors[k]],
                matches,
                why,
                tuple(table.wants[offers[pairs.offers[p]]] for p in instead),
            )
        )
    return Matching(area, tuple(found), len(offers), float(shares @ values))


def _match(
    ground: Ground,
    need: int,
    offer: int,
    share: float,
    row: int,
    pairs: _Pairs,
    areas: FloatArray,
    values: FloatArray,
) -> Match:
    table = ground.wants
    asked, given = table.wants[need], table.wants[offer]
    return Match(
        given,
        ground.network.actors[table.actors[offer]],
        share,
        None if asked.quantity is None else round(share * asked.quantity, 6),
        float(pairs.domains[row]),
        float(pairs.resources[row]),
        None if np.isnan(areas[row]) else float(areas[row]),
        overlap(asked, given),
        float(values[row]),
    )


def _lies_in(actor: Node, area: str | None) -> bool:
    return area is None or is_within(actor.area, area)


def _order(actor: Node, want: Need) -> tuple[str, str, str, str, str]:
    return actor.area or "", actor.name, actor.id, want.domain, want.resource


def _same_things(ground: Ground, needs: Sequence[int], offers: Sequence[int]) -> _Pairs:
    """Return the pairs of different actors that speak of like domains, with both likenesses."""
    table = ground.wants
    offers_of: dict[tuple[int, int], list[int]] = {}
    for place, k in enumerate(offers):
        sort = int(table.domains[k]), int(table.resources[k])
        offers_of.setdefault(sort, []).append(place)
    alike: dict[tuple[int, int], float] = {}

    def compare(one: int, other: int) -> float:
        if (one, other) not in alike:
            alike[one, other] = likeness(table.words[one], table.words[other])
        return alike[one, other]

    needs_of: dict[tuple[int, int], list[int]] = {}
    for place, k in enumerate(needs):
        sort = int(table.domains[k]), int(table.resources[k])
        needs_of.setdefault(sort, []).append(place)
    found: list[tuple[LongArray, LongArray, float, float]] = []
    for (need_domain, need_resource), mine in needs_of.items():
        for (domain, resource), theirs in offers_of.items():
            d = compare(need_domain, domain)
            if d > 0:
                n, o = np.meshgrid(mine, theirs, indexing="ij")
                found.append((n.ravel(), o.ravel(), d, compare(need_resource, resource)))
    if not found:
        nothing = np.zeros(0)
        return _Pairs(nothing.astype(np.int32), nothing.astype(np.int32), nothing, nothing)
    n = np.concatenate([f[0] for f in found])
    o = np.concatenate([f[1] for f in found])
    owners = table.actors
    sizes = [len(f[0]) for f in found]
    is_other = owners[np.asarray(needs)[n]] != owners[np.asarray(offers)[o]]
    return _Pairs(
        n[is_other].astype(np.int32),
        o[is_other].astype(np.int32),
        np.repeat([f[2] for f in found], sizes)[is_other],
        np.repeat([f[3] for f in found], sizes)[is_other],
    )


def _at_same_time(
    ground: Ground, needs: Sequence[int], offers: Sequence[int], pairs: _Pairs
) -> NDArray[np.bool_]:
    table = ground.wants
    n = np.asarray(needs, np.int64)[pairs.needs]
    o = np.asarray(offers, np.int64)[pairs.offers]
    found: NDArray[np.bool_] = (table.first[n] <= table.last[o]) & (table.first[o] <= table.last[n])
    return found


def _within_reach(
    ground: Ground, needs: Sequence[int], offers: Sequence[int], pairs: _Pairs, area: str | None
) -> NDArray[np.bool_]:
    if area is None:
        return np.ones(len(pairs.needs), np.bool_)
    table, actors, net = ground.wants, ground.network.actors, ground.network.network
    givers = table.actors[np.asarray(offers, np.int64)] if offers else np.zeros(0, np.int64)
    is_here = np.array(
        [_lies_in(a, area) or (a.area is not None and is_within(area, a.area)) for a in actors],
        np.bool_,
    )[givers]
    near: NDArray[np.bool_] = is_here[pairs.offers]
    far = np.flatnonzero(~near)
    seekers = table.actors[np.asarray(needs, np.int64)] if needs else np.zeros(0, np.int64)
    for seeker in np.unique(seekers[pairs.needs[far]]).tolist():
        reached = np.zeros(len(net), np.bool_)
        front = np.array([seeker], np.int32)
        for _ in range(MAX_STEPS):
            ends, _ = rows_of(net, front)
            front = np.unique(ends[~reached[ends]])
            reached[front] = True
        rows = far[seekers[pairs.needs[far]] == seeker]
        near[rows] = reached[givers[pairs.offers[rows]]]
    return near


def _values(
    ground: Ground, needs: Sequence[int], offers: Sequence[int], pairs: _Pairs
) -> tuple[FloatArray, FloatArray]:
    """Return how close the areas are, NaN where unknown, and the fit."""
    w = FIT_WEIGHTS
    codes = ground.areas
    one = codes[ground.wants.actors[np.asarray(needs, np.int64)[pairs.needs]]]
    other = codes[ground.wants.actors[np.asarray(offers, np.int64)[pairs.offers]]]
    common = np.cumprod((one == other) & (one >= 0), axis=1).sum(axis=1)
    n_levels = (one >= 0).sum(axis=1)
    is_known = (n_levels > 0) & (other[:, 0] >= 0)
    areas = np.full(len(common), np.nan)
    areas[is_known] = closeness(common, n_levels)[is_known]
    value = w.domain * pairs.domains + w.resource * pairs.resources
    value = (value + w.area * np.nan_to_num(areas)) / (w.domain + w.resource + w.area)
    return areas, value
