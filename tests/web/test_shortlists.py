"""Shortlists on the pages, without scripts: from the finder to the sheet, in both languages."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from graph.text import LANGUAGES, Language
from web.language import read

FINDER = "/partners?for=beilangdong"


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def added(client: TestClient, actor: str, **given: str) -> str:
    """Put a candidate on a list as the page's form does, and return the list's address."""
    form = {"for": "beilangdong", "actor": actor, **given}
    answer = client.post("/shortlists/add", data=form)
    assert answer.status_code == 200
    return str(answer.url.path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_finder_to_the_sheet(client: TestClient, language: Language) -> None:
    said = read(language)
    client.cookies.set("lang", language)
    page = client.get(FINDER).text
    candidates = re.findall(r'<button form="collect" name="actor" value="([^"]+)"', page)
    assert len(candidates) > 3
    address = added(client, candidates[0])
    back = client.post(
        "/shortlists/add",
        data={
            "for": "beilangdong",
            "actor": candidates[1],
            "shortlist": address.rpartition("/")[2],
            "back": FINDER,
        },
    )
    assert str(back.url).endswith(f"{FINDER}#of-{candidates[1]}")
    assert back.text.count(f'href="{address}"') == 2
    shown = client.get(address).text
    first, second = re.findall(r'<li value="\d" id="entry-(\w+)"', shown)
    assert said["shortlists.up"] in text_of(shown)
    client.post(f"{address}/{second}/move", data={"place": "1"})
    client.post(f"{address}/{first}/note", data={"note": "周五见面"})
    shown = client.get(address).text
    assert re.findall(r'<li value="\d" id="entry-(\w+)"', shown) == [second, first]
    removed = client.post(f"{address}/{second}/remove")
    assert said["shortlists.undo"] in text_of(removed.text)
    assert f'id="entry-{second}"' not in removed.text
    restored = client.post(f"{address}/{second}/restore").text
    assert re.findall(r'<li value="\d" id="entry-(\w+)"', restored) == [second, first]
    sheet = text_of(client.get(f"{address}/sheet").text)
    assert "周五见面" in sheet
    assert said["shortlists.result"] in sheet
    for slug, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("docx", b"PK")):
        assert client.get(f"{address}/sheet.{slug}").content.startswith(start)
    assert client.post(f"{address}/delete").url.path == "/shortlists"
    assert client.get(address).status_code == 404


def test_a_way_back_leads_nowhere_else(client: TestClient) -> None:
    for back in (
        "https://example.org/partners",
        "//example.org/partners",
        "/import",
        "/partners\n",
    ):
        answer = client.post(
            "/shortlists/add",
            data={"for": "beilangdong", "actor": "xingbake", "back": back},
            follow_redirects=False,
        )
        assert answer.headers["location"].startswith(("/shortlists/", "/partners#")), back


def test_what_cannot_be_is_refused_with_a_sentence(client: TestClient) -> None:
    client.cookies.set("lang", "zh")
    refused = client.post("/shortlists", data={"name": ""})
    assert refused.status_code == 422
    assert "请给名单起个名称" in refused.text
    address = str(client.post("/shortlists", data={"name": "<b>甲</b>"}).url.path)
    assert "<b>甲" not in client.get(address).text
    secret = client.post(f"{address}/name", data={"name": "甲", "note": "13812345678"})
    assert secret.status_code == 422
    nobody = {"for": "beilangdong", "actor": "nobody"}
    assert client.post("/shortlists/add", data=nobody).status_code == 404
    assert client.get("/shortlists/none/sheet").status_code == 404
    assert client.get(f"{address}/sheet.pdf").status_code == 400


def test_the_paths_page_puts_its_end_on_a_list(client: TestClient) -> None:
    page = client.get("/paths?from=beilangdong&to=xingbake").text
    assert '<input type="hidden" name="actor" value="xingbake">' in page
