"""Components: which nodes can reach one another at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.kernels import components as kernels
from graph.network import IntArray, Network, PointerArray


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """A partition of the nodes into components.

    labels : int32, the component of each node; numbered in order of first node.
    sizes : int64, the number of nodes of each component, under its number.
    """

    labels: IntArray
    sizes: PointerArray

    @property
    def largest(self) -> int:
        """The number of the largest component, the first of equals; an empty network has none."""
        return int(self.sizes.argmax())


def components(network: Network) -> Components:
    """Find the components: two nodes are in one if a chain of ties joins them, directions aside.

    Weights, parallel ties and self-ties make no difference; an isolate is a component of its own.
    Of a directed network these are the weak components. Time O((n + m) log n) at worst and near
    O(n + m) in practice, memory O(n) (union-find, Tarjan 1975, J. ACM 22:215). Equal to networkx's
    ``connected_components`` and ``weakly_connected_components``, which give sets in no set order.

    >>> found = components(Network.from_edges([("a", "b"), ("c", "d")], nodes="zabcd"))
    >>> found.labels.tolist(), found.sizes.tolist()
    ([0, 1, 1, 2, 2], [1, 2, 2])
    """
    return _of(kernels.weak_components(network.indptr, network.indices))


def strong_components(network: Network) -> Components:
    """Find the strong components: two nodes are in one if each can be reached from the other.

    Along the arcs of a directed network; of an undirected one they are its components. Weights,
    parallel ties and self-ties make no difference. Time and memory O(n + m) (Tarjan 1972, SIAM J.
    Comput. 1:146). Equal to networkx's ``strongly_connected_components``.

    >>> ring = [("a", "b"), ("b", "a"), ("b", "c")]
    >>> strong_components(Network.from_edges(ring, is_directed=True)).labels.tolist()
    [0, 0, 1]
    """
    if not network.is_directed:
        return components(network)
    return _of(kernels.strong_components(network.indptr, network.indices))


def _of(labels: IntArray) -> Components:
    return Components(labels, np.bincount(labels).astype(np.int64))
