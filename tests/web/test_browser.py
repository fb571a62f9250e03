"""The pages in a real Chromium: language, theme, phone, imports, print, nothing in the log."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from web.language import read

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
HUB = "hezhongzeyi"
ZH, EN = read("zh"), read("en")
ADDRESSES = (
    "/",
    "/map",
    f"/actors/{HUB}",
    "/actors/beilangdong",
    "/brokers",
    f"/hubs?like={HUB}",
    "/gaps",
    "/partners?for=beilangdong",
    "/paths?from=beilangdong&to=xingbake",
    "/matching",
    "/communities",
    "/communities/beilangdong",
    "/?area=四川省/成都市&cell=hemei:volunteer",
    "/compare?a=北京市&b=四川省",
    "/report",
    "/data",
    "/data/missing/tie_date",
    "/import",
    "/about",
    "/search?q=hezhong",
)


def test_language_and_theme_switch_in_place(page: Page, site: str) -> None:
    page.goto(f"{site}/gaps?severity=high")
    page.click("[data-switch=lang]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(f"{site}/gaps?severity=high")
    expect(page.locator("#severity")).to_have_value("high")
    expect(page.locator("nav.pages")).to_contain_text("Brokers")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click("[data-switch=theme]")
    assert page.evaluate(ground) != light
    dark = page.evaluate(ground)
    page.goto(f"{site}/map")
    assert page.evaluate(ground) == dark
    expect(page.locator("[data-switch=theme]")).to_have_text(EN["theme.dark"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_scrolls_sideways_on_a_phone(
    context: BrowserContext, site: str, language: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site}])
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for address in ADDRESSES:
        page.goto(site + address)
        if address == "/map":
            page.wait_for_selector("#map[data-ready]")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == PHONE["width"], address
        nav = page.locator("nav.pages").bounding_box()
        assert nav is not None
        assert nav["y"] + nav["height"] == PHONE["height"]


def test_a_bad_file_then_a_good_one_then_undo(page: Page, site: str) -> None:
    def choose(*rows: str) -> None:
        page.goto(f"{site}/import")
        content = "\n".join(["名称,类型", *rows]).encode()
        page.set_input_files(
            "#files", {"name": "主体.csv", "mimeType": "text/csv", "buffer": content}
        )
        expect(page.locator("#file-names")).to_have_text("主体.csv")
        page.click("#upload button")

    choose("甲,不存在的类型", "乙公司,企业")
    row = page.locator("table.problems tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("不存在的类型")
    expect(page.locator("form button.primary")).to_have_count(0)
    choose("浏览器测试公司,企业")
    page.click("form button.primary")
    expect(page.locator("h1")).to_contain_text("已写入")
    page.fill("#search", "浏览器测试公司")
    page.press("#search", "Enter")
    expect(page.locator("ul.hits a").first).to_contain_text("浏览器测试公司")
    page.go_back()
    page.click("text=" + ZH["done.undo"])
    expect(page.locator("#history")).to_be_visible()
    page.goto(f"{site}/search?q=浏览器测试公司")
    expect(page.locator("ul.hits")).to_have_count(0)


def test_a_page_says_when_the_database_is_away_and_when_it_is_back(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(f"{site}/about")
    health = {"status": "restarting", "message": {"zh": "重启", "en": "restart"}, "progress": None}
    page.route("**/healthz", lambda route: route.fulfill(json=health))
    page.clock.run_for(6_000)
    banner = page.locator("#health")
    expect(banner).to_have_text(ZH["script.health_restarting"])
    page.unroute("**/healthz")
    page.clock.run_for(2_000)
    expect(banner).to_have_text(ZH["script.health_back"])
    page.clock.run_for(5_000)
    expect(banner).to_be_hidden()


def test_the_waiting_page_follows_the_start_and_gives_way(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    waiting = (
        '<!doctype html><html lang="en"><div id="waiting"><h1 id="waiting-message"></h1>'
        '<progress id="waiting-progress" max="1"></progress></div>'
        '<script type="application/json" id="texts">{}</script>'
        '<script type="module" src="/static/dist/frame.js"></script></html>'
    )
    health: dict[str, Any] = {
        "status": "starting",
        "message": {"zh": "启动", "en": "Fetching files"},
        "progress": 0.25,
    }
    page.route("**/brokers", lambda route: route.fulfill(body=waiting, content_type="text/html"))
    page.route("**/healthz", lambda route: route.fulfill(json=health))
    page.goto(f"{site}/brokers")
    expect(page.locator("#waiting-message")).to_have_text("Fetching files")
    assert page.evaluate("document.getElementById('waiting-progress').value") == 0.25
    page.unroute("**/brokers")
    page.unroute("**/healthz")
    expect(page.locator("ol.ranked")).to_be_visible()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_prints_on_white(context: BrowserContext, site: str, address: str) -> None:
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site + address)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("nav.pages")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
