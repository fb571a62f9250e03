"""Other programs that compute the same, where they are installed."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


def in_python(script: str, packages: Sequence[str], given: object) -> Any:
    """Return what ``script``, which finds ``given``, leaves in ``found``, as JSON would.

    Run by the interpreter of the peers' environment: they are no part of the product's. The test
    is skipped where there is none, or it lacks a package.
    """
    python = _peers_python(tuple(packages))
    if python is None:
        pytest.skip(f"no environment with {' and '.join(packages)}; see .ci/get-benchmark-peers")
    lines = ("import json, sys", "given = json.load(sys.stdin)", script, "print(json.dumps(found))")
    done = subprocess.run(
        [python, "-c", "\n".join(lines)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@functools.cache
def _peers_python(packages: tuple[str, ...]) -> str | None:
    root = Path(__file__).resolve().parents[2]
    python = os.environ.get("WUSHE_TEST_PEERS") or str(root / ".venv-peers" / "bin" / "python")
    if not Path(python).exists():
        return None
    asked = "; ".join(f"import {name}" for name in packages)
    done = subprocess.run([python, "-c", asked], capture_output=True, check=False)
    return python if done.returncode == 0 else None
