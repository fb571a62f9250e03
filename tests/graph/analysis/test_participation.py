"""Participation and within-module degree against their definitions and closed forms."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.participation import participation, within_module_z
from graph.network import Network
from tests.oracles import cohesion
from tests.oracles.changes import both_ways, relabelled, side_by_side
from tests.oracles.networks import Drawn, plain_networks


@given(plain_networks(), st.booleans())
def test_participation_as_defined(drawn: Drawn, is_weighted: bool) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=drawn.network.is_directed)
    if not is_weighted:
        pairs = dict.fromkeys(pairs, 1.0)
    expected = []
    for i in range(drawn.n):
        by_group = cohesion.shares(i, pairs, drawn.groups)
        total = sum(map(Fraction, by_group.values()))
        squares = sum((Fraction(k) / total) ** 2 for k in by_group.values()) if total else 0
        expected.append(float(1 - squares) if total else math.nan)
    found = participation(drawn.network, is_weighted=is_weighted)
    assert found == pytest.approx(expected, nan_ok=True, abs=1e-12)
    same = participation(drawn.network, drawn.groups, is_weighted=is_weighted)
    assert np.array_equal(found, same, equal_nan=True)


@given(plain_networks(), st.booleans())
def test_within_module_z_as_defined(drawn: Drawn, is_weighted: bool) -> None:
    pairs = cohesion.pairs_of(drawn.ties, is_directed=drawn.network.is_directed)
    if not is_weighted:
        pairs = dict.fromkeys(pairs, 1.0)
    kappa = [
        cohesion.shares(i, pairs, drawn.groups).get(drawn.groups[i], 0.0) for i in range(drawn.n)
    ]
    expected = [math.nan] * drawn.n
    for group in range(4):
        members = [i for i in range(drawn.n) if drawn.groups[i] == group]
        if len({kappa[i] for i in members}) > 1:
            mean = sum(kappa[i] for i in members) / len(members)
            sd = math.sqrt(sum((kappa[i] - mean) ** 2 for i in members) / len(members))
            for i in members:
                expected[i] = (kappa[i] - mean) / sd
    found = within_module_z(drawn.network, is_weighted=is_weighted)
    assert found == pytest.approx(expected, nan_ok=True)


@given(plain_networks(), st.permutations(range(8)))
def test_the_same_in_any_order_and_twice_side_by_side(drawn: Drawn, numbers: list[int]) -> None:
    order = [i for i in numbers if i < drawn.n]
    for measure in (participation, within_module_z):
        found = measure(drawn.network)
        moved = measure(relabelled(drawn.network, order))
        assert moved == pytest.approx(found[order], nan_ok=True, abs=1e-12)
        double = measure(side_by_side(drawn.network))
        assert double == pytest.approx(np.tile(found, 2), nan_ok=True, abs=1e-12)


@given(plain_networks(is_directed=False))
def test_all_ties_both_ways_is_as_undirected(drawn: Drawn) -> None:
    arcs = both_ways(drawn.network)
    for measure in (participation, within_module_z):
        assert measure(arcs) == pytest.approx(measure(drawn.network), nan_ok=True, abs=1e-12)


@pytest.mark.parametrize("r", [1, 2, 5])
def test_spread_evenly_over_r_groups(r: int) -> None:
    """1 - 1/r for the centre of a star with two leaves in each group; 0 for a leaf."""
    groups = [0, *(g for g in range(r) for _ in range(2))]
    star = Network(range(2 * r + 1), [0] * 2 * r, range(1, 2 * r + 1))
    assert participation(star, groups) == pytest.approx([1 - 1 / r] + [0] * 2 * r)


def test_a_partition_that_fits_nowhere() -> None:
    network = Network("ab", [0], [1])
    with pytest.raises(ValueError, match="one label for each node"):
        participation(network, [0])
    with pytest.raises(ValueError, match="below -1"):
        within_module_z(network, [0, -2])
    assert np.isnan(participation(network, [-1, -1])).all()
    assert participation(Network([], [], []), []).tolist() == []
