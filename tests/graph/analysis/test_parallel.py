"""Work in parts: order, progress, cancelling, and how the parts are cut."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.parallel import add_parts, balanced_parts, run_parts
from graph.errors import Cancelled


@pytest.mark.parametrize("n_threads", [1, 2, 5, None])
def test_results_come_in_the_order_of_the_parts(n_threads: int | None) -> None:
    told: list[float] = []

    def slow_first(part: int) -> int:
        time.sleep(0.02 if part == 0 else 0)
        return part * part

    found = run_parts(slow_first, range(8), n_threads, told.append)
    assert found == [i * i for i in range(8)]
    assert told == [i / 8 for i in range(1, 9)]
    assert run_parts(slow_first, [], n_threads) == []


@pytest.mark.parametrize("n_threads", [1, 2])
def test_no_part_begins_after_cancelling(n_threads: int) -> None:
    begun: list[int] = []
    stop = threading.Event()

    def work(part: int) -> None:
        begun.append(part)
        stop.set()

    with pytest.raises(Cancelled):
        run_parts(work, range(100), n_threads, is_cancelled=stop.is_set)
    assert len(begun) <= n_threads


@pytest.mark.parametrize("n_threads", [1, 2])
def test_the_first_failure_ends_the_work(n_threads: int) -> None:
    begun: list[int] = []

    def work(part: int) -> None:
        begun.append(part)
        time.sleep(0.001)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_parts(work, range(1_000), n_threads)
    assert len(begun) < 1_000


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_sums_are_made_in_the_order_of_the_parts(n_threads: int) -> None:
    """Of floats that add up to something else in any other order."""
    chance = np.random.default_rng(1)
    arrays = [10.0 ** chance.integers(-9, 9, 3) for _ in range(200)]

    def slow_at_first(part: int) -> tuple[np.ndarray, np.ndarray]:
        time.sleep(0.01 if part % 50 == 0 else 0)
        return arrays[part], np.array([part])

    expected = np.zeros(3)
    for array in arrays:
        expected += array
    sums, numbers = np.zeros(3), np.zeros(1, np.int64)
    add_parts(slow_at_first, range(200), (sums, numbers), n_threads)
    assert sums.tobytes() == expected.tobytes()
    assert numbers[0] == sum(range(200))


@given(
    st.lists(st.integers(0, 9), max_size=50),
    st.integers(1, 8),
    st.integers(0, 20),
)
def test_parts_cover_everything_once_in_order(
    costs: list[int], n_parts: int, min_cost: int
) -> None:
    parts = balanced_parts(np.array(costs, np.int64), n_parts, min_cost)
    assert [i for start, stop in parts for i in range(start, stop)] == list(range(len(costs)))
    assert len(parts) <= n_parts
    assert all(start < stop for start, stop in parts)
    if min_cost and sum(costs) < 2 * min_cost:
        assert len(parts) <= 1


def test_parts_cost_about_the_same() -> None:
    parts = balanced_parts(np.arange(1_000), 10)
    sums = [sum(range(start, stop)) for start, stop in parts]
    assert len(parts) == 10
    assert max(sums) - min(sums) < 2_000
