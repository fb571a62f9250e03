"""What shortest paths need of a network: its blocks side by side, without bridges and twins."""

from __future__ import annotations

import numpy as np
from numba import njit

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]
FlagArray = np.ndarray[tuple[int], np.dtype[np.bool_]]
HashArray = np.ndarray[tuple[int], np.dtype[np.uint64]]


@njit(cache=True, nogil=True)
def block_members(
    indptr: PointerArray, block_of: IntArray, n_blocks: int, min_ties: int
) -> tuple[PointerArray, IntArray, PointerArray, PointerArray]:
    """List the nodes of every block of ``min_ties`` ties or more, and their half-ties in it.

    A node stands once for each such block that it lies in: as a *member*, in order of node within
    the block. Blocks keep their order.

    Returns
    -------
    start : members of the i-th such block are ``start[i]:start[i + 1]``.
    node : the node of each member.
    row : half-ties of the i-th member are ``row[i]:row[i + 1]`` of ``half``.
    half : positions of half-ties in the rows of the network.

    Time and memory O(n + m).
    """
    n = len(indptr) - 1
    n_halves = np.zeros(n_blocks, np.int64)
    for k in range(len(block_of)):
        n_halves[block_of[k]] += 1
    place = np.full(n_blocks, -1, np.int64)
    n_kept = 0
    offset = 0
    for b in range(n_blocks):
        if n_halves[b] >= 2 * min_ties:
            place[b] = offset
            offset += n_halves[b]
            n_kept += 1
    half = np.empty(offset, np.int64)
    owner = np.empty(offset, np.int32)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            at = place[block_of[k]]
            if at >= 0:
                half[at] = k
                owner[at] = i
                place[block_of[k]] += 1
    start = np.zeros(n_kept + 1, np.int64)
    node = np.empty(offset, np.int32)
    row = np.empty(offset + 1, np.int64)
    n_members, at, found = 0, 0, 0
    for b in range(n_blocks):
        if n_halves[b] >= 2 * min_ties:
            for k in range(at, at + n_halves[b]):
                if k == at or owner[k] != owner[k - 1]:
                    node[n_members] = owner[k]
                    row[n_members] = k
                    n_members += 1
            at += n_halves[b]
            found += 1
            start[found] = n_members
    row[n_members] = offset
    return start, node[:n_members].copy(), row[: n_members + 1].copy(), half


@njit(cache=True, nogil=True)
def member_ends(
    start: PointerArray,
    node: IntArray,
    row: PointerArray,
    half: PointerArray,
    indices: IntArray,
    n: int,
) -> IntArray:
    """Return the member at the other end of each half-tie of `block_members`."""
    ends = np.empty(len(half), np.int32)
    member_of = np.empty(n, np.int32)
    for b in range(len(start) - 1):
        for i in range(start[b], start[b + 1]):
            member_of[node[i]] = i
        for k in range(row[start[b]], row[start[b + 1]]):
            ends[k] = member_of[indices[half[k]]]
    return ends


@njit(cache=True, nogil=True)
def search_order(indptr: PointerArray, indices: IntArray, start: PointerArray) -> IntArray:
    """Return the nodes of each block in the order of a breadth-first search from its largest.

    ``start`` bounds the blocks, each connected. Neighbours in this order are near one another in
    memory, and 32 nodes in a row see much the same levels. Time O(n + m).
    """
    n = len(indptr) - 1
    order = np.empty(n, np.int32)
    is_seen = np.zeros(n, np.bool_)
    for b in range(len(start) - 1):
        first = start[b]
        for i in range(start[b], start[b + 1]):
            if indptr[i + 1] - indptr[i] > indptr[first + 1] - indptr[first]:
                first = i
        order[start[b]] = first
        is_seen[first] = True
        at, end = start[b], start[b] + 1
        while at < end:
            v = order[at]
            at += 1
            for k in range(indptr[v], indptr[v + 1]):
                u = indices[k]
                if not is_seen[u]:
                    is_seen[u] = True
                    order[end] = u
                    end += 1
    return order


@njit(cache=True, nogil=True)
def renumbered(
    indptr: PointerArray, indices: IntArray, order: IntArray
) -> tuple[PointerArray, IntArray, PointerArray]:
    """Return the rows of the nodes taken in ``order``, and where each half-tie stood before.

    Row i is that of node ``order[i]``. Rows are no longer sorted. Time O(n + m).
    """
    n = len(order)
    place = np.empty(n, np.int32)
    for i in range(n):
        place[order[i]] = i
    new_indptr = np.zeros(n + 1, np.int64)
    for i in range(n):
        new_indptr[i + 1] = new_indptr[i] + indptr[order[i] + 1] - indptr[order[i]]
    new_indices = np.empty(new_indptr[n], np.int32)
    origin = np.empty(new_indptr[n], np.int64)
    for i in range(n):
        at = new_indptr[i]
        for k in range(indptr[order[i]], indptr[order[i] + 1]):
            new_indices[at] = place[indices[k]]
            origin[at] = k
            at += 1
    return new_indptr, new_indices, origin


@njit(cache=True, nogil=True)
def neighbourhood_hashes(
    indptr: PointerArray, indices: IntArray, own: HashArray
) -> tuple[HashArray, HashArray]:
    """Return, for each node, the sum of its neighbours' ``own`` numbers, and that with its own."""
    n = len(indptr) - 1
    without = np.zeros(n, np.uint64)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            without[i] += own[indices[k]]
    return without, without + own


@njit(cache=True, nogil=True)
def twin_classes(
    indptr: PointerArray, indices: IntArray, order: PointerArray, hashes: HashArray, is_tied: bool
) -> IntArray:
    """Return the first node of each node's class of twins.

    Twins have the same neighbours, themselves left out; tied ones are neighbours of one another,
    and no node has twins of both sorts. ``order`` sorts the nodes by ``hashes``, equal ones by
    number; a class is formed only where the sorted rows are equal too. Time O(n + m).
    """
    n = len(indptr) - 1
    first = np.arange(n).astype(np.int32)
    lead = -1
    for at in range(n):
        i = order[at]
        if (
            lead < 0
            or hashes[i] != hashes[lead]
            or not _are_twins(indptr, indices, lead, i, is_tied)
        ):
            lead = i
        else:
            first[i] = lead
    return first


@njit(cache=True, nogil=True)
def _are_twins(indptr: PointerArray, indices: IntArray, a: int, b: int, is_tied: bool) -> bool:
    n = indptr[a + 1] - indptr[a]
    if n != indptr[b + 1] - indptr[b]:
        return False
    i, j = indptr[a], indptr[b]
    while i < indptr[a + 1] or j < indptr[b + 1]:
        if is_tied and i < indptr[a + 1] and indices[i] == b:
            i += 1
        elif is_tied and j < indptr[b + 1] and indices[j] == a:
            j += 1
        elif i == indptr[a + 1] or j == indptr[b + 1] or indices[i] != indices[j]:
            return False
        else:
            i += 1
            j += 1
    return True


@njit(cache=True, nogil=True)
def quotient(
    indptr: PointerArray, indices: IntArray, first: IntArray, start: PointerArray
) -> tuple[PointerArray, IntArray, IntArray, PointerArray, PointerArray]:
    """Return one node per class: rows, every node's class, bounds of the blocks, half-ties kept.

    Classes are numbered in order of their first nodes. A tie inside a class is left out.
    """
    n = len(indptr) - 1
    class_of = np.empty(n, np.int32)
    new_start = np.empty_like(start)
    n_classes = 0
    b = 0
    for i in range(n):
        while b < len(start) and start[b] == i:
            new_start[b] = n_classes
            b += 1
        if first[i] == i:
            class_of[i] = n_classes
            n_classes += 1
    while b < len(start):
        new_start[b] = n_classes
        b += 1
    for i in range(n):
        class_of[i] = class_of[first[i]]
    new_indptr = np.zeros(n_classes + 1, np.int64)
    new_indices = np.empty(len(indices), np.int32)
    origin = np.empty(len(indices), np.int64)
    at = 0
    for i in range(n):
        if first[i] == i:
            for k in range(indptr[i], indptr[i + 1]):
                j = indices[k]
                if first[j] == j and j != i:
                    new_indices[at] = class_of[j]
                    origin[at] = k
                    at += 1
            new_indptr[class_of[i] + 1] = at
    return new_indptr, new_indices[:at].copy(), class_of, new_start, origin[:at].copy()


@njit(cache=True, nogil=True)
def arcs_among(
    row: PointerArray, half: PointerArray, ends: IntArray, is_arc: FlagArray
) -> tuple[PointerArray, IntArray, PointerArray]:
    """Return the rows of the half-ties that are arcs, and the half-tie that each comes from."""
    n = len(row) - 1
    indptr = np.zeros(n + 1, np.int64)
    indices = np.empty(len(half), np.int32)
    origin = np.empty(len(half), np.int64)
    at = 0
    for i in range(n):
        for k in range(row[i], row[i + 1]):
            if is_arc[half[k]]:
                indices[at] = ends[k]
                origin[at] = half[k]
                at += 1
        indptr[i + 1] = at
    return indptr, indices[:at].copy(), origin[:at].copy()


@njit(cache=True, nogil=True)
def arc_of_half_tie(
    indptr: PointerArray,
    indices: IntArray,
    arc_indptr: PointerArray,
    arc_indices: IntArray,
) -> PointerArray:
    """Return the position of the arc that each half-tie stands for, -1 where it has none.

    Both rows are sorted, and each arc is one of the half-ties.
    """
    arcs = np.full(len(indices), -1, np.int64)
    for i in range(len(indptr) - 1):
        at = arc_indptr[i]
        for k in range(indptr[i], indptr[i + 1]):
            if at < arc_indptr[i + 1] and arc_indices[at] == indices[k]:
                arcs[k] = at
                at += 1
    return arcs
