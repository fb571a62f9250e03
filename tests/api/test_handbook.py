"""The handbook of the API is what the application says, and leaves no path out."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from graph.settings import Settings
from graph.store.database import Database
from tests.api.handbook import PATH, Operation, application, markdown, operations

PROMISED = (
    "overview", "coverage", "compare", "completeness", "sources", "actors", "actors/{actor_id}",
    "actors/{actor_id}/evidence", "actors/{actor_id}/platform-card", "search", "brokers", "hubs",
    "gaps", "gaps/rules", "gaps/{gap_id}", "communities", "communities/{community_id}/diagnosis",
    "diagnosis", "partners", "paths", "matching", "network", "measures", "imports",
    "export/{format_name}", "queries", "scenarios", "scenarios/{scenario_id}",
    "scenarios/{scenario_id}/diff", "shortlists", "views", "brief", "jobs/{job_id}",
)  # fmt: skip
ANEW = "write it anew with: python -m tests.api.handbook"


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    return TestClient(application(sample, settings_of_session))


@pytest.fixture(scope="module")
def every(client: TestClient) -> list[Operation]:
    return operations(client.get("/api/v1/openapi.json").json())


def sections() -> dict[str, str]:
    """Return what the page says of each operation, by its title."""
    parts = re.split(r"^### `(.+)`$", PATH.read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_is_what_the_application_says(
    sample: Database, settings_of_session: Settings
) -> None:
    now = markdown(application(sample, settings_of_session))
    assert PATH.read_text(encoding="utf-8") == now, ANEW


def test_every_path_is_on_the_page(every: list[Operation]) -> None:
    assert set(sections()) == {o.title for o in every}, ANEW


def test_every_parameter_says_what_it_means(every: list[Operation]) -> None:
    for operation in every:
        for parameter in operation.parameters:
            assert parameter.get("description"), (operation.title, parameter["name"])


@pytest.mark.parametrize("path", PROMISED)
def test_what_is_promised_is_shown_with_a_request_and_its_answer(path: str) -> None:
    said = sections()[f"GET /api/v1/{path}"]
    assert re.search(r"```sh\ncurl .+\n```\n\nAnswers 200", said)


def test_every_body_has_an_example_that_is_taken(every: list[Operation]) -> None:
    for operation in every:
        if "requestBody" in operation.says:
            said = sections()[operation.title]
            assert re.search(r"curl .+ (-d|-F) .+\n```\n\nAnswers 20[0-4]", said), operation.title


def test_every_line_of_the_contents_leads_to_its_place() -> None:
    page = PATH.read_text(encoding="utf-8")
    links = re.findall(r"^\| \[`(.+?)`\]\(#(.+?)\) \|", page, flags=re.M)
    assert [title for title, _ in links] == list(sections())
    assert len({anchor for _, anchor in links}) == len(links)


def test_nothing_on_the_page_is_of_one_run_only() -> None:
    page = PATH.read_text(encoding="utf-8")
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d", page)
    assert "SCENARIO" in page


def test_every_value_to_try_is_taken(client: TestClient, every: list[Operation]) -> None:
    in_pairs = {"GET /api/v1/compare"}
    made = {"job_id", "scenario_id", "shortlist_id", "view_id", "import_id"}
    for operation in every:
        places = {p["name"]: p for p in operation.parameters}
        if operation.method != "get" or operation.title in in_pairs or made & places.keys():
            continue
        needed = {n: p["schema"]["examples"][0] for n, p in places.items() if p["required"]}
        path = operation.path.format(**needed)
        query = {n: value for n, value in needed.items() if places[n]["in"] == "query"}
        for name, parameter in places.items():
            for value in parameter["schema"].get("examples", []):
                if parameter["in"] == "query":
                    answer = client.get(path, params={**query, name: value})
                    assert answer.is_success, (operation.title, name, value, answer.text)
