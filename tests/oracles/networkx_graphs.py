"""Small NetworkX graphs of every class, and answers compared with all that NetworkX fixes of them.

Nothing of the product is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx
import pytest
from hypothesis import strategies as st

CLASSES = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)
# No pair of two of them is a node: NetworkX takes a node for an edge then.
NODES = ("a", (0, "b"), frozenset({1}), 2.5, "节点", -7, b"x")
WEIGHTS = (0.25, 0.5, 1, 2, 3, 5.0)


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    """Draw a graph of up to 7 nodes in any order, with isolates, self-loops and parallel edges.

    Edges have a ``weight`` or not, and nodes, edges and the graph other attributes.
    """
    graph = draw(st.sampled_from(CLASSES))(name="drawn")
    nodes = draw(st.lists(st.sampled_from(NODES), unique=True, max_size=len(NODES)))
    graph.add_nodes_from((v, {"place": i}) for i, v in enumerate(nodes))
    if nodes:
        end = st.sampled_from(nodes)
        for a, b in draw(st.lists(st.tuples(end, end), max_size=3 * len(nodes))):
            if draw(st.booleans()) or a != b:
                graph.add_edge(a, b, colour=f"{a}{b}")
        if draw(st.booleans()):
            for *_, data in graph.edges(data=True):
                if draw(st.booleans()):
                    data["weight"] = draw(st.sampled_from(WEIGHTS))
    return graph


def flattened(graph: Any, weight: str | None, combine: Callable[[Any], float]) -> dict[Any, float]:
    """Return what ``combine`` makes of the weights of each tied pair (v, w), v not w.

    Undirected graphs have both orders.
    """
    found: dict[Any, list[float]] = {}
    for a, b, data in graph.edges(data=True):
        if a != b:
            value = data.get(weight, 1) if weight else 1
            for pair in {(a, b)} if graph.is_directed() else {(a, b), (b, a)}:
                found.setdefault(pair, []).append(value)
    return {pair: combine(values) for pair, values in found.items()}


def outcome(call: Callable[[], Any]) -> Any:
    """Return what a call gives, iterators listed, or the type of what it raises."""
    try:
        found = call()
        return list(found) if isinstance(found, Iterator) else found
    except Exception as error:
        return type(error)


def assert_same(ours: Any, theirs: Any) -> None:
    """Compare two answers: order of keys and of lists, floats nearly."""
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        for key in theirs:
            assert_same(ours[key], theirs[key])
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert_same(one, other)
    elif isinstance(theirs, float):
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-12, nan_ok=True)
    else:
        assert ours == theirs
        # Of weights of which some are whole numbers, ours may be 2.0 where NetworkX has 2.
        assert type(ours) is type(theirs) or (type(ours), type(theirs)) == (float, int)
