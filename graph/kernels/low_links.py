"""Articulation points and bridges alone: less to keep than for what hangs on each of them."""

from __future__ import annotations

import numpy as np
from numba import njit

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]
BoolArray = np.ndarray[tuple[int], np.dtype[np.bool_]]


@njit(cache=True, nogil=True)
def low_links(indptr: PointerArray, indices: IntArray) -> tuple[BoolArray, IntArray, IntArray]:
    """Return (is_articulation, sources, targets) of symmetric rows without parallel entries.

    ``sources[i]``, ``targets[i]`` are the bridges, sources below targets, in no set order. Time and
    memory O(n + m) (Tarjan 1972, SIAM J. Comput. 1:146).
    """
    n = len(indptr) - 1
    is_cut = np.zeros(n, np.bool_)
    sources, targets = np.empty(n, np.int32), np.empty(n, np.int32)
    order = np.zeros(n, np.int32)
    path, low = np.empty(n, np.int32), np.empty(n, np.int32)
    at = np.empty(n, np.int64)
    n_seen, n_bridges = 0, 0
    for start in range(n):
        if order[start] or indptr[start] == indptr[start + 1]:
            continue
        depth, n_branches = 0, 0
        n_seen += 1
        path[0], order[start], low[0], at[0] = start, n_seen, n_seen, indptr[start]
        v, above, k, end = np.int32(start), np.int32(-1), indptr[start], indptr[start + 1]
        lowest = n_seen
        while True:
            descends = False
            while k < end:
                u = indices[k]
                k += 1
                seen = order[u]
                if seen == 0:
                    descends = True
                    break
                if seen < lowest and u != above:
                    lowest = seen
            if descends:
                if indptr[u + 1] - indptr[u] == 1:
                    # Only v is tied to u: nothing to search behind it.
                    n_seen += 1
                    order[u] = n_seen
                    sources[n_bridges], targets[n_bridges] = min(u, v), max(u, v)
                    n_bridges += 1
                    if depth == 0:
                        n_branches += 1
                    else:
                        is_cut[v] = True
                    continue
                low[depth], at[depth] = lowest, k
                depth += 1
                n_seen += 1
                path[depth], order[u], lowest = u, n_seen, n_seen
                above, v, k, end = v, u, indptr[u], indptr[u + 1]
                continue
            if depth == 0:
                break
            depth -= 1
            u, lowest_of_u = v, lowest
            v, lowest, k = path[depth], low[depth], at[depth]
            end = indptr[v + 1]
            above = path[depth - 1] if depth else np.int32(-1)
            if lowest_of_u > order[v]:
                sources[n_bridges], targets[n_bridges] = min(u, v), max(u, v)
                n_bridges += 1
            if depth == 0:
                n_branches += 1
            elif lowest_of_u >= order[v]:
                is_cut[v] = True
            lowest = min(lowest, lowest_of_u)
        is_cut[start] = n_branches > 1
    return is_cut, sources[:n_bridges].copy(), targets[:n_bridges].copy()
