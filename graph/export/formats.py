"""The formats that the graph can be taken out in, one module each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.export import csv_folder, graphml, json_document
from graph.stored import Stored
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Format:
    """One export format; ``write`` turns everything stored into the content of one file."""

    slug: str
    label: Text
    help: Text
    suffix: str
    media_type: str
    write: Callable[[Stored], bytes]


FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        Text("JSON", "JSON"),
        Text("全部主体、关系、需求和供给。", "Every actor, tie, need and offer."),
        ".json",
        "application/json",
        json_document.write,
    ),
    Format(
        "graphml",
        Text("GraphML", "GraphML"),
        Text("供 Gephi、NetworkX、igraph、yEd 打开。", "For Gephi, NetworkX, igraph and yEd."),
        ".graphml",
        "application/graphml+xml",
        graphml.write,
    ),
    Format(
        "csv",
        Text("CSV（压缩包）", "CSV (zip archive)"),
        Text(
            "与导入格式相同的一组表，可以再导入。",
            "Tables in the format of the import, which can be imported again.",
        ),
        ".zip",
        "application/zip",
        csv_folder.write,
    ),
)
FORMAT_BY_SLUG = {f.slug: f for f in FORMATS}
