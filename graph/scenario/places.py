"""The communities that a scenario concerns: which of the five 社 they have, and their mode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.projection import is_within
from graph.records import Node, Records, Tie
from graph.scenario.difference import Alignment
from graph.scenario.draft import Draft
from graph.stored import TieKey, tie_key


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """The five 社 of one community before and after."""

    before: Coverage
    after: Coverage


@dataclass(frozen=True, slots=True)
class ModeChange:
    """The mode of one community before and after; None where it is in none."""

    community: Node
    before: str | None
    after: str | None


def concerned(draft: Draft, alignment: Alignment) -> list[Node]:
    """Return the communities of both networks whose surroundings are changed, in order of id.

    Those with a changed tie, with other partners than before, and those in whose area a changed
    actor or affiliation lies. Groups of communities are left out, since they are no place.
    """
    edits = draft.edits()
    touched = edits.touched()
    found = {alignment.after.actors[i].id for i in alignment.rewired.tolist()} | touched
    changed = [*(draft.base.nodes[i] for i in edits.gone), *edits.nodes, *edits.ended]
    areas = {n.area for n in changed if n.area}
    actors = (alignment.after.actors[i] for i in alignment.at_after.tolist())
    return [
        n
        for n in actors
        if n.kind == "Community" and not n.is_group and (n.id in found or n.area in areas)
    ]


def coverage_changes(
    communities: Sequence[Node],
    before: Mapping[str, Coverage],
    records: Records,
    network: ActorNetwork,
) -> tuple[CoverageChange, ...]:
    """Return those of ``communities`` whose coverage differs, in order of area and name.

    ``before`` is what it was, by id; ``records`` and ``network`` are those after. Time O(n + m).
    """
    if not communities:
        return ()
    ids, areas = {n.id for n in communities}, {n.area for n in communities if n.area}
    # A row is made of a community's own ties, of its partners and of what lies in its area, so that
    # nothing else need be gone through.
    ties = tuple(t for t in records.ties if t.start in ids or t.end in ids)
    ends = {t.start for t in ties} | {t.end for t in ties}
    near = tuple(
        n for n in records.nodes if n.area in areas or n.id in ends or n.id in network.index
    )
    return tuple(
        CoverageChange(before[row.community.id], row)
        for row in coverage(replace(records, nodes=near, ties=ties), network)
        if row.community.id in ids
        and row.community.id in before
        and _counts(row) != _counts(before[row.community.id])
    )


def surroundings(draft: Draft, communities: Sequence[Node]) -> Records:
    """Return the records as they are now, but only what the modes of ``communities`` rest on.

    What lies in their areas and their compounds, the affiliations of these with all their parts,
    everybody in either, the bodies that those belong to, and the ties of all. Time that of these,
    and O(nodes).
    """
    areas = tuple(n.area for n in communities if n.area)
    is_inside: dict[str | None, bool] = {None: False}
    places = {n.id for n in communities}
    everybody: dict[str, Node] = {}
    for node in draft.nodes():
        if node.kind == "Community":
            everybody[node.id] = node  # whose territories tell whose a party branch is
        if node.area not in is_inside:
            is_inside[node.area] = any(is_within(node.area, area) for area in areas)
        if is_inside[node.area]:
            places.add(node.id)
    for community in communities:
        ties_there = draft.ties_of(community.id)
        places |= {t.start for t in ties_there if t.relation == "MEMBER_OF"}
    ties: dict[TieKey, Tie] = {}
    waiting = sorted(places)
    reached = set(waiting)
    while waiting:
        here = waiting.pop()
        at = draft.node(here)
        if at is None:
            continue
        everybody[here] = at
        for tie in draft.ties_of(here):
            other = tie.end if tie.start == here else tie.start
            if not _leads_on(here in places, at, tie, here):
                continue
            ties[tie_key(tie)] = tie
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    kept = (t for t in ties.values() if t.start in everybody and t.end in everybody)
    return replace(draft.base.records, nodes=tuple(everybody.values()), ties=tuple(kept), needs=())


def _leads_on(is_place: bool, node: Node, tie: Tie, here: str) -> bool:
    """Return whether the mode of a place can depend on what is at the other end of a tie."""
    return is_place or not node.is_actor or (tie.relation == "MEMBER_OF" and tie.start == here)


def _counts(row: Coverage) -> tuple[object, ...]:
    return (*row.cells.values(), row.n_mechanisms, row.n_spaces, row.n_funds)


def areas_of(nodes: Iterable[Node]) -> list[str]:
    """Return the areas that these nodes lie in, those of most nodes first, none twice."""
    counts: dict[str, int] = {}
    for node in nodes:
        if node.area:
            counts[node.area] = counts.get(node.area, 0) + 1
    return sorted(counts, key=lambda area: (-counts[area], area))
