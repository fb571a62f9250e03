"""Density: how many of the ties that there could be there are."""

from __future__ import annotations

import math

from graph.network import Network


def density(network: Network) -> float:
    """Return the share of pairs of nodes that are tied: 2m / (n (n - 1)), m / (n (n - 1)) if
    directed, for n nodes and m ties.

    Weights make no difference; parallel ties count once and self-ties not at all, so that it lies
    between 0 and 1. NaN for fewer than two nodes, which have no pair (networkx gives 0). networkx
    and igraph count parallel and self-ties and can exceed 1. Time O(1) (Wasserman & Faust 1994,
    Social Network Analysis, eq. 4.3 and 4.9).

    >>> density(Network.from_edges(["ab", "bc"]))
    0.6666666666666666
    """
    n = len(network)
    if n < 2:
        return math.nan
    return network.n_ties * (1 if network.is_directed else 2) / (n * (n - 1))
