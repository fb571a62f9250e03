"""Betweenness: how many shortest paths between others run through a node, or over a tie.

Exact by structural reduction, or estimated from sampled starts with a stated error.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.analysis.parallel import run_parts
from graph.analysis.reduction import Reduction, reduced, sums_at
from graph.kernels import betweenness as kernels
from graph.kernels.lanes import LANES
from graph.network import FloatArray, IntArray, Network

Progress = Callable[[float], None]
IsCancelled = Callable[[], bool]

# Each part has arrays of its own to fill, so they are few; but none takes longer than some seconds,
# for it cannot be cancelled meanwhile. Work is in visits of half-ties.
_N_PARTS = 16
_MIN_WORK = 2_000_000
_MAX_WORK = 2_000_000_000
_GROUP_ROWS = 2_048
# Above so many depths at which 32 searches meet a node, one after the other is sooner done.
_MAX_LEVELS_TOGETHER = 12.0


@dataclass(frozen=True)
class SampledBetweenness:
    """Estimates from ``n_samples`` starts.

    With probability ``confidence`` every true value lies within ``half_widths`` of ``values``.
    """

    values: FloatArray
    half_widths: FloatArray
    n_samples: int
    confidence: float


def betweenness(
    network: Network,
    *,
    distances: FloatArray | None = None,
    reduction: Reduction | None = None,
    n_threads: int | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> FloatArray:
    """Return the raw betweenness of each node.

    b(v) = Σ over pairs {s, t} without v of σ(s, t | v) / σ(s, t), where σ(s, t) counts the shortest
    paths from s to t and σ(s, t | v) those through v (Freeman 1977, Sociometry 40:35). In plain
    words: between how many pairs the node is the key bridge, shared where there are other ways.

    Parameters
    ----------
    network : undirected, each unordered pair counts once; directed, each ordered pair.
    distances : the length of each half-tie (arc), in the order of ``network.indices``, above 0 and
        finite; strengths are *not* lengths and are never used as such unless given here. None: each
        tie has length 1. Lengths that differ by a relative 1e-12 are equal.
    reduction : what `reduced` gives for ``network``, where it is at hand; not with distances.
    n_threads : None for all processors; the result does not depend on it.
    progress, is_cancelled : see `run_parts`.

    Returns
    -------
    float64, one per node in order. Pairs without a path count nothing; isolates get 0. Parallel
    ties are one tie (one path), self-ties play no part.

    Exact up to rounding, by `reduced` and the accumulation of Brandes 2001 (J. Math. Sociol.
    25:163). Time O(r·k) for r rows and k ties that are left in the largest block; with distances
    O(r·k·log r). Where paths are short, 32 searches go side by side; in deep networks (grids, long
    chains) one after the other. Memory O(n + m), and 800 bytes for each row and thread.

    Raises ValueError for distances that are no lengths, `Cancelled`.

    >>> star = Network.from_edges([("hub", "a"), ("hub", "b"), ("hub", "c")])
    >>> betweenness(star).tolist()
    [3.0, 0.0, 0.0, 0.0]
    """
    lengths = _lengths(network, distances)
    if reduction is None or lengths is not None:
        reduction = reduced(network, merges_twins=lengths is None)
    passing, _, _ = _run(
        reduction,
        reduction.sources,
        reduction.shares,
        lengths,
        n_threads=n_threads,
        progress=progress,
        is_cancelled=is_cancelled,
    )
    return reduction.to_nodes(passing) / _times_counted(network)


def tie_betweenness(
    network: Network,
    *,
    distances: FloatArray | None = None,
    n_threads: int | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> FloatArray:
    """Return the raw betweenness of each tie.

    b(e) = Σ over pairs {s, t} of σ(s, t | e) / σ(s, t), the ends of e included as s and t (Girvan &
    Newman 2002, PNAS 99:7821). Parameters, pairs and errors as in `betweenness`.

    Returns
    -------
    float64, one per half-tie in the order of ``network.indices``: undirected, both halves of a tie
    hold its value. A bridge carries the product of the numbers of nodes on its two sides.
    """
    lengths = _lengths(network, distances)
    reduction = reduced(network, merges_twins=False)
    _, _, ties = _run(
        reduction,
        reduction.sources,
        reduction.shares,
        lengths,
        has_ties=True,
        n_threads=n_threads,
        progress=progress,
        is_cancelled=is_cancelled,
    )
    carried = np.zeros(len(network.indices))
    carried[reduction.origin] = ties
    carried[reduction.bridge_ties] = reduction.bridge_loads
    if not network.is_directed:
        in_blocks = np.zeros(len(carried))
        in_blocks[reduction.origin] = ties
        carried += in_blocks[network.reverse]
        carried /= 2
    return carried


def subset_betweenness(
    network: Network,
    sources: IntArray,
    targets: IntArray,
    *,
    distances: FloatArray | None = None,
    n_threads: int | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Return the betweenness of nodes and half-ties for paths from ``sources`` to ``targets`` only.

    Sources and targets are positions, each counted once; every ordered pair (s, t), s ≠ t, counts,
    whether the network is directed or not, and a tie of an undirected network has its value in the
    half that is walked. Not reduced: time O(sources · m).
    """
    lengths = _lengths(network, distances)
    n = len(network)
    ends = np.zeros(n)
    ends[targets] = 1.0
    everything = Reduction(
        network.indptr,
        network.indices,
        network.in_indptr,
        network.in_indices,
        np.arange(len(network.indices)),
        np.array([0, n]),
        np.ones(n),
        np.ones(n),
        ends,
        np.zeros(n),
        np.zeros(n),
        np.arange(n, dtype=np.int32),
        np.arange(n, dtype=np.int32),
        np.zeros(0, np.int64),
        np.zeros(0),
    )
    starts = np.unique(sources).astype(np.int32)
    nodes, _, ties = _run(
        everything, starts, np.ones(len(starts)), lengths, has_ties=True, n_threads=n_threads
    )
    return nodes, ties


def sampled_betweenness(
    network: Network,
    n_samples: int,
    *,
    reduction: Reduction | None = None,
    seed: int = 0,
    confidence: float = 0.95,
    n_threads: int | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> SampledBetweenness:
    """Estimate the betweenness of each node from ``n_samples`` starts, with a stated error.

    What the reduction counts at once stays exact, and so do blocks of no more rows than samples:
    only the paths inside larger blocks are sampled. Starts are drawn there with replacement, a row
    as often as nodes lie behind it, and each gives what it contributes to all nodes (Brandes & Pich
    2007, Int. J. Bifurc. Chaos 17:2303). The error of a node follows from the spread of its own
    contributions by the empirical Bernstein bound (Audibert et al. 2009, Theor. Comput. Sci.
    410:1876, theorem 1), for all nodes at once by a union bound: with log = ln(3·rows /
    (1 - confidence)), variance V and largest possible contribution R,

        half-width = all starts · (√(2·V·log / k) + 3·R·log / k) for k starts.

    It is what can be proven, and wide for small samples; the ranks of the first actors settle much
    sooner. Ties have length 1. Deterministic for a ``seed``, whatever ``n_threads``. Time
    O(k·m), memory as `betweenness`. Raises ValueError for k < 1, `Cancelled`.
    """
    if n_samples < 1:
        raise ValueError(f"n_samples must be 1 or more, not {n_samples}")
    if reduction is None:
        reduction = reduced(network)
    sizes = np.diff(reduction.start)
    block = np.repeat(np.arange(len(sizes)), sizes)
    is_sampled = (sizes > n_samples)[block]
    whole, rows = np.flatnonzero(~is_sampled), np.flatnonzero(is_sampled)
    n_searches = len(whole) + (n_samples if len(rows) else 0)

    def search(begin: int, sources: NDArray[Any], shares: FloatArray) -> Any:
        def report(share: float) -> None:
            if progress is not None:
                progress((begin + share * len(sources)) / n_searches)

        return _run(
            reduction,
            sources.astype(np.int32),
            shares,
            None,
            has_squares=True,
            n_threads=n_threads,
            progress=report,
            is_cancelled=is_cancelled,
        )

    passing, _, _ = search(0, whole, reduction.shares[whole])
    widths = np.zeros(len(block))
    if len(rows):
        ends = np.cumsum(reduction.shares[rows])
        chance = np.random.Generator(np.random.PCG64(seed))
        drawn = np.searchsorted(ends, chance.random(n_samples) * ends[-1], side="right")
        found, counts = np.unique(np.minimum(drawn, len(rows) - 1), return_counts=True)
        sums, squares, _ = search(len(whole), rows[found], counts.astype(np.float64))
        mean = sums / n_samples
        variance = np.maximum(squares / n_samples - mean**2, 0.0)
        largest = sums_at(block, reduction.targets, len(sizes))[block]
        log = math.log(3 * len(rows) / (1 - confidence))
        width = np.sqrt(2 * variance * log / n_samples) + 3 * largest * log / n_samples
        passing += ends[-1] * mean
        widths[rows] = ends[-1] * width[rows]
    times = _times_counted(network)
    return SampledBetweenness(
        reduction.to_nodes(passing) / times,
        sums_at(reduction.node, widths[reduction.row_of], len(network)) / times,
        n_samples,
        confidence,
    )


def _times_counted(network: Network) -> int:
    return 1 if network.is_directed else 2


def _lengths(network: Network, distances: FloatArray | None) -> FloatArray | None:
    if distances is None:
        return None
    lengths = np.ascontiguousarray(distances, np.float64)
    if len(lengths) != len(network.indices):
        raise ValueError("distances and half-ties differ in number")
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        raise ValueError("a distance is not above 0 and finite")
    return lengths


def _run(
    reduction: Reduction,
    sources: IntArray,
    shares: FloatArray,
    lengths: FloatArray | None,
    *,
    has_squares: bool = False,
    has_ties: bool = False,
    n_threads: int | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Sum the dependencies of ``sources`` over the rows, their squares, and over the half-ties."""
    n_rows = len(reduction.copies)
    indptr = reduction.indptr
    tie_lengths = None if lengths is None else lengths[reduction.origin]

    def work(part: _Part) -> Any:
        low, high = part.low, part.high
        starts, weights = sources[part.begin : part.end], shares[part.begin : part.end]
        if tie_lengths is not None:
            return kernels.distance_dependencies(
                indptr,
                reduction.indices,
                tie_lengths,
                reduction.targets,
                starts,
                weights,
                low,
                high,
                has_squares,
                has_ties,
            )
        if part.is_one_by_one:
            return kernels.dependencies_one_by_one(
                indptr,
                reduction.indices,
                reduction.copies,
                reduction.targets,
                starts,
                weights,
                low,
                high,
                has_squares,
                has_ties,
            )
        return kernels.dependencies(
            indptr,
            reduction.indices,
            reduction.in_indptr,
            reduction.in_indices,
            reduction.copies,
            reduction.targets,
            starts,
            weights,
            low,
            high,
            has_squares,
            has_ties,
        )

    parts = _parts(reduction, sources)
    nodes = np.zeros(n_rows)
    squares = np.zeros(n_rows if has_squares else 0)
    ties = np.zeros(len(reduction.indices) if has_ties else 0)
    results = run_parts(work, parts, n_threads, progress, is_cancelled)
    for part, (part_nodes, part_squares, part_ties) in zip(parts, results, strict=True):
        nodes[part.low : part.high] += part_nodes
        if has_squares:
            squares[part.low : part.high] += part_squares
        if has_ties:
            ties[indptr[part.low] : indptr[part.high]] += part_ties
    return nodes, squares, ties


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows low … high-1 searched from the sources at begin … end-1 of the list."""

    low: int
    high: int
    begin: int
    end: int
    is_one_by_one: bool = False


def _parts(reduction: Reduction, sources: IntArray) -> list[_Part]:
    """Cut the work into parts, by what the network is like alone.

    A large block is cut by its sources, small ones are put together.
    """
    start, indptr = reduction.start, reduction.indptr
    starts_of = np.searchsorted(sources, start)
    n_sources = np.diff(starts_of)
    work = n_sources * np.diff(indptr[start])
    target = min(max(int(work.sum()) // _N_PARTS, _MIN_WORK), _MAX_WORK)
    parts: list[_Part] = []
    low = begin = 0
    for b in np.flatnonzero(n_sources).tolist():
        first_row, past_row = int(start[b]), int(start[b + 1])
        first, past = int(starts_of[b]), int(starts_of[b + 1])
        n_slices = -(-int(work[b]) // target)
        is_one_by_one = past_row - first_row > LANES and _is_deep(reduction, sources[first:past], b)
        if n_slices > 1 or is_one_by_one:
            if begin < first:
                parts.append(_Part(low, first_row, begin, first))
            per_slice = -(-(past - first) // (n_slices * LANES)) * LANES
            parts += [
                _Part(first_row, past_row, at, min(at + per_slice, past), is_one_by_one)
                for at in range(first, past, per_slice)
            ]
            low, begin = past_row, past
        elif past_row - low > _GROUP_ROWS:
            parts.append(_Part(low, past_row, begin, past))
            low, begin = past_row, past
    if begin < len(sources):
        parts.append(_Part(low, int(start[-1]), begin, len(sources)))
    return parts


def _is_deep(reduction: Reduction, sources: IntArray, block: int) -> bool:
    """Return whether searches side by side would seldom be at one depth in this block."""
    middle = max(0, len(sources) // 2 - LANES // 2)
    levels = kernels.mean_levels(
        reduction.indptr,
        reduction.indices,
        sources[middle : middle + LANES],
        reduction.start[block],
        reduction.start[block + 1],
    )
    return bool(levels > _MAX_LEVELS_TOGETHER)
