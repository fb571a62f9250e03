"""`wushe serve` as a process: first start, second start, faults, the end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.errors import InvalidArgument
from graph.settings import Settings

pytestmark = pytest.mark.neo4j
COMMAND = [sys.executable, "-c", "from graph.cli import main; main()", "serve", "--sample"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path, port: int, release: str) -> dict[str, str]:
    return {
        **os.environ,
        "WUSHE_DATA": str(data_dir),
        "WUSHE_NEO4J_RELEASE": release,
        "PORT": str(port),
        "WUSHE_LANG": "zh",
        "PYTHONIOENCODING": "utf-8",
    }


class Server:
    """A running `wushe serve`."""

    def __init__(self, data_dir: Path, release: str, log: Path) -> None:
        self.port = free_port()
        self.log = log
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                COMMAND,
                env=environment(data_dir, self.port, release),
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    def get(self, path: str, timeout_s: float = 30) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=timeout_s
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait_for_page(self) -> tuple[int, str]:
        deadline = time.monotonic() + 60
        while True:
            try:
                return self.get("/")
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def wait_for(self, *states: str) -> dict[str, object]:
        deadline = time.monotonic() + 120
        while True:
            health = dict(json.loads(self.get("/healthz")[1]))
            if health["status"] in states:
                return health
            assert time.monotonic() < deadline, health
            time.sleep(0.05)

    def java_pids(self) -> list[int]:
        """Return the Java processes below this one."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [process.pid for process in below if process.name() == "java"]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serving") / "数据"


@pytest.fixture(scope="module")
def server(
    data_dir: Path, neo4j_release: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    running = Server(data_dir, neo4j_release, tmp_path_factory.mktemp("log") / "serve.log")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_a_page_is_there_at_once_and_data_soon(server: Server) -> None:
    status, page = server.wait_for_page()
    assert status in (200, 503)
    assert "五社" in page
    server.wait_for("ready")
    status, page = server.get("/")
    assert status == 200
    assert "北京和众泽益公益发展中心" in page
    assert f"http://127.0.0.1:{server.port}/" in server.log.read_text(encoding="utf-8")


def test_only_loopback_is_listened_on(server: Server) -> None:
    server.wait_for("ready")
    for pid in (server.process.pid, *server.java_pids()):
        inodes = set()
        for link in Path(f"/proc/{pid}/fd").iterdir():
            try:
                target = link.readlink().name
            except OSError:
                continue
            if found := re.match(r"socket:\[(\d+)\]", target):
                inodes.add(found[1])
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and fields[9] in inodes:
                    address = fields[1].split(":")[0]
                    assert address.endswith(("0100007F", "00000000000000000000000001000000")), line


def test_a_busy_port_is_said(server: Server, tmp_path: Path, neo4j_release: str) -> None:
    refused = subprocess.run(
        COMMAND,
        env=environment(tmp_path / "other", server.port, neo4j_release),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert f"端口 {server.port} 已被" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_second_start_on_the_same_data_is_told_where_the_first_is(
    server: Server, data_dir: Path, neo4j_release: str
) -> None:
    server.wait_for("ready")
    refused = subprocess.run(
        COMMAND,
        env=environment(data_dir, free_port(), neo4j_release),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert str(server.port) in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_killed_database_comes_back_and_pages_say_so(server: Server) -> None:
    server.wait_for("ready")
    (pid,) = server.java_pids()
    os.kill(pid, signal.SIGKILL)
    health = server.wait_for("restarting")
    assert "重启" in health["message"]["zh"]  # type: ignore[index]
    status, body = server.get("/api/v1/overview")
    if status != 200:
        assert (status, json.loads(body)["status"]) == (503, 503)
    server.wait_for("ready")
    status, page = server.get("/hubs")
    assert status == 200
    assert "北京和众泽益公益发展中心" in page


def test_ctrl_c_stops_everything_and_the_data_stay(
    server: Server, data_dir: Path, neo4j_release: str, tmp_path: Path
) -> None:
    server.wait_for("ready")
    pids = server.java_pids()
    assert server.stop() == 0
    assert "数据已保存" in server.log.read_text(encoding="utf-8")
    for pid in pids:
        assert not Path(f"/proc/{pid}").exists()
    again = Server(data_dir, neo4j_release, tmp_path / "again.log")
    try:
        again.wait_for_page()
        # Before Neo4j is there, the answers of the last run are.
        deadline = time.monotonic() + 30
        while again.get("/")[0] != 200:
            assert time.monotonic() < deadline
        assert "北京和众泽益公益发展中心" in again.get("/")[1]
        again.wait_for("ready")
        overview = json.loads(again.get("/api/v1/overview")[1])
        assert overview["n_actors"] > 100
        assert len(json.loads(again.get("/api/v1/imports")[1])) == 1
    finally:
        again.stop()


def test_killed_outright_it_takes_neo4j_with_it(
    data_dir: Path, neo4j_release: str, tmp_path: Path
) -> None:
    doomed = Server(data_dir, neo4j_release, tmp_path / "doomed.log")
    doomed.wait_for_page()
    doomed.wait_for("ready")
    (pid,) = doomed.java_pids()
    doomed.process.kill()
    doomed.process.wait(10)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_settings_come_from_the_environment_given(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"WUSHE_DATA": str(tmp_path), "PORT": "9000", "LANG": "zh_CN.UTF-8"}
    )
    assert (settings.data_dir, settings.port, settings.language) == (tmp_path, 9000, "zh")
    assert Settings.from_environment({"LANG": "de_DE.UTF-8"}).language == "en"
    for port in ("abc", "0", "70000", "-1"):
        with pytest.raises(InvalidArgument, match="PORT"):
            Settings.from_environment({"PORT": port})
