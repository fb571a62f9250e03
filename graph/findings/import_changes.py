"""What one import brought: worked out from what would take it back, and what is stored now."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, Literal, TypeVar

from graph.ingest.inverse import Inverse, stored_id
from graph.records import Area, Need, Node, Records, Tie
from graph.stored import need_key, tie_key

Item = TypeVar("Item", Node, Tie, Need, Area)
State = Literal["new", "changed", "ended"]
STATES: tuple[State, ...] = ("new", "changed", "ended")


@dataclass(frozen=True, slots=True)
class Change(Generic[Item]):
    """A record as an import left it, and as it was before; ``before`` is None where it is new.

    ``ended`` is a change that gave it an end; it is not counted as ``changed`` too. ``fields`` are
    the names of what differs.
    """

    state: State
    after: Item
    before: Item | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportChanges:
    """Everything that one import changed: new ones first, then changed, then ended ones."""

    nodes: tuple[Change[Node], ...]
    ties: tuple[Change[Tie], ...]
    needs: tuple[Change[Need], ...]
    areas: tuple[Change[Area], ...]

    def within(self, areas: set[str], nodes: dict[str, Node]) -> ImportChanges:
        """Return what lies in one of ``areas``, before or after; a tie by one of its ends."""

        def lies(node: Node | None) -> bool:
            return node is not None and (node.area or "") in areas

        return ImportChanges(
            tuple(c for c in self.nodes if lies(c.after) or lies(c.before)),
            tuple(
                c
                for c in self.ties
                if lies(nodes.get(c.after.start)) or lies(nodes.get(c.after.end))
            ),
            tuple(c for c in self.needs if lies(nodes.get(c.after.actor))),
            tuple(c for c in self.areas if c.after.path in areas),
        )

    def without_hidden(self, present: Container[str]) -> ImportChanges:
        """Return what is about those present alone, without what their columns held."""
        return ImportChanges(
            tuple(replace(c, fields=()) for c in self.nodes if c.after.id in present),
            tuple(
                replace(c, fields=())
                for c in self.ties
                if c.after.start in present and c.after.end in present
            ),
            tuple(replace(c, fields=()) for c in self.needs if c.after.actor in present),
            self.areas,
        )


def changes_of(inverse: Inverse, later: Sequence[Inverse], records: Records) -> ImportChanges:
    """Return what the import that ``inverse`` takes back changed.

    Parameters
    ----------
    later : what takes back the imports made after it that still stand, oldest first. What one of
        them changed again is read from there as it was before that.
    records : what is stored now.

    Time O(changes of these imports + stored).
    """
    nodes = _as_it_was({n.id: n for n in records.nodes}, (i.old_nodes for i in later), _node_key)
    ties = _as_it_was({tie_key(t): t for t in records.ties}, (i.old_ties for i in later), tie_key)
    needs = _as_it_was(
        {need_key(n): n for n in records.needs}, (i.old_needs for i in later), need_key
    )
    areas = _as_it_was({a.path: a for a in records.areas}, (i.old_areas for i in later), _path)
    by_stored_id = {stored_id(n): n for n in needs.values()} if inverse.new_needs else {}
    return ImportChanges(
        _changes((nodes.get(i) for i in inverse.new_nodes), inverse.old_nodes, nodes, _node_key),
        _changes(inverse.new_ties, inverse.old_ties, ties, tie_key),
        _changes(
            (by_stored_id.get(i) for i in inverse.new_needs), inverse.old_needs, needs, need_key
        ),
        _changes((areas.get(i) for i in inverse.new_areas), inverse.old_areas, areas, _path),
    )


def _node_key(node: Node) -> str:
    return node.id


def _path(area: Area) -> str:
    return area.path


def _as_it_was(
    now: Mapping[Any, Item],
    later: Iterable[Iterable[Item]],
    key: Callable[[Item], object],
) -> dict[Any, Item]:
    """Return the records as they were before the later imports, the oldest of which counts."""
    was: dict[Any, Item] = dict(now)
    seen: set[object] = set()
    for items in later:
        for item in items:
            if key(item) not in seen:
                seen.add(key(item))
                was[key(item)] = item
    return was


def _changes(
    new: Iterable[Item | None],
    old: Iterable[Item],
    was: dict[Any, Item],
    key: Callable[[Item], object],
) -> tuple[Change[Item], ...]:
    found: list[Change[Item]] = [Change("new", item, None, ()) for item in new if item is not None]
    found += _changed(old, was, key)
    return tuple(sorted(found, key=lambda c: STATES.index(c.state)))


def _changed(
    old: Iterable[Item], was: dict[Any, Item], key: Callable[[Item], object]
) -> Iterator[Change[Item]]:
    for before in old:
        after = was.get(key(before))
        if after is None:
            continue
        differing = tuple(
            f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)
        )
        is_end = _until(after) is not None and _until(before) is None
        yield Change("ended" if is_end else "changed", after, before, differing)


def _until(item: Node | Tie | Need | Area) -> str | None:
    """Return when a record ended; an area has no end."""
    return None if isinstance(item, Area) else item.until
