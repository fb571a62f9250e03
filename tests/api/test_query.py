"""``POST query`` and ``GET queries`` over the sample data in a real Neo4j."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.resources import query as resource
from api.state import ServerState
from graph.explorer import Explorer
from graph.query.errors import QueryRefused
from graph.redacted import RedactedExplorer
from graph.settings import Settings
from graph.sharing.redaction import Redaction
from graph.store.database import Database


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    # Without its lifespan the application neither opens nor closes a database.
    return TestClient(app, raise_server_exceptions=False)


def ask(client: TestClient, cypher: str, **more: Any) -> Any:
    return client.post("/api/v1/query", json={"cypher": cypher, **more})


def test_a_query_answers_what_is_promised(client: TestClient) -> None:
    response = ask(
        client,
        "MATCH (n:Stakeholder) WHERE n.id = $id RETURN n.name AS name, n.since AS since, n AS node",
        parameters={"id": "hezhongzeyi"},
        limit=5,
        timeout_s=10,
    )
    assert response.status_code == 200, response.text
    answer = response.json()
    assert set(answer) == {"columns", "rows", "truncated", "elapsed_ms"}
    assert answer["columns"] == ["name", "since", "node"]
    assert answer["rows"][0][0] == "北京和众泽益公益发展中心"
    assert "Stakeholder" in answer["rows"][0][2]["labels"]
    assert answer["truncated"] is False


def test_a_limit_truncates(client: TestClient) -> None:
    answer = ask(client, "MATCH (n:Stakeholder) RETURN n.id AS id ORDER BY id", limit=3).json()
    assert len(answer["rows"]) == 3
    assert answer["truncated"] is True


def test_numbers_that_json_does_not_have_are_null(client: TestClient) -> None:
    response = ask(client, "RETURN 0.0 / 0.0 AS a, [1.0 / 0.0, {b: -1.0 / 0.0}] AS c, 0.5 AS d")
    assert response.json()["rows"] == [[None, [None, {"b": None}], 0.5]]


@pytest.mark.parametrize(
    ("status", "cypher", "more"),
    [
        (400, "RETRN 1", {}),
        (400, "RETURN $missing AS x", {}),
        (400, "RETURN $a AS x", {"parameters": {"a": 2**70}}),
        (403, "CREATE (n)", {}),
        (403, "SHOW SETTINGS", {}),
        (403, "CALL dbms.listConfig()", {}),
        (403, "RETURN [i IN [1] | COLLECT { LOAD CSV FROM 'http://x' AS l RETURN l }] AS x", {}),
        (403, "RETURN " + "(" * 50 + "1" + ")" * 50 + " AS x", {}),
        (413, "RETURN reduce(x = [], i IN range(1, 100) | [x]) AS x", {}),
        (422, "", {}),
        (422, "x" * 20_001, {}),
        (422, "RETURN 1 AS x", {"limit": 0}),
        (422, "RETURN 1 AS x", {"timeout_s": 61}),
        (422, "RETURN 1 AS x", {"database": "system"}),
        (
            504,
            "UNWIND range(1, 100000000) AS i UNWIND range(1, 1000) AS j RETURN count(*) AS n",
            {"timeout_s": 0.5},
        ),
    ],
)
def test_a_refusal_is_a_problem(
    status: int, cypher: str, more: dict[str, Any], client: TestClient
) -> None:
    response = ask(client, cypher, **more)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["message"]["zh"]
    assert problem["message"]["en"] == problem["detail"]


def test_whoever_is_not_to_see_all_runs_no_query(sample: Database) -> None:
    redacted = RedactedExplorer(Explorer(sample), Redaction(hides_persons=True))
    with pytest.raises(QueryRefused):
        resource.run(redacted, "RETURN 1 AS x", {}, limit=1, timeout_s=1)
    assert resource.run(Explorer(sample), "RETURN 1 AS x", {}, limit=1, timeout_s=1).rows == [[1]]


def test_the_library_lists_queries_that_run_as_they_are(client: TestClient) -> None:
    listed = client.get("/api/v1/queries").json()
    assert len(listed) >= 8
    for found in listed:
        assert set(found) == {"name", "title", "doc", "cypher", "parameters"}
        assert found["title"]["zh"]
        assert found["title"]["en"]
        defaults = {p["name"]: p["default"] for p in found["parameters"]}
        response = ask(client, found["cypher"], parameters=defaults)
        assert response.status_code == 200, response.text
        assert response.json()["rows"], found["name"]


def test_the_document_shows_an_example(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/query"]["post"]
    assert described["tags"] == ["query"]
    example = described["requestBody"]["content"]["application/json"]["examples"]["partners"]
    response = client.post("/api/v1/query", json=example["value"])
    assert response.status_code == 200, response.text
    assert {"403", "413", "504"} <= set(described["responses"])
