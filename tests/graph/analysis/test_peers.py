"""The same numbers as igraph, NetworKit and rustworkx, on networks of some hundred nodes."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

from graph.analysis.betweenness import betweenness, tie_betweenness
from graph.analysis.components import components
from graph.analysis.cores import cores
from graph.analysis.cuts import cuts
from graph.analysis.structural_holes import structural_holes
from graph.city.network import benchmark_network
from graph.network import Network
from tests.oracles.peers import in_python

IGRAPH = """
import igraph
g = igraph.Graph(given["n"], given["ties"], directed=given["directed"])
weights = given["weights"]
"""


def of_graph(graph: nx.Graph) -> Network:
    return Network.from_networkx(graph, "weight")


def weighted(graph: nx.Graph, seed: int) -> nx.Graph:
    chance = np.random.default_rng(seed)
    for a, b in graph.edges:
        graph.edges[a, b]["weight"] = int(chance.integers(1, 5))
    return graph


NETWORKS = {
    "a city": benchmark_network(600),
    "random": of_graph(weighted(nx.gnm_random_graph(300, 700, seed=1), 1)),
    "deep": of_graph(weighted(nx.grid_2d_graph(15, 12), 2)),
    "directed": of_graph(weighted(nx.gnm_random_graph(200, 700, seed=3, directed=True), 3)),
    "hierarchy": of_graph(weighted(nx.gn_graph(250, seed=4), 4)),
}
by_network = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


def given(network: Network) -> dict[str, Any]:
    sources, targets, weights = network.arrays()
    return {
        "n": len(network),
        "ties": list(zip(sources.tolist(), targets.tolist(), strict=True)),
        "weights": weights.tolist(),
        "directed": network.is_directed,
    }


def once(network: Network, halves: np.ndarray) -> np.ndarray:
    """Return the values of half-ties for each tie, in the order of ``arrays``."""
    if network.is_directed:
        return halves
    rows = np.repeat(np.arange(len(network)), network.degrees)
    return halves[rows < network.indices]


@by_network
@pytest.mark.parametrize("has_distances", [False, True])
def test_betweenness_of_igraph(network: Network, has_distances: bool) -> None:
    use = "weights" if has_distances else "None"
    nodes, ties = in_python(
        f"{IGRAPH}found = [g.betweenness(weights={use}), g.edge_betweenness(weights={use})]",
        ["igraph"],
        given(network),
    )
    distances = network.weights if has_distances else None
    assert betweenness(network, distances=distances) == pytest.approx(nodes, rel=1e-9)
    found = once(network, tie_betweenness(network, distances=distances))
    assert found == pytest.approx(ties, rel=1e-9)


@by_network
def test_constraint_cores_and_cuts_of_igraph(network: Network) -> None:
    constraint, core, articulation, bridges, parts = in_python(
        IGRAPH
        + """
found = [g.constraint(weights=weights), g.coreness(mode="all"), g.articulation_points(),
         sorted(sorted(g.es[e].tuple) for e in g.as_undirected().bridges()),
         g.connected_components("weak").membership]
found[0] = [None if x != x else x for x in found[0]]
""",
        ["igraph"],
        given(network),
    )
    expected = [np.nan if x is None else x for x in constraint]
    assert structural_holes(network).constraint == pytest.approx(expected, rel=1e-9, nan_ok=True)
    assert cores(network).tolist() == core
    found = cuts(network)
    assert np.flatnonzero(found.is_articulation).tolist() == sorted(articulation)
    pairs = zip(found.bridges.sources.tolist(), found.bridges.targets.tolist(), strict=True)
    if not network.is_directed:
        assert [list(pair) for pair in pairs] == bridges
    assert components(network).labels.tolist() == parts


@by_network
def test_betweenness_of_networkit(network: Network) -> None:
    found = in_python(
        """
import networkit
g = networkit.Graph(given["n"], directed=given["directed"])
for a, b in given["ties"]:
    g.addEdge(a, b)
found = networkit.centrality.Betweenness(g).run().scores()
""",
        ["networkit"],
        given(network),
    )
    # NetworKit counts the pairs of an undirected network both ways.
    times = 1 if network.is_directed else 2
    assert times * betweenness(network) == pytest.approx(found, rel=1e-9)


@by_network
def test_betweenness_of_rustworkx(network: Network) -> None:
    found = in_python(
        """
import rustworkx
g = rustworkx.PyDiGraph() if given["directed"] else rustworkx.PyGraph()
g.add_nodes_from(range(given["n"]))
g.add_edges_from_no_data([tuple(tie) for tie in given["ties"]])
found = dict(rustworkx.betweenness_centrality(g, normalized=False))
found = [found[i] for i in range(given["n"])]
""",
        ["rustworkx"],
        given(network),
    )
    assert betweenness(network) == pytest.approx(found, rel=1e-9)
