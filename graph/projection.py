"""Which actors and ties are analysed: from what is stored to the actor network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from graph.actor_network import ActorNetwork, NetworkTie
from graph.model import RELATION_BY_SLUG
from graph.records import Node, Records, Tie, holds_on


@dataclass(frozen=True, slots=True)
class Projection:
    """The choices that a result depends on; hashable, so that it can key a cache.

    Attributes
    ----------
    as_of : keep what holds on this day (``YYYY-MM-DD``); None keeps everything.
    area : keep the actors of this area (a path) and their direct partners.
    sectors, relations : keep only these; None keeps all.
    fold_persons : a person's ties become those of the team or organisation it belongs to.
    max_working_body : participants of a mechanism are tied among themselves up to this many
        members; beyond it, and in any other affiliation, they know its leading actors only.
    """

    as_of: str | None = None
    area: str | None = None
    sectors: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    fold_persons: bool = True
    max_working_body: int = 12


DEFAULT = Projection()


@dataclass(slots=True)
class _TieSum:
    weight: float
    relations: set[str]
    via: set[str]


def project(records: Records, projection: Projection = DEFAULT) -> ActorNetwork:
    """Return the actor network of ``records`` under ``projection``.

    Direct ties between actors add their strength (1–5). An affiliation of k actors adds 1/(k-1)
    (Newman 2001, Phys. Rev. E 64, 016132, eq. 2) to the tie between each two of its leading actors
    and between each participant and each leading actor; in a mechanism of at most
    ``max_working_body`` members, also between participants. An affiliation of one actor adds
    nothing. Direction is dropped, parallel ties are summed, self-ties are left out, isolates kept.

    Time is O(n + m + Σ leading·members) over the affiliations.
    """
    nodes, ties = _holding(records, projection)
    folded = _folding(nodes, ties) if projection.fold_persons else {}
    sums: dict[tuple[str, str], _TieSum] = {}
    members: dict[str, dict[str, set[str]]] = defaultdict(dict)
    leading: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        relation = RELATION_BY_SLUG[tie.relation]
        start, end = nodes[tie.start], nodes[tie.end]
        a, b = folded.get(start.id, start.id), folded.get(end.id, end.id)
        if start.is_actor and end.is_actor:
            if relation.is_direct:
                _add(sums, a, b, float(tie.strength), {tie.relation}, None)
        elif start.is_actor != end.is_actor and relation.role is not None:
            actor, affiliation = (a, end.id) if start.is_actor else (b, start.id)
            members[affiliation].setdefault(actor, set()).add(tie.relation)
            if relation.role == "leading":
                leading[affiliation].add(actor)
    for affiliation, present in members.items():
        _add_affiliation(
            sums, nodes[affiliation], present, leading[affiliation], projection.max_working_body
        )
    actors = [n for n in nodes.values() if n.is_actor and n.id not in folded]
    if projection.sectors is not None:
        actors = [n for n in actors if n.sector in projection.sectors]
    if projection.area is not None:
        inside = {n.id for n in actors if is_within(n.area, projection.area)}
        reached = {b for pair in sums for a, b in (pair, pair[::-1]) if a in inside}
        actors = [n for n in actors if n.id in inside or n.id in reached]
    kept = {n.id for n in actors}
    return ActorNetwork(
        actors,
        {
            pair: NetworkTie(s.weight, frozenset(s.relations), tuple(sorted(s.via)))
            for pair, s in sorted(sums.items())
            if pair[0] in kept and pair[1] in kept
        },
    )


def is_within(area: str | None, outer: str) -> bool:
    """Return whether the path ``area`` is ``outer`` or lies in it."""
    return area is not None and (area == outer or area.startswith(f"{outer}/"))


def _holding(records: Records, projection: Projection) -> tuple[dict[str, Node], list[Tie]]:
    """Return the nodes and ties that hold on the day and are of the relations asked for."""
    day = projection.as_of
    nodes = {
        n.id: n
        for n in sorted(records.nodes, key=lambda n: n.id)
        if day is None or holds_on(n.since, n.until, day)
    }
    ties = [
        t
        for t in records.ties
        if t.start in nodes
        and t.end in nodes
        and (day is None or holds_on(t.since, t.until, day))
        and (projection.relations is None or t.relation in projection.relations)
    ]
    return nodes, ties


def _folding(nodes: dict[str, Node], ties: Iterable[Tie]) -> dict[str, str]:
    """Map each person to the first team or organisation, by id, that it belongs to.

    The number of persons folded in is added to a group that states no number of its own.
    """
    groups: dict[str, str] = {}
    for tie in ties:
        if tie.relation == "MEMBER_OF" and nodes[tie.start].is_person:
            group = nodes[tie.end]
            if group.is_actor and not group.is_person:
                groups[tie.start] = min(groups.get(tie.start, group.id), group.id)
    counts: dict[str, int] = defaultdict(int)
    for group_id in groups.values():
        counts[group_id] += 1
    for group_id, count in counts.items():
        if nodes[group_id].n_members is None:
            nodes[group_id] = replace(nodes[group_id], n_members=count, n_members_at_least=True)
    return groups


def _add_affiliation(
    sums: dict[tuple[str, str], _TieSum],
    affiliation: Node,
    present: dict[str, set[str]],
    leading: set[str],
    max_working_body: int,
) -> None:
    k = len(present)
    if k < 2:
        return
    is_working_body = (
        affiliation.kind == "Mechanism" and max(k, affiliation.n_members or 0) <= max_working_body
    )
    weight = 1 / (k - 1)
    if is_working_body:
        pairs = list(combinations(sorted(present), 2))
    else:
        others = sorted(set(present) - leading)
        pairs = list(combinations(sorted(leading), 2))
        pairs += [(a, b) for a in sorted(leading) for b in others]
    for a, b in pairs:
        _add(sums, a, b, weight, present[a] | present[b], affiliation.id)


def _add(
    sums: dict[tuple[str, str], _TieSum],
    a: str,
    b: str,
    weight: float,
    relations: set[str],
    via: str | None,
) -> None:
    if a == b:
        return
    found = sums.setdefault((min(a, b), max(a, b)), _TieSum(0.0, set(), set()))
    found.weight += weight
    found.relations |= relations
    if via is not None:
        found.via.add(via)
