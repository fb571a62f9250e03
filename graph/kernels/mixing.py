"""Ties by pair of groups: as they are, with the groups dealt anew, and with the ties rewired."""

from __future__ import annotations

import numpy as np
from numba import njit

from graph.kernels.chance import StateArray, below, next_number, shuffle

FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
FloatMatrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]
KeyArray = np.ndarray[tuple[int], np.dtype[np.uint64]]


@njit(cache=True, nogil=True)
def mix(
    sources: IntArray, targets: IntArray, weights: FloatArray, groups: IntArray, n_groups: int
) -> FloatMatrix:
    """Return the weight of the ties from each group (row) to each (column). Time O(m)."""
    sums = np.zeros((n_groups, n_groups))
    for k in range(len(sources)):
        sums[groups[sources[k]], groups[targets[k]]] += weights[k]
    return sums


@njit(cache=True, nogil=True)
def dealt_mix(
    sources: IntArray,
    targets: IntArray,
    weights: FloatArray,
    groups: IntArray,
    n_groups: int,
    state: StateArray,
) -> FloatMatrix:
    """Return `mix` after the groups have been dealt out at random. Time O(n + m)."""
    dealt = groups.copy()
    shuffle(state, dealt)
    return mix(sources, targets, weights, dealt, n_groups)


@njit(cache=True, nogil=True)
def rewired_mix(
    sources: IntArray,
    targets: IntArray,
    weights: FloatArray,
    groups: IntArray,
    n_groups: int,
    is_directed: bool,
    n_tries: int,
    state: StateArray,
) -> tuple[FloatMatrix, int]:
    """Return `mix` after ``n_tries`` tries at an exchange of ends, and how many came off."""
    ends, others = sources.copy(), targets.copy()
    n_done = rewire(ends, others, is_directed, n_tries, state)
    return mix(ends, others, weights, groups, n_groups), n_done


@njit(cache=True, nogil=True)
def rewire(
    sources: IntArray, targets: IntArray, is_directed: bool, n_tries: int, state: StateArray
) -> int:
    """Exchange ends of ties, in place, and return how many of the tries came off.

    A try takes two ties a - b and c - d at random, the second read from either end where ties have
    no direction, and makes them a - d and c - b; unless that is a self-tie or a tie that there is
    already, when nothing changes and the try counts all the same. Every network is then entered
    from as many others as it is left for, each as likely, so that in the long run all of the same
    degrees are as likely. Time O(m + tries), memory O(m).
    """
    m = len(sources)
    if m < 2:
        return 0
    n_bits = 3
    while (1 << n_bits) < 2 * m:
        n_bits += 1
    keys = np.zeros(1 << n_bits, np.uint64)
    shift = np.uint64(64 - n_bits)
    for k in range(m):
        _put(keys, shift, _key(sources[k], targets[k], is_directed))
    n_done = 0
    for _ in range(n_tries):
        e, f = below(state, m), below(state, m)
        a, b, c, d = sources[e], targets[e], sources[f], targets[f]
        is_turned = not is_directed and (next_number(state) >> np.uint64(63)) == 1
        if is_turned:
            c, d = d, c
        if a == d or c == b:
            continue
        first, second = _key(a, d, is_directed), _key(c, b, is_directed)
        if _has(keys, shift, first) or _has(keys, shift, second):
            continue
        _drop(keys, shift, _key(a, b, is_directed))
        _drop(keys, shift, _key(c, d, is_directed))
        _put(keys, shift, first)
        _put(keys, shift, second)
        targets[e] = d
        sources[f], targets[f] = c, b
        n_done += 1
    return n_done


@njit(cache=True, nogil=True)
def _key(a: int, b: int, is_directed: bool) -> np.uint64:
    """Return one number for a tie; never 0, which marks an empty slot, since a ≠ b."""
    if not is_directed and a > b:
        a, b = b, a
    return (np.uint64(a) << np.uint64(32)) | np.uint64(b)


@njit(cache=True, nogil=True)
def _slot(key: np.uint64, shift: np.uint64) -> np.int64:
    return np.int64((key * np.uint64(0x9E3779B97F4A7C15)) >> shift)


@njit(cache=True, nogil=True)
def _has(keys: KeyArray, shift: np.uint64, key: np.uint64) -> bool:
    mask = len(keys) - 1
    k = _slot(key, shift)
    while keys[k] != 0:
        if keys[k] == key:
            return True
        k = (k + 1) & mask
    return False


@njit(cache=True, nogil=True)
def _put(keys: KeyArray, shift: np.uint64, key: np.uint64) -> None:
    mask = len(keys) - 1
    k = _slot(key, shift)
    while keys[k] != 0:
        k = (k + 1) & mask
    keys[k] = key


@njit(cache=True, nogil=True)
def _drop(keys: KeyArray, shift: np.uint64, key: np.uint64) -> None:
    """Take out a key and move up those behind it that its slot kept from theirs."""
    mask = len(keys) - 1
    hole = _slot(key, shift)
    while keys[hole] != key:
        hole = (hole + 1) & mask
    k = hole
    while True:
        k = (k + 1) & mask
        if keys[k] == 0:
            break
        if ((k - _slot(keys[k], shift)) & mask) >= ((k - hole) & mask):
            keys[hole] = keys[k]
            hole = k
    keys[hole] = 0
