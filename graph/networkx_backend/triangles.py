"""Triangles and clustering coefficients as NetworkX defines them; self-loops play no part."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import networkx as nx
import numpy as np

from graph.kernels.triangle_sums import triangle_sums
from graph.kernels.triangles import upward
from graph.network import FloatArray, Network
from graph.networkx_backend.wushe_graph import WusheGraph


def triangles(G: WusheGraph, nodes: Any = None) -> Any:  # noqa: N803
    """Return how many triangles each node is in, or each asked for."""
    if nodes is not None:
        _refuse_multigraphs(G)
    counts = _at_nodes(G, None).astype(np.int64)
    return _asked(G, nodes, dict(zip(G.nodes, counts.tolist(), strict=True)))


def clustering(
    G: WusheGraph,  # noqa: N803
    nodes: Any = None,
    weight: Hashable | None = None,
) -> Any:
    """Return the clustering coefficient of each node, or of each asked for."""
    _refuse_multigraphs(G)
    return _asked(G, nodes, dict(zip(G.nodes, _coefficients(G, weight), strict=True)))


def average_clustering(
    G: WusheGraph,  # noqa: N803
    nodes: Iterable[Hashable] | None = None,
    weight: Hashable | None = None,
    count_zeros: bool = True,
) -> float:
    """Return the mean clustering coefficient of all nodes, or of those asked for."""
    found = list(clustering(G, nodes, weight).values())
    counted = found if count_zeros else [c for c in found if c > 0]
    total: float = sum(counted)
    return total / len(counted)


def transitivity(G: WusheGraph) -> float:  # noqa: N803
    """Return which share of the pairs of partners of a node are tied, over all nodes together."""
    _refuse_multigraphs(G)
    degrees = G.network().degrees
    closed = 2 * int(_at_nodes(G, None).sum())
    return closed / int((degrees * (degrees - 1)).sum()) if closed else 0


def _coefficients(graph: WusheGraph, weight: Hashable | None) -> list[float]:
    network = graph.network()
    degrees = network.degrees
    possible = degrees * (degrees - 1)
    if graph.is_directed():
        degrees = degrees + np.diff(network.in_indptr)
        n_mutual = degrees - network.undirected.degrees
        possible = 2 * (degrees * (degrees - 1) - 2 * n_mutual)
    closed = 2 * _at_nodes(graph, weight)
    return [t / p if t else 0 for t, p in zip(closed.tolist(), possible.tolist(), strict=True)]


def _at_nodes(graph: WusheGraph, weight: Hashable | None) -> FloatArray:
    """Return the triangles at each node, each as the geometric mean of its weights or as 1.

    Weights are taken over the largest. In a directed graph each choice of three arcs that closes
    the triangle is one (Fagiolo 2007, Phys. Rev. E 76:026107).
    """
    network = graph.network(weight)
    sources, targets, weights = network.arrays()
    roots = np.ones(len(weights))
    if weight is not None:
        roots = np.cbrt(weights / graph.values(weight).max(initial=0.0))
    # A copy, for what is compiled for arrays that can be written to is in use elsewhere.
    base = Network(network.ids, sources, targets.copy(), roots)
    return triangle_sums(*upward(base.indptr, base.indices), base.weights)


def _asked(graph: WusheGraph, nodes: Any, values: dict[Hashable, Any]) -> Any:
    if nodes is None:
        return values
    if nodes in graph:
        return values[nodes]
    return {v: values[v] for v in graph.nbunch_iter(nodes)}


def _refuse_multigraphs(graph: WusheGraph) -> None:
    if graph.is_multigraph():
        raise nx.NetworkXNotImplemented("not implemented for multigraph type")
