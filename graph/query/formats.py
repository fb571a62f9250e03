"""The rows of a query as files: CSV and Excel for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.query.run import QueryAnswer
from graph.query.values import as_json, for_json
from graph.spreadsheet import safe_cell

# Excel keeps fifteen digits of a number and this many characters of a cell.
_MAX_NUMBER = 10**15
_MAX_CELL = 32_767


@dataclass(frozen=True, slots=True)
class RowsFormat:
    """A format that rows can be taken out in."""

    slug: str
    media_type: str
    write: Callable[[QueryAnswer], bytes]


def write_csv(answer: QueryAnswer) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte order mark, as Excel wants.

    null, NaN and infinity are empty cells; lists, maps, nodes and paths are JSON; no text is a
    formula (`graph.spreadsheet`).
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in answer.columns])
    writer.writerows([_csv_cell(value) for value in row] for row in answer.rows)
    return stream.getvalue().encode("utf-8-sig")


def write_xlsx(answer: QueryAnswer) -> bytes:
    """Return the rows as an Excel workbook, cells as in `write_csv`, the header kept in sight.

    A whole number of more than fifteen digits is written as text, a text is cut at 32,767
    characters, which is what a cell can hold.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("query")
    sheet.freeze_panes = "A2"

    def cell(value: Any, *, is_header: bool = False) -> Any:
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, int) and abs(value) < _MAX_NUMBER:
            return value
        text = value if isinstance(value, str) else as_json(value)
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:_MAX_CELL])
        # As text and nothing else: a workbook says so of each cell.
        made.data_type = "s"
        if is_header:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(column, is_header=True) for column in answer.columns])
    for row in answer.rows:
        sheet.append([cell(for_json(value)) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_json(answer: QueryAnswer) -> bytes:
    """Return columns, rows and whether there were more, as ``POST /api/v1/query`` does."""
    document = {
        "columns": list(answer.columns),
        "rows": answer.rows,
        "truncated": answer.truncated,
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }
    return as_json(document).encode()


ROWS_FORMATS: tuple[RowsFormat, ...] = (
    RowsFormat("csv", "text/csv; charset=utf-8", write_csv),
    RowsFormat(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx
    ),
    RowsFormat("json", "application/json", write_json),
)
ROWS_FORMAT_BY_SLUG = {one.slug: one for one in ROWS_FORMATS}


def _csv_cell(value: Any) -> str | int | float:
    match for_json(value):
        case None:
            return ""
        case bool() as flag:
            return "true" if flag else "false"
        case int() | float() as number:
            return number
        case str() as text:
            return safe_cell(text)
    return as_json(value)
