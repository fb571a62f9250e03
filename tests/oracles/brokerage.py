"""Brokerage by definition, over all triples, for small graphs; nothing of the product is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, permutations

Arc = tuple[int, int]
Pair = tuple[int, int]
# Coordinator, itinerant, representative, gatekeeper, liaison, all together.
Counts = list[int]


def roles_directed(n: int, arcs: set[Arc], groups: Sequence[int]) -> list[Counts]:
    """Count, for each node b, the ordered pairs a -> b -> c without an arc a -> c, by role."""
    counts = [[0] * 6 for _ in range(n)]
    for a, b, c in permutations(range(n), 3):
        if (a, b) in arcs and (b, c) in arcs and (a, c) not in arcs:
            for role in _roles(groups[a], groups[b], groups[c]):
                counts[b][role] += 1
            counts[b][5] += 1
    return counts


def roles_undirected(n: int, ties: set[frozenset[int]], groups: Sequence[int]) -> list[Counts]:
    """Count the unordered pairs of partners without a tie once, under each role read either way."""
    counts = [[0] * 6 for _ in range(n)]
    for b in range(n):
        for a, c in open_pairs(n, ties, b):
            either = {*_roles(groups[a], groups[b], groups[c])}
            either |= {*_roles(groups[c], groups[b], groups[a])}
            for role in either:
                counts[b][role] += 1
            counts[b][5] += 1
    return counts


def _roles(a: int, b: int, c: int) -> list[int]:
    if -1 in (a, b, c):
        return []
    if a == b == c:
        return [0]
    if a == c:
        return [1]
    if a == b:
        return [2]
    return [3] if b == c else [4]


def moments(samples: Iterable[tuple[Fraction, Sequence[int]]]) -> list[tuple[Fraction, Fraction]]:
    """Return mean and variance of each of several counts that are drawn with known chances."""
    weighted = list(samples)
    result = []
    for k in range(len(weighted[0][1])):
        mean = sum((p * counts[k] for p, counts in weighted), Fraction(0))
        square = sum((p * counts[k] ** 2 for p, counts in weighted), Fraction(0))
        result.append((mean, square - mean**2))
    return result


def open_pairs(n: int, ties: set[frozenset[int]], b: int) -> list[Pair]:
    """Return the pairs of partners of b that are not tied, in order."""
    partners = [i for i in range(n) if frozenset((i, b)) in ties and i != b]
    return [p for p in combinations(partners, 2) if frozenset(p) not in ties]


def sole_pairs(n: int, ties: set[frozenset[int]], b: int) -> list[Pair]:
    """Return the open pairs at b of which no other node is a partner of both ends, in order."""
    return [
        (i, j)
        for i, j in open_pairs(n, ties, b)
        if not any(
            {frozenset((i, q)), frozenset((j, q))} <= ties for q in range(n) if q not in (i, j, b)
        )
    ]
