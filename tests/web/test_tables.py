"""Tables of lists in a real browser: sorted, copied, taken away, and left alone without scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from web.language import catalogues, read

pytestmark = pytest.mark.browser
TIES = "/actors/hezhongzeyi"
ZH = read("zh")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def column(page: Page, place: int) -> list[str]:
    cells = page.locator(f"table.ties tbody tr > :nth-child({place})")
    return [" ".join(text.split()) for text in cells.all_inner_texts()]


def test_a_header_sorts_both_ways_and_back(page: Page, site: str) -> None:
    page.goto(site + TIES)
    header = page.locator("table.ties th", has=page.locator("button.sort")).nth(1)
    expect(header.locator("button")).to_be_visible()
    before = column(page, 2)
    header.locator("button").focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    up = column(page, 2)
    assert sorted(up) == sorted(before)
    assert up != before
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert column(page, 2) == up[::-1]
    page.keyboard.press("Enter")
    expect(header).not_to_have_attribute("aria-sort", "descending")
    assert column(page, 2) == before


def test_chinese_is_in_the_order_of_pinyin(page: Page, site: str) -> None:
    page.goto(f"{site}/communities")
    page.locator("table.sortable th button").first.click()
    names = page.locator("table.sortable tbody th").all_inner_texts()
    words = [name.strip() for name in names]
    # The browser reads 长 as zhǎng.
    assert words == ["北郎东社区", "和美社区", "和顺社区", "长寿苑社区"]


def test_a_table_is_copied_and_taken_away_as_it_is_shown(page: Page, site: str) -> None:
    page.goto(site + TIES)
    tools = page.locator("table.ties").locator("xpath=../following-sibling::p").first
    tools.get_by_text(ZH["script.table_copy"]).click()
    expect(tools.locator("[role=status]")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")
    n_rows = page.locator("table.ties tbody tr").count()
    assert len(copied) == n_rows + 1
    assert copied[0].split("\t")[1] == ZH["actor.other"]
    with page.expect_download() as got:
        tools.get_by_text(ZH["script.table_download"]).click()
    assert got.value.suggested_filename.endswith(".csv")
    content = got.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert ["\t".join(row) for row in rows] == copied


def test_without_scripts_a_table_is_a_table(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + TIES)
    assert page.locator("table.ties tbody tr").count() > 10
    expect(page.locator("table button, .table-tools")).to_have_count(0)
    context.close()


def copied(page: Page, table: str) -> list[list[str]]:
    tools = page.locator(f"{table} >> xpath=../following-sibling::p").first
    tools.get_by_text(ZH["script.table_copy"]).click()
    expect(tools.locator("[role=status]")).not_to_be_empty()
    text = page.evaluate("navigator.clipboard.readText()")
    return [row.split("\t") for row in text.split("\n")]


def test_rows_are_sorted_within_their_group_and_what_is_unknown_comes_last(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/compare?a=湖北省&b=北京市")
    header = page.locator("table.compared th", has=page.locator("button.sort")).nth(1)
    expect(header.locator("button")).to_be_visible()
    groups = page.locator("table.compared tbody .group").all_inner_texts()
    for order in ("ascending", "descending"):
        header.locator("button").click()
        expect(header).to_have_attribute("aria-sort", order)
        n_unknown = 0
        for body in page.locator("table.compared tbody").all():
            assert "group" in (body.locator("tr").first.get_attribute("class") or "")
            cells = body.locator("tr:not(.group) td:nth-child(2)")
            states = cells.evaluate_all("cs => cs.map((c) => c.classList.contains('undefined'))")
            values = cells.evaluate_all(
                "cs => cs.filter((c) => c.dataset.value !== undefined)"
                ".map((c) => Number(c.dataset.value))"
            )
            assert states == sorted(states)
            assert values == sorted(values, reverse=order == "descending")
            n_unknown += sum(states)
        assert n_unknown
    assert page.locator("table.compared tbody .group").all_inner_texts() == groups


def test_a_matrix_that_the_server_sorts_is_copied_with_its_totals(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("table.matrix thead a").first).to_be_visible()
    rows = copied(page, "table.matrix")
    expect(page.locator("table.matrix button.sort")).to_have_count(0)
    assert [row[0] for row in rows[1:-1]] == [
        " ".join(name.split())
        for name in page.locator("table.matrix tbody tr:visible th").all_inner_texts()
    ]
    assert ZH["overview.strip"] not in rows[0]
    assert {len(row) for row in rows} == {9}
    assert rows[-1][0] == ZH["overview.have_any"]


def test_a_long_table_can_be_filtered_and_only_what_is_shown_is_copied(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/brokers?as=table")
    rows = page.locator("table.ranking tbody tr")
    n_rows = rows.count()
    box = page.get_by_label(ZH["script.table_filter"])
    box.fill("社区 志愿")
    shown = page.locator("table.ranking tbody tr:visible")
    n_shown = shown.count()
    assert 0 < n_shown < n_rows
    assert all("社区" in text and "志愿" in text for text in shown.all_inner_texts())
    expect(page.locator("output")).to_have_text(
        catalogues()["zh"].say("script.table_filtered", n=n_shown, total=n_rows)
    )
    page.locator("table.ranking thead button.sort").first.click()
    assert shown.count() == n_shown
    assert len(copied(page, "table.ranking")) == 1 + n_shown
    box.fill("")
    expect(shown).to_have_count(n_rows)
    expect(page.locator("output")).to_be_empty()
    # The whole is a file of the server.
    expect(page.get_by_role("button", name=ZH["script.table_download"])).to_have_count(0)
    with page.expect_download() as got:
        page.locator("a[download]").click()
    assert len(got.value.path().read_text(encoding="utf-8-sig").splitlines()) == 1 + n_rows
    page.goto(f"{site}/communities")
    expect(page.locator("table.sortable button.sort").first).to_be_visible()
    expect(page.get_by_label(ZH["script.table_filter"])).to_have_count(0)


def test_data_tables_of_the_other_pages_have_the_same_tools(page: Page, site: str) -> None:
    for address in ("/data", "/communities/hemei", "/report"):
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('main details').forEach((d) => (d.open = true))")
        expect(page.locator("table.sortable button.sort").first).to_be_visible()
        n_tables = page.locator("main table").count()
        assert page.locator(".table-tools [role=status]").count() == n_tables
