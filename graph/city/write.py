"""Writing a city: as tables that an import takes, as a plain network, as arrays, and its truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path

import numpy as np

from graph.city.arrays import City
from graph.city.names import node_names
from graph.city.network import city_network
from graph.city.records import areas_of, needs_of, nodes_of, ties_of
from graph.codes import SECTOR_OF_KIND, SECTOR_SLUGS
from graph.errors import InvalidArgument
from graph.export.csv_folder import Record, cells, headers
from graph.ingest.tables import MAX_ROWS
from graph.network import Network
from graph.text import Text
from graph.workbook import ACTORS, AREAS, NEEDS, OFFERS, TIES, Sheet

Progress = Callable[[float], None]
EXCEL_ROWS = 1_048_576
# Keeps a file of the longest rows under what an import takes.
ROWS_PER_FILE = 250_000
_CHUNK = 50_000


def write_import(city: City, path: Path, progress: Progress | None = None) -> None:
    """Write a city as `wushe import` takes it: an .xlsx workbook, or else a folder of CSV tables.

    Tables longer than an import takes from one file are cut into several (``关系-2.csv``). The
    bytes of the CSV tables are the same for the same city; a workbook says when it was written.

    Raises `InvalidArgument` for a workbook with too many rows. Time O(rows); memory as for the
    ids of the nodes, but for a workbook that of all its rows.
    """
    shown = _Counter(progress, len(city) + len(city.ties))
    tables: list[tuple[Sheet, int, Iterator[Record]]] = [
        (ACTORS, len(city), nodes_of(city)),
        (TIES, len(city.ties), ties_of(city)),
        (NEEDS, len(city.needs.actors), needs_of(city, "need")),
        (OFFERS, len(city.offers.actors), needs_of(city, "offer")),
        (AREAS, len(city.tree), areas_of(city)),
    ]
    if path.suffix.lower() == ".xlsx":
        n_rows = max(n for _, n, _ in tables)
        if n_rows > MAX_ROWS:
            raise InvalidArgument(
                "out",
                Text(
                    f"工作簿里会有一张 {n_rows} 行的表，导入一张表最多 {MAX_ROWS} 行"
                    f"（Excel 最多 {EXCEL_ROWS} 行）。请改写成一个文件夹的 CSV 表。",
                    f"The workbook would have a sheet of {n_rows:,} rows; an import takes "
                    f"{MAX_ROWS:,} of one sheet (Excel {EXCEL_ROWS:,}). Write a folder of CSV "
                    "tables instead.",
                ),
            )
        _write_workbook([(sheet, shown.over(rows)) for sheet, _, rows in tables], path)
        return
    path.mkdir(parents=True, exist_ok=True)
    for sheet, n_rows, rows in tables:
        _write_tables(sheet, shown.over(rows), path, is_cut=n_rows > ROWS_PER_FILE)


def _write_tables(sheet: Sheet, records: Iterator[Record], folder: Path, *, is_cut: bool) -> None:
    part = 1
    while (first := next(records, None)) is not None:
        name = f"{sheet.label.zh}-{part}.csv" if is_cut else f"{sheet.label.zh}.csv"
        # The byte order mark tells Excel that it is UTF-8.
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(headers(sheet))
            rows = islice(chain((first,), records), ROWS_PER_FILE)
            writer.writerows(cells(sheet.columns, record) for record in rows)
        part += 1


def _write_workbook(tables: Iterable[tuple[Sheet, Iterator[Record]]], path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for sheet, records in tables:
        page = book.create_sheet(sheet.label.zh)
        page.append(headers(sheet))
        for record in records:
            texts = cells(sheet.columns, record)
            page.append([int(text) if text.isdecimal() else text or None for text in texts])
    book.save(path)


def write_plain(
    city: City,
    nodes: Path,
    edges: Path,
    network: Network | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the actor network as two CSV tables, UTF-8, as `wushe measure` reads them.

    ``nodes`` has the rows ``id,name,group``, the group being the sector; ``edges`` has
    ``source,target,weight``, each tie once. ``network`` is `city_network`, where it is at hand.
    Time O(n + m), memory that of the network.
    """
    found = network or city_network(city)
    sources, targets, weights = found.arrays()
    shown = _Counter(progress, city.n_actors + len(sources))
    group = [SECTOR_SLUGS[code] for code in SECTOR_OF_KIND.tolist()]
    with nodes.open("w", encoding="utf-8", newline="") as stream:
        stream.write("id,name,group\n")
        for start in range(0, city.n_actors, _CHUNK):
            stop = min(start + _CHUNK, city.n_actors)
            actors = zip(
                city.ids(start, stop),
                node_names(city, start, stop),
                city.kinds[start:stop].tolist(),
                strict=True,
            )
            stream.writelines(f"{id_},{name},{group[kind]}\n" for id_, name, kind in actors)
            shown.add(stop - start)
    ids = found.ids
    with edges.open("w", encoding="utf-8", newline="") as stream:
        stream.write("source,target,weight\n")
        for start in range(0, len(sources), _CHUNK):
            part = slice(start, start + _CHUNK)
            ties = zip(
                sources[part].tolist(), targets[part].tolist(), weights[part].tolist(), strict=True
            )
            stream.writelines(f"{ids[a]},{ids[b]},{weight!r}\n" for a, b, weight in ties)
            shown.add(_CHUNK)


def write_arrays(city: City, path: Path, network: Network | None = None) -> None:
    """Write the actor network as arrays in one .npz file.

    It holds ``ids`` (bytes), ``groups`` with ``group_names``, and the rows ``indptr``,
    ``indices``, ``weights`` of `graph.network.Network`, undirected, each tie in both rows.
    """
    found = network or city_network(city)
    with path.open("wb") as stream:
        np.savez(
            stream,
            ids=np.array(found.ids, np.bytes_),
            groups=found.groups,
            group_names=np.array(found.group_names),
            indptr=found.indptr,
            indices=found.indices,
            weights=found.weights,
        )


def write_truth(city: City, path: Path) -> None:
    """Write the plan and what was planted as JSON; see `graph.city.plan.Truth` for its fields."""
    document = {"plan": asdict(city.plan), **asdict(city.truth)}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


class _Counter:
    """Tells, now and then, which part of the rows is done."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, n: int) -> None:
        self._done += n
        if self._progress is not None:
            self._progress(min(1.0, self._done / self._total))

    def over(self, records: Iterator[Record]) -> Iterator[Record]:
        while chunk := list(islice(records, _CHUNK // 10)):
            yield from chunk
            self.add(len(chunk))
