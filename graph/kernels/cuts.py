"""What falls off when one node or one tie goes, from the blocks of `graph.kernels.blocks`."""

from __future__ import annotations

import numpy as np
from numba import njit

IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def node_cuts(
    top: IntArray, below: IntArray, root: IntArray, size: IntArray
) -> tuple[IntArray, IntArray, PointerArray]:
    """Return, for each node, what the rest of its component becomes without it.

    A node and each of its blocks make one part: the ``below`` of a block whose top it is, and all
    else for the block it hangs from. Takes what `graph.kernels.blocks.blocks` returns.

    Returns
    -------
    n_parts : how many parts are left; 0 for an isolate.
    n_cut_off : how many nodes are in all parts but the largest.
    n_pairs_cut : how many pairs of other nodes are then in two different parts.

    Time and memory O(n).
    """
    n = len(root)
    n_parts = np.zeros(n, np.int32)
    seen = np.zeros(n, np.int64)
    largest = np.zeros(n, np.int64)
    n_pairs_cut = np.zeros(n, np.int64)
    for b in range(len(top)):
        v = top[b]
        n_parts[v] += 1
        n_pairs_cut[v] += seen[v] * below[b]
        seen[v] += below[b]
        largest[v] = max(largest[v], below[b])
    n_cut_off = np.empty(n, np.int32)
    for v in range(n):
        others = size[root[v]] - 1
        rest = others - seen[v]
        if rest > 0:
            n_parts[v] += 1
            n_pairs_cut[v] += seen[v] * rest
            largest[v] = max(largest[v], rest)
        n_cut_off[v] = others - largest[v]
    return n_parts, n_cut_off, n_pairs_cut


@njit(cache=True, nogil=True)
def bridges(
    indptr: PointerArray,
    indices: IntArray,
    block_of: IntArray,
    top: IntArray,
    below: IntArray,
    root: IntArray,
    size: IntArray,
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return (sources, targets, nodes on the source's side, on the target's) of each bridge.

    A bridge is a tie that is a block by itself. Sources are below targets; in order. Time O(n + m).
    """
    n = len(indptr) - 1
    n_ties = np.zeros(len(top), np.int32)
    for k in range(len(indices)):
        n_ties[block_of[k]] += 1
    n_found = 0
    for b in range(len(top)):
        n_found += n_ties[b] == 2
    sources, targets = np.empty(n_found, np.int32), np.empty(n_found, np.int32)
    near, far = np.empty(n_found, np.int32), np.empty(n_found, np.int32)
    f = 0
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            b = block_of[k]
            if indices[k] > i and n_ties[b] == 2:
                sources[f], targets[f] = i, indices[k]
                near[f] = below[b] if top[b] != i else size[root[i]] - below[b]
                far[f] = size[root[i]] - near[f]
                f += 1
    return sources, targets, near, far


@njit(cache=True, nogil=True)
def parts_without(
    indptr: PointerArray, indices: IntArray, node: int
) -> tuple[IntArray, PointerArray]:
    """Return what the rest of a node's component is without it: (nodes, where each part begins).

    Part p is ``nodes[begins[p]:begins[p + 1]]``. Breadth first from each neighbour that is not yet
    reached. Time O(n + the ties of the component), memory O(n).
    """
    n = len(indptr) - 1
    is_seen = np.zeros(n, np.bool_)
    is_seen[node] = True
    nodes = np.empty(n, np.int32)
    begins = np.zeros(indptr[node + 1] - indptr[node] + 1, np.int64)
    n_parts, n_found, n_done = 0, 0, 0
    for k in range(indptr[node], indptr[node + 1]):
        if is_seen[indices[k]]:
            continue
        is_seen[indices[k]] = True
        nodes[n_found] = indices[k]
        n_found += 1
        while n_done < n_found:
            v = nodes[n_done]
            n_done += 1
            for half in range(indptr[v], indptr[v + 1]):
                u = indices[half]
                if not is_seen[u]:
                    is_seen[u] = True
                    nodes[n_found] = u
                    n_found += 1
        n_parts += 1
        begins[n_parts] = n_found
    return nodes[:n_found], begins[: n_parts + 1]
