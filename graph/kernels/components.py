"""Which nodes hold together: weak and strong components."""

from __future__ import annotations

import numpy as np
from numba import njit

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

    One depth-first search (Tarjan 1972, SIAM J. Comput. 1:146), its path kept in an array. Time
    and memory O(n + m).
    """
    n = len(indptr) - 1
    following = indptr[:-1].copy()
    order = np.zeros(n, np.int32)
    low = np.empty(n, np.int32)
    found = np.full(n, -1, np.int32)
    path = np.empty(n, np.int32)
    waiting = np.empty(n, np.int32)
    n_seen, n_waiting, n_found = 0, 0, 0
    for start in range(n):
        if order[start] > 0:
            continue
        depth = 0
        path[0] = start
        n_seen += 1
        order[start] = low[start] = n_seen
        waiting[n_waiting] = start
        n_waiting += 1
        while depth >= 0:
            v = path[depth]
            if following[v] < indptr[v + 1]:
                u = indices[following[v]]
                following[v] += 1
                if order[u] == 0:
                    depth += 1
                    path[depth] = u
                    n_seen += 1
                    order[u] = low[u] = n_seen
                    waiting[n_waiting] = u
                    n_waiting += 1
                elif found[u] < 0:
                    low[v] = min(low[v], order[u])
                continue
            if low[v] == order[v]:
                while found[v] < 0:
                    n_waiting -= 1
                    found[waiting[n_waiting]] = n_found
                n_found += 1
            depth -= 1
            if depth >= 0:
                low[path[depth]] = min(low[path[depth]], low[v])
    number = np.full(n_found, -1, np.int32)
    n_numbered = 0
    for i in range(n):
        if number[found[i]] < 0:
            number[found[i]] = n_numbered
            n_numbered += 1
        found[i] = number[found[i]]
    return found
