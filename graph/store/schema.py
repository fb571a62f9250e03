"""Constraints and indexes, and which version of them the data follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.cypher import in_folder
from graph.store.errors import NewerSchema, StatementFailed

if TYPE_CHECKING:
    from graph.store.database import Database

SCHEMA_VERSION = 1


def check_schema(database: Database) -> int:
    """Return the version the data follow, 0 in an empty database; raises `NewerSchema`."""
    rows = database.read("schema.recorded")
    found = (rows[0]["schema_version"] or 0) if rows else 0
    if found > SCHEMA_VERSION:
        raise NewerSchema(found, SCHEMA_VERSION)
    return int(found)


def apply_schema(database: Database) -> None:
    """Create what is missing of ``cypher/schema`` and record the version.

    Statements say IF NOT EXISTS, so this may be done at every start. A user of an own server
    who may not create indexes is no obstacle once another has. Raises `NewerSchema` before
    anything is changed.
    """
    found = check_schema(database)
    try:
        for statement in in_folder("schema"):
            if statement.mode == "schema":
                database.define(statement.name)
    except StatementFailed as error:
        if found != SCHEMA_VERSION or not error.code.endswith("Security.Forbidden"):
            raise
    if found != SCHEMA_VERSION:
        database.write("schema.record", schema_version=SCHEMA_VERSION)
