"""Where one value lies among those of its peers: how many have less, as much, and more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.network import FloatArray

N_BINS = 46


@dataclass(frozen=True, slots=True, eq=False)
class PeerValues:
    """The values of a measure over all peers for which it is defined.

    values : in ascending order.
    bins : how many peers lie in each of `N_BINS` steps from 0 to the largest value, on a
        square-root scale, so that a few very large values leave the rest apart.
    """

    values: FloatArray
    bins: tuple[int, ...]

    @property
    def largest(self) -> float:
        """The largest value; 0 where nobody has one."""
        return float(self.values[-1]) if len(self.values) else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One value among its peers.

    ``n`` counts all peers with a value, the one itself among them; ``n_equal`` the others that
    have as much. ``n == 1 + n_below + n_equal + n_above``.
    """

    value: float
    n: int
    n_below: int
    n_equal: int
    n_above: int
    median: float
    largest: float


def peer_values(values: Sequence[float] | FloatArray) -> PeerValues:
    """Return the values of a measure in order, without those that are undefined (NaN).

    Negative values count as nought on the scale of the bins. Time O(n log n).
    """
    array = np.asarray(values, np.float64)
    found = np.sort(array[np.isfinite(array)])
    largest = max(float(found[-1]), 0.0) if len(found) else 0.0
    if not largest:
        return PeerValues(found, (len(found), *([0] * (N_BINS - 1))))
    places = np.minimum(np.sqrt(np.maximum(found, 0.0) / largest) * N_BINS, N_BINS - 1)
    counts = np.bincount(places.astype(np.int64), minlength=N_BINS)
    return PeerValues(found, tuple(int(n) for n in counts))


def standing(peers: PeerValues, value: float) -> Standing:
    """Return where ``value``, which is one of the peers', lies among them. Time O(log n).

    Values that differ by less than a billionth of the largest count as equal, since sums of
    floating-point numbers in another order do.
    """
    margin = 1e-9 * max(abs(peers.largest), abs(value))
    n_below = int(np.searchsorted(peers.values, value - margin, "left"))
    n_up_to = int(np.searchsorted(peers.values, value + margin, "right"))
    n = len(peers.values)
    return Standing(
        value,
        n,
        n_below,
        n_up_to - n_below - 1,
        n - n_up_to,
        float(np.median(peers.values)),
        peers.largest,
    )
