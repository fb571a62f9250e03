"""A whole application on a real Neo4j, once as a client in the process and once as a server.

Policy
------
- `client` and `site` hold the sample data; they are made once per module, because reading them
  changes nothing. A test that imports takes its import back.
- `empty_client` holds no data.
- The browser is the one that ``.ci/get-browser`` finds; without one its tests are left out.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.testclient import TestClient

from api.state import ServerState
from graph.ingest.sample import load_sample
from graph.settings import Settings
from graph.store.database import Database
from web.app import create_app

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
START_TIMEOUT_S = 240.0
PATIENCE_S = 25.0


def find_browser() -> str | None:
    """Return the Chromium that ``.ci/get-browser`` finds, or None."""
    for name in (os.environ.get("WUSHE_CHROMIUM", ""), *BROWSERS):
        found = shutil.which(name) if name else None
        if found:
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds."""
    end = time.monotonic() + START_TIMEOUT_S
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def application(settings: Settings, database: Database) -> FastAPI:
    """Return a ready application over ``database``, which it does not close."""
    state = ServerState(database)
    app = create_app(settings, state)
    app.state.server = state
    state.start()
    wait_for(lambda: state.health().status == "ready")
    return app


def wipe(database: Database) -> None:
    """Delete all data but the schema."""
    with database.session("WRITE") as session:
        session.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume()


@pytest.fixture(scope="module")
def sample_app(settings_of_session: Settings, database_of_session: Database) -> FastAPI:
    """Return an application that holds the sample data."""
    wipe(database_of_session)
    load_sample(database_of_session)
    return application(settings_of_session, database_of_session)


@pytest.fixture(scope="module")
def client(sample_app: FastAPI) -> TestClient:
    """Return a client of the sample application; it follows redirects and keeps cookies."""
    return TestClient(sample_app, base_url="http://localhost")


@pytest.fixture
def empty_client(settings_of_session: Settings, database: Database) -> TestClient:
    """Return a client of an application without data."""
    return TestClient(application(settings_of_session, database), base_url="http://localhost")


@pytest.fixture(scope="module")
def site(sample_app: FastAPI) -> Iterator[str]:
    """Serve the sample application, and return its address.

    A page is waited for: one that says how far it is would load itself again under a test.
    """
    with pytest.MonkeyPatch.context() as patch, socket.socket() as listener:
        patch.setattr("web.jobs.PATIENCE_S", PATIENCE_S)
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(sample_app, lifespan="off", log_level="warning", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        wait_for(lambda: server.started)
        yield f"http://localhost:{port}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a real Chromium, which draws WebGL in software."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium here; see .ci/get-browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def log() -> list[str]:
    """Return what the pages of a test wrote into the browser's log."""
    return []


@pytest.fixture
def context(browser: Browser, log: list[str]) -> Iterator[BrowserContext]:
    """Return a browser on a desk, in whose log nothing may be wrong."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened.set_default_timeout(30_000)
    opened.on("weberror", lambda error: log.append(str(error.error)))
    opened.on(
        "console",
        lambda message: log.append(message.text) if message.type == "error" else None,
    )
    yield opened
    opened.close()
    assert log == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a page of that browser."""
    return context.new_page()
