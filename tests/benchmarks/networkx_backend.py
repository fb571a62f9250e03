"""How much sooner the functions of the NetworkX backend answer than NetworkX itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from graph.city.network import benchmark_network
from graph.networkx_backend.functions import FUNCTIONS, Function

NAME = "networkx"
HELP = "milliseconds of the backend (new: the graph is first converted), NetworkX's time over that"
SECONDS = 0.1  # spent on each answer at least
MANY_NODES = 1_000  # where NetworkX's shortest paths by weight take minutes


def run() -> list[tuple[str, float, float]]:
    """Return rows of (what, milliseconds, NetworkX's time over that)."""
    rows = []
    with nx.config(warnings_to_ignore={"cache"}):
        for title, undirected in _graphs():
            for function in FUNCTIONS:
                has_arcs = "undirected" in function.refused
                graph = nx.DiGraph(undirected) if has_arcs else undirected
                for name, options in _calls(function, graph):
                    call = getattr(nx, function.name)
                    plain = _seconds(lambda: call(graph, **options, backend="networkx"))  # noqa: B023
                    for state, forgets in (("", False), (", new", True)):
                        took = _seconds(
                            lambda: call(graph, **options, backend="wushe"),  # noqa: B023
                            graph if forgets else None,
                            n_least=2,
                        )
                        rows.append((f"{title}: {name}{state}", took * 1e3, plain / took))
    return rows


def _graphs() -> Iterator[tuple[str, Any]]:
    yield "karate", nx.karate_club_graph()
    yield "les mis", nx.les_miserables_graph()
    yield "davis", nx.davis_southern_women_graph()
    yield "city", benchmark_network(2_000).to_networkx()


def _calls(function: Function, graph: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the calls that are timed: plain, from a sample of nodes, with a weight."""
    needed: dict[str, Any] = {}
    nodes = list(graph)
    if function.name.endswith("_subset"):
        needed = {"sources": nodes[::10], "targets": nodes[::7]}
    elif function.name == "node_connected_component":
        needed = {"n": nodes[0]}
    elif function.name == "local_constraint":
        needed = {"u": nodes[0], "v": next(graph.neighbors(nodes[0]))}
    yield function.name, needed
    if function.name == "betweenness_centrality":
        yield f"{function.name} k=10", {"k": 10, "seed": 0}
    is_local = function.module in ("structural_holes", "triangles")
    if function.weight is not None and (is_local or len(graph) < MANY_NODES):
        yield f"{function.name} weighted", {**needed, function.weight: "weight"}


def _seconds(answer: Callable[[], Any], forgotten: Any = None, n_least: int = 1) -> float:
    """Return the least time of an answer; compiling is in none but the first.

    The conversion of the graph ``forgotten`` is not kept between the answers.
    """
    times: list[float] = []
    while len(times) < n_least or (sum(times[n_least - 1 :]) < SECONDS and len(times) < 50):
        if forgotten is not None:
            forgotten.__networkx_cache__.clear()
        start = time.perf_counter()
        found = answer()
        if isinstance(found, Iterator):
            list(found)
        times.append(time.perf_counter() - start)
    return min(times)
