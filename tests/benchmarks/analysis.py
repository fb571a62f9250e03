"""How long the questions take on synthetic cities of growing size."""

from __future__ import annotations

import resource
import time

from graph.analysis.betweenness import betweenness
from graph.analysis.bridging import bridging_profile, valente_fujimoto_bridging
from graph.analysis.brokerage import brokerage
from graph.analysis.hubs import hub_profiles
from graph.analysis.structural_holes import structural_holes
from graph.city.network import benchmark_network
from graph.network import Network

NAME = "analysis"
HELP = "seconds of each measure on synthetic cities, and peak memory"
SIZES = (5_000, 20_000, 100_000)
# Measures on paths grow with the square of the nodes.
_LARGEST_FOR_PATHS = 20_000
_LARGEST_FOR_DELETION = 5_000


def run() -> list[tuple[str, float, float]]:
    """Return rows of (what, seconds, actors per second)."""
    # Compiled code is loaded before the clock starts.
    _seconds(benchmark_network(1_000))
    rows = []
    for n in SIZES:
        network = benchmark_network(n)
        rows += [
            (f"{name}, {n:,} actors, {network.n_ties:,} ties", took, n / took)
            for name, took in _seconds(network)
        ]
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("peak memory of this process, MB", memory_mb, memory_mb))
    return rows


def _seconds(network: Network) -> list[tuple[str, float]]:
    n = len(network)
    profile = bridging_profile(network)
    measures = {
        "structural holes": lambda: structural_holes(network),
        "roles": lambda: brokerage(network),
        "open and sole pairs": lambda: bridging_profile(network),
        "hub profiles": lambda: hub_profiles(network, profile),
    }
    if n <= _LARGEST_FOR_PATHS:
        measures["betweenness"] = lambda: betweenness(network)
    if n <= _LARGEST_FOR_DELETION:
        measures["link deletion"] = lambda: valente_fujimoto_bridging(network)
    rows = []
    for name, measure in measures.items():
        start = time.perf_counter()
        measure()
        rows.append((name, time.perf_counter() - start))
    return rows
