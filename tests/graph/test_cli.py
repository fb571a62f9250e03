"""The ``wushe`` command as a person runs it, in processes of its own.

The commands share the Neo4j of the run, as they share the one of a running ``wushe serve``.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.database import Database

Run = Callable[..., subprocess.CompletedProcess[str]]
COMMAND = [sys.executable, "-c", "from graph.cli import main; main()"]


@pytest.fixture(scope="module")
def run(sample: Database, settings_of_session: Settings) -> Run:
    def call(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, *words],
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


def test_overview(run: Run) -> None:
    text = run("overview").stdout
    assert "北京和众泽益公益发展中心" in text
    assert "和美社区" in text
    document = json.loads(run("--lang", "en", "overview", "--format", "json").stdout)
    assert document["hubs"][0]["actor"]["id"] == "hezhongzeyi"


@pytest.mark.parametrize("command", ["brokers", "hubs", "gaps"])
def test_lists_in_three_formats(run: Run, command: str) -> None:
    table = run(command, "--limit", "2").stdout
    assert "用 --limit 显示更多" in table
    rows = list(csv.DictReader(io.StringIO(run(command, "--format", "csv").stdout)))
    document = json.loads(run(command, "--format", "json").stdout)
    assert {"items", "total", "projection", "snapshot"} <= set(document)
    assert len(rows) == len(document["items"]) == min(20, document["total"])


def test_hubs_like(run: Run) -> None:
    document = json.loads(run("hubs", "--like", "hezhongzeyi", "--format", "json").stdout)
    assert "hezhongzeyi" not in {i["actor"]["id"] for i in document["items"]}
    refused = run("hubs", "--like", "nobody", code=1)
    assert "nobody" in refused.stderr
    assert refused.stdout == ""


def test_a_ranking_is_cut_and_put_in_order(run: Run) -> None:
    asked = ("brokers", "--sector", "enterprise", "--area", "北京市", "--order", "degree")
    document = json.loads(run(*asked, "--format", "json").stdout)
    assert {i["actor"]["sector"] for i in document["items"]} == {"enterprise"}
    degrees = [i["measures"]["degree"] for i in document["items"]]
    assert degrees == sorted(degrees, reverse=True)
    assert document["total"] < document["n_ranked"]
    assert "liaison" in run("hubs", "--role", "boss", code=1).stderr


def test_query_reads_and_never_writes(run: Run) -> None:
    answer = json.loads(
        run("query", "MATCH (n {id: $id}) RETURN n.name AS name", "-p", "id=hezhongzeyi",
            "--format", "json").stdout
    )  # fmt: skip
    assert answer["columns"] == ["name"]
    assert answer["rows"] == [["北京和众泽益公益发展中心"]]
    assert run("query", "MATCH (n) DETACH DELETE n", code=1).stderr.count("\n") == 1
    assert "社区" in run("query", "MATCH (n:Community) RETURN n.name AS n").stdout
    part = run("query", "MATCH (n) RETURN n.id AS id", "--limit", "3")
    assert "只显示前 3 行" in part.stderr


def test_export_and_import_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("export", "csv", str(tmp_path / "表"))
    report = json.loads(run("import", str(tmp_path / "表"), "--format", "json").stdout)
    assert report["accepted"]
    for sort in ("actors", "ties", "needs"):
        assert report[sort]["new"] == report[sort]["changed"] == 0
        assert report[sort]["unchanged"] > 0
    run("export", "csv", str(tmp_path / "表.zip"))
    assert (tmp_path / "表.zip").read_bytes().startswith(b"PK")


def test_export_json_and_graphml(run: Run, tmp_path: Path) -> None:
    import networkx as nx

    run("export", "json", str(tmp_path / "a.json"))
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    run("export", "graphml", str(tmp_path / "a.graphml"))
    graph = nx.read_graphml(tmp_path / "a.graphml")
    assert graph.number_of_nodes() == len(document["actors"])
    assert graph.number_of_edges() == len(document["ties"])
    assert graph.nodes["hezhongzeyi"]["sector"] == "social_organisation"


def test_template_and_a_checked_import(run: Run, tmp_path: Path) -> None:
    run("template", str(tmp_path / "模板.xlsx"))
    assert "没有任何行" in run("import", str(tmp_path / "模板.xlsx"), "--dry-run", code=1).stdout
    good = tmp_path / "主体.csv"
    good.write_text("名称,类型\n新企业,公司\n", encoding="gb18030")
    report = json.loads(run("import", str(good), "--dry-run", "--format", "json").stdout)
    assert report["dry_run"]
    assert report["actors"]["new"] == 1
    assert {"accepted", "actors", "ties", "problems"} <= set(report)
    assert "只是检查" in run("import", str(good), "--dry-run").stdout


def test_a_refused_import_says_every_place(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "主体.csv"
    bad.write_text("名称,类型,人数\n甲,飞船,3\n乙,企业,许多\n", encoding="utf-8")
    refused = run("import", str(bad), code=1)
    assert "第 2 行，“类型”列" in refused.stdout
    assert "第 3 行，“人数”列" in refused.stdout
    assert "没有导入：共 2 处问题" in refused.stderr
    report = json.loads(run("import", str(bad), "--format", "json", code=1).stdout)
    assert not report["accepted"]
    assert report["problems"][0]["mend"]["en"]


def test_misuse_has_exit_code_2(run: Run, tmp_path: Path) -> None:
    run("nothing", code=2)
    run("brokers", "--limit", "0", code=2)
    run("export", "pdf", "x", code=2)
    run("import", str(tmp_path / "没有.xlsx"), code=2)
    run("query", "RETURN 1", "-p", "x", code=2)


def test_places_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "无法写入" in run("export", "json", str(tmp_path / "file" / "a.json"), code=1).stderr
    empty = tmp_path / "空"
    empty.mkdir()
    assert "没有 .csv" in run("import", str(empty), code=1).stderr


def test_every_command_explains_itself(run: Run) -> None:
    listing = run("--help").stdout
    for command in (
        "serve", "import", "template", "demo", "overview", "brokers", "hubs", "gaps", "query",
        "export", "prepare", "generate",
    ):  # fmt: skip
        assert command in listing
        text = run(command, "--help").stdout
        assert "Usage:" in text
        assert " · " in text


def test_a_data_directory_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = run("--data", str(tmp_path / "file" / "x"), "overview", code=1)
    assert refused.stderr.strip().count("\n") == 0
    assert "WUSHE_DATA" in refused.stderr


def test_a_server_that_does_not_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WUSHE_NEO4J_URI", "bolt://127.0.0.1:9")
    refused = run("overview", code=1)
    assert refused.stderr.strip().count("\n") == 0
    assert "bolt://127.0.0.1:9" in refused.stderr


def test_a_port_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    assert run("serve", code=1).stderr.strip() == "PORT 应是 1 到 65535 的整数，不是“abc”。"
