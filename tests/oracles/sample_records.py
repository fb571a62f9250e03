"""The sample data as records, without a database."""

from __future__ import annotations

from functools import cache

from graph.ingest.batch import read_batch
from graph.ingest.sample import sample_files
from graph.ingest.tables import read_tables
from graph.records import Records
from graph.stored import Stored


@cache
def sample_records() -> Records:
    """Return the sample data set as it is read from its files."""
    tables, problems = read_tables(sample_files())
    batch, more = read_batch(tables, Stored())
    assert [*problems, *more] == []
    return Records(
        tuple(batch.nodes.values()),
        tuple(batch.ties.values()),
        "sample",
        tuple(batch.needs.values()),
        tuple(batch.areas.values()),
    )
