"""Standing among peers, against counting one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.findings.peers import N_BINS, peer_values, standing

VALUES = st.lists(
    st.one_of(st.integers(0, 5).map(float), st.floats(0, 1e6), st.just(math.nan)), min_size=1
)


def counted(values: Sequence[float], own: float) -> tuple[int, int, int]:
    """Return how many have less, as much (itself left out) and more, looked at one by one."""
    known = [v for v in values if not math.isnan(v)]
    margin = 1e-9 * max(known)
    below = sum(v < own - margin for v in known)
    above = sum(v > own + margin for v in known)
    return below, len(known) - below - above - 1, above


@given(VALUES, st.data())
def test_it_counts_those_below_and_above(values: list[float], data: st.DataObject) -> None:
    known = [v for v in values if not math.isnan(v)]
    if not known:
        return
    own = data.draw(st.sampled_from(known))
    found = standing(peer_values(values), own)
    assert (found.n_below, found.n_equal, found.n_above) == counted(values, own)
    assert found.n == len(known)
    assert found.largest == max(known)


@given(VALUES)
def test_every_peer_is_in_one_bin(values: list[float]) -> None:
    found = peer_values(values)
    assert len(found.bins) == N_BINS
    assert sum(found.bins) == len(found.values)


def test_the_scale_is_a_square_root() -> None:
    found = peer_values([0.0, 25.0, 100.0])
    assert [i for i, n in enumerate(found.bins) if n] == [0, N_BINS // 2, N_BINS - 1]


def test_sums_in_another_order_are_equal() -> None:
    found = standing(peer_values([0.1 + 0.2, 0.3, 1.0]), 0.3)
    assert (found.n_below, found.n_equal, found.n_above) == (0, 1, 1)


def test_nobody_and_nought() -> None:
    assert peer_values([]).largest == 0.0
    assert peer_values([0.0, 0.0]).bins[0] == 2
    assert standing(peer_values([0.0, 0.0]), 0.0).n_equal == 1
    with pytest.raises(IndexError):
        peer_values([]).values[0]
