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
        if indptr[b + 1] - indptr[b] < 2:
            continue
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
def _role(a: int, b: int, c: int) -> int:
    """Return the role of a broker of group b from group a to group c; 5 where one is unknown."""
    if a < 0 or b < 0 or c < 0:
        return TOTAL
    if a == c:
        return COORDINATOR if a == b else ITINERANT
    if a == b:
        return REPRESENTATIVE
    return GATEKEEPER if b == c else LIAISON


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
    group_of, bits = np.empty(n, np.int32), np.empty(len(half), np.uint8)
    for r in range(n):
        group_of[r] = groups[order[r]]
    for k in range(len(half)):
        bits[k] = arcs[half[k]]
    closed = np.zeros((n, 6), np.int64)
    place = np.zeros(n, np.int32)
    for x in range(n):
        first, last = up_indptr[x], up_indptr[x + 1]
        if last - first < 2:
            continue
        gx = group_of[x]
        for k in range(first, last):
            place[up_indices[k]] = k - first + 1
        for k in range(first, last):
            y, xy = up_indices[k], bits[k]
            gy = group_of[y]
            for h in range(up_indptr[y], up_indptr[y + 1]):
                z = up_indices[h]
                if place[z] == 0:
                    continue
                xz, yz = bits[first + place[z] - 1], bits[h]
                gz = group_of[z]
                if xy & xz & 1:
                    if yz & 1:
                        closed[y, _role(gx, gy, gz)] += 1
                    if yz & 2:
                        closed[z, _role(gx, gz, gy)] += 1
                if xy & 2 and yz & 1:
                    if xz & 1:
                        closed[x, _role(gy, gx, gz)] += 1
                    if xz & 2:
                        closed[z, _role(gy, gz, gx)] += 1
                if xz & yz & 2:
                    if xy & 1:
                        closed[x, _role(gz, gx, gy)] += 1
                    if xy & 2:
                        closed[y, _role(gz, gy, gx)] += 1
        for k in range(first, last):
            place[up_indices[k]] = 0
    for r in range(n):
        for role in range(5):
            counts[order[r], role] -= closed[r, role]
        counts[order[r], TOTAL] -= closed[r].sum()


@njit(cache=True, nogil=True)
def closed_both_ways(
    up_indptr: PointerArray,
    up_indices: IntArray,
    order: IntArray,
    groups: IntArray,
    begin: int,
    end: int,
) -> CountTable:
    """Count the closed pairs around each node where every tie goes both ways, by role; not ordered.

    The first three arrays are those of `triangles.upward`; triangles with their lowest node from
    ``begin`` to ``end`` - 1 are counted. Rows are ranks. A pair at whose broker one end is of its
    group is under representative; what is in no role stands in the last column.
    """
    n = len(order)
    group_of = groups[order]
    closed = np.zeros((n, 6), np.int64)
    is_above = np.zeros(n, np.bool_)
    # The role of a broker by whether the ends are of one group (1), the first of its own (2), the
    # second (4).
    role = np.array(
        [LIAISON, ITINERANT, REPRESENTATIVE, TOTAL, REPRESENTATIVE, TOTAL, TOTAL, COORDINATOR]
    )
    for x in range(begin, end):
        first, last = up_indptr[x], up_indptr[x + 1]
        if last - first < 2:
            continue
        gx = group_of[x]
        for k in range(first, last):
            is_above[up_indices[k]] = True
        for k in range(first, last):
            y = up_indices[k]
            gy = group_of[y]
            xy = gx == gy
            for h in range(up_indptr[y], up_indptr[y + 1]):
                z = up_indices[h]
                if not is_above[z]:
                    continue
                gz = group_of[z]
                if gx < 0 or gy < 0 or gz < 0:
                    closed[x, TOTAL] += 1
                    closed[y, TOTAL] += 1
                    closed[z, TOTAL] += 1
                    continue
                xz, yz = gx == gz, gy == gz
                closed[x, role[yz + 2 * xy + 4 * xz]] += 1
                closed[y, role[xz + 2 * xy + 4 * yz]] += 1
                closed[z, role[xy + 2 * xz + 4 * yz]] += 1
        for k in range(first, last):
            is_above[up_indices[k]] = False
    return closed


@njit(cache=True, nogil=True)
def two_paths_both_ways(
    indptr: PointerArray, indices: IntArray, groups: IntArray, n_groups: int
) -> CountTable:
    """Count the pairs of partners of each node by role, open or not, each once; last, all of them.

    What `two_paths` gives where every tie goes both ways, but pairs are not ordered: half of it for
    all columns but representative and gatekeeper, which are equal. Time O(n + m).
    """
    n = len(indptr) - 1
    counts = np.zeros((n, 6), np.int64)
    of_group = np.zeros(n_groups, np.int64)
    for b in range(n):
        degree = indptr[b + 1] - indptr[b]
        if degree < 2:
            continue
        own = groups[b]
        counts[b, TOTAL] = degree * (degree - 1) // 2
        if own < 0:
            continue
        known = 0
        for k in range(indptr[b], indptr[b + 1]):
            group = groups[indices[k]]
            if group >= 0:
                known += 1
                of_group[group] += 1
        mine = of_group[own]
        one_group = 0
        for k in range(indptr[b], indptr[b + 1]):
            group = groups[indices[k]]
            if group >= 0:
                one_group += of_group[group] * (of_group[group] - 1) // 2
                of_group[group] = 0
        coordinator = mine * (mine - 1) // 2
        mixed = mine * (known - mine)
        counts[b, COORDINATOR] = coordinator
        counts[b, ITINERANT] = one_group - coordinator
        counts[b, REPRESENTATIVE] = counts[b, GATEKEEPER] = mixed
        counts[b, LIAISON] = known * (known - 1) // 2 - one_group - mixed
    return counts


@njit(cache=True, nogil=True)
def take_off_closed_both_ways(order: IntArray, closed: CountTable, counts: CountTable) -> None:
    """Take what `closed_both_ways` counted off what `two_paths_both_ways` did."""
    for r in range(len(order)):
        i = order[r]
        for role in (COORDINATOR, ITINERANT, LIAISON):
            counts[i, role] -= closed[r, role]
        counts[i, REPRESENTATIVE] -= closed[r, REPRESENTATIVE]
        counts[i, GATEKEEPER] -= closed[r, REPRESENTATIVE]
        counts[i, TOTAL] -= closed[r].sum()
