"""Fixtures that every test may use, and the policy behind them.

Policy
------
- One real Neo4j per run and release, started by the product's own code the first time a test
  asks for `database`, in a temporary data directory. Its files come from the normal cache
  (``WUSHE_CACHE``), so the first run on a machine downloads them.
- Every test that asks for `database` gets it empty: constraints and indexes are kept, nodes
  and relationships are gone. A test never cleans up after itself.
- ``WUSHE_TEST_NEO4J=2026.09.0,5.26.28`` runs these tests once on each release; by default
  only the release that Wushe manages is used.
- Files of tests may run side by side (``--numprocesses 2 --dist loadfile``, and
  ``--no-loadscope-reorder`` to keep the order of `LONG_FILES`): each process has a Neo4j and a
  temporary directory of its own. The tests of one file follow each other.
- What needs a process or a directory of its own (crashes, locks, full disks) makes its own
  `settings`, under ``tmp_path``, and closes what it opens.
- A module whose tests only read the sample data shares one import of it by `sample`; such a
  module never asks for `database`, which would empty it.
- Tests of pure functions ask for none of this.
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from graph.ingest.sample import load_sample
from graph.settings import Settings
from graph.store.database import Database
from graph.store.opening import open_database
from graph.store.schema import SCHEMA_VERSION

# The first example of a test pays for imports and caches; the suite as a whole is timed.
hypothesis.settings.register_profile("wushe", deadline=None)
hypothesis.settings.load_profile("wushe")

HERE = Path(__file__).parent
RELEASES = [
    release.strip()
    for release in os.environ.get("WUSHE_TEST_NEO4J", "").split(",")
    if release.strip()
] or [Settings.from_environment().neo4j_release]


# The files that take longest, longest first: side by side they begin before all others, so that
# no process works on the last of them alone.
LONG_FILES = (
    "web/test_accessibility.py",
    "graph/store/test_opening.py",
    "test_serving.py",
    "graph/ingest/test_faults.py",
    "web/test_map.py",
    "graph/networkx_backend/test_networkx_suite.py",
    "web/test_pages.py",
    "graph/findings/test_gap_rules.py",
    "graph/test_query.py",
    "web/test_query.py",
    "graph/test_cli.py",
    "graph/test_scenarios_command.py",
    "web/test_main_paths.py",
    "web/test_browser.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database, so that ``-m 'not neo4j'`` runs the rest in seconds."""
    for item in items:
        if "database_of_session" in getattr(item, "fixturenames", ()):
            item.add_marker("neo4j")
    if "PYTEST_XDIST_WORKER" in os.environ:
        places = {HERE / file: at for at, file in enumerate(LONG_FILES)}
        items.sort(key=lambda item: places.get(item.path, len(places)))


def settings_for(data_dir: Path, release: str) -> Settings:
    """Return settings with the normal cache and sources, and data of their own."""
    return dataclasses.replace(
        Settings.from_environment(),
        data_dir=data_dir,
        neo4j_uri=None,
        neo4j_release=release,
        language="zh",
    )


@pytest.fixture(scope="session", params=RELEASES)
def neo4j_release(request: pytest.FixtureRequest) -> str:
    """Return the release of Neo4j that this test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def settings_of_session(neo4j_release: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the settings of the Neo4j that is shared by the whole run."""
    return settings_for(tmp_path_factory.mktemp("wushe") / "data", neo4j_release)


@pytest.fixture(scope="session")
def database_of_session(settings_of_session: Settings) -> Iterator[Database]:
    """Yield the Neo4j of the run; use `database`, which is empty, instead."""
    with open_database(settings_of_session, owner=True) as opened:
        yield opened


@pytest.fixture
def database(database_of_session: Database) -> Database:
    """Return a running database without any data but the schema."""
    _empty(database_of_session)
    return database_of_session


@pytest.fixture(scope="module")
def sample(database_of_session: Database) -> Database:
    """Return a running database with the sample data, shared by the tests of a module."""
    _empty(database_of_session)
    load_sample(database_of_session)
    return database_of_session


def _empty(database: Database) -> None:
    database.wait_until_ready(60)
    with database.session("WRITE") as session:
        session.run(
            "MATCH (n) WHERE NOT n:Meta CALL { WITH n DETACH DELETE n } IN TRANSACTIONS"
        ).consume()
        session.run(
            "MATCH (m:Meta) SET m = {id: m.id, schema_version: $version}", version=SCHEMA_VERSION
        ).consume()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a file system of 90 MB of its own; a test may mount it again, differently."""
    if not (sys.platform == "linux" and os.geteuid() == 0):
        pytest.skip("mounting a file system needs root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=90m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def settings(tmp_path: Path, neo4j_release: str) -> Settings:
    """Return settings whose data directory is empty and belongs to this test alone."""
    return settings_for(tmp_path / "data", neo4j_release)
