"""Runs the benchmarks: ``make bench``, or ``python -m tests.benchmarks NAME…`` for some.

What follows the name of `peers` is for it to read: ``python -m tests.benchmarks peers --help``.
"""

from __future__ import annotations

import os
import platform
import sys

from tests.benchmarks import (
    analysis,
    compiling,
    diagnosis,
    gaps,
    importing,
    link_prediction,
    measuring,
    memory,
    networkx_backend,
    pages,
    partners,
    peers,
    ranks,
    reading,
    startup,
    what_if,
)
from tests.benchmarks import map as network_map

BENCHMARKS = (
    startup,
    importing,
    reading,
    compiling,
    analysis,
    memory,
    measuring,
    ranks,
    diagnosis,
    networkx_backend,
    gaps,
    partners,
    link_prediction,
    what_if,
    pages,
    network_map,
    peers,
)


def main() -> None:
    """Print one table per benchmark."""
    names = sys.argv[1:]
    options: list[str] = []
    if names[:1] == [peers.NAME]:
        names, options = names[:1], names[1:]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")  # noqa: T201
    for benchmark in BENCHMARKS:
        if not names or benchmark.NAME in names:
            print(f"\n{benchmark.NAME}: {benchmark.HELP}")  # noqa: T201
            rows = peers.run(options) if benchmark is peers else benchmark.run()
            for what, first, second in rows:
                print(f"  {what:<60} {first:>12.4g} {second:>14,.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
