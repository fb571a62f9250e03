"""Brokerage roles: open pairs around each node by the groups of the three.

All paths a → b → c are counted from the numbers of arcs that b has with each group; what is closed
by an arc a → c is then taken off, triangle by triangle. No pair of partners is ever listed.
"""

from __future__ import annotations

import numpy as np
from numba import njit

BitArray = np.ndarray[tuple[int], np.dtype[np.uint8]]
CountTable = np.ndarray[tuple[int, int], np.dtype[np.int64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]

COORDINATOR, ITINERANT, REPRESENTATIVE, GATEKEEPER, LIAISON, TOTAL = range(6)


@njit(cache=True, nogil=True)
def both_ways(
    indptr: PointerArray, indices: IntArray, in_indptr: PointerArray, in_indices: IntArray
) -> tuple[PointerArray, IntArray, BitArray]:
    """Merge the rows of successors and of predecessors; time and memory O(n + m).

    Returns sorted rows of all partners and, for each, 1 for an arc to it plus 2 for one from it.
    """
    n = len(indptr) - 1
    both_indptr = np.zeros(n + 1, np.int64)
    both_indices = np.empty(len(indices) + len(in_indices), np.int32)
    arcs = np.empty(len(both_indices), np.uint8)
    place = 0
    for i in range(n):
        a, b = indptr[i], in_indptr[i]
        while a < indptr[i + 1] or b < in_indptr[i + 1]:
            is_out = b == in_indptr[i + 1] or (a < indptr[i + 1] and indices[a] <= in_indices[b])
            is_in = a == indptr[i + 1] or (b < in_indptr[i + 1] and in_indices[b] <= indices[a])
            both_indices[place] = indices[a] if is_out else in_indices[b]
            arcs[place] = (1 if is_out else 0) + (2 if is_in else 0)
            a += is_out
            b += is_in
            place += 1
        both_indptr[i + 1] = place
    return both_indptr, both_indices[:place].copy(), arcs[:place].copy()


@njit(cache=True, nogil=True)
def two_paths(
    indptr: PointerArray, indices: IntArray, arcs: BitArray, groups: IntArray, n_groups: int
) -> CountTable:
    """Count the paths a → b → c, a ≠ c, of each b in each role, open or not; last, all of them.

    The first three arrays are those of `both_ways`. Where a, b or c is of no group (-1), the path
    is in no role. Time O(n + m), memory O(n + groups).
    """
    n = len(indptr) - 1
    counts = np.zeros((n, 6), np.int64)
    n_in, n_out = np.zeros(n_groups, np.int64), np.zeros(n_groups, np.int64)
    n_mutual = np.zeros(n_groups, np.int64)
    for b in range(n):
        own = groups[b]
        all_in = all_out = all_mutual = known_in = known_out = known_mutual = 0
        for k in range(indptr[b], indptr[b + 1]):
            group = groups[indices[k]]
            to, back = arcs[k] & 1, arcs[k] >> 1
            all_out += to
            all_in += back
            all_mutual += to & back
            if group >= 0:
                known_out += to
                known_in += back
                known_mutual += to & back
                n_out[group] += to
                n_in[group] += back
                n_mutual[group] += to & back
        counts[b, TOTAL] = all_in * all_out - all_mutual
        coordinator = representative = gatekeeper = 0
        if own >= 0:
            coordinator = n_in[own] * n_out[own] - n_mutual[own]
            representative = n_in[own] * (known_out - n_out[own])
            gatekeeper = (known_in - n_in[own]) * n_out[own]
        one_group = 0
        for k in range(indptr[b], indptr[b + 1]):
            group = groups[indices[k]]
            if group >= 0:
                one_group += n_in[group] * n_out[group] - n_mutual[group]
                n_in[group] = n_out[group] = n_mutual[group] = 0
        if own >= 0:
            counts[b, COORDINATOR] = coordinator
            counts[b, ITINERANT] = one_group - coordinator
            counts[b, REPRESENTATIVE] = representative
            counts[b, GATEKEEPER] = gatekeeper
            counts[b, LIAISON] = (
                known_in * known_out - known_mutual - one_group - representative - gatekeeper
            )
    return counts


@njit(cache=True, nogil=True)
def _take_off(counts: CountTable, b: int, a_group: int, b_group: int, c_group: int) -> None:
    counts[b, TOTAL] -= 1
    if a_group < 0 or b_group < 0 or c_group < 0:
        return
    if a_group == c_group:
        counts[b, COORDINATOR if a_group == b_group else ITINERANT] -= 1
    elif a_group == b_group:
        counts[b, REPRESENTATIVE] -= 1
    elif b_group == c_group:
        counts[b, GATEKEEPER] -= 1
    else:
        counts[b, LIAISON] -= 1


@njit(cache=True, nogil=True)
def take_off_closed(
    up_indptr: PointerArray,
    up_indices: IntArray,
    half: PointerArray,
    order: IntArray,
    arcs: BitArray,
    groups: IntArray,
    counts: CountTable,
) -> None:
    """Take the paths a → b → c with an arc a → c off ``counts``.

    The first four arrays are those of `triangles.upward` on the rows of `both_ways`.
    """
    n = len(order)
    place = np.zeros(n, np.int32)
    for u in range(n):
        first, last = up_indptr[u], up_indptr[u + 1]
        if last - first < 2:
            continue
        for k in range(first, last):
            place[up_indices[k]] = k - first + 1
        for k in range(first, last):
            v = up_indices[k]
            uv = arcs[half[k]]
            for h in range(up_indptr[v], up_indptr[v + 1]):
                w = up_indices[h]
                if place[w] == 0:
                    continue
                uw, vw = arcs[half[first + place[w] - 1]], arcs[half[h]]
                x, y, z = order[u], order[v], order[w]
                gx, gy, gz = groups[x], groups[y], groups[z]
                if uv & 1 and uw & 1:
                    if vw & 1:
                        _take_off(counts, y, gx, gy, gz)
                    if vw & 2:
                        _take_off(counts, z, gx, gz, gy)
                if uv & 2 and vw & 1:
                    if uw & 1:
                        _take_off(counts, x, gy, gx, gz)
                    if uw & 2:
                        _take_off(counts, z, gy, gz, gx)
                if uw & 2 and vw & 2:
                    if uv & 1:
                        _take_off(counts, x, gz, gx, gy)
                    if uv & 2:
                        _take_off(counts, y, gz, gy, gx)
        for k in range(first, last):
            place[up_indices[k]] = 0
