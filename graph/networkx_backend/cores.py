"""Core numbers as NetworkX gives them."""

from __future__ import annotations

from collections.abc import Hashable

import networkx as nx

from graph.analysis.cores import cores
from graph.networkx_backend.wushe_graph import WusheGraph


def core_number(G: WusheGraph) -> dict[Hashable, int]:  # noqa: N803
    """Return the core number of each node, of the degrees in and out together where directed."""
    if G.has_self_loops:
        raise nx.NetworkXNotImplemented("Input graph has self loops which is not permitted.")
    return dict(zip(G.nodes, cores(G.network()).tolist(), strict=True))
