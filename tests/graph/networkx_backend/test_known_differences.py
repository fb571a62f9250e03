"""Where NetworkX is wrong: what it says, what is right, and that the backend says the latter.

When a test fails because NetworkX has been mended, the difference goes from the documentation too.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations
from typing import Any

import networkx as nx
import pytest

from tests.oracles import holes, paths
from tests.oracles.peers import in_r

# Incoming arcs only: node 1.
ONE_WAY = [(0, 1), (2, 1), (0, 2)]


def both(call: Any, *args: Any, **options: Any) -> tuple[Any, Any]:
    """Return what the backend and what NetworkX says."""
    return (
        call(*args, **options, backend="wushe"),
        call(*args, **options, backend="networkx"),
    )


@pytest.fixture(autouse=True)
def _conversions_are_kept_quietly() -> Any:
    with nx.config(warnings_to_ignore={"cache"}):
        yield


def test_a_node_with_incoming_arcs_only_is_constrained() -> None:
    graph = nx.DiGraph(ONE_WAY)
    for call in (nx.constraint, nx.effective_size):
        ours, theirs = both(call, graph, nodes=[1])
        assert math.isnan(theirs[1])
        assert ours[1] == pytest.approx(call(graph, backend="networkx")[1])
    script = """
        g <- make_graph(as.numeric(strsplit(lines, ' ')[[1]]) + 1, directed = TRUE)
        cat(sprintf('%.15g', constraint(g)), '\\n')"""
    [expected] = in_r(script, ["igraph"], " ".join(f"{a} {b}" for a, b in ONE_WAY))
    assert list(nx.constraint(graph, nodes=[0, 1, 2], backend="wushe").values()) == pytest.approx(
        expected
    )


@pytest.mark.parametrize("is_directed", [False, True])
def test_effective_size_of_all_nodes_is_that_of_each(is_directed: bool) -> None:
    """Weights 1, 4, 2, 5: node 0 has 2 - (1/5·2/2 + 4/5·2/5 …) = 1.12 by hand, and not 1.48."""
    ties = [(0, 1, 1), (0, 2, 4), (1, 2, 2), (2, 3, 5), (1, 0, 3)][: 5 if is_directed else 4]
    graph = nx.DiGraph() if is_directed else nx.Graph()
    graph.add_weighted_edges_from(ties)
    ours, theirs = both(nx.effective_size, graph, weight="weight")
    matrix = holes.strengths(4, ties)
    right = {v: holes.effective_size(matrix, v) for v in graph}
    assert ours == pytest.approx(right)
    assert theirs != pytest.approx(right)
    if not is_directed:
        assert right[0] == pytest.approx(1.12)
        assert theirs[0] == pytest.approx(1.48)
        one_by_one = nx.effective_size(graph, nodes=list(graph), weight="weight")
        assert one_by_one == pytest.approx(right)


def test_effective_size_without_weights_of_arcs_both_ways() -> None:
    arcs = [(0, 1), (1, 0), (0, 2), (1, 2), (2, 3)]
    ours, theirs = both(nx.effective_size, nx.DiGraph(arcs))
    matrix = holes.strengths(4, [(a, b, 1.0) for a, b in arcs])
    right = {v: holes.effective_size(matrix, v) for v in range(4)}
    assert ours == pytest.approx(right)
    assert theirs != pytest.approx(right)


def test_parallel_edges_count_for_lists_of_nodes_too() -> None:
    graph = nx.MultiGraph([(0, 1), (0, 1), (1, 2), (0, 2)])
    ours, theirs = both(nx.constraint, graph, nodes=[0, 1, 2])
    assert ours == pytest.approx(nx.constraint(graph, backend="networkx"))
    assert ours[2] == pytest.approx(25 / 18)
    assert theirs == pytest.approx(dict.fromkeys(range(3), 1.125))
    pair, other = both(nx.local_constraint, graph, 0, 1)
    matrix = holes.strengths(3, [(a, b, 1.0) for a, b in graph.edges()])
    assert pair == pytest.approx(float(holes.local_constraint(matrix, 0, 1)))
    assert other != pytest.approx(pair)


def test_what_passes_a_node_that_is_no_target_is_shared_by_paths() -> None:
    """0 to 5 over 4: two paths over 3 and one over 6, so that (3, 4) has 2/3 and not 1/2."""
    arcs = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 7), (7, 6), (3, 4), (6, 4), (4, 5)]
    graph = nx.DiGraph(arcs)
    ours, theirs = both(nx.edge_betweenness_centrality_subset, graph, sources=[0], targets=[5])
    lengths = dict.fromkeys(arcs, Fraction(1))
    _, right = paths.betweenness(8, lengths, sources=[0], targets=[5])
    assert ours == pytest.approx({arc: float(load) for arc, load in right.items()})
    assert ours[3, 4] == pytest.approx(2 / 3)
    assert theirs[3, 4] == pytest.approx(1 / 2)


def test_an_edge_is_not_lost_to_a_node_that_equals_it() -> None:
    graph = nx.path_graph(4)
    graph.add_edge(3, (0, 1))
    everyone = list(graph)
    for call, given in (
        (nx.edge_betweenness_centrality, {}),
        (nx.edge_betweenness_centrality_subset, {"sources": everyone, "targets": everyone}),
    ):
        ours, theirs = both(call, graph, normalized=False, **given)
        assert list(ours) == list(graph.edges)
        assert ours[0, 1] == pytest.approx(4.0)
        assert (0, 1) not in theirs


def test_paths_as_long_as_one_another_are_both_shortest() -> None:
    """In floating point 0.1 + 0.2 is longer than 0.15 + 0.15."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 0.1), (1, 2, 0.2), (0, 3, 0.15), (3, 2, 0.15)])
    ours, theirs = both(nx.betweenness_centrality, graph, weight="weight", normalized=False)
    decimals = {(a, b): Fraction(str(w)) for a, b, w in graph.edges(data="weight")}
    lengths = {**decimals, **{(b, a): w for (a, b), w in decimals.items()}}
    right, _ = paths.betweenness(4, lengths)
    assert ours == pytest.approx({v: float(load / 2) for v, load in enumerate(right)})
    assert theirs != pytest.approx(ours)


def test_group_betweenness_is_not_offered() -> None:
    """It is no function of the backend; in NetworkX 3.6 it can be less than nothing, 3.7 not."""
    graph = nx.DiGraph([(3, 2)])
    graph.add_nodes_from([0, 1])
    found = nx.group_betweenness_centrality(graph, [0, 3], normalized=False)
    right = sum(
        len([p for p in nx.all_simple_paths(graph, s, t) if {0, 3} & set(p[1:-1])])
        for s, t in permutations({1, 2}, 2)
    )
    assert right == 0
    assert found == (-1 if nx.__version__ < "3.7" else 0)
