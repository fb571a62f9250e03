"""How long the first call of each measure takes where nothing is compiled yet, and where it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

NAME = "compiling"
HELP = "seconds of the first call of each measure: nothing compiled yet, and compiled on disk"

# Those that take less add up to next to nothing.
LEAST_S = 0.05
# What one measure compiles, those after it find ready.
_SCRIPT = """
import json, time
seconds, start = {}, time.perf_counter()
def lap(what):
    global start
    seconds[what] = time.perf_counter() - start
    start = time.perf_counter()
from graph.analysis.betweenness import betweenness, sampled_betweenness, tie_betweenness
from graph.analysis.bridging import valente_fujimoto_bridging
from graph.analysis.rank_intervals import rank_intervals
from graph.analysis.registry import MEASURES, Measuring, measured
from graph.city.network import benchmark_network
lap("importing")
network = benchmark_network(1_000)
lap("building a network")
measuring = Measuring(network)
for measure in MEASURES:
    measured(measuring, [measure])
    lap(measure.slug)
tie_betweenness(network)
lap("betweenness of ties")
sampled_betweenness(network, 100)
lap("betweenness, sampled")
betweenness(network, distances=network.weights)
lap("betweenness with lengths")
valente_fujimoto_bridging(network)
lap("link deletion")
print(json.dumps(seconds))
"""


def run() -> list[tuple[str, float, float]]:
    """Measure a city of 1,000 in a new process with an empty folder for compiled code, and again.

    Returns rows of (what, seconds the first time, the second time).
    """
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = _seconds(folder), _seconds(folder)
    rows = [(what, cold[what], warm[what]) for what in cold if cold[what] >= LEAST_S]
    return [*rows, ("all together", sum(cold.values()), sum(warm.values()))]


def _seconds(folder: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env={**os.environ, "NUMBA_CACHE_DIR": folder},
        capture_output=True,
        check=True,
    )
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds
