"""What is hidden from those with whom a view is shared: persons, and all of some kinds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.model import AFFILIATION_KIND_BY_SLUG, KIND_BY_SLUG, label_of
from graph.records import Node, Records


@dataclass(frozen=True, slots=True)
class Redaction:
    """``hides_persons``: nobody's name is shown; ``hidden_kinds``: these are not shown at all."""

    hides_persons: bool = False
    hidden_kinds: frozenset[str] = frozenset()

    @property
    def hides_anything(self) -> bool:
        """Whether it changes what is seen."""
        return self.hides_persons or bool(self.hidden_kinds)

    def hides(self, node: Node) -> bool:
        """Return whether nothing of ``node`` is shown."""
        return node.kind in self.hidden_kinds


@dataclass(frozen=True, slots=True)
class Redacted:
    """The records that are left, and by their own ids what stands for all that there were.

    ``stand_ins`` has each node as it is shown; one that is hidden as a nameless one of its kind.
    """

    records: Records
    stand_ins: dict[str, Node]


def redacted(records: Records, redaction: Redaction) -> Redacted:
    """Return the records without what ``redaction`` hides.

    Persons keep their kind, area and ties, under a number instead of a name and an id; the numbers
    follow the order of the records. Where persons are hidden every note goes as well, since a note
    may name them. Time O(nodes + ties).
    """
    stand_ins: dict[str, Node] = {}
    n_persons = n_hidden = 0
    for node in records.nodes:
        if redaction.hides(node):
            n_hidden += 1
            stand_ins[node.id] = _nameless(node, f"hidden-{n_hidden}", None)
        elif redaction.hides_persons and node.is_person:
            n_persons += 1
            stand_ins[node.id] = _nameless(node, f"person-{n_persons}", n_persons)
        else:
            stand_ins[node.id] = replace(node, note=None) if redaction.hides_persons else node
    shown = {node.id for node in records.nodes if not redaction.hides(node)}
    return Redacted(
        Records(
            tuple(stand_ins[n.id] for n in records.nodes if n.id in shown),
            tuple(
                replace(
                    t,
                    start=stand_ins[t.start].id,
                    end=stand_ins[t.end].id,
                    note=None if redaction.hides_persons else t.note,
                )
                for t in records.ties
                if t.start in shown and t.end in shown
            ),
            records.version,
            tuple(
                replace(
                    n,
                    actor=stand_ins[n.actor].id,
                    note=None if redaction.hides_persons else n.note,
                )
                for n in records.needs
                if n.actor in shown
            ),
            records.areas,
        ),
        stand_ins,
    )


def _nameless(node: Node, made_id: str, number: int | None) -> Node:
    """Return a node that tells no more than kind, area and dates."""
    is_actor = node.kind in KIND_BY_SLUG
    kind = label_of(node.kind) if is_actor else AFFILIATION_KIND_BY_SLUG[node.kind].label
    name, name_en = (
        (f"{kind.zh} {number}", f"{kind.en} {number}")
        if number is not None
        else (f"（未显示的{kind.zh}）", f"({kind.en} not shown)")
    )
    return Node(
        made_id,
        name,
        node.kind,
        name_en=name_en,
        area=node.area,
        n_members=node.n_members,
        n_members_at_least=node.n_members_at_least,
        is_group=node.is_group,
        since=node.since,
        until=node.until,
    )
