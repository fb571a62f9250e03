"""Any plain network from two CSV tables, nodes and edges, with no database and no domain."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.errors import WusheError
from graph.ingest.errors import Problem
from graph.network import NO_GROUP, Network
from graph.spreadsheet import read_cell
from graph.text import Text

Progress = Callable[[float], None]
_MAX_PROBLEMS = 20
_REPORT_EVERY = 50_000
_MAX_SHOWN = 60

_NAME_A_COLUMN = Text("请检查列名。", "Check the name of the column.")


@dataclass(frozen=True)
class PlainNetwork:
    """A network as read; ``names`` and ``has_groups``, ``has_weights`` say what the tables had."""

    network: Network
    names: tuple[str, ...] | None
    has_groups: bool
    has_weights: bool


class PlainRefused(WusheError):
    """Tables that are no network as they stand; nothing was computed."""

    def __init__(self, problems: Sequence[Problem], *, has_more: bool = False) -> None:
        lines = [problem.sentence() for problem in problems]
        n = f"{len(lines)}+" if has_more else str(len(lines))
        is_one = len(lines) == 1
        super().__init__(
            Text(
                "\n".join([f"无法读取，共 {n} 处问题：", *(line.zh for line in lines)]),
                "\n".join(
                    [
                        f"The tables cannot be read: {n} problem{'' if is_one else 's'}.",
                        *(line.en for line in lines),
                    ]
                ),
            )
        )
        self.problems = tuple(problems)


def read_plain(
    nodes: Path,
    edges: Path,
    *,
    is_directed: bool = False,
    group: str | None = None,
    weight: str | None = None,
    progress: Progress | None = None,
) -> PlainNetwork:
    """Read ``nodes`` (``id[,name][,group]``) and ``edges`` (``source,target[,weight]``).

    Tables are CSV in UTF-8 with a header; other columns are passed over. ``group`` and ``weight``
    name the columns to use; without them ``group`` and ``weight`` are used where they exist. An
    empty group is no group; an empty weight is 1. Ids are text and stand once. Parallel ties,
    self-ties and directions as in `graph.network`. Weights are strengths, above 0.

    Raises `PlainRefused` with all problems, by file and row (the header is row 1), up to 20. Time
    and memory O(n + m).
    """
    problems = _Problems()
    total = sum(path.stat().st_size for path in (nodes, edges) if path.is_file())
    report = _Report(progress, total)
    with _until_enough():
        index, names, codes, group_names = _read_nodes(nodes, group, problems, report)
    if problems.found:
        raise PlainRefused(problems.found, has_more=problems.has_more)
    with _until_enough():
        sources, targets, weights = _read_edges(edges, index, weight, problems, report)
    if problems.found:
        raise PlainRefused(problems.found, has_more=problems.has_more)
    network = Network(
        tuple(index),
        np.frombuffer(sources, np.int32),
        np.frombuffer(targets, np.int32),
        None if weights is None else np.frombuffer(weights, np.float64),
        is_directed=is_directed,
        groups=None if codes is None else np.frombuffer(codes, np.int32),
        group_names=group_names,
    )
    return PlainNetwork(
        network,
        None if names is None else tuple(names),
        codes is not None,
        weights is not None,
    )


class _EnoughProblems(Exception):
    pass


class _Problems:
    """Collects problems, and ends the reading when there are many."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.has_more = False

    def add(
        self,
        path: Path,
        message: Text,
        mend: Text,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        if len(self.found) == _MAX_PROBLEMS:
            self.has_more = True
            raise _EnoughProblems
        self.found.append(Problem(path.name, message, mend, None, row, column, value))


@contextmanager
def _until_enough() -> Iterator[None]:
    try:
        yield
    except _EnoughProblems:
        return


class _Report:
    """Turns the bytes read of both tables into a share of the whole."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._before = 0

    def at(self, position: int) -> None:
        if self._progress is not None:
            self._progress(min(1.0, (self._before + position) / self._total))

    def end_of(self, path: Path) -> None:
        self._before += path.stat().st_size
        self.at(0)


def _read_nodes(
    path: Path, group: str | None, problems: _Problems, report: _Report
) -> tuple[dict[str, int], list[str] | None, array[int] | None, tuple[str, ...]]:
    index: dict[str, int] = {}
    group_index: dict[str, int] = {}
    names: list[str] = []
    codes = array("i")
    with _opened(path, problems) as (header, rows):
        at_id = _column(path, header, "id", problems, is_needed=True)
        at_name = _column(path, header, "name", problems)
        at_group = _column(path, header, group or "group", problems, is_needed=group is not None)
        if at_id is None or problems.found:
            raise _EnoughProblems
        for number, row in _numbered(path, rows, len(header), problems, report):
            node = row[at_id].strip()
            if not node:
                problems.add(
                    path,
                    Text("编号是空的。", "The id is empty."),
                    Text("请填写编号，或删除这一行。", "Give it one, or delete the row."),
                    row=number,
                    column=header[at_id],
                )
            elif node in index:
                problems.add(
                    path,
                    Text(f"编号“{_cut(node)}”重复。", f"The id “{_cut(node)}” stands here again."),
                    Text("每个编号只能出现一次。", "Each id must stand once."),
                    row=number,
                    column=header[at_id],
                    value=node,
                )
            else:
                index[node] = len(index)
                if at_name is not None:
                    names.append(read_cell(row[at_name]))
                if at_group is not None:
                    name = read_cell(row[at_group].strip())
                    codes.append(
                        group_index.setdefault(name, len(group_index)) if name else NO_GROUP
                    )
    # Groups are numbered by name, so that the order of the rows changes nothing.
    ordered = tuple(sorted(group_index))
    place = {group_index[name]: code for code, name in enumerate(ordered)} | {NO_GROUP: NO_GROUP}
    sorted_codes = array("i", map(place.__getitem__, codes))
    return (
        index,
        None if at_name is None else names,
        None if at_group is None else sorted_codes,
        ordered,
    )


def _read_edges(
    path: Path, index: dict[str, int], weight: str | None, problems: _Problems, report: _Report
) -> tuple[array[int], array[int], array[float] | None]:
    sources, targets, weights = array("i"), array("i"), array("d")
    with _opened(path, problems) as (header, rows):
        at_source = _column(path, header, "source", problems, is_needed=True)
        at_target = _column(path, header, "target", problems, is_needed=True)
        at_weight = _column(
            path, header, weight or "weight", problems, is_needed=weight is not None
        )
        if at_source is None or at_target is None or problems.found:
            raise _EnoughProblems
        get = index.get
        for number, row in _numbered(path, rows, len(header), problems, report):
            a, b = get(row[at_source]), get(row[at_target])
            if a is None or b is None:
                a = _found(path, index, row, header, at_source, number, problems)
                b = _found(path, index, row, header, at_target, number, problems)
            if at_weight is not None:
                weights.append(_weight(path, row[at_weight], header[at_weight], number, problems))
            sources.append(a)
            targets.append(b)
    return sources, targets, None if at_weight is None else weights


def _found(
    path: Path,
    index: dict[str, int],
    row: list[str],
    header: list[str],
    at: int,
    number: int,
    problems: _Problems,
) -> int:
    node = row[at].strip()
    if node not in index:
        problems.add(
            path,
            Text(
                f"节点表中没有编号“{_cut(node)}”。",
                f"No node has the id “{_cut(node)}”." if node else "The id is empty.",
            ),
            Text("请在节点表中补上，或更正编号。", "Add it to the nodes, or correct it."),
            row=number,
            column=header[at],
            value=node,
        )
    return index.get(node, 0)


def _weight(path: Path, text: str, column: str, number: int, problems: _Problems) -> float:
    if not text.strip():
        return 1.0
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 < value < float("inf"):
        problems.add(
            path,
            Text(f"强度“{_cut(text)}”不是正数。", f"The weight “{_cut(text)}” is not above 0."),
            Text(
                "请填写大于 0 的数（越大越紧密），或留空表示 1。",
                "Give a number above 0 (more is closer), or leave it empty for 1.",
            ),
            row=number,
            column=column,
            value=text,
        )
        return 1.0
    return value


@contextmanager
def _opened(path: Path, problems: _Problems) -> Iterator[tuple[list[str], _Rows]]:
    """Open a table and read its header; what cannot be read becomes a problem."""
    try:
        with path.open("r", encoding="utf-8-sig", newline="") as stream:
            rows = _Rows(stream, path)
            header = [cell.strip() for cell in next(rows.reader, [])]
            if not any(header):
                problems.add(
                    path,
                    Text("表是空的。", "The table is empty."),
                    Text("第一行应是列名。", "Its first row must name the columns."),
                )
                raise _EnoughProblems
            yield header, rows
    except UnicodeDecodeError:
        problems.add(
            path,
            Text("不是 UTF-8 编码。", "The file is not in UTF-8."),
            Text("请另存为“CSV UTF-8”。", "Save it as “CSV UTF-8”."),
        )
        raise _EnoughProblems from None
    except csv.Error as error:
        problems.add(
            path,
            Text(f"不是完整的 CSV（{error}）。", f"This is not sound CSV ({error})."),
            Text("请检查引号。", "Check the quotation marks."),
            row=rows.reader.line_num,
        )
        raise _EnoughProblems from error
    except OSError as error:
        problems.add(
            path,
            Text(f"无法打开（{error.strerror}）。", f"It cannot be opened ({error.strerror})."),
            Text("请检查路径。", "Check the path."),
        )
        raise _EnoughProblems from error


class _Rows:
    def __init__(self, stream: Iterator[str], path: Path) -> None:
        self.reader = csv.reader(stream, strict=True)
        self.size = path.stat().st_size


def _numbered(
    path: Path, rows: _Rows, n_columns: int, problems: _Problems, report: _Report
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with its number, and report how far it is."""
    n_characters = 0
    for number, row in enumerate(rows.reader, 2):
        if number % _REPORT_EVERY == 0:
            # A text stream cannot tell where it is while it is read by line: the share of rows of
            # about this length is near enough.
            n_characters += _REPORT_EVERY * (sum(map(len, row)) + len(row))
            report.at(min(n_characters, rows.size))
        if len(row) == n_columns:
            yield number, row
        elif any(row):
            problems.add(
                path,
                Text(
                    f"这一行有 {len(row)} 列，应有 {n_columns} 列。",
                    f"The row has {len(row)} columns, not {n_columns}.",
                ),
                Text("请检查逗号和引号。", "Check commas and quotation marks."),
                row=number,
            )
    report.end_of(path)


def _column(
    path: Path,
    header: list[str],
    name: str,
    problems: _Problems,
    *,
    is_needed: bool = False,
) -> int | None:
    """Return where a column stands, None where it does not; a needed one is then a problem."""
    if header.count(name) > 1:
        problems.add(
            path,
            Text(f"“{name}”列出现多次。", f"There is more than one column “{name}”."),
            _NAME_A_COLUMN,
        )
    if name in header:
        return header.index(name)
    if is_needed:
        known = ", ".join(_cut(cell) for cell in header)
        problems.add(
            path,
            Text(f"没有“{name}”列（有：{known}）。", f"There is no column “{name}” ({known})."),
            _NAME_A_COLUMN,
        )
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
