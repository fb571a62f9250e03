"""The managed Neo4j's life: started, owned, shared, killed, refused.

A start of Neo4j takes seconds, so one is shared by the tests that use `owned`, and the others
show several things each.
"""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from graph.store.artifacts import class_path
from graph.store.database import Database
from graph.store.errors import (
    DataInUse,
    DiskFull,
    DownloadFailed,
    LoginRefused,
    NewerRelease,
    NewerSchema,
    ReadOnlyData,
    StartFailed,
    StatementFailed,
    StoreUnavailable,
)
from graph.store.opening import open_database
from graph.store.owner import Ownership, read_runtime
from graph.store.process import Neo4jProcess
from graph.store.schema import SCHEMA_VERSION
from graph.store.status import Status
from graph.store.training import aot_cache, prepare
from tests.conftest import settings_for
from tests.graph.store.processes import is_alive, wait_for

pytestmark = pytest.mark.neo4j
PAGE = "http://127.0.0.1:8765"


def area(id_: str, **properties: Any) -> dict[str, Any]:
    return {"id": id_, "parent": None, "properties": {"id": id_, **properties}}


def ids(database: Database) -> list[str]:
    with database.session("READ") as session:
        return [r["id"] for r in session.run("MATCH (a:Area) RETURN a.id AS id ORDER BY id")]


@dataclass
class Owned:
    """A managed Neo4j that this process owns, and what was seen while it started."""

    settings: Settings
    database: Database
    first_state: str
    taken_port: int
    statuses: list[Status] = field(default_factory=list)


@pytest.fixture(scope="module")
def owned(neo4j_release: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owned]:
    settings = settings_for(tmp_path_factory.mktemp("owned") / "五社 data", neo4j_release)
    statuses: list[Status] = []
    choose = Neo4jProcess._choose_port
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.MonkeyPatch.context() as patch:
        # Another program takes the first port between the choice and the start.
        port = taken.getsockname()[1]
        ports = [port]
        patch.setattr(
            Neo4jProcess, "_choose_port", lambda self: ports.pop() if ports else choose(self)
        )
        with open_database(
            settings, wait=False, progress=statuses.append, owner=True, page_address=PAGE
        ) as database:
            first_state = database.status.state
            with pytest.raises(StoreUnavailable) as caught:
                database.read("schema.sizes")
            assert caught.value.state == "starting"
            database.wait_until_ready(120)
            assert not ports
            yield Owned(settings, database, first_state, port, statuses)
            sharer = open_database(settings)
    with sharer, pytest.raises(StoreUnavailable) as caught:
        sharer.read("schema.sizes")
    assert caught.value.state == "stopped"
    assert database.status.state == "stopped"
    assert read_runtime(settings.data_dir) is None


def java_pid(settings: Settings) -> int:
    runtime = read_runtime(settings.data_dir)
    assert runtime is not None
    assert runtime.java_pid is not None
    return runtime.java_pid


def test_it_starts_behind_the_first_page(owned: Owned) -> None:
    assert owned.first_state == "starting"
    assert {s.state for s in owned.statuses[:-1]} <= {"starting", "restarting", "ready"}
    assert owned.database.status.state == "ready"


def test_a_port_lost_in_the_last_moment_is_replaced(owned: Owned) -> None:
    address = owned.database.bolt_address()
    assert address.startswith("bolt://127.0.0.1:")
    assert not address.endswith(f":{owned.taken_port}")


def test_secrets_are_the_users_alone(owned: Owned) -> None:
    data = owned.settings.data_dir
    for file in (data / "neo4j" / "password", data / "runtime.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((data / "neo4j").stat().st_mode) == 0o700
    user, password = owned.database.login()
    assert (user, password) == ("neo4j", (data / "neo4j" / "password").read_text())
    assert len(password) >= 32


@pytest.mark.skipif(sys.platform != "linux", reason="/proc shows what a process has mapped")
def test_a_prepared_start_uses_the_aot_cache(owned: Owned) -> None:
    cache = aot_cache(owned.settings)
    if not cache.exists():
        pytest.skip("`wushe prepare` has not been run on this machine")
    assert cache.name in Path(f"/proc/{java_pid(owned.settings)}/maps").read_text()


def test_a_second_owner_is_told_who_is_there(owned: Owned) -> None:
    with pytest.raises(DataInUse) as caught:
        open_database(owned.settings, owner=True)
    assert (caught.value.pid, caught.value.address) == (os.getpid(), PAGE)
    assert PAGE in caught.value.message.zh


def test_another_process_is_told_or_shares(owned: Owned) -> None:
    owned.database.write("load.areas", rows=[area("shared")])
    program = """
from pathlib import Path
from graph.settings import Settings
from graph.store.errors import DataInUse
from graph.store.opening import open_database
settings = Settings.from_environment()
try:
    open_database(settings, wait=False, owner=True)
except DataInUse as error:
    print(error.pid)
with open_database(settings) as database:
    print(database.version())
    print(database.read("schema.sizes")[0]["n_nodes"])
    database.write("schema.record", schema_version=1)
"""
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={
            **os.environ,
            "WUSHE_DATA": str(owned.settings.data_dir),
            "WUSHE_NEO4J_RELEASE": owned.settings.neo4j_release,
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    version = answer.stdout.decode().split()[1]
    assert answer.stdout.decode().split() == [str(os.getpid()), version, "2"]
    assert owned.database.status.state == "ready"


def test_a_crash_in_a_transaction_leaves_nothing_and_neo4j_comes_back(owned: Owned) -> None:
    owned.database.write("load.areas", rows=[area("shared"), area("acknowledged")])
    with open_database(owned.settings) as sharer:
        assert sharer.version() == owned.database.version()
        before = java_pid(owned.settings)

        def crash() -> None:
            with owned.database.transaction() as tx:
                tx.run("load.areas", rows=[area("half")])
                assert sharer.restart()  # SIGKILL, as for a query that nothing else ends
                tx.run("load.areas", rows=[area("other half")])

        with pytest.raises(StoreUnavailable) as caught:
            crash()
        assert caught.value.state == "restarting"
        wait_for(lambda: owned.database.status.state == "restarting")
        with pytest.raises(StoreUnavailable):
            owned.database.read("schema.sizes")
        owned.database.wait_until_ready(60)
        assert java_pid(owned.settings) != before
        assert ids(owned.database) == ["acknowledged", "shared"]
        assert ids(sharer) == ["acknowledged", "shared"]


def test_neo4j_dies_with_its_owner_and_the_data_are_there(settings: Settings) -> None:
    program = f"""
import time
from graph.settings import Settings
from graph.store.opening import open_database
database = open_database(Settings.from_environment(), owner=True)
database.write("schema.record", schema_version={SCHEMA_VERSION + 1})
print("up", flush=True)
time.sleep(60)
"""
    owner = subprocess.Popen(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "WUSHE_DATA": settings.data_dir.name,
            "WUSHE_NEO4J_RELEASE": settings.neo4j_release,
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        cwd=settings.data_dir.parent,
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"up\n"
    pid = java_pid(settings)
    assert is_alive(pid)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    # The stale state is no obstacle, and what was acknowledged is read from the log.
    with pytest.raises(NewerSchema):
        open_database(settings, owner=True)
    assert not is_alive(pid)
    Ownership(settings.data_dir).release()


def test_java_that_cannot_run_is_told_with_its_log(tmp_path: Path) -> None:
    process = Neo4jProcess("5.26.28", [], tmp_path / "home", tmp_path / "logs")
    with pytest.raises(StartFailed, match="CommunityEntryPoint"):
        process.start()
    assert "CommunityEntryPoint" in (tmp_path / "logs" / "java.log").read_text()
    process.stop()


def test_data_of_a_newer_neo4j_are_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "release").write_text("2026.10.0")
    for release in ("2026.9.1", "5.26.28"):
        with pytest.raises(NewerRelease, match=r"WUSHE_NEO4J_RELEASE=2026\.10\.0"):
            Neo4jProcess(release, [], tmp_path, tmp_path / "logs").start()
    assert (tmp_path / "release").read_text() == "2026.10.0"
    with pytest.raises(StartFailed):  # there are no jars, but the release is not what it lacks
        Neo4jProcess("2026.10.1", [], tmp_path, tmp_path / "logs").start()
    assert (tmp_path / "release").read_text() == "2026.10.1"


def test_the_port_of_the_last_run_is_taken_again_if_it_is_free(tmp_path: Path) -> None:
    process = Neo4jProcess("5.26.28", [], tmp_path, tmp_path)
    first = process._choose_port()
    assert process._choose_port() == first
    with socket.create_server(("127.0.0.1", first)):
        second = process._choose_port()
    assert second != first
    assert process._choose_port() == second
    (tmp_path / "port").write_text("no number")
    assert process._choose_port() > 0


def test_a_start_that_fails_says_why_and_where_to_look(settings: Settings) -> None:
    (settings.data_dir / "neo4j").mkdir(parents=True)
    (settings.data_dir / "neo4j" / "data").write_text("in the way")
    with open_database(settings, wait=False) as database:
        with pytest.raises(StartFailed) as caught:
            database.wait_until_ready(60)
        assert database.status.state == "failed"
        assert database.status.message == caught.value.message
        with pytest.raises(StartFailed):
            database.read("schema.sizes")
    assert caught.value.log.read_text()
    assert "data" in caught.value.message.en.split(":", 1)[1].split("See ")[0]
    assert str(caught.value.log) in caught.value.message.zh
    Ownership(settings.data_dir).release()


def test_without_network_the_page_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        lost = dataclasses.replace(
            settings,
            cache_dir=tmp_path / "empty",
            maven_repository=f"http://127.0.0.1:{closed.getsockname()[1]}",
        )
        with open_database(lost, wait=False) as database:
            with pytest.raises(DownloadFailed):
                database.wait_until_ready(60)
            assert "WUSHE_OFFLINE_JARS" in database.status.message.en


def test_a_data_directory_that_is_a_file(settings: Settings) -> None:
    settings.data_dir.write_text("in the way")
    with pytest.raises(ReadOnlyData) as caught:
        open_database(settings, wait=False)
    assert "WUSHE_DATA" in caught.value.message.zh


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


def test_a_read_only_disk(settings: Settings, small_disk: Path) -> None:
    on_disk = dataclasses.replace(settings, data_dir=small_disk / "data")
    remount(small_disk, "ro")
    with pytest.raises(ReadOnlyData):
        open_database(on_disk)
    remount(small_disk, "rw")
    on_disk.data_dir.mkdir()
    remount(small_disk, "ro")
    with pytest.raises(ReadOnlyData):
        open_database(on_disk)


def test_a_disk_that_is_full_from_the_start(settings: Settings, small_disk: Path) -> None:
    (small_disk / "other").write_bytes(bytes(60 << 20))
    with pytest.raises(DiskFull):
        open_database(dataclasses.replace(settings, data_dir=small_disk / "data"))


def test_a_disk_that_fills_up_keeps_what_was_acknowledged(
    settings: Settings, small_disk: Path
) -> None:
    on_disk = dataclasses.replace(settings, data_dir=small_disk / "data")
    acknowledged = []

    def fill(database: Database) -> None:
        for number in range(200):
            database.write("load.areas", rows=[area(f"{number:03}", text="五" * 400_000)])
            acknowledged.append(f"{number:03}")

    with open_database(on_disk) as database:
        with pytest.raises(DiskFull):
            fill(database)
        assert acknowledged
        with pytest.raises(DiskFull):
            database.read("schema.sizes")
        remount(small_disk, "size=1g")
        # Room again: Neo4j is started anew by the first who asks.
        with pytest.raises(StoreUnavailable):
            database.read("schema.sizes")
        wait_for(lambda: database.status.state == "restarting")
        database.wait_until_ready(120)
        # The write that failed may have reached the log as a whole, never in part.
        assert ids(database)[: len(acknowledged)] == acknowledged
        assert len(ids(database)) <= len(acknowledged) + 1


def test_an_own_server_is_used_and_its_schema_seen_to(database: Database) -> None:
    user, password = database.login()
    own = Settings(
        Path("unused"),
        Path("unused"),
        neo4j_uri=database.bolt_address().replace("bolt://", "neo4j://"),
        neo4j_user=user,
        neo4j_password=password,
    )
    prepare(own)
    with open_database(own, owner=True) as server:
        before = server.version()
        assert server.version() == before
        server.write("load.areas", rows=[area("a")])
        after_write = server.version()
        with server.transaction() as tx:
            tx.run("load.areas", rows=[area("a", name="甲")])
        after_transaction = server.version()
        database.write("load.areas", rows=[area("b")])  # by another program
        assert len({before, after_write, after_transaction, server.version()}) == 4
        assert not server.restart()
    assert database.status.state == "ready"
    with pytest.raises(LoginRefused):
        open_database(dataclasses.replace(own, neo4j_password="wrong"))
    with pytest.raises(StatementFailed, match="nothing"):
        open_database(dataclasses.replace(own, neo4j_database="nothing"))


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:1", "http://127.0.0.1", "nonsense"])
def test_an_own_server_that_does_not_answer(settings: Settings, uri: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_database(dataclasses.replace(settings, neo4j_uri=uri, neo4j_password="x"))
    assert caught.value.state == "failed"
    assert "WUSHE_NEO4J_URI" in caught.value.message.zh


def test_what_is_prepared_is_not_prepared_again(settings: Settings) -> None:
    class_path(settings)
    if not aot_cache(settings).exists():
        pytest.skip("`wushe prepare` has not been run on this machine")
    statuses: list[Status] = []
    start = time.perf_counter()
    prepare(settings, statuses.append)
    assert time.perf_counter() - start < 0.1
    assert statuses == []


def test_an_unreadable_runtime_file_is_no_runtime(tmp_path: Path) -> None:
    for text in ("", "[1]", json.dumps({"pid": 1, "unknown": 2})):
        (tmp_path / "runtime.json").write_text(text)
        assert read_runtime(tmp_path) is None
