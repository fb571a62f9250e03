"""How betweenness changes from one network to another, estimated from the same starts in both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.analysis.parallel import run_parts
from graph.analysis.reduction import Reduction, sums_at
from graph.kernels.betweenness import dependencies
from graph.network import FloatArray, IntArray, Network
from graph.scenario.difference import Alignment, LongArray, within_one

N_BATCHES = 16
# Student's t for a two-sided interval of 98 % with `N_BATCHES` - 1 degrees of freedom. The changes
# are too skewed for it to hold so often: of the most changed actors about nine in ten are inside.
_T = 2.602
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class SampledChange:
    """What betweenness changes by, for each actor of the second network, in order.

    change : float64; of an actor that the first network does not have, its whole value.
    margins : float64; of the most changed actors about nine in ten (`CONFIDENCE`) have their true
        change within their margin. 0 where every start was used.
    n_samples : from how many starts.
    """

    change: FloatArray
    margins: FloatArray
    n_samples: int


class Searched:
    """A network's largest block, from which most of the work of betweenness comes.

    Every node of its component hangs on one row of the block, its own or the one through which it
    reaches the block; see `graph.analysis.reduction`.
    """

    def __init__(self, network: Network, reduction: Reduction) -> None:
        self.network = network
        self.reduction = reduction
        sizes = np.diff(reduction.start)
        self.block = int(sizes.argmax()) if len(sizes) else -1
        self.low = int(reduction.start[self.block]) if len(sizes) else 0
        self.high = int(reduction.start[self.block + 1]) if len(sizes) else 0

    @cached_property
    def rows(self) -> IntArray:
        """The row of the largest block that each node hangs on, -1 for none. Time O(n + m)."""
        found = np.full(len(self.network), -1, np.int32)
        of = self.reduction
        is_member = (of.row_of >= self.low) & (of.row_of < self.high)
        found[of.node[is_member]] = of.row_of[is_member]
        front = np.flatnonzero(found >= 0)
        # Whatever lies outside meets the block at one member first, whichever way it is reached.
        while len(front):
            sources, ends = within_one(self.network, front)
            is_new = found[ends] < 0
            found[ends[is_new]] = found[sources[is_new]]
            front = np.unique(ends[is_new])
        return found

    @cached_property
    def at_once(self) -> FloatArray:
        """What each node carries by all but the paths inside the largest block, ordered pairs."""
        of = self.reduction
        total = np.zeros(len(of.copies))
        for low, high in ((0, self.low), (self.high, len(of.copies))):
            if low < high:
                starts = np.arange(low, high, dtype=np.int32)
                total[low:high] = self._dependencies(starts, of.shares[low:high], low, high)
        return of.to_nodes(total)

    def carried(self, starts: LongArray) -> FloatArray:
        """Return what each node carries of the paths from these nodes, inside the block."""
        rows = self.rows[starts]
        found, counts = np.unique(rows[rows >= 0], return_counts=True)
        of = self.reduction
        total = np.zeros(len(of.copies))
        if len(found):
            weights = counts.astype(np.float64)
            total[self.low : self.high] = self._dependencies(
                found.astype(np.int32), weights, self.low, self.high
            )
        return sums_at(of.node, total[of.row_of], len(self.network))

    def _dependencies(
        self, starts: IntArray, weights: FloatArray, low: int, high: int
    ) -> FloatArray:
        of = self.reduction
        found: FloatArray = dependencies(
            of.indptr,
            of.indices,
            of.in_indptr,
            of.in_indices,
            of.copies,
            of.targets,
            starts,
            weights,
            low,
            high,
            False,
            False,
        )[0]
        return found


def sampled_change(
    alignment: Alignment,
    before: Searched,
    after: Searched,
    n_samples: int,
    *,
    seed: int = 0,
    n_threads: int | None = None,
) -> SampledChange:
    """Estimate by how much the betweenness of each actor changes.

    ``n_samples`` common actors are drawn, none twice, and shortest paths inside the largest block
    are counted from the same ones in both networks (Brandes & Pich 2007, Int. J. Bifurc. Chaos
    17:2303); all other paths, and those from actors that only one of the networks has, are counted
    in full. Since most paths from a start are the same in both, the difference settles much sooner
    than either value does. Its margin follows from the spread of `N_BATCHES` equal parts of the
    sample around their mean (batch means), less what the sample has of the whole: it is
    approximate, and for one actor at a time.

    Each unordered pair counts once. Deterministic for a ``seed``, whatever ``n_threads``. Time
    O(n_samples · ties of the largest block).
    """
    n_common = len(alignment.at_after)
    chance = np.random.Generator(np.random.PCG64(seed))
    drawn = chance.permutation(n_common)[:n_samples]
    batches = [part for part in np.array_split(drawn, N_BATCHES) if len(part)]

    def difference(part: LongArray) -> FloatArray:
        found = after.carried(alignment.at_after[part])
        was = before.carried(alignment.at_before[part])
        found[alignment.at_after] -= was[alignment.at_before]
        return found

    of_batches = run_parts(difference, batches, n_threads)
    change = after.at_once + after.carried(_others(alignment.at_after, len(alignment.after)))
    was = before.at_once + before.carried(_others(alignment.at_before, len(alignment.before)))
    change[alignment.at_after] -= was[alignment.at_before]
    if not batches:
        return SampledChange(change / 2, np.zeros(len(change)), 0)
    change += np.sum(of_batches, axis=0) * (n_common / len(drawn))
    margins = np.zeros(len(change))
    if len(drawn) < n_common and len(batches) > 1:
        means = np.array([d / len(b) for d, b in zip(of_batches, batches, strict=True)])
        left = 1 - len(drawn) / n_common
        margins = _T * n_common * means.std(axis=0, ddof=1) * np.sqrt(left / len(batches))
    return SampledChange(change / 2, margins / 2, len(drawn))


def _others(positions: LongArray, n: int) -> LongArray:
    is_other: NDArray[np.bool_] = np.ones(n, np.bool_)
    is_other[positions] = False
    return np.flatnonzero(is_other)
