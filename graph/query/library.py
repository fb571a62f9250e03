"""Statements to start from: the analysts' library, and the rules that find gaps.

A file of the library declares, beside what any statement does, its ``title`` in both languages,
its ``group``, what each parameter is called and, where it is an id, of which label::

    // title.zh: …
    // group: ties
    // param: actor string = "hezhongzeyi"
    // label.actor.zh: …
    // id_of.actor: Stakeholder

Its documentation, in both languages, says what it answers.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.cypher import Parameter, Statement, StatementError, in_folder
from graph.errors import InvalidArgument, NotFound, WusheError
from graph.text import Language, Text

GROUPS = ("actors", "ties", "resources", "sources")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_GIVEN = {
    "area": Text("区域（路径；空为各处）", "Area (a path; empty is everywhere)"),
    "today": Text("到哪一天（空为今天）", "By which day (empty is today)"),
}

_NOTHING = object()
_LIST = Text("列表，写成 [1, 2]", "a list, written as [1, 2]")
_TYPES = {
    "integer": Text("整数", "a whole number"),
    "float": Text("数", "a number"),
    "boolean": Text("true 或 false", "true or false"),
    "map": Text("对象，写成 {\"a\": 1}", "an object, written as {\"a\": 1}"),
    "any": Text("JSON 值", "a JSON value"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LibraryParameter:
    """A parameter with what to put in; ``id_of`` is the label of the nodes whose ids it takes."""

    name: str
    type: str
    default: Any
    label: Text
    id_of: str | None = None


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A statement to start from, which runs with the defaults of its parameters as it is.

    ``answers`` says what it answers; a rule is explained by its own page.
    """

    slug: str
    title: Text
    doc: str
    answers: Text | None
    group: str | None
    cypher: str
    parameters: tuple[LibraryParameter, ...]

    def is_text(self, cypher: str) -> bool:
        """Return whether ``cypher`` is this statement, whatever ends its lines."""
        return _lines(cypher) == _lines(self.cypher)

    def bind(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Return the values of all parameters, read from texts or the defaults.

        Raises `InvalidArgument` for a parameter that is not there or a text that is no such value.
        """
        known = {p.name: p for p in self.parameters}
        for name in texts:
            if name not in known:
                raise InvalidArgument(
                    name,
                    Text(f"这条查询没有参数“{name}”。", f"The query has no parameter “{name}”."),
                )
        return {
            name: read_value(p, texts[name]) if name in texts else p.default
            for name, p in known.items()
        }


class LibraryQueryNotFound(NotFound):
    """No statement has this name."""

    def __init__(self, slug: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有名为“{slug}”的现成查询。请从下面的列表里选一条。",
                f"There is no ready query “{slug}”. Choose one from the list below.",
            ),
        )


@cache
def library() -> tuple[LibraryQuery, ...]:
    """Return the analysts' library in order of group and file name."""
    found = [read_query(s) for s in in_folder("library")]
    for query in found:
        if query.group not in GROUPS:
            raise StatementError(f"library.{query.slug}", f"its group is one of {GROUPS}")
    return tuple(sorted(found, key=lambda q: GROUPS.index(q.group or "")))


@cache
def rule_queries() -> tuple[LibraryQuery, ...]:
    """Return the gap rules that are statements, in order of file name."""
    return tuple(read_query(s) for s in in_folder("gaps"))


def library_query(slug: str) -> LibraryQuery:
    """Return a statement of the library; raises `LibraryQueryNotFound`."""
    return _named(library(), slug)


def rule_query(slug: str) -> LibraryQuery:
    """Return the statement of a gap rule; raises `LibraryQueryNotFound`."""
    return _named(rule_queries(), slug)


def read_value(parameter: LibraryParameter, text: str) -> Any:
    """Return the value of a parameter that was typed in; raises `InvalidArgument`.

    Text stands for itself; anything else is written as in JSON.
    """
    if parameter.type in ("string", "date"):
        return text
    try:
        value = json.loads(text)
    except ValueError:
        value = _NOTHING
    if not _fits(parameter.type, value):
        what = _TYPES.get(parameter.type, _LIST)
        raise InvalidArgument(
            parameter.name,
            Text(
                f"“{parameter.label.zh}”（{parameter.name}）应是{what.zh}。",
                f"“{parameter.label.en}” ({parameter.name}) must be {what.en}.",
            ),
        )
    return value


def write_value(value: Any) -> str:
    """Return a value as it would be typed in."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fits(type_: str, value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    match type_:
        case "integer":
            return is_number and isinstance(value, int)
        case "float":
            return is_number and math.isfinite(value)
        case "boolean":
            return isinstance(value, bool)
        case "map":
            return isinstance(value, dict)
        case "any":
            return value is not _NOTHING
    return isinstance(value, list)


def _named(queries: tuple[LibraryQuery, ...], slug: str) -> LibraryQuery:
    found = next((q for q in queries if q.slug == slug), None)
    if found is None:
        raise LibraryQueryNotFound(slug)
    return found


def read_query(statement: Statement) -> LibraryQuery:
    """Return a statement to start from; raises `StatementError` where its header lacks a word."""
    extra = statement.extra
    try:
        return LibraryQuery(
            slug=statement.name.partition(".")[2],
            title=Text(extra["title.zh"], extra["title.en"]),
            doc=statement.doc,
            answers=_answers(statement.doc),
            group=extra.get("group"),
            cypher=statement.text,
            parameters=tuple(_parameter(statement, p) for p in statement.parameters),
        )
    except KeyError as error:
        raise StatementError(statement.name, f"the header needs “{error.args[0]}”") from error


def _answers(doc: str) -> Text | None:
    """Return a documentation in both languages apart; None for one in English alone."""
    lines = doc.splitlines()
    written: dict[Language, list[str]] = {
        "zh": [line for line in lines if _CHINESE.search(line)],
        "en": [line for line in lines if not _CHINESE.search(line)],
    }
    return Text("".join(written["zh"]), " ".join(written["en"])) if written["zh"] else None


def _parameter(statement: Statement, parameter: Parameter) -> LibraryParameter:
    extra, name = statement.extra, parameter.name
    label = _GIVEN.get(name) or Text(extra[f"label.{name}.zh"], extra[f"label.{name}.en"])
    return LibraryParameter(
        name, parameter.type, parameter.default, label, extra.get(f"id_of.{name}")
    )


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
