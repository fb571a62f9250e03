"""From tables to one checked batch of records, or the list of what is wrong with them."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.ingest.cells import BadCell, value_of
from graph.ingest.errors import Problem
from graph.ingest.tables import Row, Table
from graph.model import KIND_BY_SLUG, RELATION_BY_SLUG, label_of, may_tie
from graph.records import Area, Need, Node, Tie
from graph.stored import NeedKey, Stored, TieKey, need_key
from graph.text import Text
from graph.workbook import ACTORS, AREAS, NEEDS, OFFERS, TIES, Column, Sheet

# What says of a platform that it is online, in its name or its kind (线上平台).
_ONLINE = re.compile(
    r"线上|在线|网上|互联网|网络平台|小程序|公众号|微信|\b(?:app|online|wechat)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Batch:
    """The records that the tables state, complete with what was stored before.

    An empty cell leaves what is stored; a batch never removes anything.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    ties: dict[TieKey, Tie] = field(default_factory=dict)
    needs: dict[NeedKey, Need] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)


@dataclass(slots=True)
class _Place:
    """Where a row stands, so that a problem can say it."""

    table: Table
    row: Row

    def problem(
        self, message: Text, mend: Text, column: Column | None = None, *, shows_value: bool = True
    ) -> Problem:
        slug = column.slug if column else None
        value = self.row.cells.get(slug) if slug and shows_value else None
        return Problem(
            self.table.file,
            message,
            mend,
            self.table.sheet_name,
            self.row.number,
            self.table.headers.get(slug, slug) if slug else None,
            value[:100] if value else None,
        )


@dataclass(slots=True)
class _Reader:
    stored: Stored
    batch: Batch = field(default_factory=Batch)
    problems: list[Problem] = field(default_factory=list)
    first_seen: dict[object, tuple[_Place, dict[str, Any]]] = field(default_factory=dict)
    ids_by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    refused: set[str] = field(default_factory=set)


def read_batch(tables: Sequence[Table], stored: Stored) -> tuple[Batch, list[Problem]]:
    """Check every row of ``tables`` against the vocabulary, each other and ``stored``.

    Returns the records of the rows that are in order and a problem for each thing that is not.
    Time O(rows + stored) but for the search for a similar name, made for unknown names only.
    """
    reader = _Reader(stored)
    _index_names(reader, stored.nodes.values())
    for table in _of(tables, AREAS):
        for row in table.rows:
            _read_area(reader, _Place(table, row))
    places: dict[str, _Place] = {}
    for table in _of(tables, ACTORS):
        for row in table.rows:
            _read_node(reader, _Place(table, row), places)
    _index_names(reader, reader.batch.nodes.values())
    _add_area_prefixes(reader)
    for table in _of(tables, TIES):
        for row in table.rows:
            _read_tie(reader, _Place(table, row))
    for sheet, sort in ((NEEDS, "need"), (OFFERS, "offer")):
        for table in _of(tables, sheet):
            for row in table.rows:
                _read_need(reader, _Place(table, row), sort)
    _check_kind_changes(reader, places)
    return reader.batch, reader.problems


def _of(tables: Iterable[Table], sheet: Sheet) -> list[Table]:
    return [t for t in tables if t.sheet is sheet]


def _values(reader: _Reader, place: _Place) -> dict[str, Any] | None:
    """Read the cells of a row; None if any of them is missing or wrong."""
    values: dict[str, Any] = {}
    is_good = True
    for column in place.table.sheet.columns:
        text = place.row.cells.get(column.slug)
        if text is None:
            if column.is_required:
                is_good = False
                reader.problems.append(
                    place.problem(
                        Text("必填的格子是空的。", "This cell must not be empty."),
                        Text(f"{column.help.zh}", f"{column.help.en}"),
                        column,
                    )
                )
            continue
        try:
            values[column.slug] = value_of(column, text)
        except BadCell as bad:
            is_good = False
            reader.problems.append(
                place.problem(bad.message, bad.mend, column, shows_value=not bad.is_secret)
            )
    since, until = values.get("since"), values.get("until")
    if since and until and until < since[: len(until)]:
        is_good = False
        reader.problems.append(
            place.problem(
                Text(
                    f"终止 {until} 早于起始 {since}。",
                    f"It ends ({until}) before it starts ({since}).",
                ),
                Text("请改正其中一个日期。", "Correct one of the two dates."),
                _column(place.table.sheet, "until"),
            )
        )
    return values if is_good else None


def _column(sheet: Sheet, slug: str) -> Column:
    return next(c for c in sheet.columns if c.slug == slug)


def _is_repeated(reader: _Reader, place: _Place, key: object, values: dict[str, Any]) -> bool:
    """Record the row under its key; return whether an earlier row had it.

    The same row once more is harmless; another content under the same key is a problem.
    """
    if key not in reader.first_seen:
        reader.first_seen[key] = (place, values)
        return False
    first, first_values = reader.first_seen[key]
    if first_values != values:
        where = f"{first.table.sheet_name or first.table.file}"
        reader.problems.append(
            place.problem(
                Text(
                    f"与 {where} 第 {first.row.number} 行是同一条，内容却不同。",
                    f"It is the same record as row {first.row.number} of {where}, "
                    "with other content.",
                ),
                Text(
                    "请合并成一行，或改正编号、名称或起始。",
                    "Merge them, or correct id, name or start.",
                ),
            )
        )
    return True


def _read_area(reader: _Reader, place: _Place) -> None:
    values = _values(reader, place)
    if values is None:
        return
    parent = values.pop("parent", None)
    name = values.pop("name")
    path = f"{parent}/{name}" if parent else name
    if _is_repeated(reader, place, ("area", path), values):
        return
    reader.batch.areas[path] = replace(reader.stored.areas.get(path, Area(path)), **values)


def _add_area_prefixes(reader: _Reader) -> None:
    """Let every area that a path runs through exist, with what is known of it."""
    paths = {n.area for n in reader.batch.nodes.values() if n.area} | set(reader.batch.areas)
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            prefix = "/".join(parts[:depth])
            if prefix not in reader.batch.areas:
                reader.batch.areas[prefix] = reader.stored.areas.get(prefix, Area(prefix))


def _read_node(reader: _Reader, place: _Place, places: dict[str, _Place]) -> None:
    values = _values(reader, place)
    if values is None:
        cells = place.row.cells
        reader.refused |= {_name_key(cells[c]) for c in ("id", "name") if c in cells}
        return
    headcount = values.pop("n_members", None)
    if headcount is not None:
        values["n_members"], values["n_members_at_least"] = headcount
    node_id = (
        values.pop("id", None)
        or _known_id(reader, values)
        or generated_id(values["name"], values.get("area"))
    )
    if _is_repeated(reader, place, ("node", node_id), values):
        return
    old = reader.stored.nodes.get(node_id)
    node = replace(old, **values) if old else Node(id=node_id, **values)
    if node.is_online is None and node.kind == "Platform":
        words = (place.row.cells["kind"], node.name, node.name_en or "", *node.aliases)
        node = replace(node, is_online=True if _ONLINE.search(" ".join(words)) else None)
    reader.batch.nodes[node_id] = node
    places[node_id] = place


def _known_id(reader: _Reader, values: dict[str, Any]) -> str | None:
    """Return the id of the stored actor that a row without id means: same name, kind and area."""
    area = values.get("area")
    same = [
        node.id
        for node_id in reader.ids_by_name.get(_name_key(values["name"]), ())
        if (node := reader.stored.nodes[node_id]).kind == values["kind"]
        and node.name == values["name"]
        and (area is None or node.area is None or node.area == area)
    ]
    return same[0] if len(same) == 1 else None


def generated_id(name: str, area: str | None) -> str:
    """Return the id of an actor that was given none: its pinyin and a digest of name and area."""
    from pypinyin import lazy_pinyin

    letters = "".join(c for c in "".join(lazy_pinyin(name)).lower() if c.isascii() and c.isalnum())
    digest = hashlib.sha256(f"{name}\n{area or ''}".encode()).hexdigest()[:6]
    return f"{letters[:40]}-{digest}" if letters else digest


def _check_kind_changes(reader: _Reader, places: dict[str, _Place]) -> None:
    for node_id, node in reader.batch.nodes.items():
        old = reader.stored.nodes.get(node_id)
        if old and (old.kind in KIND_BY_SLUG) != (node.kind in KIND_BY_SLUG):
            place = places[node_id]
            before, after = label_of(old.kind), label_of(node.kind)
            reader.problems.append(
                place.problem(
                    Text(
                        f"编号 {node_id} 已是“{before.zh}”，不能改成“{after.zh}”。",
                        f"The id {node_id} is a {before.en} and cannot become a {after.en}.",
                    ),
                    Text("请换一个编号。", "Use another id."),
                    _column(ACTORS, "kind"),
                )
            )


def _index_names(reader: _Reader, nodes: Iterable[Node]) -> None:
    for node in nodes:
        for name in (node.name, *node.aliases):
            reader.ids_by_name[_name_key(name)].add(node.id)


def _name_key(name: str) -> str:
    return "".join(name.split()).casefold()


def _node(reader: _Reader, node_id: str) -> Node:
    return reader.batch.nodes.get(node_id) or reader.stored.nodes[node_id]


def _resolve(reader: _Reader, place: _Place, slug: str, reference: str) -> str | None:
    """Return the id that a cell means, by id, then by name or alias; None after a problem."""
    if reference in reader.batch.nodes or reference in reader.stored.nodes:
        return reference
    column = _column(place.table.sheet, slug)
    ids = reader.ids_by_name.get(_name_key(reference), set())
    named = {i for i in ids if _node(reader, i).name == reference} or ids
    if len(named) == 1:
        return next(iter(named))
    if named:
        listed = ", ".join(sorted(named)[:5])
        reader.problems.append(
            place.problem(
                Text(f"有 {len(named)} 个主体叫这个名称。", f"{len(named)} actors have this name."),
                Text(f"请改用编号：{listed}。", f"Use an id: {listed}."),
                column,
            )
        )
        return None
    if _name_key(reference) in reader.refused:
        # The row of this actor has a problem of its own, which is the one to mend.
        return None
    known = [n.name for n in (*reader.batch.nodes.values(), *reader.stored.nodes.values())]
    similar = difflib.get_close_matches(reference, known[:20_000], n=1, cutoff=0.6)
    hint = (
        Text(f"是“{similar[0]}”吗？", f"Do you mean “{similar[0]}”?")
        if similar
        else Text("请先在“主体”表中加上它。", "Add it to the sheet “Actors” first.")
    )
    reader.problems.append(
        place.problem(Text("没有这个主体。", "There is no such actor."), hint, column)
    )
    return None


def _read_tie(reader: _Reader, place: _Place) -> None:
    values = _values(reader, place)
    if values is None:
        return
    start = _resolve(reader, place, "start", values["start"])
    end = _resolve(reader, place, "end", values["end"])
    if start is None or end is None:
        return
    if start == end:
        reader.problems.append(
            place.problem(
                Text("起点和终点是同一个主体。", "It runs from an actor to itself."),
                Text("请改正起点或终点。", "Correct one of the two."),
                _column(TIES, "end"),
            )
        )
        return
    relation = RELATION_BY_SLUG[values["relation"]]
    kinds = _node(reader, start).kind, _node(reader, end).kind
    if not may_tie(relation, *kinds):
        labels = tuple(label_of(k) for k in kinds)
        turned = may_tie(relation, *kinds[::-1])
        reader.problems.append(
            place.problem(
                Text(
                    f"“{labels[0].zh}”不能“{relation.label.zh}”“{labels[1].zh}”。",
                    f"A {labels[0].en} cannot be tied to a {labels[1].en} by "
                    f"“{relation.label.en}”.",
                ),
                Text("请对调起点和终点。", "Swap the two ends.")
                if turned
                else Text(relation.help.zh + "请换一种关系。", relation.help.en + " Pick another."),
                _column(TIES, "relation"),
            )
        )
        return
    if relation.is_symmetric and end < start:
        start, end = end, start
    values.update(start=start, end=end)
    key = start, relation.slug, end, values.get("since") or ""
    if _is_repeated(reader, place, ("tie", key), values):
        return
    old = reader.stored.ties.get(key)
    reader.batch.ties[key] = replace(old, **values) if old else Tie(**values)


def _read_need(reader: _Reader, place: _Place, sort: str) -> None:
    values = _values(reader, place)
    if values is None:
        return
    actor = _resolve(reader, place, "actor", values["actor"])
    if actor is None:
        return
    values.update(actor=actor, sort=sort)
    key = need_key(Need(**values))
    if _is_repeated(reader, place, ("need", key), values):
        return
    old = reader.stored.needs.get(key)
    reader.batch.needs[key] = replace(old, **values) if old else Need(**values)
