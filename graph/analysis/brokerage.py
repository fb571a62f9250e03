"""Brokerage roles: between which sectors an actor stands (Gould & Fernandez 1989)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Roles:
    """How many pairs an actor b mediates in each role; a gives to c through b.

    coordinator : a, b, c in one sector.
    itinerant : a and c in one sector, b in another.
    representative : a and b in one sector, c in another.
    gatekeeper : b and c in one sector, a in another.
    liaison : three sectors.
    """

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0


ROLE_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Roles))


def roles_directed(successors: Sequence[set[int]], groups: Sequence[str]) -> list[Roles]:
    """Count the roles of each node of a directed graph, in order.

    Every ordered pair (a, c) counts with a → b → c, a ≠ c and no arc a → c (Gould & Fernandez
    1989, Sociol. Methodol. 19:89; as ``sna::brokerage`` in R). Self-arcs are ignored. Time
    O(Σ in-degree · out-degree).
    """
    predecessors: list[set[int]] = [set() for _ in successors]
    for a, row in enumerate(successors):
        for b in row:
            predecessors[b].add(a)
    result = []
    for b, row in enumerate(successors):
        counts = dict.fromkeys(ROLE_NAMES, 0)
        for a in predecessors[b] - {b}:
            for c in row - {b, a} - successors[a]:
                counts[role(groups[a], groups[b], groups[c])] += 1
        result.append(Roles(**counts))
    return result


def roles_undirected(neighbours: Sequence[Collection[int]], groups: Sequence[str]) -> list[Roles]:
    """Count the roles of each node of an undirected graph, each unordered pair once, in order.

    A pair of which one end shares b's group can be read from either end: b is the gatekeeper from
    one side and the representative from the other. Such a pair is counted once under each of the
    two names; `n_brokered` counts it once. Coordinator, itinerant and liaison are half of what the
    directed count gives on the same graph with every tie both ways; the other two are equal to it.
    Time O(Σ degree²).
    """
    result = []
    for b, row in enumerate(neighbours):
        counts = dict.fromkeys(ROLE_NAMES, 0)
        partners = sorted(row)
        for position, a in enumerate(partners):
            tied_to_a = neighbours[a]
            for c in partners[position + 1 :]:
                if c in tied_to_a:
                    continue
                name = role(groups[a], groups[b], groups[c])
                if name in ("gatekeeper", "representative"):
                    counts["gatekeeper"] += 1
                    counts["representative"] += 1
                else:
                    counts[name] += 1
        result.append(Roles(**counts))
    return result


def role(a: str, b: str, c: str) -> str:
    """Return the role of a broker of group ``b`` from group ``a`` to group ``c``."""
    if a == b == c:
        return "coordinator"
    if a == c:
        return "itinerant"
    if a == b:
        return "representative"
    if b == c:
        return "gatekeeper"
    return "liaison"


def n_brokered(roles: Roles) -> int:
    """Return how many unordered pairs an undirected broker mediates."""
    return roles.coordinator + roles.itinerant + roles.gatekeeper + roles.liaison
