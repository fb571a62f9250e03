"""How the ties of each node fall on the groups."""

from __future__ import annotations

import numpy as np
from numba import njit

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
PointerArray = np.ndarray[tuple[int], np.dtype[np.int64]]


@njit(cache=True, nogil=True)
def external_and_internal(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    groups: IntArray,
    is_weighted: bool,
) -> tuple[FloatArray, FloatArray, int]:
    """Return the sum of each row's half-ties to other groups, to the node's own, and the rest.

    A half-tie counts its weight, or 1; one with an end of no group (-1) is in neither sum, and the
    number of those comes last. Time O(n + m).
    """
    n = len(indptr) - 1
    external = np.zeros(n)
    internal = np.zeros(n)
    n_left_out = 0
    for i in range(n):
        own = groups[i]
        if own < 0:
            n_left_out += indptr[i + 1] - indptr[i]
            continue
        for k in range(indptr[i], indptr[i + 1]):
            other = groups[indices[k]]
            amount = weights[k] if is_weighted else 1.0
            if other == own:
                internal[i] += amount
            elif other >= 0:
                external[i] += amount
            else:
                n_left_out += 1
    return external, internal, n_left_out


@njit(cache=True, nogil=True)
def concentrations(
    indptr: PointerArray,
    indices: IntArray,
    weights: FloatArray,
    in_indptr: PointerArray,
    in_indices: IntArray,
    in_weights: FloatArray,
    is_directed: bool,
    groups: IntArray,
    n_groups: int,
    is_weighted: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return Σ_s k_s², Σ_s k_s and the k_s of its own group for each node.

    k_s adds up what it has with group s, arcs of both directions where directed; a half-tie counts
    its weight, or 1. Neighbours of no group (-1) are passed over. Time O(n + m), memory O(n).
    """
    n = len(indptr) - 1
    squares, totals, own = np.zeros(n), np.zeros(n), np.zeros(n)
    amount = np.zeros(n_groups)
    for i in range(n):
        for side in range(2 if is_directed else 1):
            row = indices if side == 0 else in_indices
            strength = weights if side == 0 else in_weights
            first = indptr[i] if side == 0 else in_indptr[i]
            last = indptr[i + 1] if side == 0 else in_indptr[i + 1]
            for k in range(first, last):
                s = groups[row[k]]
                if s >= 0:
                    amount[s] += strength[k] if is_weighted else 1.0
        if groups[i] >= 0:
            own[i] = amount[groups[i]]
        for side in range(2 if is_directed else 1):
            row = indices if side == 0 else in_indices
            first = indptr[i] if side == 0 else in_indptr[i]
            last = indptr[i + 1] if side == 0 else in_indptr[i + 1]
            for k in range(first, last):
                s = groups[row[k]]
                if s >= 0:
                    squares[i] += amount[s] ** 2
                    totals[i] += amount[s]
                    amount[s] = 0.0
    return squares, totals, own
