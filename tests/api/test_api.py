"""The API over the sample data in a real Neo4j: promised shapes, paging, problems."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
import zipfile

import pytest
from fastapi.testclient import TestClient

from api import schemas
from api.app import create_api
from api.state import ServerState
from graph.analysis.registry import MEASURES
from graph.settings import Settings
from graph.store.database import Database

HUB = "hezhongzeyi"
LISTS = ("actors", "brokers", "hubs", f"hubs?like={HUB}", "gaps", "measures")


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    # Without its lifespan the application neither opens nor closes a database.
    return TestClient(app, raise_server_exceptions=False)


def get(client: TestClient, path: str) -> dict:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_the_promised_members(client: TestClient, path: str) -> None:
    answer = get(client, path)
    assert {"items", "total", "projection", "snapshot"} <= set(answer)
    assert len(answer["items"]) == min(answer["total"], answer["limit"])


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other_and_cover_everything(client: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    total = get(client, path)["total"]
    whole = get(client, f"{path}{joint}limit=1000")["items"]
    parts = []
    for offset in range(0, total + 7, 7):
        parts += get(client, f"{path}{joint}limit=7&offset={offset}")["items"]
    assert parts == whole
    assert len(whole) == total


def test_measures_are_those_of_the_registry_with_their_meaning(client: TestClient) -> None:
    answer = get(client, "measures?measures=all&limit=1000")
    slugs = [c.slug for m in MEASURES for c in m.columns]
    assert [column["slug"] for column in answer["columns"]] == slugs
    assert all(list(item["measures"]) == slugs for item in answer["items"])
    by_id = {item["actor"]["id"]: item["measures"] for item in answer["items"]}
    detail = get(client, f"actors/{HUB}")["measures"]
    assert {slug: by_id[HUB][slug] for slug in detail} == detail
    some = get(client, "measures?measures=liaison,degree")
    assert set(some["items"][0]["measures"]) >= {"liaison", "degree"}
    assert "betweenness" not in some["items"][0]["measures"]


def test_an_unknown_measure_is_refused_with_those_there_are(client: TestClient) -> None:
    response = client.get("/api/v1/measures?measures=pagerank")
    assert response.status_code == 400
    assert "betweenness" in response.json()["message"]["en"]


@pytest.mark.parametrize("path", ["brokers", "hubs", f"hubs?like={HUB}"])
def test_a_ranked_item_has_the_promised_members(client: TestClient, path: str) -> None:
    for item in get(client, path)["items"]:
        promised = {"rank", "actor", "score", "reason", "measures", "interval"}
        assert promised <= set(item)
        assert {"id", "name", "kind", "sector", "area"} <= set(item["actor"])
        assert item["reason"]["zh"]
        assert item["reason"]["en"]


def test_the_hub_comes_first(client: TestClient) -> None:
    assert get(client, "hubs")["items"][0]["actor"]["id"] == HUB
    evidence = get(client, f"actors/{HUB}/evidence")
    assert "星巴克" in {a["name"] for a in evidence["enterprises"]}


def test_a_gap_has_the_promised_members(client: TestClient) -> None:
    for gap in get(client, "gaps")["items"]:
        promised = {"id", "rule", "severity", "actors", "reason", "evidence", "step", "status"}
        assert promised <= set(gap)
        assert gap["status"] in ("open", "unknown")
        for row in gap["evidence"]:
            assert {"start", "relation", "end"} <= set(row)


def test_gaps_by_rule_severity_and_actor(client: TestClient) -> None:
    assert {g["rule"] for g in get(client, "gaps?rule=no_space")["items"]} <= {"no_space"}
    assert {g["severity"] for g in get(client, "gaps?severity=high")["items"]} == {"high"}
    assert get(client, "gaps?actor=heshun")["total"] >= 1


@pytest.mark.parametrize("query", ["hzzy", "hezhong", "和众"])
def test_actors_are_searched_by_name_alias_and_pinyin(client: TestClient, query: str) -> None:
    assert get(client, f"actors?q={query}")["items"][0]["id"] == HUB
    hits = client.get("/api/v1/search", params={"q": query}).json()
    assert hits[0]["actor"]["id"] == HUB


def test_actors_by_kind_sector_and_area(client: TestClient) -> None:
    items = get(client, "actors?kind=Community&area=北京市/朝阳区&limit=100")["items"]
    assert "beilangdong" in {a["id"] for a in items}
    assert {a["kind"] for a in items} == {"Community"}
    assert get(client, "actors?sector=enterprise")["total"] > 20


def test_the_network_is_whole_and_consistent(client: TestClient) -> None:
    network = get(client, "network")
    ids = {a["id"] for a in network["actors"]}
    assert len(ids) == len(network["actors"]) == network["total"]
    degree = dict.fromkeys(ids, 0)
    for tie in network["ties"]:
        degree[tie["source"]] += 1
        degree[tie["target"]] += 1
        assert tie["weight"] > 0
    assert degree == {a["id"]: a["degree"] for a in network["actors"]}
    made_by = {v for tie in network["ties"] for v in tie["via"]}
    assert made_by == {a["id"] for a in network["affiliations"]}
    smaller = get(client, "network?area=北京市/朝阳区")
    assert len(smaller["actors"]) < len(ids) == smaller["total"]


def test_the_overview(client: TestClient) -> None:
    overview = get(client, "overview")
    assert overview["hubs"][0]["actor"]["id"] == HUB
    assert {"zh", "en"} == set(overview["sentence"])
    assert len(overview["coverage"]) == 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("actors/nobody", 404), ("actors/nobody/evidence", 404), ("hubs?like=nobody", 404),
        ("nothing/here", 404), ("gaps?rule=x", 400), ("gaps?severity=x", 400),
        ("actors?kind=x", 400), ("actors?sector=x", 400), ("brokers?as_of=x", 400),
        ("brokers?sectors=x", 400), ("network?relations=x", 400), ("export/x", 400),
        ("brokers?limit=0", 422), ("brokers?limit=x", 422), ("search", 422),
        ("imports/nothing", 404),
    ],
)  # fmt: skip
def test_every_error_is_a_problem_in_both_languages(
    client: TestClient, path: str, status: int
) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "instance", "message"} == set(body)
    assert body["status"] == status
    assert body["instance"] == f"/api/v1/{path.split('?')[0]}"
    assert body["message"]["zh"] != body["message"]["en"]


def test_a_wrong_method_is_a_problem_too(client: TestClient) -> None:
    response = client.delete("/api/v1/hubs")
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_a_problem_without_details(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("api.resources.overview.overview", fail)
    response = client.get("/api/v1/overview")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text


def test_exports(client: TestClient) -> None:
    document = json.loads(client.get("/api/v1/export/json").content)
    assert HUB in {a["id"] for a in document["actors"]}
    root = ET.fromstring(client.get("/api/v1/export/graphml").content)  # noqa: S314
    assert root.tag.endswith("graphml")
    with zipfile.ZipFile(io.BytesIO(client.get("/api/v1/export/csv").content)) as archive:
        assert "主体.csv" in archive.namelist()


def test_the_template_is_a_workbook(client: TestClient) -> None:
    response = client.get("/api/v1/imports/template.xlsx?language=en")
    assert response.content.startswith(b"PK")
    assert "attachment" in response.headers["content-disposition"]


def test_openapi_describes_every_path_with_a_summary(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    promised = {
        "overview", "actors", "actors/{actor_id}", "actors/{actor_id}/evidence", "brokers",
        "hubs", "gaps", "network", "imports", "imports/{import_id}", "imports/{import_id}/undo",
        "export/{format_name}", "search", "query", "queries",
    }  # fmt: skip
    assert {f"/api/v1/{p}" for p in promised} | {"/healthz"} <= set(document["paths"])
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert operation["tags"], path


def test_the_examples_of_the_schemas_are_of_their_shape() -> None:
    with_examples = [
        schema
        for schema in vars(schemas).values()
        if isinstance(schema, type)
        and issubclass(schema, schemas.Schema)
        and "json_schema_extra" in schema.__dict__.get("model_config", {})
    ]
    assert {"Actor", "Ranked", "Gap", "ImportReport"} <= {s.__name__ for s in with_examples}
    for schema in with_examples:
        for example in schema.model_config["json_schema_extra"]["examples"]:
            assert schema(**example)


def test_health_is_outside_the_version(client: TestClient) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ready"
    assert health["message"]["zh"]
