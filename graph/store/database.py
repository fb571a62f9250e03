"""The one path to the database: named statements in, rows of plain Python values out.

A value that comes back is ``None``, ``bool``, ``int``, ``float``, ``str``, ``bytes``, or a
list or dict of these. Dates, times and durations come back as ISO 8601 strings
(``2021-05-04``, ``2021-05-04T08:00:00+08:00``, ``P1Y``), which sort, compare and serialise as
they are; a point as ``{"srid": …, "coordinates": […]}``; a node as ``{"labels": […],
"properties": {…}}``, a relationship as ``{"type": …, "properties": {…}}``, a path as
``{"nodes": […], "relationships": […]}``.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import neo4j
import neo4j.api
import neo4j.graph
import neo4j.spatial
import neo4j.time
from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
)

from graph.cypher import StatementError, statement
from graph.store.apart import SameData, transaction_number
from graph.store.errors import (
    CommitUnknown,
    DiskFull,
    LoginRefused,
    StatementFailed,
    StoreError,
    StoreUnavailable,
    WriteRefused,
)
from graph.store.managed import ManagedNeo4j
from graph.store.owner import kill_java, read_runtime
from graph.store.process import connect, ran_out_of_disk
from graph.store.status import STARTING, STOPPED, Status
from graph.text import Text

Row = dict[str, Any]
_PLAIN = frozenset({type(None), bool, int, float, str, bytes})


def plain(value: Any) -> Any:
    """Return ``value`` as the driver gave it, in plain Python values (see the module)."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    # Most of what is nested, and sooner told than by the patterns below.
    if kind is dict:
        return {k: v if type(v) in _PLAIN else plain(v) for k, v in value.items()}
    if kind is list:
        return [v if type(v) in _PLAIN else plain(v) for v in value]
    match value:
        case neo4j.time.Date() | neo4j.time.Time() | neo4j.time.DateTime() | neo4j.time.Duration():
            return value.iso_format().replace(".000000000", "")
        case date() | time() | datetime():
            return value.isoformat()
        case timedelta():
            return neo4j.time.Duration(seconds=value.total_seconds()).iso_format()
        case neo4j.spatial.Point():
            return {"srid": value.srid, "coordinates": list(value)}
        # After points and durations, which are tuples too.
        case tuple():
            return [plain(item) for item in value]
        case neo4j.graph.Node():
            return {"labels": sorted(value.labels), "properties": plain(dict(value))}
        case neo4j.graph.Relationship():
            return {"type": value.type, "properties": plain(dict(value))}
        case neo4j.graph.Path():
            return {
                "nodes": [plain(node) for node in value.nodes],
                "relationships": [plain(tie) for tie in value.relationships],
            }
    return value


def _rows(result: neo4j.Result) -> list[Row]:
    keys = result.keys()
    return [
        {
            key: value if type(value) in _PLAIN else plain(value)
            for key, value in zip(keys, record.values(), strict=True)
        }
        for record in result
    ]


def _run(tx: neo4j.ManagedTransaction | neo4j.Transaction, text: str, given: Row) -> list[Row]:
    return _rows(tx.run(text, given))


class Transaction:
    """A transaction that is open; `Database.transaction` makes and ends it."""

    def __init__(self, tx: neo4j.Transaction, translate: Callable[[Exception], StoreError]) -> None:
        self._tx = tx
        self._translate = translate

    def run(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run the statement ``name`` (mode read or write) and return its rows.

        Raises `StatementError` on wrong parameters and `StoreError` on what Neo4j refuses,
        after which the transaction can only be rolled back.
        """
        found = statement(name)
        if found.mode == "schema":
            raise StatementError(name, "a schema statement cannot run inside a transaction")
        given = found.bind(parameters)
        try:
            return _run(self._tx, found.text, given)
        except (Neo4jError, DriverError) as error:
            raise self._translate(error) from error


class Database:
    """One Neo4j database, managed or not. Safe to share between threads.

    Made by `graph.store.opening.open_database`; close it, or use it in a ``with`` statement.
    """

    def __init__(self, name: str = "neo4j", data_dir: Path | None = None) -> None:
        """Make a database that is not connected yet.

        ``data_dir`` is given where Neo4j's files lie on this machine and belong to Wushe.
        """
        self._name = name
        self._data_dir = data_dir
        self._driver: neo4j.Driver | None = None
        self._bookmarks: neo4j.api.BookmarkManager | None = None
        self._address = ""
        self._login = ("", "")
        self._status = STARTING
        self._error: StoreError | None = None
        self._changed = threading.Condition()
        self._managed: ManagedNeo4j | None = None
        self._same = SameData(data_dir)
        self.n_written_apart = 0

    @property
    def status(self) -> Status:
        """What the database is doing now."""
        return self._status

    def wait_until_ready(self, timeout_s: float | None = None) -> None:
        """Return as soon as statements can be run.

        Raises what made the start fail, or `StoreUnavailable` after ``timeout_s`` seconds or
        when the database has been closed.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: self._status.state in ("ready", "failed", "stopped"), timeout_s
            )
        if self._error is not None:
            raise self._error
        if self._status.state != "ready":
            raise self._not_ready()

    def bolt_address(self) -> str:
        """Return the address any Neo4j tool can connect to; `StoreUnavailable` if none yet."""
        if not self._address:
            raise StoreUnavailable(self._status.state)
        return self._address

    def login(self) -> tuple[str, str]:
        """Return the user and the password that go with `bolt_address`."""
        self.bolt_address()
        return self._login

    @property
    def data_dir(self) -> Path | None:
        """Where the files of the managed Neo4j lie; None for a server of one's own."""
        return self._data_dir

    def close(self) -> None:
        """Close the connections, and stop Neo4j if it is ours. Safe to call twice."""
        self.set_status(STOPPED)
        with self._changed:
            driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()
        if self._managed is not None:
            self._managed.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def restart(self) -> bool:
        """End the managed Neo4j at once; its owner starts it again. False if there is none.

        The last resort against a query that ignores its timeout. Durable: what was
        acknowledged stays.
        """
        if self._managed is not None:
            self._managed.kill()
            return True
        return self._data_dir is not None and kill_java(self._data_dir)

    def manage(self, managed: ManagedNeo4j) -> None:
        """Take charge of the Neo4j that `close` stops."""
        self._managed = managed

    def set_status(self, status: Status, error: StoreError | None = None) -> None:
        """Announce a new status; ``error`` is what `wait_until_ready` and statements raise."""
        with self._changed:
            if self._status.state == "stopped":
                return
            self._status = status
            self._error = error
            self._changed.notify_all()

    def connect(self, address: str, user: str, password: str | None) -> None:
        """Use this address from now on; nothing is sent yet.

        Raises `StoreUnavailable` if the address cannot be one.
        """
        # The driver would also speak HTTP, as a preview; the store is Bolt's alone.
        is_bolt = address.startswith(("bolt:", "bolt+", "neo4j:", "neo4j+"))
        with self._changed:
            self._address = address
            self._login = (user, password or "")
            if self._status.state == "stopped":  # closed while it was starting
                raise StoreUnavailable("stopped")
            if not is_bolt:
                raise self._unavailable()
            try:
                old, self._driver = self._driver, connect(address, user, password)
            except (DriverError, ValueError) as error:
                raise self._unavailable() from error
            # In a cluster, whoever has written must read it back, from whichever member.
            is_cluster = address.startswith("neo4j")
            self._bookmarks = neo4j.GraphDatabase.bookmark_manager() if is_cluster else None
        if old is not None:
            old.close()

    def read(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run the read statement ``name`` in READ access mode and return its rows.

        Tried again for some seconds when the connection is lost. Raises `StatementError` on a
        wrong name or parameters, `StoreUnavailable` and other `StoreError`.
        """
        found = statement(name)
        if found.mode != "read":
            raise StatementError(name, f"its mode is {found.mode}, not read")
        given = found.bind(parameters)
        with self.session("READ") as session:
            return session.execute_read(_run, found.text, given)

    @contextlib.contextmanager
    def streaming(self) -> Iterator[Callable[[str], Iterator[list[Any]]]]:
        """Open a read transaction and yield what gives the rows of a read statement by its name.

        Rows come as they arrive, as lists of values in the order of the columns, and none is kept;
        values are as the driver gives them. For large results; nothing is tried again. Raises
        `StatementError` and `StoreError`.
        """
        with self.session("READ") as session, session.begin_transaction() as tx:

            def rows(name: str) -> Iterator[list[Any]]:
                found = statement(name)
                if found.mode != "read":
                    raise StatementError(name, f"its mode is {found.mode}, not read")
                return (record.values() for record in tx.run(found.text, found.bind({})))

            yield rows

    def write(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run the write statement ``name`` in a transaction of its own and return its rows.

        Tried again for some seconds after a deadlock or before anything was sent. Raises
        `StatementError`, `CommitUnknown`, `DiskFull` and other `StoreError`.
        """
        found = statement(name)
        if found.mode != "write":
            raise StatementError(name, f"its mode is {found.mode}, not write")
        given = found.bind(parameters)

        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            rows = _run(tx, found.text, given)
            self._count_change(tx)
            return rows

        with self.session("WRITE") as session:
            return session.execute_write(work)

    def write_apart(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run a write statement that changes nothing any result is computed from.

        As `write`, but `version` stays as it was, unless others have written meanwhile. The
        statement returns a row where it has written something, and no row where not.
        """
        found = statement(name)
        if found.mode != "write":
            raise StatementError(name, f"its mode is {found.mode}, not write")
        given = found.bind(parameters)
        with self._same.lock, self.session("WRITE") as session:
            first = self._number(session)
            before = self._own_version()
            rows = session.execute_write(_run, found.text, given)
            self.n_written_apart += 1
            after = self._own_version()
            last = self._number(session)
            # Nothing but this one commit lies between the two.
            if rows and first is not None and last == first + 1:
                self._same.holds_what(after, before)
        return rows

    def _number(self, session: neo4j.Session) -> int | None:
        """Return the number of the last transaction; None where Neo4j does not let it be read."""
        session.execute_read(_run, statement("schema.recorded").text, {})
        return transaction_number(session.last_bookmarks().raw_values)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction: all of it is stored when the block ends, or nothing of it.

        Any exception in the block undoes it. Raises `CommitUnknown` when the connection was
        lost in the very moment of the commit, and other `StoreError`.
        """
        with self.session("WRITE") as session, session.begin_transaction() as tx:
            yield Transaction(tx, self._translate)
            self._count_change(tx)
            tx.commit()

    @contextlib.contextmanager
    def rolled_back(self, timeout_s: float) -> Iterator[Transaction]:
        """Open a transaction that is undone when the block ends, whatever happens in it.

        What is read in it sees what was written in it; nobody else ever does, since nothing here
        can commit it. Neo4j undoes it by itself after ``timeout_s`` seconds, or when it loses
        sight of this process. Raises `StoreError`.
        """
        with self.session("WRITE") as session:
            # Left as a context manager, a transaction of the driver would be committed.
            tx = session.begin_transaction(timeout=timeout_s)
            try:
                yield Transaction(tx, self._translate)
            finally:
                tx.close()

    def define(self, name: str, /) -> None:
        """Run the schema statement ``name``."""
        found = statement(name)
        if found.mode != "schema":
            raise StatementError(name, f"its mode is {found.mode}, not schema")
        with self.session("WRITE") as session:
            session.run(found.text).consume()

    @contextlib.contextmanager
    def session(self, access_mode: Literal["READ", "WRITE"]) -> Iterator[neo4j.Session]:
        """Open a session of the driver, whose failures come out as `StoreError`.

        For the guarded queries of analysts, which have a text of their own; everything else
        goes through `read`, `write` and `transaction`.
        """
        driver = self._driver
        state = self._status.state
        if driver is None or state == "stopped" or (self._managed and state != "ready"):
            # While it restarts, a page should say so at once and not hang.
            if self._error is not None:
                raise self._error
            raise self._not_ready()
        try:
            with driver.session(
                database=self._name,
                default_access_mode=access_mode,
                bookmark_manager=self._bookmarks,
            ) as session:
                yield session
        except (Neo4jError, DriverError) as error:
            raise self._translate(error) from error

    def _translate(self, error: Exception) -> StoreError:
        """Say what a failure of the driver or the server means to a person."""
        if isinstance(error, AuthError):
            return LoginRefused(self._address)
        if isinstance(error, IncompleteCommit):
            return CommitUnknown()
        if isinstance(error, Neo4jError):
            code, detail = error.code or "", error.message or ""
            if code.startswith("Neo.DatabaseError") and self._data_dir is not None:
                if ran_out_of_disk(self._data_dir):
                    return DiskFull(self._data_dir)
                # A database in panic takes no transaction any more until it is started again.
                if code.endswith("TransactionStartFailed") and self.restart():
                    return StoreUnavailable("restarting")
            if isinstance(error, ClientError) and code.endswith("Statement.AccessMode"):
                return WriteRefused(code, detail)
            if not code.endswith("DatabaseUnavailable"):
                return StatementFailed(code, detail)
        return self._unavailable()

    def _not_ready(self) -> StoreUnavailable:
        status = self._status
        return StoreUnavailable(status.state, status.message if status.state == "failed" else None)

    def _unavailable(self) -> StoreUnavailable:
        if self._managed is None and self._data_dir is None:
            return StoreUnavailable(
                "failed",
                Text(
                    f"{self._address} 没有数据库应答。请确认该服务器正在运行，并核对"
                    " WUSHE_NEO4J_URI。",
                    f"No database answers at {self._address}. Make sure that the server runs, and"
                    " check WUSHE_NEO4J_URI.",
                ),
            )
        state = self._status.state
        if self._managed is None and self._data_dir and read_runtime(self._data_dir) is None:
            return StoreUnavailable("stopped")  # by its owner
        # The connection often breaks a moment before the watcher sees the process end.
        return StoreUnavailable("restarting" if state == "ready" else state)

    def version(self) -> str:
        """Return a token that changes whenever stored data change, whoever changes them.

        It costs less than a millisecond on the managed Neo4j, whose transaction log grows with
        every commit, and a query elsewhere. What `write_apart` writes is not among the data.
        """
        return self._same.earliest(self._own_version())

    def _own_version(self) -> str:
        """Return the token of what is stored as a whole."""
        if self._data_dir is not None:
            return self._log_version(self._data_dir)
        row = self.read("schema.last_transaction", database=self._name)[0]
        if row["last_transaction"] is not None:
            return f"{row['database_id']}-{row['last_transaction']}"
        # Community edition tells no number: what Wushe changed is counted, and what others
        # added or removed shows in the sizes.
        recorded = self.read("schema.recorded")
        sizes = self.read("schema.sizes")[0]
        n_changes = recorded[0]["n_changes"] if recorded else 0
        return f"{row['database_id']}-{n_changes}-{sizes['n_nodes']}-{sizes['n_relationships']}"

    def _log_version(self, data_dir: Path) -> str:
        folder = data_dir / "neo4j" / "data" / "transactions" / self._name
        # Two files at most are younger than the last rotation; the newest number is the last.
        logs = folder.glob("neostore.transaction.db.*")
        newest = max(logs, key=lambda log: int(log.suffix[1:]), default=None)
        if newest is None:
            raise StoreUnavailable(self._status.state)
        stat = newest.stat()
        return f"{newest.suffix[1:]}-{stat.st_size}-{stat.st_mtime_ns}"

    def _count_change(self, tx: neo4j.ManagedTransaction | neo4j.Transaction) -> None:
        if self._data_dir is None:
            _run(tx, statement("schema.count_change").text, {})
