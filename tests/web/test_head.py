"""HEAD on a page: what GET answers, without the body."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from web.render import PAGES


@pytest.mark.parametrize("address", [*(page.path for page in PAGES), "/actors/hezhongzeyi"])
def test_a_page_answers_head_as_it_answers_get(client: TestClient, address: str) -> None:
    head, got = client.head(address), client.get(address)
    assert head.status_code == got.status_code == 200
    assert head.content == b"" != got.content
    for name in ("content-type", "content-length", "content-security-policy"):
        assert head.headers[name] == got.headers[name]


def test_a_page_that_is_not_there_has_no_head_either(client: TestClient) -> None:
    assert client.head("/no/such/page").status_code == 404


def test_head_changes_nothing(client: TestClient) -> None:
    assert client.head("/what-if/remove").status_code == 404
    assert client.head("/api/v1/overview").status_code == 405
