"""Measures on distances: closeness, harmonic centrality, efficiency, eccentricity, mean distance.

64 searches run side by side where edges have length 1; with lengths it is SciPy's Dijkstra.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import astuple, dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array

from graph.analysis.parallel import run_parts
from graph.kernels import distances as kernels
from graph.kernels.key_players import distances_from
from graph.network import FloatArray, IntArray, PointerArray
from graph.networkx_backend.wushe_graph import WusheGraph

_MIN_WORK = 2_000_000  # visits of half-ties that a part of its own is worth
_MAX_CELLS = 4_000_000  # distances held at once


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the distances from several sources to each node come to; it is no source of its own.

    n_sources : how many lead to it. total : Σ d. inverse : Σ 1/d. farthest : the largest d, or 0.
    """

    n_sources: PointerArray
    total: Any
    inverse: FloatArray
    farthest: Any


def closeness_centrality(
    G: WusheGraph,  # noqa: N803
    u: Hashable | None = None,
    distance: Hashable | None = None,
    wf_improved: bool = True,
    *,
    sp: None = None,  # noqa: ARG001
) -> Any:
    """Return the closeness of each node, or of ``u``, by the distances towards it."""
    if u is not None and u not in G:
        raise nx.NodeNotFound(f"Source {u} is not in G")
    targets = None if u is None else _positions(G, [u])
    sums = _sums(G, distance, targets=targets)
    n = len(G)
    closeness = []
    for n_sources, total in zip(sums.n_sources.tolist(), sums.total.tolist(), strict=True):
        value = 0.0
        if total > 0 and n > 1:
            value = n_sources / total
            if wf_improved:
                value *= n_sources / (n - 1)
        closeness.append(value)
    return dict(zip(G.nodes, closeness, strict=True)) if u is None else closeness[0]


def harmonic_centrality(
    G: WusheGraph,  # noqa: N803
    nbunch: Any = None,
    distance: Hashable | None = None,
    sources: Any = None,
) -> dict[Hashable, float]:
    """Return Σ 1/d over the distances from ``sources``, or from all, to each node asked for."""
    # Sets, so that the nodes come in the order in which NetworkX gives them.
    nodes = list(set(G.nbunch_iter(nbunch)))
    starts = list(set(G.nbunch_iter(sources)))
    sums = _sums(G, distance, targets=_positions(G, nodes), sources=_positions(G, starts))
    return {v: value or 0 for v, value in zip(nodes, sums.inverse.tolist(), strict=True)}


def eccentricity(
    G: WusheGraph,  # noqa: N803
    v: Any = None,
    sp: None = None,  # noqa: ARG001
    weight: Hashable | None = None,
) -> Any:
    """Return the largest distance from each node, or each asked for."""
    if not len(G):
        raise NotImplementedError("releases of NetworkX differ on the null graph")
    nodes = list(G.nbunch_iter(v))
    sums = _sums(G, weight, targets=_positions(G, nodes), is_outward=True)
    if (sums.n_sources < len(G) - 1).any():
        sort = "digraph is not strongly" if G.is_directed() else "graph is not"
        raise nx.NetworkXError(f"Found infinite path length because the {sort} connected")
    found = dict(zip(nodes, sums.farthest.tolist(), strict=True))
    return found[v] if v in G else found


def global_efficiency(G: WusheGraph) -> float:  # noqa: N803
    """Return the mean of 1/d over all pairs of nodes, 0 where there is no path."""
    n_pairs = len(G) * (len(G) - 1)
    return float(_sums(G, None).inverse.sum()) / n_pairs if n_pairs else 0


def average_shortest_path_length(
    G: WusheGraph,  # noqa: N803
    weight: Hashable | None = None,
    method: str | None = None,
) -> float:
    """Return the mean distance over all pairs of nodes."""
    n = len(G)
    if n == 0:
        raise nx.NetworkXPointlessConcept("the null graph has no paths to average")
    if n == 1:
        return 0
    sums = _sums(G, None if method == "unweighted" else weight)
    if (sums.n_sources < n - 1).any():
        sort = "strongly connected" if G.is_directed() else "connected"
        raise nx.NetworkXError(f"Graph is not {sort}.")
    return float(sums.total.sum()) / (n * (n - 1))


def wiener_index(G: WusheGraph, weight: Hashable | None = None) -> float:  # noqa: N803
    """Return the sum of the distances of all pairs of nodes, infinite where one has no path."""
    if not len(G):
        raise nx.NetworkXPointlessConcept("Connectivity is undefined for the null graph.")
    sums = _sums(G, weight)
    if (sums.n_sources < len(G) - 1).any():
        return float("inf")
    total: float = sums.total.sum().item()
    return total if G.is_directed() else total / 2


def sums_of_distances(indptr: PointerArray, indices: IntArray, sources: IntArray) -> Sums:
    """Return the sums for each node, all ties of length 1; see the kernel."""
    n = len(indptr) - 1
    size = max(_MIN_WORK // (len(indices) + 1) // 64, 1) * 64

    def search(part: tuple[int, int]) -> Any:
        return kernels.sums_of_distances(indptr, indices, sources[slice(*part)])

    n_sources, total, inverse = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n)
    farthest = np.zeros(n, np.int32)
    parts = [(first, first + size) for first in range(0, len(sources), size)]
    for found in run_parts(search, parts):
        for sum_, part in zip((n_sources, total, inverse), found, strict=False):
            sum_ += part
        np.maximum(farthest, found[3], out=farthest)
    return Sums(n_sources, total, inverse, farthest)


def _sums(
    graph: WusheGraph,
    weight: Hashable | None,
    *,
    targets: IntArray | None = None,
    sources: IntArray | None = None,
    is_outward: bool = False,
) -> Sums:
    """Return the sums for each target, or for all nodes; outward, of the distances *from* it."""
    network, lengths = graph.network(), graph.lengths(weight)
    everyone = np.arange(len(graph), dtype=np.int32)
    ends = everyone if targets is None else targets
    starts = everyone if sources is None else sources
    towards, away = (network.indptr, network.indices), (network.in_indptr, network.in_indices)
    if is_outward:
        towards, away = away, towards
    if lengths is not None:
        matrix = csr_array((lengths, network.indices, network.indptr), shape=(len(graph),) * 2)
        sums = _sums_of_lengths(matrix if is_outward else matrix.T.tocsr(), ends, starts)
        if graph.has_whole_numbers(weight):
            whole = sums.total.astype(np.int64), sums.farthest.astype(np.int64)
            return Sums(sums.n_sources, whole[0], sums.inverse, whole[1])
        return sums
    if 64 * len(ends) < len(starts):
        return _sums_one_by_one(*away, ends, starts)
    sums = sums_of_distances(*towards, starts)
    return Sums(sums.n_sources[ends], sums.total[ends], sums.inverse[ends], sums.farthest[ends])


def _sums_one_by_one(
    indptr: PointerArray, indices: IntArray, targets: IntArray, sources: IntArray
) -> Sums:
    """Return the sums for a few targets, searched from along rows that lead away from them."""
    n = len(indptr) - 1
    found = np.array(
        [distances_from(indptr, indices, np.array([v], np.int32))[sources] for v in targets]
    ).reshape(len(targets), len(sources))
    return _summed(np.where(found < n, found, 0))


def _sums_of_lengths(matrix: Any, targets: IntArray, sources: IntArray) -> Sums:
    """Return the sums for the targets, searched from along the arcs of a matrix of lengths."""
    size = max(_MAX_CELLS // (matrix.shape[0] + 1), 1)

    def search(first: int) -> Sums:
        found = csgraph.dijkstra(matrix, indices=targets[first : first + size])[:, sources]
        return _summed(np.where(np.isfinite(found), found, 0.0))

    parts = run_parts(search, range(0, len(targets), size), 1)
    parts = parts or [_summed(np.zeros((0, len(sources))))]
    return Sums(*(np.concatenate(arrays) for arrays in zip(*map(astuple, parts), strict=True)))


def _summed(distances: NDArray[Any]) -> Sums:
    """Sum the rows of a matrix in which 0 stands for no path."""
    is_path = distances > 0
    inverse = np.divide(1.0, distances, out=np.zeros(distances.shape), where=is_path)
    return Sums(
        is_path.sum(axis=1),
        distances.sum(axis=1),
        inverse.sum(axis=1),
        distances.max(axis=1, initial=0),
    )


def _positions(graph: WusheGraph, nodes: Iterable[Hashable]) -> IntArray:
    return np.array([graph.index[v] for v in nodes], np.int32)
