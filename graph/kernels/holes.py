"""Structural holes: what two tied nodes have in common, and Burt's measures from it."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def strengths(indptr: PointerArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the sum and the largest of each row's weights; 0 where it is empty."""
    n = len(indptr) - 1
    total, strongest = np.zeros(n), np.zeros(n)
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            total[i] += weights[k]
            strongest[i] = max(strongest[i], weights[k])
    return total, strongest


@njit(cache=True, nogil=True)
def shared(
    up_indptr: PointerArray,
    up_indices: IntArray,
    half: PointerArray,
    order: IntArray,
    reverse: PointerArray,
    weights: FloatArray,
    total: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return two sums over the common partners q of the ends of each half-tie i → j.

    The first is Σ_q w_iq·w_jq, the second Σ_q w_iq·w_jq / total_q; both are the same from j to i.
    The first four arrays are those of `triangles.upward`. Memory O(n + m).
    """
    n, m = len(order), len(half)
    up_weights = np.empty(m)
    for a in range(m):
        up_weights[a] = weights[half[a]]
    up_product, up_passed = np.zeros(m), np.zeros(m)
    place = np.zeros(n, np.int32)
    for u in range(n):
        first, last = up_indptr[u], up_indptr[u + 1]
        if last - first < 2:
            continue
        for uw in range(first, last):
            place[up_indices[uw]] = uw - first + 1
        for uv in range(first, last):
            v = up_indices[uv]
            for vw in range(up_indptr[v], up_indptr[v + 1]):
                w = up_indices[vw]
                if place[w] == 0:
                    continue
                uw = first + place[w] - 1
                over_u = up_weights[uv] * up_weights[uw]
                over_v = up_weights[uv] * up_weights[vw]
                over_w = up_weights[uw] * up_weights[vw]
                up_product[vw] += over_u
                up_product[uw] += over_v
                up_product[uv] += over_w
                up_passed[vw] += over_u / total[order[u]]
                up_passed[uw] += over_v / total[order[v]]
                up_passed[uv] += over_w / total[order[w]]
        for uw in range(first, last):
            place[up_indices[uw]] = 0
    product, passed = np.zeros(len(reverse)), np.zeros(len(reverse))
    for a in range(m):
        if up_product[a] > 0.0:
            k = half[a]
            product[k] = product[reverse[k]] = up_product[a]
            passed[k] = passed[reverse[k]] = up_passed[a]
    return product, passed


@njit(cache=True, nogil=True)
def measures(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    total: FloatArray,
    strongest: FloatArray,
    product: FloatArray,
    passed: FloatArray,
    start: int,
    stop: int,
    local: FloatArray,
    constraint: FloatArray,
    effective_size: FloatArray,
    hierarchy: FloatArray,
) -> None:
    """Fill Burt's measures of the nodes start … stop-1, and of each of their half-ties (`local`).

    ``product`` and ``passed`` are those of `shared`. Isolates are NaN.
    """
    for i in range(start, stop):
        degree = indptr[i + 1] - indptr[i]
        if degree == 0:
            constraint[i] = effective_size[i] = hierarchy[i] = math.nan
            continue
        constraint[i] = 0.0
        redundancy = 0.0
        for k in range(indptr[i], indptr[i + 1]):
            share = (weights[k] + passed[k]) / total[i]
            local[k] = share * share
            constraint[i] += local[k]
            redundancy += product[k] / strongest[indices[k]]
        effective_size[i] = degree - redundancy / total[i]
        if degree == 1:
            hierarchy[i] = 1.0
            continue
        mean = constraint[i] / degree
        disorder = 0.0
        for k in range(indptr[i], indptr[i + 1]):
            ratio = local[k] / mean
            disorder += ratio * math.log(ratio)
        # Where all are equal rounding leaves a little on either side of 0.
        hierarchy[i] = max(disorder, 0.0) / (degree * math.log(degree))
