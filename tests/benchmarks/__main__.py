"""Runs the benchmarks: ``make bench``, or ``python -m tests.benchmarks NAME…`` for some."""

from __future__ import annotations

import os
import platform
import sys

from tests.benchmarks import analysis, importing, startup

BENCHMARKS = (startup, importing, analysis)


def main() -> None:
    """Print one table per benchmark."""
    wanted = sys.argv[1:] or [b.NAME for b in BENCHMARKS]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")  # noqa: T201
    for benchmark in BENCHMARKS:
        if benchmark.NAME in wanted:
            print(f"\n{benchmark.NAME}: {benchmark.HELP}")  # noqa: T201
            for what, first, second in benchmark.run():
                print(f"  {what:<48} {first:>10.3f} {second:>12.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
