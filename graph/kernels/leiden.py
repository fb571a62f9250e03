"""Steps of the Leiden method: moving nodes, refining communities, and making nodes of them.

All steps raise Σ_c (e_c - γ K_c² / 2), where e_c is the weight of the ties within community c and
K_c the summed size of its nodes. A level is a network in symmetric rows (indptr, indices, weights)
with a size for each node; ties within what has become one node no longer matter and are left out.
A difference below ``slack`` is taken for none, so that rounding cannot move nodes for ever.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from graph.kernels.chance import StateArray, shuffle

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def move_nodes(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    sizes: FloatArray,
    labels: IntArray,
    gamma: float,
    slack: float,
    state: StateArray,
) -> int:
    """Move nodes to the community where they add most, and return how many moves that took.

    ``labels``, below n, are changed in place. Nodes wait in a queue, at first all in random order;
    a move sends back the neighbours that are now in another community.
    """
    n = len(indptr) - 1
    totals = np.zeros(n)
    n_members = np.zeros(n, np.int32)
    for v in range(n):
        totals[labels[v]] += sizes[v]
        n_members[labels[v]] += 1
    empty = np.empty(n, np.int32)
    n_empty = 0
    for c in range(n):
        if n_members[c] == 0:
            empty[n_empty] = c
            n_empty += 1
    queue = np.arange(n).astype(np.int32)
    shuffle(state, queue)
    is_waiting = np.ones(n, np.bool_)
    first, n_waiting, n_moves = 0, n, 0
    to = np.zeros(n)
    near = np.empty(n, np.int32)
    while n_waiting > 0:
        v = queue[first]
        first = first + 1 if first + 1 < n else 0
        n_waiting -= 1
        is_waiting[v] = False
        own = labels[v]
        n_near = 0
        for k in range(indptr[v], indptr[v + 1]):
            c = labels[indices[k]]
            if to[c] == 0.0:
                near[n_near] = c
                n_near += 1
            to[c] += weights[k]
        cost = gamma * sizes[v]
        best, top = own, to[own] - cost * (totals[own] - sizes[v])
        if top < -slack and n_members[own] > 1:
            best, top = empty[n_empty - 1], 0.0
        for k in range(n_near):
            c = near[k]
            if c != own and to[c] - cost * totals[c] > top + slack:
                best, top = c, to[c] - cost * totals[c]
            to[c] = 0.0
        if best == own:
            continue
        n_moves += 1
        if n_members[best] == 0:
            n_empty -= 1
        totals[own] -= sizes[v]
        n_members[own] -= 1
        if n_members[own] == 0:
            totals[own] = 0.0
            empty[n_empty] = own
            n_empty += 1
        totals[best] += sizes[v]
        n_members[best] += 1
        labels[v] = best
        for k in range(indptr[v], indptr[v + 1]):
            u = indices[k]
            if labels[u] != best and not is_waiting[u]:
                is_waiting[u] = True
                last = first + n_waiting
                queue[last if last < n else last - n] = u
                n_waiting += 1
    return n_moves


@njit(cache=True, nogil=True)
def refine(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    sizes: FloatArray,
    labels: IntArray,
    gamma: float,
    slack: float,
    state: StateArray,
) -> tuple[IntArray, int]:
    """Build parts within the communities anew, and return the part of each node and their number.

    Every node begins as a part of its own. Once, in random order, each that is still alone joins
    the part of its community to which it adds most, if that is no loss. Node and part must be well
    tied to the rest of the community S: w(C, S - C) ≥ γ K_C (K_S - K_C). A part is therefore always
    connected. Parts are numbered from 0.
    """
    n = len(indptr) - 1
    totals = np.zeros(n)
    for i in range(n):
        totals[labels[i]] += sizes[i]
    part = np.arange(n).astype(np.int32)
    is_alone = np.ones(n, np.bool_)
    part_totals = sizes.copy()
    tied = np.zeros(n)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            if labels[indices[k]] == labels[i]:
                tied[i] += weights[k]
    order = np.arange(n).astype(np.int32)
    shuffle(state, order)
    to = np.zeros(n)
    near = np.empty(n, np.int32)
    for v in order:
        whole = totals[labels[v]]
        cost = gamma * sizes[v]
        if not is_alone[v] or tied[v] < cost * (whole - sizes[v]) - slack:
            continue
        n_near = 0
        for k in range(indptr[v], indptr[v + 1]):
            u = indices[k]
            if labels[u] == labels[v]:
                if to[part[u]] == 0.0:
                    near[n_near] = part[u]
                    n_near += 1
                to[part[u]] += weights[k]
        best, top, there = v, -slack, 0.0
        for k in range(n_near):
            c = near[k]
            gain = to[c] - cost * part_totals[c]
            if gain > top and tied[c] >= gamma * part_totals[c] * (whole - part_totals[c]) - slack:
                best, top, there = c, gain, to[c]
            to[c] = 0.0
        if best != v:
            part[v] = best
            is_alone[v] = is_alone[best] = False
            part_totals[best] += sizes[v]
            tied[best] += tied[v] - 2 * there
    return numbered(part)


@njit(cache=True, nogil=True)
def numbered(labels: IntArray) -> tuple[IntArray, int]:
    """Return the labels, each from 0 to n - 1, numbered in order of first node; and how many."""
    number = np.full(len(labels), -1, np.int32)
    found = np.empty(len(labels), np.int32)
    n_found = 0
    for v in range(len(labels)):
        if number[labels[v]] < 0:
            number[labels[v]] = n_found
            n_found += 1
        found[v] = number[labels[v]]
    return found, n_found


@njit(cache=True, nogil=True)
def with_hosts(indptr: PointerArray, indices: IntArray) -> tuple[IntArray, int]:
    """Return parts of a node and its neighbours of degree 1, numbered; and how many."""
    n = len(indptr) - 1
    part = np.arange(n).astype(np.int32)
    for v in range(n):
        if indptr[v + 1] - indptr[v] == 1:
            host = indices[indptr[v]]
            if indptr[host + 1] - indptr[host] > 1 or host < v:
                part[v] = host
    return numbered(part)


@njit(cache=True, nogil=True)
def merged(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    sizes: FloatArray,
    part: IntArray,
    n_parts: int,
) -> tuple[PointerArray, IntArray, FloatArray, FloatArray]:
    """Return the level (indptr, indices, weights, sizes) whose nodes are the parts."""
    n = len(indptr) - 1
    begins = np.zeros(n_parts + 1, np.int64)
    new_sizes = np.zeros(n_parts)
    for v in range(n):
        begins[part[v] + 1] += 1
        new_sizes[part[v]] += sizes[v]
    for p in range(n_parts):
        begins[p + 1] += begins[p]
    members = np.empty(n, np.int32)
    place = begins[:-1].copy()
    for v in range(n):
        members[place[part[v]]] = v
        place[part[v]] += 1
    new_indptr = np.zeros(n_parts + 1, np.int64)
    new_indices = np.empty(len(indices), np.int32)
    new_weights = np.empty(len(indices), np.float64)
    to = np.zeros(n_parts)
    n_halves = 0
    for p in range(n_parts):
        start = n_halves
        for place_of in range(begins[p], begins[p + 1]):
            v = members[place_of]
            for k in range(indptr[v], indptr[v + 1]):
                q = part[indices[k]]
                if q != p:
                    if to[q] == 0.0:
                        new_indices[n_halves] = q
                        n_halves += 1
                    to[q] += weights[k]
        for k in range(start, n_halves):
            new_weights[k] = to[new_indices[k]]
            to[new_indices[k]] = 0.0
        new_indptr[p + 1] = n_halves
    return new_indptr, new_indices[:n_halves].copy(), new_weights[:n_halves].copy(), new_sizes


@njit(cache=True, nogil=True)
def quality(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    sizes: FloatArray,
    labels: IntArray,
    n_labels: int,
    gamma: float,
) -> float:
    """Return Σ_c (e_c - γ K_c² / 2), each tie within a community in e_c once."""
    within = 0.0
    totals = np.zeros(n_labels)
    for v in range(len(indptr) - 1):
        totals[labels[v]] += sizes[v]
        for k in range(indptr[v], indptr[v + 1]):
            if labels[indices[k]] == labels[v]:
                within += weights[k]
    squares = 0.0
    for c in range(n_labels):
        squares += totals[c] * totals[c]
    return (within - gamma * squares) / 2
