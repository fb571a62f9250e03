"""Running one measure of one contender on one network in a process of its own, and keeping it."""

from __future__ import annotations

import datetime
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from graph.analysis.communities import partition_quality
from graph.analysis.components import components
from graph.network import Network
from tests.benchmarks.peer_graphs import RUNNER, SYSTEM_PYTHON, GraphFile

ROOT = Path(__file__).resolve().parent.parent.parent
R_RUNNER = Path(__file__).with_name("peer_runner.R")
OWN = "wushe"
SNA = "R sna"
# Building and loading are not timed; what takes longer is stuck. R has no alarm clock of its own.
_SLACK_S = 900
_SLACK_OF_R_S = 60
_TOP = 50

_SIGNS_OF_MISSING = (
    "ModuleNotFoundError",
    "PackageNotFoundError",
    "backend is not installed",
    "there is no package called",
)
_SIGNS_OF_MEMORY = ("MemoryError", "bad_alloc", "cannot allocate")

Outcome = dict[str, Any]


@dataclass(frozen=True)
class Contender:
    """Who computes a measure, by which of its functions, with how many threads.

    Attributes
    ----------
    peer : a name that `peer_runner` builds networks by, or ``wushe``.
    function : what it calls; the measure's name in the runner.
    label : the column in the table.
    """

    peer: str
    function: str
    label: str
    n_threads: int = 1


@dataclass(frozen=True)
class Limits:
    """How often and how long things are run, in how much memory, and how the peers are reached."""

    repeats: int
    budget_s: float
    limit_s: float
    limit_gb: float
    sampling_s: float
    interpreters: dict[str, Path]

    def command(self, peer: str) -> list[str] | None:
        """Return what runs the peer's runner, None where the peer is not installed."""
        if peer == OWN:
            return [sys.executable, "-m", "tests.benchmarks.own_runner"]
        if peer == SNA:
            rscript = shutil.which("Rscript")
            return [rscript, "--vanilla", str(R_RUNNER)] if rscript else None
        python = self.interpreters.get(peer, self.interpreters[""])
        if peer == "graph-tool":
            python = self.interpreters.get(peer, SYSTEM_PYTHON)
        return [str(python), "-I", str(RUNNER)] if python.exists() else None


class Runs:
    """Outcomes kept in a folder, one file for each network, measure and contender."""

    def __init__(
        self,
        folder: Path,
        limits: Limits,
        small: GraphFile,
        *,
        resumes: bool,
        is_still: bool = False,
    ) -> None:
        """Keep outcomes in ``folder``, where it ``resumes``; if ``is_still``, run nothing new."""
        self.folder = folder
        self.limits = limits
        self.small = small
        self.resumes = resumes
        self.is_still = is_still

    def outcome(self, graph: GraphFile, contender: Contender, *, is_again: bool = False) -> Outcome:
        """Return the outcome, from the folder where that is wanted and still holds.

        ``status`` is done, limit (it took longer), memory (or more than it may have), missing (it
        is not installed), failed, or skipped where nothing is run.
        """
        kept = self._kept(graph, contender)
        if self.is_still:
            return kept or {"status": "skipped"}
        if self.resumes and not is_again and kept is not None and self._holds(kept):
            return kept
        outcome = self._run(graph, contender) | {
            "digest": graph.digest,
            "limit_s": self.limits.limit_s,
            "limit_gb": self.limits.limit_gb,
            "load": round(os.getloadavg()[0], 1),
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        }
        path = self._path(graph, contender, ".json")
        path.write_text(json.dumps(outcome, indent=1), encoding="utf-8")
        return outcome

    def result(self, graph: GraphFile, contender: Contender) -> np.ndarray | None:
        """Return what the contender found on this very network when it was run last."""
        path = self._path(graph, contender, ".npy")
        outcome = self._kept(graph, contender)
        if outcome is None or outcome["status"] != "done" or not path.exists():
            return None
        return np.load(path)

    def _kept(self, graph: GraphFile, contender: Contender) -> Outcome | None:
        path = self._path(graph, contender, ".json")
        if not path.exists():
            return None
        kept: Outcome = json.loads(path.read_text(encoding="utf-8"))
        return kept if kept["digest"] == graph.digest else None

    def _holds(self, kept: Outcome) -> bool:
        if kept["status"] == "limit":
            return bool(kept["limit_s"] >= self.limits.limit_s)
        if kept["status"] == "memory":
            return bool(kept["limit_gb"] >= self.limits.limit_gb)
        return bool(kept["status"] == "done")

    def _path(self, graph: GraphFile, contender: Contender, suffix: str) -> Path:
        parts = (graph.name, contender.function, contender.peer, str(contender.n_threads))
        return self.folder / (".".join(parts).replace(" ", "-") + suffix)

    def _run(self, graph: GraphFile, contender: Contender) -> Outcome:
        command = self.limits.command(contender.peer)
        if command is None:
            return {"status": "missing"}
        if contender.peer == SNA:
            return self._run_r(graph, contender, command)
        request = {
            "peer": contender.peer,
            "measure": contender.function,
            "graph": str(graph.path),
            "small_graph": str(self.small.path),
            "n_threads": contender.n_threads,
            "repeats": self.limits.repeats,
            "budget_s": self.limits.budget_s,
            "limit_s": self.limits.limit_s,
            "result": str(self._path(graph, contender, ".npy")),
            "sampling_s": self.limits.sampling_s if "sampled" in contender.function else 0,
        }
        return self._finished([*command, json.dumps(request)], contender.n_threads, _SLACK_S)

    def _run_r(self, graph: GraphFile, contender: Contender, command: list[str]) -> Outcome:
        with tempfile.TemporaryDirectory() as folder, np.load(graph.path) as file:
            edges, groups, result = (Path(folder, name) for name in ("edges", "groups", "result"))
            rows = np.column_stack((file["sources"], file["targets"]))
            np.savetxt(edges, rows, "%d", delimiter=",")
            np.savetxt(groups, file["groups"], "%d")
            repeats, budget_s = str(self.limits.repeats), str(self.limits.budget_s)
            arguments = [str(edges), str(groups), str(graph.n), repeats, budget_s, str(result)]
            outcome = self._finished([*command, *arguments], 1, _SLACK_OF_R_S)
            if result.exists():
                counts = np.loadtxt(result, delimiter=",")
                # Its arcs there and back are two; ours are one tie. The pairs of representative
                # and gatekeeper differ by direction and are the same either way.
                counts[:, [0, 1, 4]] /= 2
                np.save(self._path(graph, contender, ".npy"), counts)
            return outcome

    def _finished(self, command: list[str], n_threads: int, slack_s: float) -> Outcome:
        threads = {
            name: str(n_threads)
            for name in ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS")
        }
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, **threads},
                capture_output=True,
                text=True,
                preexec_fn=self._limit_memory,
                timeout=self.limits.limit_s + self.limits.budget_s + slack_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"status": "limit"}
        outcome: Outcome = {}
        for line in done.stdout.splitlines():
            if line.startswith("{"):
                outcome |= json.loads(line)
        if "seconds" in outcome:
            return outcome | {"status": "done"}
        if done.returncode == -14:  # the runner's alarm clock
            return outcome | {"status": "limit"}
        if any(sign in done.stderr for sign in _SIGNS_OF_MEMORY):
            return outcome | {"status": "memory"}
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        is_missing = any(sign in done.stderr for sign in _SIGNS_OF_MISSING)
        return outcome | {"status": "missing" if is_missing else "failed", "message": last[0]}

    def _limit_memory(self) -> None:
        n_bytes = int(self.limits.limit_gb * 1e9)
        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))


def difference(measure: str, found: np.ndarray, ours: np.ndarray, network: Network) -> float:
    """Return how far two results of one measure are apart: the largest relative difference.

    Whole numbers, flags and ties are equal or not: then it is the share of entries that differ. Of
    components it is the share of nodes that are in another one.
    """
    if measure == "components":
        found, ours = _numbered(found), components(network).labels
    if found.shape != ours.shape:
        return 1.0
    if ours.dtype.kind != "f":
        return float((found != ours).mean()) if ours.size else 0.0
    known = ~np.isnan(ours)
    if (np.isnan(found) != np.isnan(ours)).any():
        return 1.0
    scale = np.maximum(np.abs(ours[known]), 1e-9 * np.abs(ours[known]).max(initial=0))
    return float((np.abs(found[known] - ours[known]) / np.where(scale, scale, 1)).max(initial=0))


def quality(labels: np.ndarray, network: Network) -> float:
    """Return the modularity of a partition, weighted."""
    return partition_quality(network, _numbered(labels))


def overlap(found: np.ndarray, truth: np.ndarray) -> int:
    """Return how many of the first 50 are among the true first 50."""
    return len(set(np.argsort(-found)[:_TOP]) & set(np.argsort(-truth)[:_TOP]))


def _numbered(labels: np.ndarray) -> np.ndarray:
    """Number the parts in order of their first node."""
    _, first, part = np.unique(labels, return_index=True, return_inverse=True)
    order = np.empty(len(first), np.int32)
    order[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return order[part]
