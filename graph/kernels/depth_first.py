"""Depth-first searches that give what they find in the order in which they finish it.

They take rows in any order, with self-ties or without, and go along them as they stand: who walks
the same rows in the same way gets the same components in the same order.
"""

from __future__ import annotations

import numpy as np
from numba import njit

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def blocks_in_order(
    indptr: PointerArray, indices: IntArray
) -> tuple[IntArray, IntArray, PointerArray, IntArray]:
    """Return (sources, targets, begins, cuts) of the biconnected blocks of symmetric rows.

    Tie i of block b is ``sources[i]``, ``targets[i]`` for i from ``begins[b]``, as the search came
    across it. A self-tie is in the block over which its node was reached, that of a first node in
    none. ``cuts`` are the articulation points, each once: a node as soon as what hangs on it is
    finished, the first node of a component after all others. Time and memory O(n + m) (Hopcroft &
    Tarjan 1973, Commun. ACM 16:372).
    """
    n = len(indptr) - 1
    order, low = np.full(n, -1, np.int32), np.empty(n, np.int32)
    following = indptr[:-1].copy()
    path = np.empty(n, np.int32)
    entered = np.empty(n, np.int64)
    open_sources, open_targets = np.empty(len(indices), np.int32), np.empty(len(indices), np.int32)
    sources, targets = np.empty(len(indices), np.int32), np.empty(len(indices), np.int32)
    begins = np.zeros(n + 1, np.int64)
    cuts = np.empty(n, np.int32)
    is_cut = np.zeros(n, np.bool_)
    n_seen, n_ties, n_blocks, n_cuts = 0, 0, 0, 0
    for start in range(n):
        if order[start] >= 0:
            continue
        depth, n_open, n_branches = 0, 0, 0
        path[0] = start
        order[start] = low[start] = n_seen
        n_seen += 1
        while depth >= 0:
            v = path[depth]
            above = path[max(depth - 1, 0)]
            if following[v] < indptr[v + 1]:
                u = indices[following[v]]
                following[v] += 1
                if u == above or order[u] > order[v]:
                    continue
                open_sources[n_open], open_targets[n_open] = v, u
                if order[u] < 0:
                    entered[u] = n_open
                    order[u] = low[u] = n_seen
                    n_seen += 1
                    depth += 1
                    path[depth] = u
                else:
                    low[v] = min(low[v], order[u])
                n_open += 1
                continue
            depth -= 1
            if depth < 0:
                break
            if low[v] >= order[above]:
                for place in range(entered[v], n_open):
                    sources[n_ties] = open_sources[place]
                    targets[n_ties] = open_targets[place]
                    n_ties += 1
                n_open = entered[v]
                n_blocks += 1
                begins[n_blocks] = n_ties
                if depth == 0:
                    n_branches += 1
                elif not is_cut[above]:
                    is_cut[above] = True
                    cuts[n_cuts] = above
                    n_cuts += 1
            low[above] = min(low[above], low[v])
        if n_branches > 1:
            cuts[n_cuts] = start
            n_cuts += 1
    return (
        sources[:n_ties].copy(),
        targets[:n_ties].copy(),
        begins[: n_blocks + 1].copy(),
        cuts[:n_cuts].copy(),
    )


@njit(cache=True, nogil=True)
def strong_components_in_order(indptr: PointerArray, indices: IntArray) -> IntArray:
    """Return the strong component of each node, numbered in the order in which they are finished.

    No arc leads from a component to one with a larger number. Time and memory O(n + m) (Tarjan
    1972, SIAM J. Comput. 1:146).
    """
    n = len(indptr) - 1
    following = indptr[:-1].copy()
    order, low = np.full(n, -1, np.int32), np.empty(n, np.int32)
    found = np.full(n, -1, np.int32)
    path, waiting = np.empty(n, np.int32), np.empty(n, np.int32)
    n_seen, n_waiting, n_found = 0, 0, 0
    for start in range(n):
        if order[start] >= 0:
            continue
        depth = 0
        path[0] = waiting[n_waiting] = start
        order[start] = low[start] = n_seen
        n_seen += 1
        n_waiting += 1
        while depth >= 0:
            v = path[depth]
            if following[v] < indptr[v + 1]:
                u = indices[following[v]]
                following[v] += 1
                if order[u] < 0:
                    order[u] = low[u] = n_seen
                    n_seen += 1
                    depth += 1
                    path[depth] = waiting[n_waiting] = u
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
    return found
