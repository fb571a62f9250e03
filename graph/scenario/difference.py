"""How two actor networks differ: parts, measures and who can still reach whom by a short path.

All of it is about the actors that both have; what was removed or added has nothing to compare with.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.actor_network import ActorNetwork
from graph.network import FloatArray, IntArray, Network

LongArray = NDArray[np.int64]
# About a second of looking from place to place; beyond it the rest is left out, and that is said.
MAX_STEPS = 60_000_000
_SAME = 1e-9


@dataclass(frozen=True, eq=False)
class Alignment:
    """Which actors of two networks are the same, by id. Both are in the order of ids.

    at_before, at_after : positions of the actors that both have, in order, in either network.
    to_after : for each actor of the first its position in the second, -1 where it has none.
    """

    before: ActorNetwork
    after: ActorNetwork
    at_before: LongArray
    at_after: LongArray
    to_after: LongArray

    @classmethod
    def of(cls, before: ActorNetwork, after: ActorNetwork) -> Alignment:
        """Align two networks; time O(n)."""
        index = after.index
        to_after = np.array([index.get(a.id, -1) for a in before.actors], np.int64)
        at_before = np.flatnonzero(to_after >= 0)
        return cls(before, after, at_before, to_after[at_before], to_after)

    @cached_property
    def rewired(self) -> LongArray:
        """Positions, in the second network, of common actors that won or lost a partner."""
        n = len(self.after)
        is_common = np.zeros(n, np.bool_)
        is_common[self.at_after] = True
        one, other, _ = self.before.network.arrays()
        had = self._ends(self.to_after[one], self.to_after[other])
        one, other, _ = self.after.network.arrays()
        place = np.where(is_common, np.arange(n), -1)
        has = self._ends(place[one], place[other])
        # Between two common actors a tie is known by its ends; one to another actor is lost or won.
        lost, won = np.setdiff1d(had[0], has[0]), np.setdiff1d(has[0], had[0])
        pairs = np.concatenate((lost, won))
        return np.unique(np.concatenate((pairs // max(n, 1), pairs % max(n, 1), had[1], has[1])))

    def _ends(self, one: LongArray, other: LongArray) -> tuple[LongArray, LongArray]:
        """Return the ties among common actors as numbers, and the common ends of all others."""
        both = (one >= 0) & (other >= 0)
        low, high = np.minimum(one, other)[both], np.maximum(one, other)[both]
        single = np.concatenate((one[~both], other[~both]))
        return low * len(self.after) + high, single[single >= 0]


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """How the connected parts changed. Positions are those of the second network.

    cut_off : common actors that hung together with more others before than they do now: of what a
        part falls into, all but the largest (the first of equals).
    joined : common actors that another, larger part of before took in.
    """

    n_before: int
    n_after: int
    largest_before: int
    largest_after: int
    cut_off: LongArray
    joined: LongArray


def parts(alignment: Alignment) -> Parts:
    """Compare the connected parts (components) of two networks; time O(n + m)."""
    from graph.analysis.components import components

    was, is_ = (components(a.network) for a in (alignment.before, alignment.after))
    old, new = was.labels[alignment.at_before], is_.labels[alignment.at_after]
    return Parts(
        len(was.sizes),
        len(is_.sizes),
        int(was.sizes.max(initial=0)),
        int(is_.sizes.max(initial=0)),
        alignment.at_after[_minor(old, new)],
        alignment.at_after[_minor(new, old)],
    )


def _minor(whole: IntArray, part: IntArray) -> NDArray[np.bool_]:
    """Return which elements are not in the largest part of their whole."""
    if not len(whole):
        return np.zeros(0, np.bool_)
    key = whole.astype(np.int64) * (int(part.max()) + 1) + part
    found, back, counts = np.unique(key, return_inverse=True, return_counts=True)
    of_whole = found // (int(part.max()) + 1)
    # The last of each whole in this order is its largest part, the first number among equals.
    order = np.lexsort((-found, counts, of_whole))
    is_last = np.diff(of_whole[order], append=-1) != 0
    is_main = np.zeros(len(found), np.bool_)
    is_main[order[is_last]] = True
    result: NDArray[np.bool_] = ~is_main[back]
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """What became of one measure, for the common actors where it changed, the most changed first.

    positions : int64, in the second network.
    before, after : float64, NaN where undefined.
    rank_before, rank_after : int64, 1 for the largest (for the least constrained, where small is
        better), equal values sharing a rank; 0 where undefined.
    """

    positions: LongArray
    before: FloatArray
    after: FloatArray
    rank_before: LongArray
    rank_after: LongArray


def changed(
    alignment: Alignment, before: FloatArray, after: FloatArray, *, is_small_better: bool = False
) -> Changed:
    """Compare one measure, given for every actor of either network.

    Values within a relative 1e-9 are the same. Ranks are among all actors of the network that the
    value is from. Time O(n log n).
    """
    ranks = [_ranks(-values if is_small_better else values) for values in (before, after)]
    old, new = before[alignment.at_before], after[alignment.at_after]
    zeros = np.nan_to_num(old), np.nan_to_num(new)
    differs = ~np.isclose(*zeros, rtol=_SAME, atol=_SAME) | (np.isnan(old) != np.isnan(new))
    places = np.flatnonzero(differs)
    size = np.abs(zeros[1] - zeros[0])[places]
    places = places[np.argsort(-size, kind="stable")]
    return Changed(
        alignment.at_after[places],
        old[places],
        new[places],
        ranks[0][alignment.at_before[places]],
        ranks[1][alignment.at_after[places]],
    )


def _ranks(values: FloatArray) -> LongArray:
    """Return the rank of each value, 1 for the largest, equal ones sharing it; 0 for NaN."""
    known = np.flatnonzero(~np.isnan(values))
    # Rounded to nine digits, so that what differs by rounding only shares a rank.
    size = np.abs(values[known])
    digits = np.floor(np.log10(size, out=np.zeros(len(known)), where=size > 0))
    unit = 10.0 ** (digits - 8)
    found, back = np.unique(-np.round(values[known] / unit) * unit, return_inverse=True)
    counts = np.bincount(back, minlength=len(found))
    first = np.cumsum(counts) - counts + 1
    result = np.zeros(len(values), np.int64)
    result[known] = first[back] if len(known) else 0
    return result


@dataclass(frozen=True, slots=True, eq=False)
class ShortPaths:
    """Which pairs of common actors lost or won a short path: a tie, or one common partner.

    lost, won : int64, pairs of positions in the second network, one row each, in order.
    n_looked_at, n_rewired : of how many rewired actors the surroundings were looked at, of all.
    """

    lost: LongArray
    won: LongArray
    n_looked_at: int
    n_rewired: int


def short_paths(alignment: Alignment) -> ShortPaths:
    """Find the pairs whose distance of one or two steps is no more, or has become so.

    Such a pair has an end that lost or won a partner, so that only those are looked at. Time
    O(Σ over them of their partners' numbers of partners), bounded by `MAX_STEPS`.
    """
    before, after = alignment.before.network, alignment.after.network
    from_after = np.full(len(after), -1, np.int64)
    from_after[alignment.at_after] = alignment.at_before
    rewired = alignment.rewired
    cost = _steps(before)[from_after[rewired]] + _steps(after)[rewired]
    n_looked_at = int(np.searchsorted(np.cumsum(cost), MAX_STEPS, side="right"))
    n_looked_at = min(max(n_looked_at, 1), len(rewired))
    is_looked_at = np.zeros(len(after), np.bool_)
    lost: list[LongArray] = []
    won: list[LongArray] = []
    near, far = np.zeros(len(after), np.bool_), np.zeros(len(after), np.bool_)
    for i in rewired[:n_looked_at].tolist():
        old = alignment.to_after[_within_two(before, int(from_after[i]))]
        new = _within_two(after, i)
        old, new = old[old >= 0], new[from_after[new] >= 0]
        near[old], far[new] = True, True
        gone, come = np.unique(old[~far[old]]), np.unique(new[~near[new]])
        near[old], far[new] = False, False
        # A pair of two rewired actors is met from both of its ends.
        for ends, found in ((gone, lost), (come, won)):
            ends = ends[(ends != i) & ~is_looked_at[ends]]
            found.append(np.column_stack((np.minimum(ends, i), np.maximum(ends, i))))
        is_looked_at[i] = True
    return ShortPaths(_in_order(lost), _in_order(won), n_looked_at, len(rewired))


def _steps(network: Network) -> LongArray:
    """Return, for each node, how many places its partners lead to."""
    ends = np.concatenate(([0], np.cumsum(network.degrees[network.indices], dtype=np.int64)))
    result: LongArray = ends[network.indptr[1:]] - ends[network.indptr[:-1]]
    return result


def within_one(network: Network, nodes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return (node, partner) for each partner of these nodes, as two arrays."""
    sizes = network.degrees[nodes]
    starts = np.repeat(network.indptr[nodes] - np.cumsum(sizes) + sizes, sizes)
    return np.repeat(nodes, sizes), network.indices[starts + np.arange(len(starts))]


def _within_two(network: Network, i: int) -> NDArray[Any]:
    """Return the nodes within two steps of a node, some of them repeatedly."""
    row = network.neighbours(i)
    return np.concatenate((row, within_one(network, row)[1]))


def _in_order(pairs: list[LongArray]) -> LongArray:
    found = np.concatenate(pairs) if pairs else np.zeros((0, 2), np.int64)
    return found[np.lexsort((found[:, 1], found[:, 0]))]
