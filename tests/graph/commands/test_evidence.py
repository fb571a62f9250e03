"""``wushe evidence`` in this process: the pairs as a table, as CSV, as JSON."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.explorer import Explorer
from graph.store.database import Database

Run = Callable[..., str]
HUB = "hezhongzeyi"


@pytest.fixture
def run(sample: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    @contextlib.contextmanager
    def explored(_settings: object) -> Iterator[Explorer]:
        yield Explorer(sample)

    monkeypatch.setattr("graph.commands.evidence.explored", explored)

    def call(*words: str, code: int = 0, language: str = "en") -> str:
        done = CliRunner().invoke(main, ["--lang", language, "evidence", *words])
        assert done.exit_code == code, done.output
        return done.output

    return call


def test_all_pairs_add_up_to_what_the_sentence_says(run: Run) -> None:
    document = json.loads(run(HUB, "--limit", "1000", "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(run(HUB, "--limit", "1000", "--format", "csv"))))
    assert len(rows) == len(document["items"]) == document["total"] == document["n_pairs"]
    assert sum(row["only_here"] == "true" for row in rows) == document["n_sole"]
    of_sectors: dict[tuple[str, ...], list[bool]] = {}
    for row in rows:
        pair = tuple(sorted((row["a_sector"], row["b_sector"])))
        of_sectors.setdefault(pair, []).append(row["only_here"] == "true")
    known = {tuple(p["sectors"]): (p["n_pairs"], p["n_sole"]) for p in document["sector_pairs"]}
    assert {pair: (len(sole), sum(sole)) for pair, sole in of_sectors.items()} == known
    assert list(of_sectors) == list(known)
    assert all(sole == sorted(sole, reverse=True) for sole in of_sectors.values())


def test_a_table_says_sectors_and_truth_in_words(run: Run) -> None:
    table = run(HUB, "--limit", "3")
    assert "165 pairs of partners" in table
    assert "yes" in table
    assert "The first 3 of 165" in table
    assert "是" in run(HUB, "--limit", "3", language="zh")


def test_who_joins_nobody_and_who_is_no_actor(run: Run) -> None:
    assert "No two actors need" in run("xingbake")
    assert "nobody" in run("nobody", code=1)
    run("cvsc", code=1)
    run(HUB, "--limit", "0", code=2)
