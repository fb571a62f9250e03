"""What is tried in the store and undone, and what is kept there apart from the data."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time

import pytest

from graph.cypher import StatementError
from graph.export import json_document
from graph.ingest.sample import load_sample
from graph.settings import Settings
from graph.store.apart import SameData, transaction_number
from graph.store.database import Database
from graph.store.errors import StatementFailed
from graph.stored import read_stored

HUB = "hezhongzeyi"


def exported(database: Database) -> bytes:
    return json_document.write(read_stored(database.read))


def keep(database: Database, name: str) -> None:
    properties = {
        "id": name, "name": name, "note": "x", "changes": "[]", "created": "2026",
        "changed": "2026", "n_saves": 0,
    }  # fmt: skip
    database.write_apart("load.scenario_created", properties=properties)


def test_a_rolled_back_transaction_shows_its_writes_to_nobody_else(database: Database) -> None:
    load_sample(database)
    version, stored = database.version(), exported(database)
    with database.rolled_back(30) as trial:
        trial.run("load.lock")
        trial.run("load.scenario_removed", ids=[HUB])
        assert HUB not in {row["id"] for row in trial.run("read.nodes")}
        assert HUB in {row["id"] for row in database.read("read.nodes")}
    assert HUB in {row["id"] for row in database.read("read.nodes")}
    assert database.version() == version
    assert exported(database) == stored


def test_a_rolled_back_transaction_cannot_be_committed_by_any_way_out(database: Database) -> None:
    load_sample(database)
    version, stored = database.version(), exported(database)

    class Mistake(Exception):
        pass

    def leave(how: str) -> None:
        with database.rolled_back(30) as trial:
            trial.run("load.scenario_removed", ids=[HUB])
            if how == "return":
                return
            if how == "error":
                raise Mistake
            trial.run("load.areas", rows=[{"id": None, "properties": {}}])

    leave("return")
    with pytest.raises(Mistake):
        leave("error")
    with pytest.raises(StatementFailed):
        leave("refused")
    assert not hasattr(database, "commit")
    assert database.version() == version
    assert exported(database) == stored


def test_a_killed_client_leaves_nothing_behind(
    database: Database, settings_of_session: Settings
) -> None:
    load_sample(database)
    version, stored = database.version(), exported(database)
    code = (
        "import os, sys, time\n"
        "from graph.settings import Settings\n"
        "from graph.store.opening import open_database\n"
        "with open_database(Settings.from_environment()) as database:\n"
        "    with database.rolled_back(60) as trial:\n"
        f"        trial.run('load.scenario_removed', ids=['{HUB}'])\n"
        "        print('written', flush=True)\n"
        "        time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "WUSHE_DATA": str(settings_of_session.data_dir),
            "WUSHE_NEO4J_RELEASE": settings_of_session.neo4j_release,
        },
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    # The lock on the removed actor is free again as soon as Neo4j has noticed.
    start = time.monotonic()
    with database.rolled_back(30) as trial:
        trial.run("load.scenario_removed", ids=[HUB])
    assert time.monotonic() - start < 20
    assert database.version() == version
    assert exported(database) == stored


def test_what_is_kept_apart_is_no_change_of_the_data(database: Database) -> None:
    keep(database, "first")  # makes its label and properties known, which is a change of the store
    version = database.version()
    keep(database, "a")
    properties = {"id": "a", "name": "b", "changes": "[]", "n_saves": 1}
    keep_again = {"id": "a", "properties": properties}
    database.write_apart("load.scenario_saved", n_saves=9, **keep_again)  # one more property
    version = database.version()
    for is_saved in (True, False):
        rows = database.write_apart("load.scenario_saved", n_saves=0, **keep_again)
        assert rows == [{"id": "a", "is_saved": is_saved}]
        assert database.version() == version
    database.write_apart("load.scenario_deleted", id="a")
    assert database.version() == version
    assert [row["id"] for row in database.read("read.scenarios")] == ["first"]
    # What is really a change shows at once.
    database.write("load.areas", rows=[{"id": "a", "parent": None, "properties": {"id": "a"}}])
    changed = database.version()
    assert changed != version
    keep(database, "c")
    assert database.version() == changed
    with pytest.raises(StatementError, match="not write"):
        database.write_apart("read.scenarios")


def test_another_process_sees_that_the_data_are_the_same(
    database: Database, settings_of_session: Settings
) -> None:
    keep(database, "first")
    version = database.version()
    keep(database, "a")
    other = Database(data_dir=settings_of_session.data_dir)
    assert other.version() == version


def test_a_foreign_commit_in_between_is_not_taken_for_ones_own(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(database, "first")
    version = database.version()
    own = Database._own_version
    n_asked = 0

    def meanwhile(self: Database) -> str:
        nonlocal n_asked
        n_asked += 1
        if n_asked == 2:
            monkeypatch.setattr(Database, "_own_version", own)
            with self.session("WRITE") as session:
                session.run("CREATE (:Area {id: 'b'})").consume()
        return own(self)

    monkeypatch.setattr(Database, "_own_version", meanwhile)
    keep(database, "a")
    assert database.version() != version


def bookmark(number: bytes) -> str:
    content = b"\x91\xcc\x10" + bytes(range(16)) + number + b"\x90"
    return "FB:" + base64.b64encode(content).decode()


@pytest.mark.parametrize(
    ("bookmarks", "number"),
    [
        ({bookmark(b"\x07")}, 7),
        ({bookmark(b"\xc9\x01\x02")}, 258),
        ({bookmark(b"\xca\x00\x01\x00\x00")}, 65_536),
        ({bookmark(b"\xcb" + bytes(7) + b"\x09")}, 9),
        ({bookmark(b"\xc9\x01")}, None),
        ({bookmark(b"")}, None),
        ({bookmark(b"\x07"), bookmark(b"\x08")}, None),
        ({"FB:%"}, None),
        ({"other"}, None),
        (set(), None),
    ],
)
def test_the_number_of_a_transaction_is_read_or_not_known(
    bookmarks: set[str], number: int | None
) -> None:
    assert transaction_number(frozenset(bookmarks)) == number


def test_the_number_is_that_of_this_release(database: Database) -> None:
    numbers = []
    for _ in range(2):
        with database.session("WRITE") as session:
            session.run("MERGE (m:Meta {id: 'wushe'}) SET m.n_changes = coalesce(m.n_changes, 0)"
                        " + 1").consume()  # fmt: skip
            numbers.append(transaction_number(session.last_bookmarks().raw_values))
    first, second = numbers
    assert first is not None
    assert second == first + 1


def test_versions_that_hold_the_same_data_lead_to_the_earliest() -> None:
    same = SameData(None)
    same.holds_what("b", "a")
    same.holds_what("c", "b")
    assert [same.earliest(v) for v in "cxa"] == ["a", "x", "a"]
