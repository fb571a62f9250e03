"""Articulation points, bridges and biconnected components, in NetworkX's order."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import compress, pairwise
from typing import Any

import networkx as nx
import numpy as np

from graph.kernels.components import weak_components
from graph.kernels.depth_first import blocks_in_order
from graph.kernels.low_links import low_links
from graph.networkx_backend.wushe_graph import BoolArray, Edge, WusheGraph


def articulation_points(G: WusheGraph) -> Iterator[Hashable]:  # noqa: N803
    """Yield the nodes without which a component falls apart."""
    *_, cuts = _blocks(G)
    return map(G.nodes.__getitem__, cuts.tolist())


def biconnected_components(G: WusheGraph) -> Iterator[set[Hashable]]:  # noqa: N803
    """Yield the nodes of each biconnected component."""
    return ({v for edge in edges for v in edge} for edges in biconnected_component_edges(G))


def biconnected_component_edges(G: WusheGraph) -> Iterator[list[Edge]]:  # noqa: N803
    """Yield the edges of each biconnected component, as the search came across them."""
    sources, targets, begins, _ = _blocks(G)
    ends = (map(G.nodes.__getitem__, positions.tolist()) for positions in (sources, targets))
    edges = list(zip(*ends, strict=True))
    return (edges[begin:end] for begin, end in pairwise(begins.tolist()))


def is_biconnected(G: WusheGraph) -> bool:  # noqa: N803
    """Say whether all nodes are in one biconnected component."""
    sources, targets, begins, _ = _blocks(G)
    return len(begins) == 2 and len(np.union1d(sources, targets)) == len(G)


def bridges(G: WusheGraph, root: Hashable | None = None) -> Iterator[Edge]:  # noqa: N803
    """Yield the edges without which a component falls apart, or that of ``root`` does."""
    return compress(G.pair_objects(), _is_bridge(G, root).tolist())


def has_bridges(G: WusheGraph, root: Hashable | None = None) -> bool:  # noqa: N803
    """Say whether there is an edge without which a component falls apart."""
    return bool(_is_bridge(G, root).any())


def _blocks(graph: WusheGraph) -> Any:
    return blocks_in_order(graph.indptr, graph.indices)


def _is_bridge(graph: WusheGraph, root: Hashable | None) -> BoolArray:
    """Say of each entry of ``graph.pairs`` whether it is a bridge."""
    if root is not None and root not in graph:
        raise nx.NodeNotFound(f"Root node {root} is not in graph")
    _, sources, targets = low_links(graph.indptr, graph.indices)
    first, second = graph.pairs
    found: BoolArray = np.isin(
        np.minimum(first, second).astype(np.int64) * len(graph) + np.maximum(first, second),
        sources.astype(np.int64) * len(graph) + targets,
    )
    if graph.is_multigraph():
        found &= graph.n_parallel == 1
    if root is not None:
        labels = weak_components(graph.indptr, graph.indices)
        found &= labels[first] == labels[graph.index[root]]
    return found
