"""Brute-force counts over all triples, for small graphs; nothing of the product is used."""

from __future__ import annotations

from itertools import combinations, permutations


def roles_directed(n: int, arcs: set[tuple[int, int]], groups: list[str]) -> list[dict[str, int]]:
    """Count, for each node b, the ordered pairs a -> b -> c without an arc a -> c, by role."""
    counts: list[dict[str, int]] = [
        dict.fromkeys(("coordinator", "itinerant", "representative", "gatekeeper", "liaison"), 0)
        for _ in range(n)
    ]
    for a, b, c in permutations(range(n), 3):
        if (a, b) in arcs and (b, c) in arcs and (a, c) not in arcs:
            counts[b][_role(groups[a], groups[b], groups[c])] += 1
    return counts


def _role(a: str, b: str, c: str) -> str:
    sizes = len({a, b, c})
    if sizes == 1:
        return "coordinator"
    if sizes == 3:
        return "liaison"
    if a == c:
        return "itinerant"
    return "representative" if a == b else "gatekeeper"


def sole_pairs(n: int, edges: set[frozenset[int]]) -> list[set[frozenset[int]]]:
    """Return, for each node, the unconnected pairs whose only common neighbour it is."""
    found: list[set[frozenset[int]]] = [set() for _ in range(n)]
    for a, c in combinations(range(n), 2):
        if frozenset((a, c)) in edges:
            continue
        common = [
            b
            for b in range(n)
            if frozenset((a, b)) in edges and frozenset((b, c)) in edges and b not in (a, c)
        ]
        if len(common) == 1:
            found[common[0]].add(frozenset((a, c)))
    return found


def betweenness(n: int, edges: set[frozenset[int]]) -> list[float]:
    """List every shortest path of every pair and count the nodes in between."""
    scores = [0.0] * n
    for s, t in combinations(range(n), 2):
        paths = [[s]]
        while paths and not any(path[-1] == t for path in paths):
            paths = [
                [*path, v]
                for path in paths
                for v in range(n)
                if frozenset((path[-1], v)) in edges and v not in path
            ]
        shortest = [path for path in paths if path[-1] == t]
        for path in shortest:
            for v in path[1:-1]:
                scores[v] += 1 / len(shortest)
    return scores
