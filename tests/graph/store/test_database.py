"""Statements in, rows out, on a real Neo4j."""

from __future__ import annotations

from graph.store.database import Database


def test_an_empty_database_says_which_schema_it_follows(database: Database) -> None:
    assert database.read("schema.recorded")[0]["schema_version"] == 1
