"""``wushe generate`` by click's runner."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.settings import Settings
from graph.store.database import Database
from graph.stored import read_stored

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WUSHE_LANG", "en")

    def call(*words: object, code: int = 0) -> Result:
        done = CliRunner().invoke(main, ["generate", *map(str, words)])
        assert done.exit_code == code, done.output
        return done

    return call


def test_tables_for_an_import_with_the_truth_beside(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path / "city", "--actors", 500, "--seed", 4)
    assert {p.name for p in (tmp_path / "city").iterdir()} == {
        "主体.csv", "关系.csv", "需求.csv", "供给.csv", "区域.csv", "truth.json",
    }  # fmt: skip
    assert str(tmp_path / "city" / "truth.json") in done.stdout
    assert "100%" in done.stderr
    truth = json.loads((tmp_path / "city" / "truth.json").read_text(encoding="utf-8"))
    assert truth["plan"]["seed"] == 4
    assert [len(truth[sort]) for sort in ("hubs", "brokers", "gaps")] == [1, 1, 3]


def test_the_other_forms(run: Run, tmp_path: Path) -> None:
    small = ("--actors", 500, "--hubs", 0, "--brokers", 0, "--gaps", 0)
    run(tmp_path / "plain", "--as", "plain", *small)
    run(tmp_path / "network", "--as", "arrays", *small)
    run(tmp_path / "city.xlsx", *small)
    assert {p.name for p in tmp_path.rglob("*") if p.is_file()} == {
        "nodes.csv", "edges.csv", "truth.json", "network.npz", "network.truth.json", "city.xlsx",
        "city.truth.json",
    }  # fmt: skip


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "city"
    folder.mkdir()
    run(folder, "--actors", 500)
    before = {p: p.read_bytes() for p in folder.iterdir()}
    refused = run(folder, "--actors", 500, "--seed", 9, code=1)
    assert "is not written over" in refused.stderr
    assert "Drawing" not in refused.stderr
    assert {p: p.read_bytes() for p in folder.iterdir()} == before
    (tmp_path / "a.truth.json").write_text("")
    assert "a.truth.json" in run(tmp_path / "a.npz", "--as", "arrays", code=1).stderr


def test_refusals_are_one_sentence(run: Run, tmp_path: Path) -> None:
    refused = run(tmp_path / "city", "--actors", 500, "--hubs", 5, code=1)
    assert refused.stderr.splitlines()[-1].startswith("The city is too small")
    run(tmp_path / "city", "--actors", 600, "--volunteers", 0.9, code=1)
    (tmp_path / "file").write_text("")
    assert "cannot be written" in run(tmp_path / "file" / "x", "--actors", 500, code=1).stderr
    assert not (tmp_path / "city").exists()


def test_misuse(run: Run, tmp_path: Path) -> None:
    run(tmp_path / "city", "--actors", 10, code=2)
    run(tmp_path / "city", "--volunteers", 0.2, code=2)
    run(tmp_path / "city", "--as", "pdf", code=2)
    run(tmp_path / "city", "--as", "plain", "--store", code=2)
    assert " · " in run("--help").stdout


def test_it_goes_into_the_store_as_one_import(
    run: Run, tmp_path: Path, database: Database, settings_of_session: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("WUSHE_DATA", str(settings_of_session.data_dir))
    monkeypatch.setenv("WUSHE_NEO4J_RELEASE", settings_of_session.neo4j_release)
    done = run(tmp_path / "city", "--actors", 500, "--store")
    assert "Imported" in done.stdout
    stored = read_stored(database.read)
    assert sum(node.is_actor for node in stored.nodes.values()) == 500
    refused = run(tmp_path / "other", "--actors", 500, "--seed", 1, "--store", code=1)
    assert "another synthetic city" in refused.stderr
    assert read_stored(database.read) == stored
