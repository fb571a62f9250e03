"""What NetworkX asks of the backend: functions, conversions, when it runs and when it does not."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.networkx_backend.functions import FUNCTIONS, Function
from graph.networkx_backend.interface import backend_interface, get_info
from graph.networkx_backend.wushe_graph import WusheGraph
from tests.oracles.networkx_graphs import graphs

registered = nx.utils.backends._registered_algorithms


@pytest.fixture(autouse=True)
def _conversions_are_kept_quietly() -> Iterator[None]:
    with nx.config(warnings_to_ignore={"cache"}):
        yield


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the functions that the backend runs, as they are run."""
    run: list[str] = []
    for name in ("betweenness_centrality", "is_connected", "closeness_centrality"):
        function = getattr(backend_interface, name)

        def noted(*args: Any, _name: str = name, _function: Any = function, **kwargs: Any) -> Any:
            run.append(_name)
            return _function(*args, **kwargs)

        noted.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        monkeypatch.setattr(backend_interface, name, noted)
    return run


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_each_function_takes_what_networkx_gives_it(function: Function) -> None:
    ours = inspect.signature(getattr(backend_interface, function.name)).parameters
    theirs = inspect.signature(registered[function.name].orig_func).parameters
    for name, parameter in theirs.items():
        assert (ours[name].default, ours[name].kind) == (parameter.default, parameter.kind)
    # What a later release of NetworkX knows has a default.
    assert all(ours[name].default is None for name in ours.keys() - theirs.keys())
    for named in (function.weight, function.some):
        assert named is None or named in ours
    assert inspect.getdoc(getattr(backend_interface, function.name))


def test_each_function_is_shown_by_networkx() -> None:
    info = get_info()
    assert list(info["functions"]) == [function.name for function in FUNCTIONS]
    assert nx.utils.backends.backend_info["wushe"] == info
    for name, shown in info["functions"].items():
        assert shown["additional_docs"]
        assert shown["additional_docs"].splitlines()[0] in getattr(nx, name).__doc__
        assert "wushe" in getattr(nx, name).backends


def test_the_readme_knows_how_many_there_are() -> None:
    root = Path(__file__).resolve().parents[3]
    assert f"{len(FUNCTIONS)} of its functions" in (root / "README.md").read_text("utf-8")
    assert f"它的 {len(FUNCTIONS)} 个函数" in (root / "README.zh.md").read_text("utf-8")


def test_refused_graphs_are_those_of_networkx() -> None:
    for function in FUNCTIONS:
        for graph_class in (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph):
            graph = graph_class([(0, 1)])
            sorts = {
                "directed" if graph.is_directed() else "undirected",
                "multigraph" if graph.is_multigraph() else "graph",
            }
            if not sorts & set(function.refused):
                continue
            converted = backend_interface.convert_from_nx(graph)
            needed = [0] if function.name == "node_connected_component" else []
            with pytest.raises(nx.NetworkXNotImplemented):
                getattr(backend_interface, function.name)(converted, *needed)
            with pytest.raises(nx.NetworkXNotImplemented):
                list(getattr(nx, function.name)(graph, *needed, backend="networkx"))


def test_importing_networkx_imports_nothing_heavy() -> None:
    script = (
        "import sys, networkx as nx; nx.utils.backends._load_backend('wushe'); "
        "print([m for m in ('numba', 'numpy', 'scipy', 'llvmlite') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@given(graphs())
def test_converted_and_back(graph: Any) -> None:
    everything = {f"preserve_{part}_attrs": True for part in ("edge", "node", "graph")}
    converted = backend_interface.convert_from_nx(graph, **everything)
    again = backend_interface.convert_to_nx(converted)
    assert type(again) is type(graph)
    assert nx.utils.graphs_equal(again, graph)
    assert list(again) == list(graph) == list(converted)
    assert (len(converted), converted.number_of_edges()) == (len(graph), graph.number_of_edges())
    assert converted.edges() == list(graph.edges)
    assert converted.has_self_loops == (nx.number_of_selfloops(graph) > 0)


@given(graphs())
def test_only_what_is_asked_for_is_kept(graph: Any) -> None:
    named = {"edge_attrs": {"weight": 1}, "node_attrs": {"place": None, "none": 3}}
    again = backend_interface.convert_from_nx(graph, **named).to_networkx()
    wanted = graph.copy()
    wanted.graph.clear()
    for *_, data in wanted.edges(data=True):
        data.pop("colour")
    assert nx.utils.graphs_equal(again, wanted)
    bare = backend_interface.convert_from_nx(graph).to_networkx()
    assert not any(data for *_, data in [*bare.edges(data=True), *bare.nodes(data=True)])


@given(graphs(), st.integers(0, 3))
def test_a_part_of_a_graph_is_converted_as_it_shows(graph: Any, n_left: int) -> None:
    """NetworkX counts the neighbours of a node wrong in a view of part of a multigraph."""
    shown = list(graph)[n_left:]
    views = [graph.subgraph(shown), nx.subgraph_view(graph, filter_edge=lambda a, b, *_: a != b)]
    for view in views:
        shown_alone = type(graph)(**view.graph)
        shown_alone.add_nodes_from(view.nodes(data=True))
        keys = {"keys": True} if graph.is_multigraph() else {}
        shown_alone.add_edges_from(view.edges(data=True, **keys))
        again = WusheGraph.from_networkx(view).to_networkx()
        assert nx.utils.graphs_equal(again, shown_alone)


def test_a_conversion_is_kept_until_the_graph_changes() -> None:
    graph = nx.path_graph(4)
    assert nx.has_bridges(graph, backend="wushe")
    [kept] = graph.__networkx_cache__["backends"]["wushe"].values()
    assert nx.has_bridges(graph, backend="wushe")
    assert [kept] == list(graph.__networkx_cache__["backends"]["wushe"].values())
    graph.add_edge(0, 3)
    assert not nx.has_bridges(graph, backend="wushe")


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda g: pickle.loads(pickle.dumps(g))])  # noqa: S301
def test_a_conversion_is_copied_with_its_graph(copied: Callable[[Any], Any]) -> None:
    graph = nx.MultiDiGraph([("a", "b", {"weight": 2}), ("a", "b"), ("b", "c")])
    ours = nx.constraint(graph, weight="weight", backend="wushe")
    again = copied(graph)
    [kept] = again.__networkx_cache__["backends"]["wushe"].values()
    assert not kept.indptr.flags.writeable
    assert kept.edges() == list(graph.edges)
    assert nx.constraint(again, weight="weight", backend="wushe") == ours


def test_a_view_follows_its_graph() -> None:
    graph = nx.path_graph(4)
    view = graph.subgraph(range(4))
    assert nx.is_connected(view, backend="wushe")
    graph.remove_edge(1, 2)
    assert not nx.is_connected(view, backend="wushe")


def test_a_converted_graph_is_taken_by_all_of_networkx() -> None:
    graph = nx.les_miserables_graph()
    converted = WusheGraph.from_networkx(graph)
    assert nx.is_connected(converted)
    assert nx.constraint(converted, weight="weight") == nx.constraint(
        graph, weight="weight", backend="wushe"
    )
    with pytest.raises(NotImplementedError, match="not implemented by"):
        nx.pagerank(converted)
    with nx.config(fallback_to_nx=True):
        assert nx.pagerank(converted) == pytest.approx(nx.pagerank(graph))


def test_an_attribute_that_was_not_kept_is_not_taken_as_1() -> None:
    converted = backend_interface.convert_from_nx(nx.path_graph(3))
    with pytest.raises(nx.NetworkXError, match="without the attribute 'weight'"):
        nx.constraint(converted, weight="weight")


def test_a_class_with_edges_of_its_own_is_left_to_networkx() -> None:
    class Complement(nx.Graph):
        def __getitem__(self, node: Any) -> Any:
            return {v: {} for v in self if v != node and v not in self._adj[node]}

    class Named(nx.Graph):
        title = "a class that adds something else"

    with pytest.raises(NotImplementedError) as caught:
        nx.triangles(Complement(nx.path_graph(4)), backend="wushe")
    assert "edges of its own" in str(caught.value.__cause__)
    assert nx.triangles(Named(nx.complete_graph(3)), backend="wushe") == {0: 1, 1: 1, 2: 1}


def test_quick_functions_run_on_large_converted_graphs_only(calls: list[str]) -> None:
    graph = nx.path_graph(1_200)
    with nx.config(backend_priority=["wushe"]):
        nx.is_connected(graph)
        nx.closeness_centrality(graph, u=3)
        assert calls == []
        nx.betweenness_centrality(graph, k=3, seed=1)
        nx.is_connected(graph)
        nx.closeness_centrality(graph, u=3)
        assert calls == ["betweenness_centrality", "is_connected", "closeness_centrality"]
        nx.is_connected(nx.path_graph(5))
        nx.betweenness_centrality(nx.path_graph(5))
        assert calls[3:] == ["betweenness_centrality"]


@pytest.mark.parametrize("n", [99, 100])
def test_graphs_are_converted_for_linear_functions_from_100_nodes(n: int) -> None:
    graph = nx.path_graph(n)
    with nx.config(backend_priority=["wushe"]):
        nx.core_number(graph)
    assert ("backends" in graph.__networkx_cache__) == (n == 100)


def test_path_lengths_that_are_given_are_left_to_networkx() -> None:
    graph = nx.path_graph(4)
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    assert backend_interface.can_run("eccentricity", (graph,), {"sp": lengths}) == (
        "path lengths are given"
    )
    assert backend_interface.can_run("eccentricity", (graph,), {}) is True


def test_wrong_arguments_are_those_of_networkx() -> None:
    with nx.config(backend_priority=["wushe"]), pytest.raises(TypeError):
        nx.betweenness_centrality(nx.path_graph(3), no_such_option=1)
    with pytest.raises(AttributeError):
        backend_interface.pagerank  # noqa: B018
