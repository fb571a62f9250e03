"""Every page by the rules of WCAG 2.2 AA, in both languages and themes, large and on a phone.

The rules are axe-core's (MPL-2.0), run in the browser and never part of the product.
"""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from web import bundle
from web.render import PAGES

pytestmark = pytest.mark.browser
AXE = bundle.HERE / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ADDRESSES = (
    *(page.path for page in PAGES),
    "/map?select=hezhongzeyi&mark=sole&colour=circle&letters=1",
    "/actors/hezhongzeyi",
    "/actors/beilangdong",
    "/actors/wufei-kongjian",
    "/hubs?like=hezhongzeyi",
    "/brokers?as=table&order=liaison",
    "/gaps?severity=high",
    "/partners?for=beilangdong",
    "/paths?from=beilangdong&to=xingbake",
    "/matching",
    "/compare?a=%E5%8C%97%E4%BA%AC%E5%B8%82&b=%E5%9B%9B%E5%B7%9D%E7%9C%81",
    "/compare?from=2015-01-01&to=2020-01-01",
    "/data/missing/tie_date",
    "/data/missing/need_period",
    "/query?cypher=MATCH%20(n)%20WHERE%20n%3AStakeholder%20RETURN%20n%2C%20null%20AS%20x",
    "/query?cypher=MATCH%20(n)%0ARETRN%20n",
    "/shortlists",
    "/communities/hemei",
    "/help",
    "/search?q=hezhong",
    "/no/such/page",
)
# At 200 % a window of 1280 px shows what one of 640 px does, and WCAG asks for 320 px too.
ZOOMED = (640, 320)


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    bundle.build()
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; python -m web.bundle does that")


@pytest.fixture(scope="module")
def made(site: str) -> tuple[str, ...]:
    """Make a shortlist, a scenario and a view with a link, and return the addresses of pages."""

    def post(path: str, **form: str) -> str:
        data = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(f"{site}{path}", data=data) as answer:  # noqa: S310
            return urllib.parse.urlsplit(answer.url)._replace(scheme="", netloc="").geturl()

    def answer(path: str) -> Any:
        with urllib.request.urlopen(f"{site}/api/v1/{path}") as answer:  # noqa: S310
            return json.load(answer)

    kept = post("/shortlists/add", **{"for": "beilangdong", "actor": "xingbake"}).split("#")[0]
    scenario = post("/what-if/remove", actor="hezhongzeyi")
    view = post("/views", name="gaps", address="/gaps").rpartition("view-")[2]
    post(f"/views/{view}/shares", hides_persons="1")
    shared = answer("views")[0]["shares"][0]["address"]
    gap = answer("gaps?severity=high&limit=1")["items"][0]["id"]
    imported = answer("imports")[0]["id"]
    last = f"/data/imports/{imported}?gaps=1"
    return kept, f"{kept}/sheet", scenario, "/views", shared, f"/gaps/{gap}", last


@pytest.fixture
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    language, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "lang", "value": language, "url": site}])
    yield context.new_page()
    context.close()


def broken(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Return what is broken on a page: the rule, and the first elements that break it.

    Looks at some rules, or at all there are.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found: list[dict[str, Any]] = page.evaluate(
        "async (only) => (await axe.run(document, {runOnly: only, resultTypes: ['violations'],"
        " selectors: false})).violations"
        ".map(({id, nodes}) => ({id, nodes: nodes.slice(0, 3).map((n) => n.html.slice(0, 200)"
        " + ' ' + (n.failureSummary || '').replace(/\\s+/g, ' ').slice(0, 200))}))",
        only,
    )
    return [f"{one['id']}: {' | '.join(one['nodes'])}" for one in found]


COMBINATIONS = tuple(
    pytest.param((language, width), id=f"{language}-{width}")
    for language, width in (("zh", 1280), ("en", 360))
)


@pytest.mark.parametrize("page", COMBINATIONS, indirect=True)
def test_no_page_breaks_a_rule(page: Page, site: str, made: tuple[str, ...]) -> None:
    found = {}
    for address in (*ADDRESSES, *made):
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('main details').forEach((d) => (d.open = true))")
        if page.locator("#map").count():
            page.wait_for_selector("#map[data-ready]")
            page.locator(".open-partners").first.click()
            page.evaluate("scrollTo(0, 0)")
        page.emulate_media(color_scheme="light")
        wrong = broken(page)
        # Only colours differ in the dark.
        page.emulate_media(color_scheme="dark")
        wrong += [f"dark: {one}" for one in broken(page, ["color-contrast"])]
        wrong += [
            f"{n} animations" for n in [page.evaluate("document.getAnimations().length")] if n
        ]
        size = page.viewport_size
        assert size is not None
        for width in (size["width"], *ZOOMED):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"scrolls sideways at {width} px")
        page.set_viewport_size(size)
        if wrong:
            found[address] = wrong
    assert not found


@pytest.mark.parametrize("page", [pytest.param(("en", 1280), id="en")], indirect=True)
def test_a_broken_rule_is_found(page: Page, site: str) -> None:
    page.goto(f"{site}/about")
    assert broken(page) == []
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    assert {one.partition(":")[0] for one in broken(page)} >= {"button-name", "color-contrast"}
    page.evaluate("document.querySelector('h1').style.color = '#444'")
    assert broken(page, ["color-contrast"]) == []
    page.emulate_media(color_scheme="dark")
    assert [one.partition(":")[0] for one in broken(page, ["color-contrast"])] == ["color-contrast"]
