"""The main tasks by keyboard alone, with the focus in sight at every step."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from web.language import read

pytestmark = pytest.mark.browser
ZH = read("zh")
MAX_TABS = 250
N_TRIES = 3


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def is_focus_seen(page: Page) -> bool:
    """Return whether what has the focus is on the screen, uncovered, and marked by an outline."""
    seen: bool = page.evaluate(
        """() => {
          const element = document.activeElement;
          if (!element || element === document.body) return false;
          const marked = [element, element.nextElementSibling].some((one) => {
            const style = one && getComputedStyle(one);
            return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          });
          const { x, y, width, height } = element.getBoundingClientRect();
          if (!marked || width === 0) return false;
          if (width <= 1) return true; // Read out only; its label carries the mark.
          const at = document.elementFromPoint(x + Math.min(width / 2, 8), y + height / 2);
          return at !== null && (element.contains(at) || at.contains(element));
        }"""
    )
    return seen


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; every stop on the way can be seen."""
    expect(target).to_be_attached(timeout=60_000)
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        has_focus: bool = target.evaluate("(element) => element === document.activeElement")
        if not page.evaluate("document.activeElement === document.body"):
            assert is_focus_seen(page), page.evaluate("document.activeElement.outerHTML")
        if has_focus:
            return
    pytest.fail(f"{target} is not reached by Tab")


def past_the_navigation(page: Page) -> None:
    """Use the link that skips to the text."""
    skip = page.locator("a.skip")
    for _ in range(N_TRIES):
        page.wait_for_load_state("load")
        page.keyboard.press("Tab")
        if skip.evaluate("(element) => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
        # A page that has only just come takes no key yet.
        page.wait_for_timeout(200)
    pytest.fail("the first stop is not the link to the text")


def test_from_the_overview_to_a_marked_gap(page: Page, site: str) -> None:
    page.goto(site)
    tab_to(page, page.locator('nav.pages a[href="/gaps"]'))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/gaps")
    past_the_navigation(page)
    decide = page.locator("details.decide summary").first
    tab_to(page, decide)
    page.keyboard.press("Enter")
    form = decide.locator("xpath=..").locator("form").first
    tab_to(page, form.locator('input[name="note"]'))
    page.keyboard.type("按键标记")
    tab_to(page, form.locator('button[name="gap"]'))
    page.keyboard.press("Enter")
    expect(page.locator("p.marked").first).to_contain_text("按键标记")


def test_from_the_finder_to_a_shortlist(page: Page, site: str) -> None:
    page.goto(f"{site}/partners")
    past_the_navigation(page)
    tab_to(page, page.locator("#for"))
    page.keyboard.type("beilangdong")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("for=beilangdong"))
    past_the_navigation(page)
    tab_to(page, page.locator('button[form="collect"]').first)
    page.keyboard.press("Enter")
    on = page.locator(".collected a").first
    expect(on).to_be_visible()
    page.reload()
    past_the_navigation(page)
    tab_to(page, on)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/shortlists/"))
    past_the_navigation(page)
    tab_to(page, page.locator("ol.entries button").last)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#undo button"))
    page.keyboard.press("Enter")
    expect(page.locator("ol.entries > li")).to_have_count(1)


def test_what_if_somebody_were_gone(page: Page, site: str) -> None:
    page.goto(f"{site}/actors/hezhongzeyi")
    past_the_navigation(page)
    tab_to(page, page.locator('form[action="/what-if/remove"] button'))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/what-if/\w+"))
    expect(page.locator('form[action*="take-back"]').first).to_be_attached(timeout=60_000)
    past_the_navigation(page)
    tab_to(page, page.locator('form[action*="take-back"] button').first)
    page.keyboard.press("Enter")
    expect(page.locator('form[action*="take-back"]')).to_have_count(0)


def test_an_import_is_checked_written_and_undone(page: Page, site: str) -> None:
    page.goto(f"{site}/import")
    past_the_navigation(page)
    files = page.locator("#files")
    tab_to(page, files)
    content = "名称,类型\n按键公司,企业".encode()
    # The window in which files are picked is the system's own.
    files.set_input_files({"name": "主体.csv", "mimeType": "text/csv", "buffer": content})
    tab_to(page, page.locator("#upload button"))
    page.keyboard.press("Enter")
    write = page.locator("main form button.primary")
    expect(write).to_be_visible()
    past_the_navigation(page)
    tab_to(page, write)
    page.keyboard.press("Enter")
    undo = page.get_by_text(ZH["done.undo"])
    expect(undo).to_be_visible()
    past_the_navigation(page)
    tab_to(page, undo)
    page.keyboard.press("Enter")
    expect(page.locator("#history, h1").first).to_be_visible()
    page.goto(f"{site}/search?q=按键公司")
    expect(page.locator("ul.hits a", has_text="按键公司")).to_have_count(0)


def test_a_statement_is_written_and_run(page: Page, site: str) -> None:
    page.goto(f"{site}/query")
    past_the_navigation(page)
    tab_to(page, page.locator("#cypher"))
    page.keyboard.type("RETURN 6 * 7 AS n")
    tab_to(page, page.locator("#ask button"))
    page.keyboard.press("Enter")
    expect(page.locator("table.rows td")).to_have_text("42")
    past_the_navigation(page)
    tab_to(page, page.locator("details.commands summary"))
    page.keyboard.press("Enter")
    expect(page.locator("details.commands pre").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_officers_way_from_a_need_to_the_sheet(page: Page, site: str, language: str) -> None:
    said = read("zh" if language == "zh" else "en")
    page.context.add_cookies([{"name": "lang", "value": language, "url": site}])
    page.goto(f"{site}/partners?for=beilangdong")
    ways = page.locator("ol.ranked > li", has=page.locator("details"))
    first = ways.filter(has=page.locator('button[form="collect"]')).first
    first.locator("summary").click()
    first.get_by_text(said["partners.other_ways"]).click()
    page.wait_for_url(re.compile("/paths"))
    expect(page.locator("ol.ranked .steps").first).to_be_visible()
    page.select_option("#shortlist", "")
    page.locator("form.collect button").click()
    listed = page.locator("form.collect a").first
    expect(listed).to_be_visible()
    listed.click()
    page.wait_for_url(re.compile("/shortlists/"))
    page.locator("ol.entries input.note").first.fill("Friday 10:00")
    page.locator("ol.entries form.filters button").first.click()
    expect(page.locator("ol.entries input.note").first).to_have_value("Friday 10:00")
    for slug in ("csv", "xlsx", "docx"):
        with page.expect_download() as got:
            page.get_by_role("link", name=said[f"shortlists.as.{slug}"], exact=True).click()
        assert got.value.suggested_filename.endswith(f".{slug}")
        assert got.value.path().stat().st_size > 100
    page.get_by_text(said["shortlists.sheet"]).click()
    expect(page.locator("table.sheet")).to_contain_text("Friday 10:00")
    page.emulate_media(media="print")
    expect(page.locator("nav.pages")).to_be_hidden()
    expect(page.locator("table.sheet th", has_text=said["shortlists.result"])).to_be_visible()
