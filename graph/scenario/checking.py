"""Whether a change fits the data as they are by then: by the same rules as an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import InvalidArgument, NotFound, WusheError
from graph.ingest.batch import Batch, generated_id, read_batch
from graph.ingest.tables import Row, Table
from graph.model import RELATION_BY_SLUG, relation_from_word
from graph.records import Node, Tie
from graph.scenario.changes import (
    MAX_CHANGES,
    SORTS,
    AddActor,
    AddTie,
    Change,
    EndActor,
    RemoveActor,
    RemoveTie,
    change_document,
)
from graph.scenario.draft import Base, Draft, last_day
from graph.stored import Stored
from graph.text import Text
from graph.workbook import ACTORS, TIES, Sheet


@dataclass(frozen=True, slots=True)
class Misfit:
    """A change of a stored scenario that no longer fits the data, by its number from 1, and why."""

    number: int
    change: Change
    why: Text


def checked(given: Mapping[str, Any], draft: Draft) -> Change:
    """Return the change that ``given`` asks for, if it fits ``draft``.

    ``given`` is as `change_document` writes it. An actor may be named by its id, its name or an
    alias, kinds and relations by any word that an import takes; the change has ids and slugs.
    Raises `InvalidArgument`, and `NotFound` for an actor that is not there.
    """
    match given.get("do"):
        case "remove_actor":
            return RemoveActor(_named(draft, given, "actor").id)
        case "end_actor":
            return _end(draft, given)
        case "add_actor":
            return _new_actor(draft, given)
        case "add_tie":
            return _new_tie(draft, given)
        case "remove_tie":
            return _old_tie(draft, given)
    known = ", ".join(SORTS)
    raise InvalidArgument(
        "do",
        Text(
            f"没有“{given.get('do') or ''}”这种改动；可用：{known}。",
            f"There is no change “{given.get('do') or ''}”; use one of: {known}.",
        ),
    )


def checked_all(given: Sequence[Mapping[str, Any]], draft: Draft) -> tuple[Change, ...]:
    """Return the changes that ``given`` asks for, each checked after those before it; make them.

    Raises as `checked`, with the number of the change; and where there are more than `MAX_CHANGES`.
    """
    if len(given) > MAX_CHANGES:
        raise InvalidArgument(
            "changes",
            Text(
                f"一个情景最多 {MAX_CHANGES} 处改动。",
                f"A scenario has at most {MAX_CHANGES} changes.",
            ),
        )
    changes: list[Change] = []
    for number, one in enumerate(given, 1):
        try:
            change = checked(one, draft)
        except InvalidArgument as error:
            if len(given) == 1:
                raise
            raise InvalidArgument(error.name, _at(number, error.message)) from error
        draft.make(change)
        changes.append(change)
    return tuple(changes)


def fitting(changes: Sequence[Change], base: Base) -> tuple[Draft, tuple[Misfit, ...]]:
    """Make the changes that fit ``base``; return the draft, and those that do not fit any more.

    A scenario outlives the data it was made on: what it removes may be gone, what it adds be there.
    """
    draft = Draft(base)
    misfits: list[Misfit] = []
    for number, change in enumerate(changes, 1):
        try:
            draft.make(checked(change_document(change), draft))
        except WusheError as error:
            misfits.append(Misfit(number, change, error.message))
    return draft, tuple(misfits)


def _at(number: int, message: Text) -> Text:
    return Text(f"第 {number} 处改动：{message.zh}", f"Change {number}: {message.en}")


def _text(given: Mapping[str, Any], slug: str) -> str:
    value = given.get(slug)
    return "" if value is None else str(value).strip()


def _named(draft: Draft, given: Mapping[str, Any], slug: str) -> Node:
    """Return the actor that a field means, by id, then by name or alias."""
    reference = _text(given, slug)
    if not reference:
        raise InvalidArgument(
            slug,
            Text(
                "没有说是哪个主体。请写它的编号或名称。",
                "It does not say which actor; give its id or its name.",
            ),
        )
    node = draft.node(reference)
    if node is not None:
        return node
    found = [n for n in draft.nodes() if reference in (n.name, n.name_en, *n.aliases)]
    exact = [n for n in found if n.name == reference] or found
    if not exact:
        raise NotFound(reference)
    if len(exact) > 1:
        ids = ", ".join(n.id for n in exact[:5])
        raise InvalidArgument(
            slug,
            Text(
                f"有 {len(exact)} 个主体叫“{reference}”。请改用编号：{ids}。",
                f"{len(exact)} actors are called “{reference}”. Use an id: {ids}.",
            ),
        )
    return exact[0]


def _end(draft: Draft, given: Mapping[str, Any]) -> EndActor:
    node = _named(draft, given, "actor")
    cells = {"id": node.id, "name": node.name, "kind": node.kind, "until": _text(given, "until")}
    if not cells["until"]:
        raise InvalidArgument(
            "until",
            Text(
                "没有说何时终止。请写成 2027、2027-06 或 2027-06-30。",
                "It does not say when it ends; write 2027, 2027-06 or 2027-06-30.",
            ),
        )
    if node.since:
        cells["since"] = node.since
    read = _read(ACTORS, cells, Stored(nodes={node.id: node}))
    until = str(read.nodes[node.id].until)
    if node.until and last_day(node.until) <= last_day(until):
        name = node.label()
        raise InvalidArgument(
            "until",
            Text(
                f"{name.zh}已于 {node.until} 终止，不晚于 {until}。",
                f"{name.en} has ended ({node.until}) no later than {until}.",
            ),
        )
    return EndActor(node.id, until)


def _new_actor(draft: Draft, given: Mapping[str, Any]) -> AddActor:
    cells = {slug: _text(given, slug) for slug in ("name", "kind", "area")}
    cells["id"] = _text(given, "actor")
    read = _read(ACTORS, {slug: text for slug, text in cells.items() if text}, Stored())
    ((node_id, node),) = read.nodes.items()
    node_id = cells["id"] or generated_id(node.name, node.area)
    taken = draft.node(node_id)
    if taken is not None:
        name = taken.label()
        raise InvalidArgument(
            "actor",
            Text(
                f"编号 {node_id} 已经有了（{name.zh}）。请换一个编号，或先去掉它。",
                f"The id {node_id} is taken ({name.en}). Use another id, or remove it first.",
            ),
        )
    return AddActor(node_id, node.name, node.kind, node.area)


def _new_tie(draft: Draft, given: Mapping[str, Any]) -> AddTie:
    start, end = _named(draft, given, "start"), _named(draft, given, "end")
    cells = {
        "start": start.id,
        "relation": _text(given, "relation"),
        "end": end.id,
        "strength": _text(given, "strength"),
    }
    read = _read(
        TIES,
        {slug: text for slug, text in cells.items() if text},
        Stored(nodes={start.id: start, end.id: end}),
    )
    ((_, tie),) = read.ties.items()
    if draft.ties_between(tie.start, tie.relation, tie.end):
        label = RELATION_BY_SLUG[tie.relation].label
        a, b = start.label(), end.label()
        raise InvalidArgument(
            "relation",
            Text(
                f"“{a.zh} {label.zh} {b.zh}”已经登记。要改强度，请先去掉这条关系。",
                f"“{a.en} {label.en} {b.en}” is on record already. To change its strength, remove "
                "the tie first.",
            ),
        )
    return AddTie(tie.start, tie.relation, tie.end, tie.strength)


def _old_tie(draft: Draft, given: Mapping[str, Any]) -> RemoveTie:
    start, end = _named(draft, given, "start"), _named(draft, given, "end")
    word = _text(given, "relation")
    relation = relation_from_word(word)
    since = _text(given, "since") or None
    found: list[Tie] = []
    if relation is not None:
        found = draft.ties_between(start.id, relation, end.id)
    if relation is None or not any(since is None or t.since == since for t in found):
        near = [t for t in draft.ties_of(start.id) if end.id in (t.start, t.end)]
        raise InvalidArgument("relation", _no_such_tie(start, word, end, since, near))
    return RemoveTie(found[0].start, relation, found[0].end, since)


def _no_such_tie(start: Node, word: str, end: Node, since: str | None, near: Sequence[Tie]) -> Text:
    a, b = start.label(), end.label()
    said = Text(f"（自 {since}）", f" (since {since})") if since else Text("", "")
    if not near:
        return Text(
            f"{a.zh}与{b.zh}之间没有直接登记的关系{said.zh}。",
            f"No tie is on record between {a.en} and {b.en}{said.en}.",
        )
    known = [RELATION_BY_SLUG[slug].label for slug in sorted({t.relation for t in near})]
    return Text(
        f"{a.zh}与{b.zh}之间没有“{word}”这种关系{said.zh}；有：{'、'.join(k.zh for k in known)}。",
        f"There is no tie “{word}” between {a.en} and {b.en}{said.en}; there is: "
        f"{', '.join(k.en for k in known)}.",
    )


def _read(sheet: Sheet, cells: Mapping[str, str], near: Stored) -> Batch:
    """Read cells as the one row of a sheet of an import; raises `InvalidArgument`."""
    row = Row(1, dict(cells))
    table = Table("", None, sheet, {c.slug: c.label.zh for c in sheet.columns}, (row,))
    batch, problems = read_batch([table], near)
    if problems:
        first = problems[0]
        columns = {c.label.zh: c for c in sheet.columns}
        column = columns.get(first.column or "")
        said = Text(f"“{column.label.zh}”：", f"{column.label.en}: ") if column else Text("", "")
        raise InvalidArgument(
            column.slug if column else "changes",
            Text(
                f"{said.zh}{first.message.zh}{first.mend.zh}",
                f"{said.en}{first.message.en} {first.mend.en}",
            ),
        )
    return batch
