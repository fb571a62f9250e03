"""Statements in, rows out, on a real Neo4j that is shared by the run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.cypher import StatementError
from graph.store.database import Database, plain
from graph.store.errors import NewerSchema, StatementFailed, StoreUnavailable, WriteRefused
from graph.store.schema import SCHEMA_VERSION, apply_schema, check_schema


def n_nodes(database: Database) -> int:
    return int(database.read("schema.sizes")[0]["n_nodes"])


def ask(database: Database, text: str, **parameters: Any) -> list[dict[str, Any]]:
    with database.session("READ") as session:
        return [plain(record.data()) for record in session.run(text, parameters)]


def test_a_read_returns_rows_by_column(database: Database) -> None:
    assert database.read("schema.recorded") == [{"schema_version": SCHEMA_VERSION, "n_changes": 0}]
    assert database.read("schema.last_transaction", database="nothing") == []


def test_a_write_is_stored(database: Database) -> None:
    assert (
        database.write("load.areas", rows=[{"id": "a", "parent": None, "properties": {"id": "a"}}])
        == []
    )
    assert n_nodes(database) == 2


def test_a_transaction_stores_all_of_it(database: Database) -> None:
    with database.transaction() as tx:
        assert tx.run("load.lock") == [{"n_imports": 0}]
        tx.run("load.areas", rows=[area("a")])
        assert tx.run("schema.sizes")[0]["n_nodes"] == 2
        tx.run("load.areas", rows=[area("b")])
        assert n_nodes(database) == 1
    assert n_nodes(database) == 3


def area(id_: str) -> dict[str, Any]:
    return {"id": id_, "parent": None, "properties": {"id": id_}}


def test_an_exception_undoes_the_transaction(database: Database) -> None:
    class Mistake(Exception):
        pass

    def fail() -> None:
        with database.transaction() as tx:
            tx.run("load.areas", rows=[area("a")])
            raise Mistake

    with pytest.raises(Mistake):
        fail()
    assert n_nodes(database) == 1


def test_a_refused_statement_undoes_the_transaction(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as tx:
            tx.run("load.areas", rows=[area("a")])
            tx.run("load.areas", rows=[{"id": None, "properties": {}}])

    with pytest.raises(StatementFailed) as caught:
        fail()
    assert caught.value.code.startswith("Neo.ClientError.Statement")
    assert caught.value.detail in caught.value.message.en
    assert n_nodes(database) == 1


def test_wrong_names_modes_and_parameters_are_refused_before_anything_is_sent(
    database: Database,
) -> None:
    with pytest.raises(StatementError, match="no such statement"):
        database.read("read.nothing_like_this")
    with pytest.raises(StatementError, match="write, not read"):
        database.read("schema.record", schema_version=1)
    with pytest.raises(StatementError, match="read, not write"):
        database.write("schema.sizes")
    with pytest.raises(StatementError, match="read, not schema"):
        database.define("schema.sizes")
    with pytest.raises(StatementError, match="missing parameter schema_version"):
        database.write("schema.record")
    with database.transaction() as tx, pytest.raises(StatementError, match="cannot run inside"):
        tx.run("schema.names")


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Area {id: 'x'})",
        "MATCH (m:Meta) SET m.x = 1",
        "MATCH (m:Meta) DELETE m",
        "CREATE INDEX x FOR (n:X) ON (n.x)",
        "CALL db.createLabel('X')",
    ],
)
def test_read_access_mode_refuses_writes(database: Database, text: str) -> None:
    with pytest.raises(WriteRefused), database.session("READ") as session:
        session.run(text).consume()
    assert n_nodes(database) == 1


def test_values_come_back_plain(database: Database) -> None:
    text = """
        CREATE (a:Area {id: 'a', at: date('2021-05-04'), list: [1.5, 2.0]})
               -[r:PART_OF {since: date('2020-01-01')}]->(b:Area:Other {id: 'b'})
        WITH a, r, b MATCH p = (a)-->(b)
        RETURN a, r, p, date('2021-05-04') AS date, time('08:00:00+08:00') AS time,
               localtime('08:00:00') AS local_time,
               datetime('2021-05-04T08:00:00+08:00') AS datetime,
               localdatetime('2021-05-04T08:00:00') AS local_datetime,
               duration('P1Y2M3DT4H') AS duration,
               point({longitude: 120.0, latitude: 30.0}) AS point,
               [null, true, 1, 1.5, '五社', [date('2021-05-04')]] AS list,
               {x: {y: date('2021-05-04')}} AS map
    """
    with database.session("WRITE") as session, session.begin_transaction() as tx:
        (record,) = tx.run(text)
        row = {key: plain(value) for key, value in record.items()}
        tx.rollback()
    node_a = {
        "labels": ["Area"],
        "properties": {"id": "a", "at": "2021-05-04", "list": [1.5, 2.0]},
    }
    tie = {"type": "PART_OF", "properties": {"since": "2020-01-01"}}
    node_b = {"labels": ["Area", "Other"], "properties": {"id": "b"}}
    assert row == {
        "a": node_a,
        "r": tie,
        "p": {"nodes": [node_a, node_b], "relationships": [tie]},
        "date": "2021-05-04",
        "time": "08:00:00+08:00",
        "local_time": "08:00:00",
        "datetime": "2021-05-04T08:00:00+08:00",
        "local_datetime": "2021-05-04T08:00:00",
        "duration": "P1Y2M3DT4H",
        "point": {"srid": 4326, "coordinates": [120.0, 30.0]},
        "list": [None, True, 1, 1.5, "五社", ["2021-05-04"]],
        "map": {"x": {"y": "2021-05-04"}},
    }
    assert json.loads(json.dumps(row)) == row


def test_the_version_changes_with_the_data_and_only_then(database: Database) -> None:
    before = database.version()
    n_nodes(database)
    assert database.version() == before
    database.write("load.areas", rows=[area("a")])
    changed = database.version()
    assert changed != before
    with database.session("WRITE") as session:  # as Neo4j Browser would, past our statements
        session.run("MATCH (a:Area) SET a.name = '甲'").consume()
    assert database.version() not in (before, changed)


def test_the_schema_can_be_applied_again(database: Database) -> None:
    apply_schema(database)
    names = {
        row["name"]
        for row in ask(
            database, "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name"
        )
    }
    assert names >= {
        *("stakeholder_id", "affiliation_id", "area_id", "source_id", "meta_id"),
        *("stakeholder_name", "affiliation_name", "area_name", "names"),
    }
    assert check_schema(database) == SCHEMA_VERSION


def test_an_id_is_given_once(database: Database) -> None:
    with database.session("WRITE") as session:
        session.run("CREATE (:Stakeholder {id: 'x'})").consume()
    with pytest.raises(StatementFailed) as caught, database.session("WRITE") as session:
        session.run("CREATE (:Stakeholder {id: 'x'})").consume()
    assert caught.value.code == "Neo.ClientError.Schema.ConstraintValidationFailed"


@pytest.mark.parametrize("words", ["和众", "泽益公益", "hezhongzeyi", "HZ"])
def test_names_are_found_by_any_part_alias_or_pinyin(database: Database, words: str) -> None:
    with database.session("WRITE") as session:
        session.run(
            "CREATE (:Stakeholder {id: 'x', name: '北京和众泽益公益发展中心', aliases_text: 'HZ',"
            " pinyin: 'hezhongzeyi'}), (:Affiliation {id: 'y', name: '平安家园'})"
        ).consume()
        session.run("CALL db.awaitIndexes()").consume()
    found = ask(
        database,
        "CALL db.index.fulltext.queryNodes('names', $words) YIELD node RETURN node.id AS id",
        words=words,
    )
    assert found == [{"id": "x"}]


def test_newer_data_are_refused_and_left_alone(database: Database) -> None:
    database.write("schema.record", schema_version=SCHEMA_VERSION + 1)
    before = database.version()
    with pytest.raises(NewerSchema) as caught:
        apply_schema(database)
    assert (caught.value.found, caught.value.known) == (SCHEMA_VERSION + 1, SCHEMA_VERSION)
    assert database.version() == before


def test_a_database_that_is_not_connected_says_so() -> None:
    with Database() as database:
        for ask_it in (database.bolt_address, database.login):
            with pytest.raises(StoreUnavailable):
                ask_it()
        with pytest.raises(StoreUnavailable) as caught:
            database.read("schema.sizes")
        assert caught.value.state == "starting"
        with pytest.raises(StoreUnavailable):
            database.wait_until_ready(0.01)
        assert not database.restart()
    for ask_it in (
        lambda: database.wait_until_ready(1),
        lambda: database.connect("bolt://127.0.0.1:1", "neo4j", "x"),
    ):
        with pytest.raises(StoreUnavailable) as caught:
            ask_it()
        assert caught.value.state == "stopped"
