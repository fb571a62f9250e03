"""Scores of pairs without a tie, by their definitions; nothing of the product is used."""

from __future__ import annotations

import math
from itertools import pairwise, permutations

Ties = dict[frozenset[int], float]


def partners(ties: Ties, i: int) -> set[int]:
    """Return all that node ``i`` is tied to."""
    return {j for tie in ties for j in tie if i in tie and j != i}


def common(ties: Ties, i: int, j: int) -> set[int]:
    """Return the common partners of two nodes."""
    return partners(ties, i) & partners(ties, j)


def adamic_adar(ties: Ties, i: int, j: int) -> float:
    """Return Σ 1 / ln k over the common partners."""
    return sum(1 / math.log(len(partners(ties, z))) for z in common(ties, i, j))


def resource_allocation(ties: Ties, i: int, j: int) -> float:
    """Return Σ 1 / k over the common partners."""
    return sum(1 / len(partners(ties, z)) for z in common(ties, i, j))


def paths(
    n: int, ties: Ties, i: int, j: int, max_steps: int, avoid: frozenset[int] = frozenset()
) -> list[tuple[float, int, tuple[int, ...]]]:
    """Return (strength, steps, who stands in between) of every simple path, strongest first.

    The strength is the product of w / (1 + w) over its ties; equal ones stand in order of steps
    and of who stands in between.
    """
    others = [v for v in range(n) if v not in (i, j) and v not in avoid]
    found = []
    for between in (p for k in range(max_steps) for p in permutations(others, k)):
        weights = [ties.get(frozenset(arc)) for arc in pairwise((i, *between, j))]
        if all(w is not None for w in weights):
            strength = math.prod(w / (1 + w) for w in weights if w is not None)
            found.append((strength, len(weights), between))
    return sorted(found, key=lambda p: (-round(p[0], 12), p[1], p[2]))


def distance(n: int, ties: Ties, i: int, j: int, avoid: frozenset[int]) -> int | None:
    """Return the fewest steps between two nodes, through nobody of ``avoid``."""
    reached, steps = {i}, 0
    while j not in reached:
        more = {v for u in reached for v in partners(ties, u) if v not in avoid}
        if more <= reached:
            return None
        reached, steps = reached | more, steps + 1
    return steps


def opened(ties: Ties, i: int, j: int) -> dict[int, bool]:
    """Return the partners of ``i`` not tied to ``j``, and whether they would meet only at ``i``."""
    return {
        p: not common(ties, p, j) - {i}
        for p in partners(ties, i)
        if j != p and frozenset((p, j)) not in ties
    }
