"""Biconnected blocks and what hangs on them, against networkx."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
import numpy as np
from hypothesis import given

from graph.kernels.blocks import blocks
from tests.oracles.networks import Drawn, plain_networks


@given(plain_networks(is_directed=False, max_nodes=12))
def test_blocks_are_the_biconnected_components(drawn: Drawn) -> None:
    network = drawn.network
    block_of, top, below, root, size = blocks(network.indptr, network.indices, network.reverse)
    rows = np.repeat(np.arange(drawn.n), network.degrees)
    found: dict[int, set[frozenset[int]]] = defaultdict(set)
    for i, j, block in zip(rows.tolist(), network.indices.tolist(), block_of.tolist(), strict=True):
        found[block].add(frozenset((i, j)))
    graph = network.to_networkx()
    expected = [
        {frozenset(edge) for edge in block} for block in nx.biconnected_component_edges(graph)
    ]
    assert sorted(map(sorted, (map(sorted, b) for b in found.values()))) == sorted(
        map(sorted, (map(sorted, b) for b in expected))
    )
    for block, edges in found.items():
        members = set().union(*edges)
        without = nx.Graph(graph)
        without.remove_node(top[block])
        others = members - {top[block]}
        assert below[block] == len(nx.node_connected_component(without, others.pop()))
    for component in nx.connected_components(graph):
        assert {int(root[v]) for v in component} == {min(component)}
        assert size[min(component)] == len(component)
