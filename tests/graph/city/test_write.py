"""A city written down: the same bytes every time, and read back as what it was."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from graph.city import write
from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.network import city_network
from graph.city.plan import CityPlan
from graph.city.records import areas_of, city_records
from graph.city.write import write_arrays, write_import, write_plain, write_truth
from graph.errors import InvalidArgument
from graph.ingest.batch import Batch, read_batch
from graph.ingest.importer import import_files, undo_import
from graph.ingest.tables import read_tables
from graph.model import RELATION_BY_SLUG
from graph.network import Network
from graph.records import Need, Tie
from graph.store.database import Database
from graph.stored import Stored, need_key, read_stored, tie_key


@pytest.fixture(scope="module")
def city() -> City:
    return draw_city(CityPlan(1_000, seed=1, n_hubs=1, n_brokers=1, n_gaps=3))


def contents(path: Path) -> list[tuple[str, bytes]]:
    """Return the tables at ``path`` as an import takes them."""
    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return [(p.name, p.read_bytes()) for p in paths]


def read(path: Path) -> Batch:
    tables, problems = read_tables(contents(path))
    batch, more = read_batch(tables, Stored())
    assert problems == more == []
    return batch


def as_stored(tie: Tie) -> Tie:
    """Return a tie as an import keeps it: a symmetric one begins at the smaller id."""
    if RELATION_BY_SLUG[tie.relation].is_symmetric and tie.end < tie.start:
        return Tie(**{**_fields(tie), "start": tie.end, "end": tie.start})
    return tie


def _fields(tie: Tie) -> dict[str, object]:
    return {slug: getattr(tie, slug) for slug in Tie.__slots__}


def is_all_of(city: City, found: Batch | Stored) -> None:
    records = city_records(city)
    assert found.nodes == records.by_id()
    assert found.ties == {tie_key(t): t for t in map(as_stored, records.ties)}
    needs: dict[tuple[str, ...], Need] = {need_key(n): n for n in records.needs}
    assert found.needs == needs
    assert found.areas == {a.path: a for a in areas_of(city)}


def test_the_bytes_are_the_same_on_every_machine(city: City, tmp_path: Path) -> None:
    """A change here changes every city that anybody has made: it is news for the changelog."""
    write_plain(city, tmp_path / "nodes.csv", tmp_path / "edges.csv")
    write_truth(city, tmp_path / "truth.json")
    digests = {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:16] for p in tmp_path.iterdir()}
    assert digests == {
        "nodes.csv": "341fe8e0a51bccc9",
        "edges.csv": "95fdb31af11dc759",
        "truth.json": "2849a4bb54bc4cf7",
    }


def test_plain_tables_are_the_network(city: City, tmp_path: Path) -> None:
    write_plain(city, tmp_path / "nodes.csv", tmp_path / "edges.csv")
    network = city_network(city)
    with (tmp_path / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        nodes = list(csv.DictReader(stream))
    assert tuple(n["id"] for n in nodes) == network.ids
    assert [n["group"] for n in nodes] == [network.group_names[g] for g in network.groups]
    assert all(n["name"] for n in nodes)
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as stream:
        edges = [(e["source"], e["target"], float(e["weight"])) for e in csv.DictReader(stream)]
    assert edges == list(network.edges())


def test_arrays_are_the_network(city: City, tmp_path: Path) -> None:
    network = city_network(city)
    for name in ("one.npz", "two.npz"):
        write_arrays(city, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz") as arrays:
        rows = np.repeat(np.arange(len(arrays["ids"])), np.diff(arrays["indptr"]))
        once = rows < arrays["indices"]
        again = Network(
            [id_.decode() for id_ in arrays["ids"].tolist()],
            rows[once],
            arrays["indices"][once],
            arrays["weights"][once],
            groups=arrays["groups"],
            group_names=arrays["group_names"].tolist(),
        )
    assert again == network


def test_the_truth_is_written_whole(city: City, tmp_path: Path) -> None:
    write_truth(city, tmp_path / "truth.json")
    document = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert document["plan"]["n_actors"] == 1_000
    assert [hub["id"] for hub in document["hubs"]] == [hub.id for hub in city.truth.hubs]
    assert set(document["brokers"][0]) == {"id", "communities", "cut_off", "why"}
    assert {gap["sort"] for gap in document["gaps"]} == {"community", "need", "isolated"}
    assert all(gap["why"]["zh"] and gap["why"]["en"] for gap in document["gaps"])


def test_an_import_takes_it_unchanged(tmp_path: Path, database: Database) -> None:
    city = draw_city(CityPlan(500, seed=2, n_hubs=1, n_brokers=1, n_gaps=3))
    write_import(city, tmp_path)
    files = contents(tmp_path)
    report = import_files(database, files)
    assert report.is_accepted, report.problems
    assert report.actors.new == len(city)
    is_all_of(city, read_stored(database.read))
    assert import_files(database, files, dry_run=True).ties.unchanged == len(city.ties)
    assert report.id is not None
    undo_import(database, report.id)
    assert read_stored(database.read) == Stored()


def test_long_tables_are_cut(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "ROWS_PER_FILE", 400)
    write_import(city, tmp_path)
    assert {"主体-1.csv", "主体-3.csv", "关系-2.csv", "需求.csv"} <= {
        p.name for p in tmp_path.iterdir()
    }
    is_all_of(city, read(tmp_path))


def test_a_workbook_says_the_same(city: City, tmp_path: Path) -> None:
    write_import(city, tmp_path / "city.xlsx")
    is_all_of(city, read(tmp_path / "city.xlsx"))


def test_a_workbook_of_too_many_rows_is_refused(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "MAX_ROWS", 1_500)
    with pytest.raises(InvalidArgument, match="a folder of CSV tables instead"):
        write_import(city, tmp_path / "city.xlsx")
    assert not (tmp_path / "city.xlsx").exists()


def test_progress_goes_up_to_the_end(city: City, tmp_path: Path) -> None:
    parts: list[float] = []
    write_import(city, tmp_path / "tables", parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    parts.clear()
    write_plain(city, tmp_path / "nodes.csv", tmp_path / "edges.csv", progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
