"""Opens the database: an own server, another process's, or the managed one."""

from __future__ import annotations

import contextlib
import threading
import time
from hashlib import sha256

from graph.cypher import in_folder
from graph.settings import Settings
from graph.store.database import Database
from graph.store.errors import DataInUse, LoginRefused, StoreError, StoreUnavailable
from graph.store.managed import ManagedNeo4j
from graph.store.owner import read_runtime
from graph.store.process import USER
from graph.store.schema import SCHEMA_VERSION, apply_schema, check_schema
from graph.store.status import READY, OnStatus, Status

_ATTACH_TIMEOUT_S = 300.0
_HANDOVER_S = 10.0


def open_database(
    settings: Settings,
    *,
    wait: bool = True,
    progress: OnStatus | None = None,
    owner: bool = False,
    page_address: str | None = None,
) -> Database:
    """Open the database that ``settings`` name, and see to its schema.

    An own server (``neo4j_uri``) is connected to. Otherwise the managed Neo4j is started; if
    another living process already runs it on the same data, its connection is shared, unless
    ``owner`` is true.

    Parameters
    ----------
    wait : false to return at once, with the status ``starting``, while a thread goes on; what
        then fails shows in `Database.status` and is raised by `Database.wait_until_ready`.
    progress : called with every new status, from any thread.
    owner : whether this process must be the one that runs the managed Neo4j.
    page_address : where this process serves its pages, which a second owner is told.

    Raises
    ------
    DataInUse, ReadOnlyData, DiskFull
        At once, whether ``wait`` or not.
    StoreError
        Any other that stops the start, if ``wait``.
    """
    own_uri = settings.neo4j_uri

    def new_database() -> Database:
        return (
            Database(settings.neo4j_database) if own_uri else Database(data_dir=settings.data_dir)
        )

    database = new_database()

    def on_status(status: Status) -> None:
        database.set_status(status)
        if progress is not None:
            progress(status)

    def on_ready(address: str, password: str | None, *, is_owner: bool = True) -> None:
        user = settings.neo4j_user if own_uri else USER
        # Over a connection of its own, so that nobody's statement comes before the schema.
        with new_database() as first:
            first.connect(address, user, password)
            _see_to_schema(first, database, is_owner=is_owner)
        database.connect(address, user, password)
        on_status(READY)

    def start() -> None:
        try:
            if managed is not None:
                managed.start()
            elif own_uri is not None:
                on_ready(own_uri, settings.neo4j_password)
            else:
                on_ready(*_other_owner(settings), is_owner=False)
        except Exception as error:
            known = error if isinstance(error, StoreError) else StoreUnavailable("failed")
            database.set_status(Status("failed", known.message), known)
            if progress is not None:
                progress(database.status)
            if known is not error:
                raise

    managed: ManagedNeo4j | None = None
    if own_uri is None:
        try:
            managed = ManagedNeo4j(settings, page_address, on_status=on_status, on_ready=on_ready)
            database.manage(managed)
        except DataInUse:
            if owner:
                raise
    if not wait:
        threading.Thread(target=start, name="wushe-open", daemon=True).start()
        return database
    try:
        start()
        database.wait_until_ready(0)
    except BaseException:
        database.close()
        raise
    return database


def _see_to_schema(first: Database, database: Database, *, is_owner: bool) -> None:
    """Apply the schema, or check it where another process applies it.

    On the managed Neo4j that is passed over if nothing was stored since it was last applied: the
    queries for it are the first that a cold Neo4j plans, and take a second.
    """
    if not is_owner:
        check_schema(first)
    elif database.data_dir is None:
        apply_schema(first)
    else:
        applied = database.data_dir / "neo4j" / "schema_applied"
        with contextlib.suppress(OSError):
            if applied.read_text(encoding="utf-8") == _schema_token(database):
                return
        apply_schema(first)
        with contextlib.suppress(OSError):
            applied.write_text(_schema_token(database), encoding="utf-8")


def _schema_token(database: Database) -> str:
    texts = "\n".join(statement.text for statement in in_folder("schema"))
    return f"{SCHEMA_VERSION} {sha256(texts.encode()).hexdigest()} {database.version()}"


def _other_owner(settings: Settings) -> tuple[str, str]:
    """Return the address and password of the Neo4j that another process runs on the data.

    Waits while that process is still starting it.
    """
    deadline = time.monotonic() + _ATTACH_TIMEOUT_S
    unknown_until = time.monotonic() + _HANDOVER_S
    while time.monotonic() < deadline:
        runtime = read_runtime(settings.data_dir)
        if runtime is None:
            # The owner is just coming or going.
            if time.monotonic() > unknown_until:
                break
        elif runtime.bolt is not None:
            password = settings.data_dir / "neo4j" / "password"
            try:
                return runtime.bolt, password.read_text(encoding="utf-8").strip()
            except OSError as error:
                raise LoginRefused(runtime.bolt) from error
        time.sleep(0.1)
    raise StoreUnavailable("starting")
