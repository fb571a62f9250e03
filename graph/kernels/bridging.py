"""Open pairs and sole-broker pairs around each node, by the groups of their two ends.

The pairs around node b are kept by unordered pair of the groups that its partners have: the groups
present at b, in order, stand in ``present[present_ptr[b]:present_ptr[b + 1]]``, and k of them make
k(k + 1)/2 entries from ``entry_ptr[b]`` on, in the order (0, 0), (0, 1), …, (1, 1), (1, 2), ….
"""

from __future__ import annotations

import numpy as np
from numba import njit

CountArray = np.ndarray[tuple[int], np.dtype[np.int64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
MarkArray = np.ndarray[tuple[int], np.dtype[np.bool_]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]

# The 64-bit constants of Fowler, Noll and Vo's hash, the first with its sign.
_BASIS, _PRIME = np.int64(-3750763034362895579), np.int64(1099511628211)


@njit(cache=True, nogil=True)
def layout(
    indptr: PointerArray, indices: IntArray, groups: IntArray, n_groups: int
) -> tuple[PointerArray, IntArray, CountArray, PointerArray]:
    """Return (present_ptr, present, n_present, entry_ptr) of the module's layout.

    ``n_present`` is how many partners are of each group present; no group (-1) is one of them.
    Nodes with fewer than two partners have no entries. Time O(n + m).
    """
    n = len(indptr) - 1
    start = np.zeros(n_groups + 2, np.int64)
    for j in range(n):
        start[groups[j] + 2] += 1
    for code in range(n_groups + 1):
        start[code + 1] += start[code]
    by_group = np.empty(n, np.int32)
    for j in range(n):
        by_group[start[groups[j] + 1]] = j
        start[groups[j] + 1] += 1
    # The nodes of each group in turn tell their partners of it, which therefore hear of the groups
    # in order; once to count them, once to write them down.
    heard = np.full(n, -2, np.int32)
    present_ptr, entry_ptr = np.zeros(n + 1, np.int64), np.zeros(n + 1, np.int64)
    for node in by_group:
        group = groups[node]
        for h in range(indptr[node], indptr[node + 1]):
            b = indices[h]
            if indptr[b + 1] - indptr[b] > 1 and heard[b] != group:
                heard[b] = group
                present_ptr[b + 1] += 1
    for b in range(n):
        k = present_ptr[b + 1]
        present_ptr[b + 1] += present_ptr[b]
        entry_ptr[b + 1] = entry_ptr[b] + k * (k + 1) // 2
    present = np.empty(present_ptr[n], np.int32)
    n_present = np.zeros(present_ptr[n], np.int64)
    place = present_ptr[:-1].copy()
    heard[:] = -2
    for node in by_group:
        group = groups[node]
        for h in range(indptr[node], indptr[node + 1]):
            b = indices[h]
            if indptr[b + 1] - indptr[b] > 1:
                if heard[b] != group:
                    heard[b] = group
                    present[place[b]] = group
                    place[b] += 1
                n_present[place[b] - 1] += 1
    return present_ptr, present, n_present, entry_ptr


@njit(cache=True, nogil=True)
def all_pairs(
    present_ptr: PointerArray, n_present: CountArray, entry_ptr: PointerArray
) -> CountArray:
    """Return the number of pairs of partners in each entry, tied or not."""
    pairs = np.empty(entry_ptr[-1], np.int64)
    place = 0
    for b in range(len(entry_ptr) - 1):
        for p in range(present_ptr[b], present_ptr[b + 1]):
            pairs[place] = n_present[p] * (n_present[p] - 1) // 2
            place += 1
            for q in range(p + 1, present_ptr[b + 1]):
                pairs[place] = n_present[p] * n_present[q]
                place += 1
    return pairs


@njit(cache=True, nogil=True)
def _above(values: IntArray, start: int, stop: int, value: int) -> int:
    """Return the first place in the sorted ``values[start:stop]`` with more than ``value``."""
    while start < stop:
        middle = (start + stop) // 2
        if values[middle] <= value:
            start = middle + 1
        else:
            stop = middle
    return start


@njit(cache=True, nogil=True)
def _entry(
    present_ptr: PointerArray,
    present: IntArray,
    entry_ptr: PointerArray,
    b: int,
    one: int,
    other: int,
) -> int:
    """Return where the pairs of groups ``one`` and ``other`` around b are counted."""
    start, stop = present_ptr[b], present_ptr[b + 1]
    p = _above(present, start, stop, min(one, other)) - 1 - start
    q = _above(present, start, stop, max(one, other)) - 1 - start
    return int(entry_ptr[b] + p * (stop - start) - p * (p - 1) // 2 + q - p)


@njit(cache=True, nogil=True)
def take_off_closed(
    up_indptr: PointerArray,
    up_indices: IntArray,
    order: IntArray,
    groups: IntArray,
    present_ptr: PointerArray,
    present: IntArray,
    entry_ptr: PointerArray,
    pairs: CountArray,
) -> None:
    """Take the pairs of partners that are tied off ``pairs``: those of `all_pairs`.

    The first three arrays are of `triangles.upward`.
    """
    n = len(order)
    place = np.zeros(n, np.bool_)
    for u in range(n):
        first, last = up_indptr[u], up_indptr[u + 1]
        if last - first < 2:
            continue
        for k in range(first, last):
            place[up_indices[k]] = True
        x = order[u]
        for k in range(first, last):
            v = up_indices[k]
            y = order[v]
            for h in range(up_indptr[v], up_indptr[v + 1]):
                if place[up_indices[h]]:
                    z = order[up_indices[h]]
                    for b, one, other in ((x, y, z), (y, x, z), (z, x, y)):
                        pairs[
                            _entry(present_ptr, present, entry_ptr, b, groups[one], groups[other])
                        ] -= 1
        for k in range(first, last):
            place[up_indices[k]] = False


@njit(cache=True, nogil=True)
def ranked_core(indptr: PointerArray, indices: IntArray) -> tuple[PointerArray, IntArray, IntArray]:
    """Return (core_indptr, core_indices, order): the network without leaves, by rank of degree.

    A leaf, a node of one partner, has no second broker to anybody: each open pair that it is in is
    of one broker only. Row r is of the node ``order[r]`` and has the ranks of its partners in
    order, so that the one with most partners comes last. Time and memory O(n + m).
    """
    n = len(indptr) - 1
    degree = np.zeros(n, np.int64)
    largest = 0
    for i in range(n):
        if indptr[i + 1] - indptr[i] > 1:
            for k in range(indptr[i], indptr[i + 1]):
                j = indices[k]
                degree[i] += indptr[j + 1] - indptr[j] > 1
            largest = max(largest, degree[i])
    start = np.zeros(largest + 2, np.int64)
    for i in range(n):
        start[degree[i] + 1] += 1
    for d in range(largest + 1):
        start[d + 1] += start[d]
    rank, order = np.empty(n, np.int32), np.empty(n, np.int32)
    for i in range(n):
        rank[i] = start[degree[i]]
        order[start[degree[i]]] = i
        start[degree[i]] += 1
    core_indptr = np.zeros(n + 1, np.int64)
    for r in range(n):
        core_indptr[r + 1] = core_indptr[r] + degree[order[r]]
    core_indices = np.empty(core_indptr[n], np.int32)
    place = core_indptr[:-1].copy()
    for r in range(n):
        i = order[r]
        if degree[i] > 0:
            for k in range(indptr[i], indptr[i + 1]):
                j = indices[k]
                if indptr[j + 1] - indptr[j] > 1:
                    core_indices[place[rank[j]]] = r
                    place[rank[j]] += 1
    return core_indptr, core_indices, order


@njit(cache=True, nogil=True)
def row_keys(
    core_indptr: PointerArray, core_indices: IntArray, order: IntArray, groups: IntArray
) -> CountArray:
    """Return a number for each rank that is the same where group and partners are; it may wrap."""
    n = len(order)
    keys = np.empty(n, np.int64)
    for r in range(n):
        key = (_BASIS ^ groups[order[r]]) * _PRIME
        for k in range(core_indptr[r], core_indptr[r + 1]):
            key = (key ^ core_indices[k]) * _PRIME
        keys[r] = key
    return keys


@njit(cache=True, nogil=True)
def n_alike(
    core_indptr: PointerArray,
    core_indices: IntArray,
    order: IntArray,
    groups: IntArray,
    by_key: PointerArray,
) -> CountArray:
    """Return how many nodes each rank stands for: itself and those of its group and partners.

    ``by_key`` are ranks of which equal ones stand side by side; 0 is of those that another stands
    for, and of those not in it. Time O(n + m).
    """
    n_of = np.zeros(len(order), np.int64)
    first = -1
    for turn in range(len(by_key)):
        r = by_key[turn]
        start, stop = core_indptr[r], core_indptr[r + 1]
        is_alike = (
            first >= 0
            and core_indptr[first + 1] - core_indptr[first] == stop - start
            and groups[order[first]] == groups[order[r]]
        )
        if is_alike:
            for k in range(stop - start):
                if core_indices[core_indptr[first] + k] != core_indices[start + k]:
                    is_alike = False
                    break
        if not is_alike:
            first = r
        n_of[first] += 1
    return n_of


@njit(cache=True, nogil=True)
def kept_rows(
    core_indptr: PointerArray, core_indices: IntArray, n_of: CountArray
) -> tuple[PointerArray, IntArray]:
    """Return all rows with only the ranks in them that stand for any nodes."""
    n = len(n_of)
    indptr = np.zeros(n + 1, np.int64)
    indices = np.empty(len(core_indices), np.int32)
    place = 0
    for r in range(n):
        for k in range(core_indptr[r], core_indptr[r + 1]):
            if n_of[core_indices[k]] > 0:
                indices[place] = core_indices[k]
                place += 1
        indptr[r + 1] = place
    return indptr, indices[:place].copy()


@njit(cache=True, nogil=True)
def by_largest(
    core_indptr: PointerArray,
    core_indices: IntArray,
    kept_indptr: PointerArray,
    kept_indices: IntArray,
) -> tuple[IntArray, CountArray]:
    """Return the ranks that `shared_pairs` has work with, and how many entries it reads for each.

    Those with one largest partner stand side by side. Time O(n + m).
    """
    n = len(core_indptr) - 1
    turns = np.empty(n, np.int32)
    cost = np.empty(n, np.int64)
    n_turns = 0
    for b in range(n):
        for k in range(kept_indptr[b], kept_indptr[b + 1]):
            i = kept_indices[k]
            stop = core_indptr[i + 1]
            if core_indices[stop - 1] != b:
                continue
            turns[n_turns] = i
            cost[n_turns] = 1
            for h in range(core_indptr[i], stop - 1):
                q = core_indices[h]
                cost[n_turns] += kept_indptr[q + 1] - kept_indptr[q]
            n_turns += 1
    return turns[:n_turns].copy(), cost[:n_turns].copy()


@njit(cache=True, nogil=True)
def shared_pairs(
    core_indptr: PointerArray,
    core_indices: IntArray,
    order: IntArray,
    n_of: CountArray,
    kept_indptr: PointerArray,
    kept_indices: IntArray,
    turns: IntArray,
    groups: IntArray,
    present_ptr: PointerArray,
    present: IntArray,
    entry_ptr: PointerArray,
    start: int,
    stop: int,
    mark: IntArray,
    n_of_group: CountArray,
    found: CountArray,
) -> None:
    """Add the open pairs of more than one broker to ``found``, once at each of their brokers.

    For the pairs of i and j of the higher rank, i in ``turns[start:stop]``, and of all that they
    stand for. A second broker is another partner of i than its largest, so that the row of the
    largest need not be read for each i: it is marked once for all that share it. The arrays are
    those of `ranked_core`, `n_alike`, `kept_rows` and `by_largest`.

    ``mark`` (of n) and ``n_of_group`` (one more than groups) are working memory of zeros, left so.
    """
    # What is known of j while i is at work, in one number: 1 if it is a partner of the largest,
    # 2 for each other partner in common with i, and more than any sum of those if it is tied to i.
    tied = np.int32(1 << 30)
    touched = np.empty(len(mark), np.int32)
    met = np.empty(len(n_of_group), np.int32)
    marked = -1
    for turn in range(start, stop):
        i = turns[turn]
        first, last = core_indptr[i], core_indptr[i + 1] - 1
        own, n_own = groups[order[i]], n_of[i]
        if n_own > 1:
            # Those alike share all their partners.
            for k in range(first, last + 1):
                b = order[core_indices[k]]
                place = _entry(present_ptr, present, entry_ptr, b, own, own)
                found[place] += n_own * (n_own - 1) // 2
        largest = core_indices[last]
        if largest != marked:
            if marked >= 0:
                for k in range(kept_indptr[marked], kept_indptr[marked + 1]):
                    mark[kept_indices[k]] = 0
            for k in range(kept_indptr[largest], kept_indptr[largest + 1]):
                mark[kept_indices[k]] = 1
            marked = largest
        for k in range(first, last + 1):
            mark[core_indices[k]] += tied
        n_touched = 0
        for k in range(first, last):
            b = core_indices[k]
            for h in range(
                _above(kept_indices, kept_indptr[b], kept_indptr[b + 1], i), kept_indptr[b + 1]
            ):
                j = kept_indices[h]
                if mark[j] < 2:
                    touched[n_touched] = j
                    n_touched += 1
                if mark[j] < tied:
                    mark[j] += 2
        n_shared = 0
        for t in range(n_touched):
            j = touched[t]
            if mark[j] == 2:
                mark[j] = 0
                continue
            if mark[j] & 1:
                b = order[largest]
                place = _entry(present_ptr, present, entry_ptr, b, own, groups[order[j]])
                found[place] += n_own * n_of[j]
            touched[n_shared] = j
            n_shared += 1
        for k in range(first, last if n_shared else first):
            b = core_indices[k]
            n_met = 0
            for h in range(
                _above(kept_indices, kept_indptr[b], kept_indptr[b + 1], i), kept_indptr[b + 1]
            ):
                j = kept_indices[h]
                if 2 <= mark[j] < tied:
                    group = groups[order[j]]
                    if n_of_group[group + 1] == 0:
                        met[n_met] = group
                        n_met += 1
                    n_of_group[group + 1] += n_of[j]
            for t in range(n_met):
                group = met[t]
                place = _entry(present_ptr, present, entry_ptr, order[b], own, group)
                found[place] += n_own * n_of_group[group + 1]
                n_of_group[group + 1] = 0
        for t in range(n_shared):
            mark[touched[t]] &= 1
        for k in range(first, last + 1):
            mark[core_indices[k]] -= tied
    if marked >= 0:
        for k in range(kept_indptr[marked], kept_indptr[marked + 1]):
            mark[kept_indices[k]] = 0


@njit(cache=True, nogil=True)
def open_entries(
    present_ptr: PointerArray,
    present: IntArray,
    entry_ptr: PointerArray,
    n_open: CountArray,
) -> tuple[PointerArray, IntArray, IntArray, PointerArray]:
    """Return (indptr, first, second, kept) of the entries with an open pair, by node."""
    n = len(entry_ptr) - 1
    n_kept = 0
    for place in range(len(n_open)):
        n_kept += n_open[place] > 0
    indptr = np.zeros(n + 1, np.int64)
    first, second = np.empty(n_kept, np.int32), np.empty(n_kept, np.int32)
    kept = np.empty(n_kept, np.int64)
    place, row = 0, 0
    for b in range(n):
        for p in range(present_ptr[b], present_ptr[b + 1]):
            for q in range(p, present_ptr[b + 1]):
                if n_open[place] > 0:
                    first[row], second[row] = present[p], present[q]
                    kept[row] = place
                    row += 1
                place += 1
        indptr[b + 1] = row
    return indptr, first, second, kept


@njit(cache=True, nogil=True)
def open_partners(
    indptr: PointerArray,
    indices: IntArray,
    b: int,
    i: int,
    is_wanted: MarkArray,
    is_sole: bool,
    is_met: MarkArray,
) -> IntArray:
    """Return the partners j > i of b, among those wanted, that i is not tied to; in order.

    With ``is_sole`` only those that have no other partner than b in common with i. ``is_met`` (of
    n, all false) is working memory, left as it was. Time O(degree of b), with ``is_sole`` plus the
    degrees of i's other partners.
    """
    for k in range(indptr[i], indptr[i + 1]):
        q = indices[k]
        is_met[q] = True
        if is_sole and q != b:
            for h in range(indptr[q], indptr[q + 1]):
                is_met[indices[h]] = True
    start = _above(indices, indptr[b], indptr[b + 1], i)
    found = np.empty(indptr[b + 1] - start, np.int32)
    n_found = 0
    for k in range(start, indptr[b + 1]):
        j = indices[k]
        if is_wanted[j] and not is_met[j]:
            found[n_found] = j
            n_found += 1
    for k in range(indptr[i], indptr[i + 1]):
        q = indices[k]
        is_met[q] = False
        if is_sole and q != b:
            for h in range(indptr[q], indptr[q + 1]):
                is_met[indices[h]] = False
    return found[:n_found]
