"""``wushe shortlist`` in this process: add, list, show, remove, export."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.explorer import Explorer
from graph.store.database import Database

Run = Callable[..., str]


@pytest.fixture
def run(sample: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    @contextlib.contextmanager
    def explored(_settings: object) -> Iterator[Explorer]:
        yield Explorer(sample)

    monkeypatch.setattr("graph.commands.shortlist.explored", explored)

    def call(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["--lang", "en", "shortlist", *words])
        assert done.exit_code == code, done.output
        return done.output

    return call


def test_from_the_first_candidate_to_the_sheet(run: Run, tmp_path: Path) -> None:
    said = run("add", "xingbake", "--for", "changshouyuan", "--note", "Friday")
    kept = said.strip().rpartition("/")[2]
    assert "1 candidate;" in said
    run("add", "kangmingsi", "--for", "changshouyuan", "--list", kept)
    document = json.loads(run("show", kept, "--format", "json"))
    assert [e["actor"]["id"] for e in document["entries"]] == ["xingbake", "kangmingsi"]
    assert document["entries"][0]["note"] == "Friday"
    assert kept in run("list")
    assert "1 candidate now" in run("remove", kept, "xingbake")
    assert "2 candidates now" in run("remove", kept, "xingbake", "--undo")
    assert json.loads(run("show", kept, "--format", "json"))["entries"] == document["entries"]
    assert "2 candidates for 1 purpose" in run("show", kept)
    out = tmp_path / "meeting.docx"
    run("export", kept, str(out))
    assert out.read_bytes().startswith(b"PK")


def test_refusals(run: Run, tmp_path: Path) -> None:
    assert "no shortlist" in run("show", "none", code=1)
    assert "nobody" in run("add", "nobody", "--for", "changshouyuan", code=1)
    run("export", "none", str(tmp_path / "x.pdf"), code=2)
