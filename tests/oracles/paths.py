"""Shortest paths listed one by one, for small graphs; nothing of the product is used."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, permutations

Arc = tuple[int, int]


def shortest_paths(
    n: int, lengths: dict[Arc, Fraction]
) -> dict[tuple[int, int], list[tuple[int, ...]]]:
    """Return every shortest path between every ordered pair, by trying all simple paths."""
    best: dict[tuple[int, int], tuple[Fraction, list[tuple[int, ...]]]] = {}

    def extend(path: tuple[int, ...], length: Fraction) -> None:
        if len(path) > 1:
            pair = (path[0], path[-1])
            if pair not in best or length < best[pair][0]:
                best[pair] = (length, [path])
            elif length == best[pair][0]:
                best[pair][1].append(path)
        for v in range(n):
            if v not in path and (path[-1], v) in lengths:
                extend((*path, v), length + lengths[path[-1], v])

    for s in range(n):
        extend((s,), Fraction(0))
    return {pair: paths for pair, (_, paths) in best.items()}


def betweenness(
    n: int,
    lengths: dict[Arc, Fraction],
    *,
    sources: Iterable[int] | None = None,
    targets: Iterable[int] | None = None,
) -> tuple[list[Fraction], dict[Arc, Fraction]]:
    """Return what each node and each arc carries, over ordered pairs, as exact fractions."""
    starts = set(range(n) if sources is None else sources)
    ends = set(range(n) if targets is None else targets)
    paths = shortest_paths(n, lengths)
    nodes = [Fraction(0)] * n
    arcs = dict.fromkeys(lengths, Fraction(0))
    for s, t in permutations(range(n), 2):
        found = paths.get((s, t), [])
        if s in starts and t in ends:
            for path in found:
                for v in path[1:-1]:
                    nodes[v] += Fraction(1, len(found))
                for arc in pairwise(path):
                    arcs[arc] += Fraction(1, len(found))
    return nodes, arcs
