"""Compressed sparse rows: from lists of ties to sorted rows of neighbours."""

from __future__ import annotations

import numpy as np
from numba import njit

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def rows_of(
    n: int, sources: IntArray, targets: IntArray, weights: FloatArray, is_both_ways: bool
) -> tuple[PointerArray, IntArray, FloatArray]:
    """Return (indptr, indices, weights) of n rows in which each neighbour stands once, in order.

    Repeated ties are one, their weights added; self-ties are left out. With ``is_both_ways`` each
    tie stands in the row of either end. Two counting sorts: time and memory O(n + m).
    """
    n_halves = 0
    for k in range(len(sources)):
        if sources[k] != targets[k]:
            n_halves += 2 if is_both_ways else 1
    starts = np.zeros(n + 1, np.int64)
    for k in range(len(sources)):
        i, j = sources[k], targets[k]
        if i != j:
            starts[j + 1] += 1
            if is_both_ways:
                starts[i + 1] += 1
    for i in range(n):
        starts[i + 1] += starts[i]
    by_target = np.empty(n_halves, np.int32)
    weight_by_target = np.empty(n_halves, np.float64)
    place = starts[:-1].copy()
    for k in range(len(sources)):
        i, j = sources[k], targets[k]
        if i != j:
            by_target[place[j]] = i
            weight_by_target[place[j]] = weights[k]
            place[j] += 1
            if is_both_ways:
                by_target[place[i]] = j
                weight_by_target[place[i]] = weights[k]
                place[i] += 1
    # `by_target` lists the sources of each target; going through the targets in order and handing
    # each to its sources leaves every row sorted, equal neighbours side by side.
    size = np.zeros(n + 1, np.int64)
    last = np.full(n, -1, np.int32)
    for j in range(n):
        for k in range(starts[j], starts[j + 1]):
            i = by_target[k]
            if last[i] != j:
                last[i] = j
                size[i + 1] += 1
    for i in range(n):
        size[i + 1] += size[i]
    indptr = size
    indices = np.empty(indptr[n], np.int32)
    merged = np.zeros(indptr[n], np.float64)
    place[:] = indptr[:-1]
    last[:] = -1
    for j in range(n):
        for k in range(starts[j], starts[j + 1]):
            i = by_target[k]
            if last[i] != j:
                last[i] = j
                indices[place[i]] = j
                place[i] += 1
            merged[place[i] - 1] += weight_by_target[k]
    return indptr, indices, merged


@njit(cache=True, nogil=True)
def transposed(
    indptr: PointerArray, indices: IntArray, weights: FloatArray
) -> tuple[PointerArray, IntArray, FloatArray]:
    """Return the rows of the reversed arcs, sorted. Time and memory O(n + m)."""
    n = len(indptr) - 1
    starts = np.zeros(n + 1, np.int64)
    for k in range(len(indices)):
        starts[indices[k] + 1] += 1
    for i in range(n):
        starts[i + 1] += starts[i]
    place = starts[:-1].copy()
    back = np.empty(len(indices), np.int32)
    back_weights = np.empty(len(indices), np.float64)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            j = indices[k]
            back[place[j]] = i
            back_weights[place[j]] = weights[k]
            place[j] += 1
    return starts, back, back_weights


@njit(cache=True, nogil=True)
def reverse_positions(indptr: PointerArray, indices: IntArray) -> PointerArray:
    """Return, for each half-tie i → j of symmetric sorted rows, the position of j → i."""
    n = len(indptr) - 1
    place = indptr[:-1].copy()
    back = np.empty(len(indices), np.int64)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            j = indices[k]
            back[k] = place[j]
            place[j] += 1
    return back
