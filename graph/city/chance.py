"""Chance that falls the same on every machine: raw bits, and only exact arithmetic on them.

NumPy keeps the bit stream of PCG64 from version to version, but not what its distributions make
of it, and a logarithm or a power may differ in the last digit from one processor to another. So
everything is made of raw bits, integers and the correctly rounded operations + - * / √.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
LongArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
WEIGHT_UNIT = 16


class Chance:
    """A stream of its own for each purpose, so that a change to one leaves the others alone."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, *purpose.encode()]))

    def uniform(self, n: int) -> FloatArray:
        """Return n numbers from 0 to below 1."""
        raw: NDArray[np.uint64] = self._bits.random_raw(n)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, bounds: ArrayLike, n: int | None = None) -> LongArray:
        """Return a whole number from 0 to below each of ``bounds``, or n below the same one."""
        limits = np.asarray(bounds, np.int64)
        return (self.uniform(limits.size if n is None else n) * limits).astype(np.int64)

    def flags(self, n: int, share: float) -> BoolArray:
        """Return n flags of which about ``share`` are set."""
        return self.uniform(n) < share

    def steps(self, n: int, shares: tuple[float, ...]) -> LongArray:
        """Return n numbers, k with the probability ``shares[k]``; the last takes what is left."""
        return np.searchsorted(np.cumsum(shares[:-1]), self.uniform(n), side="right").astype(
            np.int64
        )

    def shuffled(self, n: int) -> LongArray:
        """Return 0 … n-1 in random order."""
        order: LongArray = np.argsort(self.uniform(n), kind="stable")
        return order

    def weights(self, n: int) -> LongArray:
        """Return n weights with a heavy tail, at least `WEIGHT_UNIT`.

        A Pareto distribution with P(w > x) ~ x^-1.6, so that degrees made in proportion to it have
        a density of exponent 2.6; cut off at 2√n times the least, lest one member of a small
        group take nearly all.
        """
        u = 1.0 - self.uniform(n)
        root = np.sqrt(u)
        drawn: FloatArray = WEIGHT_UNIT / (root * np.sqrt(np.sqrt(root)))
        return np.minimum(drawn, WEIGHT_UNIT * 2.0 * sqrt(n)).astype(np.int64)
