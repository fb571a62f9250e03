"""Gaps over HTTP: filters, marks, thresholds."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database

GAPS = "/api/v1/gaps"


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


def first(client: TestClient, query: str) -> dict[str, Any]:
    return dict(client.get(f"{GAPS}?{query}").json()["items"][0])


def test_filters_and_counts(client: TestClient) -> None:
    whole = client.get(f"{GAPS}?limit=1000").json()
    area = quote("北京市/朝阳区")
    part = client.get(f"{GAPS}?area={area}&status=open&order=rule&limit=1000").json()
    assert 0 < part["total"] < whole["total"]
    assert part["projection"]["area"] == "北京市/朝阳区"
    assert {g["status"] for g in part["items"]} == {"open"}
    assert part["summary"]["by_status"]["open"] == part["total"]
    assert {t["rule"] for t in whole["summary"]["rules"]} >= {g["rule"] for g in whole["items"]}
    for gap in whole["items"]:
        tally = next(t for t in whole["summary"]["rules"] if t["rule"] == gap["rule"])
        assert tally["n_subjects"] >= tally["n_lacking"] + tally["n_unknown"] > 0
    for query in ("area=nowhere", "status=gone", "rule=x", "severity=x"):
        assert client.get(f"{GAPS}?{query}").status_code == 400


def test_a_gap_is_marked_and_unmarked(client: TestClient) -> None:
    gap = first(client, "status=open")
    address = f"{GAPS}/{quote(gap['id'])}/mark"
    made = client.put(address, json={"status": "planned", "note": "九月", "date": "2026-09-01"})
    assert made.status_code == 200, made.text
    assert made.json()["is_found"]
    assert made.json()["sentence"]["en"] == "Planned (2026-09-01)."
    marked = first(client, f"actor={quote(gap['actors'][0]['id'])}&status=planned")
    assert (marked["id"], marked["mark"]["note"]) == (gap["id"], "九月")
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert first(client, "status=open")["id"] == gap["id"]


def test_a_gap_between_two_actors_has_a_mark_of_its_own(client: TestClient) -> None:
    parameters = f"{GAPS}/rules/absent_tie/parameters"
    client.put(parameters, json={"values": {"partners": 1}})
    gap = first(client, "rule=absent_tie")
    assert gap["n_subjects"] == 2
    address = f"{GAPS}/{quote(gap['id'])}/mark"
    assert client.put(address, json={"status": "accepted"}).status_code == 200
    assert client.delete(address).status_code == 204
    client.put(parameters, json={"values": {"partners": None}})


@pytest.mark.parametrize(
    ("gap_id", "body", "status"),
    [
        ("no_space:nobody", {"status": "done"}, 404),
        ("no_space:nobody", {"status": "open"}, 422),
        ("no_space:nobody", {"status": "done", "date": "soon"}, 400),
    ],
)
def test_a_wrong_mark_is_refused(
    client: TestClient, gap_id: str, body: dict[str, str], status: int
) -> None:
    refused = client.put(f"{GAPS}/{gap_id}/mark", json=body)
    assert refused.status_code == status
    assert refused.json()["message"]["zh"]


def test_rules_and_their_thresholds(client: TestClient) -> None:
    listed = client.get(f"{GAPS}/rules").json()
    assert listed["total"] == len(listed["items"]) >= 31
    by_slug = {r["rule"]: r for r in listed["items"]}
    (k,) = by_slug["no_enterprise_within_reach"]["parameters"]
    assert (k["name"], k["default"], k["value"], k["changed"]) == ("k", 2, 2, [])
    assert k["reason"]["zh"]
    address = f"{GAPS}/rules/no_enterprise_within_reach/parameters"
    set_ = client.put(address, json={"area": "北京市", "values": {"k": 3}})
    assert set_.status_code == 200, set_.text
    assert set_.json()["parameters"][0]["value"] == 3
    inside = client.get(f"{GAPS}/rules?area={quote('北京市/朝阳区')}").json()["items"]
    entry = next(r for r in inside if r["rule"] == "no_enterprise_within_reach")
    assert entry["parameters"][0]["value"] == 3
    assert entry["parameters"][0]["changed"] == [{"area": "北京市", "value": 3}]
    client.put(address, json={"area": "北京市", "values": {"k": None}})
    for body in ({"values": {"k": 9}}, {"values": {"x": 1}}, {"area": "x", "values": {"k": 1}}):
        assert client.put(address, json=body).status_code == 400
    assert client.put(address, json={"values": {}}).status_code == 422
    wrong = client.put(f"{GAPS}/rules/nothing/parameters", json={"values": {"k": 1}})
    assert wrong.status_code == 400
