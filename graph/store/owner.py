"""Who owns a data directory: one living process, known to the others by a small file."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from graph.store.errors import DataInUse, file_error

JAVA_LOCK = "java.lock"  # in Neo4j's home; taken for as long as its process lives


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the owner tells the others: process ids and addresses, as far as they exist yet."""

    pid: int
    page: str | None = None
    bolt: str | None = None
    java_pid: int | None = None


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` at once, readable by the user alone (mode 0600)."""
    part = path.with_name(path.name + ".part")
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_runtime(data_dir: Path) -> Runtime | None:
    """Return what the owner of ``data_dir`` wrote last, or None; it may be stale."""
    try:
        return Runtime(**json.loads(_runtime_file(data_dir).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def kill_java(data_dir: Path) -> bool:
    """End the Neo4j process that runs on ``data_dir``, whoever started it.

    False if there is none, or if it cannot be named: a number in a stale file may belong to
    another program by now, so the number counts only while the process holds its lock.
    """
    runtime = read_runtime(data_dir)
    if runtime is None or runtime.java_pid is None:
        return False
    try:
        with (data_dir / "neo4j" / JAVA_LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        os.kill(runtime.java_pid, signal.SIGKILL)
        return True
    except OSError:
        return False


def _runtime_file(data_dir: Path) -> Path:
    return data_dir / "runtime.json"


class Ownership:
    """The claim of this process on ``data_dir``; it ends with `release` or with the process."""

    def __init__(self, data_dir: Path, page_address: str | None = None) -> None:
        """Claim ``data_dir``, creating it if need be.

        Raises `DataInUse`, `ReadOnlyData` or `DiskFull`.
        """
        self._data_dir = data_dir
        # Any thread may release what another acquired, hence not thread-local.
        self._lock = FileLock(data_dir / "wushe.lock", thread_local=False)
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            other = read_runtime(data_dir)
            raise DataInUse(
                data_dir, other.pid if other else None, other.page if other else None
            ) from None
        except OSError as error:
            raise file_error(error, data_dir) from error
        # The last owner is dead. If its Neo4j is not, it ends now: nothing acknowledged is lost.
        kill_java(data_dir)
        self._runtime = Runtime(os.getpid(), page_address)
        try:
            self.publish()
        except BaseException:
            self._lock.release()
            raise

    def publish(self, bolt: str | None = None, java_pid: int | None = None) -> None:
        """Tell other processes where the database listens and which process it is."""
        self._runtime = replace(self._runtime, bolt=bolt, java_pid=java_pid)
        try:
            write_private(_runtime_file(self._data_dir), json.dumps(asdict(self._runtime)))
        except OSError as error:
            raise file_error(error, self._data_dir) from error

    def release(self) -> None:
        """Give the directory up."""
        with contextlib.suppress(OSError):
            _runtime_file(self._data_dir).unlink()
        self._lock.release()
