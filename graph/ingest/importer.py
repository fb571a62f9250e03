"""Imports: whole or not at all, in one transaction, with what undoing them needs."""

from __future__ import annotations

import contextlib
import datetime
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from graph.errors import InvalidArgument, NotFound, WusheError
from graph.ingest.batch import Batch, read_batch
from graph.ingest.errors import ImportRefused, Problem
from graph.ingest.inverse import Inverse, inverse_of, read_inverse, stored_id
from graph.ingest.tables import read_tables
from graph.progress import tell
from graph.records import Area, Need, Node, Tie
from graph.store.database import Database
from graph.stored import Stored, read_stored, tie_key
from graph.text import Text

Record = TypeVar("Record", Node, Tie, Need, Area)
Run = Callable[..., object]
_BATCH_ROWS = 5_000
_READING = Text("正在读取文件……", "Reading the files…")
_CHECKING = Text("正在逐行核对……", "Checking every row…")
_STORING = {
    "load.areas": Text("正在存入区域……", "Storing areas…"),
    "load.actors": Text("正在存入主体……", "Storing actors…"),
    "load.affiliations": Text("正在存入项目、阵地和平台……", "Storing projects, spaces, platforms…"),
    "load.ties": Text("正在存入关系……", "Storing ties…"),
    "load.ties_changed": Text("正在更新关系……", "Updating ties…"),
    "load.needs": Text("正在存入需求……", "Storing needs…"),
    "load.offers": Text("正在存入供给……", "Storing offers…"),
}
_TAKING_BACK = Text("正在撤销……", "Taking back…")


@dataclass(frozen=True, slots=True)
class Change:
    """How many records of one sort an import brings; ended ones are among the changed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    ``id`` is None for a dry run, for a refused import, and where there was nothing to change.
    """

    id: str | None
    is_accepted: bool
    is_dry_run: bool
    actors: Change
    ties: Change
    needs: Change
    areas: Change
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import that was made, as the history lists it."""

    id: str
    number: int
    at: str
    files: tuple[str, ...]
    summary: dict[str, dict[str, int]]
    is_undone: bool


class NoImport(NotFound):
    """No import has this id."""

    def __init__(self, import_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有编号为“{import_id}”的导入。请从数据页的导入记录里选。",
                f"There is no import “{import_id}”. Choose one from the history on the data page.",
            ),
        )


def import_files(
    database: Database, files: Sequence[tuple[str, bytes]], *, dry_run: bool = False
) -> ImportReport:
    """Read workbooks and CSV tables, given as (name, content), and store what they state.

    The graph is changed by all rows or, if there is any problem, by none. Rows that are stored
    already change nothing. A dry run checks against the same data and never writes.

    Returns a report. A refused import is one with ``is_accepted`` false; `refuse` turns it into
    an error where that is wanted. Raises `graph.store.errors.StoreError` if the database cannot
    be reached or goes away, in which case nothing was stored. Time O(rows + stored).
    """
    tell(_READING)
    tables, problems = read_tables(files)
    tell(_CHECKING)
    if dry_run or problems:
        stored = read_stored(database.read)
        batch, more = read_batch(tables, stored)
        return _report(batch, stored, [*problems, *more], import_id=None, dry_run=dry_run)
    with contextlib.suppress(_IdleTransaction), database.transaction() as transaction:
        transaction.run("load.lock")
        stored = read_stored(transaction.run)
        batch, problems = read_batch(tables, stored)
        report = _report(batch, stored, problems, import_id=None, dry_run=False)
        if problems or not _differs(batch, stored):
            raise _IdleTransaction
        import_id = uuid.uuid4().hex[:12]
        report = _report(batch, stored, [], import_id=import_id, dry_run=False)
        _store(transaction.run, batch, stored)
        transaction.run(
            "load.import_record",
            id=import_id,
            at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            files=[name for name, _ in files],
            summary=json.dumps(
                {s: asdict(getattr(report, s)) for s in ("actors", "ties", "needs", "areas")}
            ),
            inverse=inverse_of(batch, stored).as_json(),
        )
    return report


class _IdleTransaction(Exception):
    """Rolls a transaction back that took the lock and then had nothing to store."""


def refuse(report: ImportReport) -> ImportReport:
    """Return ``report``, or raise `ImportRefused` if it was not accepted."""
    if not report.is_accepted:
        raise ImportRefused(report.problems)
    return report


def history(read: Callable[[str], list[dict[str, Any]]]) -> tuple[ImportRecord, ...]:
    """Return every import, newest first, through ``read``, a reader of statements by name."""
    return tuple(
        ImportRecord(
            row["id"],
            row["number"],
            row["at"],
            tuple(row["files"]),
            json.loads(row["summary"]),
            row["is_undone"],
        )
        for row in read("read.imports")
    )


def undo_import(database: Database, import_id: str) -> None:
    """Take back the newest import that still stands.

    Raises `InvalidArgument` if ``import_id`` is not that one: taking back an older import would
    pull the ground from under the ones made after it.
    """
    with database.transaction() as transaction:
        transaction.run("load.lock")
        standing = [r for r in transaction.run("read.imports") if not r["is_undone"]]
        is_newest = bool(standing) and standing[0]["id"] == import_id
        inverse = read_inverse(transaction.run, import_id) if is_newest else None
        if inverse is None:
            raise InvalidArgument(
                "id",
                Text(
                    "只能撤销最近一次仍然有效的导入。",
                    "Only the newest import that still stands can be undone.",
                ),
            )
        take_back(transaction.run, inverse, read_stored(transaction.run).nodes)
        transaction.run("load.unused_sources")
        transaction.run("load.import_undone", id=import_id)


def _compare(new: dict[Any, Record], old: dict[Any, Record]) -> Change:
    counts = {"new": 0, "changed": 0, "unchanged": 0, "ended": 0}
    for key, record in new.items():
        before = old.get(key)
        if before is None:
            counts["new"] += 1
        elif before == record:
            counts["unchanged"] += 1
        else:
            counts["changed"] += 1
            if getattr(record, "until", None) and not getattr(before, "until", None):
                counts["ended"] += 1
    return Change(**counts)


def _report(
    batch: Batch, stored: Stored, problems: list[Problem], *, import_id: str | None, dry_run: bool
) -> ImportReport:
    return ImportReport(
        import_id,
        not problems,
        dry_run,
        _compare(batch.nodes, stored.nodes),
        _compare(batch.ties, stored.ties),
        _compare(batch.needs, stored.needs),
        _compare(batch.areas, stored.areas),
        tuple(problems),
    )


def _differs(batch: Batch, stored: Stored) -> bool:
    return any(
        _changed(getattr(batch, s), getattr(stored, s)) for s in ("nodes", "ties", "needs", "areas")
    )


def _changed(new: dict[Any, Record], old: dict[Any, Record]) -> list[Record]:
    return [record for key, record in new.items() if old.get(key) != record]


def _store(run: Run, batch: Batch, stored: Stored) -> None:
    """Write what differs from ``stored``."""
    _write_areas(run, _changed(batch.areas, stored.areas))
    _write_nodes(run, _changed(batch.nodes, stored.nodes), stored.nodes)
    ties = _changed(batch.ties, stored.ties)
    _run(run, "load.ties", (_tie_row(t) for t in ties if tie_key(t) not in stored.ties))
    _run(run, "load.ties_changed", (_tie_row(t) for t in ties if tie_key(t) in stored.ties))
    _write_needs(run, _changed(batch.needs, stored.needs))


def _write_areas(run: Run, areas: Iterable[Area]) -> None:
    rows = [
        {
            "id": a.path,
            "parent": a.parent,
            "properties": {
                "id": a.path,
                "name": a.name,
                "level": a.level,
                "households": a.households,
                "population": a.population,
            },
        }
        for a in sorted(areas, key=lambda a: a.path.count("/"))
    ]
    _run(run, "load.areas", rows)


def _write_nodes(run: Run, nodes: Sequence[Node], old: Mapping[str, Node]) -> None:
    for name, is_actor in (("load.actors", True), ("load.affiliations", False)):
        _run(
            run,
            name,
            (
                {
                    "id": n.id,
                    "kind": n.kind,
                    "old_kind": old[n.id].kind if n.id in old else None,
                    "properties": _node_properties(n),
                }
                for n in nodes
                if n.is_actor == is_actor
            ),
        )
    _run_ids(run, "load.area_links", [n.id for n in nodes])
    _run_ids(run, "load.source_links", [n.id for n in nodes])


def _node_properties(node: Node) -> dict[str, Any]:
    """Return what is stored on a node; None values are dropped by the database."""
    names = (node.name, *node.aliases)
    return {
        "id": node.id,
        "name": node.name,
        "name_en": node.name_en,
        "aliases": list(node.aliases),
        "aliases_text": " ".join((*node.aliases, node.name_en or "")),
        "pinyin": " ".join(spelling for name in names for spelling in spellings(name)),
        "area": node.area,
        "n_members": node.n_members,
        "n_members_at_least": node.n_members_at_least or None,
        "is_group": node.is_group or None,
        "registration": node.registration,
        "is_online": node.is_online,
        "since": node.since,
        "until": node.until,
        "lat": node.lat,
        "lon": node.lon,
        "source": node.source,
        "note": node.note,
    }


def spellings(name: str) -> tuple[str, str]:
    """Return a name in pinyin and by its initials, letters and digits only: hezhong, hz."""
    # Its dictionaries take a quarter of a second, which no page should wait for.
    from pypinyin import Style, lazy_pinyin

    full = lazy_pinyin(name)
    initials = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return _letters("".join(full)), _letters("".join(initials))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum() and c.isascii())


def _tie_row(tie: Tie) -> dict[str, Any]:
    properties = asdict(tie)
    ends = {key: properties.pop(key) for key in ("start", "relation", "end")}
    return {**ends, "since": tie.since, "properties": properties}


def _write_needs(run: Run, needs: Iterable[Need]) -> None:
    for sort, name in (("need", "load.needs"), ("offer", "load.offers")):
        rows = []
        for need in needs:
            if need.sort == sort:
                properties = asdict(need)
                del properties["sort"], properties["actor"]
                properties["id"] = stored_id(need)
                rows.append({"id": properties["id"], "actor": need.actor, "properties": properties})
        _run(run, name, rows)


def _run(run: Run, name: str, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    for start in range(0, len(listed), _BATCH_ROWS):
        tell(_STORING.get(name, _TAKING_BACK), start, len(listed))
        run(name, rows=listed[start : start + _BATCH_ROWS])


def _run_ids(run: Run, name: str, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), _BATCH_ROWS):
        run(name, ids=list(ids[start : start + _BATCH_ROWS]))


def take_back(run: Run, inverse: Inverse, present: Mapping[str, Node]) -> None:
    """Make the graph what it was before an import, in an open transaction.

    ``run`` runs statements by name in it; ``present`` are the nodes as they are now, by id.
    """
    _run(run, "load.ties_removed", (_tie_row(t) for t in inverse.new_ties))
    _run_ids(run, "load.needs_removed", inverse.new_needs)
    _run_ids(run, "load.nodes_removed", inverse.new_nodes)
    _write_areas(run, inverse.old_areas)
    _write_nodes(run, inverse.old_nodes, present)
    _run(run, "load.ties_changed", (_tie_row(t) for t in inverse.old_ties))
    _write_needs(run, inverse.old_needs)
    _run_ids(run, "load.areas_removed", inverse.new_areas)
