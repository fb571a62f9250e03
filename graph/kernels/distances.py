"""How far each node is from many others, added up while 64 searches run side by side."""

from __future__ import annotations

import numpy as np
from numba import njit

from graph.kernels.bits import n_bits

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]
_NONE = np.uint64(0)


@njit(cache=True, nogil=True)
def sums_of_distances(
    indptr: PointerArray, indices: IntArray, sources: IntArray
) -> tuple[PointerArray, PointerArray, FloatArray, IntArray]:
    """Return, for each node v, what its distances from the ``sources`` along the rows come to.

    The sources differ from one another; v itself is none of its own. Returned are the number of
    sources that lead to v, Σ d(s, v), Σ 1 / d(s, v) and the largest d(s, v) over these; 0 for none.
    Breadth first from 64 sources at once, a bit for each (Then et al. 2014, PVLDB 8:449). Time
    O(n + m) for each source at worst, memory O(n).
    """
    n = len(indptr) - 1
    n_sources, total = np.zeros(n, np.int64), np.zeros(n, np.int64)
    inverse, farthest = np.zeros(n), np.zeros(n, np.int32)
    seen, front, ahead = np.empty(n, np.uint64), np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    active, found = np.empty(n, np.int32), np.empty(n, np.int32)
    for first in range(0, len(sources), 64):
        seen[:] = _NONE
        n_active = min(64, len(sources) - first)
        for place in range(n_active):
            s = sources[first + place]
            seen[s] = front[s] = np.uint64(1) << np.uint64(place)
            active[place] = s
        distance = 0
        while n_active:
            distance += 1
            n_found = 0
            for place in range(n_active):
                v = active[place]
                bits = front[v]
                for k in range(indptr[v], indptr[v + 1]):
                    u = indices[k]
                    new = bits & ~seen[u]
                    if new:
                        if ahead[u] == _NONE:
                            found[n_found] = u
                            n_found += 1
                        ahead[u] |= new
            for place in range(n_found):
                u = found[place]
                n_new = n_bits(ahead[u])
                n_sources[u] += n_new
                total[u] += n_new * distance
                inverse[u] += n_new / distance
                farthest[u] = max(farthest[u], distance)
                seen[u] |= ahead[u]
                front[u] = ahead[u]
                ahead[u] = _NONE
            active, found = found, active
            n_active = n_found
    return n_sources, total, inverse, farthest
