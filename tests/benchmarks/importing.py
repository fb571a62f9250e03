"""How fast rows go in, at growing sizes, beside the database's own driver."""

from __future__ import annotations

import dataclasses
import resource
import tempfile
import time
from pathlib import Path

from graph.cypher import statement
from graph.ingest.importer import import_files
from graph.settings import Settings
from graph.store.opening import open_database

NAME = "importing"
HELP = "seconds and rows per second of an import, and of the bare upsert of the same actors"
SIZES = (1_000, 5_000, 20_000)


def run() -> list[tuple[str, float, float]]:
    """Import actors and as many ties, then upsert as many actors through the driver alone.

    Returns rows of (what, seconds, rows per second).
    """
    rows = []
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = dataclasses.replace(Settings.from_environment(), data_dir=Path(folder))
            with open_database(settings, owner=True) as database:
                files = _files(n)
                start = time.perf_counter()
                report = import_files(database, files)
                took = time.perf_counter() - start
                if report.actors.new != n:
                    raise RuntimeError(f"{report.problems[:3]}")
                rows.append((f"import of {n:,} actors and {n:,} ties", took, 2 * n / took))
                start = time.perf_counter()
                text = statement("load.actors").text
                with database.session("WRITE") as session:
                    for at in range(0, n, 5_000):
                        batch = [
                            {"id": f"x{i}", "kind": "Enterprise", "old_kind": None,
                             "properties": {"id": f"x{i}", "name": f"企业{i}"}}
                            for i in range(at, min(at + 5_000, n))
                        ]  # fmt: skip
                        session.run(text, rows=batch).consume()
                took = time.perf_counter() - start
                rows.append((f"bare upsert of {n:,} actors", took, n / took))
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("peak memory of this process, MB", memory_mb, memory_mb))
    return rows


def _files(n: int) -> list[tuple[str, bytes]]:
    kinds = ["社区" if i % 10 == 0 else "企业" for i in range(n)]
    actors = "编号,名称,类型,区域\n" + "".join(
        f"n{i},{kind}{i},{kind},某市/某区\n" for i, kind in enumerate(kinds)
    )
    ties = "起点,关系,终点,起始\n" + "".join(
        f"n{i},服务,n{(i * 7 + 1) % n},{2000 + i % 20}\n" for i in range(n)
    )
    return [("主体.csv", actors.encode()), ("关系.csv", ties.encode())]
