"""The pages of areas, data and comparison, without scripts, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import answers
from graph.text import LANGUAGES, Language
from tests.web.test_pages import Page
from web.language import read
from web.paired_bars import Pair, paired_bars

CHENGDU, CHAOYANG = "四川省/成都市", "北京市/朝阳区"
ADDRESSES = (
    f"/?area={quote(CHAOYANG)}",
    f"/?area={quote(CHENGDU)}&cell=hemei:volunteer&sort=-volunteer",
    "/?lacking=social_worker&offset=2",
    f"/?area={quote('上海市')}",
    "/?cell=heshun:fund",
    "/data",
    f"/data?area={quote(CHENGDU)}",
    "/data/missing/tie_date",
    "/data/missing/need_period?offset=50",
    f"/data/missing/area_population?area={quote(CHAOYANG)}",
    "/data/missing/tie_source",
    f"/data/sources?source={quote('王忠平文（四）3')}",
    "/data/sources",
    "/compare",
    f"/compare?a={quote(CHENGDU)}",
    f"/compare?a={quote(CHENGDU)}&b={quote(CHAOYANG)}",
    f"/compare?a=&b={quote('上海市')}",
    "/compare?from=2012-01-01&to=2022-07-01",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole(client: TestClient, address: str, language: Language) -> None:
    client.cookies.set("lang", language)
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    page = Page(answer.text)
    assert len(set(page.ids)) == len(page.ids)
    words = re.sub(r"<[^>]*>", " ", answer.text.partition("<main")[2].partition("</main>")[0])
    assert not re.search(r"\bNone\b", words)
    client.cookies.clear()


@pytest.fixture
def second_import(sample_app: FastAPI) -> Iterator[str]:
    """Import some more and take it back afterwards; yields the id of the import."""
    explorer = sample_app.state.server.explorer
    tables = [
        (
            "主体.csv",
            f"名称,类型,区域\n新来的<b>公司,企业,{CHENGDU}\n空白社区,社区,{CHENGDU}/空白社区\n",
        ),
        ("关系.csv", "起点,关系,终点\n新来的<b>公司,支持,和美社区\n"),
    ]
    report = answers.apply_import(explorer, [(n, text.encode()) for n, text in tables])
    assert report.accepted, report.problems
    assert report.id is not None
    yield report.id
    answers.undo_import(explorer, report.id)


def test_the_last_import_is_told_where_it_matters(client: TestClient, second_import: str) -> None:
    here = client.get(f"/?area={quote(CHENGDU)}&lang=zh").text
    assert "新来的&lt;b&gt;公司" in here
    assert f'href="/data/imports/{second_import}?area={quote(CHENGDU)}"' in here
    there = client.get(f"/?area={quote(CHAOYANG)}").text
    assert "新来的" not in there
    assert "没有改动这里的资料" in there
    for address in (f"/data/imports/{second_import}", "/data"):
        assert f'action="/import/undo/{second_import}"' in client.get(address).text
    page = client.get(f"/data/imports/{second_import}?lang=en").text
    Page(page)
    assert "2 new actors and projects; 1 new tie" in page
    gaps = page[page.index('id="gaps"') : page.index('id="actors"')]
    assert "Gaps are compared over all data" in gaps
    assert "空白社区" in gaps[gaps.index("Unknown, for lack of data") :]
    asked = f'href="/data/imports/{second_import}?gaps=1&area={quote(CHENGDU)}#gaps"'
    assert asked in here.replace("&amp;", "&")
    # Known by now, from the page that asked for it.
    here = client.get(f"/?area={quote(CHENGDU)}&lang=zh").text
    assert "的导入之后" in here or "没有新增缺口" in here
    client.cookies.clear()


@pytest.mark.usefixtures("second_import")
def test_nothing_entered_is_dotted_and_listed(client: TestClient) -> None:
    here = client.get(f"/?area={quote(CHENGDU)}").text
    matrix = here.partition('id="coverage"')[2]
    row = matrix.partition("空白社区</span>")[2].partition("</tr>")[0]
    assert row.count('<td class="n unknown') == 8
    missing = client.get("/data/missing/community_ties").text
    assert "空白社区" in missing
    assert "和美社区" not in missing
    alone = client.get(f"/?area={quote(CHENGDU + '/空白社区')}&lang=zh").text
    assert "不等于没有" in alone.partition("</h1>")[0]
    compared = client.get(
        f"/compare?a={quote(CHENGDU)}&b={quote(CHENGDU + '/空白社区')}&lang=zh"
    ).text
    assert "未录入" in compared
    client.cookies.clear()


def test_the_area_is_kept_on_the_way(client: TestClient) -> None:
    here = client.get(f"/?area={quote(CHENGDU)}").text
    links = Page(here).links
    for path in ("/gaps", "/map", "/report", "/data"):
        assert any(link.startswith(f"{path}?area={quote(CHENGDU)}") for link in links), path
    for link in links:
        # A gap's own page needs no area.
        if link.startswith(("/gaps", "/map?")) and not link.startswith("/gaps/"):
            assert "area=" in link or link in ("/gaps", "/map"), link
    assert f"/?area={quote(CHENGDU + '/和美社区')}" in links
    assert f"/?area={quote('四川省')}" in links


def test_a_number_opens_who_is_behind_it(client: TestClient) -> None:
    here = client.get(f"/?area={quote(CHENGDU)}").text
    link = next(x for x in Page(here).links if "cell=hemei%3Avolunteer" in x)
    opened = client.get(link.replace("&amp;", "&").partition("#")[0]).text
    assert 'href="/actors/hemei-zhiyuanzhe"' in opened.partition('id="cell"')[2]
    assert client.get("/?cell=hezhongzeyi:volunteer").status_code == 404
    assert client.get("/?cell=hemei:weather").status_code == 400


def test_the_matrix_is_picked_sorted_and_said(client: TestClient) -> None:
    lacking = client.get("/?lacking=fund&lang=en").text
    assert "Of 4 communities with data, 3 have none under “Funds”." in lacking
    body = lacking.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.count("<tr") == 3
    ordered = client.get("/?sort=-volunteer").text
    assert 'aria-sort="descending"' in ordered
    none = client.get("/?lacking=volunteer&lang=zh").text
    assert "没有发现缺社区志愿者的社区" in none
    assert client.get("/?lacking=weather").status_code == 400
    assert client.get("/?sort=weather").status_code == 400
    client.cookies.clear()


def test_what_cannot_be_compared_is_said_above_the_forms(client: TestClient) -> None:
    answer = client.get(f"/compare?a={quote(CHENGDU)}&b={quote(CHENGDU)}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'name="from"' in answer.text
    for wrong in ("/?area=nowhere", "/data?area=nowhere", "/data/imports/nothing"):
        assert client.get(wrong).status_code in (400, 404)


def test_without_data_the_pages_lead_to_the_import(empty_client: TestClient) -> None:
    for address in ("/data", "/compare"):
        text = empty_client.get(address).text
        assert read("zh")["empty.finding"] in text
        assert '<a class="button primary" href="/import">' in text


def test_the_picture_tells_nothing_entered_from_nothing_there() -> None:
    drawn = paired_bars([Pair("一", 0.0, None, "0%", "未录入")], ("甲", "乙"), "甲乙")
    assert drawn.count("<line") == 1
    assert drawn.count('width="0.00%"') == 1
    assert '<text class="undefined"' in drawn
    assert 'aria-label="甲乙"' in drawn
    assert paired_bars([], ("甲", "乙"), "") == ""
