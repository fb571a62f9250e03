"""Names offered while one types."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

pytestmark = pytest.mark.browser


def test_the_search_opens_who_is_chosen_by_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("beilang")
    options = page.locator(".search [role=option]")
    expect(options.first).to_contain_text("北郎东社区")
    field = page.locator("#search")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "search-offered-0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/actors/beilangdong")


def test_enter_without_a_choice_searches_for_the_words(page: Page, site: str) -> None:
    page.goto(site)
    page.fill("#search", "hezhong")
    expect(page.locator(".search [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/search?q=hezhong")


def test_escape_and_leaving_close_the_list(page: Page, site: str) -> None:
    page.goto(site)
    field, options = page.locator("#search"), page.locator(".search .offered")
    field.press_sequentially("和众")
    expect(options).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_be_hidden()
    expect(field).to_have_value("和众")
    field.press_sequentially("泽")
    expect(options).to_be_visible()
    page.mouse.click(1200, 850)
    expect(options).to_be_hidden()
    field.fill("没有这个名字的主体")
    page.wait_for_timeout(500)
    expect(options).to_be_hidden()


def test_a_form_is_filled_in_and_still_asks(page: Page, site: str) -> None:
    page.goto(f"{site}/paths")
    page.locator("#from").press_sequentially("beilang")
    page.locator("#from-offered [role=option]").first.click()
    expect(page.locator("#from")).to_have_value("北郎东社区")
    page.locator("#to").press_sequentially("xingba")
    expect(page.locator("#to-offered [role=option]").first).to_contain_text("星巴克")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#to")).to_have_value("星巴克")
    expect(page).to_have_url(f"{site}/paths")
    page.keyboard.press("Enter")
    expect(page.locator("main ol.ranked li, main ol li").first).to_be_visible()


def test_nothing_is_looked_for_while_characters_are_composed(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/search/names" in r.url else None)
    page.goto(site)
    page.focus("#search")
    expect(page.locator("#search")).to_have_attribute("role", "combobox")
    page.evaluate(
        """() => {
          const field = document.querySelector("#search");
          field.dispatchEvent(new CompositionEvent("compositionstart"));
          field.value = "bei'lang";
          field.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }"""
    )
    page.wait_for_timeout(400)
    assert not asked
    page.evaluate(
        """() => {
          const field = document.querySelector("#search");
          field.value = "北郎";
          field.dispatchEvent(new CompositionEvent("compositionend"));
        }"""
    )
    expect(page.locator(".search [role=option]").first).to_contain_text("北郎东社区")


def test_an_area_is_found_by_name_and_pinyin(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#search").press_sequentially("chaoyang")
    first = page.locator(".search [role=option]").first
    expect(first).to_contain_text("北京市/朝阳区")
    first.click()
    expect(page.locator("h1")).to_contain_text("朝阳区")
    page.goto(f"{site}/search?q=朝阳区")
    expect(page.locator("#found-areas + ul a").first).to_have_text("北京市/朝阳区")
    page.goto(f"{site}/paths")
    page.locator("#from").press_sequentially("朝阳区")
    offered = page.locator("#from-offered [role=option]")
    expect(offered.first).to_be_visible()
    assert not [
        href for o in offered.all() if "area=" in (href := o.get_attribute("data-href") or "")
    ]


def test_words_come_back_escaped(client: TestClient) -> None:
    answer = client.get("/search/names", params={"q": "<b>北郎"})
    assert answer.status_code == 200
    assert "<b>" not in answer.text
    assert client.get("/search/names").text.strip() == ""


def test_the_form_of_paths_says_names_and_takes_them(client: TestClient) -> None:
    ids = {"from": "beilangdong", "to": "xingbake", "avoid": "hezhongzeyi"}
    by_id = client.get("/paths", params=ids)
    assert by_id.status_code == 200
    names = {
        field: re.search(rf'name="{field}"[^>]* value="([^"]*)"', by_id.text)[1]  # type: ignore[index]
        for field in ids
    }
    assert names == {"from": "北郎东社区", "to": "星巴克", "avoid": "北京和众泽益公益发展中心"}
    by_name = client.get("/paths", params=names)
    assert by_name.status_code == 200
    assert heading(by_name.text) == heading(by_id.text)


def heading(html: str) -> str:
    return html.split("<h1>")[1].split("</h1>")[0]
