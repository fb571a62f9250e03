"""``wushe what-if`` as a person runs it, in processes of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from graph.settings import Settings
from graph.store.database import Database

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(sample: Database, settings_of_session: Settings) -> Run:
    def call(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", "from graph.cli import main; main()", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            env={
                **os.environ,
                "WUSHE_DATA": str(settings_of_session.data_dir),
                "WUSHE_NEO4J_RELEASE": settings_of_session.neo4j_release,
                "WUSHE_LANG": "zh",
                "PYTHONIOENCODING": "utf-8",
            },
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return call


def test_before_and_after_in_three_formats(run: Run) -> None:
    words = ("what-if", "--remove", "hezhongzeyi")
    table = run(*words).stdout
    assert "没有北京和众泽益公益发展中心" in table
    assert "与其余断开" in table
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    assert {"part": "size", "what": "actors"}.items() <= rows[0].items()
    assert {"degree", "cut_off", "short_paths_lost", "mode"} <= {row["part"] for row in rows}
    document = json.loads(run(*words, "--no-gaps", "--format", "json").stdout)
    assert document["gaps"] is None
    assert document["parts"]["n_cut_off"] == 10


def test_kept_listed_shown_and_forgotten(run: Run) -> None:
    assert "--save" in run("what-if", "list").stdout
    said = run(
        "what-if", "--add", "社会组织,新枢纽,,hub2", "--add-tie", "hub2,支持,beilangdong,2",
        "--save", "新伙伴", "--format", "json",
    ).stderr  # fmt: skip
    assert "新伙伴" in said
    items = json.loads(run("what-if", "list", "--format", "json").stdout)["items"]
    assert [len(item["changes"]) for item in items] == [2]
    shown = run("what-if", "show", items[0]["id"]).stdout
    assert "2. 新增关系：新枢纽 支持 北郎东社区（强度 2）" in shown
    run("what-if", "delete", items[0]["id"])
    assert "没有编号" in run("what-if", "show", items[0]["id"], code=1).stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "--remove"),
        (("--remove", "nobody"), 1, "nobody"),
        (("--add-tie", "hezhongzeyi,合作"), 2, "START,RELATION,END"),
        (("--remove", "hezhongzeyi", "--as-of", "soon"), 1, "soon"),
    ],
)
def test_misuse_and_refusals(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in run("what-if", *words, code=code).stderr
