"""Cores: how deep in the densely tied middle of the network a node lies."""

from __future__ import annotations

from graph.kernels.cores import core_numbers
from graph.network import IntArray, Network


def cores(network: Network) -> IntArray:
    """Return the core number of each node.

    The k-core is what is left when nodes of degree below k are removed again and again; the core
    number of a node is the largest k whose k-core it is in (Seidman 1983, Soc. Netw. 5:269). The
    degree counts different neighbours, whatever the weight; parallel ties count once, self-ties
    not at all; an isolate has 0.

    Of a directed network the degree is the arcs in and out together, so that a tie both ways
    counts 2: as in networkx's ``core_number`` and igraph's ``coreness(mode="all")``. A network
    with all ties both ways has twice the core numbers of the undirected one;
    ``cores(network.undirected)`` counts neighbours instead. networkx refuses self-ties, igraph
    counts one as 2.

    Returns int32, one for each node. Time O(n + m), memory O(n) (Batagelj & Zaversnik 2003,
    arXiv:cs/0310049).

    >>> cores(Network.from_edges(["ab", "bc", "ca", "cd"], nodes="abcde")).tolist()
    [2, 2, 2, 1, 0]
    """
    return core_numbers(
        network.indptr,
        network.indices,
        network.in_indptr,
        network.in_indices,
        network.is_directed,
    )
