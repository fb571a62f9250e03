"""How soon overview and map can be used, and how smoothly the map moves, beside bare sigma.

The real application over a real Neo4j, in the Chromium of the browser tests, which draws WebGL in
software. The largest network is handed to the page in place of what is stored: to import a city of
half a million takes longer than anybody waits for a benchmark.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.city.network import benchmark_network
from graph.codes import KIND_SLUGS, N_ACTOR_KINDS, RELATION_SLUGS, SECTOR_OF_KIND
from graph.ingest.sample import load_sample
from graph.settings import Settings
from graph.store.database import Database
from graph.store.opening import open_database
from tests.benchmarks.gaps import fill

NAME = "map"
HELP = "milliseconds, MB; frames per second while panning, and their ratio to bare sigma"
PAGES = ("/", "/map")
# Most are volunteers, who are folded into their teams: 20,000 actors are left.
CITY = 85_000
LARGEST = 100_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--enable-precise-memory-info"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
)
VIEW = {"width": 1280, "height": 900}
WAIT_MS = 180_000
_BARE = """import Graph from "graphology"; import Sigma from "sigma";
Object.assign(window, { Graph, Sigma });"""
_BARE_PAGE = """<!doctype html><div id="canvas" style="width: {width}px; height: {height}px"></div>
<script src="/bare.js"></script>"""
# Frames are counted once they are drawn: reading a pixel waits for that.
_FRAMES = """async (name) => {
  const layers = [...document.querySelectorAll(".sigma-nodes, .sigma-edges")]
    .map((canvas) => canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  const pixel = new Uint8Array(4);
  const pan = window[name];
  const begin = performance.now();
  let n = 0;
  while (performance.now() - begin < 4000 || n < 5) {
    pan(Math.sin(n / 7) * 0.02, Math.cos(n / 5) * 0.02);
    n++;
    await new Promise(requestAnimationFrame);
    for (const gl of layers) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  }
  return (1000 * n) / (performance.now() - begin);
}"""
_DRAWN = """() => {
  const { picture } = document.getElementById("canvas");
  const { width, height } = document.getElementById("canvas").getBoundingClientRect();
  const nodes = picture.ids.map(
    (id) => ({ id, ...picture.positionOf(id), ...picture.signsOf(id) }));
  return { width, height, nodes };
}"""
_DRAW_BARE = """({ nodes, ties }) => {
  const graph = new Graph({ multi: true, type: "undirected" });
  for (const { id, x, y, size, colour } of nodes)
    graph.addNode(id, { x, y: -y, size, color: colour });
  for (const [a, b] of ties) graph.addEdge(a, b, { size: 1.2, color: "#d8d8d8" });
  const sigma = new Sigma(graph, document.getElementById("canvas"), { renderLabels: false });
  const camera = sigma.getCamera();
  window.pan = (dx, dy) => {
    const { x, y, ratio } = camera.getState();
    camera.setState({ x: x + dx * ratio, y: y + dy * ratio });
  };
}"""
_PAN_MAP = "window.pan = (dx, dy) => document.getElementById('canvas').picture.lens.pan(dx, dy)"


# Notes what holds a page up for more than 50 ms, and when the map says that it is ready.
_WATCH = """
  window.heldUp = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      window.heldUp.push([startTime, startTime + duration]);
  }).observe({ type: "longtask", buffered: true });
  document.addEventListener("DOMContentLoaded", () => {
    const map = document.getElementById("map");
    if (map)
      new MutationObserver(() => (window.readyAt ??= performance.now()))
        .observe(map, { attributeFilter: ["data-ready"] });
  });"""
_MOMENTS = """async () => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  let [paint] = performance.getEntriesByName("first-contentful-paint");
  while (!paint) {
    await pause(20);
    [paint] = performance.getEntriesByName("first-contentful-paint");
  }
  let interactive = Math.max(paint.startTime, window.readyAt ?? 0);
  while (performance.now() < interactive + 1000) {
    await pause(100);
    for (const [start, end] of window.heldUp)
      if (start < interactive + 1000) interactive = Math.max(interactive, end);
  }
  return [paint.startTime, interactive, longest()];
}"""
_LONGEST = "longest = () => Math.max(0, ...window.heldUp.map(([start, end]) => end - start))"


def run() -> list[tuple[str, float, float]]:
    """Open overview and map on the sample and on a city, and the map on a network of 100,000.

    Returns rows of (what, value, ratio to bare sigma; 1 where there is nothing to compare).
    Times are the browser's own, from the begin of navigation, with nothing in its cache. First
    contentful paint is what the browser calls so. A page is interactive from the moment on, after
    that paint and, for the map, after it says that it is ready, from which for a second nothing
    holds it up for more than 50 ms. A pause is the longest time for which it does not answer; of
    the task behind it the processor's time is told as well, which no other work makes longer.
    """
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, put in (
            ("sample", load_sample),
            ("city", lambda database: fill(database, CITY, Path(folder, "tables"))),
        ):
            with _application(Path(folder, name), put) as address:
                rows += measure(address, name)
                if name == "city":
                    rows += measure(address, f"{LARGEST:,} nodes", _columns(LARGEST))
    return rows


def measure(address: str, name: str, columns: str | None = None) -> list[tuple[str, float, float]]:
    """Measure the pages at an address; ``columns`` takes the place of the network stored there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_browser(playwright), args=list(ARGUMENTS)
        )
        # The first page that a browser ever opens pays for its start.
        browser.new_page().goto(f"{address}/healthz")
        rows = []
        for path in PAGES if columns is None else PAGES[-1:]:
            context = _context(browser, columns)
            page = context.new_page()
            rows += _opened(browser, page, address + path, f"{name} {path}")
            if path == PAGES[-1]:
                rows += _shown(browser, page, f"{name} {path}")
                rows += _moved(context, page, address, name)
            context.close()
        browser.close()
    return rows


def _context(browser: Any, columns: str | None) -> Any:
    context = browser.new_context(viewport=VIEW, reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(_WATCH)
    if columns is not None:
        answer = {"body": columns, "content_type": "application/json"}
        context.route("**/network/columns*", lambda route: route.fulfill(**answer))
        context.route("**/network/measures*", lambda route: route.abort())
    return context


def _opened(browser: Any, page: Any, address: str, what: str) -> Iterator[tuple[str, float, float]]:
    with _tasks(browser, page) as tasks_ms:
        page.goto(address)
        if page.locator("#map").count():
            page.wait_for_selector("#map[data-ready]")
        page.evaluate(_LONGEST)
        paint_ms, interactive_ms, pause_ms = page.evaluate(_MOMENTS)
    yield f"{what}: first contentful paint, ms", paint_ms, 1.0
    yield f"{what}: interactive, ms", interactive_ms, 1.0
    yield f"{what}: longest pause until then, ms", pause_ms, 1.0
    yield f"{what}: longest task until then, ms of processor", max(tasks_ms), 1.0


def _shown(browser: Any, page: Any, what: str) -> Iterator[tuple[str, float, float]]:
    """Show all actors, where the first view holds the main ones only."""
    if not page.locator("#show-all").is_visible():
        return
    page.evaluate("window.heldUp = []")
    main = page.locator("#map").get_attribute("data-shown")
    page.locator("#progress").wait_for(state="hidden")
    with _tasks(browser, page) as tasks_ms:
        begin = time.perf_counter()
        page.locator("#show-all").click()
        if page.locator("#warning button").count():
            page.locator("#warning button").first.click()
        page.wait_for_selector(f'#map:not([data-shown="{main}"])')
        shown_ms = 1000 * (time.perf_counter() - begin)
        page.wait_for_timeout(1000)
    yield f"{what}: until all are shown, ms", shown_ms, 1.0
    yield f"{what}: longest pause while all are shown, ms", page.evaluate("longest()"), 1.0
    yield f"{what}: longest task of that, ms of processor", max(tasks_ms), 1.0


@contextmanager
def _tasks(browser: Any, page: Any) -> Iterator[list[float]]:
    """Yield a list that holds, once left, how long each task of the page kept a processor busy.

    Other work on the machine and the drawing in software make a pause longer, but not a task.
    """
    found: list[float] = []
    browser.start_tracing(page=page, categories=["toplevel"])
    yield found
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    found += [
        event.get("tdur", 0) / 1000
        for event in events
        if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in main
    ]


def _moved(context: Any, page: Any, address: str, name: str) -> Iterator[tuple[str, float, float]]:
    drawn = page.evaluate(_DRAWN)
    ties = page.evaluate(
        """async () => {
          const { actors, ties } = await (await fetch("/api/v1/network/columns")).json();
          return ties.source.map((a, k) => [actors.id[a], actors.id[ties.target[k]]]);
        }"""
    )
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap_mb = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    page.evaluate(_PAN_MAP)
    fps = page.evaluate(_FRAMES, "pan")
    page.close()
    bare = context.new_page()
    script = _bare_script()
    html = _BARE_PAGE.format(width=drawn["width"], height=drawn["height"])
    bare.route("**/bare.js", lambda r: r.fulfill(body=script, content_type="text/javascript"))
    bare.route("**/bare", lambda route: route.fulfill(body=html, content_type="text/html"))
    bare.goto(f"{address}/bare")
    bare.evaluate(_DRAW_BARE, {"nodes": drawn["nodes"], "ties": ties})
    session = context.new_cdp_session(bare)
    session.send("HeapProfiler.collectGarbage")
    bare_mb = bare.evaluate("performance.memory.usedJSHeapSize") / 1e6
    bare_fps = bare.evaluate(_FRAMES, "pan")
    bare.close()
    what = f"{name}: {len(drawn['nodes']):,} nodes, {len(ties):,} ties"
    yield f"{what}, frames per second", fps, fps / bare_fps
    yield f"{what}, MB of JavaScript", heap_mb, heap_mb / bare_mb


def _columns(n: int) -> str:
    """Return a synthetic network in the shape of ``network/columns``."""
    network = benchmark_network(n)
    kind_of = {int(sector): kind for kind, sector in reversed(list(enumerate(SECTOR_OF_KIND)))}
    sources, targets, weights = network.arrays()
    ids = [str(i) for i in range(n)]
    return json.dumps(
        {
            "kinds": list(KIND_SLUGS[:N_ACTOR_KINDS]),
            "relations": list(RELATION_SLUGS),
            "areas": [],
            "actors": {
                "id": ids,
                "name": [f"主体{i}" for i in ids],
                "name_en": [None] * n,
                "kind": [kind_of[g] for g in network.groups.tolist()],
                "area": [-1] * n,
                "members": [None] * n,
            },
            "groups": [],
            "at_least": [],
            "ties": {
                "source": sources.tolist(),
                "target": targets.tolist(),
                "weight": weights.tolist(),
                "relation": [1] * len(sources),
            },
            "bridges": [],
            "years": None,
            "n_undated": 0,
            "n_stored_ties": len(sources),
            "total": n,
            "snapshot": {"version": "synthetic"},
        }
    )


@contextmanager
def _application(folder: Path, put: Callable[[Database], object]) -> Iterator[str]:
    """Serve the whole application over a database of its own."""
    import socket

    import uvicorn

    from api.state import ServerState
    from web.app import create_app

    settings = dataclasses.replace(Settings.from_environment(), data_dir=folder, neo4j_uri=None)
    with open_database(settings, owner=True) as database, socket.socket() as listener:
        put(database)
        state = ServerState(database)
        app = create_app(settings, state)
        app.state.server = state
        state.start()
        while state.health().status != "ready":
            time.sleep(0.1)
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, lifespan="off", log_level="warning", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://localhost:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def _browser(playwright: Any) -> str:
    import shutil

    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    return found or str(playwright.chromium.executable_path)


def _bare_script() -> str:
    """Return sigma and graphology, bundled."""
    from web import bundle

    done = subprocess.run(
        [
            str(bundle.node()),
            str(bundle.HERE / "node_modules" / "esbuild" / "bin" / "esbuild"),
            "--bundle",
            "--format=iife",
            "--minify",
        ],
        input=_BARE,
        cwd=bundle.HERE,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    for row in measure(sys.argv[1].rstrip("/"), "there"):
        sys.stdout.write(f"{row}\n")
