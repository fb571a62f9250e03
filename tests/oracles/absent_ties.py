"""Absent ties and the open triads that each would close, by looking at every pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations


def absent_ties(
    groups: Sequence[int], ties: set[tuple[int, int]], max_degree: int
) -> dict[tuple[int, int], int]:
    """Return, for each pair of another group that is not tied, its common partners.

    A partner with more than ``max_degree`` ties does not count; ``ties`` are pairs (a, b), a < b.
    """
    n = len(groups)
    around = [{b for b in range(n) if (min(a, b), max(a, b)) in ties and a != b} for a in range(n)]
    found = {}
    for a, b in combinations(range(n), 2):
        if groups[a] != groups[b] and (a, b) not in ties:
            common = [v for v in around[a] & around[b] if len(around[v]) <= max_degree]
            if common:
                found[a, b] = len(common)
    return found
