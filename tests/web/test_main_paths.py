"""The way of each user from what they have to what they need, in both languages.

The partnership officer's is in `test_keyboard.py`, where it is walked without a mouse as well.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.text import LANGUAGES, Language
from web.language import Catalogue, catalogues

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", LANGUAGES)]
AREA = "北京市/测试区/安静街道"
ACTORS = (
    "编号,名称,类型,区域\n"
    f"anjing-so,安静街道,街道办事处,{AREA}\n"
    f"anjing-a,安静里社区,社区,{AREA}/安静里社区\n"
    f"anjing-t,安静里志愿队,志愿队,{AREA}/安静里社区\n"
)
TIES = "起点,关系,终点\nanjing-so,管辖,anjing-a\nanjing-t,服务,anjing-a\n"


@pytest.fixture
def page(browser: Browser, site: str, language: Language) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "lang", "value": language, "url": site}])
    yield context.new_page()
    context.close()


@pytest.fixture
def said(language: Language) -> Catalogue:
    return catalogues()[language]


def test_the_clerk_from_a_workbook_to_a_printed_page(
    page: Page, site: str, said: Catalogue
) -> None:
    page.goto(f"{site}/import")
    page.set_input_files(
        "#files",
        [
            {"name": "主体.csv", "mimeType": "text/csv", "buffer": ACTORS.encode()},
            {"name": "关系.csv", "mimeType": "text/csv", "buffer": TIES.encode()},
        ],
    )
    page.click("#upload button")
    page.click("main form button.primary")
    undo = page.get_by_role("button", name=str(said.say("done.undo")))
    expect(undo).to_be_visible(timeout=60_000)
    done = page.url
    try:
        page.goto(f"{site}/?area={AREA}")
        expect(page.locator("h1")).to_contain_text("安静街道", timeout=60_000)
        matrix = page.locator("table.matrix")
        expect(matrix).to_contain_text("安静里社区")
        page.goto(f"{site}/gaps?area={AREA}&rule=no_platform")
        gap = page.locator("article.gap", has_text="安静里社区")
        expect(gap).to_have_count(1, timeout=60_000)
        expect(gap.locator(".step")).to_be_visible()
        page.goto(f"{site}/report?area={AREA}")
        expect(page.locator("main")).to_contain_text("安静里社区", timeout=60_000)
        page.emulate_media(media="print")
        expect(page.locator("nav.pages")).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        assert page.pdf().startswith(b"%PDF")
        page.emulate_media(media="screen")
        with page.expect_download() as got:
            page.locator("a[href*='.docx'], a[href*='docx']").first.click()
        assert got.value.path().read_bytes().startswith(b"PK")
    finally:
        page.goto(done)
        page.get_by_role("button", name=str(said.say("done.undo"))).click()
    page.goto(f"{site}/search?q=安静里")
    expect(page.locator("ul.hits a", has_text="安静里")).to_have_count(0)


def test_the_analyst_from_the_map_to_a_table_of_numbers(
    page: Page, site: str, said: Catalogue
) -> None:
    page.goto(f"{site}/map")
    page.wait_for_selector("#map[data-ready]", timeout=60_000)
    for box in page.locator("#facet-sector input").all():
        if box.get_attribute("value") != "social_organisation":
            box.uncheck()
    expect(page).to_have_url(f"{site}/map?sector=social_organisation")
    rows = page.locator("#actors tbody tr")
    n_rows = rows.count()
    assert 0 < n_rows < 100
    head = page.locator("#actors th", has_text=str(said.say("measure.degree"))).last
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    with page.expect_download() as got:
        page.locator("#download-table").click()
    listed = list(csv.reader(io.StringIO(got.value.path().read_text(encoding="utf-8-sig"))))
    assert len(listed) == n_rows + 1
    assert str(said.say("measure.degree")) in listed[0]
    with page.expect_download() as picture:
        page.locator("#save-svg").click()
    assert str(said.say("script.map_title")) in picture.value.path().read_text(encoding="utf-8")


def test_what_was_seen_is_saved_shared_and_shown_to_others(
    page: Page, site: str, said: Catalogue
) -> None:
    page.goto(f"{site}/map?sector=enterprise")
    page.wait_for_selector("#map[data-ready]", timeout=60_000)
    page.locator("#facet-sector input[value=community]").check()
    expect(page).to_have_url(re.compile("community"))
    page.locator(".save-view summary").click()
    page.fill("#save-name", "周一的图")
    page.locator(".save-view form button").click()
    saved = page.locator("section.saved-view", has_text="周一的图")
    expect(saved.locator("h2 a")).to_have_attribute("href", re.compile("community"))
    saved.get_by_text(str(said.say("views.share"))).click()
    saved.get_by_role("button", name=str(said.say("views.make_link"))).click()
    link = saved.locator(".shares a").first
    address = link.get_attribute("href")
    page.goto(f"{site}{address}")
    page.wait_for_selector("#map[data-ready]", timeout=60_000)
    expect(page.locator("header.shared")).to_contain_text("周一的图")
    expect(page.locator("nav.pages")).to_have_count(0)
    expect(page.locator("#facet-sector input[value=community]")).to_be_checked()
    expect(page.locator("#facet-sector input[value=government]")).not_to_be_checked()
    page.goto(f"{site}/views")
    saved.get_by_text(str(said.say("views.change"))).click()
    saved.get_by_role("button", name=str(said.say("views.delete"))).click()
    expect(page.locator("form.undo")).to_contain_text("周一的图")
    assert page.goto(f"{site}{address}").status == 404  # type: ignore[union-attr]
