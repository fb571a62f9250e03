"""Shortlists over HTTP: begun, filled, noted on, put in order, taken out."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    # Without its lifespan the application neither opens nor closes a database.
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def made(client: TestClient) -> dict[str, Any]:
    answer = client.post("/api/v1/shortlists", json={"name": "周五", "note": "会前"})
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    found = client.get("/api/v1/partners?for=beilangdong&limit=2").json()["items"]
    for actor in (item["actor"]["id"] for item in found):
        new = {"actor": actor, "for": "beilangdong"}
        answer = client.post(f"/api/v1/shortlists/{kept['id']}/items", json=new)
        assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_list_is_filled_noted_on_and_put_in_order(
    client: TestClient, made: dict[str, Any]
) -> None:
    address = f"/api/v1/shortlists/{made['id']}"
    first, second = made["entries"]
    found = client.get("/api/v1/partners?for=beilangdong&limit=2").json()["items"]
    assert [first["actor"], second["actor"]] == [item["actor"] for item in found]
    assert [first["score"], first["reason"]] == [found[0]["score"], found[0]["reason"]]
    assert first["for"] == "beilangdong"
    assert set(first["reason"]) == {"zh", "en"}
    changed = client.patch(f"{address}/items/{second['id']}", json={"note": "先问", "place": 1})
    assert [e["id"] for e in changed.json()["entries"]] == [second["id"], first["id"]]
    assert changed.json()["entries"][0]["note"] == "先问"
    again = client.patch(f"{address}/items/{second['id']}", json={"place": 2}).json()
    assert again["entries"][1]["note"] == "先问"
    assert client.patch(address, json={"name": "周六"}).json()["name"] == "周六"
    assert client.get(address).json()["entries"] == again["entries"]
    assert made["id"] in {s["id"] for s in client.get("/api/v1/shortlists").json()["items"]}


def test_what_is_taken_off_can_be_put_back(client: TestClient, made: dict[str, Any]) -> None:
    address = f"/api/v1/shortlists/{made['id']}"
    first = made["entries"][0]["id"]
    left = client.delete(f"{address}/items/{first}").json()
    assert [e["id"] for e in left["removed"]] == [first]
    assert len(left["entries"]) == 1
    back = client.post(f"{address}/items/{first}/restore").json()
    assert back["entries"] == made["entries"]


def test_it_is_taken_out_as_files(client: TestClient, made: dict[str, Any]) -> None:
    for slug, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("docx", b"PK")):
        answer = client.get(f"/api/v1/shortlists/{made['id']}/export/{slug}?lang=en")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert f"{made['id']}.{slug}" in answer.headers["content-disposition"]
    assert client.get(f"/api/v1/shortlists/{made['id']}/export/pdf").status_code == 400


def test_refusals(client: TestClient, made: dict[str, Any]) -> None:
    address = f"/api/v1/shortlists/{made['id']}"
    for new, status in (
        ({"actor": "nobody", "for": "changshouyuan"}, 404),
        ({"actor": "xingbake", "for": "nobody"}, 404),
        ({"actor": "changshouyuan", "for": "changshouyuan"}, 400),
    ):
        answer = client.post(f"{address}/items", json=new)
        assert answer.status_code == status
        assert set(answer.json()["message"]) == {"zh", "en"}
    assert client.patch(f"{address}/items/none", json={"note": "x"}).status_code == 404
    assert client.patch(f"{address}/items/none", json={}).status_code == 404
    assert client.post("/api/v1/shortlists", json={"name": " "}).status_code == 400
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == client.delete(address).status_code == 404
