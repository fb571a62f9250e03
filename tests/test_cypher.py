"""Every file under ``cypher/``: it parses, Neo4j accepts it, and it returns what it declares."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from graph.cypher import FOLDERS, Statement, StatementError, parse, statement, statements
from graph.store.database import Database

STATEMENTS = tuple(statements().values())
SAMPLES: dict[str, Any] = {
    "string": "x",
    "integer": 1,
    "float": 0.5,
    "boolean": True,
    "map": {},
    "date": "2025-06-30",
    "any": None,
}

# Parameters for which a value by type will not do, each with its reason.
NEEDED: dict[str, dict[str, Any]] = {}


def sample(found: Statement) -> dict[str, Any]:
    """Return parameters that the statement takes: its defaults, else a value by type."""
    given = {
        p.name: [] if p.type.startswith("list") else SAMPLES[p.type]
        for p in found.parameters
        if p.is_required
    }
    return found.bind(given | NEEDED.get(found.name, {}))


def by_name(*modes: str) -> Any:
    return pytest.mark.parametrize("name", [s.name for s in STATEMENTS if s.mode in modes])


def test_every_file_is_a_statement_in_a_known_folder() -> None:
    root = files("cypher")
    found = set()
    for entry in root.iterdir():
        if entry.name in ("__init__.py", "__pycache__"):
            continue
        assert entry.is_dir(), f"cypher/{entry.name} is in no folder"
        assert entry.name in FOLDERS, f"cypher/{entry.name} is a folder that nothing loads"
        for file in entry.iterdir():
            assert file.name.endswith(".cypher"), f"cypher/{entry.name}/{file.name}"
            found.add(f"{entry.name}.{file.name.removesuffix('.cypher')}")
    assert found == set(statements())


@pytest.mark.parametrize("found", STATEMENTS, ids=lambda s: s.name)
def test_a_statement_has_a_documentation_and_a_fitting_mode(found: Statement) -> None:
    assert found.doc
    folder = found.name.split(".")[0]
    if folder in ("read", "gaps", "library"):
        assert found.mode == "read"
    if folder == "load":
        assert found.mode == "write"
    assert not found.text.rstrip().endswith(";")
    if found.mode == "read":
        assert found.columns


@by_name("read", "write", "schema")
def test_neo4j_accepts(name: str, database: Database) -> None:
    found = statement(name)
    parameters = sample(found)
    with database.session("WRITE") as session:
        session.run("EXPLAIN " + found.text, parameters).consume()


@by_name("read")
def test_a_read_statement_reads_and_returns_its_columns(name: str, database: Database) -> None:
    found = statement(name)
    with database.session("READ") as session:
        result = session.run(found.text, sample(found))
        assert list(result.keys()) == [column for column, _ in found.columns]
        result.consume()


@by_name("write")
def test_a_write_statement_returns_its_columns(name: str, database: Database) -> None:
    found = statement(name)
    with database.session("WRITE") as session, session.begin_transaction() as tx:
        result = tx.run(found.text, sample(found))
        assert list(result.keys()) == [column for column, _ in found.columns]
        result.consume()
        tx.rollback()


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("RETURN 1", "mode"),
        ("// mode: delete\nRETURN 1", "mode"),
        ("// mode: read\n// param: a\nRETURN $a", "a parameter is"),
        ("// mode: read\n// param: a text\nRETURN $a", "a parameter is"),
        ("// mode: read\n// param: a integer = one\nRETURN $a", "not JSON"),
        ("// mode: read\n// column: a text\nRETURN 1 AS a", "a column is"),
        ("// mode: read\n// param: a integer\nRETURN 1", "differ: a"),
        ("// mode: read\nRETURN $a", "differ: a"),
    ],
)
def test_a_wrong_header_is_refused_with_its_file(source: str, what: str) -> None:
    with pytest.raises(StatementError, match=what) as caught:
        parse("read.wrong", source)
    assert "cypher/read/wrong.cypher" in str(caught.value)


def test_a_dollar_in_a_string_or_comment_is_no_parameter() -> None:
    found = parse("read.x", "// mode: read\nRETURN '$a' AS a, \"$b\" AS b // $c\n/* $d */")
    assert found.parameters == ()


def test_parameters_are_completed_and_checked() -> None:
    found = parse(
        "read.x", "// mode: read\n// param: a integer\n// param: b integer = 2\nRETURN $a + $b"
    )
    assert found.bind({"a": 1}) == {"a": 1, "b": 2}
    with pytest.raises(StatementError, match="missing parameter a"):
        found.bind({})
    with pytest.raises(StatementError, match="unknown parameter c"):
        found.bind({"a": 1, "c": 3})
    with pytest.raises(StatementError, match="no such statement"):
        statement("read.nothing")
