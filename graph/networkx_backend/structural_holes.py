"""Burt's structural holes as NetworkX names them, computed by `graph.analysis.structural_holes`.

Parallel edges add up, arcs of both directions too; a graph with self-loops is left to NetworkX,
which counts a node as its own partner there, and for a list of nodes in another way than for all.

Known differences from NetworkX 3.6 and 3.7, in which ours is what the formulas give by hand, and
for the constraint what igraph does:

- ``constraint`` and ``effective_size`` for a list of nodes of a directed graph are NaN there for a
  node with incoming arcs only.
- ``effective_size`` for all nodes at once divides a tie by the strongest tie of the wrong one of
  its two ends, so that it differs from NetworkX's own answer for a list of nodes wherever weights
  differ, those of a directed graph without weights among them (1 one way, 2 both ways).
- For a list of nodes of a multigraph, and in ``local_constraint``, parallel edges count as one
  there, whatever their weights, and ``effective_size`` is the same for no list.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import networkx as nx
import numpy as np

from graph.analysis.structural_holes import structural_holes
from graph.network import FloatArray, IntArray, Network
from graph.networkx_backend.wushe_graph import WusheGraph


def constraint(
    G: WusheGraph,  # noqa: N803
    nodes: Iterable[Hashable] | None = None,
    weight: Hashable | None = None,
) -> dict[Hashable, float]:
    """Return how far the ties of each node lead back to the same few; NaN for isolates."""
    return _of_nodes(G, nodes, structural_holes(_network(G, weight)).constraint)


def effective_size(
    G: WusheGraph,  # noqa: N803
    nodes: Iterable[Hashable] | None = None,
    weight: Hashable | None = None,
) -> dict[Hashable, float]:
    """Return the partners of each node less what is redundant among them; NaN for isolates."""
    return _of_nodes(G, nodes, structural_holes(_network(G, weight)).effective_size)


def local_constraint(
    G: WusheGraph,  # noqa: N803
    u: Hashable,
    v: Hashable,
    weight: Hashable | None = None,
) -> float:
    """Return how far ``v`` constrains ``u``, tied to it or not."""
    network = _network(G, weight)
    if u not in G:
        raise nx.NetworkXError(f"The node {u} is not in the graph.")
    if v not in G:
        return 0.0
    i, j = G.index[u], G.index[v]
    partners, weights = _row(network, i)
    shares = weights / weights.sum()
    direct = shares[partners == j].sum()
    between, of_j = np.intersect1d(partners, _row(network, j)[0], return_indices=True)[1:]
    to_j = _row(network, j)[1][of_j]
    totals = network.strengths[partners[between]]
    return float((direct + (shares[between] * to_j / totals).sum()) ** 2)


def _network(graph: WusheGraph, weight: Hashable | None) -> Network:
    if graph.has_self_loops:
        raise NotImplementedError("a self-loop counts as a tie to oneself in NetworkX")
    return graph.network(weight).undirected


def _row(network: Network, i: int) -> tuple[IntArray, FloatArray]:
    row = slice(network.indptr[i], network.indptr[i + 1])
    return network.indices[row], network.weights[row]


def _of_nodes(
    graph: WusheGraph, nodes: Iterable[Hashable] | None, values: FloatArray
) -> dict[Hashable, float]:
    of_all = dict(zip(graph.nodes, values.tolist(), strict=True))
    return of_all if nodes is None else {v: of_all[v] for v in nodes}
