"""Biconnected blocks, and how much of the network hangs on each of their nodes."""

from __future__ import annotations

import numpy as np
from numba import njit

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def blocks(
    indptr: PointerArray, indices: IntArray, reverse: PointerArray
) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Split symmetric rows into biconnected blocks by one depth-first search from each component.

    Every tie lies in one block; two blocks share at most one node, an articulation point; a block
    of one tie is a bridge.

    Returns
    -------
    block_of : the block of each half-tie.
    top : the node of each block that the search came from; every other node of a block is below.
    below : how many nodes hang on the top through the block (the block's own but the top, and all
        beyond them). A node v of a block, not its top, leads to 1 + Σ ``below`` of the blocks whose
        top is v; the top leads to all others of its component.
    root : the first node of each node's component.
    size : the number of nodes of the component, under its root; 0 elsewhere.

    Time and memory O(n + m) (Hopcroft & Tarjan 1973, Commun. ACM 16:372).
    """
    n = len(indptr) - 1
    block_of = np.full(len(indices), -1, np.int32)
    top = np.empty(n, np.int32)
    below = np.empty(n, np.int32)
    root = np.full(n, -1, np.int32)
    size = np.zeros(n, np.int32)
    order = np.full(n, -1, np.int32)
    low = np.empty(n, np.int32)
    came_by = np.empty(n, np.int64)
    following = indptr[:-1].copy()
    first_seen = np.empty(n, np.int32)
    path = np.empty(n, np.int32)
    open_ties = np.empty(len(indices) // 2, np.int64)
    n_blocks, n_seen = 0, 0
    for start in range(n):
        if order[start] >= 0:
            continue
        n_before = n_seen
        depth, n_open = 0, 0
        path[0] = start
        order[start] = low[start] = n_seen
        root[start] = start
        came_by[start] = -1
        n_seen += 1
        while depth >= 0:
            v = path[depth]
            if following[v] < indptr[v + 1]:
                k = following[v]
                following[v] += 1
                u = indices[k]
                if order[u] < 0:
                    open_ties[n_open] = k
                    n_open += 1
                    order[u] = low[u] = n_seen
                    first_seen[u] = n_seen
                    n_seen += 1
                    root[u] = start
                    came_by[u] = k
                    depth += 1
                    path[depth] = u
                elif order[u] < order[v] and k != reverse[came_by[v]]:
                    open_ties[n_open] = k
                    n_open += 1
                    low[v] = min(low[v], order[u])
                continue
            depth -= 1
            if depth < 0:
                break
            p = path[depth]
            low[p] = min(low[p], low[v])
            if low[v] >= order[p]:
                while True:
                    n_open -= 1
                    k = open_ties[n_open]
                    block_of[k] = block_of[reverse[k]] = n_blocks
                    if k == came_by[v]:
                        break
                top[n_blocks] = p
                below[n_blocks] = n_seen - first_seen[v]
                n_blocks += 1
        size[start] = n_seen - n_before
    return block_of, top[:n_blocks].copy(), below[:n_blocks].copy(), root, size
