"""How much memory a network takes, by what it is made of, and while it is made."""

from __future__ import annotations

import tracemalloc

import numpy as np

from graph.city.network import benchmark_network
from graph.network import Network

NAME = "memory"
HELP = "MB of a network, and bytes for each half-tie (each arc, where directed)"
SIZES = (100_000, 1_000_000)
_ARRAYS = ("indptr", "indices", "weights", "in_indptr", "in_indices", "in_weights", "groups")


def run() -> list[tuple[str, float, float]]:
    """Build each network anew from its ties, without directions and with.

    Returns rows of (what, MB, bytes per half-tie or arc).
    """
    rows = []
    for n in SIZES:
        city = benchmark_network(n)
        sources, targets, weights = city.arrays()
        for is_directed in (False, True):
            tracemalloc.start()
            network = Network(
                city.ids,
                sources,
                targets,
                weights,
                is_directed=is_directed,
                groups=city.groups,
                group_names=city.group_names,
            )
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            sort = "directed" if is_directed else "undirected"
            what = f"{sort}, {n:,} nodes, {network.n_ties:,} ties"
            n_entries = len(network.indices)
            for name, n_bytes in (("arrays", _n_bytes(network)), ("peak while building", peak)):
                rows.append((f"{name}, {what}", n_bytes / 1e6, n_bytes / n_entries))
    return rows


def _n_bytes(network: Network) -> int:
    """Return the bytes of the arrays, those that are the same array once."""
    arrays: dict[int, np.ndarray] = {
        array.ctypes.data: array for array in (getattr(network, name) for name in _ARRAYS)
    }
    return sum(array.nbytes for array in arrays.values())
