"""The guard: whom it lets in, how much, and what it says on every answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from web import security
from web.security import HEADERS, NEVER_FRAMED, Guard, is_loopback, is_same_origin


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def fail(request: Request) -> Response:
    raise RuntimeError("on purpose")


def refuse(scope: Scope, status: int, reason: str) -> Response:
    return PlainTextResponse(reason, status)


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(security, "MAX_BODY_BYTES", 1000)
    app = Starlette(routes=[Route("/echo", echo, methods=["GET", "POST"]), Route("/fail", fail)])
    app.add_middleware(Guard, refuse=refuse)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765"])
def test_loopback_names_are_let_in(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "example.org", "localhost.example.org", "127.0.0.1.example.org:80", "[::1", "10.0.0.1"],
)
def test_other_names_are_not(host: str, guarded: TestClient) -> None:
    assert not is_loopback(host)
    answer = guarded.get("/echo", headers={"host": host})
    assert (answer.status_code, answer.text) == (421, "host")


@pytest.mark.parametrize(
    ("headers", "may_change"),
    [
        ({}, True),
        ({"origin": "http://localhost:1", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "http://localhost:1"}, True),
        ({"origin": "http://localhost:2"}, False),
        ({"origin": "https://example.org"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://localhost:1", "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_who_may_change_something(headers: dict[str, str], may_change: bool) -> None:
    assert is_same_origin(Headers({"host": "localhost:1", **headers})) is may_change


def test_another_site_cannot_post_but_can_link(guarded: TestClient) -> None:
    elsewhere = {"origin": "https://example.org", "sec-fetch-site": "cross-site"}
    assert guarded.post("/echo", headers=elsewhere).status_code == 403
    assert guarded.get("/echo", headers=elsewhere).status_code == 200


def test_a_large_body_is_refused_whether_or_not_it_says_so(guarded: TestClient) -> None:
    def pieces(n: int) -> Iterator[bytes]:
        for _ in range(n):
            yield b"x" * 100

    assert guarded.post("/echo", content=b"x" * 1000).text == "1000"
    assert guarded.post("/echo", content=pieces(10)).text == "1000"
    for content in (b"x" * 1001, pieces(11)):
        answer = guarded.post("/echo", content=content)
        assert (answer.status_code, answer.text) == (413, "size")


@pytest.mark.parametrize(("path", "status"), [("/echo", 200), ("/fail", 500), ("/nowhere", 404)])
def test_every_answer_carries_the_headers(path: str, status: int, guarded: TestClient) -> None:
    answer = guarded.get(path)
    assert answer.status_code == status
    promised = HEADERS | NEVER_FRAMED
    assert {name: answer.headers[name] for name in promised} == promised
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("path", "ancestors"),
    [("/", "'none'"), ("/embedded", "'none'"), ("/embed/x", "'self' https://a.example")],
)
def test_only_what_is_embedded_may_be_framed_and_only_by_sites_named(
    path: str, ancestors: str
) -> None:
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("x")(scope, receive, send)

    guard = Guard(page, lambda *_: PlainTextResponse("no"), ["https://a.example"])
    answer = TestClient(guard, base_url="http://localhost").get(path)
    assert answer.headers["content-security-policy"].endswith(f"frame-ancestors {ancestors}")
    assert ("x-frame-options" in answer.headers) == (ancestors == "'none'")
