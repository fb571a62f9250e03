"""How many nodes each node can reach."""

from __future__ import annotations

import numpy as np
from numba import njit

CountArray = np.ndarray[tuple[int], np.dtype[np.int64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def reached(
    indptr: PointerArray, indices: IntArray, sizes: CountArray, start: int, stop: int
) -> CountArray:
    """Return the summed ``sizes`` of what each node from ``start`` to ``stop`` - 1 reaches.

    A node reaches itself. One search for each, in time O(what it reaches); memory O(n).
    """
    n = len(indptr) - 1
    found = np.zeros(stop - start, np.int64)
    seen = np.full(n, -1, np.int32)
    waiting = np.empty(n, np.int32)
    for s in range(start, stop):
        waiting[0] = s
        seen[s] = s
        n_waiting = 1
        while n_waiting > 0:
            n_waiting -= 1
            u = waiting[n_waiting]
            found[s - start] += sizes[u]
            for k in range(indptr[u], indptr[u + 1]):
                v = indices[k]
                if seen[v] != s:
                    seen[v] = s
                    waiting[n_waiting] = v
                    n_waiting += 1
    return found
