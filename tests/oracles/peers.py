"""Other programs that compute the same, where they are installed."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Sequence

import pytest


def in_r(script: str, packages: Sequence[str], text: str) -> list[list[float]]:
    """Return the lines of numbers that an R script prints when it reads ``text``.

    ``script`` finds the text in ``lines``. The test is skipped where R or a package is missing.
    """
    if not _has_r(tuple(packages)):
        pytest.skip(f"R with {' and '.join(packages)} is not installed; see .ci/get-peers")
    loading = "".join(f"suppressMessages(library({name}));" for name in packages)
    whole = f"{loading} lines <- readLines(file('stdin')); {script}"
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", whole],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return [[_number(x) for x in line.split()] for line in done.stdout.splitlines()]


def _number(word: str) -> float:
    return float("nan") if word in ("NA", "NaN") else float(word)


@functools.cache
def _has_r(packages: tuple[str, ...]) -> bool:
    if shutil.which("Rscript") is None:
        return False
    asked = ",".join(f"'{name}'" for name in packages)
    script = f"quit(status = !all(sapply(c({asked}), requireNamespace, quietly = TRUE)))"
    done = subprocess.run(["Rscript", "--vanilla", "-e", script], capture_output=True, check=False)
    return done.returncode == 0
