"""Scenarios over HTTP: kept, changed, compared, taken out; and what-if without keeping."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database

HUB = "hezhongzeyi"
GONE = {"do": "remove_actor", "actor": HUB}
TIE = {"do": "add_tie", "start": HUB, "relation": "合作", "end": "changshouyuan", "strength": 3}


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    # Without its lifespan the application neither opens nor closes a database.
    return TestClient(app, raise_server_exceptions=False)


def made(client: TestClient, **given: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/scenarios", json=given)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_what_if_without_keeping_anything(client: TestClient) -> None:
    n_before = client.get("/api/v1/scenarios").json()["total"]
    answer = client.post("/api/v1/what-if", json={"changes": [GONE]})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert set(found["sentence"]) == {"zh", "en"}
    assert found["changes"][0]["change"] == GONE
    assert found["changes"][0]["misfit"] is None
    assert {m["slug"] for m in found["measures"]} == {
        "degree", "betweenness", "constraint", "hub_score", "communities_reached",
    }  # fmt: skip
    assert all(len(m["rows"]) == min(10, m["n_changed"]) for m in found["measures"])
    assert found["size"]["after"]["n_actors"] == found["size"]["before"]["n_actors"] - 1
    assert len(found["parts"]["cut_off"]) == found["parts"]["n_cut_off"] == 10
    assert sum(p["n_lost"] for p in found["paths"]["sector_pairs"]) == found["paths"]["n_lost"]
    assert found["gaps"]["n_unchanged"] > 0
    assert found["gaps"]["areas"] is None
    assert {"projection", "snapshot"} <= set(found)
    assert client.get("/api/v1/scenarios").json()["total"] == n_before
    assert client.get(f"/api/v1/actors/{HUB}").status_code == 200


def test_gaps_are_left_out_where_they_are_not_asked_for(client: TestClient) -> None:
    answer = client.post("/api/v1/what-if", json={"changes": [GONE], "gaps": False})
    assert answer.json()["gaps"] is None


def test_an_end_is_computed_as_of_the_day_after(client: TestClient) -> None:
    change = {"do": "end_actor", "actor": HUB, "until": "2027-02"}
    found = client.post("/api/v1/what-if", json={"changes": [change]}).json()
    assert found["projection"]["as_of"] == "2027-03-01"
    assert found["size"]["after"]["n_actors"] == found["size"]["before"]["n_actors"] - 1
    asked = client.post("/api/v1/what-if?as_of=2027-02-10", json={"changes": [change]}).json()
    assert asked["size"]["after"] == asked["size"]["before"]


def test_a_scenario_from_its_making_to_its_end(client: TestClient) -> None:
    scenario = made(client, changes=[GONE])
    assert scenario["name"] == "如果没有北京和众泽益公益发展中心"
    address = f"/api/v1/scenarios/{scenario['id']}"
    assert client.get(address).json() == scenario
    listed = client.get("/api/v1/scenarios").json()
    assert scenario in listed["items"]
    assert {"items", "total", "limit", "offset", "projection", "snapshot"} <= set(listed)
    bad = client.post(f"{address}/changes", json={"changes": [TIE]})
    assert bad.status_code == 404
    back = client.delete(f"{address}/changes/last").json()
    assert back["changes"] == []
    more = client.post(f"{address}/changes", json={"changes": [TIE]}).json()
    assert [line["number"] for line in more["changes"]] == [1]
    assert "合作" in more["changes"][0]["sentence"]["zh"]
    diff = client.get(f"{address}/diff").json()
    assert diff["parts"]["n_joined"] > 0
    replaced = client.put(
        address,
        json={
            "name": "新名",
            "note": "给会议",
            "changes": [
                GONE,
            ],
        },
    )
    assert replaced.json()["note"] == "给会议"
    assert client.get(f"{address}/diff").json()["parts"]["n_cut_off"] == 10
    one = client.delete(f"{address}/changes/1").json()
    assert one["changes"] == []
    assert client.delete(f"{address}/changes/1").status_code == 400
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.get(f"{address}/diff").status_code == 404
    assert client.delete(address).status_code == 404


def test_a_scenario_is_taken_out_as_a_document_and_as_tables(client: TestClient) -> None:
    scenario = made(client, name="出口", changes=[TIE])
    address = f"/api/v1/scenarios/{scenario['id']}/export"
    document = client.get(address)
    assert document.json()["scenario"] == scenario
    assert document.json()["what_if"]["parts"]["n_joined"] > 0
    assert scenario["id"] in document.headers["Content-Disposition"]
    tables = client.get(f"{address}?format=csv")
    with zipfile.ZipFile(io.BytesIO(tables.content)) as archive:
        assert archive.namelist() == ["关系.csv", "说明.txt"]
        assert "changshouyuan,合作,hezhongzeyi,3" in archive.read("关系.csv").decode("utf-8-sig")
    assert client.get(f"{address}?format=xml").status_code == 422


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"changes": [{"do": "remove_actor", "actor": "nobody"}]}, 404, "nobody"),
        ({"changes": [{"do": "add_tie", "start": HUB, "relation": "爱", "end": "heshun"}]}, 400,
         "relation"),
        ({"changes": [{"do": "fly"}]}, 422, "do"),
        ({"changes": [{"do": "remove_actor"}]}, 422, "actor"),
        ({"changes": [{"do": "remove_actor", "actor": "x", "extra": 1}]}, 422, "extra"),
        ({"changes": [GONE] * 101}, 422, "changes"),
        ({}, 422, "changes"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(
    client: TestClient, body: dict[str, Any], status: int, said: str
) -> None:
    answer = client.post("/api/v1/what-if", json=body)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["message"]["en"]
    assert answer.json()["message"]["zh"]


def test_the_tie_that_a_gap_suggests_closes_it(client: TestClient) -> None:
    gap = client.get("/api/v1/gaps?rule=strangers_in_domain").json()["items"][0]
    tie = gap["suggested_tie"]
    change = {"do": "add_tie", "start": tie["from"], "relation": tie["relation"], "end": tie["to"]}
    diff = client.post("/api/v1/what-if", json={"changes": [change]}).json()
    assert gap["id"] in {closed["id"] for closed in diff["gaps"]["closed"]}
    [other] = client.get("/api/v1/gaps?rule=no_platform&status=open").json()["items"]
    assert other["suggested_tie"] is None
