"""Coverage of the five 社: which of them each community has partners of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graph.actor_network import ActorNetwork
from graph.model import COLUMNS, KIND_BY_SLUG
from graph.records import Node, Records

# Beside the five: the columns of affiliations, each with its kinds.
MEETING_COLUMNS: dict[str, tuple[str, ...]] = {
    "mechanism": ("Mechanism", "Platform"),
    "space": ("Space",),
    "fund": ("Fund",),
}
COVERAGE_COLUMNS: tuple[str, ...] = (*(c.slug for c in COLUMNS), *MEETING_COLUMNS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many actors of each of the five 社 a community is tied to, itself counted as one.

    A cell is None where nothing at all is on record about the community, which is not a zero.
    """

    community: Node
    cells: dict[str, int | None]
    n_mechanisms: int | None
    n_spaces: int | None
    n_funds: int | None

    def cell(self, column: str) -> int | None:
        """Return the count under one of `COVERAGE_COLUMNS`."""
        extra = {"mechanism": self.n_mechanisms, "space": self.n_spaces, "fund": self.n_funds}
        return extra[column] if column in extra else self.cells[column]

    @property
    def is_known(self) -> bool:
        """Whether anything at all is on record about the community."""
        return self.n_mechanisms is not None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who and what counts for a community: ids of its actors, itself one, and of affiliations.

    ``is_known`` is False where nothing at all is on record about it.
    """

    community: Node
    actors: frozenset[str]
    affiliations: frozenset[str]
    is_known: bool

    def behind(self, column: str, nodes: Mapping[str, Node]) -> tuple[Node, ...]:
        """Return whom a cell of `COVERAGE_COLUMNS` counts, in order of name."""
        kinds = MEETING_COLUMNS.get(column)
        if kinds is not None:
            found = [nodes[i] for i in self.affiliations if nodes[i].kind in kinds]
        else:
            found = [nodes[i] for i in self.actors if KIND_BY_SLUG[nodes[i].kind].column == column]
        return tuple(sorted(found, key=lambda n: (n.name, n.id))) if self.is_known else ()


def coverage(records: Records, network: ActorNetwork) -> tuple[Coverage, ...]:
    """Return one row for each community of ``network``, in order of area and name.

    A record that stands for several communities has no row.

    An actor counts for a community that it is tied to in ``network``, and for the community whose
    area it lies in. Affiliations count by any stored tie or by area. Time O(n + m).
    """
    nodes = records.by_id()
    rows = (_row(around, nodes) for around in surroundings(records, network))
    return tuple(sorted(rows, key=lambda r: (r.community.area or "", r.community.name)))


def surroundings(
    records: Records, network: ActorNetwork, only: Callable[[Node], bool] = lambda _: True
) -> Iterator[Surroundings]:
    """Yield what counts for each community of ``network`` that ``only`` takes. Time O(n + m)."""
    communities = {
        actor.id: i
        for i, actor in enumerate(network.actors)
        if actor.kind == "Community" and not actor.is_group and only(actor)
    }
    nodes = records.by_id()
    tied: dict[str, set[str]] = defaultdict(set)
    for tie in records.ties:
        for one, other in ((tie.start, tie.end), (tie.end, tie.start)):
            if one in communities and other in nodes:
                tied[one].add(other)
    own_areas = {c: _own_area(nodes[c]) for c in communities}
    wanted = set(own_areas.values()) - {None}
    inside: dict[str | None, set[str]] = defaultdict(set)
    for node in records.nodes:
        if node.area in wanted:
            inside[node.area].add(node.id)
    for community, i in communities.items():
        lying_in = inside[own_areas[community]] - {community} if own_areas[community] else set()
        around = tied[community] | lying_in
        actors = {partner.id for partner in network.partners(i)} | {community}
        yield Surroundings(
            network.actors[i],
            frozenset(actors | {n for n in lying_in if nodes[n].is_actor}),
            frozenset(n for n in around if not nodes[n].is_actor),
            bool(around),
        )


def _own_area(community: Node) -> str | None:
    """Return the area that is the community's own; None where its area is only where it stands."""
    area = community.area
    return area if area and area.endswith(community.name) else None


def _row(around: Surroundings, nodes: Mapping[str, Node]) -> Coverage:
    if not around.is_known:
        none = dict.fromkeys((c.slug for c in COLUMNS), None)
        return Coverage(around.community, none, None, None, None)
    columns = [KIND_BY_SLUG[nodes[i].kind].column for i in around.actors]
    kinds = [nodes[i].kind for i in around.affiliations]
    n_mechanisms, n_spaces, n_funds = (
        sum(k in wanted for k in kinds) for wanted in MEETING_COLUMNS.values()
    )
    return Coverage(
        around.community,
        {c.slug: columns.count(c.slug) for c in COLUMNS},
        n_mechanisms,
        n_spaces,
        n_funds,
    )
