"""Tables of lists in a real browser: sorted, copied, taken away, and left alone without scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from web.language import read

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
