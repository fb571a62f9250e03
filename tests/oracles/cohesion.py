"""Cohesion from the definitions, for small networks; nothing of the product is used.

A network is given as it was drawn: n, ties (a, b, weight) with self-ties and parallel ties, and the
group of each node, -1 for none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

Tie = tuple[int, int, float]
Pair = tuple[int, int]


def pairs_of(ties: Iterable[Tie], *, is_directed: bool) -> dict[Pair, float]:
    """Return the weight of each tie, parallel ones added up, self-ties left out."""
    weights: dict[Pair, float] = defaultdict(float)
    for a, b, weight in ties:
        if a != b:
            weights[(a, b) if is_directed else (min(a, b), max(a, b))] += weight
    return dict(weights)


def reached(nodes: Iterable[int], arcs: Iterable[Pair]) -> dict[int, set[int]]:
    """Return what each node reaches, itself included, by adding steps until nothing is new."""
    found = {v: {v} for v in nodes}
    steps = [(a, b) for a, b in arcs if a in found and b in found]
    while True:
        n_before = sum(map(len, found.values()))
        for a, b in steps:
            for reach in found.values():
                if a in reach:
                    reach.add(b)
        if sum(map(len, found.values())) == n_before:
            return found


def parts(nodes: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the components, each sorted, in order of first node."""
    both = [pair for a, b in pairs for pair in ((a, b), (b, a))]
    found = {tuple(sorted(reach)) for reach in reached(nodes, both).values()}
    return sorted(map(list, found))


def strong_parts(n: int, arcs: Iterable[Pair]) -> list[list[int]]:
    """Return the sets of nodes that reach one another, each sorted, in order of first node."""
    reach = reached(range(n), arcs)
    found = {tuple(v for v in range(n) if v in reach[u] and u in reach[v]) for u in range(n)}
    return sorted(map(list, found))


def parts_without(n: int, pairs: Iterable[Pair], node: int) -> list[list[int]]:
    """Return what is left of a node's component when it is taken out, the largest part first."""
    known = list(pairs)
    (home,) = (part for part in parts(range(n), known) if node in part)
    left = parts([v for v in home if v != node], known)
    return sorted(left, key=lambda part: (-len(part), part[0]))


def core_numbers(n: int, ends: Sequence[Pair]) -> list[int]:
    """Pare down for every k; ``ends`` holds a pair once for each time that it counts."""
    numbers = [0] * n
    for k in range(1, len(ends) + 1):
        alive = set(range(n))
        while True:
            degree = dict.fromkeys(alive, 0)
            for a, b in ends:
                if a in alive and b in alive:
                    degree[a] += 1
                    degree[b] += 1
            weak = {v for v in alive if degree[v] < k}
            if not weak:
                break
            alive -= weak
        for v in alive:
            numbers[v] = k
    return numbers


def ei(external: float, internal: float) -> float:
    """Return (E - I) / (E + I)."""
    total = external + internal
    return (external - internal) / total if total else math.nan


def shares(node: int, pairs: dict[Pair, float], groups: Sequence[int]) -> dict[int, float]:
    """Return the summed weight of a node's ties by group of the other end; no group, no entry."""
    amounts: dict[int, float] = defaultdict(float)
    for (a, b), weight in pairs.items():
        for own, other in ((a, b), (b, a)):
            if own == node and groups[other] >= 0:
                amounts[groups[other]] += weight
    return dict(amounts)


def partitions(n: int) -> Iterable[list[int]]:
    """Yield every partition of n nodes, as labels that appear in order 0, 1, 2 …"""
    if n == 0:
        yield []
        return
    for labels in partitions(n - 1):
        for label in range(max(labels, default=-1) + 2):
            yield [*labels, label]


def modularity(n: int, pairs: dict[Pair, float], labels: Sequence[int], resolution: float) -> float:
    """Return Σ_ij (A_ij - γ k_i k_j / 2W) [c_i = c_j] / 2W over ordered pairs, i = j among them."""
    strength = [sum(w for pair, w in pairs.items() if i in pair) for i in range(n)]
    total = sum(strength)
    within = sum(2 * w for (a, b), w in pairs.items() if labels[a] == labels[b])
    by_chance = sum(
        strength[i] * strength[j] for i in range(n) for j in range(n) if labels[i] == labels[j]
    )
    return (within - resolution * by_chance / total) / total


def cpm(pairs: dict[Pair, float], labels: Sequence[int], resolution: float) -> float:
    """Return the weight within communities less γ for each pair of nodes within one."""
    within = sum(w for (a, b), w in pairs.items() if labels[a] == labels[b])
    n_pairs = sum(labels[i] == labels[j] for j in range(len(labels)) for i in range(j))
    return within - resolution * n_pairs
