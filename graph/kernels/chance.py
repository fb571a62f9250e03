"""Random numbers from a state that is handed in, so that threads share nothing.

The state is four uint64, not all 0, and is changed in place: those of a
`numpy.random.SeedSequence`, by ``generate_state(4, np.uint64)``.
"""

from __future__ import annotations

import numpy as np
from numba import njit

StateArray = np.ndarray[tuple[int], np.dtype[np.uint64]]
IntArray = np.ndarray[tuple[int], np.dtype[np.int32]]


@njit(cache=True, nogil=True)
def next_number(state: StateArray) -> np.uint64:
    """Return the next 64 random bits (xoshiro256++; Blackman & Vigna 2021, ACM TOMS 47:36)."""
    a, b, c, d = state[0], state[1], state[2], state[3]
    total = a + d
    number: np.uint64 = ((total << np.uint64(23)) | (total >> np.uint64(41))) + a
    c ^= a
    d ^= b
    state[0] = a ^ d
    state[1] = b ^ c
    state[2] = c ^ (b << np.uint64(17))
    state[3] = (d << np.uint64(45)) | (d >> np.uint64(19))
    return number


@njit(cache=True, nogil=True)
def below(state: StateArray, n: int) -> np.int64:
    """Return a number from 0 to n - 1, each as likely; 0 < n < 2³² (Lemire 2019, TOMACS 29:3)."""
    size = np.uint64(n)
    mask = np.uint64(0xFFFFFFFF)
    product = (next_number(state) >> np.uint64(32)) * size
    if (product & mask) < size:
        least = (np.uint64(0x100000000) - size) % size
        while (product & mask) < least:
            product = (next_number(state) >> np.uint64(32)) * size
    return np.int64(product >> np.uint64(32))


@njit(cache=True, nogil=True)
def shuffle(state: StateArray, values: IntArray) -> None:
    """Put values in random order, in place, every order as likely (Fisher & Yates)."""
    for last in range(len(values) - 1, 0, -1):
        k = below(state, last + 1)
        values[last], values[k] = values[k], values[last]
