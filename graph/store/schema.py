"""Constraints and indexes, and which version of them the data follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.cypher import Statement, StatementError, in_folder
from graph.store.errors import NewerSchema, StatementFailed

if TYPE_CHECKING:
    from graph.store.database import Database

SCHEMA_VERSION = 2
_NAME = re.compile(r"(?:CONSTRAINT|INDEX)\s+(\w+)\s+IF NOT EXISTS")


def check_schema(database: Database) -> int:
    """Return the version the data follow, 0 in an empty database; raises `NewerSchema`."""
    rows = database.read("schema.recorded")
    found = (rows[0]["schema_version"] or 0) if rows else 0
    if found > SCHEMA_VERSION:
        raise NewerSchema(found, SCHEMA_VERSION)
    return int(found)


def defined_name(statement: Statement) -> str:
    """Return the name of the constraint or index that a schema statement makes."""
    found = _NAME.search(statement.text)
    if found is None:
        raise StatementError(statement.name, "a schema statement names what it makes")
    return found[1]


def apply_schema(database: Database) -> None:
    """Create what is missing of ``cypher/schema`` and record the version.

    Statements say IF NOT EXISTS, so this may be done at every start; those whose index is there
    are passed over, since each costs a planning. A user of an own server who may not create
    indexes is no obstacle once another has. Raises `NewerSchema` before anything is changed.
    """
    found = check_schema(database)
    present = set(database.read("schema.present")[0]["names"])
    try:
        for statement in in_folder("schema"):
            if statement.mode == "schema" and defined_name(statement) not in present:
                database.define(statement.name)
    except StatementFailed as error:
        if found != SCHEMA_VERSION or not error.code.endswith("Security.Forbidden"):
            raise
    if found != SCHEMA_VERSION:
        database.write("schema.record", schema_version=SCHEMA_VERSION)
