"""Takes a picture of every page: ``python tests/web/screenshots.py FOLDER``.

It starts an application of its own with the sample data, and makes what some pages need: a list of
candidates, a scenario, a view with a link, two imports. In both languages, on a desk (1280 px) and
a phone (360 px), light, and dark on the desk; for eyes to judge what a test cannot.
"""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import BROWSER_ARGUMENTS, START_TIMEOUT_S, find_browser
from playwright.sync_api import APIRequestContext, Browser, Page, sync_playwright

PAGES = {
    "overview": "/",
    "overview-district": "/?area=北京市/朝阳区",
    "overview-cell": "/?cell=beilangdong:charitable_resource",
    "map": "/map",
    "map-selected": "/map?select=hezhongzeyi",
    "map-columns": "/map?layout=columns",
    "map-areas": "/map?layout=areas",
    "map-rings": "/map?layout=rings&select=hezhongzeyi",
    "map-sole": "/map?select=hezhongzeyi&mark=sole",
    "actor": "/actors/hezhongzeyi",
    "community": "/actors/beilangdong",
    "brokers": "/brokers",
    "brokers-table": "/brokers?as=table",
    "hubs": "/hubs",
    "hubs-like": "/hubs?like=hezhongzeyi",
    "gaps": "/gaps",
    "gaps-area": "/gaps?by=area",
    "partners-start": "/partners",
    "partners": "/partners?for=beilangdong",
    "paths-start": "/paths",
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
    "compare-start": "/compare",
    "compare-areas": "/compare?a=北京市&b=四川省",
    "compare-days": "/compare?from=2015-01-01&to=2020-01-01",
    "data": "/data",
    "data-missing": "/data/missing/tie_date",
    "import": "/import",
    "what-if-start": "/what-if",
    "shortlists": "/shortlists",
    "views": "/views",
    "about": "/about",
    "help": "/help",
    "search": "/search?q=hezhong",
    "error": "/no/such/page",
}
SIZES = {1280: 900, 360: 740}
_COMMAND = [sys.executable, "-c", "from graph.cli import main; main()", "serve", "--sample"]
_GOOD = (
    "编号,名称,类型,区域\n"
    "anjing-so,安静街道,街道办事处,北京市/朝阳区/安静街道\n"
    "anjing-a,安静里社区,社区,北京市/朝阳区/安静街道/安静里社区\n"
)
_BAD = "编号,名称,类型,区域\nanjing-b,安静里,社团,北京市\nanjing-c,,社区,北京市\n"


def main(folder: Path) -> None:
    """Take all pictures."""
    path = find_browser()
    if path is None:
        raise SystemExit("No Chromium here; see .ci/get-browser.")
    folder.mkdir(parents=True, exist_ok=True)
    with _running() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGUMENTS))
        pages = PAGES | _made(playwright.request.new_context(base_url=address))
        for width, theme, language in itertools.product(SIZES, ("light", "dark"), ("zh", "en")):
            if theme == "light" or width > 1000:
                _take_all(browser, address, pages, folder, (width, theme, language))
        browser.close()


@contextmanager
def _running() -> Iterator[str]:
    """Run an application over the sample data, and yield its address."""
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environ = {**os.environ, "WUSHE_DATA": data, "PORT": str(port)}
        process = subprocess.Popen(_COMMAND, env=environ)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/api/v1/hubs")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _wait_for(address: str) -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60):  # noqa: S310
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def _made(client: APIRequestContext) -> dict[str, str]:
    """Make what only shows once somebody has worked with it, and return its pages."""

    def post(path: str, **form: str) -> str:
        return client.post(path, form=form).url

    def send(name: str, content: str) -> str:
        file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
        return client.post("/import", multipart={"files": file}).url

    ready, faulty = send("主体.csv", _GOOD), send("主体.csv", _BAD)
    done = send("主体.csv", _GOOD)
    client.post(done)
    imported = client.get("/api/v1/imports").json()[0]["id"]
    kept = post("/shortlists/add", **{"for": "beilangdong", "actor": "xingbake"})
    view = post("/views", name="朝阳的空白", address="/gaps?area=北京市/朝阳区").rpartition("view-")
    post(f"/views/{view[2]}/shares", hides_persons="1")
    shared = client.get("/api/v1/views").json()[0]["shares"][0]["address"]
    gap = client.get("/api/v1/gaps?severity=high&limit=1").json()["items"][0]["id"]
    return {
        "import-report": ready,
        "import-problems": faulty,
        "import-done": done,
        "data-import": f"/data/imports/{imported}",
        "data-import-gaps": f"/data/imports/{imported}?gaps=1",
        "gap": f"/gaps/{gap}",
        "shortlist": kept.partition("#")[0],
        "shortlist-sheet": kept.partition("#")[0] + "/sheet",
        "scenario": post("/what-if/remove", actor="hezhongzeyi"),
        "shared": shared,
    }


def _take_all(
    browser: Browser,
    address: str,
    pages: dict[str, str],
    folder: Path,
    how: tuple[int, str, str],
) -> None:
    width, theme, language = how
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "lang", "value": language, "url": address}])
    page = context.new_page()
    for name, where in pages.items():
        _take(page, where, folder / f"{name}-{language}-{width}-{theme}.png")
    context.close()


def _take(page: Page, where: str, file: Path) -> None:
    page.goto(where)
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-ready]")
    page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
