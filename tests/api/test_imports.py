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
