"""Takes a picture of every page: ``python tests/web/screenshots.py ADDRESS FOLDER``.

In both languages, on a desk (1280 px) and a phone (360 px), light, and dark on the desk; for eyes
to judge what a test cannot.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from conftest import BROWSER_ARGUMENTS, find_browser
from playwright.sync_api import Page, sync_playwright

PAGES = {
    "overview": "/",
    "map": "/map",
    "map-selected": "/map?select=hezhongzeyi",
    "actor": "/actors/hezhongzeyi",
    "community": "/actors/beilangdong",
    "brokers": "/brokers",
    "hubs": "/hubs",
    "hubs-like": "/hubs?like=hezhongzeyi",
    "gaps": "/gaps",
    "partners": "/partners",
    "partners-for": "/partners?for=beilangdong",
    "paths": "/paths?from=beilangdong&to=xingbake",
    "matching": "/matching",
    "query": "/query",
    "query-rows": "/query?library=who_funds_what",
    "query-mistake": "/query?cypher=MATCH%20(n)%0ARETRN%20n",
    "report": "/report",
    "communities": "/communities",
    "diagnosis": "/communities/beilangdong",
    "diagnosis-multi": "/communities/hemei",
    "diagnosis-area": "/communities/四川省/成都市",
    "import": "/import",
    "about": "/about",
    "help": "/help",
    "shortlists": "/shortlists",
    "search": "/search?q=hezhong",
    "error": "/no/such/page",
}
SIZES = {1280: 900, 360: 740}


def main(address: str, folder: Path) -> None:
    """Take all pictures of a running application that holds the sample data."""
    path = find_browser()
    if path is None:
        raise SystemExit("No Chromium here; see .ci/get-browser.")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGUMENTS))
        for width, theme, language in itertools.product(SIZES, ("light", "dark"), ("zh", "en")):
            if theme == "dark" and width < 1000:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": SIZES[width]},
                color_scheme="dark" if theme == "dark" else "light",
                reduced_motion="reduce",
            )
            context.add_cookies([{"name": "lang", "value": language, "url": address}])
            page = context.new_page()
            for name, where in PAGES.items():
                _take(page, address + where, folder / f"{name}-{language}-{width}-{theme}.png")
            context.close()
        browser.close()


def _take(page: Page, address: str, file: Path) -> None:
    page.goto(address)
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-ready]")
    page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
