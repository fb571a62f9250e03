"""Shortest paths from 32 nodes at once, and what lies between their ends."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graph.kernels.lanes import LANES, add, divide, keep, load, multiply, spread, store, total

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
RowArray = np.ndarray[tuple[int, int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
MaskArray = np.ndarray[tuple[int], np.dtype[np.uint32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]

# The nodes of a level are looked for among all that are unreached, unless the level before it has
# so many times fewer ties than they.
_PUSH_BELOW = 16
_NOTHING = np.uint32(0)


@njit(cache=True, nogil=True)
def dependencies(
    indptr: PointerArray,
    indices: IntArray,
    in_indptr: PointerArray,
    in_indices: IntArray,
    copies: FloatArray,
    targets: FloatArray,
    sources: IntArray,
    shares: FloatArray,
    low: int,
    high: int,
    has_squares: bool,
    has_ties: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the summed dependencies of ``sources`` on each node ``low`` … ``high``-1.

    The dependency of s on v is Σ_t targets[t]·σ(s, t | v) / σ(s, t) over the t ≠ v to which
    shortest paths from s ≠ v lead through v (Brandes 2001, J. Math. Sociol. 25:163). 32 sources
    are taken at once, level by level (Then et al. 2014, Proc. VLDB Endow. 8:449, with path counts
    added): a node's level is a set of lanes, its path counts a row of `lanes`.

    Parameters
    ----------
    indptr, indices : rows of successors; no tie leads out of the nodes low … high-1.
    in_indptr, in_indices : rows of predecessors; undirected, the same.
    copies : how many nodes each node stands for, as a node on the way.
    targets : how much each node counts as an end, all its copies together.
    sources, shares : the nodes to start from, no two of them equal, and what the dependencies of
        each are multiplied by.
    has_squares, has_ties : whether to return the second and the third array, else empty.

    Returns
    -------
    The dependencies per copy and the squared ones, for the nodes low … high-1; and those on the
    half-ties of their rows.

    Time O(sources · m) in networks of few levels, memory 800 bytes for each node.
    """
    n = high - low
    sums = np.zeros(n)
    square_sums = np.zeros(n if has_squares else 0)
    tie_sums = np.zeros(indptr[high] - indptr[low] if has_ties else 0)
    counts = np.zeros((n, LANES))
    rows_a, rows_b = np.zeros((n, LANES)), np.zeros((n, LANES))
    masks_a, masks_b = np.zeros(n, np.uint32), np.zeros(n, np.uint32)
    seen = np.zeros(n, np.uint32)
    share = np.zeros((1, LANES))
    unreached = np.empty(n, np.int32)
    picked = np.empty(n + 1, np.int64)
    level_nodes = np.empty(4 * n + LANES, np.int32)
    level_masks = np.empty(4 * n + LANES, np.uint32)
    level_start = np.zeros(n + 2, np.int64)
    for first in range(0, len(sources), LANES):
        n_lanes = min(LANES, len(sources) - first)
        every = np.uint32((1 << n_lanes) - 1)
        seen[:] = 0
        share[:] = 0.0
        rows, next_rows, masks, next_masks = rows_a, rows_b, masks_a, masks_b
        for q in range(n_lanes):
            s = sources[first + q] - low
            share[0, q] = shares[first + q]
            rows[s, :] = 0.0
            counts[s, :] = 0.0
            rows[s, q] = 1.0
            counts[s, q] = 1.0
            masks[s] = seen[s] = level_masks[q] = np.uint32(1 << q)
            level_nodes[q] = s
        level, stop = 0, n_lanes
        level_start[1] = stop
        n_unreached, n_in = -1, in_indptr[high] - in_indptr[low]
        while True:
            start = level_start[level]
            if stop + n > len(level_nodes):
                level_nodes = _longer(level_nodes, stop, n)
                level_masks = _longer(level_masks, stop, n)
            n_out = 0
            for at in range(start, stop):
                v = low + level_nodes[at]
                n_out += indptr[v + 1] - indptr[v]
            if n_out * _PUSH_BELOW < n_in:
                n_found = _reach_from_level(
                    indptr, indices, low, level_nodes, level_masks, start, stop, seen, next_masks
                )
                _count_paths(
                    in_indptr,
                    in_indices,
                    copies,
                    low,
                    level_nodes,
                    level_masks,
                    stop,
                    stop + n_found,
                    seen,
                    masks,
                    rows,
                    next_rows,
                    counts,
                )
            else:
                if n_unreached < 0:
                    n_unreached = n
                    for v in range(n):
                        unreached[v] = v
                n_unreached, n_found, n_in = _reach_unreached(
                    in_indptr,
                    in_indices,
                    copies,
                    low,
                    every,
                    unreached,
                    n_unreached,
                    picked,
                    level_nodes,
                    level_masks,
                    stop,
                    seen,
                    masks,
                    next_masks,
                    rows,
                    next_rows,
                    counts,
                )
            for at in range(start, stop):
                masks[level_nodes[at]] = _NOTHING
            if n_found == 0:
                break
            for at in range(stop, stop + n_found):
                seen[level_nodes[at]] |= level_masks[at]
            stop += n_found
            level += 1
            level_start[level + 1] = stop
            rows, next_rows = next_rows, rows
            masks, next_masks = next_masks, masks
        for depth in range(level, 0, -1):
            _depend(
                indptr,
                indices,
                copies,
                targets,
                share,
                low,
                level_nodes,
                level_masks,
                level_start[depth],
                level_start[depth + 1],
                depth < level,
                picked,
                masks,
                next_masks,
                rows,
                next_rows,
                counts,
                sums,
                square_sums,
                tie_sums,
            )
            if depth < level:
                for at in range(level_start[depth + 1], level_start[depth + 2]):
                    masks[level_nodes[at]] = _NOTHING
            rows, next_rows = next_rows, rows
            masks, next_masks = next_masks, masks
        if has_ties and level:
            _depend_on_first_ties(
                indptr,
                indices,
                share,
                low,
                level_nodes,
                level_masks,
                n_lanes,
                masks,
                rows,
                tie_sums,
            )
        if level:
            for at in range(level_start[1], level_start[2]):
                masks[level_nodes[at]] = _NOTHING
    return sums, square_sums, tie_sums


@njit(cache=True, nogil=True)
def _reach_from_level(
    indptr: PointerArray,
    indices: IntArray,
    low: int,
    level_nodes: IntArray,
    level_masks: MaskArray,
    start: int,
    stop: int,
    seen: MaskArray,
    next_masks: MaskArray,
) -> int:
    """Append to the level lists what a level reaches, and return how many nodes that is."""
    n_found = 0
    for at in range(start, stop):
        v = low + level_nodes[at]
        mask = level_masks[at]
        for k in range(indptr[v], indptr[v + 1]):
            u = indices[k] - low
            new = mask & ~seen[u]
            if new:
                if next_masks[u] == _NOTHING:
                    level_nodes[stop + n_found] = u
                    n_found += 1
                next_masks[u] |= new
    for at in range(stop, stop + n_found):
        level_masks[at] = next_masks[level_nodes[at]]
    return n_found


@njit(cache=True, nogil=True)
def _count_paths(
    in_indptr: PointerArray,
    in_indices: IntArray,
    copies: FloatArray,
    low: int,
    level_nodes: IntArray,
    level_masks: MaskArray,
    start: int,
    stop: int,
    seen: MaskArray,
    masks: MaskArray,
    rows: RowArray,
    next_rows: RowArray,
    counts: RowArray,
) -> None:
    """Add up the path counts of a level from the rows of the level before."""
    for at in range(start, stop):
        v = level_nodes[at]
        mask = level_masks[at]
        acc = spread(0.0)
        for k in range(in_indptr[low + v], in_indptr[low + v + 1]):
            u = in_indices[k] - low
            if masks[u] & mask:
                acc = add(acc, load(rows, u))
        acc = keep(mask, acc)
        store(next_rows, v, multiply(acc, spread(copies[low + v])))
        store(counts, v, acc if seen[v] == _NOTHING else add(acc, load(counts, v)))


@njit(cache=True, nogil=True)
def _reach_unreached(
    in_indptr: PointerArray,
    in_indices: IntArray,
    copies: FloatArray,
    low: int,
    every: np.uint32,
    unreached: IntArray,
    n_unreached: int,
    picked: PointerArray,
    level_nodes: IntArray,
    level_masks: MaskArray,
    stop: int,
    seen: MaskArray,
    masks: MaskArray,
    next_masks: MaskArray,
    rows: RowArray,
    next_rows: RowArray,
    counts: RowArray,
) -> tuple[int, int, int]:
    """Find a level among the nodes that lack lanes and add up its path counts.

    Returns how many nodes are left in ``unreached``, were found, and how many ties the former have.
    """
    n_kept, n_found, n_in = 0, 0, 0
    for at in range(n_unreached):
        v = unreached[at]
        missing = every & ~seen[v]
        if missing == _NOTHING:
            continue
        unreached[n_kept] = v
        n_kept += 1
        begin, end = in_indptr[low + v], in_indptr[low + v + 1]
        n_in += end - begin
        # First which, then their rows: a branch for each neighbour is guessed wrong too often.
        hit = _NOTHING
        n_picked = 0
        for k in range(begin, end):
            u = in_indices[k] - low
            here = masks[u] & missing
            hit |= here
            picked[n_picked] = u
            n_picked += here != _NOTHING
        if hit:
            acc = spread(0.0)
            for place in range(n_picked):
                acc = add(acc, load(rows, picked[place]))
            acc = keep(hit, acc)
            next_masks[v] = hit
            store(next_rows, v, multiply(acc, spread(copies[low + v])))
            store(counts, v, acc if seen[v] == _NOTHING else add(acc, load(counts, v)))
            level_nodes[stop + n_found], level_masks[stop + n_found] = v, hit
            n_found += 1
    return n_kept, n_found, n_in


@njit(cache=True, nogil=True)
def _depend(
    indptr: PointerArray,
    indices: IntArray,
    copies: FloatArray,
    targets: FloatArray,
    share: RowArray,
    low: int,
    level_nodes: IntArray,
    level_masks: MaskArray,
    start: int,
    stop: int,
    is_passed: bool,
    picked: PointerArray,
    masks: MaskArray,
    next_masks: MaskArray,
    rows: RowArray,
    next_rows: RowArray,
    counts: RowArray,
    sums: FloatArray,
    square_sums: FloatArray,
    tie_sums: FloatArray,
) -> None:
    """Gather the dependencies on the nodes of one level from the rows of the level beyond it.

    A row holds (what the node counts as an end + the dependency on it) / path count.
    """
    shares = load(share, 0)
    for at in range(start, stop):
        v = level_nodes[at]
        mask = level_masks[at]
        n_paths = load(counts, v)
        flow = spread(targets[low + v])
        n_picked = 0
        if is_passed:
            for k in range(indptr[low + v], indptr[low + v + 1]):
                u = indices[k] - low
                picked[n_picked] = u
                n_picked += masks[u] & mask != _NOTHING
        if n_picked:
            acc = spread(0.0)
            for place in range(n_picked):
                acc = add(acc, load(rows, picked[place]))
            passing = keep(mask, multiply(acc, n_paths))
            shared = multiply(passing, shares)
            sums[v] += total(shared)
            if len(square_sums):
                square_sums[v] += total(multiply(passing, shared))
            flow = add(flow, multiply(passing, spread(copies[low + v])))
            if len(tie_sums):
                mine = keep(mask, multiply(n_paths, shares))
                for k in range(indptr[low + v], indptr[low + v + 1]):
                    u = indices[k] - low
                    if masks[u] & mask:
                        tie_sums[k - indptr[low]] += total(multiply(mine, load(rows, u)))
        store(next_rows, v, keep(mask, divide(flow, n_paths)))
        next_masks[v] = mask


@njit(cache=True, nogil=True)
def _depend_on_first_ties(
    indptr: PointerArray,
    indices: IntArray,
    share: RowArray,
    low: int,
    level_nodes: IntArray,
    level_masks: MaskArray,
    n_lanes: int,
    masks: MaskArray,
    rows: RowArray,
    tie_sums: FloatArray,
) -> None:
    """Add the dependencies of the sources on the ties that they start with."""
    shares = load(share, 0)
    for at in range(n_lanes):
        v = level_nodes[at]
        mine = keep(level_masks[at], shares)
        for k in range(indptr[low + v], indptr[low + v + 1]):
            u = indices[k] - low
            if masks[u] & level_masks[at]:
                tie_sums[k - indptr[low]] += total(multiply(mine, load(rows, u)))


@njit(cache=True, nogil=True)
def _longer(values: NDArray[Any], n_used: int, n_more: int) -> NDArray[Any]:
    longer = np.empty(2 * len(values) + n_more, values.dtype)
    longer[:n_used] = values[:n_used]
    return longer


@njit(cache=True, nogil=True)
def mean_levels(
    indptr: PointerArray, indices: IntArray, sources: IntArray, low: int, high: int
) -> float:
    """Return at how many different depths `dependencies` meets a node from 32 sources, on average.

    The fewer, the more of the 32 are walked in one step. Time O(m · levels), memory O(n).
    """
    n = high - low
    n_lanes = min(LANES, len(sources))
    seen, masks = np.zeros(n, np.uint32), np.zeros(n, np.uint32)
    next_masks = np.zeros(n, np.uint32)
    level_nodes, found = np.empty(n, np.int32), np.empty(n, np.int32)
    size = n_lanes
    for q in range(n_lanes):
        level_nodes[q] = sources[q] - low
        seen[level_nodes[q]] = masks[level_nodes[q]] = np.uint32(1 << q)
    n_met = 0
    while size:
        n_met += size
        n_found = 0
        for at in range(size):
            v = level_nodes[at]
            for k in range(indptr[low + v], indptr[low + v + 1]):
                u = indices[k] - low
                new = masks[v] & ~seen[u]
                if new:
                    if next_masks[u] == _NOTHING:
                        found[n_found] = u
                        n_found += 1
                    next_masks[u] |= new
            masks[v] = _NOTHING
        for at in range(n_found):
            seen[found[at]] |= next_masks[found[at]]
        masks, next_masks = next_masks, masks
        level_nodes, found = found, level_nodes
        size = n_found
    return n_met / max(n, 1)


@njit(cache=True, nogil=True)
def dependencies_one_by_one(
    indptr: PointerArray,
    indices: IntArray,
    copies: FloatArray,
    targets: FloatArray,
    sources: IntArray,
    shares: FloatArray,
    low: int,
    high: int,
    has_squares: bool,
    has_ties: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what `dependencies` does, from one source at a time.

    Sooner done in networks of many levels, where 32 sources rarely meet a node at the same depth.
    Time O(sources · m), memory O(n).
    """
    n = high - low
    sums = np.zeros(n)
    square_sums = np.zeros(n if has_squares else 0)
    tie_sums = np.zeros(indptr[high] - indptr[low] if has_ties else 0)
    depth = np.full(n, -1, np.int32)
    counts = np.empty(n)
    flow = np.empty(n)
    order = np.empty(n, np.int32)
    for position in range(len(sources)):
        s = sources[position] - low
        share = shares[position]
        depth[s] = 0
        counts[s] = 1.0
        order[0] = s
        done, size = 0, 1
        while done < size:
            v = order[done]
            done += 1
            paths = counts[v] * copies[low + v] if done > 1 else 1.0
            for k in range(indptr[low + v], indptr[low + v + 1]):
                u = indices[k] - low
                if depth[u] < 0:
                    depth[u] = depth[v] + 1
                    counts[u] = paths
                    order[size] = u
                    size += 1
                elif depth[u] == depth[v] + 1:
                    counts[u] += paths
        for at in range(size - 1, -1, -1):
            v = order[at]
            beyond = depth[v] + 1
            passing = 0.0
            for k in range(indptr[low + v], indptr[low + v + 1]):
                u = indices[k] - low
                if depth[u] == beyond:
                    passing += flow[u]
                    if has_ties:
                        tie_sums[k - indptr[low]] += counts[v] * flow[u] * share
            if at:
                passing *= counts[v]
                sums[v] += passing * share
                if has_squares:
                    square_sums[v] += passing * passing * share
                flow[v] = (targets[low + v] + copies[low + v] * passing) / counts[v]
        for at in range(size):
            depth[order[at]] = -1
    return sums, square_sums, tie_sums


@njit(cache=True, nogil=True)
def distance_dependencies(
    indptr: PointerArray,
    indices: IntArray,
    lengths: FloatArray,
    targets: FloatArray,
    sources: IntArray,
    shares: FloatArray,
    low: int,
    high: int,
    has_squares: bool,
    has_ties: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what `dependencies` does where ties have lengths above 0.

    Two lengths are equal where they differ by a relative 1e-12 at most. One source at a time, by
    Dijkstra's search on a heap: time O(sources · m·log n), memory O(m).
    """
    n = high - low
    sums = np.zeros(n)
    square_sums = np.zeros(n if has_squares else 0)
    tie_sums = np.zeros(indptr[high] - indptr[low] if has_ties else 0)
    far = np.empty(n)
    counts = np.empty(n)
    passing = np.empty(n)
    is_done = np.empty(n, np.bool_)
    order = np.empty(n, np.int32)
    heap = np.empty(n + 1, np.int32)
    place = np.empty(n, np.int32)
    for position in range(len(sources)):
        s = sources[position] - low
        far[:] = np.inf
        counts[:] = 0.0
        passing[:] = 0.0
        is_done[:] = False
        place[:] = -1
        far[s] = 0.0
        counts[s] = 1.0
        heap[0] = s
        place[s] = 0
        n_heap, n_done = 1, 0
        while n_heap:
            v = heap[0]
            n_heap -= 1
            if n_heap:
                heap[0] = heap[n_heap]
                place[heap[0]] = 0
                _sink(heap, place, far, n_heap)
            is_done[v] = True
            order[n_done] = v
            n_done += 1
            for k in range(indptr[low + v], indptr[low + v + 1]):
                u = indices[k] - low
                if is_done[u]:
                    continue
                length = far[v] + lengths[k]
                if place[u] >= 0 and abs(length - far[u]) <= 1e-12 * length:
                    counts[u] += counts[v]
                elif length < far[u]:
                    far[u] = length
                    counts[u] = counts[v]
                    if place[u] < 0:
                        heap[n_heap] = u
                        place[u] = n_heap
                        n_heap += 1
                    _rise(heap, place, far, place[u])
        for at in range(n_done - 1, -1, -1):
            v = order[at]
            for k in range(indptr[low + v], indptr[low + v + 1]):
                u = indices[k] - low
                if far[u] > far[v] and abs(far[v] + lengths[k] - far[u]) <= 1e-12 * far[u]:
                    passed = counts[v] / counts[u] * (targets[low + u] + passing[u])
                    passing[v] += passed
                    if has_ties:
                        tie_sums[k - indptr[low]] += passed * shares[position]
            if at:
                sums[v] += passing[v] * shares[position]
                if has_squares:
                    square_sums[v] += passing[v] * passing[v] * shares[position]
    return sums, square_sums, tie_sums


@njit(cache=True, nogil=True)
def _rise(heap: IntArray, place: IntArray, far: FloatArray, at: int) -> None:
    node = heap[at]
    while at > 0:
        parent = (at - 1) // 2
        if far[heap[parent]] <= far[node]:
            break
        heap[at] = heap[parent]
        place[heap[at]] = at
        at = parent
    heap[at] = node
    place[node] = at


@njit(cache=True, nogil=True)
def _sink(heap: IntArray, place: IntArray, far: FloatArray, n_heap: int) -> None:
    at = 0
    node = heap[0]
    while 2 * at + 1 < n_heap:
        child = 2 * at + 1
        if child + 1 < n_heap and far[heap[child + 1]] < far[heap[child]]:
            child += 1
        if far[heap[child]] >= far[node]:
            break
        heap[at] = heap[child]
        place[heap[at]] = at
        at = child
    heap[at] = node
    place[node] = at
