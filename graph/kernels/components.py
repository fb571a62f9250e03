"""Which nodes hold together: weak and strong components."""

from __future__ import annotations

import numpy as np
from numba import njit

from graph.kernels.depth_first import strong_components_in_order

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def weak_components(indptr: PointerArray, indices: IntArray) -> IntArray:
    """Return the component of each node, directions aside, numbered in order of first node.

    Union-find, the larger root always under the smaller, so that a root is the first node of its
    component and every node points to a smaller one. Time O((n + m) log n), near O(n + m) in
    practice; memory O(n).
    """
    n = len(indptr) - 1
    parent = np.arange(n).astype(np.int32)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            a, b = np.int32(i), indices[k]
            while parent[a] != a:
                parent[a] = parent[parent[a]]
                a = parent[a]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a < b:
                parent[b] = a
            elif b < a:
                parent[a] = b
    n_found = 0
    for i in range(n):
        if parent[i] == i:
            parent[i] = n_found
            n_found += 1
        else:
            # What it points to is smaller, so that its number is there already.
            parent[i] = parent[parent[i]]
    return parent


@njit(cache=True, nogil=True)
def strong_components(indptr: PointerArray, indices: IntArray) -> IntArray:
    """Return the strong component of each node, numbered in order of first node.

    Time and memory O(n + m).
    """
    n = len(indptr) - 1
    found = strong_components_in_order(indptr, indices)
    number = np.full(n, -1, np.int32)
    n_numbered = 0
    for i in range(n):
        if number[found[i]] < 0:
            number[found[i]] = n_numbered
            n_numbered += 1
        found[i] = number[found[i]]
    return found
