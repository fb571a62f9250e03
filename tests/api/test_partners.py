"""``partners``, ``paths`` and ``matching`` over HTTP and on the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database

COMMAND = (sys.executable, "-c", "from graph.cli import main; main()")
COMMANDS = (("partners", "hezhongzeyi"), ("paths", "beilangdong", "xingbake"), ("match",))
LISTS = ("partners?for=hezhongzeyi", "paths?from=beilangdong&to=xingbake", "matching")


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


def get(client: TestClient, path: str) -> dict[str, Any]:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_the_promised_members_and_pages(client: TestClient, path: str) -> None:
    answer = get(client, path)
    assert {"items", "total", "projection", "snapshot", "sentence"} <= set(answer)
    joint = "&" if "?" in path else "?"
    whole = get(client, f"{path}{joint}limit=20")["items"]
    parts = [
        item
        for offset in range(0, 20, 7)
        for item in get(client, f"{path}{joint}limit=7&offset={offset}")["items"]
    ]
    assert parts[: len(whole)] == whole


def test_a_partner_has_the_promised_members(client: TestClient) -> None:
    for item in get(client, "partners?for=beilangdong")["items"]:
        assert {"rank", "actor", "score", "reason", "measures"} <= set(item)
        assert set(item["parts"]) == {"fit", "reach", "bridging", "load"}
        for name, part in item["parts"].items():
            assert 0 <= part["value"] <= 1
            assert item["measures"][name] == part["value"]


def test_kinds_weights_and_projection(client: TestClient) -> None:
    kinds = get(client, "partners?for=beilangdong&kinds=Enterprise&kinds=School")
    assert {i["actor"]["kind"] for i in kinds["items"]} <= {"Enterprise", "School"}
    assert kinds["total"] > 0
    weights = get(client, "partners?for=beilangdong&fit=0&bridging=0&load=0")
    assert weights["weights"] == {"fit": 0, "reach": 0.35, "bridging": 0, "load": 0}
    assert all(i["score"] == pytest.approx(i["measures"]["reach"]) for i in weights["items"])
    area = get(client, "partners?for=beilangdong&area=北京市/朝阳区")
    assert area["projection"]["area"] == "北京市/朝阳区"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("partners", 422), ("partners?for=nobody", 404), ("partners?for=hemei&fit=-1", 422),
        ("partners?for=hemei&fit=0&reach=0&bridging=0&load=0", 400),
        ("partners?for=hemei&kinds=x", 400), ("paths?from=hemei&to=hemei", 400),
        ("paths?from=nobody&to=hemei", 404), ("paths?from=hemei&to=heshun&max_steps=4", 422),
        ("paths?from=hemei&to=heshun&avoid=hemei", 400), ("matching?status=x", 400),
    ],
)  # fmt: skip
def test_every_error_is_a_problem(client: TestClient, path: str, status: int) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["message"]["zh"] != response.json()["message"]["en"]


def test_the_examples_of_the_documentation_answer(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    for path in ("partners", "paths", "matching"):
        operation = document["paths"][f"/api/v1/{path}"]["get"]
        given = {p["name"]: p["schema"].get("examples", []) for p in operation["parameters"]}
        needed = {p["name"] for p in operation["parameters"] if p["required"]}
        base = {name: given[name][0] for name in needed}
        assert client.get(f"/api/v1/{path}", params=base).status_code == 200
        for name, examples in given.items():
            for example in examples:
                asked = client.get(f"/api/v1/{path}", params={**base, name: example})
                assert asked.status_code == 200, (name, example, asked.text)


def run(settings: Settings, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={
            **os.environ,
            "WUSHE_DATA": str(settings.data_dir),
            "WUSHE_NEO4J_RELEASE": settings.neo4j_release,
            "WUSHE_LANG": "zh",
            "PYTHONIOENCODING": "utf-8",
        },
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.mark.parametrize("words", COMMANDS)
def test_commands_as_table_and_as_csv(
    client: TestClient, settings_of_session: Settings, words: tuple[str, ...]
) -> None:
    table = run(settings_of_session, *words, "--limit", "2").stdout
    assert "用 --limit 显示更多" in table
    rows = list(
        csv.DictReader(io.StringIO(run(settings_of_session, *words, "--format", "csv").stdout))
    )
    path = dict(zip(COMMANDS, LISTS, strict=True))[words]
    assert len(rows) >= len(get(client, path)["items"]) > 0


def test_the_command_says_the_same_as_the_api(
    client: TestClient, settings_of_session: Settings
) -> None:
    words = ("partners", "beilangdong", "--limit", "3", "--reach", "1", "--format", "json")
    document = json.loads(run(settings_of_session, *words).stdout)
    answer = get(client, "partners?for=beilangdong&limit=3&reach=1")
    assert document["items"] == answer["items"]
    assert document["sentence"] == answer["sentence"]


def test_a_refusal_is_a_sentence(client: TestClient, settings_of_session: Settings) -> None:
    refused = run(settings_of_session, "partners", "nobody", code=1)
    assert "nobody" in refused.stderr
    assert refused.stdout == ""
    run(settings_of_session, "paths", "hemei", "heshun", "--max-steps", "4", code=2)
