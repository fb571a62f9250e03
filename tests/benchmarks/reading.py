"""How long the network takes out of the store, beside the bare driver taking in the same rows."""

from __future__ import annotations

import dataclasses
import statistics
import tempfile
import time
from pathlib import Path

from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.write import write_import
from graph.cypher import statement
from graph.ingest.importer import import_files
from graph.reading import read_network
from graph.settings import Settings
from graph.store.database import Database
from graph.store.opening import open_database

NAME = "reading"
HELP = "seconds to the network from the store, and how many times what the rows alone take"
SIZES = (5_000, 20_000)
_N_RUNS = 5


def run() -> list[tuple[str, float, float]]:
    """Import cities, then read each by turns through the driver alone and as a network.

    Returns rows of (what, median seconds, ratio to the driver).
    """
    rows = []
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = dataclasses.replace(
                Settings.from_environment(), data_dir=Path(folder, "data"), neo4j_uri=None
            )
            with open_database(settings, owner=True) as database:
                _fill(database, n, Path(folder, "city"))
                n_rows = _consume(database)
                network = read_network(database).network
                bare, ours = [], []
                for _ in range(_N_RUNS):
                    start = time.perf_counter()
                    _consume(database)
                    bare.append(time.perf_counter() - start)
                    start = time.perf_counter()
                    read_network(database)
                    ours.append(time.perf_counter() - start)
        driver_s, network_s = statistics.median(bare), statistics.median(ours)
        what = f"{n:,} actors, {network.n_ties:,} ties"
        rows.append((f"driver alone, {what}, {n_rows:,} rows", driver_s, 1.0))
        rows.append((f"network, {what}", network_s, network_s / driver_s))
    return rows


def _fill(database: Database, n: int, folder: Path) -> None:
    write_import(draw_city(CityPlan(n)), folder)
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.csv"))]
    report = import_files(database, files)
    if report.actors.new < n:
        raise RuntimeError(f"{report.problems[:3]}")


def _consume(database: Database) -> int:
    """Let the driver make every row of the two statements; return how many there are."""
    n_rows = 0
    with database.session("READ") as session, session.begin_transaction() as tx:
        for name in ("read.network_nodes", "read.network_ties"):
            for _ in tx.run(statement(name).text):
                n_rows += 1
    return n_rows
