"""The sample data that come with the product: the cases of one published article."""

from __future__ import annotations

from importlib.resources import files

from graph.ingest.importer import ImportReport, history, import_files, refuse
from graph.store.database import Database


def sample_files() -> list[tuple[str, bytes]]:
    """Return the sample data set as (file name, content), as an import takes them."""
    folder = files("graph") / "sample"
    return sorted((f.name, f.read_bytes()) for f in folder.iterdir() if f.name.endswith(".csv"))


def load_sample(database: Database) -> ImportReport:
    """Import the sample data set; raises `ImportRefused` if rows of one's own stand against it."""
    return refuse(import_files(database, sample_files()))


def load_sample_on_first_start(database: Database) -> bool:
    """Import the sample data set if nothing was ever imported; return whether it was."""
    if history(database.read) or database.read("read.nodes"):
        return False
    load_sample(database)
    return True
