"""Core numbers: how far the network can be pared down around a node."""

from __future__ import annotations

import numpy as np
from numba import njit

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def core_numbers(
    indptr: PointerArray,
    indices: IntArray,
    in_indptr: PointerArray,
    in_indices: IntArray,
    is_directed: bool,
) -> IntArray:
    """Return the core number of each node; where directed, of the degrees in and out together.

    Nodes are kept sorted by what is left of their degree, in one array with a mark where each
    degree begins (Batagelj & Zaversnik 2003, arXiv:cs/0310049). Time O(n + m), memory O(n).
    """
    n = len(indptr) - 1
    degree = np.empty(n, np.int32)
    top = 0
    for i in range(n):
        degree[i] = indptr[i + 1] - indptr[i]
        if is_directed:
            degree[i] += in_indptr[i + 1] - in_indptr[i]
        top = max(top, degree[i])
    begins = np.zeros(top + 2, np.int32)
    for i in range(n):
        begins[degree[i] + 1] += 1
    for d in range(top + 1):
        begins[d + 1] += begins[d]
    place = np.empty(n, np.int32)
    at = np.empty(n, np.int32)
    for i in range(n):
        place[i] = begins[degree[i]]
        at[place[i]] = i
        begins[degree[i]] += 1
    for d in range(top, -1, -1):
        begins[d + 1] = begins[d]
    begins[0] = 0
    for k in range(n):
        v = at[k]
        for side in range(2 if is_directed else 1):
            row = indices if side == 0 else in_indices
            first = indptr[v] if side == 0 else in_indptr[v]
            last = indptr[v + 1] if side == 0 else in_indptr[v + 1]
            for half in range(first, last):
                u = row[half]
                d = degree[u]
                if d > degree[v]:
                    # Change places with the first of its degree, which then begins one later.
                    other = at[begins[d]]
                    at[place[u]] = other
                    place[other] = place[u]
                    at[begins[d]] = u
                    place[u] = begins[d]
                    begins[d] += 1
                    degree[u] = d - 1
    return degree
