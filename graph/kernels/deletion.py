"""How much closeness is lost when a tie is deleted, for every tie at once."""

from __future__ import annotations

import numpy as np
from numba import njit

CountArray = np.ndarray[tuple[int], np.dtype[np.int64]]
FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
MarkArray = np.ndarray[tuple[int], np.dtype[np.bool_]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def losses(
    indptr: PointerArray,
    indices: IntArray,
    is_bridge: MarkArray,
    n_leaves: CountArray,
    start: int,
    stop: int,
) -> tuple[FloatArray, FloatArray]:
    """Return what deleting each tie takes from Σ_t 1/d(s, t), summed over s from start to stop - 1.

    The rows are those of the network without its leaves, n_leaves[i] of which hung on node i and
    are sources and targets beside it. The first array has the loss for each half-tie u → v, for the
    sources that reach v over u; the two halves of a tie add up to its loss. The second has, for
    each node, what deleting the tie of *one* of its leaves takes, counted from both ends.

    A tie matters to the source s only if its far end v has no other neighbour as near to s; what
    moves away are then the nodes that v dominates in the network of shortest paths from s, which
    are a subtree of its tree of dominators. If the tie is a bridge they are cut off; else their
    new distances follow from the neighbours of the subtree. Time for each source O(n + Σ_v Σ of the
    degrees in v's subtree), memory O(n + m).
    """
    n = len(indptr) - 1
    loss, leaf_loss = np.zeros(len(indices)), np.zeros(n)
    inverse = np.zeros(n + 4)
    for d in range(1, n + 4):
        inverse[d] = 1.0 / d
    queue, distance = np.empty(n, np.int32), np.full(n, -1, np.int32)
    n_before, entry = np.zeros(n, np.int32), np.empty(n, np.int64)
    dominator, depth = np.empty(n, np.int32), np.empty(n, np.int32)
    size, gain = np.empty(n, np.int32), np.empty(n, np.float64)
    begin, free, at = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    moved, far = np.empty(n, np.int32), np.empty(n, np.int32)
    first_at = np.full(n + 2, -1, np.int64)
    following = np.empty(n + len(indices), np.int64)
    waiting = np.empty(n + len(indices), np.int32)
    for s in range(start, stop):
        here = float(n_leaves[s])
        queue[0] = s
        distance[s] = 0
        dominator[s] = s
        n_found = 1
        for place in range(n):
            if place == n_found:
                break
            u = queue[place]
            depth[u] = 0 if u == s else depth[dominator[u]] + 1
            for k in range(indptr[u], indptr[u + 1]):
                v = indices[k]
                if distance[v] < 0:
                    distance[v] = distance[u] + 1
                    n_before[v] = 1
                    entry[v] = k
                    dominator[v] = u
                    queue[n_found] = v
                    n_found += 1
                elif distance[v] == distance[u] + 1:
                    n_before[v] += 1
                    a, b = dominator[v], u
                    while a != b:
                        if depth[a] >= depth[b]:
                            a = dominator[a]
                        else:
                            b = dominator[b]
                    dominator[v] = a
        for place in range(n_found):
            v = queue[place]
            d = distance[v]
            size[v] = 1
            gain[v] = 0.0
            if v != s:
                there = float(n_leaves[v])
                gain[v] = (
                    inverse[d] + (here + there) * inverse[d + 1] + here * there * inverse[d + 2]
                )
                leaf_loss[s] += inverse[d + 1] + there * inverse[d + 2]
        leaf_loss[s] = 2.0 * (leaf_loss[s] + 1.0 + (here - 1.0) / 2.0)
        for place in range(n_found - 1, 0, -1):
            v = queue[place]
            size[dominator[v]] += size[v]
            gain[dominator[v]] += gain[v]
        begin[s] = 0
        free[s] = 1
        at[0] = s
        for place in range(1, n_found):
            v = queue[place]
            above = dominator[v]
            begin[v] = free[above]
            free[above] += size[v]
            free[v] = begin[v] + 1
            at[begin[v]] = v
        for place in range(1, n_found):
            v = queue[place]
            if n_before[v] > 1:
                continue
            k = entry[v]
            if is_bridge[k]:
                loss[k] += gain[v]
                continue
            low, high = begin[v], begin[v] + size[v]
            left = 0.0
            n_far = 0
            for slot in range(low, high):
                t = at[slot]
                moved[t] = n
                for h in range(indptr[t], indptr[t + 1]):
                    x = indices[h]
                    # No neighbour outside the subtree is nearer than t, but for the one over which
                    # v was reached: the other end of the tie.
                    if distance[x] >= distance[t] and (begin[x] < low or begin[x] >= high):
                        moved[t] = min(moved[t], distance[x] + 1)
                        if distance[x] == distance[t]:
                            break
                if moved[t] == distance[t] + 1:
                    there = float(n_leaves[t])
                    d = moved[t]
                    left += (
                        inverse[d] + (here + there) * inverse[d + 1] + here * there * inverse[d + 2]
                    )
                else:
                    far[n_far] = t
                    n_far += 1
            # The others wait until those nearer by are settled, from which they may be reached.
            n_waiting = 0
            nearest, furthest = n, 0
            for f in range(n_far):
                t = far[f]
                for h in range(indptr[t], indptr[t + 1]):
                    x = indices[h]
                    if low <= begin[x] < high and moved[x] == distance[x] + 1:
                        moved[t] = min(moved[t], moved[x] + 1)
                if moved[t] < n:
                    nearest, furthest = min(nearest, moved[t]), max(furthest, moved[t])
                    waiting[n_waiting] = t
                    following[n_waiting] = first_at[moved[t]]
                    first_at[moved[t]] = n_waiting
                    n_waiting += 1
            d = nearest
            while n_far > 0:
                while first_at[d] >= 0:
                    turn = first_at[d]
                    first_at[d] = following[turn]
                    t = waiting[turn]
                    if moved[t] != d:
                        continue
                    n_far -= 1
                    there = float(n_leaves[t])
                    left += (
                        inverse[d] + (here + there) * inverse[d + 1] + here * there * inverse[d + 2]
                    )
                    for h in range(indptr[t], indptr[t + 1]):
                        x = indices[h]
                        if low <= begin[x] < high and moved[x] > d + 1:
                            moved[x] = d + 1
                            waiting[n_waiting] = x
                            following[n_waiting] = first_at[d + 1]
                            first_at[d + 1] = n_waiting
                            n_waiting += 1
                            furthest = max(furthest, d + 1)
                d += 1
            # What still waits at a larger distance than it has been moved to.
            first_at[d : furthest + 1] = -1
            loss[k] += gain[v] - left
        for place in range(n_found):
            distance[queue[place]] = -1
    return loss, leaf_loss
