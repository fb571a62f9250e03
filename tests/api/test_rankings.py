"""Brokers and hubs over HTTP: cut to a part, in another order, as a table, and what is refused."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.questions.rankings import ORDERS, RankingSlug
from graph.settings import Settings
from graph.store.database import Database

HUB = "hezhongzeyi"


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


def get(client: TestClient, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return response.json()


def rows_of(client: TestClient, path: str) -> list[list[str]]:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["content-disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_a_part_keeps_the_ranks_of_the_whole_and_an_area_of_its_own_does_not(
    client: TestClient,
) -> None:
    whole = {i["actor"]["id"]: i["rank"] for i in get(client, "brokers?limit=1000")["items"]}
    part = get(client, "brokers?within=四川省/成都市&limit=1000")
    assert 0 < part["total"] < part["n_ranked"] == len(whole)
    assert part["projection"]["area"] is None
    for item in part["items"]:
        assert item["rank"] == whole[item["actor"]["id"]]
    own = get(client, "brokers?area=四川省/成都市")
    assert own["items"][0]["rank"] == 1
    assert own["n_actors"] < part["n_actors"]


def test_filters_go_together(client: TestClient) -> None:
    page = get(
        client, "brokers?sector=community&role=liaison&who=organisations&order=constraint&limit=99"
    )
    assert page["order"] == "constraint"
    assert page["items"]
    assert {item["actor"]["sector"] for item in page["items"]} == {"community"}
    assert {item["role"] for item in page["items"]} == {"liaison"}
    values = [item["measures"]["constraint"] for item in page["items"]]
    assert values == sorted(values)
    assert page["spreads"]["constraint"]["quartiles"][1] > 0
    assert get(client, "brokers?who=persons")["total"] == 0


def test_a_ranking_by_likeness_says_what_it_compares_with(client: TestClient) -> None:
    page = get(client, f"hubs?like={HUB}&order=communities_reached&limit=5")
    assert page["like"]["actor"]["id"] == HUB
    reached = [item["measures"]["communities_reached"] for item in page["items"]]
    assert reached == sorted(reached, reverse=True)


@pytest.mark.parametrize("slug", list(ORDERS))
def test_the_table_has_every_line_and_every_rank(client: TestClient, slug: RankingSlug) -> None:
    page = get(client, f"{slug}?limit=1000&order=liaison")
    headers, *rows = rows_of(client, f"{slug}.csv?order=liaison&lang=en")
    assert len(rows) == page["total"]
    assert headers[:4] == ["Rank", "Rank from", "Rank to", "Id"]
    assert len(headers) == 9 + 2 * len(ORDERS[slug])
    for row, item in zip(rows, page["items"], strict=True):
        assert row[0] == str(item["rank"])
        assert row[1:3] == [str(item["interval"]["low"]), str(item["interval"]["high"])]
        assert row[3] == item["actor"]["id"]
        for place, measure in enumerate(ORDERS[slug]):
            value, rank = row[9 + 2 * place : 11 + 2 * place]
            if item["measures"][measure] is None:
                assert (value, rank) == ("", "")
            else:
                assert float(value) == item["measures"][measure]
                assert int(rank) == item["ranks"][measure]


def test_the_table_of_likeness_and_of_a_part(client: TestClient) -> None:
    headers, *rows = rows_of(client, f"hubs.csv?like={HUB}")
    assert headers[9] == "相似程度"
    page = get(client, f"hubs?like={HUB}&limit=1000")
    assert [float(row[9]) for row in rows] == pytest.approx([i["score"] for i in page["items"]])
    assert rows_of(client, "brokers.csv?who=persons")[1:] == []
    assert {row[6] for row in rows_of(client, "brokers.csv?sector=enterprise")[1:]} == {
        "企业与商户"
    }


@pytest.mark.parametrize(
    "query", ["within=无此区", "sector=x", "role=boss", "order=hub_score", "who=x"]
)
def test_what_there_is_not_is_refused(client: TestClient, query: str) -> None:
    for path in ("brokers", "brokers.csv"):
        response = client.get(f"/api/v1/{path}?{query}")
        assert response.status_code in (400, 422)
        assert {"zh", "en"} == set(response.json()["message"])


def test_the_filters_are_documented(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for slug in ORDERS:
        for path in (f"/api/v1/{slug}", f"/api/v1/{slug}.csv"):
            found = {p["name"]: p for p in paths[path]["get"]["parameters"]}
            for name in ("within", "sector", "role", "who", "order"):
                assert found[name].get("description"), (path, name)
