"""How two networks differ, by looking at every pair of nodes: for small networks only.

A network is a dict from each node to the set of its neighbours.
"""

from __future__ import annotations

from itertools import combinations

Graph = dict[str, set[str]]


def near_pairs(graph: Graph) -> set[tuple[str, str]]:
    """Return every pair that is tied or has a common neighbour, the smaller name first."""
    return {
        (a, b) for a, b in combinations(sorted(graph), 2) if b in graph[a] or graph[a] & graph[b]
    }


def part_of(graph: Graph, start: str) -> frozenset[str]:
    """Return all that can be reached from a node, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        for other in graph[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return frozenset(seen)


def n_cut_off(before: Graph, after: Graph) -> int:
    """Return how many common nodes are outside the largest rest of the part they were in."""
    common = set(before) & set(after)
    total = 0
    for part in {part_of(before, node) for node in before}:
        left = part & common
        rests = {part_of(after, node) & left for node in left}
        total += len(left) - max((len(rest) for rest in rests), default=0)
    return total
