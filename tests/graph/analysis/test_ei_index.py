"""The E–I index against its definition, all deals of the groups, and closed forms."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.analysis.ei_index import ei_index
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks


@given(plain_networks(), st.booleans())
def test_as_defined(drawn: Drawn, is_weighted: bool) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=drawn.network.is_directed)
    groups = drawn.groups
    counted = {p: w for p, w in pairs.items() if groups[p[0]] >= 0 and groups[p[1]] >= 0}
    found = ei_index(drawn.network, is_weighted=is_weighted)
    assert found.n_left_out == len(pairs) - len(counted)

    def expected(members: set[int]) -> float:
        sums = {True: 0.0, False: 0.0}
        for (a, b), weight in counted.items():
            if a in members or b in members:
                sums[groups[a] != groups[b]] += weight if is_weighted else 1
        return cohesion.ei(sums[True], sums[False])

    assert found.nodes == pytest.approx([expected({i}) for i in range(drawn.n)], nan_ok=True)
    members = [{i for i in range(drawn.n) if groups[i] == g} for g in range(4)]
    assert found.groups == pytest.approx([expected(m) for m in members], nan_ok=True)
    assert found.overall == pytest.approx(expected(set(range(drawn.n))), nan_ok=True)


@given(plain_networks(max_nodes=5))
def test_expected_is_the_mean_over_all_deals(drawn: Drawn) -> None:
    grouped = [i for i in range(drawn.n) if drawn.groups[i] >= 0]
    found = ei_index(drawn.network)
    assume(not np.isnan(found.overall))
    sources, targets, weights = drawn.network.arrays()
    values = []
    for deal in permutations([drawn.groups[i] for i in grouped]):
        groups = np.array(drawn.groups)
        groups[grouped] = deal
        dealt = Network(
            range(drawn.n),
            sources,
            targets,
            weights,
            is_directed=drawn.network.is_directed,
            groups=groups,
            group_names="ABCD",
        )
        values.append(ei_index(dealt).overall)
    assert found.expected == pytest.approx(np.mean(values))


@given(plain_networks(), st.permutations(range(8)))
def test_the_same_in_any_order_and_twice_side_by_side(drawn: Drawn, numbers: list[int]) -> None:
    order = [i for i in numbers if i < drawn.n]
    found, moved = ei_index(drawn.network), ei_index(relabelled(drawn.network, order))
    double = ei_index(side_by_side(drawn.network))
    assert moved.nodes == pytest.approx(found.nodes[order], nan_ok=True)
    assert moved.groups == pytest.approx(found.groups, nan_ok=True)
    assert double.nodes == pytest.approx(np.tile(found.nodes, 2), nan_ok=True)
    assert double.overall == pytest.approx(found.overall, nan_ok=True)


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn) -> None:
    found, arcs = ei_index(drawn.network), ei_index(both_ways(drawn.network))
    assert arcs.nodes == pytest.approx(found.nodes, nan_ok=True)
    assert arcs.groups == pytest.approx(found.groups, nan_ok=True)
    assert arcs.overall == pytest.approx(found.overall, nan_ok=True)
    assert arcs.n_left_out == 2 * found.n_left_out


def test_closed_forms() -> None:
    """K(3,3) between two groups, two triangles within them, and both together: (9 - 6) / 15."""
    between = [(i, j) for i in range(3) for j in range(3, 6)]
    within = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    groups = dict.fromkeys(range(3), "x") | dict.fromkeys(range(3, 6), "y")

    def index(edges: list[tuple[int, int]]) -> float:
        return ei_index(Network.from_edges(edges, nodes=range(6), groups=groups)).overall

    assert (index(between), index(within)) == (1, -1)
    found = ei_index(Network.from_edges(between + within, groups=groups))
    assert found.overall == pytest.approx(3 / 15)
    # A complete network is as mixed as chance would have it.
    assert found.expected == pytest.approx(found.overall)
    # A group has nine ties out and three within; a member three and two.
    assert found.groups == pytest.approx([6 / 12, 6 / 12])
    assert found.nodes == pytest.approx([1 / 5] * 6)


def test_nobody_has_a_group() -> None:
    found = ei_index(Network(range(2), [0], [1]))
    assert np.isnan([*found.nodes, found.overall, found.expected]).all()
    assert (found.groups.tolist(), found.n_left_out) == ([], 1)
