"""Components of all three sorts, in the order in which NetworkX gives them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import pairwise

import networkx as nx
import numpy as np

from graph.kernels.components import weak_components
from graph.kernels.depth_first import strong_components_in_order
from graph.network import IntArray
from graph.networkx_backend.wushe_graph import WusheGraph


def connected_components(G: WusheGraph) -> Iterator[set[Hashable]]:  # noqa: N803
    """Yield the nodes of each component, in the order of their first nodes."""
    return _sets(G, _weak(G))


def number_connected_components(G: WusheGraph) -> int:  # noqa: N803
    """Return the number of components."""
    return _count(_weak(G))


def is_connected(G: WusheGraph) -> bool:  # noqa: N803
    """Say whether all nodes are in one component."""
    return _is_one(G, _weak)


def node_connected_component(G: WusheGraph, n: Hashable) -> set[Hashable]:  # noqa: N803
    """Return the nodes of the component of ``n``."""
    labels = _weak(G)
    members = np.flatnonzero(labels == labels[G.index[n]])
    return set(map(G.nodes.__getitem__, members.tolist()))


def weakly_connected_components(G: WusheGraph) -> Iterator[set[Hashable]]:  # noqa: N803
    """Yield the nodes of each weak component, in the order of their first nodes."""
    return _sets(G, _weak(G))


def number_weakly_connected_components(G: WusheGraph) -> int:  # noqa: N803
    """Return the number of weak components."""
    return _count(_weak(G))


def is_weakly_connected(G: WusheGraph) -> bool:  # noqa: N803
    """Say whether all nodes are in one weak component."""
    return _is_one(G, _weak)


def strongly_connected_components(G: WusheGraph) -> Iterator[set[Hashable]]:  # noqa: N803
    """Yield the nodes of each strong component; no arc leads to a later one."""
    return _sets(G, _strong(G))


def number_strongly_connected_components(G: WusheGraph) -> int:  # noqa: N803
    """Return the number of strong components."""
    return _count(_strong(G))


def is_strongly_connected(G: WusheGraph) -> bool:  # noqa: N803
    """Say whether all nodes are in one strong component."""
    return _is_one(G, _strong)


def _weak(graph: WusheGraph) -> IntArray:
    return weak_components(graph.indptr, graph.indices)


def _strong(graph: WusheGraph) -> IntArray:
    return strong_components_in_order(graph.indptr, graph.indices)


def _count(labels: IntArray) -> int:
    return int(labels.max(initial=-1)) + 1


def _is_one(graph: WusheGraph, find: Callable[[WusheGraph], IntArray]) -> bool:
    if not len(graph):
        raise nx.NetworkXPointlessConcept("Connectivity is undefined for the null graph.")
    return _count(find(graph)) == 1


def _sets(graph: WusheGraph, labels: IntArray) -> Iterator[set[Hashable]]:
    members = list(map(graph.nodes.__getitem__, np.argsort(labels, kind="stable").tolist()))
    ends = np.cumsum(np.bincount(labels)).tolist()
    return (set(members[begin:end]) for begin, end in pairwise([0, *ends]))
