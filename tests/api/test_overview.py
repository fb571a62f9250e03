"""Overview, coverage, data, changes and comparison over HTTP: shapes, and what is refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.routers.data import FactSlug
from api.state import ServerState
from graph.analysis.coverage import COVERAGE_COLUMNS
from graph.findings.completeness import FACTS
from graph.settings import Settings
from graph.store.database import Database

AREA = quote("四川省/成都市")


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


def get(client: TestClient, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return response.json()


def test_an_area_has_what_the_whole_has(client: TestClient) -> None:
    whole, part = get(client, "overview"), get(client, f"overview?area={AREA}")
    assert set(whole) == set(part)
    promised = {"sentence", "sectors", "coverage", "brokers", "hubs", "gaps", "n_gaps", "snapshot"}
    assert promised <= set(whole)
    assert (part["area"], part["projection"]["area"]) == ("四川省/成都市", None)
    assert 0 < part["n_actors"] < whole["n_actors"]
    assert len(part["coverage"]) == part["n_communities"] == 3
    assert {k["fact"] for k in whole["completeness"]} == {f.slug for f in FACTS}
    names = {a["path"] for a in part["children"]}
    assert "四川省/成都市/和美社区" in names
    assert [a["path"] for a in part["lineage"]] == ["四川省", "四川省/成都市"]
    assert part["changes"]["is_only"]
    assert part["changes"]["import"]["id"]


def test_coverage_is_a_list_and_its_cells_open(client: TestClient) -> None:
    page = get(client, f"coverage?area={AREA}&limit=2&order=-volunteer")
    assert {"items", "total", "limit", "offset", "projection", "snapshot"} <= set(page)
    assert (page["total"], len(page["items"])) == (3, 2)
    first = page["items"][0]
    for column in COVERAGE_COLUMNS:
        community = quote(first["community"]["id"])
        cell = get(client, f"coverage/cell?community={community}&column={column}")
        counts = {f"n_{k}s": k for k in ("mechanism", "space", "fund")}
        of_row = {counts[k]: first[k] for k in counts} | first["cells"]
        assert cell["n"] == cell["total"] == of_row[column]
        assert all(item["reason"]["zh"] and item["reason"]["en"] for item in cell["items"])
    assert get(client, "coverage?lacking=social_worker")["total"] == 4


def test_completeness_and_what_lacks(client: TestClient) -> None:
    assert set(FactSlug.__args__) == {f.slug for f in FACTS}  # type: ignore[attr-defined]
    found = get(client, f"completeness?area={AREA}")
    for known in found["facts"]:
        page = get(client, f"completeness/{known['fact']}?area={AREA}&limit=5")
        assert page["total"] == known["n_missing"]
        assert page["known"] == known
        assert len(page["items"]) == min(5, page["total"])
        for item in page["items"]:
            assert sum(item[k] is not None for k in ("tie", "need", "area")) <= 1
            assert any(item.values())
    assert {a["path"] for a in found["areas"]} >= {"四川省/成都市/和美社区"}


def test_sources_and_what_names_them(client: TestClient) -> None:
    page = get(client, "sources?limit=3")
    assert len(page["items"]) == 3 < page["total"]
    first = page["items"][0]
    found = get(client, f"sources/records?source={quote(first['source'])}&limit=5")
    assert {k: found[k] for k in first} == first
    assert len(found["actors"]) == len(found["ties"]) == 5
    none = get(client, "sources/records")
    assert (none["source"], none["n_ties"], none["actors"]) == (None, 0, [])


def test_what_an_import_brought(client: TestClient) -> None:
    (record,) = get(client, "imports")
    found = get(client, f"imports/{record['id']}/changes?limit=5")
    assert found["is_listed"]
    assert found["counts"]["ties"]["new"] == record["summary"]["ties"]["new"]
    assert len(found["actors"]) == len(found["ties"]) == len(found["needs"]) == 5
    assert {c["state"] for c in found["ties"]} == {"new"}
    part = get(client, f"imports/{record['id']}/changes?area={AREA}")
    assert 0 < part["counts"]["actors"]["new"] < found["counts"]["actors"]["new"]


def test_comparisons(client: TestClient) -> None:
    found = get(client, f"compare?a={quote('北京市')}&b={AREA}")
    groups = {g["group"] for g in found["groups"]}
    assert {f["group"] for f in found["figures"]} == groups
    assert found["differences"]
    days = get(client, "compare?from=2012-01-01&to=2022-07-01")
    assert (days["a"]["day"], days["b"]["day"]) == ("2012-01-01", "2022-07-01")
    assert days["a"]["gaps"] is None
    assert days["b"]["n_undated"] == 292
    assert "gaps" not in {f["group"] for f in days["figures"]}
    empty = get(client, f"compare?a={quote('上海市')}&b={AREA}")
    shares = [f for f in empty["figures"] if f["group"] == "coverage"]
    assert {f["a"] for f in shares} == {None}
    assert {f["a_text"]["zh"] for f in shares} == {"未录入"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("overview?area=nowhere", 400),
        ("coverage?area=nowhere", 400),
        ("coverage?lacking=weather", 422),
        ("coverage?order=weather", 400),
        ("coverage/cell?community=hezhongzeyi&column=volunteer", 404),
        ("coverage/cell?community=hemei&column=weather", 422),
        ("completeness?area=nowhere", 400),
        ("completeness/weather", 422),
        ("sources/records?source=nobody", 404),
        ("imports/nothing/changes", 404),
        ("compare", 400),
        ("compare?a=x&b=y", 400),
        ("compare?from=2020-01-01", 400),
        ("compare?from=soon&to=later", 400),
        ("compare?from=2020-01-01&to=2019-01-01", 400),
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, path: str, status: int) -> None:
    refused = client.get(f"/api/v1/{path}")
    assert refused.status_code == status
    assert refused.json()["message"]["zh"]
    assert refused.json()["message"]["en"]
