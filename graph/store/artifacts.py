"""Neo4j's jars: which ones (the lock file), where they come from, and that they are right."""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from importlib.resources import files
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit

from filelock import FileLock

from graph.settings import Settings
from graph.store.errors import (
    ChecksumMismatch,
    DiskFull,
    DownloadFailed,
    UnknownRelease,
    file_error,
)

_N_THREADS = 16
_N_TRIES_WITHOUT_PROGRESS = 4
_TIMEOUT_S = 30.0
_CHUNK = 1 << 18
_SPARE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Artifact:
    """One line of a lock file: where the jar lies in a Maven layout, its size and SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is: bytes done and in all, and the number of files in all."""

    done_bytes: int
    total_bytes: int
    n_files: int


OnProgress = Callable[[Progress], None]


def releases() -> list[str]:
    """Return the releases that have a lock file, oldest first."""
    names = (entry.name for entry in files("graph.store").iterdir())
    found = [n[len("neo4j-") : -len(".lock")] for n in names if n.endswith(".lock")]
    return sorted(found, key=lambda release: [int(part) for part in release.split(".")])


def read_lock(release: str) -> tuple[Artifact, ...]:
    """Return the jars of ``release`` in class path order; raises `UnknownRelease`."""
    if release not in releases():
        raise UnknownRelease(release, releases())
    text = (files("graph.store") / f"neo4j-{release}.lock").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Artifact(path, int(size), digest) for path, size, digest in rows)


def release_dir(settings: Settings) -> Path:
    """Return the folder of the cache that belongs to the chosen release."""
    return settings.cache_dir / f"neo4j-{settings.neo4j_release}"


@contextlib.contextmanager
def cache_lock(settings: Settings) -> Iterator[None]:
    """Hold the cache of this release against other processes that would fill it."""
    folder = release_dir(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "cache.lock")
        lock.acquire()
    except OSError as error:
        raise file_error(error, folder) from error
    try:
        yield
    finally:
        lock.release()


def class_path(settings: Settings, on_progress: OnProgress | None = None) -> list[Path]:
    """Return the jars of the chosen release, fetching what is missing or wrong.

    When nothing has changed since the files were verified (size and time of change, per file)
    this takes a few milliseconds. ``on_progress`` is called from any thread, one call at a
    time; an exception that it raises ends the download and comes out here. Raises
    `DownloadFailed`, `ChecksumMismatch`, `DiskFull`, `ReadOnlyData` or `UnknownRelease`.
    """
    return ensure(read_lock(settings.neo4j_release), settings, on_progress)


def ensure(
    artifacts: tuple[Artifact, ...], settings: Settings, on_progress: OnProgress | None = None
) -> list[Path]:
    """Return where ``artifacts`` lie in the cache, as `class_path` does for those of a lock."""
    folder = release_dir(settings)
    paths = [folder / artifact.path for artifact in artifacts]
    if _unverified(folder, artifacts):
        with cache_lock(settings):
            # Another process may have filled the cache while this one waited.
            if wrong := _unverified(folder, artifacts):
                try:
                    _fill(settings, folder, wrong, artifacts, on_progress)
                except OSError as error:
                    raise file_error(error, folder) from error
    return paths


def _unverified(folder: Path, artifacts: tuple[Artifact, ...]) -> list[Artifact]:
    try:
        stamp = json.loads((folder / "verified.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stamp = {}
    wrong = []
    for artifact in artifacts:
        try:
            stat = (folder / artifact.path).stat()
        except OSError:
            wrong.append(artifact)
            continue
        if stamp.get(artifact.path) != [artifact.sha256, stat.st_size, stat.st_mtime_ns]:
            wrong.append(artifact)
    return wrong


def _fill(
    settings: Settings,
    folder: Path,
    wrong: list[Artifact],
    artifacts: tuple[Artifact, ...],
    on_progress: OnProgress | None,
) -> None:
    """Make every file in ``wrong`` right, then stamp the whole folder as verified."""
    # A file whose bytes are right after all (a fresh stamp, a touched file) stays.
    missing = [a for a in wrong if not _is_right(folder / a.path, a)]
    total = sum(a.size for a in missing)
    if total and shutil.disk_usage(folder).free < total + _SPARE_BYTES:
        raise DiskFull(folder)
    if missing:
        _fetch_all(settings, folder, missing, _Counter(total, len(missing), on_progress))
    stamp = {}
    for artifact in artifacts:
        stat = (folder / artifact.path).stat()
        stamp[artifact.path] = [artifact.sha256, stat.st_size, stat.st_mtime_ns]
    part = folder / "verified.json.part"
    part.write_text(json.dumps(stamp), encoding="utf-8")
    part.replace(folder / "verified.json")


def _is_right(path: Path, artifact: Artifact) -> bool:
    if not path.is_file() or path.stat().st_size != artifact.size:
        return False
    with path.open("rb") as content:
        return _digest(content) == artifact.sha256


def _digest(content: IO[bytes]) -> str:
    hashed = sha256()
    while chunk := content.read(_CHUNK):
        hashed.update(chunk)
    return hashed.hexdigest()


class _Counter:
    """Adds up what the threads have done, and tells them all to stop after a failure."""

    def __init__(self, total: int, n_files: int, on_progress: OnProgress | None) -> None:
        self._total = total
        self._n_files = n_files
        self._on_progress = on_progress
        self._done = 0
        self._lock = threading.Lock()
        self.is_aborted = threading.Event()

    def add(self, n_bytes: int) -> None:
        with self._lock:
            self._done += n_bytes
            if self._on_progress is not None:
                self._on_progress(Progress(self._done, self._total, self._n_files))


def _fetch_all(
    settings: Settings, folder: Path, missing: list[Artifact], counter: _Counter
) -> None:
    source = _source(settings)

    def fetch(artifact: Artifact) -> None:
        if counter.is_aborted.is_set():
            return
        try:
            target = folder / artifact.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, Path):
                _copy(source, artifact, target, counter)
            else:
                _download(source, artifact, target, counter)
        except BaseException:
            counter.is_aborted.set()
            raise

    # The largest first, so that no big file is left for the end when the others idle.
    by_size = sorted(missing, key=lambda artifact: -artifact.size)
    with ThreadPoolExecutor(_N_THREADS, thread_name_prefix="wushe-download") as pool:
        running = [pool.submit(fetch, artifact) for artifact in by_size]
        try:
            failures = [error for one in running if (error := one.exception()) is not None]
        except BaseException:  # Ctrl-C must not wait for the files that are under way
            counter.is_aborted.set()
            raise
    if failures:
        raise failures[0]


def _source(settings: Settings) -> Path | str:
    """Return the folder or the base address the jars come from."""
    if settings.offline_jars is not None:
        return settings.offline_jars
    if settings.maven_repository is not None:
        parts = urlsplit(settings.maven_repository)
        if parts.scheme in ("http", "https"):
            return settings.maven_repository
        return Path(unquote(parts.path) if parts.scheme == "file" else settings.maven_repository)
    from jgo.constants import MAVEN_CENTRAL_URL  # heavy to import, and seldom needed

    return str(MAVEN_CENTRAL_URL)


def _copy(source: Path, artifact: Artifact, target: Path, counter: _Counter) -> None:
    """Copy one jar from a folder in Maven layout, or with all jars side by side."""
    candidates = (source / artifact.path, source / Path(artifact.path).name)
    found = next((c for c in candidates if c.is_file()), None)
    if found is None:
        raise DownloadFailed(artifact.path, f"not in {source}")
    part = target.with_name(target.name + ".part")
    shutil.copyfile(found, part)
    if not _is_right(part, artifact):
        part.unlink()
        raise ChecksumMismatch(str(found))
    part.replace(target)
    counter.add(artifact.size)


def _download(base: str, artifact: Artifact, target: Path, counter: _Counter) -> None:
    """Fetch one jar, going on where an earlier attempt stopped.

    Gives up after some attempts in a row that brought no byte, or when a whole file, fetched
    twice, is not the right one.
    """
    part = target.with_name(target.name + ".part")
    counted = n_idle = n_wrong = 0
    while True:
        before = part.stat().st_size if part.exists() else 0
        if before > artifact.size:
            part.unlink()
            before = 0
        counter.add(before - counted)
        counted = before
        reason = ""
        try:
            if before < artifact.size:
                for n_bytes in _receive(base, artifact, part, before):
                    counted += n_bytes
                    counter.add(n_bytes)
                    if counter.is_aborted.is_set():
                        return
        except urllib.error.HTTPError as error:
            error.close()
            reason = f"HTTP {error.code}"
            if 400 <= error.code < 500 and error.code not in (408, 416, 429):
                raise DownloadFailed(artifact.path, reason) from error
            if error.code == 416:
                part.unlink(missing_ok=True)
        except (HTTPException, OSError) as error:
            reason = str(getattr(error, "reason", None) or error or type(error).__name__)
        now = part.stat().st_size if part.exists() else 0
        if now >= artifact.size:
            if _is_right(part, artifact):
                part.replace(target)
                return
            part.unlink()
            n_wrong += 1
            if n_wrong == 2:
                raise ChecksumMismatch(artifact.path)
            continue
        n_idle = 0 if now > before else n_idle + 1
        if n_idle == _N_TRIES_WITHOUT_PROGRESS:
            raise DownloadFailed(artifact.path, reason or "the answer was cut short")
        if counter.is_aborted.wait(0.25 * 2**n_idle):
            return


def _receive(base: str, artifact: Artifact, part: Path, start: int) -> Iterator[int]:
    """Append to ``part`` from byte ``start`` on and yield how many bytes came."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None:
        netloc += f":{parts.port}"
    path = f"{parts.path.rstrip('/')}/{artifact.path}"
    request = urllib.request.Request(  # noqa: S310 - `_source` lets only http and https through
        urlunsplit((parts.scheme, netloc, path, parts.query, "")),
        headers={"User-Agent": "wushe", "Accept-Encoding": "identity"},
    )
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        token = base64.b64encode(login.encode()).decode("ascii")
        request.add_unredirected_header("Authorization", f"Basic {token}")
    if start:
        request.add_header("Range", f"bytes={start}-")
    with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
        is_continued = start > 0 and answer.status == 206
        if start and not is_continued:
            yield -start  # the server sends the whole file again
        left = artifact.size - (start if is_continued else 0)
        mode = "ab" if is_continued else "wb"
        # One byte more than expected is enough to know that the file is wrong.
        while left >= 0 and (chunk := answer.read(min(_CHUNK, left + 1))):
            try:
                with part.open(mode) as output:
                    output.write(chunk)
            except OSError as error:  # told apart from the network's, which are `OSError`s too
                raise file_error(error, part.parent) from error
            mode = "ab"
            left -= len(chunk)
            yield len(chunk)
