"""Runs an analyst's own Cypher: read-only, within limits, and never without a way to stop it.

The login is the administrator's (Neo4j Community has no roles), so all depends on these lines of
defence, in this order. None of them is enough; each was needed by a query that passes the others.

1. `check_text`, before anything is sent: length, nesting and operator counts, since `EXPLAIN`
   itself never returns for deep brackets or chains of XOR, whatever its timeout; no ``\\uXXXX``,
   which Neo4j resolves before it reads comments and strings; then, with words that can be
   trusted, no LOAD CSV, USE or IN TRANSACTIONS, and only known procedures and function
   namespaces. The plan does not show these where a subquery stands inside an expression:
   ``[x IN [1] | COLLECT { LOAD CSV … }]`` is one harmless `Projection`.
2. READ access mode refuses writes.
3. `check_plan`: every operator and procedure of the plan is one that is known to read; it keeps
   out SHOW SETTINGS, TERMINATE TRANSACTIONS and whatever a later Neo4j brings. Neo4j's own
   wording of nested subqueries is searched too, in case it reads the text otherwise than we do.
4. Limits of time, rows and bytes. The bytes are counted as they arrive: one record of
   ``range(1, 100000000)`` would otherwise fill this process before Python sees any of it.
5. A deadline of our own. A query that ignores Neo4j's timeout and TERMINATE (string `reduce`,
   bad regular expressions, EXPLAIN of what line 1 did not foresee) ends with Neo4j's process,
   which is started again. More than a few such ends, and queries pause, since every other page
   waits for each restart. It is stopped the same way when whoever asked does not want it any more.
"""

from __future__ import annotations

import contextlib
import math
import re
import threading
import time
import uuid
import weakref
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

import neo4j

from graph.errors import Cancelled, InvalidArgument, WusheError
from graph.progress import Watch, watching
from graph.query.errors import QueriesBusy, QueryMistaken, QueryTimedOut, QueryTooLarge
from graph.query.parameters import check_parameters
from graph.query.plan import check_plan
from graph.query.text import check_text
from graph.store.database import Database, plain
from graph.store.errors import StatementFailed, StoreError, StoreUnavailable, WriteRefused
from graph.text import Text

Value = TypeVar("Value")

MAX_ROWS = 100_000
MAX_TIMEOUT_S = 60.0
MAX_RESULT_BYTES = 16_000_000
MAX_RESULT_DEPTH = 50  # far below where encoding the answer as JSON fails
MAX_AT_ONCE = 4
_LEAST_FOR_PLANNING_S = 10.0
_LOOK_S = 0.1
_GRACE_S = 3.0
_MAX_RESTARTS = 3
_RESTART_WINDOW_S = 300.0
_SAME_END_S = 3.0
_RUNNING = Text("正在查询……", "Running the query…")


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The rows of a query; ``truncated`` if there were more than asked for."""

    columns: tuple[str, ...]
    rows: list[list[Any]]
    truncated: bool
    elapsed_ms: float


def run_query(
    database: Database,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int = 1000,
    timeout_s: float = 10.0,
) -> QueryAnswer:
    """Run a read-only query and return its rows, at most ``limit``, in plain Python values.

    Parameters
    ----------
    cypher : one statement of Cypher 5, without EXPLAIN, PROFILE or CYPHER in front.
    parameters : values for ``$name``, of the types that JSON has.
    limit : how many rows at most, 1 to 100,000.
    timeout_s : when it is stopped, at most 60 seconds. Planning may take as long before, and ten
        seconds in any case: a database that has just started needs them.

    Raises
    ------
    QueryRefused, QueryMistaken, QueryTooLarge, QueryTimedOut, QueriesBusy, InvalidArgument
        See there; nothing was changed.
    Cancelled
        Whoever listens (`graph.progress`) did not want it any more; it was stopped.
    StoreError
        The database is down, or fails for a reason that is not the query's.
    """
    _check_range("limit", limit, 1, MAX_ROWS)
    _check_range("timeout_s", timeout_s, 0.001, MAX_TIMEOUT_S)
    check_text(cypher)
    given = check_parameters(parameters or {})
    # On a line of its own, so that lines and columns in Neo4j's messages are the analyst's.
    text = f"CYPHER 5\n{cypher}"
    with _supervisor(database).admitted() as supervisor:
        planning_s = max(_LEAST_FOR_PLANNING_S, timeout_s)
        supervisor.run(_explain, "EXPLAIN " + text, given, 0, planning_s)
        start = time.perf_counter()
        columns, rows = supervisor.run(_fetch, text, given, limit, timeout_s)
    return QueryAnswer(
        columns=columns,
        rows=rows[:limit],
        truncated=len(rows) > limit,
        elapsed_ms=(time.perf_counter() - start) * 1000,
    )


def _check_range(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise InvalidArgument(
            name,
            Text(
                f"{name} 应在 {least:g} 到 {most:g} 之间。",
                f"{name} must be between {least:g} and {most:g}.",
            ),
        )


class _TooManyBytes(OSError):
    """Breaks the connection off in the middle of a record."""


@dataclass(slots=True)
class _Run:
    """One statement under way, and what its supervisor needs to stop it."""

    text: str
    parameters: dict[str, Any]
    limit: int
    timeout_s: float
    tag: str = field(default_factory=lambda: uuid.uuid4().hex)
    is_begun: bool = False
    is_stopped: bool = False
    n_bytes: int = 0
    is_too_large: bool = False
    socket: Any = None

    @contextlib.contextmanager
    def transaction(self, database: Database) -> Iterator[neo4j.Transaction]:
        """Open a READ transaction that can be found by its tag and whose bytes are counted."""
        with database.session("READ") as session:
            tx = session.begin_transaction(metadata={"wushe": self.tag}, timeout=self.timeout_s)
            with tx, self._counted(tx):
                self.is_begun = True
                yield tx

    @contextlib.contextmanager
    def _counted(self, tx: neo4j.Transaction) -> Iterator[None]:
        # The driver has no limit for a message, and assembles it whole before anyone sees it.
        # Its own connection is the one place to stop it; a test notices if that ever moves.
        connection: Any = tx._connection
        socket: Any = connection.socket
        receive = socket.recv_into

        def counted(buffer: Any, n_bytes: int) -> int:
            received: int = receive(buffer, n_bytes)
            self.n_bytes += received
            if self.n_bytes > MAX_RESULT_BYTES:
                self.is_too_large = True
                raise _TooManyBytes
            return received

        socket.recv_into = counted
        self.socket = socket
        try:
            yield
        finally:
            self.socket = None
            del socket.recv_into

    def break_off(self) -> None:
        """Close the connection under the thread that waits for it."""
        socket = self.socket
        if socket is not None:
            with contextlib.suppress(OSError):
                socket.close()


def _explain(database: Database, run: _Run) -> None:
    with run.transaction(database) as tx:
        summary = tx.run(run.text, run.parameters).consume()
    check_plan(summary.query_type, summary.plan)


def _fetch(database: Database, run: _Run) -> tuple[tuple[str, ...], list[list[Any]]]:
    columns: tuple[str, ...] = ()
    rows: list[list[Any]] = []
    is_done = False
    try:
        with run.transaction(database) as tx:
            result = tx.run(run.text, run.parameters)
            columns = tuple(result.keys())
            for record in result:
                row = [plain(value) for value in record.values()]
                if not _is_shallow(row, MAX_RESULT_DEPTH):
                    raise _too_deep()
                rows.append(row)
                if len(rows) > run.limit or run.is_stopped:
                    break
            is_done = True
    except StoreError:
        # What comes after the last row that is wanted does not matter.
        if not is_done:
            raise
    return columns, rows


def _is_shallow(value: Any, depth_left: int) -> bool:
    if isinstance(value, list):
        return depth_left > 0 and all(_is_shallow(item, depth_left - 1) for item in value)
    if isinstance(value, dict):
        return depth_left > 0 and all(_is_shallow(v, depth_left - 1) for v in value.values())
    return True


class _Supervisor:
    """Runs the queries of one database, few at a time, and stops those that do not end."""

    def __init__(self, database: Database) -> None:
        self._database = weakref.ref(database)
        self._slots = threading.BoundedSemaphore(MAX_AT_ONCE)
        self._lock = threading.Lock()
        self._restarts: list[float] = []

    @contextlib.contextmanager
    def admitted(self) -> Iterator[_Supervisor]:
        """Let a query in, or raise `QueriesBusy`."""
        earliest = time.monotonic() - _RESTART_WINDOW_S
        self._restarts = [at for at in self._restarts if at > earliest]
        if len(self._restarts) >= _MAX_RESTARTS:
            minutes = math.ceil((self._restarts[0] - earliest) / 60)
            raise QueriesBusy(
                Text(
                    f"刚才有几条查询停不下来，数据库因此重启过。查询暂停，约 {minutes} 分钟后恢复；"
                    "其他页面不受影响。",
                    "Some queries could not be stopped and the database had to be restarted."
                    f" Queries pause for about {minutes} min; all other pages work.",
                )
            )
        if not self._slots.acquire(timeout=1.0):
            raise QueriesBusy(
                Text(
                    f"已有 {MAX_AT_ONCE} 条查询在执行，请稍候再试。",
                    f"{MAX_AT_ONCE} queries are running. Please try again in a moment.",
                )
            )
        try:
            yield self
        finally:
            self._slots.release()

    def run(
        self,
        work: Callable[[Database, _Run], Value],
        text: str,
        parameters: dict[str, Any],
        limit: int,
        timeout_s: float,
    ) -> Value:
        """Do ``work`` in a thread of its own and return what it returns, or stop it."""
        database = self._database()
        assert database is not None  # noqa: S101 - run_query holds it
        run = _Run(text, parameters, limit, timeout_s)
        future: Future[Value] = Future()

        def target() -> None:
            try:
                future.set_result(work(database, run))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=target, name="wushe-query", daemon=True).start()
        try:
            with watching(_RUNNING) as watch:
                return _wanted(future, timeout_s, watch)
        except TimeoutError:
            run.is_stopped = True
            raise QueryTimedOut(
                timeout_s, is_restarting=self._stop(database, run, future)
            ) from None
        except Cancelled:
            run.is_stopped = True
            self._stop(database, run, future)
            raise
        except StoreUnavailable as error:
            if run.is_begun and error.state == "restarting" and not run.is_too_large:
                self._count_restart()
                raise StoreUnavailable("restarting", _ENDED) from error
            raise _explained(error, run) from error
        except StoreError as error:
            raise _explained(error, run) from error
        except RecursionError as error:
            raise _too_deep() from error

    def _stop(self, database: Database, run: _Run, future: Future[Any]) -> bool:
        """End a run that is over its time; return whether that took a restart."""
        threading.Thread(
            target=_terminate, args=(database, run.tag), name="wushe-terminate", daemon=True
        ).start()
        if _is_over(future, _GRACE_S):
            return False
        with self._lock:
            # Another run-away may have been ended meanwhile, and this one with it.
            if _is_over(future, 0.1):
                return True
            self._count_restart()
            is_restarting = database.restart()
        run.break_off()
        return is_restarting

    def _count_restart(self) -> None:
        """Note that Neo4j ended now; several queries may notice the same end."""
        now = time.monotonic()
        if not self._restarts or now - self._restarts[-1] > _SAME_END_S:
            self._restarts.append(now)


_ENDED = Text(
    "数据库在执行查询时停止了，正在自动重启，数据没有受损。如果是这条查询要的内存太多，"
    "请缩小范围后再试。",
    "The database ended while the query ran and is being restarted; no data are lost. If the query"
    " took too much memory, narrow it before you try again.",
)


def _wanted(future: Future[Value], timeout_s: float, watch: Watch) -> Value:
    """Return the result; raises `TimeoutError` at the deadline, `Cancelled` as soon as asked."""
    deadline = time.monotonic() + timeout_s
    while (left := deadline - time.monotonic()) > 0:
        if _is_over(future, min(left, _LOOK_S)):
            return future.result()
        if watch.is_cancelled():
            raise Cancelled
    raise TimeoutError


def _is_over(future: Future[Any], timeout_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        future.exception(timeout_s)
    return future.done()


def _terminate(database: Database, tag: str) -> None:
    with contextlib.suppress(StoreError), database.session("READ") as session:
        session.run(
            "SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS data"
            " WHERE data.wushe = $tag TERMINATE TRANSACTIONS id YIELD message RETURN message",
            tag=tag,
        ).consume()


_supervisors: weakref.WeakKeyDictionary[Database, _Supervisor] = weakref.WeakKeyDictionary()
_supervisors_lock = threading.Lock()


def _supervisor(database: Database) -> _Supervisor:
    with _supervisors_lock:
        return _supervisors.setdefault(database, _Supervisor(database))


_PLACE = re.compile(r"\(line (\d+), column (\d+)")


def _explained(error: StoreError, run: _Run) -> WusheError:
    """Say what a failure of the store means to the one who wrote the query."""
    if run.is_too_large:
        return _too_large()
    if isinstance(error, WriteRefused) or not isinstance(error, StatementFailed):
        return error
    kind = error.code.rpartition(".")[2]
    if "TimedOut" in kind or kind == "Terminated":
        return QueryTimedOut(run.timeout_s, is_restarting=False)
    if "OutOfMemory" in kind or "StackOverFlow" in kind:
        return _too_large()
    if error.code.startswith("Neo.ClientError."):
        return _mistake(error.detail)
    return error


def _too_large() -> QueryTooLarge:
    megabytes = MAX_RESULT_BYTES // 1_000_000
    return QueryTooLarge(
        Text(
            f"查询占用的内存太多，或结果超过 {megabytes} MB。请缩小范围，或只返回需要的列。",
            f"The query takes too much memory, or its result more than {megabytes} MB. Narrow it,"
            " or return only the columns you need.",
        )
    )


def _too_deep() -> QueryTooLarge:
    return QueryTooLarge(
        Text(
            f"结果里的列表或对象嵌套超过 {MAX_RESULT_DEPTH} 层。请用 UNWIND 展开。",
            f"The result holds lists or maps nested more than {MAX_RESULT_DEPTH} deep. Spread"
            " them with UNWIND.",
        )
    )


def _mistake(detail: str) -> QueryMistaken:
    """Make one sentence of Neo4j's message, which repeats the query and lists all keywords."""
    sentence = detail.split("(line ")[0].split("\n")[0]
    said, _, expected = sentence.partition(": expected ")
    if expected and len(expected) <= 80:
        said = f"{said}: expected {expected}"
    said = said.strip().rstrip(".")
    place = _PLACE.search(detail)
    if place is None:
        return QueryMistaken(Text(f"查询有误：{said}。", f"The query has a mistake: {said}."))
    line, column = max(int(place[1]) - 1, 1), int(place[2])
    return QueryMistaken(
        Text(
            f"查询第 {line} 行第 {column} 列有误：{said}。",
            f"The query has a mistake in line {line}, column {column}: {said}.",
        ),
        line,
        column,
    )
