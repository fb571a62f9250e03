"""Export as the CSV tables that an import takes, one per sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from graph.model import RELATION_BY_SLUG, label_of
from graph.records import Area, Node, Tie
from graph.stored import Stored
from graph.workbook import ACTORS, AREAS, LEVELS, NEEDS, OFFERS, TIES, Sheet

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
    sheets: tuple[tuple[Sheet, Iterable[dict[str, Any]]], ...] = (
        (ACTORS, map(_actor, stored.nodes.values())),
        (TIES, map(_tie, stored.ties.values())),
        (NEEDS, (asdict(n) for n in needs if n.sort == "need")),
        (OFFERS, (asdict(n) for n in needs if n.sort == "offer")),
        (AREAS, map(_area, stored.areas.values())),
    )
    return [(f"{sheet.label.zh}.csv", _table(sheet, rows)) for sheet, rows in sheets]


def _table(sheet: Sheet, rows: Iterable[dict[str, Any]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.label.zh for column in sheet.columns)
    for row in rows:
        writer.writerow(_cell(row.get(column.slug)) for column in sheet.columns)
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _actor(node: Node) -> dict[str, Any]:
    row = asdict(node)
    row["kind"] = label_of(node.kind).zh
    row["is_group"] = "是" if node.is_group else None
    row["aliases"] = ";".join(node.aliases)
    if node.n_members is not None:
        row["n_members"] = f"{node.n_members}{'+' if node.n_members_at_least else ''}"
    return row


def _tie(tie: Tie) -> dict[str, Any]:
    return asdict(tie) | {"relation": RELATION_BY_SLUG[tie.relation].label.zh}


def _area(area: Area) -> dict[str, Any]:
    level = _LEVEL_LABELS[area.level].zh if area.level else None
    return asdict(area) | {"name": area.name, "parent": area.parent, "level": level}
