"""Once compiled, kernels are found on disk by the next process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from graph.analysis.betweenness import betweenness
from graph.kernels import betweenness as kernels
from graph.network import Network
betweenness(Network(range(4), [0, 1, 2, 3], [1, 2, 3, 0]))
stats = kernels.dependencies.stats
print(sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
"""


def test_no_process_compiles_what_another_has(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert found == [[b"0", b"1"], [b"1", b"0"]]
