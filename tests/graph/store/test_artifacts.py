"""Downloads, against a server on this machine that fails in the ways servers do."""

from __future__ import annotations

import dataclasses
import os
import socket
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store import artifacts
from graph.store.artifacts import Artifact, Progress, ensure, read_lock, release_dir, releases
from graph.store.errors import (
    ChecksumMismatch,
    DiskFull,
    DownloadFailed,
    ReadOnlyData,
    UnknownRelease,
)

FILES = {f"org/x/{n}/1/{n}-1.jar": bytes([n]) * (1000 * n + 1) for n in range(1, 6)}
LOCK = tuple(Artifact(path, len(b), sha256(b).hexdigest()) for path, b in FILES.items())


class Mirror(ThreadingHTTPServer):
    """Serves `FILES`; a test changes what it does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = dict(FILES)
        self.ranges: list[str] = []
        self.n_requests = 0
        self.n_to_cut = 0
        self.status = 200
        self.is_range_ignored = False
        self.login: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/maven2"


class Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        mirror = self.server
        mirror.n_requests += 1
        mirror.login = self.headers["Authorization"]
        if mirror.status != 200:
            self.send_error(mirror.status)
            return
        content = mirror.files[self.path.removeprefix("/maven2/")]
        start = 0
        if (wanted := self.headers["Range"]) is not None:
            mirror.ranges.append(wanted)
            if not mirror.is_range_ignored:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        body = content[start:]
        if mirror.n_to_cut > 0:
            mirror.n_to_cut -= 1
            body = body[: len(body) // 2]
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def cached(tmp_path: Path, mirror: Mirror) -> Settings:
    """Settings with an empty cache that is filled from the mirror."""
    return Settings(tmp_path / "data", tmp_path / "cache", maven_repository=mirror.url)


def contents(paths: list[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def leftovers(settings: Settings) -> list[Path]:
    return list(release_dir(settings).rglob("*.part"))


def test_files_are_fetched_once_in_the_order_of_the_lock(cached: Settings, mirror: Mirror) -> None:
    seen: list[Progress] = []
    paths = ensure(LOCK, cached, seen.append)
    assert contents(paths) == list(FILES.values())
    total = sum(map(len, FILES.values()))
    assert seen[-1] == Progress(total, total, len(FILES))
    assert [p.done_bytes for p in seen] == sorted(p.done_bytes for p in seen)
    assert ensure(LOCK, cached) == paths
    assert mirror.n_requests == len(FILES)
    assert not leftovers(cached)


def test_a_cut_download_goes_on_where_it_stopped(cached: Settings, mirror: Mirror) -> None:
    mirror.n_to_cut = 3
    assert contents(ensure(LOCK, cached)) == list(FILES.values())
    assert len(mirror.ranges) == 3


def test_an_interrupted_download_goes_on_in_the_next_run(cached: Settings, mirror: Mirror) -> None:
    last = LOCK[-1]
    part = release_dir(cached) / (last.path + ".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(FILES[last.path][:1234])
    seen: list[Progress] = []
    assert contents(ensure(LOCK, cached, seen.append)) == list(FILES.values())
    assert mirror.ranges == ["bytes=1234-"]
    assert seen[-1].done_bytes == seen[-1].total_bytes


def test_a_server_without_ranges_sends_the_file_again(cached: Settings, mirror: Mirror) -> None:
    mirror.is_range_ignored = True
    mirror.n_to_cut = 1
    seen: list[Progress] = []
    assert contents(ensure(LOCK, cached, seen.append)) == list(FILES.values())
    assert seen[-1].done_bytes == seen[-1].total_bytes


def test_a_part_that_is_wrong_is_fetched_again(cached: Settings) -> None:
    part = release_dir(cached) / (LOCK[0].path + ".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"?" * LOCK[0].size)
    assert contents(ensure(LOCK, cached)) == list(FILES.values())


@pytest.mark.parametrize("wrong", [b"?" * LOCK[2].size, FILES[LOCK[2].path] + b"?"])
def test_a_wrong_file_is_refused(cached: Settings, mirror: Mirror, wrong: bytes) -> None:
    mirror.files[LOCK[2].path] = wrong
    with pytest.raises(ChecksumMismatch) as caught:
        ensure(LOCK, cached)
    assert caught.value.file == LOCK[2].path
    assert not (release_dir(cached) / LOCK[2].path).exists()
    mirror.files[LOCK[2].path] = FILES[LOCK[2].path]
    assert contents(ensure(LOCK, cached)) == list(FILES.values())


def test_a_file_damaged_later_is_fetched_again(cached: Settings, mirror: Mirror) -> None:
    paths = ensure(LOCK, cached)
    paths[1].write_bytes(b"!" * LOCK[1].size)
    paths[3].unlink()
    assert contents(ensure(LOCK, cached)) == list(FILES.values())
    assert mirror.n_requests == len(FILES) + 2


def test_a_file_damaged_later_is_refused_where_it_cannot_be_had(
    cached: Settings, tmp_path: Path
) -> None:
    ensure(LOCK, cached)[1].write_bytes(b"!" * LOCK[1].size)
    with pytest.raises(DownloadFailed):
        ensure(LOCK, dataclasses.replace(cached, offline_jars=tmp_path / "nothing"))


def test_a_touched_file_is_hashed_and_kept(cached: Settings, mirror: Mirror) -> None:
    paths = ensure(LOCK, cached)
    os.utime(paths[0], (1, 1))
    ensure(LOCK, cached)
    assert mirror.n_requests == len(FILES)


def test_no_network_names_the_two_ways_out(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # never listens: every connection is refused
        settings = Settings(
            tmp_path / "data",
            tmp_path / "cache",
            maven_repository=f"http://127.0.0.1:{closed.getsockname()[1]}",
        )
        with pytest.raises(DownloadFailed) as caught:
            ensure(LOCK, settings)
    for text in (caught.value.message.zh, caught.value.message.en):
        assert "WUSHE_MAVEN_REPOSITORY" in text
        assert "WUSHE_OFFLINE_JARS" in text


def test_a_file_the_mirror_lacks_is_not_asked_for_again(cached: Settings, mirror: Mirror) -> None:
    mirror.status = 404
    with pytest.raises(DownloadFailed, match="HTTP 404"):
        ensure(LOCK, cached)
    assert mirror.n_requests <= len(FILES)


def test_a_login_in_the_address_is_sent_and_not_shown(cached: Settings, mirror: Mirror) -> None:
    address = mirror.url.replace("//", "//user:p%40ss@")
    mirror.status = 401
    with pytest.raises(DownloadFailed) as caught:
        ensure(LOCK, dataclasses.replace(cached, maven_repository=address))
    assert mirror.login == "Basic dXNlcjpwQHNz"
    assert "ss@" not in str(caught.value)


@pytest.mark.parametrize("is_flat", [True, False])
@pytest.mark.parametrize("by", ["offline_jars", "path", "file_url"])
def test_a_prepared_folder_serves_a_machine_without_network(
    tmp_path: Path, by: str, is_flat: bool
) -> None:
    folder = tmp_path / "离线 jars"
    for path, content in FILES.items():
        target = folder / (Path(path).name if is_flat else path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    settings = Settings(
        tmp_path / "data",
        tmp_path / "cache",
        offline_jars=folder if by == "offline_jars" else None,
        maven_repository={"path": str(folder), "file_url": folder.as_uri()}.get(by),
    )
    assert contents(ensure(LOCK, settings)) == list(FILES.values())
    for file in folder.rglob("5-1.jar"):
        file.write_bytes(b"?" * LOCK[4].size)
    (release_dir(settings) / LOCK[4].path).unlink()
    with pytest.raises(ChecksumMismatch):
        ensure(LOCK, settings)


def test_a_download_can_be_ended_from_its_progress(cached: Settings, mirror: Mirror) -> None:
    class Enough(Exception):
        pass

    def stop(progress: Progress) -> None:
        raise Enough

    with pytest.raises(Enough):
        ensure(LOCK, cached, stop)
    assert contents(ensure(LOCK, cached)) == list(FILES.values())


def test_two_processes_fill_a_cache_once(cached: Settings, mirror: Mirror) -> None:
    threads = [threading.Thread(target=ensure, args=(LOCK, cached)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mirror.n_requests == len(FILES)


def test_more_than_the_disk_holds_is_not_begun(cached: Settings, mirror: Mirror) -> None:
    huge = Artifact("org/x/huge.jar", 1 << 60, "0" * 64)
    with pytest.raises(DiskFull):
        ensure((*LOCK, huge), cached)
    assert mirror.n_requests == 0


def test_a_cache_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(ReadOnlyData) as caught:
        ensure(LOCK, Settings(tmp_path / "data", tmp_path / "cache"))
    assert "WUSHE_CACHE" in caught.value.message.zh


def test_every_lock_file_is_in_order_and_names_no_host() -> None:
    assert Settings.from_environment({}).neo4j_release in releases()
    for release in releases():
        lock = read_lock(release)
        paths = [a.path for a in lock]
        assert paths == sorted(set(paths))
        assert f"org/neo4j/app/neo4j-server/{release}/neo4j-server-{release}.jar" in paths
        assert f"org/neo4j/neo4j/{release}/neo4j-{release}.jar" in paths
        assert all(a.size > 0 and len(a.sha256) == 64 for a in lock)
        text = Path(artifacts.__file__).with_name(f"neo4j-{release}.lock").read_text("utf-8")
        assert "://" not in text


def test_a_release_without_a_lock_names_those_that_have_one() -> None:
    with pytest.raises(UnknownRelease, match=r"5\.26\.28, 2026\.09\.0"):
        read_lock("4.4.0")
