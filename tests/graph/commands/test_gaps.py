"""``wushe gaps`` in this process: lists, rules, marks, thresholds."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator

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

    monkeypatch.setattr("graph.commands.gaps.explored", explored)

    def call(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, ["--lang", "en", "gaps", *words])
        assert done.exit_code == code, done.output
        return done.output

    return call


def test_a_list_is_filtered_and_its_parts_are_told(run: Run) -> None:
    document = json.loads(run("--rule", "no_platform", "--format", "json"))
    assert {g["rule"] for g in document["items"]} == {"no_platform"}
    assert document["summary"]["rules"]
    table = run("--area", "北京市", "--status", "open", "--limit", "2")
    assert "--limit shows more" in table
    assert "No area" in run("--area", "nowhere", code=1)


def test_rules_are_listed_with_their_thresholds(run: Run) -> None:
    table = run("--rules")
    assert "residents_per_team" in table
    rules = json.loads(run("--rules", "--format", "json"))
    assert {"no_platform", "absent_tie"} <= {r["rule"] for r in rules}


def test_a_mark_is_set_and_taken_away(run: Run) -> None:
    gap = json.loads(run("--status", "open", "--limit", "1", "--format", "json"))["items"][0]["id"]
    said = run("mark", gap, "--status", "done", "--note", "n", "--date", "2026-05-01")
    assert said == f"{gap}: Marked done (2026-05-01), still found.\n"
    assert gap in run("--status", "done")
    assert "is gone" in run("unmark", gap)
    assert "no gap with the id" in run("mark", "no_space:nobody", "--status", "done", code=1)
    run("mark", gap, code=2)


def test_a_threshold_is_set_and_taken_away(run: Run) -> None:
    rule = "no_enterprise_within_reach"
    assert run("set", rule, "k", "3", "--area", "北京市") == f"{rule} k = 3 (北京市)\n"
    assert "北京市: 3" in run("--rules")
    assert run("set", rule, "k", "--area", "北京市") == f"{rule} k = 2 (北京市)\n"
    assert "from 1 to 3" in run("set", rule, "k", "7", code=1)
