"""The measures side by side with other packages for networks, on the same networks.

Each of them runs in a process and with an interpreter of its own (``.ci/get-benchmark-peers``
installs them). A network is built outside the clock; then a measure runs up to five times, less
often where that takes long, and not beyond a limit of time.

    python -m tests.benchmarks peers                          # some ten minutes
    python -m tests.benchmarks peers --full --resume --write  # hours; writes the README's tables

``--resume`` takes what has been measured before from the cache folder, so that a long run can be
interrupted, and its parts measured anew by ``--again``.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs

from tests.benchmarks import compiling, peer_tables
from tests.benchmarks.peer_graphs import GraphFile, graph_file
from tests.benchmarks.peer_runs import (
    OWN,
    ROOT,
    SNA,
    Contender,
    Limits,
    Outcome,
    Runs,
    difference,
    overlap,
    quality,
)

NAME = "peers"
HELP = "seconds of ours on two threads, and how many times the fastest peer takes"
SIZES = (1_000, 5_000)
FULL_SIZES = (1_000, 5_000, 20_000, 100_000, 1_000_000)
REAL = ("netscience", "power-2core", "as-22july06")
FULL_REAL = (
    "netscience", "power", "power-2core", "hep-th", "as-22july06", "astro-ph", "astro-ph-2core",
    "cond-mat-2003", "cond-mat-2003-2core", "email-Enron", "pgp-strong-2009",
)  # fmt: skip
PAGE_SIZE = 5_000
LEAST_SAMPLED = 100_000
N_REFERENCE_SAMPLES = 20_000
REFERENCE_LIMIT_S = 3_600


@dataclass(frozen=True)
class Measure:
    """A question that is put to all who can answer it.

    Attributes
    ----------
    contenders : ours first; the first of a peer's is what it gives without being asked for more.
    note : what is not quite the same among them.
    """

    slug: str
    title: str
    contenders: tuple[Contender, ...]
    note: str

    @property
    def has_ratio(self) -> bool:
        """Whether times are compared: estimates are given the same time, and some have no peer."""
        has_peers = any(c.peer != OWN for c in self.contenders)
        return has_peers and self.slug != "sampled_betweenness"

    def is_for(self, graph: GraphFile) -> bool:
        """Whether it is asked of this network."""
        if self.slug == "page":
            return graph.name == f"city-{PAGE_SIZE}"
        return self.slug != "sampled_betweenness" or graph.n >= LEAST_SAMPLED


def _on(n_threads: int, peer: str, function: str, label: str | None = None) -> list[Contender]:
    """Return a contender for each number of threads up to ``n_threads``."""
    return [Contender(peer, function, label or peer, k) for k in range(1, n_threads + 1)]


def _measure(slug: str, title: str, note: str, *contenders: list[Contender]) -> Measure:
    return Measure(slug, title, tuple(c for some in contenders for c in some), note)


MEASURES = (
    _measure(
        "betweenness",
        "Betweenness, exact",
        "Raw betweenness of all nodes, ties of length 1. graph-tool computes that of ties too.",
        _on(2, OWN, "betweenness"),
        _on(1, "igraph", "betweenness"),
        _on(2, "networkit", "betweenness"),
        _on(2, "rustworkx", "betweenness"),
        _on(2, "graph-tool", "betweenness"),
        _on(1, "networkx", "betweenness"),
        [Contender("nx-parallel", "betweenness", "nx-parallel", 2)],
    ),
    _measure(
        "sampled_betweenness",
        "Betweenness, as many samples as fit into the same time",
        "How many of the true first 50 are among the first 50 of the estimate, and the number of "
        "samples: starts (ours, EstimateBetweenness, graph-tool's pivots) or paths "
        "(ApproxBetweenness, KADABRA). igraph has no estimate.",
        _on(2, OWN, "sampled_betweenness")[1:],
        _on(2, "networkit", "sampled_betweenness", "networkit Estimate")[1:],
        _on(2, "networkit", "sampled_betweenness_approx", "networkit Approx")[1:],
        _on(2, "networkit", "sampled_betweenness_kadabra", "networkit KADABRA")[1:],
        _on(2, "graph-tool", "sampled_betweenness")[1:],
    ),
    _measure(
        "constraint",
        "Constraint",
        "Weighted. Ours computes effective size, efficiency and hierarchy in the same call.",
        _on(2, OWN, "constraint"),
        _on(1, "igraph", "constraint"),
        _on(1, "networkx", "constraint"),
    ),
    _measure(
        "effective_size",
        "Effective size",
        "Weighted. The same call of ours. NetworkX has another formula for all nodes at once where "
        "there are weights; asked node by node, it has the same.",
        _on(2, OWN, "effective_size"),
        _on(1, "networkx", "effective_size"),
        _on(1, "networkx", "effective_size_by_node", "networkx, by node"),
    ),
    _measure(
        "brokerage",
        "Brokerage roles",
        "Gould and Fernandez. NetworkX has no such function: a plain loop over the pairs of each "
        "node's partners. Ours and sna compute expectations and z-scores too.",
        _on(1, OWN, "brokerage"),
        _on(1, "networkx", "brokerage", "networkx, loop"),
        _on(1, SNA, "brokerage"),
    ),
    _measure(
        "components",
        "Components",
        "",
        _on(1, OWN, "components"),
        _on(1, "igraph", "components"),
        _on(2, "networkit", "components"),
        _on(1, "rustworkx", "components"),
        _on(1, "graph-tool", "components"),
        _on(1, "networkx", "components"),
    ),
    _measure(
        "articulation",
        "Articulation points",
        "Alone; how many each cuts off takes ours some five times as long (`cuts`).",
        _on(1, OWN, "articulation"),
        _on(1, "igraph", "articulation"),
        _on(1, "networkit", "articulation"),
        _on(1, "rustworkx", "articulation"),
        _on(1, "graph-tool", "articulation"),
        _on(1, "networkx", "articulation"),
    ),
    _measure(
        "bridges",
        "Bridges",
        "NetworKit has no such function.",
        _on(1, OWN, "bridges"),
        _on(1, "igraph", "bridges"),
        _on(1, "rustworkx", "bridges"),
        _on(1, "graph-tool", "bridges"),
        _on(1, "networkx", "bridges"),
    ),
    _measure(
        "cores",
        "Core numbers",
        "",
        _on(1, OWN, "cores"),
        _on(1, "igraph", "cores"),
        _on(2, "networkit", "cores"),
        _on(1, "rustworkx", "cores"),
        _on(1, "graph-tool", "cores"),
        _on(1, "networkx", "cores"),
    ),
    _measure(
        "communities",
        "Communities by modularity",
        "Weighted, with the modularity reached. Ours is Leiden, by default the best of several "
        "runs. igraph is Leiden with two iterations, and until nothing changes; NetworKit PLM is "
        "Louvain, as is NetworkX. The ratio is to the fastest that reaches ours less 0.001.",
        _on(2, OWN, "communities"),
        _on(1, OWN, "communities_once", "wushe, one run"),
        _on(1, "igraph", "communities"),
        _on(1, "igraph", "communities_thorough", "igraph, until stable"),
        _on(2, "networkit", "communities", "networkit PLM"),
        _on(2, "networkit", "communities_thorough", "networkit Leiden"),
        _on(1, "networkx", "communities"),
    ),
    _measure(
        "page",
        "All that the pages show",
        "Betweenness, structural holes, roles, open and sole pairs and hub scores together.",
        _on(2, OWN, "page"),
    ),
)


@dataclass(frozen=True)
class Row:
    """The outcomes of one measure on one network, in the order of its contenders."""

    measure: Measure
    graph: GraphFile
    outcomes: tuple[Outcome, ...]


def run(arguments: Sequence[str] = ()) -> list[tuple[str, float, float]]:
    """Measure, print the tables, and write them to the README where asked to.

    Returns rows of (what, our seconds, how many times the fastest peer takes).
    """
    asked = _parser().parse_args(arguments)
    folder = asked.cache
    folder.mkdir(parents=True, exist_ok=True)
    small = graph_file("city-500", folder)
    names = [f"city-{n}" for n in asked.sizes or (FULL_SIZES if asked.full else SIZES)]
    names += asked.graphs if asked.graphs is not None else FULL_REAL if asked.full else REAL
    graphs = [found for name in names if (found := graph_file(name, folder))]
    if len(graphs) < len(names):
        _say("The real networks are left out: graph-tool, which ships them, is not installed.")
    limits = Limits(
        asked.repeats,
        asked.budget,
        asked.limit,
        asked.memory,
        asked.sampling,
        dict(asked.interpreter),
    )
    if small is None:
        raise RuntimeError("a city can always be made")
    runs = Runs(folder, limits, small, resumes=asked.resume, is_still=asked.kept)
    rows = list(_rows(runs, graphs, asked))
    text = peer_tables.document(rows, " ".join(arguments))
    _say(text)
    if asked.write:
        _, cold_s, warm_s = compiling.run()[-1]
        peer_tables.write(text, cold_s, warm_s)
    return peer_tables.ratios(rows)


def _rows(runs: Runs, graphs: list[GraphFile], asked: argparse.Namespace) -> Iterator[Row]:
    over: dict[Contender, list[GraphFile]] = {}
    for graph in graphs:
        for measure in MEASURES:
            if not measure.is_for(graph) or (asked.measures and measure.slug not in asked.measures):
                continue
            outcomes = []
            for contender in measure.contenders:
                is_asked = contender.peer in (OWN, *(asked.peers or [contender.peer]))
                if asked.threads and contender.n_threads != asked.threads:
                    # Who can only have one is asked all the same.
                    is_asked &= not any(
                        c.label == contender.label and c.n_threads == asked.threads
                        for c in measure.contenders
                    )
                is_over = any(
                    smaller.n <= graph.n and smaller.n_ties <= graph.n_ties
                    for smaller in over.get(contender, [])
                )
                if not is_asked or (is_over and not asked.kept):
                    outcomes.append({"status": "over" if is_asked else "skipped"})
                    continue
                _show(f"{measure.slug} · {graph.name} · {contender.label} · {contender.n_threads}")
                outcome = runs.outcome(graph, contender, is_again=contender.peer in asked.again)
                if outcome["status"] in ("limit", "memory"):
                    over.setdefault(contender, []).append(graph)
                if outcome["status"] == "skipped" and is_over:
                    outcome = {"status": "over"}
                outcomes.append(_checked(runs, measure, graph, contender, outcome))
            if any("seconds" in outcome for outcome in outcomes):
                yield Row(measure, graph, tuple(outcomes))
    _show("")


def _checked(
    runs: Runs, measure: Measure, graph: GraphFile, contender: Contender, outcome: Outcome
) -> Outcome:
    """Add what the result is worth: its difference from ours, its quality, or its overlap."""
    found = runs.result(graph, contender)
    if outcome["status"] != "done" or found is None or measure.slug == "page":
        return outcome
    if measure.slug == "communities":
        return outcome | {"quality": quality(found, graph.load())}
    if measure.slug == "sampled_betweenness":
        truth, name = reference(runs, graph)
        if truth is None:
            return outcome
        return outcome | {"overlap": overlap(found, truth), "reference": name}
    ours = runs.result(graph, measure.contenders[0])
    if contender.peer == OWN or ours is None:
        return outcome
    return outcome | {"difference": difference(measure.slug, found, ours, graph.load())}


def reference(runs: Runs, graph: GraphFile) -> tuple[np.ndarray | None, str]:
    """Return betweenness to compare estimates with, and what it is.

    Exact where it has been computed on this network, or else an estimate from far more samples of
    another seed.
    """
    for contender in reversed(MEASURES[0].contenders[:2]):
        exact = runs.result(graph, contender)
        if exact is not None:
            return exact, "exact"
    many = Contender(OWN, "reference", "reference", 2)
    if (found := runs.result(graph, many)) is None and not runs.is_still:
        _show(f"reference · {graph.name}")
        limits = dataclasses.replace(runs.limits, repeats=1, limit_s=REFERENCE_LIMIT_S)
        patient = Runs(runs.folder, limits, runs.small, resumes=False)
        patient.outcome(graph, many)
        found = patient.result(graph, many)
    return found, f"estimated from {N_REFERENCE_SAMPLES:,} samples of another seed"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks peers")

    def listed(text: str) -> list[str]:
        return [part for part in text.split(",") if part]

    def sizes(text: str) -> list[int]:
        return [int(part) for part in listed(text)]

    def interpreter(text: str) -> tuple[str, Path]:
        peer, _, path = text.rpartition("=")
        return peer, Path(path)

    parser.add_argument("--full", action="store_true", help="all sizes and real networks")
    parser.add_argument("--sizes", type=sizes, help="of the cities, 1000,5000 say")
    parser.add_argument("--graphs", type=listed, help="of graph-tool's collection; '' for none")
    parser.add_argument("--measures", type=listed, help=", ".join(m.slug for m in MEASURES))
    parser.add_argument("--peers", type=listed, help="only these, and ours")
    parser.add_argument("--threads", type=int, help="only so many, for who can have several")
    parser.add_argument("--limit", type=float, default=120, help="seconds of one run")
    parser.add_argument("--memory", type=float, default=8, help="GB that a process may take")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--budget", type=float, default=5, help="seconds of all repeats of one measure together"
    )
    parser.add_argument("--sampling", type=float, default=5, help="seconds of an estimate")
    parser.add_argument("--resume", action="store_true", help="keep what was measured before")
    parser.add_argument(
        "--kept", action="store_true", help="run nothing; make the tables of what was measured"
    )
    parser.add_argument("--again", type=listed, default=[], help="peers measured anew all the same")
    parser.add_argument("--write", action="store_true", help="write the tables to README.md here")
    parser.add_argument(
        "--interpreter", type=interpreter, action="append", metavar="[PEER=]PATH",
        default=[("", ROOT / ".venv-peers" / "bin" / "python")],
        help="the Python that has the peers, or one of them",
    )  # fmt: skip
    parser.add_argument(
        "--cache", type=Path, default=Path(platformdirs.user_cache_dir("wushe"), "benchmarks"),
        help="where networks and outcomes are kept",
    )  # fmt: skip
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _show(text: str) -> None:
    sys.stderr.write(f"\r\033[K{text}" if sys.stderr.isatty() else f"{text}\n" if text else "")
    sys.stderr.flush()
