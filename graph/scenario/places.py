"""The communities that a scenario concerns: which of the five 社 they have, and their mode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.records import Node, Records
from graph.scenario.difference import Alignment
from graph.scenario.draft import Draft


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
    before: tuple[Records, ActorNetwork],
    after: tuple[Records, ActorNetwork],
) -> tuple[CoverageChange, ...]:
    """Return those of ``communities`` whose coverage differs, in order of area and name.

    Time O(n + m), most of it spent once for each state of the records.
    """
    if not communities:
        return ()
    ids = {n.id for n in communities}
    old, new = (_coverage(ids, *state) for state in (before, after))
    return tuple(
        CoverageChange(row, new[row.community.id])
        for row in old.values()
        if row.community.id in new and _counts(row) != _counts(new[row.community.id])
    )


def _coverage(ids: set[str], records: Records, network: ActorNetwork) -> dict[str, Coverage]:
    # A row is made of its own ties only, so that those of others need not be gone through.
    near = tuple(t for t in records.ties if t.start in ids or t.end in ids)
    rows = coverage(replace(records, ties=near), network)
    return {row.community.id: row for row in rows if row.community.id in ids}


def _counts(row: Coverage) -> tuple[object, ...]:
    return (*row.cells.values(), row.n_mechanisms, row.n_spaces, row.n_funds)


def areas_of(nodes: Iterable[Node]) -> list[str]:
    """Return the areas that these nodes lie in, those of most nodes first, none twice."""
    counts: dict[str, int] = {}
    for node in nodes:
        if node.area:
            counts[node.area] = counts.get(node.area, 0) + 1
    return sorted(counts, key=lambda area: (-counts[area], area))
