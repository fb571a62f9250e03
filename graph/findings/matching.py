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
from graph.findings.wants import likeness, overlap
from graph.network import FloatArray, IntArray
from graph.projection import is_within
from graph.records import Need, Node

LongArray = NDArray[np.int64]
Why = Literal["domain", "resource", "period", "reach", "taken"]
Status = Literal["met", "partly", "unmet"]
WHYS: tuple[Why, ...] = ("domain", "resource", "period", "reach", "taken")
_NEXT_TO_NOTHING = 1e-7
_N_TOGETHER = 1_000


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
    gets more than it asks for and no offer gives more than it has. Needs are divisible; a need
    without quantity counts 1, and an offer without one is enough for one need. This is a
    transportation problem, solved exactly, each set of competing needs and offers by itself, by
    the simplex method (HiGHS; Huangfu & Hall 2018, Math. Prog. Comp. 10:119); where nothing states
    a quantity it is the assignment problem, and where whole numbers do, whole numbers result.
    """
    table, actors = ground.wants, ground.network.actors
    places = np.arange(len(table.wants))
    needs = [int(k) for k in places[table.is_need] if _lies_in(actors[table.actors[k]], area)]
    needs.sort(key=lambda k: _order(actors[table.actors[k]], table.wants[k]))
    offers = places[~table.is_need].tolist()
    pairs = _same_things(ground, needs, offers)
    at_same_time = np.array(
        [
            overlap(table.wants[needs[n]], table.wants[offers[o]]) is not False
            for n, o in zip(pairs.needs.tolist(), pairs.offers.tolist(), strict=True)
        ],
        np.bool_,
    )
    is_near = _within_reach(ground, needs, offers, pairs, area)
    usable = at_same_time & is_near & (pairs.domains > 0) & (pairs.resources > 0)
    areas, values = _values(ground, needs, offers, pairs)
    asked = [table.wants[k].quantity for k in needs]
    given = [table.wants[k].quantity for k in offers]
    rows = np.flatnonzero(usable)
    shares = np.zeros(len(usable))
    shares[rows] = transport(pairs.needs[rows], pairs.offers[rows], values[rows], asked, given)
    found = []
    by_need = _rows_by(pairs.needs, len(needs))
    for n, k in enumerate(needs):
        mine = by_need[n]
        matches = tuple(
            Match(
                offer := table.wants[offers[pairs.offers[p]]],
                actors[table.actors[offers[pairs.offers[p]]]],
                float(shares[p]),
                None if asked[n] is None else round(float(shares[p] * (asked[n] or 0.0)), 6),
                float(pairs.domains[p]),
                float(pairs.resources[p]),
                None if np.isnan(areas[p]) else float(areas[p]),
                overlap(table.wants[k], offer),
                float(values[p]),
            )
            for p in sorted(mine, key=lambda p: (-shares[p], p))
            if shares[p] > _NEXT_TO_NOTHING
        )
        why: Why | None = None
        instead: list[int] = []
        if sum(m.share for m in matches) < 1 - 1e-6:
            why, instead = _why(mine, pairs, at_same_time, is_near)
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


def transport(
    needs: IntArray,
    offers: IntArray,
    values: FloatArray,
    asked: Sequence[float | None],
    given: Sequence[float | None],
) -> FloatArray:
    """Return the share of its need that each pair gets: an optimum of what `match_area` says.

    Parameters
    ----------
    needs, offers : positions of the two of each pair; no pair twice.
    values : how well each fits, 0 … 1.
    asked, given : the quantities of all needs and of all offers, None where not stated.
    """
    shares = np.zeros(len(needs))
    if not len(needs):
        return shares
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n_needs = len(asked)
    size = n_needs + len(given)
    links = coo_array((np.ones(len(needs)), (needs, n_needs + offers)), shape=(size, size))
    _, part = connected_components(links, directed=False)
    # How many needs compete with each need; an offer counts for none.
    n_competing = np.bincount(part[np.unique(needs)], minlength=len(part))[part]
    weights = n_competing[needs] + values
    order = np.argsort(part[needs], kind="stable")
    ends = np.append(np.flatnonzero(np.diff(part[needs][order])) + 1, len(order))
    start = 0
    for end in ends.tolist():
        # A call costs more than solving for a few pairs: small parts are solved side by side.
        if end - start >= _N_TOGETHER or end == len(order):
            rows = order[start:end]
            shares[rows] = _solved(needs[rows], offers[rows], weights[rows], asked, given)
            start = end
    return shares


def _solved(
    needs: IntArray,
    offers: IntArray,
    weights: FloatArray,
    asked: Sequence[float | None],
    given: Sequence[float | None],
) -> FloatArray:
    """Return the shares that make Σ share · weight largest."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    need_ids, need = np.unique(needs, return_inverse=True)
    offer_ids, offer = np.unique(offers, return_inverse=True)
    limits = [given[o] for o in offer_ids.tolist()]
    # What a whole need takes of each offer: of one without quantity, all that it has.
    takes = [
        1.0 if limits[o] is None else asked[n] or 1.0
        for n, o in zip(needs.tolist(), offer.tolist(), strict=True)
    ]
    columns = np.arange(len(needs))
    matrix = coo_array(
        (
            np.concatenate((np.ones(len(needs)), takes)),
            (np.concatenate((need, len(need_ids) + offer)), np.concatenate((columns, columns))),
        ),
        shape=(len(need_ids) + len(offer_ids), len(needs)),
    ).tocsr()
    bounds = [1.0] * len(need_ids) + [1.0 if limit is None else limit for limit in limits]
    answer = linprog(-weights, A_ub=matrix, b_ub=bounds, method="highs-ds")
    found: FloatArray = np.clip(answer.x, 0.0, 1.0)
    return found


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


def _rows_by(keys: IntArray, n: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(n)]
    for row, key in enumerate(keys.tolist()):
        found[key].append(row)
    return found


def _why(
    mine: Sequence[int], pairs: _Pairs, at_same_time: NDArray[np.bool_], is_near: NDArray[np.bool_]
) -> tuple[Why, list[int]]:
    """Return the first thing that no offer passes, and the offers that pass all before it."""
    tests = (pairs.domains > 0, pairs.resources > 0, at_same_time, is_near)
    left = list(mine)
    for why, passes in zip(WHYS, tests, strict=False):
        passing = [p for p in left if passes[p]]
        if not passing:
            return why, left
        left = passing
    return "taken", left
