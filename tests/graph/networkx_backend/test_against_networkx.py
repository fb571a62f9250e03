"""Every function of the backend against NetworkX, on graphs of every class.

Where NetworkX is known to be wrong the answer is compared with one by definition; that it is wrong
is shown in ``test_known_differences.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.networkx_backend import distances
from graph.networkx_backend.functions import FUNCTIONS
from tests.oracles import holes, paths
from tests.oracles.networkx_graphs import assert_same, flattened, graphs, outcome

Draw = Callable[[st.SearchStrategy[Any]], Any]
Options = dict[str, Any]
NO_NODE = "no node"


@pytest.fixture(autouse=True)
def _conversions_are_kept_quietly() -> Iterator[None]:
    with nx.config(warnings_to_ignore={"cache"}):
        yield


def _weight(name: str = "weight") -> Callable[[Draw, Any], Options]:
    def options(draw: Draw, graph: Any) -> Options:
        return draw(st.sampled_from([{}, {name: "weight"}, {name: "no such attribute"}]))

    return options


def _one(name: str) -> Callable[[Draw, Any], Options]:
    def options(draw: Draw, graph: Any) -> Options:
        asked = st.sampled_from([None, *graph, NO_NODE])
        return {name: draw(asked)}

    return options


def _some(name: str, *, one: bool = False) -> Callable[[Draw, Any], Options]:
    """Ask for some nodes, of which one may be none, or for one that may be none."""

    def options(draw: Draw, graph: Any) -> Options:
        node = st.sampled_from([*graph, NO_NODE])
        several = st.lists(node, max_size=4)
        asked = st.one_of(node, several) if one else several
        return draw(st.one_of(st.just({}), asked.map(lambda nodes: {name: nodes})))

    return options


def _needed(*names: str) -> Callable[[Draw, Any], Options]:
    def options(draw: Draw, graph: Any) -> Options:
        node = st.sampled_from([*graph, NO_NODE])
        return {name: draw(node) for name in names}

    return options


def _subsets(draw: Draw, graph: Any) -> Options:
    node = st.sampled_from([*graph] * 9 + [NO_NODE])
    several = st.lists(node, max_size=4)
    return {"sources": draw(several), "targets": draw(several)}


def _flag(name: str) -> Callable[[Draw, Any], Options]:
    def options(draw: Draw, graph: Any) -> Options:
        return draw(st.sampled_from([{}, {name: True}, {name: False}]))

    return options


def _sampled(draw: Draw, graph: Any) -> Options:
    if draw(st.booleans()):
        return {}
    k = draw(st.integers(0, len(graph) + 1))
    return {"k": k, "seed": draw(st.integers(0, 99))}


def _method(draw: Draw, graph: Any) -> Options:
    methods = (None, "unweighted", "dijkstra", "bellman-ford", "guess")
    return {"method": draw(st.sampled_from(methods))}


OPTIONS: dict[str, tuple[Callable[[Draw, Any], Options], ...]] = {
    "betweenness_centrality": (_weight(), _flag("normalized"), _flag("endpoints"), _sampled),
    "edge_betweenness_centrality": (_weight(), _flag("normalized"), _sampled),
    "betweenness_centrality_subset": (_weight(), _flag("normalized"), _subsets),
    "edge_betweenness_centrality_subset": (_weight(), _flag("normalized"), _subsets),
    "closeness_centrality": (_weight("distance"), _flag("wf_improved"), _one("u")),
    "harmonic_centrality": (_weight("distance"), _some("nbunch", one=True), _some("sources")),
    "eccentricity": (_weight(), _some("v", one=True)),
    "global_efficiency": (),
    "average_shortest_path_length": (_weight(), _method),
    "wiener_index": (_weight(),),
    "constraint": (_weight(), _some("nodes")),
    "effective_size": (_weight(), _some("nodes")),
    "local_constraint": (_weight(), _needed("u", "v")),
    "articulation_points": (),
    "biconnected_components": (),
    "biconnected_component_edges": (),
    "is_biconnected": (),
    "bridges": (_one("root"),),
    "has_bridges": (_one("root"),),
    "connected_components": (),
    "number_connected_components": (),
    "is_connected": (),
    "node_connected_component": (_needed("n"),),
    "weakly_connected_components": (),
    "number_weakly_connected_components": (),
    "is_weakly_connected": (),
    "strongly_connected_components": (),
    "number_strongly_connected_components": (),
    "is_strongly_connected": (),
    "core_number": (),
    "triangles": (_some("nodes", one=True),),
    "clustering": (_weight(), _some("nodes", one=True)),
    "average_clustering": (_weight(), _some("nodes", one=True), _flag("count_zeros")),
    "transitivity": (),
}


def _declines(name: str, graph: Any, options: Options) -> bool:
    """Say whether the backend leaves the call to NetworkX."""
    if name in ("constraint", "effective_size", "local_constraint"):
        return nx.number_of_selfloops(graph) > 0
    if name == "eccentricity":
        return len(graph) == 0
    if name == "average_shortest_path_length":
        return options["method"] == "guess"
    return name == "transitivity" and graph.is_directed()


def _mutual(graph: Any, weight: str | None) -> holes.Matrix:
    index = {v: i for i, v in enumerate(graph)}
    ties = [
        (index[a], index[b], data.get(weight, 1) if weight else 1)
        for a, b, data in graph.edges(data=True)
    ]
    return holes.strengths(len(index), ties)


def _by_node(measure: Callable[[holes.Matrix, int], float]) -> Callable[..., Any]:
    def reference(graph: Any, nodes: Any = None, weight: Any = None, backend: str = "") -> Any:
        matrix = _mutual(graph, weight)
        found = {v: measure(matrix, i) for i, v in enumerate(graph)}
        return found if nodes is None else {v: found[v] for v in nodes}

    return reference


def _local_constraint(graph: Any, u: Any, v: Any, weight: Any = None, backend: str = "") -> float:
    if u not in graph:
        raise nx.NetworkXError
    matrix, index = _mutual(graph, weight), list(graph)
    if v not in graph or not any(matrix[index.index(u)]):
        return 0.0
    if u == v:
        i = index.index(u)
        back = (matrix[i][q] / sum(matrix[i]) * matrix[q][i] / sum(matrix[q])
                for q in range(len(matrix)) if matrix[i][q])  # fmt: skip
        return float(sum(back, Fraction(0)) ** 2)
    i, j = index.index(u), index.index(v)
    direct = matrix[i][j] / sum(matrix[i])
    through = sum(
        (matrix[i][q] / sum(matrix[i]) * matrix[q][j] / sum(matrix[q])
         for q in range(len(matrix)) if matrix[i][q]),
        Fraction(0),
    )  # fmt: skip
    return float((direct + through) ** 2)


def _edge_subset(
    graph: Any,
    sources: Any,
    targets: Any,
    normalized: bool = False,
    weight: Any = None,
    backend: str = "",
) -> Any:
    """Every shortest path listed; the shortest of parallel edges share what runs over them."""
    index = {v: i for i, v in enumerate(graph)}
    shortest = flattened(graph, weight, min)
    lengths = {(index[a], index[b]): Fraction(x) for (a, b), x in shortest.items()}
    n = len(index)
    carried = dict.fromkeys(lengths, Fraction(0))
    for s in sources:
        ends = [index[t] for t in targets if t in index]
        _, arcs = paths.betweenness(n, lengths, sources=[index[s]], targets=ends)
        for arc, load in arcs.items():
            carried[arc] += load
    factor = Fraction(1)
    if n >= 2:
        pairs = Fraction(1, n * (n - 1))
        factor = pairs if normalized else Fraction(1, 1 if graph.is_directed() else 2)
    found = {}
    for edge, data in _edges(graph):
        a, b = edge[:2]
        found[edge] = 0.0
        value = data.get(weight, 1) if weight else 1
        if a != b and value == shortest[a, b]:
            among = [d.get(weight, 1) if weight else 1 for d in _parallel(graph, a, b)]
            load = carried[index[a], index[b]]
            if not graph.is_directed():
                load += carried[index[b], index[a]]
            found[edge] = float(load * factor / among.count(value))
    return found


def _edges(graph: Any) -> list[tuple[tuple[Any, ...], dict[Any, Any]]]:
    if graph.is_multigraph():
        return [((a, b, key), data) for a, b, key, data in graph.edges(keys=True, data=True)]
    return [((a, b), data) for a, b, data in graph.edges(data=True)]


def _parallel(graph: Any, a: Any, b: Any) -> list[dict[Any, Any]]:
    return list(graph[a][b].values()) if graph.is_multigraph() else [graph[a][b]]


BY_DEFINITION: dict[str, Callable[..., Any]] = {
    "constraint": _by_node(holes.constraint),
    "effective_size": _by_node(holes.effective_size),
    "local_constraint": _local_constraint,
    "edge_betweenness_centrality_subset": _edge_subset,
}


@pytest.mark.parametrize("name", OPTIONS)
@settings(max_examples=100)
@given(data=st.data())
def test_same_as_networkx(name: str, data: st.DataObject) -> None:
    graph = data.draw(graphs())
    options: Options = {}
    for draw_options in OPTIONS[name]:
        options |= draw_options(data.draw, graph)
    call = getattr(nx, name)
    ours = outcome(lambda: call(graph, **options, backend="wushe"))
    if _declines(name, graph, options):
        assert ours is NotImplementedError
        return
    reference = BY_DEFINITION.get(name, call)
    theirs = outcome(lambda: reference(graph, **options, backend="networkx"))
    if name == "bridges" and options.get("root") is not None and isinstance(theirs, list):
        # The edges of a subgraph come in the order of a set there.
        ours, theirs = (sorted(sorted(map(repr, edge)) for edge in e) for e in (ours, theirs))
    assert_same(ours, theirs)


def test_all_functions_are_compared() -> None:
    assert list(OPTIONS) == [function.name for function in FUNCTIONS]


@pytest.mark.parametrize("is_directed", [False, True])
@pytest.mark.parametrize("name", [name for name in OPTIONS if name not in BY_DEFINITION])
def test_same_as_networkx_on_larger_graphs(
    name: str, is_directed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More nodes than are searched from at once, and work cut into many parts."""
    monkeypatch.setattr(distances, "_MIN_WORK", 1)
    monkeypatch.setattr(distances, "_MAX_CELLS", 1_000)
    graph = nx.gnp_random_graph(100, 0.03, seed=4, directed=is_directed)
    if name in ("eccentricity", "average_shortest_path_length", "wiener_index"):
        nx.add_cycle(graph, range(100))
    for i, (*_, data) in enumerate(graph.edges(data=True)):
        data["weight"] = i % 7 + 1
    needed: Options = {}
    if name.endswith("_subset"):
        needed = {"sources": range(0, 100, 2), "targets": range(0, 100, 3)}
    elif name == "node_connected_component":
        needed = {"n": 7}
    call = getattr(nx, name)
    weight = next(f.weight for f in FUNCTIONS if f.name == name)
    for options in ({}, {weight: "weight"}) if weight else ({},):
        asked = {**needed, **options}
        if not _declines(name, graph, {"method": None, **asked}):
            ours = outcome(lambda: call(graph, **asked, backend="wushe"))  # noqa: B023
            assert_same(ours, outcome(lambda: call(graph, **asked, backend="networkx")))  # noqa: B023


@pytest.mark.parametrize(
    "weight",
    [0, 0.0, -1, float("nan"), float("inf"), "1", None, 10**400, Fraction(1, 3), (1, 2), 1j],
)
@pytest.mark.parametrize("function", [f for f in FUNCTIONS if f.weight], ids=lambda f: f.name)
def test_other_weights_are_left_to_networkx(function: Any, weight: Any) -> None:
    graph = nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3)])
    nx.set_edge_attributes(graph, 2, "weight")
    graph[1][2]["weight"] = weight
    needed: Options = {"sources": [0], "targets": [3]} if "_subset" in function.name else {}
    if function.name == "local_constraint":
        needed = {"u": 0, "v": 1}
    call, options = getattr(nx, function.name), {**needed, function.weight: "weight"}
    with np.errstate(all="ignore"):
        with pytest.raises(NotImplementedError, match="NotImplementedError when calling") as caught:
            call(graph, **options, backend="wushe")
        assert "an edge has a 'weight' that is" in str(caught.value.__cause__)
        with nx.config(backend_priority=["wushe"]):
            by_priority = outcome(lambda: call(graph, **options))
        plain = outcome(lambda: call(graph, **options, backend="networkx"))
    assert repr(by_priority) == repr(plain)


def test_whole_numbers_too_large_to_tell_apart_are_left_to_networkx() -> None:
    graph = nx.Graph()
    large = 10**13
    graph.add_weighted_edges_from([(0, 1, large), (1, 2, large), (0, 3, large), (3, 2, large + 1)])
    with nx.config(backend_priority=["wushe"]):
        assert nx.betweenness_centrality(graph, weight="weight", normalized=False)[1] == 1.0


def test_weights_by_a_function_are_left_to_networkx() -> None:
    graph = nx.path_graph(4)

    def length(u: int, v: int, data: Any) -> int:
        return 1 + (u == 0 or v == 0)

    options: Options = {"weight": length}
    with pytest.raises(NotImplementedError, match="for the given arguments"):
        nx.betweenness_centrality(graph, **options, backend="wushe")
    with nx.config(backend_priority=["wushe"]):
        assert nx.betweenness_centrality(graph, **options)[1] == pytest.approx(2 / 3)


@pytest.mark.parametrize("seed", [7, np.random.RandomState, np.random.default_rng])
def test_the_same_nodes_are_sampled(seed: Any) -> None:
    graph = nx.karate_club_graph()

    def answer(backend: str) -> Any:
        given = seed(3) if callable(seed) else seed
        return nx.betweenness_centrality(graph, k=5, seed=given, backend=backend)

    assert_same(answer("wushe"), answer("networkx"))
