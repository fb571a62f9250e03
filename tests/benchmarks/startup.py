"""How long a person waits for the first page and for the first data, start by start."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

NAME = "startup"
HELP = "seconds from the command to the first page and to the first data"
COMMAND = [sys.executable, "-c", "from graph.cli import main; main()", "serve", "--sample"]


def run(n_runs: int = 5) -> list[tuple[str, float, float]]:
    """Start ``n_runs`` times on the same data after a first start.

    Returns rows of (what, median seconds, largest).
    """
    pages, data, stops = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        first = _start(Path(folder))
        for _ in range(n_runs):
            page_s, data_s, stop_s = _start(Path(folder))
            pages.append(page_s)
            data.append(data_s)
            stops.append(stop_s)
    return [
        ("first start: page", first[0], first[0]),
        ("first start: data, sample loaded", first[1], first[1]),
        ("later start: page", statistics.median(pages), max(pages)),
        ("later start: data", statistics.median(data), max(data)),
        ("stop", statistics.median(stops), max(stops)),
    ]


def _start(data_dir: Path) -> tuple[float, float, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "WUSHE_DATA": str(data_dir), "PORT": str(port)}
    start = time.perf_counter()
    process = subprocess.Popen(
        COMMAND, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        page_s = _until(port, "/", start, lambda _: True)
        data_s = _until(port, "/healthz", start, lambda b: json.loads(b)["status"] == "ready")
        _until(port, "/api/v1/overview", start, lambda b: json.loads(b)["n_actors"] > 0)
        asked = time.perf_counter()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
    return page_s, data_s, time.perf_counter() - asked


def _until(port: int, path: str, start: float, is_there: object) -> float:
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            body = error.read()
            if path != "/":
                continue
        except OSError:
            time.sleep(0.01)
            continue
        if is_there(body):  # type: ignore[operator]
            return time.perf_counter() - start
        time.sleep(0.02)
