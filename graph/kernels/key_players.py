"""What a set of nodes holds together, and what it reaches."""

from __future__ import annotations

import numpy as np
from numba import njit

from graph.kernels.bits import n_bits

BoolArray = np.ndarray[tuple[int], np.dtype[np.bool_]]
FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
IntMatrix = np.ndarray[tuple[int, int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]
BitArray = np.ndarray[tuple[int], np.dtype[np.uint64]]
_NONE = np.uint64(0)


@njit(cache=True, nogil=True)
def rows_without(
    indptr: PointerArray, indices: IntArray, is_removed: BoolArray
) -> tuple[PointerArray, IntArray]:
    """Return the rows with all ties of the removed nodes left out. Time O(n + m)."""
    n = len(indptr) - 1
    new_indptr = np.zeros(n + 1, np.int64)
    new_indices = np.empty(len(indices), np.int32)
    n_halves = 0
    for i in range(n):
        if not is_removed[i]:
            for k in range(indptr[i], indptr[i + 1]):
                if not is_removed[indices[k]]:
                    new_indices[n_halves] = indices[k]
                    n_halves += 1
        new_indptr[i + 1] = n_halves
    return new_indptr, new_indices[:n_halves].copy()


@njit(cache=True, nogil=True)
def distance_counts(indptr: PointerArray, indices: IntArray, sources: IntArray) -> PointerArray:
    """Return how many nodes are 1, 2 … steps away, summed over the sources.

    Breadth first from 64 sources at once, a bit for each (Then et al. 2014, PVLDB 8:449). Time
    O(n + m) for each source at worst, memory O(n).
    """
    n = len(indptr) - 1
    counts = np.zeros(max(n, 1), np.int64)
    seen, front, ahead = np.zeros(n, np.uint64), np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    seen_in = np.full(n, -1, np.int32)
    active, found = np.empty(n, np.int32), np.empty(n, np.int32)
    for first in range(0, len(sources), 64):
        n_active = _begin(sources, first, seen, seen_in, front, active)
        level = 0
        while n_active > 0:
            level += 1
            n_active = _advance(
                indptr, indices, first, seen, seen_in, front, ahead, active, n_active, found
            )
            for k in range(n_active):
                counts[level] += n_bits(front[active[k]])
    return counts


@njit(cache=True, nogil=True)
def leaf_hosts(indptr: PointerArray, indices: IntArray, is_removed: BoolArray) -> IntArray:
    """Return the only neighbour of each node that has one and is not its only one; else -1.

    Removed nodes are neither. Time O(n + m).
    """
    n = len(indptr) - 1
    degree = np.zeros(n, np.int32)
    host = np.full(n, -1, np.int32)
    for i in range(n):
        if not is_removed[i]:
            for k in range(indptr[i], indptr[i + 1]):
                if not is_removed[indices[k]]:
                    degree[i] += 1
                    host[i] = indices[k]
    for i in range(n):
        if degree[i] > 1:
            host[i] = -1
    for i in range(n):
        if host[i] >= 0 and degree[host[i]] == 1:
            host[i] = host[host[i]] = -1
    return host


@njit(cache=True, nogil=True)
def loss_bounds(
    indptr: PointerArray,
    indices: IntArray,
    hosts: IntArray,
    n_own: IntArray,
    n_sources: IntArray,
    n_leaves: IntArray,
) -> FloatArray:
    """Return, for each node, no less than what Σ 1 / d(s, j) over the sources loses without it.

    The rows are without leaves. ``hosts`` are the nodes to search from; of each node, ``n_own`` is
    1 if it is a source, ``n_sources`` how many of its leaves are, and ``n_leaves`` how many it has.
    A leaf is one step farther than its host from all others, and leads nowhere else.

    Lost are the terms of the node itself and of its leaves. Another term 1 / d(s, j) can only
    become smaller if all shortest paths from s to j run through the node, that is, if it dominates
    j in the search from s: then it counts as lost altogether. Dominators by Cooper, Harvey &
    Kennedy 2001, along the layers of a breadth-first search. Time O(n + m) for each host, somewhat
    more where the dominators are deep; memory O(n).
    """
    n = len(indptr) - 1
    bounds = np.zeros(n)
    place = np.empty(n, np.int32)
    distance = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    above = np.empty(n, np.int32)
    beyond = np.zeros(n)
    for s in hosts:
        distance[s], place[s], above[s] = 0, 0, s
        queue[0] = s
        done, n_found = 0, 1
        while done < n_found:
            v = queue[done]
            done += 1
            for k in range(indptr[v], indptr[v + 1]):
                u = indices[k]
                if distance[u] < 0:
                    distance[u] = distance[v] + 1
                    place[u] = n_found
                    above[u] = v
                    queue[n_found] = u
                    n_found += 1
                elif distance[u] == distance[v] + 1:
                    a, b = above[u], v
                    while a != b:
                        while place[a] > place[b]:
                            a = above[a]
                        while place[b] > place[a]:
                            b = above[b]
                    above[u] = a
        one, others = n_own[s], n_sources[s]
        total = one * n_leaves[s] + others * (1.0 + n_leaves[s] / 2.0)
        for k in range(n_found - 1, 0, -1):
            v = queue[k]
            d = distance[v]
            share = one / d + others / (d + 1) + n_leaves[v] * (one / (d + 1) + others / (d + 2))
            total += share
            share += beyond[v]
            bounds[v] += share
            beyond[above[v]] += share
            beyond[v] = 0.0
            distance[v] = -1
        beyond[s] = 0.0
        distance[s] = -1
        bounds[s] += total
    return bounds


@njit(cache=True, nogil=True)
def distances_from(indptr: PointerArray, indices: IntArray, members: IntArray) -> IntArray:
    """Return how many steps each node is from the nearest member; n where there is no path."""
    n = len(indptr) - 1
    distance = np.full(n, n, np.int32)
    queue = np.empty(n, np.int32)
    n_found = 0
    for v in members:
        distance[v] = 0
        queue[n_found] = v
        n_found += 1
    done = 0
    while done < n_found:
        v = queue[done]
        done += 1
        for k in range(indptr[v], indptr[v + 1]):
            u = indices[k]
            if distance[u] == n:
                distance[u] = distance[v] + 1
                queue[n_found] = u
                n_found += 1
    return distance


@njit(cache=True, nogil=True)
def reach_gains(
    indptr: PointerArray,
    indices: IntArray,
    targets: IntArray,
    reached: IntArray,
    limit: int,
    is_by_distance: bool,
) -> FloatArray:
    """Return what each node would add to the reach of a set, over some targets.

    The rows are those of the arcs backwards. ``reached`` is how many steps each node is from the
    set, n for none. Counted are the targets within ``limit`` steps that the set is farther from;
    or by distance, by how much Σ 1 / max(d, 1) grows. Breadth first as in `distance_counts`; a
    search ends where the set is as near, and so ends early once there is a set at all.
    """
    n = len(indptr) - 1
    gains = np.zeros(n)
    seen, front, ahead = np.zeros(n, np.uint64), np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    seen_in = np.full(n, -1, np.int32)
    active, found = np.empty(n, np.int32), np.empty(n, np.int32)
    kinds, nearest = np.empty(64, np.uint64), np.empty(64, np.int32)
    for first in range(0, len(targets), 64):
        # One mask for all targets of the batch that are equally far from the set.
        n_kinds = 0
        for place in range(first, min(first + 64, len(targets))):
            bit, far = np.uint64(1) << np.uint64(place - first), reached[targets[place]]
            kind = 0
            while kind < n_kinds and nearest[kind] != far:
                kind += 1
            if kind == n_kinds:
                kinds[kind], nearest[kind] = _NONE, far
                n_kinds += 1
            kinds[kind] |= bit
        n_active = _begin(targets, first, seen, seen_in, front, active)
        level = 0
        while n_active > 0:
            open_bits = _NONE
            for kind in range(n_kinds):
                before = max(nearest[kind], 1)
                if is_by_distance:
                    step = 1.0 / max(level, 1) - (1.0 / before if nearest[kind] < n else 0.0)
                else:
                    step = 1.0 if nearest[kind] > limit else 0.0
                if level < nearest[kind] and step > 0.0:
                    for k in range(n_active):
                        bits = front[active[k]] & kinds[kind]
                        if bits != _NONE:
                            gains[active[k]] += n_bits(bits) * step
                if level + 1 < min(nearest[kind], limit + 1):
                    open_bits |= kinds[kind]
            level += 1
            if open_bits == _NONE:
                break
            for k in range(n_active):
                front[active[k]] &= open_bits
            n_active = _advance(
                indptr, indices, first, seen, seen_in, front, ahead, active, n_active, found
            )
        for k in range(n_active):
            front[active[k]] = _NONE
    return gains


@njit(cache=True, nogil=True)
def _begin(
    sources: IntArray,
    first: int,
    seen: BitArray,
    seen_in: IntArray,
    front: BitArray,
    active: IntArray,
) -> int:
    """Give up to 64 different sources from ``first`` on a bit each; return how many they are."""
    n_active = min(64, len(sources) - first)
    for place in range(n_active):
        s = sources[first + place]
        seen[s] = front[s] = np.uint64(1) << np.uint64(place)
        seen_in[s] = first
        active[place] = s
    return n_active


@njit(cache=True, nogil=True)
def _advance(
    indptr: PointerArray,
    indices: IntArray,
    first: int,
    seen: BitArray,
    seen_in: IntArray,
    front: BitArray,
    ahead: BitArray,
    active: IntArray,
    n_active: int,
    found: IntArray,
) -> int:
    """Take the searches from ``first`` on one step on; return how many nodes are then active.

    ``seen`` is of this batch only where ``seen_in`` says so: cheaper than to clear it each time.
    """
    n_found = 0
    for place in range(n_active):
        v = active[place]
        bits = front[v]
        front[v] = _NONE
        if bits == _NONE:
            continue
        for k in range(indptr[v], indptr[v + 1]):
            u = indices[k]
            if seen_in[u] != first:
                seen_in[u] = first
                seen[u] = _NONE
            new = bits & ~seen[u]
            if new != _NONE:
                if ahead[u] == _NONE:
                    found[n_found] = u
                    n_found += 1
                ahead[u] |= new
    for place in range(n_found):
        u = found[place]
        active[place] = u
        front[u] = ahead[u]
        seen[u] |= ahead[u]
        ahead[u] = _NONE
    return n_found


@njit(cache=True, nogil=True)
def connected_pairs(indptr: PointerArray, indices: IntArray, is_removed: BoolArray) -> int:
    """Return how many ordered pairs of nodes that are not removed can reach one another."""
    n = len(indptr) - 1
    is_seen = is_removed.copy()
    queue = np.empty(n, np.int32)
    n_pairs, n_found = 0, 0
    for start in range(n):
        if is_seen[start]:
            continue
        first = done = n_found
        is_seen[start] = True
        queue[n_found] = start
        n_found += 1
        while done < n_found:
            v = queue[done]
            done += 1
            for k in range(indptr[v], indptr[v + 1]):
                u = indices[k]
                if not is_seen[u]:
                    is_seen[u] = True
                    queue[n_found] = u
                    n_found += 1
        n_pairs += (n_found - first) * (n_found - first - 1)
    return n_pairs


@njit(cache=True, nogil=True)
def nearness_of(counts: PointerArray) -> float:
    """Return Σ_d counts[d] / d over the distances d from 1."""
    total = 0.0
    for d in range(1, len(counts)):
        total += counts[d] / d
    return total


@njit(cache=True, nogil=True)
def least_left(
    indptr: PointerArray, indices: IntArray, first: int, k: int, is_by_distance: bool
) -> tuple[IntArray, float]:
    """Try all sets of k whose lowest node is ``first``: what is left is least without which?

    Left are the ordered pairs that can reach one another, each counted 1 or by distance 1 / d. Of
    equals the first in lexical order is returned, with what is left; inf where there is no set.
    """
    n = len(indptr) - 1
    everyone = np.arange(n).astype(np.int32)
    chosen = (first + np.arange(k)).astype(np.int32)
    best, least = chosen.copy(), np.inf
    if first + k > n:
        return best, least
    is_removed = np.zeros(n, np.bool_)
    while True:
        for v in chosen:
            is_removed[v] = True
        if is_by_distance:
            rest_indptr, rest_indices = rows_without(indptr, indices, is_removed)
            left = nearness_of(distance_counts(rest_indptr, rest_indices, everyone))
        else:
            left = float(connected_pairs(indptr, indices, is_removed))
        for v in chosen:
            is_removed[v] = False
        if left < least - 1e-9:
            least = left
            best[:] = chosen
        if not _next_set(chosen, n):
            return best, least


@njit(cache=True, nogil=True)
def most_reached(
    distances: IntMatrix, first: int, k: int, limit: int, is_by_distance: bool
) -> tuple[IntArray, float]:
    """Try all sets of k whose lowest node is ``first``: which reaches most?

    ``distances`` is from each node (row) to each, n where there is no path. Counted as in
    `reach_gains`. Of equals the first in lexical order is returned, with what it reaches; -inf
    where there is no set.
    """
    n = len(distances)
    chosen = (first + np.arange(k)).astype(np.int32)
    best, most = chosen.copy(), -np.inf
    if first + k > n:
        return best, most
    while True:
        reach = 0.0
        for j in range(n):
            d = n
            for v in chosen:
                d = min(d, distances[v, j])
            if is_by_distance:
                reach += 1.0 / max(d, 1) if d < n else 0.0
            else:
                reach += d <= limit
        if reach > most + 1e-9:
            most = reach
            best[:] = chosen
        if not _next_set(chosen, n):
            return best, most


@njit(cache=True, nogil=True)
def _next_set(chosen: IntArray, n: int) -> bool:
    """Step to the next set in lexical order that has the same lowest node, if there is one."""
    k = len(chosen)
    for place in range(k - 1, 0, -1):
        if chosen[place] < n - k + place:
            chosen[place] += 1
            for later in range(place + 1, k):
                chosen[later] = chosen[later - 1] + 1
            return True
    return False
