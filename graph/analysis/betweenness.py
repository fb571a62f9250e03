"""Betweenness: how many shortest paths between others run through an actor."""

from __future__ import annotations

from graph.network import Network


def betweenness(network: Network) -> list[float]:
    """Return the raw betweenness of each actor, in order.

    b(v) = Σ over unordered pairs {s, t} without v of σ(s, t | v) / σ(s, t), where σ(s, t) counts
    the shortest paths between s and t and σ(s, t | v) those through v (Freeman 1977, Sociometry
    40:35; computed by Brandes 2001, J. Math. Sociol. 25:163).

    Every tie has length 1: strengths are not used. Each pair counts once, pairs with no path
    between them count nothing, and isolates get 0. Time O(n·m), memory O(n + m).
    """
    import networkx as nx

    values = nx.betweenness_centrality(network.to_networkx(), normalized=False)
    return [float(values[i]) for i in range(len(network))]
