"""How long ``wushe measure`` takes for a city of a million, from two CSV tables to one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

NAME = "measuring"
HELP = "seconds of `wushe measure --measures linear` by step, and nodes per second"
SIZE = 1_000_000
# Steps that take less add up to next to nothing.
LEAST_S = 0.05
COMMAND = (sys.executable, "-c", "from graph.cli import main; main()")


def run() -> list[tuple[str, float, float]]:
    """Generate the tables by command, and measure them by command.

    Returns rows of (step, seconds, nodes per second), and the most memory in MB.
    """
    with tempfile.TemporaryDirectory() as folder:
        city, summary = Path(folder, "city"), Path(folder, "summary.json")
        _run("generate", str(city), "--actors", str(SIZE), "--as", "plain")
        memory_mb = _run(
            "measure",
            *("--nodes", str(city / "nodes.csv"), "--edges", str(city / "edges.csv")),
            *("--measures", "linear", "-o", str(city / "measures.csv")),
            *("--summary", str(summary)),
        )
        found = json.loads(summary.read_text(encoding="utf-8"))
    seconds: dict[str, float] = found["seconds"]
    whole = sum(seconds.values())
    rows = [(step, took, SIZE / took) for step, took in seconds.items() if took >= LEAST_S]
    what = f"{found['nodes']:,} nodes, {found['ties']:,} ties, {len(found['columns'])} columns"
    return [*rows, (what, whole, SIZE / whole), ("peak memory, MB", memory_mb, memory_mb)]


def _run(*arguments: str) -> float:
    """Run the command and return its peak memory in MB."""
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}")
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
