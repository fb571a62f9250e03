"""Imports over HTTP: checked, made, refused, undone."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database

GOOD = {"files": ("主体.csv", "编号,名称,类型\na,甲,企业\n".encode(), "text/csv")}
BAD = {"files": ("主体.csv", "编号,名称,类型\na,甲,飞船\n".encode(), "text/csv")}


@pytest.fixture
def client(database: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(database)
    return TestClient(app)


def test_check_import_undo(client: TestClient) -> None:
    checked = client.post("/api/v1/imports?dry_run=true", files=GOOD)
    assert checked.status_code == 200
    assert checked.json()["accepted"]
    assert client.get("/api/v1/actors").json()["total"] == 0
    made = client.post("/api/v1/imports", files=GOOD).json()
    assert made["actors"] == {"new": 1, "changed": 0, "unchanged": 0, "ended": 0}
    assert client.get("/api/v1/actors").json()["total"] == 1
    assert client.get(f"/api/v1/imports/{made['id']}").json()["summary"]["actors"]["new"] == 1
    assert client.post(f"/api/v1/imports/{made['id']}/undo").json()["is_undone"]
    assert client.get("/api/v1/actors").json()["total"] == 0
    assert client.post(f"/api/v1/imports/{made['id']}/undo").status_code == 400


@pytest.mark.parametrize(("query", "status"), [("?dry_run=true", 200), ("", 422)])
def test_a_bad_row_is_reported_as_promised(client: TestClient, query: str, status: int) -> None:
    response = client.post(f"/api/v1/imports{query}", files=BAD)
    assert response.status_code == status
    report = response.json()
    assert not report["accepted"]
    problem = report["problems"][0]
    assert set(problem) == {"file", "sheet", "row", "column", "value", "message", "mend"}
    assert (problem["row"], problem["column"], problem["value"]) == (2, "类型", "飞船")
    assert client.get("/api/v1/actors").json()["total"] == 0


def test_no_file_is_a_problem(client: TestClient) -> None:
    assert client.post("/api/v1/imports").status_code == 422


def test_an_import_of_areas_alone_is_no_empty_one(client: TestClient) -> None:
    client.post("/api/v1/imports", files=GOOD)
    for table, state, fields in (
        ("名称,上级\n北京市,\n朝阳区,北京市\n", "new", []),
        ("名称,上级,人口\n朝阳区,北京市,3450000\n", "changed", [(None, 3_450_000)]),
    ):
        files = {"files": ("区域.csv", table.encode(), "text/csv")}
        made = client.post("/api/v1/imports", files=files).json()
        assert made["areas"][state], made
        found = client.get(f"/api/v1/imports/{made['id']}/changes").json()
        area = next(a for a in found["areas"] if a["path"] == "北京市/朝阳区")
        assert area["state"] == state
        assert [(f["before"], f["after"]) for f in area["fields"]] == fields
        assert found["counts"]["areas"][state] == made["areas"][state]
        assert "区域" in found["sentence"]["zh"]
        assert "area" in found["sentence"]["en"]
        elsewhere = client.get(f"/api/v1/imports/{made['id']}/changes?area=北京市").json()
        assert "北京市/朝阳区" in {a["path"] for a in elsewhere["areas"]}
