"""How soon the map can be used, and how smoothly it moves, beside sigma with nothing around it.

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


def run() -> list[tuple[str, float, float]]:
    """Open the map on the sample, on a city, and on a network of 100,000.

    Returns rows of (what, value, ratio to bare sigma or to the time without the map's own work).
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
    """Measure the map at an address; ``columns`` takes the place of what is stored there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_browser(playwright), args=list(ARGUMENTS)
        )
        context = browser.new_context(viewport=VIEW, reduced_motion="reduce")
        context.set_default_timeout(WAIT_MS)
        if columns is not None:
            answer = {"body": columns, "content_type": "application/json"}
            context.route("**/network/columns*", lambda route: route.fulfill(**answer))
            context.route("**/network/measures*", lambda route: route.abort())
        rows = list(_rows(context, address, name))
        browser.close()
    return rows


def _rows(context: Any, address: str, name: str) -> Iterator[tuple[str, float, float]]:
    page = context.new_page()
    if name == "sample":
        # The first page that a browser ever opens pays for its start.
        page.goto(f"{address}/healthz")
    begin = time.perf_counter()
    page.goto(f"{address}/map")
    page.wait_for_selector("#map[data-ready]")
    ready_ms = 1000 * (time.perf_counter() - begin)
    yield f"{name}: until the first view can be used, ms", ready_ms, 1.0
    if page.locator("#show-all").is_visible():
        longest = page.evaluate(_LONGEST)
        begin = time.perf_counter()
        page.locator("#show-all").click()
        if page.locator("#warning button").count():
            page.locator("#warning button").first.click()
        page.wait_for_function("document.getElementById('canvas').picture.ids.length > 400")
        yield f"{name}: until all are shown, ms", 1000 * (time.perf_counter() - begin), 1.0
        yield f"{name}: longest pause of the page until ready, ms", longest, 1.0
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


_LONGEST = """() => new Promise((resolve) => {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  });
  observer.observe({ type: "longtask", buffered: true });
  setTimeout(() => resolve(longest), 200);
})"""


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
