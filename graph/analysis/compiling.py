"""Compiles the kernels before anybody waits for them; they stay compiled on disk."""

from __future__ import annotations

import numpy as np

from graph.analysis.betweenness import betweenness, sampled_betweenness, tie_betweenness
from graph.analysis.rank_intervals import rank_intervals
from graph.analysis.registry import MEASURES, Measuring, measured
from graph.kernels.opening import near_partners
from graph.network import Network


def compile_kernels() -> None:
    """Run every measure once on networks of a few nodes, so that each kernel is on disk.

    And what partners are looked for with.

    Takes 20 to 40 s the first time on a machine and about a second later
    (``python -m tests.benchmarks compiling``).
    """
    for is_directed in (False, True):
        network = Network(
            range(8),
            [0, 1, 2, 3, 0, 4, 5, 6],
            [1, 2, 3, 0, 4, 5, 6, 4],
            is_directed=is_directed,
            groups=[0, 1, 0, 1, 0, 1, 0, 1],
            group_names=("a", "b"),
        )
        measured(Measuring(network, np.ones(8, np.bool_), n_threads=1), MEASURES)
        lengths = network.weights
        for distances in (None, lengths):
            betweenness(network, distances=distances, n_threads=1)
            tie_betweenness(network, distances=distances, n_threads=1)
        sampled_betweenness(network, 2, n_threads=1)
        some = np.array([1, 2], np.int32)
        near_partners(network.indptr, network.indices, 0, some, network.groups, 2, some)
        rank_intervals(network, lambda net: betweenness(net, n_threads=1), n_replicates=1)
