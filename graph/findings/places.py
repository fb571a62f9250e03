"""What takes place where: the programmes of a place, and who does what in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.findings.parties import parties_of
from graph.records import Node, Records, Tie

PLACE_KINDS = frozenset({"Community", "Compound", "StreetOffice"})
DIMENSIONS = ("initiating", "funding", "operating", "volunteers", "deciding")
_TABLES = frozenset({"Mechanism", "Platform", "Agreement"})
ARRANGEMENTS = ("Space", "Platform", "Mechanism", "Fund", "Agreement")

_LEADING = {
    "INITIATES": "initiating",
    "FUNDS": "funding",
    "DONATES_TO": "funding",
    "HOSTS": "funding",
    "OPERATES": "operating",
    "ADVISES": "operating",
    "SUPPLIES_VOLUNTEERS": "volunteers",
    "SUPERVISES": "deciding",
}
_TO_PLACE = {
    "FUNDS": "funding",
    "DONATES_TO": "funding",
    "SUPPORTS": "operating",
    "INCUBATES": "operating",
    "SERVES": "operating",
    "SUPPLIES_VOLUNTEERS": "volunteers",
    "ADVISES": "operating",
    "SUPERVISES": "deciding",
}
_FROM_PLACE = {"PURCHASES_FROM": "funding", "ESTABLISHES": "initiating", "FUNDS": "funding"}


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something for a place: one stored tie, read in one dimension.

    ``programme`` is the affiliation at the other end; None where the tie goes to the place itself.
    """

    dimension: str
    party: str
    actor: Node
    tie: Tie
    programme: Node | None


@dataclass(frozen=True, slots=True)
class Programme:
    """An affiliation that is no part of another one of the place, with its parts.

    ``acts`` are its own and, in a dimension in which it has none, those of its parts;
    ``members`` are the actors that lead it or take part, in it or in its parts.
    """

    node: Node
    parts: tuple[Node, ...]
    acts: tuple[Act, ...]
    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """What is on record about a place, a programme or a project.

    ``acts`` go to the place itself; ``actors`` is everybody in it, ``tables`` the mechanisms,
    platforms and agreements with those who sit at each, ``arrangements`` the kinds of standing
    arrangements with what there is of each, ``n_ties`` how many ties all this stands on.
    """

    node: Node | None
    area: str | None
    programmes: tuple[Programme, ...]
    acts: tuple[Act, ...]
    actors: tuple[Node, ...]
    tables: tuple[tuple[Node, tuple[Node, ...]], ...]
    arrangements: dict[str, tuple[Node, ...]]
    n_ties: int


class Places:
    """The records arranged by place; made once for a state of the data.

    Making takes O(n + m); a place then takes the time of what lies in it.
    """

    def __init__(self, records: Records) -> None:
        self.nodes = records.by_id()
        self.parties = parties_of(records)
        self._ties: dict[str, list[Tie]] = defaultdict(list)
        self._parts: dict[str, list[str]] = defaultdict(list)
        self._in_area: dict[str, list[Node]] = defaultdict(list)
        self._lying_in: dict[str, list[str]] = defaultdict(list)
        for tie in records.ties:
            if tie.start not in self.nodes or tie.end not in self.nodes:
                continue
            self._ties[tie.start].append(tie)
            if tie.end != tie.start:
                self._ties[tie.end].append(tie)
            if tie.relation == "PART_OF":
                self._parts[tie.end].append(tie.start)
            elif tie.relation == "LOCATED_IN":
                self._lying_in[tie.end].append(tie.start)
        for node in records.nodes:
            if node.area:
                self._in_area[node.area].append(node)
        self.areas = frozenset(_with_ancestors(self._in_area))
        self._below: dict[str, list[str]] = defaultdict(list)
        for area in self._in_area:
            for ancestor in _ancestors(area):
                self._below[ancestor].append(area)

    def ties_of(self, node_id: str) -> list[Tie]:
        """Return the stored ties of an actor or affiliation."""
        return self._ties.get(node_id, [])

    def within(self, area: str) -> list[Node]:
        """Return all that lies in an area or below it, in order of id."""
        found = [n for a in self._below.get(area, ()) for n in self._in_area[a]]
        return sorted(found, key=lambda n: n.id)

    def communities(self) -> list[Node]:
        """Return the communities, without groups of them, in order of id."""
        found = (n for n in self.nodes.values() if n.kind == "Community" and not n.is_group)
        return sorted(found, key=lambda n: n.id)

    def parts_of(self, area: str) -> list[Node]:
        """Return the communities below an area, and the programmes outside all of them."""
        inside = self.within(area)
        communities = [n for n in inside if n.kind == "Community" and not n.is_group]
        taken = {p.node.id for c in communities for p in self.of(c).programmes}
        programmes = [p.node for p in self.of_area(area).programmes if p.node.id not in taken]
        return [*communities, *programmes]

    def territory(self, place: Node) -> str | None:
        """Return the area that a place governs; None where its area is only where it stands."""
        last = (place.area or "").rpartition("/")[2]
        is_own = last and (place.name == last or _is_office_of(place, last))
        return place.area if is_own else None

    def of_area(self, area: str) -> PlaceRecord:
        """Return what is on record about all that lies in an area."""
        inside = self.within(area)
        places = {n.id for n in inside if n.kind in PLACE_KINDS}
        return self._record(None, area, places, inside)

    def of(self, node: Node) -> PlaceRecord:
        """Return what is on record about a community, compound or street, or an affiliation."""
        if not node.is_actor:
            programme = self._programme(node)
            return self._gathered(node, None, (programme,), ())
        territory = self.territory(node)
        inside = self.within(territory) if territory else []
        places = {node.id} | {n.id for n in inside if n.kind in PLACE_KINDS}
        places |= {
            t.start
            for t in self.ties_of(node.id)
            if t.relation == "MEMBER_OF" and self.nodes[t.start].kind == "Compound"
        }
        return self._record(node, territory, places, inside)

    def _record(
        self, node: Node | None, area: str | None, places: set[str], inside: Iterable[Node]
    ) -> PlaceRecord:
        found = {n.id for n in inside if not n.is_actor}
        for place in places:
            found.update(i for i in self._lying_in.get(place, ()) if not self.nodes[i].is_actor)
            found.update(
                tie.end
                for tie in self.ties_of(place)
                if tie.start == place and tie.relation in _LEADING
                if not self.nodes[tie.end].is_actor
            )
        nested = {p for i in found for p in self._all_parts(i)}
        roots = [self._programme(self.nodes[i]) for i in sorted(found - nested)]
        acts = [act for place in sorted(places) for act in self._acts_on(place)]
        return self._gathered(node, area, roots, acts)

    def _gathered(
        self,
        node: Node | None,
        area: str | None,
        programmes: Iterable[Programme],
        acts: Iterable[Act],
    ) -> PlaceRecord:
        roots, direct = tuple(programmes), tuple(acts)
        everything = [n for p in roots for n in (p.node, *p.parts)]
        tables = tuple((n, self._members(n.id)) for n in everything if n.kind in _TABLES)
        arrangements = {
            kind: tuple(n for n in everything if n.kind == kind) for kind in ARRANGEMENTS
        }
        actors = {m.id: m for p in roots for m in p.members}
        actors |= {a.actor.id: a.actor for a in direct}
        ties = {
            (t.start, t.relation, t.end)
            for i in [*(n.id for n in everything), *([node.id] if node else [])]
            for t in self.ties_of(i)
        }
        return PlaceRecord(
            node, area, roots, direct, tuple(actors.values()), tables, arrangements, len(ties)
        )

    def _all_parts(self, affiliation: str) -> Iterator[str]:
        """Yield the parts of an affiliation, and theirs; a circle of parts is walked once."""
        seen, stack = {affiliation}, list(self._parts.get(affiliation, ()))
        while stack:
            part = stack.pop()
            if part not in seen:
                seen.add(part)
                stack.extend(self._parts.get(part, ()))
                yield part

    def _programme(self, node: Node) -> Programme:
        parts = tuple(self.nodes[i] for i in sorted(self._all_parts(node.id)))
        own = list(self._acts_in(node))
        has = {act.dimension for act in own}
        filled = [act for p in parts for act in self._acts_in(p) if act.dimension not in has]
        members = {m.id: m for n in (node, *parts) for m in self._members(n.id)}
        return Programme(node, parts, (*own, *filled), tuple(members.values()))

    def _members(self, affiliation: str) -> tuple[Node, ...]:
        others = {
            (t.end if t.start == affiliation else t.start): None for t in self.ties_of(affiliation)
        }
        return tuple(self.nodes[i] for i in others if self.nodes[i].is_actor)

    def _acts_in(self, affiliation: Node) -> Iterator[Act]:
        for tie in self.ties_of(affiliation.id):
            if tie.end != affiliation.id or not self.nodes[tie.start].is_actor:
                continue
            actor = self.nodes[tie.start]
            dimension = _LEADING.get(tie.relation)
            if dimension is None and tie.relation == "PARTICIPATES_IN":
                if affiliation.kind == "Mechanism":
                    dimension = "deciding"
                elif actor.sector == "volunteer":
                    dimension = "volunteers"
            if dimension:
                yield Act(dimension, self.parties[actor.id], actor, tie, affiliation)

    def _acts_on(self, place: str) -> Iterator[Act]:
        for tie in self.ties_of(place):
            is_from = tie.start == place
            other = self.nodes[tie.end if is_from else tie.start]
            if not other.is_actor:
                continue
            actor = self.nodes[tie.start]
            dimension = (_FROM_PLACE if is_from else _TO_PLACE).get(tie.relation)
            if dimension == "operating" and actor.sector == "volunteer":
                dimension = "volunteers"
            if dimension and not (is_from and other.kind in PLACE_KINDS):
                yield Act(dimension, self.parties[actor.id], actor, tie, None)


def _is_office_of(place: Node, area_name: str) -> bool:
    return place.kind == "StreetOffice" and place.name.startswith(area_name)


def _ancestors(area: str) -> Iterator[str]:
    """Yield a path and every path that it begins with."""
    while area:
        yield area
        area = area.rpartition("/")[0]


def _with_ancestors(areas: Iterable[str]) -> set[str]:
    return {ancestor for area in areas for ancestor in _ancestors(area)}
