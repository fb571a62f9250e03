"""The Neo4j that Wushe brings along: owned by one process, restarted when it crashes."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable

from graph.settings import Settings
from graph.store.artifacts import class_path
from graph.store.errors import StoreError, StoreUnavailable
from graph.store.owner import Ownership
from graph.store.process import Neo4jProcess
from graph.store.status import RESTARTING, STARTING, OnStatus, Status
from graph.store.training import aot_cache, as_progress

_N_CRASHES = 5
_CRASH_WINDOW_S = 300.0


class ManagedNeo4j:
    """The managed Neo4j of one data directory.

    Parameters
    ----------
    settings : whose ``data_dir`` is owned from the moment this object exists.
    page_address : what a second owner is told, where the pages are.
    on_status : called from any thread whenever the state changes, except to ready.
    on_ready : called from any thread when the database answers, at first and after a restart.

    Raises `DataInUse`, `ReadOnlyData` or `DiskFull`.
    """

    def __init__(
        self,
        settings: Settings,
        page_address: str | None,
        *,
        on_status: OnStatus,
        on_ready: Callable[[str, str], None],
    ) -> None:
        self._settings = settings
        self._on_status = on_status
        self._on_ready = on_ready
        self._owner = Ownership(settings.data_dir, page_address)
        self._process: Neo4jProcess | None = None
        self._is_stopping = threading.Event()
        self._is_ordered = threading.Event()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Download what is missing, start Neo4j, and return after ``on_ready``.

        Raises a `StoreError`, after which the directory is no longer owned.
        """
        try:
            jars = class_path(self._settings, as_progress(self._on_download))
            self._on_status(STARTING)
            cache = aot_cache(self._settings)
            process = Neo4jProcess(
                self._settings.neo4j_release,
                jars,
                self._settings.data_dir / "neo4j",
                self._settings.data_dir / "logs",
                java_options=(f"-XX:AOTCache={cache}",) if cache.exists() else (),
            )
            with self._lock:
                if self._is_stopping.is_set():
                    raise StoreUnavailable("stopped")
                self._process = process
            self._launch(process)
        except BaseException:
            self.stop()
            raise
        threading.Thread(target=self._watch, name="wushe-neo4j-watch", daemon=True).start()

    def _on_download(self, status: Status) -> None:
        if self._is_stopping.is_set():
            raise StoreUnavailable("stopped")
        self._on_status(status)

    def _launch(self, process: Neo4jProcess) -> None:
        process.start(on_started=lambda: self._owner.publish(java_pid=process.pid))
        self._owner.publish(bolt=process.address, java_pid=process.pid)
        try:
            self._on_ready(process.address, process.password)
        except BaseException:
            process.kill()
            raise

    def _watch(self) -> None:
        """Start Neo4j again whenever it ends, unless it keeps ending."""
        process = self._process
        if process is None:
            return
        crashes: list[float] = []
        while True:
            process.wait()
            if self._is_stopping.is_set():
                return
            now = time.monotonic()
            crashes = [t for t in crashes if now - t < _CRASH_WINDOW_S]
            if self._is_ordered.is_set():
                # An end that was asked for says nothing about whether Neo4j can run.
                self._is_ordered.clear()
            else:
                crashes.append(now)
            if len(crashes) > _N_CRASHES:
                self._fail(StoreUnavailable("failed"))
                return
            self._on_status(RESTARTING)
            # At once the first time; then 1, 2, 4 and 8 seconds.
            if self._is_stopping.wait(2.0 ** (len(crashes) - 2) if len(crashes) > 1 else 0.0):
                return
            try:
                self._launch(process)
            except StoreError as error:
                if self._is_stopping.is_set():
                    return
                if len(crashes) == _N_CRASHES:
                    self._fail(error)
                    return

    def _fail(self, error: StoreError) -> None:
        self._on_status(Status("failed", error.message))

    def kill(self) -> None:
        """End Neo4j's process at once; it is started again. For runaway queries."""
        if self._process is not None:
            self._is_ordered.set()
            self._process.kill()

    def stop(self) -> None:
        """Stop Neo4j and give the data directory up. Safe to call twice."""
        with self._lock:
            is_first = not self._is_stopping.is_set()
            self._is_stopping.set()
        if self._process is not None:
            with contextlib.suppress(StoreError):
                self._process.stop()
        if is_first:
            self._owner.release()
