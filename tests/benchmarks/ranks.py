"""How often rank intervals hold the true rank, where it is known."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np

from graph.analysis.betweenness import betweenness
from graph.analysis.bridging import bridging_profile
from graph.analysis.brokerage import brokerage
from graph.analysis.communities import communities
from graph.analysis.hubs import hub_profiles, hub_scores
from graph.city.network import benchmark_network
from graph.network import FloatArray, Network
from tests.oracles.ranks import coverage_by_place

NAME = "ranks"
HELP = "share of rank intervals of confidence 0.9 that hold the true rank, and their number"
TOPS = (5, 20, 50)
N_HIDINGS = 40
N_REPLICATES = 100


def _brokered_pairs(network: Network) -> FloatArray:
    return brokerage(network).total.astype(np.float64)


def _hub_score(network: Network) -> FloatArray:
    return hub_scores(hub_profiles(network, bridging_profile(network)))


SCORES: dict[str, Callable[[Network], FloatArray]] = {
    "betweenness": betweenness,
    "brokered pairs": _brokered_pairs,
    "hub score": _hub_score,
}


def run() -> list[tuple[str, float, float]]:
    """Hide a tenth of ties and nodes of networks that are known whole, again and again.

    Returns rows of (what, share held, asked for).
    """
    networks = {
        "city of 1,000": benchmark_network(1_000),
        "city of 3,000": benchmark_network(3_000),
        "Barabási–Albert, 500": _grouped(nx.barabasi_albert_graph(500, 3, seed=1)),
        "Les Misérables": _grouped(nx.les_miserables_graph()),
    }
    rows = []
    for title, network in networks.items():
        for name, score in SCORES.items():
            held = coverage_by_place(
                network, score, n_hidings=N_HIDINGS, n_replicates=N_REPLICATES, top=max(TOPS)
            )
            for top in TOPS:
                first = held[:, :top]
                rows.append((f"{title}, {name}, first {top}", float(first.mean()), first.size))
    return rows


def _grouped(graph: nx.Graph) -> Network:
    """Return the network with its communities as groups, since hubs lie between groups."""
    plain = Network.from_networkx(graph)
    found = communities(plain)
    sources, targets, weights = plain.arrays()
    names = [str(label) for label in range(len(found.sizes))]
    return Network(plain.ids, sources, targets, weights, groups=found.labels, group_names=names)
