"""Loads the statements under ``cypher/`` and checks what their headers declare.

A file's name is its folder and its stem: ``cypher/read/actors.cypher`` is ``read.actors``.
The header is the leading block of ``//`` lines::

    // mode: read
    // param: ids list<string>
    // param: limit integer = 50
    // column: id string
    // column: name string
    // step.zh: …                     any other key: text, for what the folder needs
    // All the rest of the block is the documentation.

``mode`` is ``read``, ``write`` or ``schema``. A parameter without a default is required.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from graph.errors import WusheError
from graph.text import Text

Mode = Literal["read", "write", "schema"]
FOLDERS = ("schema", "load", "read", "gaps", "library")
TYPES = frozenset(
    {"string", "integer", "float", "boolean", "map", "date", "any"}
    | {f"list<{t}>" for t in ("string", "integer", "float", "map", "any")}
)
_KEY = re.compile(r"^([a-z_]+(?:\.[a-z_0-9]+)*):\s*(.*)$")
_PARAMETER = re.compile(r"^(\w+)\s+([\w<>]+)(?:\s*=\s*(.+))?$")
_COLUMN = re.compile(r"^(\w+)\s+([\w<>]+)$")
_USED = re.compile(r"\$(\w+)")
_STRING_OR_COMMENT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/", re.S)


class StatementError(WusheError):
    """A file under ``cypher/`` that breaks its own declaration, or a call that does."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(Text(f"查询文件 {where}：{what}", f"{where}: {what}"))
        self.where = where


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter; ``default`` counts only where ``is_required`` is false."""

    name: str
    type: str
    is_required: bool
    default: Any = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher statement with its header."""

    name: str
    mode: Mode
    text: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    doc: str
    extra: dict[str, str] = field(default_factory=dict)

    def bind(self, given: dict[str, Any]) -> dict[str, Any]:
        """Complete ``given`` with the defaults.

        Raises `StatementError` on an unknown or a missing parameter.
        """
        known = {p.name for p in self.parameters}
        if unknown := set(given) - known:
            raise StatementError(self.name, f"unknown parameter {', '.join(sorted(unknown))}")
        if missing := {p.name for p in self.parameters if p.is_required} - set(given):
            raise StatementError(self.name, f"missing parameter {', '.join(sorted(missing))}")
        return {p.name: given.get(p.name, p.default) for p in self.parameters}


def parse(name: str, source: str) -> Statement:
    """Read one file; raises `StatementError` with the line where the header is wrong."""
    lines = source.splitlines()
    n_header = next((i for i, s in enumerate(lines) if not s.startswith("//")), len(lines))
    mode: str | None = None
    parameters: list[Parameter] = []
    columns: list[tuple[str, str]] = []
    doc: list[str] = []
    extra: dict[str, str] = {}
    for number, line in enumerate(lines[:n_header], start=1):
        content = line[2:].strip()
        where = f"cypher/{name.replace('.', '/')}.cypher:{number}"
        key = _KEY.match(content)
        if key is None:
            doc.append(content)
        elif key[1] == "mode":
            mode = key[2]
        elif key[1] == "param":
            parameters.append(_parameter(where, key[2]))
        elif key[1] == "column":
            column = _COLUMN.match(key[2])
            if column is None or column[2] not in TYPES:
                raise StatementError(where, f"a column is “name type”, not “{key[2]}”")
            columns.append((column[1], column[2]))
        else:
            extra[key[1]] = key[2]
    text = "\n".join(lines[n_header:]).strip()
    where = f"cypher/{name.replace('.', '/')}.cypher"
    if mode not in ("read", "write", "schema"):
        raise StatementError(where, "the header needs “mode: read”, “write” or “schema”")
    used = set(_USED.findall(_STRING_OR_COMMENT.sub("", text)))
    declared = {p.name for p in parameters}
    if used != declared:
        odd = ", ".join(sorted(used ^ declared))
        raise StatementError(where, f"declared and used parameters differ: {odd}")
    return Statement(
        name=name,
        mode=cast("Mode", mode),
        text=text,
        parameters=tuple(parameters),
        columns=tuple(columns),
        doc="\n".join(doc).strip(),
        extra=extra,
    )


def _parameter(where: str, declaration: str) -> Parameter:
    match = _PARAMETER.match(declaration)
    if match is None or match[2] not in TYPES:
        raise StatementError(where, f"a parameter is “name type [= default]”, not “{declaration}”")
    if match[3] is None:
        return Parameter(match[1], match[2], is_required=True)
    try:
        default = json.loads(match[3])
    except ValueError as error:
        raise StatementError(where, f"the default “{match[3]}” is not JSON") from error
    return Parameter(match[1], match[2], is_required=False, default=default)


@cache
def statements() -> dict[str, Statement]:
    """Return every statement of the product by name, in order of folder and file."""
    found: dict[str, Statement] = {}
    for folder in FOLDERS:
        directory = files("cypher") / folder
        if not directory.is_dir():
            continue
        for entry in sorted(directory.iterdir(), key=lambda e: e.name):
            if entry.name.endswith(".cypher"):
                name = f"{folder}.{entry.name.removesuffix('.cypher')}"
                found[name] = parse(name, entry.read_text(encoding="utf-8"))
    return found


def statement(name: str) -> Statement:
    """Return one statement; raises `StatementError` if there is no such file."""
    try:
        return statements()[name]
    except KeyError:
        raise StatementError(name, "there is no such statement") from None


def in_folder(folder: str) -> tuple[Statement, ...]:
    """Return the statements of one folder, in order of file name."""
    return tuple(s for name, s in statements().items() if name.startswith(f"{folder}."))
