"""Rows kept from run to run: right as long as the data are the same, gone when they are not."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from graph.explorer import Explorer
from graph.ingest.importer import import_files
from graph.questions.overview import overview
from graph.store.database import Database
from graph.store.kept import FILE, KeptRows

ONE = [("主体.csv", "编号,名称,类型\na,甲,企业\n".encode())]
TWO = [("主体.csv", "编号,名称,类型\nb,乙,社区\n".encode())]


@pytest.fixture
def kept_file(database: Database) -> Path:
    """The file of the run's database, not there yet."""
    assert database.data_dir is not None
    file = database.data_dir / FILE
    file.unlink(missing_ok=True)
    return file


def ids(kept: KeptRows) -> list[str]:
    return [row["id"] for row in kept.read("read.nodes")]


def test_rows_are_there_in_the_next_run(database: Database, kept_file: Path) -> None:
    import_files(database, ONE)
    first = KeptRows(database)
    assert not first.is_current()
    assert ids(first) == ["a"]
    first.save()
    assert stat.S_IMODE(kept_file.stat().st_mode) == 0o600
    second = KeptRows(database)
    assert second.is_current()
    assert second.read("read.nodes") == first.read("read.nodes")


def test_rows_of_older_data_are_not_used(database: Database, kept_file: Path) -> None:
    import_files(database, ONE)
    first = KeptRows(database)
    ids(first)
    first.save()
    import_files(database, TWO)
    assert not KeptRows(database).is_current()
    assert ids(KeptRows(database)) == ids(first) == ["a", "b"]


def test_rows_of_another_release_are_not_used(database: Database, kept_file: Path) -> None:
    import_files(database, ONE)
    first = KeptRows(database)
    ids(first)
    first.save()
    document = json.loads(kept_file.read_text(encoding="utf-8"))
    kept_file.write_text(json.dumps(document | {"statements": "other"}), encoding="utf-8")
    assert not KeptRows(database).is_current()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}'])
def test_a_damaged_file_is_no_file(database: Database, kept_file: Path, content: str) -> None:
    import_files(database, ONE)
    kept_file.write_text(content, encoding="utf-8")
    assert ids(KeptRows(database)) == ["a"]


def test_the_first_page_needs_no_database_then(database: Database, kept_file: Path) -> None:
    import_files(database, ONE)
    explorer = Explorer(database)
    expected = overview(explorer)
    explorer.save()
    assert kept_file.exists()
    # Not connected, as before Neo4j is there.
    cold = Explorer(Database("neo4j", database.data_dir))
    assert cold.is_primed()
    assert overview(cold) == expected
