"""Export as the CSV tables that an import takes, one per sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from graph.model import REGISTRATIONS, RELATION_BY_SLUG, label_of
from graph.records import Area, Need, Node, Tie
from graph.spreadsheet import safe_cell
from graph.stored import Stored
from graph.workbook import ACTORS, AREAS, LEVELS, NEEDS, OFFERS, TIES, Column, Sheet

Record = Node | Tie | Need | Area
_LEVEL_LABELS = dict(LEVELS)


def write(stored: Stored) -> bytes:
    """Return a zip archive of `tables`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables(stored):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()


def tables(stored: Stored) -> list[tuple[str, bytes]]:
    """Return each sheet as (file name, content), UTF-8 with a byte order mark, as Excel wants.

    Importing them again changes nothing.
    """
    needs = stored.needs.values()
    sheets: tuple[tuple[Sheet, Iterable[Record]], ...] = (
        (ACTORS, stored.nodes.values()),
        (TIES, stored.ties.values()),
        (NEEDS, (n for n in needs if n.sort == "need")),
        (OFFERS, (n for n in needs if n.sort == "offer")),
        (AREAS, stored.areas.values()),
    )
    return [(f"{sheet.label.zh}.csv", _table(sheet, records)) for sheet, records in sheets]


def _table(sheet: Sheet, records: Iterable[Record]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headers(sheet))
    writer.writerows(cells(sheet.columns, record) for record in records)
    return stream.getvalue().encode("utf-8-sig")


def headers(sheet: Sheet) -> list[str]:
    """Return the header of each column of a sheet."""
    return [column.label.zh for column in sheet.columns]


def cells(columns: Sequence[Column], record: Record) -> list[str]:
    """Return a record as the cells of a row, none of them a formula.

    An import reads the same record back.
    """
    return [safe_cell(_cell(column, record)) for column in columns]


def _cell(column: Column, record: Record) -> str:
    value = getattr(record, column.slug)
    if value is None or (value is False and column.type == "flag"):
        return ""
    match column.type:
        case "kind":
            return label_of(value).zh
        case "relation":
            return RELATION_BY_SLUG[value].label.zh
        case "level":
            return _LEVEL_LABELS[value].zh
        case "registration":
            return REGISTRATIONS[value].zh
        case "flag" | "yes_no":
            return "是" if value else "否"
        case "aliases":
            return ";".join(value)
        case "headcount":
            return f"{value}{'+' if getattr(record, 'n_members_at_least', False) else ''}"
        case _:
            return (
                str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
            )
