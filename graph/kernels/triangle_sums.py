"""What the triangles at each node weigh together."""

from __future__ import annotations

import numpy as np
from numba import njit

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def triangle_sums(
    up_indptr: PointerArray,
    up_indices: IntArray,
    half: PointerArray,
    order: IntArray,
    weights: FloatArray,
) -> FloatArray:
    """Return, for each node, the sum over its triangles of the product of their three weights.

    The first four arrays are those of `triangles.upward`; ``weights`` are of the half-ties, both
    halves alike. With weights of 1 it is the number of triangles. Memory O(n).
    """
    n = len(order)
    sums = np.zeros(n)
    place = np.zeros(n, np.int64)
    for u in range(n):
        first, last = up_indptr[u], up_indptr[u + 1]
        if last - first < 2:
            continue
        for k in range(first, last):
            place[up_indices[k]] = k + 1
        for k in range(first, last):
            v = up_indices[k]
            for h in range(up_indptr[v], up_indptr[v + 1]):
                w = up_indices[h]
                if place[w]:
                    product = weights[half[k]] * weights[half[place[w] - 1]] * weights[half[h]]
                    sums[order[u]] += product
                    sums[order[v]] += product
                    sums[order[w]] += product
        for k in range(first, last):
            place[up_indices[k]] = 0
    return sums
