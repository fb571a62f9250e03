"""How long the server takes for each page of a city, the first time and with caches warm."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.settings import Settings
from graph.store.opening import open_database
from tests.benchmarks.gaps import fill

NAME = "pages"
HELP = "seconds of each page the first time, then p95 of 20 in milliseconds (100,000 actors)"
N_ACTORS = 100_000
N_TIMES = 20
_COMMAND = [sys.executable, "-c", "from graph.cli import main; main()", "serve"]
_START_S = 300.0
# What the server makes ready once it answers: measured apart, so that no page is charged for it.
_READY_AFTER_S = 30.0


def run() -> list[tuple[str, float, float]]:
    """Serve a city of 100,000 actors and ask for every page.

    Returns rows of (address, seconds of the first request, p95 of the later ones in ms). The first
    request of a page comes after the server has said that it is ready; what one page computes, the
    next has ready. ``WUSHE_BENCH_CITY`` names a data directory that holds such a city already.
    """
    kept = os.environ.get("WUSHE_BENCH_CITY")
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(kept) if kept else Path(folder, "data")
        if not kept:
            settings = dataclasses.replace(
                Settings.from_environment(), data_dir=data_dir, neo4j_uri=None
            )
            with open_database(settings, owner=True) as database:
                fill(database, N_ACTORS, Path(folder, "city"))
        return _measure(data_dir)


def _measure(data_dir: Path) -> list[tuple[str, float, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "WUSHE_DATA": str(data_dir), "PORT": str(port)}
    site = f"http://127.0.0.1:{port}"
    start = time.perf_counter()
    process = subprocess.Popen(
        _COMMAND, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _until_ready(site)
        rows = [("start, until answers are there", time.perf_counter() - start, float("nan"))]
        time.sleep(_READY_AFTER_S)
        for name, address in _addresses(site):
            first, *later = [_seconds(site + address) for _ in range(N_TIMES + 1)]
            rows.append((name, first, 1000 * sorted(later)[int(0.95 * N_TIMES) - 1]))
        return rows
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _addresses(site: str) -> list[tuple[str, str]]:
    """Return every page under a name that is the same for every city."""
    hub = _answer(f"{site}/api/v1/hubs?limit=1")["items"][0]["actor"]["id"]
    community = _answer(f"{site}/api/v1/actors?kind=Community&limit=3")["items"][2]
    street = quote(community["area"].rsplit("/", 1)[0])
    district = quote(community["area"].rsplit("/", 2)[0])
    area, place = quote(community["area"]), quote(community["id"])
    last = _answer(f"{site}/api/v1/imports")[0]["id"]
    return [
        ("/", "/"),
        ("/?area=STREET", f"/?area={street}"),
        ("/?area=DISTRICT", f"/?area={district}"),
        ("/?area=COMMUNITY&cell=…", f"/?area={area}&cell={place}:volunteer"),
        ("/map", "/map"),
        ("/actors/HUB", f"/actors/{hub}"),
        ("/actors/COMMUNITY", f"/actors/{place}"),
        ("/brokers", "/brokers"),
        ("/hubs", "/hubs"),
        ("/hubs?like=HUB", f"/hubs?like={hub}"),
        ("/gaps", "/gaps"),
        ("/gaps?area=STREET", f"/gaps?area={street}"),
        ("/partners", "/partners"),
        ("/partners?for=HUB", f"/partners?for={hub}"),
        ("/paths", f"/paths?from={place}&to={hub}"),
        ("/matching?area=STREET", f"/matching?area={street}"),
        ("/communities", "/communities"),
        ("/communities/COMMUNITY", f"/communities/{place}"),
        ("/compare", "/compare"),
        ("/compare?a=STREET&b=DISTRICT", f"/compare?a={street}&b={district}"),
        ("/compare?from=2016&to=2022", "/compare?from=2016-01-01&to=2022-01-01"),
        ("/what-if", "/what-if"),
        ("/report?area=STREET", f"/report?area={street}"),
        ("/data", "/data"),
        ("/data?area=DISTRICT", f"/data?area={district}"),
        ("/data/missing/tie_date", "/data/missing/tie_date"),
        ("/data/imports/LAST", f"/data/imports/{last}"),
        ("/views", "/views"),
        ("/shortlists", "/shortlists"),
        ("/search", f"/search?q={quote('和')}"),
        ("/import", "/import"),
        ("/help", "/help"),
        ("/about", "/about"),
    ]


def _until_ready(site: str) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        try:
            if _answer(f"{site}/healthz")["status"] == "ready":
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(site)


def _seconds(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310
        answer.read()
    return time.perf_counter() - start


def _answer(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found
