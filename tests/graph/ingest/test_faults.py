"""Imports while the world breaks: a killed database, a full disk. The graph stays as it was."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from graph.ingest.importer import import_files
from graph.settings import Settings
from graph.store.database import Database
from graph.store.errors import DiskFull, StoreUnavailable
from graph.store.opening import open_database
from graph.stored import read_stored

FIRST = [("主体.csv", "编号,名称,类型\na,甲,企业\nb,乙,社区\n".encode())]


def many(n: int, note: str = "") -> list[tuple[str, bytes]]:
    rows = "".join(f"n{i},企业{i},企业,{note}\n" for i in range(n))
    return [("主体.csv", f"编号,名称,类型,备注\n{rows}".encode())]


def test_a_database_killed_in_the_middle_leaves_nothing_of_the_import(settings: Settings) -> None:
    with open_database(settings, owner=True) as database:
        import_files(database, FIRST)
        before = read_stored(database.read)
        outcome: list[BaseException] = []
        is_writing = threading.Event()
        transaction = database.transaction

        def watched() -> object:
            opened = transaction()
            enter = opened.__enter__

            class Announced:
                def __enter__(self) -> object:
                    inside = enter()
                    run = inside.run

                    def announce(name: str, /, **parameters: object) -> object:
                        rows = run(name, **parameters)
                        if name == "load.actors":
                            is_writing.set()
                        return rows

                    inside.run = announce  # type: ignore[method-assign]
                    return inside

                def __exit__(self, *error: object) -> object:
                    return opened.__exit__(*error)  # type: ignore[arg-type]

            return Announced()

        database.transaction = watched  # type: ignore[method-assign, assignment]

        def work() -> None:
            try:
                import_files(database, many(5_000))
            except BaseException as error:
                outcome.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        assert is_writing.wait(60)
        assert database.restart()
        thread.join(60)
        assert [type(e) for e in outcome] == [StoreUnavailable]
        database.wait_until_ready(120)
        wait_until_it_answers(database)
        assert read_stored(database.read) == before
        database.transaction = transaction  # type: ignore[method-assign]
        assert import_files(database, many(50)).actors.new == 50


def wait_until_it_answers(database: Database) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            database.read("schema.sizes")
        except StoreUnavailable:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        else:
            return


def test_a_disk_that_fills_up_during_an_import_leaves_the_graph_as_it_was(
    settings: Settings, small_disk: Path
) -> None:
    on_disk = dataclasses.replace(settings, data_dir=small_disk / "data")
    with open_database(on_disk, owner=True) as database:
        import_files(database, FIRST)
        before = read_stored(database.read)
        room = os.statvfs(small_disk)
        (small_disk / "other").write_bytes(bytes(room.f_bavail * room.f_bsize - 3_000_000))
        with pytest.raises(DiskFull) as caught:
            import_files(database, many(2_000, "五" * 2_000))
        assert "磁盘" in caught.value.message.zh
        subprocess.run(["mount", "-o", "remount,size=1g", small_disk], check=True)
        wait_until_it_answers(database)
        assert read_stored(database.read) == before
