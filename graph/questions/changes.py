"""What an import brought: to everything, or to one area."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph import documents
from graph.documents import Document
from graph.explorer import Explorer
from graph.findings.import_changes import STATES, Change, ImportChanges, changes_of
from graph.ingest.importer import ImportRecord, NoImport
from graph.ingest.inverse import Inverse, read_inverse
from graph.model import RELATION_BY_SLUG
from graph.questions.areas import known_area, name_of, tree_of
from graph.records import Area, Need, Node, Tie
from graph.redacted import RedactedExplorer
from graph.sentences.changes import changes_sentence, undone_sentence
from graph.text import Text
from graph.workbook import ACTORS, AREAS, NEEDS, TIES

_LABELS = {c.slug: c.label for sheet in (NEEDS, TIES, AREAS, ACTORS) for c in sheet.columns} | {
    "n_members_at_least": Text("人数不少于", "At least as many members")
}
SORTS = {"actors": "nodes", "ties": "ties", "needs": "needs", "areas": "areas"}
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class AreaChanges:
    """What one import changed in an area (a path; '' is everywhere).

    ``changes`` is None where it is not listed: for an import that was undone, whose content is not
    kept, and where ``is_only``, no other import stands, so that everything on record came with it.
    ``counts`` are those of ``actors``, ``ties``, ``needs`` and ``areas`` by ``new``, ``changed``
    and ``ended``, each record once.
    """

    record: ImportRecord
    area: str
    is_only: bool
    changes: ImportChanges | None
    counts: Counts
    sentence: Text

    @property
    def day(self) -> str:
        """The day of the import, ``YYYY-MM-DD``, in UTC."""
        return self.record.at[:10]


def last_changes(explorer: Explorer, area: str | None = None) -> AreaChanges | None:
    """Return what the newest import that still stands changed in an area; None where none does.

    Raises `InvalidArgument` for an area that is not on record.
    """
    standing = explorer.standing_imports()
    path = known_area(explorer, area)
    return import_changes(explorer, standing[0].id, path, lists_only=False) if standing else None


def import_changes(
    explorer: Explorer, import_id: str, area: str | None = None, *, lists_only: bool = True
) -> AreaChanges:
    """Return what an import changed in an area.

    ``lists_only`` lists the changes of an only import too, all of them new. Raises `NotFound`, and
    `InvalidArgument` for an area that is not on record. Time O(changes + stored), once.
    """
    path = known_area(explorer, area)
    return explorer.cached(
        ("import changes", import_id, path, lists_only),
        lambda: _changes(explorer, import_id, path, lists_only=lists_only),
    )


def area_of_import(explorer: Explorer, import_id: str) -> str:
    """Return the smallest area with all new and changed actors of an import that name one.

    '' where only everything holds them all, or none names an area. Time O(changes + stored), once.
    """
    paths = [c.after.area for c in _whole(explorer, import_id).nodes if c.after.area]
    return posixpath.commonpath(paths) if paths else ""


def _changes(explorer: Explorer, import_id: str, area: str, *, lists_only: bool) -> AreaChanges:
    record = next((r for r in explorer.imports() if r.id == import_id), None)
    if record is None:
        raise NoImport(import_id)
    day = record.at[:10]
    if record.is_undone:
        kept = {sort: _disjoint(record.summary.get(sort, {})) for sort in SORTS}
        return AreaChanges(record, area, False, None, kept, undone_sentence(day))
    is_only = len(explorer.standing_imports()) == 1
    found = None if is_only and not lists_only else _within(explorer, import_id, area)
    counts = (
        _everything(explorer, area)
        if found is None
        else {sort: _by_state(getattr(found, name)) for sort, name in SORTS.items()}
    )
    name = name_of(area) if area else None
    said = changes_sentence(day, name, counts, is_only=is_only)
    return AreaChanges(record, area, is_only, found, counts, said)


def _within(explorer: Explorer, import_id: str, area: str) -> ImportChanges:
    found = _whole(explorer, import_id)
    if not area:
        return found
    return found.within(set(tree_of(explorer).below(area)), explorer.nodes_by_id())


def _whole(explorer: Explorer, import_id: str) -> ImportChanges:
    def work_out() -> ImportChanges:
        standing = [r.id for r in explorer.standing_imports()]
        later = standing[: standing.index(import_id)][::-1]
        own = _inverse(explorer, import_id)
        found = changes_of(own, [_inverse(explorer, i) for i in later], explorer.records())
        if isinstance(explorer, RedactedExplorer):
            return found.without_hidden(explorer.nodes_by_id())
        return found

    return explorer.cached(("import changes", import_id), work_out)


def _inverse(explorer: Explorer, import_id: str) -> Inverse:
    found = read_inverse(explorer.database.read, import_id)
    if found is None:
        raise NoImport(import_id)
    return found


def _everything(explorer: Explorer, area: str) -> Counts:
    """Return what is in an area, all of it new."""
    nodes = tree_of(explorer).within(area)
    ids = {n.id for n in nodes}
    records = explorer.records()
    n_ties = sum(t.start in ids or t.end in ids for t in records.ties)
    n_needs = sum(n.actor in ids for n in records.needs)
    n_areas = len(records.areas) if not area else len(set(tree_of(explorer).below(area)))
    n = {"actors": len(nodes), "ties": n_ties, "needs": n_needs, "areas": n_areas}
    return {sort: {"new": n[sort], "changed": 0, "ended": 0} for sort in SORTS}


def _by_state(changes: Sequence[Change[Any]]) -> dict[str, int]:
    counts = Counter(c.state for c in changes)
    return {state: counts[state] for state in STATES}


def _disjoint(kept: dict[str, int]) -> dict[str, int]:
    """Return a stored count with what ended not counted among the changed."""
    ended = kept.get("ended", 0)
    return {"new": kept.get("new", 0), "changed": kept.get("changed", 0) - ended, "ended": ended}


def as_document(explorer: Explorer, found: AreaChanges, limit: int, offset: int = 0) -> Document:
    """Return what an import changed: a page of the changes of each sort, and how many there are."""
    changes = found.changes
    page = slice(offset, offset + limit)
    nodes = explorer.nodes_by_id()
    return {
        "import": documents.import_record(found.record),
        "area": found.area,
        "sentence": found.sentence.as_dict(),
        "is_only": found.is_only,
        "is_listed": changes is not None,
        "counts": found.counts,
        "actors": [_node(c) for c in changes.nodes[page]] if changes else [],
        "ties": [_tie(c, nodes) for c in changes.ties[page]] if changes else [],
        "needs": [_need(c, nodes) for c in changes.needs[page]] if changes else [],
        "areas": [_area(c) for c in changes.areas[page]] if changes else [],
        "limit": limit,
        "offset": offset,
    }


def _node(change: Change[Node]) -> Document:
    return {"actor": documents.actor(change.after), **_state(change)}


def _tie(change: Change[Tie], nodes: dict[str, Node]) -> Document:
    tie = change.after
    return {
        **tie_document(tie, nodes),
        **_state(change),
    }


def _need(change: Change[Need], nodes: dict[str, Node]) -> Document:
    need = change.after
    actor = nodes.get(need.actor)
    return {
        "actor": documents.actor(actor) if actor else None,
        "sort": need.sort,
        "domain": need.domain,
        "resource": need.resource,
        **_state(change),
    }


def _area(change: Change[Area]) -> Document:
    return {"path": change.after.path, **_state(change)}


def tie_document(tie: Tie, nodes: dict[str, Node]) -> Document:
    """Return a stored tie with both its ends; an end is None where it is not there any more."""
    start, end = nodes.get(tie.start), nodes.get(tie.end)
    return {
        "start": documents.actor(start) if start else None,
        "relation": tie.relation,
        "label": RELATION_BY_SLUG[tie.relation].label.as_dict(),
        "end": documents.actor(end) if end else None,
        "since": tie.since,
        "until": tie.until,
    }


def _state(change: Change[Any]) -> Document:
    return {
        "state": change.state,
        "fields": [
            {
                "field": name,
                "label": _LABELS.get(name, Text(name, name)).as_dict(),
                "before": _value(getattr(change.before, name)),
                "after": _value(getattr(change.after, name)),
            }
            for name in change.fields
        ],
    }


def _value(value: Any) -> Any:
    return "；".join(value) if isinstance(value, tuple) else value
