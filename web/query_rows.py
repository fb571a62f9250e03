"""The rows of a query as a person reads them: actors as links, what holds no value as a dash."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from api.schemas import Actor
from graph import documents
from graph.model import RELATION_BY_SLUG
from graph.query.run import QueryAnswer
from graph.records import Node
from web.render import View

N_ITEMS = 20
N_CHARACTERS = 2_000
MAX_CELLS = 20_000
MAX_PICKED = 300
_NOTHING = Markup('<span class="undefined">—</span>')


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``is_number`` if all it holds is numbers."""

    name: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that the page shows, of ``n`` that were read.

    ``has_nothing`` and ``is_shortened`` say that a cell is null, or shows less than it holds.
    ``map_address`` shows the actors among the rows on the map; None where there are none.
    """

    columns: tuple[Column, ...]
    cells: list[list[Markup]]
    n: int
    has_nothing: bool
    is_shortened: bool
    n_actors: int
    map_address: str | None


def rows_of(answer: QueryAnswer, view: View, nodes: Mapping[str, Node]) -> Rows:
    """Return the rows of an answer; ``nodes`` are all actors and affiliations by id."""
    shown = answer.rows[: max(MAX_CELLS // max(len(answer.columns), 1), 1)]
    writer = _Writer(view, nodes)
    columns = list(zip(*shown, strict=True)) if shown else [() for _ in answer.columns]
    holds_ids = [_are_ids(column, nodes) for column in columns]
    cells = [
        [writer.id(value) if is_id else writer.cell(value) for value, is_id in pairs]
        for row in shown
        for pairs in [zip(row, holds_ids, strict=True)]
    ]
    actors = list(writer.actors)
    return Rows(
        tuple(
            Column(name, _are_numbers(column))
            for name, column in zip(answer.columns, columns, strict=True)
        ),
        cells,
        len(answer.rows),
        writer.has_nothing,
        writer.is_shortened,
        len(actors),
        _map_address(actors),
    )


def _are_ids(column: Sequence[Any], nodes: Mapping[str, Node]) -> bool:
    held = [value for value in column if value is not None]
    return bool(held) and all(isinstance(value, str) and value in nodes for value in held)


def _are_numbers(column: Sequence[Any]) -> bool:
    held = [value for value in column if value is not None]
    return bool(held) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in held
    )


def _map_address(actors: Sequence[str]) -> str | None:
    """Return where the map shows these actors, as its own addresses name several."""
    if not actors or len(actors) > MAX_PICKED:
        return None
    if len(actors) == 1:
        return f"/map?select={quote(actors[0], safe='')}"
    return "/map?pick=" + ",".join(quote(_part(one), safe="") for one in actors)


def _part(actor: str) -> str:
    """Return an id without the signs that part a list."""
    return re.sub("[%,:*~]", lambda sign: f"%{ord(sign[0]):02X}", actor)


class _Writer:
    """Writes values, and notes which actors were among them."""

    def __init__(self, view: View, nodes: Mapping[str, Node]) -> None:
        self._view = view
        self._nodes = nodes
        self.actors: dict[str, None] = {}
        self.has_nothing = False
        self.is_shortened = False

    def id(self, value: Any) -> Markup:
        if value is None:
            return self.cell(value)
        self._note(self._nodes[value])
        return Markup('<a href="/actors/{}">{}</a>').format(quote(value, safe=""), value)

    def cell(self, value: Any) -> Markup:
        match value:
            case None:
                self.has_nothing = True
                return _NOTHING
            case bool():
                return escape(str(value).lower())
            case int() | float():
                return escape(_number(value))
            case str():
                return self._text(value)
            case list():
                return self._list(value)
            case {"labels": list(labels), "properties": dict(properties)} if len(value) == 2:
                return self._node(labels, properties)
            case {"type": str(name), "properties": dict(properties)} if len(value) == 2:
                return self._tie(name, properties)
            case {"nodes": list(nodes), "relationships": list(ties)} if len(value) == 2:
                return self._path(nodes, ties)
            case dict():
                return self._map(value)
        return self._text(str(value))

    def _text(self, text: str) -> Markup:
        if len(text) > N_CHARACTERS:
            self.is_shortened = True
            return escape(text[:N_CHARACTERS] + "…")
        return escape(text)

    def _list(self, items: list[Any]) -> Markup:
        if not items:
            return escape("[]")
        written = self._joined([self.cell(item) for item in items[:N_ITEMS]])
        if len(items) <= N_ITEMS:
            return written
        self.is_shortened = True
        return Markup('{} <span class="fine">{}</span>').format(
            written, self._view.t("query.items", n=len(items))
        )

    def _map(self, value: Mapping[str, Any]) -> Markup:
        if not value:
            return escape("{}")
        return self._joined(
            [Markup("<b>{}</b> {}").format(key, self.cell(item)) for key, item in value.items()]
        )

    def _node(self, labels: list[str], properties: Mapping[str, Any]) -> Markup:
        stored = self._nodes.get(str(properties.get("id")))
        if stored is not None and stored.kind in labels:
            self._note(stored)
            return self._view.link(Actor.model_validate(documents.actor(stored)))
        named = Markup("<code>:{}</code>").format(":".join(labels))
        return Markup("{} {}").format(named, self._map(properties)) if properties else named

    def _tie(self, name: str, properties: Mapping[str, Any]) -> Markup:
        relation = RELATION_BY_SLUG.get(name)
        words = [escape(self._view.of(relation.label))] if relation else []
        words += [self._map(properties)] if properties else []
        written = Markup("<code>{}</code>").format(name)
        if not words:
            return written
        return Markup('{} <span class="fine">{}</span>').format(written, self._joined(words))

    def _path(self, nodes: list[Any], ties: list[Any]) -> Markup:
        parts = [self.cell(node) for node in nodes[:1]]
        for tie, node in zip(ties, nodes[1:], strict=False):
            name = tie["type"] if isinstance(tie, dict) and "type" in tie else ""
            parts.append(Markup("— <code>{}</code> — {}").format(name, self.cell(node)))
        return Markup(" ").join(parts)

    def _joined(self, parts: Sequence[Markup]) -> Markup:
        return self._view.t("list_separator").join(parts)

    def _note(self, node: Node) -> None:
        if node.is_actor:
            self.actors[node.id] = None


def _number(value: float) -> str:
    """Return a number as Cypher writes it, all its digits."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)
