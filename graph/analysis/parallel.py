"""Work in parts on several threads, with the same result whatever their number.

The kernels release the interpreter's lock, so threads are enough. What is added up in floating
point is added up part by part, in order; hence the parts are cut by the work alone, never by the
number of threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.errors import Cancelled

Part = TypeVar("Part")
Result = TypeVar("Result")
N_PARTS = 64


def run_parts(
    function: Callable[[Part], Result],
    parts: Sequence[Part],
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> list[Result]:
    """Return ``[function(part) for part in parts]``, computed on several threads.

    Parameters
    ----------
    n_threads : at most so many threads; None for one per processor that this process may use.
        One thread is the caller's own.
    progress : told the share of parts done, from above 0 to 1, in the caller's thread.
    is_cancelled : asked before each part is begun, from any thread.

    Raises `Cancelled` once ``is_cancelled`` says so, and whatever ``function`` raises; parts not
    begun are then left out, and those begun have ended when it is raised.
    """

    def run(part: Part) -> Result:
        if is_cancelled is not None and is_cancelled():
            raise Cancelled
        return function(part)

    n_workers = min(n_processors() if n_threads is None else n_threads, len(parts))
    if n_workers <= 1:
        results = []
        for n_done, part in enumerate(parts, 1):
            results.append(run(part))
            if progress is not None:
                progress(n_done / len(parts))
        return results
    with ThreadPoolExecutor(n_workers, "parts") as pool:
        futures = [pool.submit(run, part) for part in parts]
        try:
            for n_done, future in enumerate(as_completed(futures), 1):
                future.result()
                if progress is not None:
                    progress(n_done / len(parts))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [future.result() for future in futures]


def add_parts(
    function: Callable[[Part], Sequence[NDArray[Any]]],
    parts: Sequence[Part],
    sums: Sequence[NDArray[Any]],
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> None:
    """Add the arrays that ``function`` returns for each part to ``sums``, as `run_parts` runs it.

    They are added in the order of the parts, as soon as those before are, so that a sum of floats
    is the same whatever the number of threads and few arrays are held at once.
    """
    waiting: dict[int, Sequence[NDArray[Any]]] = {}
    lock = threading.Lock()
    n_added = 0

    def run(numbered: tuple[int, Part]) -> None:
        nonlocal n_added
        number, part = numbered
        found = function(part)
        with lock:
            waiting[number] = found
            while n_added in waiting:
                for total, array in zip(sums, waiting.pop(n_added), strict=True):
                    total += array
                n_added += 1

    run_parts(run, list(enumerate(parts)), n_threads, progress, is_cancelled)


def balanced_parts(
    costs: NDArray[Any], n_parts: int = N_PARTS, min_cost: float = 0
) -> list[tuple[int, int]]:
    """Cut 0 … len(costs)-1 into contiguous ranges (start, stop) of about equal summed cost.

    There are ``n_parts`` of them at most, fewer where each would cost less than ``min_cost``, and
    none is empty. They depend on ``costs`` alone. Costs are 0 or more. Time O(n).
    """
    n = len(costs)
    if not n:
        return []
    ends = np.cumsum(costs, dtype=np.float64)
    total = float(ends[-1])
    n_cut = max(1, min(n_parts, n, int(total / min_cost) if min_cost else n_parts))
    cuts = np.searchsorted(ends, total * np.arange(1, n_cut) / n_cut) + 1
    bounds = np.unique(np.concatenate(([0], cuts, [n]))).tolist()
    return list(pairwise(bounds))


def n_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
