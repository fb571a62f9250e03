"""Saved views on the pages, and what others see by a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from web.sharing import closed

HUB = "hezhongzeyi"


@pytest.fixture
def view(client: TestClient) -> Iterator[str]:
    """Save a view of the hub's page; return its id."""
    made = client.post(
        "/api/v1/views", json={"name": "<b>枢纽</b>", "address": f"/actors/{HUB}", "note": "会上用"}
    )
    assert made.status_code == 201
    yield made.json()["id"]
    client.delete(f"/api/v1/views/{made.json()['id']}")


def share(client: TestClient, view_id: str, **hides: object) -> str:
    made = client.post(f"/api/v1/views/{view_id}/shares", json=hides)
    assert made.status_code == 201, made.text
    return str(made.json()["token"])


def test_a_page_is_saved_listed_changed_and_thrown_away(client: TestClient) -> None:
    assert 'name="address" value="/gaps?severity=high"' in client.get("/gaps?severity=high").text
    saved = client.post(
        "/views", data={"address": "/gaps?severity=high", "name": "严重缺口", "note": "每周看"}
    )
    assert saved.url.path == "/views"
    view_id = client.get("/api/v1/views").json()[0]["id"]
    for text in ("严重缺口", "每周看", 'href="/gaps?severity=high"'):
        assert text in saved.text
    changed = client.post(f"/views/{view_id}", data={"name": "最严重的", "note": ""})
    assert "最严重的" in changed.text
    deleted = client.post(f"/views/{view_id}/delete")
    assert f"/views/{view_id}/restore" in deleted.text
    assert "最严重的" in client.post(f"/views/{view_id}/restore").text
    client.post(f"/views/{view_id}/delete")
    assert "最严重的" not in client.get("/views").text


def test_what_cannot_be_saved_is_said_and_not_lost(client: TestClient) -> None:
    refused = client.post("/views", data={"address": "/map", "name": " ", "note": "我的备注"})
    assert refused.status_code == 422
    assert "我的备注" in refused.text
    assert 'value="/map"' in refused.text


def test_a_link_shows_the_page_and_leads_nowhere(client: TestClient, view: str) -> None:
    token = share(client, view, hides_persons=True)
    own = client.get(f"/actors/{HUB}?lang=zh")
    page = client.get(f"/shared/{token}")
    assert page.status_code == 200
    heading = re.search(r"<h1>.*?</h1>", own.text, re.DOTALL)
    assert heading
    assert heading[0] in page.text
    assert "&lt;b&gt;枢纽&lt;/b&gt;" in page.text
    assert not re.search(r'<a [^>]*href="(?!#)', page.text)
    assert not re.search(r'<form[^>]*(action|method="post")', page.text)
    assert "set-cookie" not in page.headers
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "no-store"
    assert 'lang="en"' in client.get(f"/shared/{token}?lang=en").text[:200]
    client.get("/?lang=zh")


def test_a_frame_is_allowed_where_it_is_embedded_only(
    client: TestClient, view: str, sample_app: FastAPI
) -> None:
    token = share(client, view)
    embedded = client.get(f"/embed/{token}")
    assert embedded.status_code == 200
    assert "x-frame-options" not in embedded.headers
    policy = embedded.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert sample_app.state.settings.embed_origins == ()
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]


def test_a_hidden_kind_is_on_no_shared_page(client: TestClient, view: str) -> None:
    community = "北郎东社区"
    assert f">{community}<" in client.get(f"/actors/{HUB}").text
    token = share(client, view, hidden_kinds=["Community"])
    page = client.get(f"/shared/{token}").text
    # Projects that bear its name are of another kind.
    assert f">{community}<" not in page
    assert "beilangdong" not in page
    network = client.get(f"/shared/{token}/api/v1/network").json()
    assert network["actors"]
    assert {a["kind"] for a in network["actors"]}.isdisjoint({"Community"})
    assert community in client.get("/api/v1/network").text


def test_nothing_else_is_behind_a_link(client: TestClient, view: str) -> None:
    token = share(client, view)
    for address in (
        f"/shared/{token}/api/v1/query",
        f"/shared/{token}/api/v1/export/json",
        f"/shared/{token}/actors/beilangdong",
        f"/shared/{'x' * 22}",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/shared/{token}").status_code in {403, 404}
    assert client.delete(f"/api/v1/shares/{token}").status_code == 204
    gone = client.get(f"/shared/{token}?lang=en")
    assert gone.status_code == 404
    assert "taken back" in gone.text
    client.get("/?lang=zh")


def test_a_page_that_changes_things_is_not_shared(client: TestClient) -> None:
    made = client.post("/api/v1/views", json={"name": "导入", "address": "/import"}).json()
    token = share(client, made["id"])
    assert client.get(f"/shared/{token}").status_code == 404
    assert "不能分享" in client.get("/views").text
    client.delete(f"/api/v1/views/{made['id']}")


def test_links_and_forms_are_taken_out_and_the_rest_stays() -> None:
    page = (
        '<!DOCTYPE html><html lang="en"><body><p>a &amp; b &#8212; <a class="x" href="/q">'
        '<b>c</b></a> <a href="#d">d</a></p><form action="/e"><input name="f"></form>'
        '<form id="find"><input id="g"></form><div data-network="/api/v1/network"></div>'
        '<svg><a href="/h"><path/></a></svg>'
        "<script>if (1 < 2) x('<a href=\"/\">');</script></body></html>"
    )
    assert closed(page, "/shared/T") == (
        '<!DOCTYPE html><html lang="en" data-base="/shared/T"><body><p>a &amp; b &#8212; '
        '<span class="x shut"><b>c</b></span> <a href="#d">d</a></p>'
        '<form id="find"><input id="g"></form>'
        '<div data-network="/shared/T/api/v1/network"></div><svg><g class="shut"><path/></g></svg>'
        "<script>if (1 < 2) x('<a href=\"/\">');</script></body></html>"
    )
