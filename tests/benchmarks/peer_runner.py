"""Times one measure of one peer; run by the peer's own interpreter, and imports nothing of ours.

The only argument is a request as JSON, see `Request`. Each line printed is a JSON object, and
together they are the outcome: ``build_s`` first, then ``seconds`` of each run with the memory. A
run that outlasts its limit is ended by the alarm clock, hence the first line may be all there is.
"""

from __future__ import annotations

import gc
import importlib
import importlib.metadata
import json
import os
import platform
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes
    ----------
    peer, measure : names in `BUILDERS` and `MEASURES`.
    graph, small_graph : .npz files of a network; the small one is measured once before the clock.
    n_threads : how many threads it may use.
    repeats : how many runs at least, fewer where they would take more than ``budget_s`` together.
    limit_s : how long one run may take.
    result : .npy file that what is found is written to, one value or row for each node; or None.
    sampling_s : for estimates: as many samples as fit into so many seconds.
    """

    peer: str
    measure: str
    graph: str
    small_graph: str
    n_threads: int
    repeats: int
    budget_s: float
    limit_s: float
    result: str | None
    sampling_s: float


@dataclass(frozen=True)
class Edges:
    """A network as arrays; the weights are left out where the measure does not use them."""

    n: int
    sources: Any
    targets: Any
    weights: Any
    groups: Any

    @classmethod
    def load(cls, path: str, *, is_weighted: bool) -> Edges:
        with np.load(path) as file:
            weights = file["weights"] if is_weighted else None
            return cls(int(file["n"]), file["sources"], file["targets"], weights, file["groups"])

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.sources.tolist(), self.targets.tolist(), strict=True))

    @property
    def triples(self) -> list[tuple[int, int, float]]:
        columns = (self.sources.tolist(), self.targets.tolist(), self.weights.tolist())
        return list(zip(*columns, strict=True))


Builder = Callable[[Edges, int], Any]
Measure = Callable[[Any, int], Any]
Finish = Callable[[Any, Edges], Any]
WEIGHTED = ("constraint", "effective_size", "communities")
# What takes next to no time is run more often, for so long.
_LEAST_S = 0.2
_MOST_REPEATS = 101
# How near to the time that it may take an estimate is to come, and after how many tries it is left.
_NEAR = 0.25
_MOST_TRIES = 12


def main(builders: dict[str, Builder], measures: dict[tuple[str, str], Any]) -> None:
    """Answer the request on the command line; ``measures`` have (measure, what finishes it)."""
    request = Request(**json.loads(sys.argv[1]))
    build = builders[request.peer]
    measure, finish = measures[request.peer, request.measure]
    is_weighted = request.measure.startswith(WEIGHTED)
    small = Edges.load(request.small_graph, is_weighted=is_weighted)
    if request.sampling_s:
        measure = measure(request.sampling_s)
    else:
        measure(build(small, request.n_threads), request.n_threads)
    before_mb = peak_mb()
    edges = Edges.load(request.graph, is_weighted=is_weighted)
    start = time.perf_counter()
    graph = build(edges, request.n_threads)
    say(build_s=time.perf_counter() - start, versions=versions(request.peer))
    seconds: list[float] = []
    found: Any = None
    while len(seconds) < request.repeats or (
        sum(seconds) < _LEAST_S and len(seconds) < _MOST_REPEATS
    ):
        found = None
        gc.collect()
        signal.setitimer(signal.ITIMER_REAL, request.limit_s)
        start = time.perf_counter()
        found = measure(graph, request.n_threads)
        seconds.append(time.perf_counter() - start)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if sum(seconds) + seconds[-1] > request.budget_s:
            break
    notes: dict[str, Any] = {}
    if request.sampling_s:
        found, notes, seconds = found
    say(seconds=seconds, before_mb=before_mb, peak_mb=peak_mb(), **notes)
    if request.result is not None:
        np.save(request.result, finish(found, edges))


def say(**values: Any) -> None:
    """Print part of the outcome."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def peak_mb() -> float:
    """Return the most memory that this process has held.

    ``ru_maxrss`` starts from that of the process that started this one; Linux knows better.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
    except OSError:
        unit = 1024**2 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def versions(peer: str) -> dict[str, str]:
    """Return the versions of the peer and of Python."""
    if peer == "graph-tool":
        found = str(importlib.import_module("graph_tool").__version__).split()[0]
    else:
        found = importlib.metadata.version(peer)
    return {peer: found, "Python": platform.python_version()}


def build_igraph(edges: Edges, n_threads: int) -> Any:
    import igraph

    graph = igraph.Graph(n=edges.n, edges=edges.pairs)
    if edges.weights is not None:
        graph.es["weight"] = edges.weights.tolist()
    return graph


def build_networkit(edges: Edges, n_threads: int) -> Any:
    import networkit

    networkit.setNumberOfThreads(n_threads)
    networkit.setSeed(1, True)
    rows = (edges.sources.astype(np.uint64), edges.targets.astype(np.uint64))
    if edges.weights is None:
        return networkit.GraphFromCoo(rows, edges.n)
    return networkit.GraphFromCoo((edges.weights, rows), edges.n, weighted=True)


def build_rustworkx(edges: Edges, n_threads: int) -> Any:
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(edges.n))
    graph.add_edges_from_no_data(edges.pairs)
    return graph


def build_graph_tool(edges: Edges, n_threads: int) -> Any:
    import graph_tool

    graph_tool.openmp_set_num_threads(n_threads)
    graph = graph_tool.Graph(directed=False)
    graph.add_vertex(edges.n)
    graph.add_edge_list(np.column_stack((edges.sources, edges.targets)))
    return graph


def build_networkx(edges: Edges, n_threads: int) -> Any:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from((i, {"group": group}) for i, group in enumerate(edges.groups.tolist()))
    if edges.weights is None:
        graph.add_edges_from(edges.pairs)
    else:
        graph.add_weighted_edges_from(edges.triples)
    return graph


def build_nx_parallel(edges: Edges, n_threads: int) -> Any:
    import networkx as nx
    import nx_parallel  # noqa: F401

    nx.config.backends.parallel.active = True
    nx.config.backends.parallel.n_jobs = n_threads
    return build_networkx(edges, n_threads)


BUILDERS: dict[str, Builder] = {
    "igraph": build_igraph,
    "networkit": build_networkit,
    "rustworkx": build_rustworkx,
    "graph-tool": build_graph_tool,
    "networkx": build_networkx,
    "nx-parallel": build_nx_parallel,
}


def of_networkit(module: str, name: str, get: str, **given: Any) -> Measure:
    """Return a measure that runs one of NetworKit's algorithms and gets its result."""

    def measure(graph: Any, n_threads: int) -> Any:
        algorithm = getattr(importlib.import_module(f"networkit.{module}"), name)(graph, **given)
        algorithm.run()
        return getattr(algorithm, get)()

    return measure


def of_module(module: str, name: str, **given: Any) -> Measure:
    """Return a measure that is a function of a module; what it yields is listed."""

    def measure(graph: Any, n_threads: int) -> Any:
        found = getattr(importlib.import_module(module), name)(graph, **given)
        return list(found) if hasattr(found, "__next__") else found

    return measure


def of_igraph(name: str, **given: Any) -> Measure:
    """Return a measure that is a method of igraph's graphs."""
    return lambda graph, _: getattr(graph, name)(**given)


def networkx_effective_size(graph: Any, n_threads: int) -> Any:
    """With a list of nodes, since NetworkX has another formula for all nodes with weights."""
    import networkx as nx

    return nx.effective_size(graph, list(graph), weight="weight")


def networkx_roles(graph: Any, n_threads: int) -> Any:
    """Count roles by the definition: for each broker, each pair of its partners without a tie."""
    group = graph.nodes("group")
    counts = {b: [0, 0, 0, 0, 0] for b in graph}
    for b, found in counts.items():
        own = group[b]
        for a, c in combinations(graph[b], 2):
            if graph.has_edge(a, c) or own < 0 or group[a] < 0 or group[c] < 0:
                continue
            if group[a] == group[c]:
                found[0 if group[a] == own else 1] += 1
            elif own in (group[a], group[c]):
                found[2] += 1
                found[3] += 1
            else:
                found[4] += 1
    return counts


def graph_tool_betweenness(graph: Any, n_threads: int) -> Any:
    from graph_tool.centrality import betweenness

    return betweenness(graph, norm=False)[0]


def graph_tool_articulation(graph: Any, n_threads: int) -> Any:
    from graph_tool.topology import label_biconnected_components

    return label_biconnected_components(graph)[1]


def graph_tool_bridges(graph: Any, n_threads: int) -> Any:
    """Return the biconnected components, and which of them are single ties."""
    from graph_tool.topology import label_biconnected_components

    block, _, sizes = label_biconnected_components(graph)
    return graph.get_edges()[sizes[block.a] == 1]


def graph_tool_components(graph: Any, n_threads: int) -> Any:
    from graph_tool.topology import label_components

    return label_components(graph)[0]


def graph_tool_cores(graph: Any, n_threads: int) -> Any:
    from graph_tool.topology import kcore_decomposition

    return kcore_decomposition(graph)


def networkit_components(graph: Any, n_threads: int) -> Any:
    name = "ConnectedComponents" if n_threads == 1 else "ParallelConnectedComponents"
    return of_networkit("components", name, "getPartition")(graph, n_threads)


def networkit_partition(name: str, **given: Any) -> Measure:
    return of_networkit("community", name, "getPartition", **given)


def as_values(found: Any, edges: Edges) -> Any:
    """A list, or a mapping from nodes, as an array in the order of the nodes."""
    if hasattr(found, "a"):
        return np.array(found.a)
    if hasattr(found, "keys"):
        return np.array([found[i] for i in range(edges.n)])
    return np.array(found)


def as_halves(found: Any, edges: Edges) -> Any:
    """NetworKit counts a pair of nodes once in each order."""
    return np.array(found) / 2


def as_flags(found: Any, edges: Edges) -> Any:
    """A list of nodes as one flag for each node."""
    flags = np.zeros(edges.n, bool)
    flags[list(found)] = True
    return flags


def as_labels(found: Any, edges: Edges) -> Any:
    """A partition as one label for each node, whatever the peer makes of it."""
    if hasattr(found, "membership"):
        return np.array(found.membership)
    if hasattr(found, "getVector"):
        return np.array(found.getVector())
    labels = np.empty(edges.n, np.int64)
    for label, members in enumerate(found):
        labels[list(members)] = label
    return labels


def as_ties(found: Any, edges: Edges) -> Any:
    """Pairs of nodes as sorted rows, the lower node first."""
    return sorted_rows(np.array([tuple(pair) for pair in found], np.int64).reshape(-1, 2))


def as_ties_of_igraph(found: Any, edges: Edges) -> Any:
    """Numbers of ties as sorted rows of nodes."""
    return sorted_rows(np.column_stack((edges.sources, edges.targets))[found].reshape(-1, 2))


def sorted_rows(pairs: Any) -> Any:
    pairs = np.sort(pairs, axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def in_blocks(found: Any, edges: Edges) -> Any:
    """NetworKit's biconnected components, as flags of the nodes that are in two or more."""
    n_blocks = np.bincount(
        np.concatenate([np.array(b, np.int64) for b in found]), minlength=edges.n
    )
    return n_blocks > 1


def fitted(estimate: Callable[[Any, int, float], Any], first: float) -> Callable[[float], Measure]:
    """Return a measure with as many samples as fit into a given time.

    ``estimate(graph, n_threads, size)`` is run with growing ``size``, which its time goes with in
    the long run, until it takes about as long as it may; the last run is the one that counts.
    """

    def make(sampling_s: float) -> Measure:
        def measure(graph: Any, n_threads: int) -> Any:
            size = first
            for _ in range(_MOST_TRIES):
                start = time.perf_counter()
                found, notes = estimate(graph, n_threads, size)
                took = time.perf_counter() - start
                if abs(took / sampling_s - 1) < _NEAR or (took < sampling_s and notes["is_all"]):
                    break
                # What comes before the first sample takes most of the time at first.
                least = 3.0 if took < sampling_s / 2 else 0.1
                size *= max(least, min(10.0, 0.95 * sampling_s / took))
            return found, notes, [took]

        return measure

    return make


def networkit_estimate(graph: Any, n_threads: int, size: float) -> Any:
    from networkit.centrality import EstimateBetweenness

    n_samples = min(round(size), graph.numberOfNodes())
    found = EstimateBetweenness(graph, n_samples, False, True)
    found.run()
    notes = {"samples": n_samples, "is_all": n_samples == graph.numberOfNodes()}
    return found.scores(), notes


def networkit_approx(graph: Any, n_threads: int, size: float) -> Any:
    from networkit.centrality import ApproxBetweenness

    found = ApproxBetweenness(graph, size**-0.5)
    found.run()
    return found.scores(), {"samples": found.numberOfSamples(), "is_all": False}


def networkit_kadabra(graph: Any, n_threads: int, size: float) -> Any:
    from networkit.centrality import KadabraBetweenness

    found = KadabraBetweenness(graph, size**-0.5)
    found.run()
    return found.scores(), {"samples": found.getNumberOfIterations(), "is_all": False}


def graph_tool_pivots(graph: Any, n_threads: int, size: float) -> Any:
    from graph_tool.centrality import betweenness

    n_samples = min(round(size), graph.num_vertices())
    pivots = np.random.default_rng(1).choice(graph.num_vertices(), n_samples, replace=False)
    notes = {"samples": n_samples, "is_all": n_samples == graph.num_vertices()}
    return betweenness(graph, pivots, norm=False)[0], notes


MEASURES: dict[tuple[str, str], Any] = {
    ("igraph", "betweenness"): (of_igraph("betweenness", directed=False), as_values),
    ("networkit", "betweenness"): (of_networkit("centrality", "Betweenness", "scores"), as_halves),
    ("rustworkx", "betweenness"): (
        of_module("rustworkx", "graph_betweenness_centrality", normalized=False),
        as_values,
    ),
    ("graph-tool", "betweenness"): (graph_tool_betweenness, as_values),
    ("networkx", "betweenness"): (
        of_module("networkx", "betweenness_centrality", normalized=False),
        as_values,
    ),
    ("nx-parallel", "betweenness"): (
        of_module("networkx", "betweenness_centrality", normalized=False, backend="parallel"),
        as_values,
    ),
    ("networkit", "sampled_betweenness"): (fitted(networkit_estimate, 2), as_values),
    ("networkit", "sampled_betweenness_approx"): (fitted(networkit_approx, 4), as_values),
    ("networkit", "sampled_betweenness_kadabra"): (fitted(networkit_kadabra, 4), as_values),
    ("graph-tool", "sampled_betweenness"): (fitted(graph_tool_pivots, 2), as_values),
    ("igraph", "constraint"): (of_igraph("constraint", weights="weight"), as_values),
    ("networkx", "constraint"): (
        of_module("networkx", "constraint", weight="weight"),
        as_values,
    ),
    ("networkx", "effective_size"): (
        of_module("networkx", "effective_size", weight="weight"),
        as_values,
    ),
    ("networkx", "effective_size_by_node"): (networkx_effective_size, as_values),
    ("networkx", "brokerage"): (networkx_roles, as_values),
    ("igraph", "components"): (of_igraph("connected_components"), as_labels),
    ("networkit", "components"): (networkit_components, as_labels),
    ("rustworkx", "components"): (of_module("rustworkx", "connected_components"), as_labels),
    ("graph-tool", "components"): (graph_tool_components, as_values),
    ("networkx", "components"): (of_module("networkx", "connected_components"), as_labels),
    ("igraph", "articulation"): (of_igraph("articulation_points"), as_flags),
    ("networkit", "articulation"): (
        of_networkit("components", "BiconnectedComponents", "getComponents"),
        in_blocks,
    ),
    ("rustworkx", "articulation"): (of_module("rustworkx", "articulation_points"), as_flags),
    ("graph-tool", "articulation"): (graph_tool_articulation, as_values),
    ("networkx", "articulation"): (of_module("networkx", "articulation_points"), as_flags),
    ("igraph", "bridges"): (of_igraph("bridges"), as_ties_of_igraph),
    ("rustworkx", "bridges"): (of_module("rustworkx", "bridges"), as_ties),
    ("graph-tool", "bridges"): (graph_tool_bridges, as_ties),
    ("networkx", "bridges"): (of_module("networkx", "bridges"), as_ties),
    ("igraph", "cores"): (of_igraph("coreness"), as_values),
    ("networkit", "cores"): (of_networkit("centrality", "CoreDecomposition", "scores"), as_values),
    ("rustworkx", "cores"): (of_module("rustworkx", "core_number"), as_values),
    ("graph-tool", "cores"): (graph_tool_cores, as_values),
    ("networkx", "cores"): (of_module("networkx", "core_number"), as_values),
    ("igraph", "communities"): (
        of_igraph("community_leiden", objective_function="modularity", weights="weight"),
        as_labels,
    ),
    ("igraph", "communities_thorough"): (
        of_igraph(
            "community_leiden",
            objective_function="modularity",
            weights="weight",
            n_iterations=-1,
        ),
        as_labels,
    ),
    ("networkit", "communities"): (networkit_partition("PLM"), as_labels),
    ("networkit", "communities_thorough"): (
        networkit_partition("ParallelLeiden", iterations=10),
        as_labels,
    ),
    ("networkx", "communities"): (
        of_module("networkx.algorithms.community", "louvain_communities", seed=1),
        as_labels,
    ),
}


def export(name: str, path: str) -> None:
    """Write a network of graph-tool's collection as a simple undirected one."""
    import graph_tool.collection

    graph = graph_tool.collection.data[name]
    pairs = np.sort(graph.get_edges()[:, :2].astype(np.int64), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
    np.savez(path, n=graph.num_vertices(), sources=pairs[:, 0], targets=pairs[:, 1])


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "Agg")
    if sys.argv[1] == "export":
        export(*sys.argv[2:])
    else:
        main(BUILDERS, MEASURES)
