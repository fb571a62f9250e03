"""Betweenness as NetworkX names and scales it.

Shortest paths are counted by `graph.analysis.betweenness`. Lengths that differ by a relative 1e-12
are equal there, so that 0.1 + 0.2 is as long as 0.3; to NetworkX it is longer.

Known differences from NetworkX 3.6 and 3.7, in which ours is what brute force over all paths gives:

- ``edge_betweenness_centrality_subset`` shares what passes a node that is no target evenly among
  the nodes before it there, whatever the number of paths over each.
- Where a node equals the pair of two others, NetworkX's edge functions lose the edge of these.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import Any

import networkx as nx
import numpy as np

from graph.analysis import betweenness as analysis
from graph.network import FloatArray, IntArray, Network
from graph.networkx_backend.distances import sums_of_distances
from graph.networkx_backend.wushe_graph import Edge, WusheGraph, positions_of


def betweenness_centrality(
    G: WusheGraph,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,
    weight: Hashable | None = None,
    endpoints: bool = False,
    seed: Any = None,
) -> dict[Hashable, float]:
    """Return the betweenness of each node, from all starts or ``k`` sampled ones."""
    network, lengths = G.network(), G.lengths(weight)
    sampled = None if k is None or k == len(G) else _sample(G, k, seed)
    if sampled is None:
        raw = analysis.betweenness(network, distances=lengths) * _times_counted(network)
    else:
        raw, _ = _carried(network, sampled, _everyone(G), lengths)
    if endpoints:
        raw += _paths_ended(network, _everyone(G) if sampled is None else sampled)
    n_sampled = None if sampled is None else len(sampled)
    of_sources, of_others = _scales(G, normalized, endpoints, n_sampled)
    scales = np.full(len(G), of_others)
    if sampled is not None:
        scales[sampled] = of_sources
    return dict(zip(G.nodes, (raw * scales).tolist(), strict=True))


def edge_betweenness_centrality(
    G: WusheGraph,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,
    weight: Hashable | None = None,
    seed: Any = None,
) -> dict[Edge, float]:
    """Return the betweenness of each edge, from all starts or ``k`` sampled ones."""
    network, lengths = G.network(), G.lengths(weight)
    if k is None:
        raw = analysis.tie_betweenness(network, distances=lengths) * _times_counted(network)
    else:
        _, raw = _carried(network, _sample(G, k, seed), _everyone(G), lengths)
    _, scale = _scales(G, normalized, True, k)
    return _by_edge(G, raw * scale, weight)


def betweenness_centrality_subset(
    G: WusheGraph,  # noqa: N803
    sources: Iterable[Hashable],
    targets: Iterable[Hashable],
    normalized: bool = False,
    weight: Hashable | None = None,
) -> dict[Hashable, float]:
    """Return the betweenness of each node for paths from ``sources`` to ``targets``."""
    raw, _ = _carried(G.network(), *_subsets(G, sources, targets), G.lengths(weight))
    _, scale = _scales(G, normalized, False, None)
    return dict(zip(G.nodes, (raw * scale).tolist(), strict=True))


def edge_betweenness_centrality_subset(
    G: WusheGraph,  # noqa: N803
    sources: Iterable[Hashable],
    targets: Iterable[Hashable],
    normalized: bool = False,
    weight: Hashable | None = None,
) -> dict[Edge, float]:
    """Return the betweenness of each edge for paths from ``sources`` to ``targets``."""
    _, raw = _carried(G.network(), *_subsets(G, sources, targets), G.lengths(weight))
    _, scale = _scales(G, normalized, True, None)
    return _by_edge(G, raw * scale, weight)


def _sample(graph: WusheGraph, k: int, seed: Any) -> IntArray:
    drawn = nx.utils.create_py_random_state(seed).sample(list(graph.nodes), k)
    return np.array([graph.index[v] for v in drawn], np.int32)


def _subsets(
    graph: WusheGraph, sources: Iterable[Hashable], targets: Iterable[Hashable]
) -> tuple[IntArray, IntArray]:
    starts = [graph.index[v] for v in sources]
    ends = [graph.index[v] for v in set(targets) if v in graph]
    return np.array(starts, np.int32), np.array(ends, np.int32)


def _everyone(graph: WusheGraph) -> IntArray:
    return np.arange(len(graph), dtype=np.int32)


def _times_counted(network: Network) -> int:
    """Return how often a pair of nodes counts among ordered pairs."""
    return 1 if network.is_directed else 2


def _scales(
    graph: WusheGraph, normalized: bool, endpoints: bool, n_sampled: int | None
) -> tuple[float, float]:
    """Return what sampled nodes and others are multiplied by, as NetworkX 3.6 does.

    Without ``endpoints`` a node is no source of the paths that count for it: a sampled node has
    one source less than others.
    """
    n = len(graph) if endpoints else len(graph) - 1
    if n < 2:
        return 1.0, 1.0
    times = 1 if graph.is_directed() else 2

    def scale(n_sources: int) -> float:
        return 1 / (n_sources * (n - 1)) if normalized else n / (n_sources * times)

    if n_sampled is None:
        return scale(n), scale(n)
    if endpoints:
        return scale(n_sampled), scale(n_sampled)
    return scale(n_sampled - 1) if n_sampled > 1 else math.nan, scale(n_sampled)


def _paths_ended(network: Network, starts: IntArray) -> FloatArray:
    """Return how many pairs (s, t) with a path each node is s or t of, s being among ``starts``."""
    everyone = np.arange(len(network), dtype=np.int32)
    forth = network.indptr, network.indices
    back = network.in_indptr, network.in_indices
    ended = sums_of_distances(*forth, starts).n_sources.astype(np.float64)
    ended[starts] += sums_of_distances(*back, everyone).n_sources[starts]
    return ended


def _carried(
    network: Network, sources: IntArray, targets: IntArray, lengths: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Return what nodes and half-ties carry of the paths from ``sources`` to ``targets``.

    A source counts as often as it stands there. Of an undirected network both halves of a tie hold
    what is carried either way.
    """
    nodes, ties = np.zeros(len(network)), np.zeros(len(network.indices))
    starts, counts = np.unique(sources, return_counts=True)
    for times in np.unique(counts):
        found = analysis.subset_betweenness(
            network, starts[counts == times], targets, distances=lengths
        )
        nodes += times * found[0]
        ties += times * found[1]
    if not network.is_directed:
        ties += ties[network.reverse]
    return nodes, ties


def _by_edge(graph: WusheGraph, ties: FloatArray, weight: Hashable | None) -> dict[Edge, float]:
    """Return what each edge carries; the shortest of parallel edges share it, self-loops have 0."""
    sources, targets = graph.pairs
    carried = np.zeros(len(sources))
    is_tie = sources != targets
    carried[is_tie] = ties[positions_of(graph.network(), sources[is_tie], targets[is_tie])]
    if graph.is_multigraph():
        carried = _shared(graph, carried, weight)
    return dict(zip(graph.edges(), carried.tolist(), strict=True))


def _shared(graph: WusheGraph, carried: FloatArray, weight: Hashable | None) -> FloatArray:
    pair = np.repeat(np.arange(len(carried)), graph.n_parallel)
    values = np.ones(len(pair)) if weight is None else graph.values(weight)
    shortest = np.full(len(carried), np.inf)
    np.minimum.at(shortest, pair, values)
    is_shortest = values == shortest[pair]
    n_shortest = np.bincount(pair[is_shortest], minlength=len(carried))
    return np.where(is_shortest, (carried / np.maximum(n_shortest, 1))[pair], 0.0)
