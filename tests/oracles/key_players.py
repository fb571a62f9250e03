"""Scores of sets of nodes from the definitions, and the best by trying all, for small networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations

Pair = tuple[int, int]


def distances(nodes: Iterable[int], arcs: Iterable[Pair]) -> dict[Pair, int]:
    """Return the number of steps of each ordered pair with a path, by longer and longer walks."""
    inside = set(nodes)
    steps = {(a, b) for a, b in arcs if a in inside and b in inside}
    found = {(v, v): 0 for v in inside}
    for length in range(1, len(inside)):
        for (s, v), d in list(found.items()):
            if d == length - 1:
                for a, b in steps:
                    if a == v:
                        found.setdefault((s, b), length)
    return found


def fragmentation(n: int, pairs: Iterable[Pair], members: Iterable[int]) -> Fraction:
    """Return the share of pairs of the nodes that are left that cannot reach one another."""
    left = set(range(n)) - set(members)
    found = distances(left, _both(pairs))
    n_pairs = len(left) * (len(left) - 1)
    return 1 - Fraction(len(found) - len(left), n_pairs)


def distance_fragmentation(n: int, pairs: Iterable[Pair], members: Iterable[int]) -> Fraction:
    """Return 1 - the mean of 1 / d over pairs of the nodes that are left."""
    left = set(range(n)) - set(members)
    found = distances(left, _both(pairs))
    n_pairs = len(left) * (len(left) - 1)
    return 1 - sum((Fraction(1, d) for d in found.values() if d), Fraction(0)) / n_pairs


def reach(n: int, arcs: Iterable[Pair], members: Iterable[int], m: int) -> Fraction:
    """Return the share of nodes that some member reaches within m steps."""
    chosen = set(members)
    found = distances(range(n), arcs)
    near = {j for (i, j), d in found.items() if i in chosen and d <= m}
    return Fraction(len(near), n)


def distance_reach(n: int, arcs: Iterable[Pair], members: Iterable[int]) -> Fraction:
    """Return the mean of 1 / max(d, 1), d from the nearest member."""
    chosen = set(members)
    found = distances(range(n), arcs)
    total = Fraction(0)
    for j in range(n):
        near = [d for (i, k), d in found.items() if k == j and i in chosen]
        total += Fraction(1, max(min(near), 1)) if near else 0
    return total / n


def best(n: int, k: int, score: Callable[[tuple[int, ...]], Fraction]) -> tuple[int, ...]:
    """Return the set of k of the highest score, of equals the first in lexical order."""
    return max(combinations(range(n), k), key=score)


def _both(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for a, b in pairs for pair in ((a, b), (b, a))]
