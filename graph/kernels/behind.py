"""How many nodes lie behind each node of a block: what it leads to outside that block."""

from __future__ import annotations

import numpy as np
from numba import njit

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
BitArray = np.ndarray[tuple[int], np.dtype[np.uint64]]
FlagArray = np.ndarray[tuple[int], np.dtype[np.bool_]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]
_N_BITS = 64


@njit(cache=True, nogil=True)
def reach_behind(
    n: int,
    start: PointerArray,
    node: IntArray,
    top: IntArray,
    indptr: PointerArray,
    indices: IntArray,
) -> tuple[FloatArray, FloatArray]:
    """Count what each member of each block of a directed network leads to along the arcs.

    Parameters
    ----------
    n : number of nodes.
    start, node, top : bounds, members and top of every block, bridges too, in the order of `blocks`
        (a block comes after those that hang on it).
    indptr, indices : arcs from member to member of the same block.

    Returns
    -------
    behind : for each member, how many nodes it leads to other than through its block, itself one.
    through : for each member that lies in several blocks, how many it leads to through this one;
        0 for others.

    One search for each block and one for each 64 articulation points in it: time
    O(n + m + Σ articulation points · ties / 64) over the blocks, memory O(n + m).
    """
    n_members = len(node)
    behind = np.ones(n_members)
    through = np.zeros(n_members)
    own = np.ones(n)
    is_cut = np.zeros(n, np.bool_)
    bits = np.zeros(n_members, np.uint64)
    queue = np.empty(n_members + 1, np.int32)
    is_queued = np.zeros(n_members, np.bool_)
    seeds = np.empty(_N_BITS, np.int32)
    sums = np.empty(_N_BITS)
    n_blocks = len(start) - 1
    top_member = np.empty(n_blocks, np.int32)
    for b in range(n_blocks):
        begin, end = start[b], start[b + 1]
        is_cut[top[b]] = True
        for i in range(begin, end):
            behind[i] = own[node[i]]
            if node[i] == top[b]:
                top_member[b] = i
        seeds[0] = top_member[b]
        _reach(indptr, indices, begin, end, seeds, 1, behind, sums, queue, is_queued, bits)
        through[top_member[b]] = sums[0]
        own[top[b]] += sums[0]
    for b in range(n_blocks - 1, -1, -1):
        begin, end = start[b], start[b + 1]
        # All branches of the top are known by now, the one towards the root from its own block.
        behind[top_member[b]] = own[top[b]] - through[top_member[b]]
        n_seeds = 0
        for i in range(begin, end):
            if is_cut[node[i]] and i != top_member[b]:
                seeds[n_seeds] = i
                n_seeds += 1
            if n_seeds == _N_BITS or (n_seeds and i == end - 1):
                _reach(
                    indptr,
                    indices,
                    begin,
                    end,
                    seeds,
                    n_seeds,
                    behind,
                    sums,
                    queue,
                    is_queued,
                    bits,
                )
                for q in range(n_seeds):
                    through[seeds[q]] = sums[q]
                    own[node[seeds[q]]] += sums[q]
                n_seeds = 0
    return behind, through


@njit(cache=True, nogil=True)
def _reach(
    indptr: PointerArray,
    indices: IntArray,
    begin: int,
    end: int,
    seeds: IntArray,
    n_seeds: int,
    behind: FloatArray,
    sums: FloatArray,
    queue: IntArray,
    is_queued: FlagArray,
    bits: BitArray,
) -> None:
    """Add up ``behind`` over what each seed leads to among begin … end-1, itself left out."""
    size = len(queue)
    head, tail = 0, 0
    for q in range(n_seeds):
        bits[seeds[q]] = np.uint64(1) << np.uint64(q)
        is_queued[seeds[q]] = True
        queue[tail] = seeds[q]
        tail += 1
        sums[q] = -behind[seeds[q]]
    while head != tail:
        v = queue[head]
        head = head + 1 if head + 1 < size else 0
        is_queued[v] = False
        for k in range(indptr[v], indptr[v + 1]):
            u = indices[k]
            if bits[v] & ~bits[u]:
                bits[u] |= bits[v]
                if not is_queued[u]:
                    is_queued[u] = True
                    queue[tail] = u
                    tail = tail + 1 if tail + 1 < size else 0
    for i in range(begin, end):
        for q in range(n_seeds):
            if bits[i] >> np.uint64(q) & np.uint64(1):
                sums[q] += behind[i]
        bits[i] = 0
