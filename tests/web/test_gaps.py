"""The page of gaps and its forms, without scripts."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from web.language import read


def open_gaps(client: TestClient) -> list[dict[str, object]]:
    answer = client.get("/api/v1/gaps?status=open&order=rule&limit=1000").json()
    return list(answer["items"])


@pytest.mark.parametrize("by", ["rule", "area"])
def test_every_open_gap_is_on_one_of_the_pages(client: TestClient, by: str) -> None:
    found = {str(g["id"]) for g in open_gaps(client)}
    for offset in range(0, len(found) + 50, 50):
        text = client.get(f"/gaps?by={by}&offset={offset}").text.partition('id="unknown"')[0]
        found -= {gap for gap in found if f'id="gap-{gap}"' in text}
    assert not found


def test_the_toggle_keeps_the_filters(client: TestClient) -> None:
    text = client.get("/gaps?severity=high&lang=en").text
    assert 'href="/gaps?severity=high&amp;by=area"' in text
    assert "<h2>北京市" in client.get("/gaps?by=area").text


def test_a_rule_says_how_much_it_looked_at(client: TestClient) -> None:
    answer = client.get("/api/v1/gaps?rule=no_fund&limit=1").json()
    tally = next(t for t in answer["summary"]["rules"] if t["rule"] == "no_fund")
    text = client.get("/gaps?rule=no_fund&lang=en").text
    assert f"{tally['n_subjects']} looked at, {tally['n_lacking']} lacking" in text


def test_an_area_is_chosen_and_one_that_is_not_there_is_said(client: TestClient) -> None:
    text = client.get(f"/gaps?area={quote('北京市/朝阳区')}&lang=en").text
    assert "In 北京市/朝阳区." in text
    assert client.get("/gaps?area=nowhere").status_code == 400


def test_a_gap_is_marked_by_a_form_and_shown_apart(client: TestClient) -> None:
    gap = str(open_gaps(client)[0]["id"])
    here = "http://testserver/gaps?severity=high"
    form = {"gap": gap, "status": "done", "note": "已开放<b>", "date": "2026-05-01"}
    answer = client.post("/gaps/mark", data=form, headers={"referer": here}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/gaps?severity=high#gap-")
    text = client.get("/gaps?lang=zh").text
    before, _, after = text.partition('id="marked"')
    assert f'id="gap-{gap}"' not in before
    assert f'<article class="gap done" id="gap-{gap}"' in after
    assert "标为已办（2026-05-01），但仍然查得到。" in after
    assert "已开放&lt;b&gt;" in after
    undone = client.post("/gaps/mark", data={"gap": gap}, follow_redirects=False)
    assert undone.headers["location"].startswith("/gaps#gap-")
    assert 'id="marked"' not in client.get("/gaps").text


def test_a_wrong_mark_is_a_page_with_a_sentence(client: TestClient) -> None:
    answer = client.post("/gaps/mark", data={"gap": "no_space:nobody", "status": "done"})
    assert answer.status_code == 404
    assert "no_space:nobody" in answer.text
    gap = str(open_gaps(client)[0]["id"])
    wrong = client.post("/gaps/mark", data={"gap": gap, "status": "done", "date": "x"})
    assert wrong.status_code == 400


def test_what_was_not_entered_is_on_the_page(client: TestClient) -> None:
    client.cookies.set("lang", "zh")
    unknown = client.get("/gaps").text.partition('id="unknown"')[2]
    assert read("zh")["gaps.missing"] in unknown
    client.cookies.clear()


def test_a_gap_stands_alone_with_all_its_rows(client: TestClient) -> None:
    gap = max(open_gaps(client), key=lambda g: len(g["evidence"]))  # type: ignore[arg-type]
    address = f"/gaps/{quote(str(gap['id']))}"
    assert client.get(f"/api/v1{address}").json()["gap"] == gap
    alone = client.get(f"{address}?lang=en").text
    assert alone.count("<tbody><tr>") == 1
    rows = alone.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
    assert rows == len(gap["evidence"])  # type: ignore[arg-type]
    listed = client.get(f"/gaps?lang=en&rule={gap['rule']}").text
    assert f'href="{address}"' in listed
    here = {"referer": f"http://testserver{address}"}
    answer = client.post(
        "/gaps/mark", data={"gap": gap["id"]}, headers=here, follow_redirects=False
    )
    assert answer.status_code == 404
    missing = client.get("/gaps/no_space:nobody?lang=en")
    assert missing.status_code == 404
    assert "no gap with the id" in missing.text
    client.cookies.clear()
