"""What every walk over triangles starts from: each tie once, in the row of its lower end.

Nodes are *ranked* by degree, those of equal degree in order. A triangle has one lowest node, whose
upward row holds the other two; no upward row is longer than √(2m), so that a hub with many leaves
has a short one. Marking the upward row of u and reading those of the nodes in it finds each
triangle once, in O(Σ over ties of the upper end's upward degree), at most O(m·√m). Rows and their
entries are ranks, which keeps the nodes that are read most side by side in memory.
"""

from __future__ import annotations

import numpy as np
from numba import njit

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def upward(
    indptr: PointerArray, indices: IntArray
) -> tuple[PointerArray, IntArray, PointerArray, IntArray]:
    """Return (up_indptr, up_indices, half, order): the upward rows of symmetric rows.

    Row r is of the node ``order[r]`` and holds the ranks of its partners above r, unsorted;
    ``half`` is the position in ``indices`` that each entry was taken from. Time O(n + m).
    """
    n = len(indptr) - 1
    largest = 0
    for u in range(n):
        largest = max(largest, indptr[u + 1] - indptr[u])
    start = np.zeros(largest + 2, np.int64)
    for u in range(n):
        start[indptr[u + 1] - indptr[u] + 1] += 1
    for degree in range(largest + 1):
        start[degree + 1] += start[degree]
    rank, order = np.empty(n, np.int32), np.empty(n, np.int32)
    for u in range(n):
        degree = indptr[u + 1] - indptr[u]
        rank[u] = start[degree]
        order[start[degree]] = u
        start[degree] += 1
    up_indptr = np.zeros(n + 1, np.int64)
    up_indices = np.empty(len(indices) // 2, np.int32)
    half = np.empty(len(indices) // 2, np.int64)
    place = 0
    for r in range(n):
        u = order[r]
        for k in range(indptr[u], indptr[u + 1]):
            other = rank[indices[k]]
            if other > r:
                up_indices[place] = other
                half[place] = k
                place += 1
        up_indptr[r + 1] = place
    return up_indptr, up_indices, half, order
