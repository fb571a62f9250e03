"""The pages of scenarios, as a browser without scripts uses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.text import LANGUAGES, Language
from tests.web.test_pages import Page, heading


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def post(client: TestClient, address: str, **fields: Any) -> str:
    """Send a form, follow to the page it leads to, and return that page's address."""
    answer = client.post(address, data=fields)
    assert answer.status_code == 200, answer.text
    return answer.url.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_button_asks_what_if_it_were_gone(client: TestClient, language: Language) -> None:
    client.cookies.set("lang", language)
    actor = client.get("/actors/hezhongzeyi").text
    assert 'action="/what-if/remove"' in actor
    assert 'name="actor" value="hezhongzeyi"' in actor
    address = post(client, "/what-if/remove", actor="hezhongzeyi")
    html = client.get(address).text
    page = Page(html)
    assert len(set(page.ids)) == len(page.ids)
    assert not re.search(r"\bNone\b|Undefined|nan\b", text_of(html))
    if language == "en":
        assert "9 enterprises lose their only short way to 3 communities" in heading(html)
        assert not re.search(r"[\u4e00-\u9fff]", heading(html))
    else:
        assert "9 家企业失去通往 3 个社区的唯一捷径" in heading(html)
    for link in page.links:
        if link.startswith("/api/v1/scenarios/"):
            assert client.get(link).status_code == 200


def test_changes_are_added_taken_back_and_named(client: TestClient) -> None:
    client.cookies.set("lang", "zh")
    address = post(client, "/what-if", name="会议用")
    assert "还没有任何改动" in heading(client.get(address).text)
    post(client, f"{address}/changes", do="add_tie", start="和众泽益", relation="PARTNERS_WITH",
         end="changshouyuan", strength="3")  # fmt: skip
    post(client, f"{address}/changes", do="add_actor", name="新队", kind="VolunteerTeam", area="")
    post(client, f"{address}/changes", do="end_actor", actor="heshun", until="2027-06-30")
    html = client.get(address).text
    assert "3 处改动" in text_of(html)
    assert "2027年7月1日" in text_of(html)
    post(client, f"{address}/take-back/3")
    assert "2 处改动" in text_of(client.get(address).text)
    post(client, f"{address}/name", name="给街道看", note="周五")
    html = client.get(address).text
    assert "给街道看" in html
    assert "周五" in html
    listed = client.get("/what-if").text
    assert "给街道看" in listed
    assert post(client, f"{address}/delete") == "/what-if"
    assert client.get(address).status_code == 404


def test_the_tie_that_a_gap_suggests_is_one_click(client: TestClient) -> None:
    fields = {"from": "hezhongzeyi", "relation": "SUPPORTS", "to": "heshun"}
    for address, data in (
        ("/what-if/add-tie", fields),
        ("/what-if/add-tie?from=hezhongzeyi&relation=SUPPORTS&to=heshun", {}),
    ):
        answer = client.post(address, data=data)
        assert answer.status_code == 200
        assert answer.url.path.startswith("/what-if/")
        assert "新增关系" in answer.text


@pytest.mark.parametrize(
    ("address", "fields", "said"),
    [
        ("/what-if/remove", {"actor": "nobody"}, "nobody"),
        ("/what-if", {"actor": "nobody"}, "nobody"),
        ("/what-if/add-tie", {}, "哪个主体"),
    ],
)
def test_what_cannot_be_tried_is_said_on_the_page(
    client: TestClient, address: str, fields: dict[str, str], said: str
) -> None:
    client.cookies.set("lang", "zh")
    answer = client.post(address, data=fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text


def test_a_change_that_cannot_be_is_said_on_the_scenarios_page(client: TestClient) -> None:
    client.cookies.set("lang", "en")
    address = post(client, "/what-if", name="x")
    answer = client.post(f"{address}/changes", data={"do": "remove_actor", "actor": "nobody"})
    assert answer.status_code == 422
    assert "No actor has the id" in answer.text
    assert client.post("/what-if/none/changes", data={"do": "x"}).status_code == 404
    assert client.get("/what-if/none").status_code == 404


def test_another_site_cannot_make_scenarios(client: TestClient) -> None:
    answer = client.post(
        "/what-if/remove", data={"actor": "heshun"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


def test_without_scenarios_the_page_says_what_to_do(empty_client: TestClient) -> None:
    empty_client.cookies.set("lang", "en")
    html = empty_client.get("/what-if").text
    assert heading(html) == "No scenario yet: pick an actor and see what happens without it"
    assert 'action="/what-if"' in html
