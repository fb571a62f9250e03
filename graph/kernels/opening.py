"""Which of a node's partners are near others: tied to them, or with a partner in common."""

from __future__ import annotations

import numpy as np
from numba import njit

CountTable = np.ndarray[tuple[int, int], np.dtype[np.int32]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def near_partners(
    indptr: PointerArray,
    indices: IntArray,
    node: int,
    partners: IntArray,
    groups: IntArray,
    n_groups: int,
    candidates: IntArray,
) -> tuple[CountTable, CountTable]:
    """Count, for each candidate and group, the partners that are near it without ``node``.

    Returned are (tied, near) of one row for each candidate and one column for each group, the last
    for no group: how many partners are tied to the candidate, and how many are tied to it or have
    another partner in common with it. ``node`` is -1 where it is none of the network. Time
    O(Σ_p Σ_q k_q) over partners p and their partners q with k_q partners; memory O(n).
    """
    n = len(indptr) - 1
    place = np.full(n, -1, np.int32)
    for c in range(len(candidates)):
        place[candidates[c]] = c
    tied = np.zeros((len(candidates), n_groups + 1), np.int32)
    near = np.zeros((len(candidates), n_groups + 1), np.int32)
    mark = np.full(n, -1, np.int32)
    for a in range(len(partners)):
        p = partners[a]
        group = groups[p] if groups[p] >= 0 else n_groups
        mark[p] = a
        for k in range(indptr[p], indptr[p + 1]):
            y = indices[k]
            mark[y] = a
            if y != node and place[y] >= 0:
                tied[place[y], group] += 1
                near[place[y], group] += 1
        for k in range(indptr[p], indptr[p + 1]):
            q = indices[k]
            if q == node:
                continue
            for j in range(indptr[q], indptr[q + 1]):
                y = indices[j]
                if mark[y] != a:
                    mark[y] = a
                    if place[y] >= 0:
                        near[place[y], group] += 1
    return tied, near
