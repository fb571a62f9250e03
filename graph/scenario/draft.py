"""Records with the changes of a scenario made, over an original that stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.model import RELATION_BY_SLUG
from graph.records import Node, Records, Tie
from graph.scenario.changes import AddActor, AddTie, Change, EndActor, RemoveActor, RemoveTie
from graph.stored import TieKey, tie_key


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """The records that scenarios start from, with what is looked up again and again.

    ``ties_at`` has the positions in ``records.ties`` of the ties of each node, by its id.
    """

    records: Records
    nodes: dict[str, Node]
    ties_at: dict[str, list[int]]

    @classmethod
    def of(cls, records: Records) -> Base:
        """Index ``records``; time and memory O(nodes + ties)."""
        ties_at: dict[str, list[int]] = defaultdict(list)
        for position, tie in enumerate(records.ties):
            ties_at[tie.start].append(position)
            if tie.end != tie.start:
                ties_at[tie.end].append(position)
        return cls(records, records.by_id(), dict(ties_at))


@dataclass(frozen=True, slots=True)
class Edits:
    """What the changes come to, against what is stored.

    gone : ids of stored nodes that are removed, with all their ties, needs and offers.
    nodes : nodes that are new; an id may be among those gone.
    ended : stored nodes that end earlier than stored.
    gone_ties : stored ties that are removed, those of removed nodes among them.
    ties : ties that are new; ended_ties : stored ties that end earlier.
    """

    gone: tuple[str, ...]
    nodes: tuple[Node, ...]
    ended: tuple[Node, ...]
    gone_ties: tuple[Tie, ...]
    ties: tuple[Tie, ...]
    ended_ties: tuple[Tie, ...]

    def touched(self) -> set[str]:
        """Return the id of every node that is changed itself or at the end of a changed tie."""
        nodes = {n.id for n in (*self.nodes, *self.ended)} | set(self.gone)
        ties = (*self.gone_ties, *self.ties, *self.ended_ties)
        return nodes | {t.start for t in ties} | {t.end for t in ties}


class Draft:
    """What the records are after the changes made so far.

    `make` expects changes that fit, which is what `graph.scenario.checking` sees to; one that does
    not changes nothing.
    """

    def __init__(self, base: Base) -> None:
        self.base = base
        # Only what differs from the base; None is gone.
        self._nodes: dict[str, Node | None] = {}
        self._ties: dict[TieKey, Tie | None] = {}
        self._new_ties_at: dict[str, set[TieKey]] = defaultdict(set)
        self._gone: set[str] = set()
        self._gone_ties: dict[TieKey, Tie] = {}

    def node(self, node_id: str) -> Node | None:
        """Return an actor or affiliation by id, as it is now."""
        return self._nodes[node_id] if node_id in self._nodes else self.base.nodes.get(node_id)

    def nodes(self) -> Iterator[Node]:
        """Yield every node as it is now, new ones last."""
        for node in self.base.records.nodes:
            now = self._nodes.get(node.id, node) if self._nodes else node
            if now is not None and (node.id not in self._gone):
                yield now
        yield from self._new_nodes()

    def _new_nodes(self) -> Iterator[Node]:
        for node_id, node in self._nodes.items():
            if node is not None and (node_id in self._gone or node_id not in self.base.nodes):
                yield node

    def ties_of(self, node_id: str) -> list[Tie]:
        """Return the ties that start or end at a node, as they are now."""
        stored = self.base.records.ties
        found = {}
        for position in self.base.ties_at.get(node_id, ()):
            tie = stored[position]
            found[tie_key(tie)] = tie
        for key in (*found, *self._new_ties_at.get(node_id, ())):
            if key in self._ties:
                changed = self._ties[key]
                if changed is None:
                    found.pop(key, None)
                else:
                    found[key] = changed
        return list(found.values())

    def ties_between(self, start: str, relation: str, end: str) -> list[Tie]:
        """Return the ties of a relation from one node to another; either way where it has none."""
        ends = {(start, end)}
        if RELATION_BY_SLUG[relation].is_symmetric:
            ends.add((end, start))
        near = self.ties_of(start)
        return [t for t in near if t.relation == relation and (t.start, t.end) in ends]

    def make(self, change: Change) -> None:
        """Make one change."""
        match change:
            case RemoveActor(actor):
                self._remove(actor)
            case EndActor(actor, until):
                self._end(actor, until)
            case AddActor(actor, name, kind, area):
                if self.node(actor) is None:
                    self._nodes[actor] = Node(actor, name, kind, area=area)
            case AddTie(start, relation, end, strength):
                self._add(Tie(start, relation, end, strength))
            case RemoveTie(start, relation, end, since):
                for tie in self.ties_between(start, relation, end):
                    if since is None or tie.since == since:
                        self._drop(tie)

    def _remove(self, actor: str) -> None:
        if self.node(actor) is None:
            return
        for tie in self.ties_of(actor):
            self._drop(tie)
        self._nodes[actor] = None
        if actor in self.base.nodes:
            self._gone.add(actor)

    def _end(self, actor: str, until: str) -> None:
        node = self.node(actor)
        if node is None:
            return
        self._nodes[actor] = replace(node, until=until)
        for tie in self.ties_of(actor):
            if tie.until is None or last_day(tie.until) > last_day(until):
                self._ties[tie_key(tie)] = replace(tie, until=until)

    def _add(self, tie: Tie) -> None:
        ends = self.node(tie.start), self.node(tie.end)
        if None in ends or self.ties_between(tie.start, tie.relation, tie.end):
            return
        key = tie_key(tie)
        self._ties[key] = tie
        self._new_ties_at[tie.start].add(key)
        self._new_ties_at[tie.end].add(key)

    def _drop(self, tie: Tie) -> None:
        key = tie_key(tie)
        stored = self._stored(key)
        if stored is not None:
            self._gone_ties[key] = stored
        self._ties[key] = None

    def _stored(self, key: TieKey) -> Tie | None:
        ties = self.base.records.ties
        near = (ties[p] for p in self.base.ties_at.get(key[0], ()))
        return next((t for t in near if tie_key(t) == key), None)

    def records(self) -> Records:
        """Return the records as they are now; time O(nodes + ties), the base is not touched."""
        base = self.base.records
        if not self._nodes and not self._ties:
            return base
        changed = {key[0] for key in self._ties}
        ties: list[Tie] = []
        for tie in base.ties:
            if tie.start in changed:
                key = tie_key(tie)
                if key in self._gone_ties:
                    continue
                now = self._ties.get(key, tie)
                if now is None:
                    continue
                ties.append(now)
            else:
                ties.append(tie)
        ties += self._new_ties()
        needs = tuple(n for n in base.needs if n.actor not in self._gone)
        return replace(base, nodes=tuple(self.nodes()), ties=tuple(ties), needs=needs)

    def _new_ties(self) -> Iterator[Tie]:
        for key, tie in self._ties.items():
            if tie is not None and (key in self._gone_ties or self._stored(key) is None):
                yield tie

    def nodes_by_id(self) -> dict[str, Node]:
        """Return every node as it is now, by id."""
        return {node.id: node for node in self.nodes()}

    def edits(self) -> Edits:
        """Return what the changes come to."""
        new_nodes, new_ties = tuple(self._new_nodes()), tuple(self._new_ties())
        is_new = {n.id for n in new_nodes}
        is_new_tie = {tie_key(t) for t in new_ties}
        return Edits(
            tuple(sorted(self._gone)),
            new_nodes,
            tuple(n for i, n in self._nodes.items() if n is not None and i not in is_new),
            tuple(self._gone_ties.values()),
            new_ties,
            tuple(t for k, t in self._ties.items() if t is not None and k not in is_new_tie),
        )


def last_day(date: str) -> str:
    """Return the last day of a date of whatever precision: of ``2027-02`` it is ``2027-02-31``.

    For comparison only; such a day need not exist.
    """
    return date + "-12-31"[3 * date.count("-") :] if len(date) < 10 else date


def apply(records: Records, changes: Iterable[Change]) -> Records:
    """Return ``records`` with ``changes`` made in their order; ``records`` itself stays as it is.

    A change that does not fit, such as the removal of an actor that is not there, changes nothing.
    Time O(nodes + ties + changes · ties of what they touch).

    >>> apply(Records((Node("a", "a", "School"),), (), "v"), [RemoveActor("a")]).nodes
    ()
    """
    return drafted(Base.of(records), list(changes)).records()


def drafted(base: Base, changes: Sequence[Change]) -> Draft:
    """Return the draft that ``changes`` make of ``base``."""
    draft = Draft(base)
    for change in changes:
        draft.make(change)
    return draft
