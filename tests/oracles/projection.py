"""The rule of the projection, pair by pair, for small data; nothing of the product's is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations


def projected(
    kind_of: dict[str, str],
    ties: Iterable[tuple[str, str, str, int]],
    *,
    actor_kinds: set[str],
    person_kinds: set[str],
    direct: set[str],
    leading: set[str],
    taking_part: set[str],
    folds: bool,
    max_working_body: int,
) -> dict[frozenset[str], tuple[float, set[str], set[str]]]:
    """Return (weight, relations, affiliations) for each pair of actors that is tied."""
    stored = list(ties)
    groups: dict[str, set[str]] = defaultdict(set)
    for start, relation, end, _ in stored:
        is_group = kind_of[end] in actor_kinds and kind_of[end] not in person_kinds
        if folds and relation == "MEMBER_OF" and kind_of[start] in person_kinds and is_group:
            groups[start].add(end)
    whose = {node: min(groups[node]) if node in groups else node for node in kind_of}
    found: dict[frozenset[str], tuple[float, set[str], set[str]]] = {}

    def add(a: str, b: str, weight: float, relations: set[str], via: set[str]) -> None:
        if a != b:
            before = found.get(frozenset((a, b)), (0.0, set(), set()))
            found[frozenset((a, b))] = (before[0] + weight, before[1] | relations, before[2] | via)

    parts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for start, relation, end, strength in stored:
        are_actors = (kind_of[start] in actor_kinds, kind_of[end] in actor_kinds)
        if all(are_actors) and relation in direct:
            add(whose[start], whose[end], strength, {relation}, set())
        elif any(are_actors) and not all(are_actors) and relation in taking_part:
            actor, affiliation = (start, end) if are_actors[0] else (end, start)
            parts[affiliation][whose[actor]].add(relation)
    for affiliation, members in parts.items():
        is_small = kind_of[affiliation] == "Mechanism" and len(members) <= max_working_body
        for a, b in combinations(members, 2):
            if is_small or members[a] & leading or members[b] & leading:
                add(a, b, 1 / (len(members) - 1), members[a] | members[b], {affiliation})
    return found
