"""Export as GraphML, with the stored, directed ties."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

from graph.stored import Stored


def write(stored: Stored) -> bytes:
    """Return a directed multigraph; nodes carry name, kind and sector, edges their relation.

    A property that is not known is left out of its node or edge.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    for node in stored.nodes.values():
        properties = asdict(node)
        properties["aliases"] = ";".join(node.aliases)
        properties["label"] = node.name
        properties["sector"] = node.sector
        graph.add_node(properties.pop("id"), **_known(properties))
    for tie in stored.ties.values():
        properties = asdict(tie)
        start, end = properties.pop("start"), properties.pop("end")
        graph.add_edge(start, end, **_known(properties))
    stream = io.BytesIO()
    nx.write_graphml_xml(graph, stream)
    return stream.getvalue()


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value not in (None, "")}
