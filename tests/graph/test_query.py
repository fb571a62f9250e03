"""Analysts' queries on a real Neo4j: what is answered, what is refused, what ends a run-away."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from graph.cypher import in_folder, statements
from graph.errors import Cancelled, InvalidArgument, WusheError
from graph.ingest.sample import load_sample
from graph.progress import Step, heard_by
from graph.query import run as query
from graph.query.errors import (
    QueriesBusy,
    QueryMistaken,
    QueryRefused,
    QueryTimedOut,
    QueryTooLarge,
)
from graph.query.parameters import check_parameters
from graph.query.plan import OPERATORS, check_plan
from graph.query.run import run_query
from graph.query.text import MAX_CHARACTERS, check_text
from graph.store.database import Database
from graph.store.errors import StoreError

LOAD = "LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line[0]"

# Neither in the text alone nor in the plan alone can all of these be seen.
REFUSED_TEXTS: dict[str, str] = {
    "load": LOAD,
    "load in EXISTS": f"RETURN EXISTS {{ {LOAD} }} AS x",
    "load in COLLECT": f"RETURN COLLECT {{ {LOAD} }} AS x",
    "load in CALL": f"CALL () {{ {LOAD} AS x }} RETURN x",
    "load in a comprehension": f"RETURN [i IN [1] | COLLECT {{ {LOAD} }}] AS x",
    "load in lower case, apart": LOAD.replace("LOAD CSV", "load /* \n */ // \n csv"),
    "load by an escape": LOAD.replace("LOAD", "\\u004cOAD"),
    "load behind a comment": f"RETURN 1 AS x // \\u000a UNION {LOAD} AS x",
    "escape in a string": "RETURN '\\u0027' AS x",
    "use": "USE system RETURN 1 AS x",
    "use in a subquery": "CALL { USE neo4j RETURN 1 AS x } RETURN x",
    "transactions": "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x",
    "transactions, nested": "RETURN [i IN [1] | COUNT { CALL { RETURN 1 AS x } IN TRANSACTIONS "
    "RETURN x }] AS x",
    "terminate": "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "show transactions": "SHOW TRANSACTIONS",
    "procedure": "CALL dbms.listConfig()",
    "procedure without brackets": "CALL dbms.components",
    "procedure in backticks": "CALL `dbms`.`listConfig`() YIELD name RETURN name",
    "procedure as one name": "CALL `dbms.listConfig`() YIELD name RETURN name",
    "procedure apart": "CALL /* */ dbms . // \n listConfig ()",
    "procedure in an expression": "RETURN [i IN [1] | COLLECT { CALL db.stats.clear('QUERIES') "
    "YIELD section RETURN section }] AS x",
    "procedure that writes": "CALL db.createLabel('X')",
    "procedure that waits": "CALL db.awaitIndexes(300)",
    "unknown procedure": "CALL apoc.load.json('http://127.0.0.1:9/x') YIELD value RETURN value",
    "unknown function": "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {}) AS x",
    "unknown function, apart": "RETURN `apoc` . cypher /**/ . run ('RETURN 1', {}) AS x",
    "explain": "EXPLAIN RETURN 1 AS x",
    "profile": " /* */ profile RETURN 1 AS x",
    "runtime": "CYPHER runtime=slotted RETURN 1 AS x",
    "two statements": "RETURN 1 AS x; MATCH (n) RETURN n",
    "open string": "RETURN 'abc AS x",
    "open comment": "RETURN 1 AS x /* abc",
    "open name": "RETURN 1 AS `x",
    "invisible": "RETURN 1\u200b AS x",
    "control": "RETURN 1 AS x\x00",
    "empty": "  // nothing\n",
    "long": "RETURN '" + "a" * MAX_CHARACTERS + "' AS x",
}
# What EXPLAIN did not come back from, whatever its timeout, on 2026.09.0 or 5.26.28.
HANGING: dict[str, str] = {
    "brackets": "RETURN " + "(" * 200 + "1" + ")" * 200 + " AS x",
    "lists": "RETURN " + "[" * 200 + "1" + "]" * 200 + " AS x",
    "maps": "RETURN " + "{a:" * 200 + "1" + "}" * 200 + " AS x",
    "cases": "RETURN " + "CASE WHEN true THEN " * 200 + "1" + " END" * 200 + " AS x",
    "cases, hidden": "RETURN " + "CASE WHEN end THEN " * 200 + "1" + " END" * 200 + " AS x",
    "functions": "RETURN " + "abs(" * 200 + "1" + ")" * 200 + " AS x",
    "comprehensions": "RETURN " + "[x IN " * 200 + "[1]" + "| x]" * 200 + " AS x",
    "subqueries": "CALL { " * 200 + "RETURN 1 AS x" + " } RETURN x" * 200,
    "not": "RETURN " + "NOT " * 200 + "true AS x",
    "xor": "MATCH (n) WHERE " + " XOR ".join(f"n.a{i} = 1" for i in range(20)) + " RETURN n",
    "plus": "RETURN " + " + ".join(["rand()"] * 200) + " AS x",
    "plus, spread": "RETURN " + "(1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + " * 19 + "1" + ")" * 19,
    "power": "RETURN " + " ^ ".join(["rand()"] * 200) + " AS x",
    "concatenation": "MATCH (n) RETURN " + " || ".join(f"n.a{i}" for i in range(200)) + " AS x",
    "properties": "MATCH (n) RETURN n" + ".a" * 200 + " AS x",
    "subscripts": "MATCH (n) RETURN n.a" + "[0]" * 200 + " AS x",
    "columns": "MATCH (n) RETURN " + ", ".join(f"n.a{i} AS x{i}" for i in range(1000)),
    "matches": " ".join(f"MATCH (n{i})--(m{i})" for i in range(200)) + " RETURN count(*) AS x",
    "labels": "MATCH (n:" + "&".join(f"(L{i}|M{i})" for i in range(20)) + ") RETURN n",
    "wide labels": "MATCH (n:" + "&".join(f"(A{i}|B{i}|C{i}|D{i})" for i in range(9))
    + ") RETURN n",
    "labels in WHERE": "MATCH (n) WHERE " + " AND ".join(f"n:L{i}|M{i}" for i in range(20))
    + " RETURN n",
    "labels with OR": "MATCH (n) WHERE " + " AND ".join(f"(n:L{i} OR n:M{i})" for i in range(20))
    + " RETURN n",
    "nested EXISTS": "MATCH (n) WHERE " + "EXISTS { MATCH (n)--(m) WHERE " * 19 + "true" + "}" * 19
    + " RETURN n",
    "negated labels": "MATCH (n:" + "!" * 200 + "L) RETURN n",
}  # fmt: skip
REFUSED_PLANS: dict[str, str] = {
    "create": "CREATE (n) RETURN n",
    "merge": "MERGE (n:X {id: 1}) RETURN n",
    "set": "MATCH (n) SET n.x = 1",
    "set a label": "MATCH (n) SET n:$('X')",
    "remove": "MATCH (n) REMOVE n.x",
    "delete": "MATCH (n) DETACH DELETE n",
    "foreach": "MATCH (n) FOREACH (i IN [1] | SET n.x = i)",
    "create in a subquery": "CALL () { CREATE (n) RETURN n } RETURN n",
    "index": "CREATE INDEX x FOR (n:X) ON (n.y)",
    "drop": "DROP INDEX names",
    "settings": "SHOW SETTINGS",
    "settings, shaped": "SHOW SETTINGS YIELD name, value WHERE name CONTAINS 'a' RETURN name",
    "functions": "SHOW FUNCTIONS",
    "procedures": "SHOW PROCEDURES",
    "indexes": "SHOW INDEXES",
    "users": "SHOW USERS",
    "current user": "SHOW CURRENT USER",
    "databases": "SHOW DATABASES",
    "user": "CREATE USER x SET PASSWORD 'abcdefgh'",
    "password": "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
}
ANSWERED: tuple[str, ...] = (
    "RETURN 1 AS x;",
    "MATCH (n) RETURN n.call AS x, n.`use` AS y // LOAD nothing",
    "MATCH (a:Stakeholder {id: 'a'}) RETURN a",
    "MATCH (a:Stakeholder) WHERE a.id IN ['a', 'b'] AND a.name STARTS WITH 'x' RETURN a",
    "MATCH (a:Stakeholder|Affiliation) WHERE NOT a:Community RETURN labels(a) AS l, count(*) AS n",
    "MATCH (a:Stakeholder&!Community) RETURN a.name AS x ORDER BY x SKIP 1 LIMIT 2",
    "MATCH (a)-[r:FUNDS|SUPPORTS]->(b)<-[]-(c) WHERE a <> c RETURN DISTINCT a, type(r) AS t, c",
    "MATCH (a)-[r]-(b)-[s]-(a) RETURN a, b, r, s",
    "MATCH ()-[r]->() RETURN count(r) AS n",
    "MATCH (a:Stakeholder) RETURN count(a) AS n",
    "MATCH (a:Stakeholder)-[*1..3]-(b:Stakeholder) RETURN DISTINCT a, b",
    "MATCH p = shortestPath((a:Stakeholder {id: 'a'})-[*..5]-(b:Stakeholder {id: 'b'})) RETURN p",
    "MATCH p = allShortestPaths((a:Stakeholder)-[*..3]-(b:Stakeholder)) WHERE a <> b RETURN p",
    "MATCH p = SHORTEST 1 (a:Stakeholder {id: 'a'})-[:FUNDS]-+(b:Stakeholder) RETURN p",
    "MATCH (a:Stakeholder) ((x)-[:FUNDS]-(y)){1,3} (b:Affiliation) RETURN a, b, size(x) AS n",
    "MATCH (a:Stakeholder) OPTIONAL MATCH (a)-[:FUNDS]->(b) RETURN a, collect(b.name) AS names",
    "MATCH (a), (b) WHERE a.name = b.name AND elementId(a) < elementId(b) RETURN a, b",
    "MATCH (a:Stakeholder) WHERE EXISTS { (a)--() } OR a.x = 1 RETURN a",
    "MATCH (a:Stakeholder) WHERE NOT (a)--(:Affiliation) RETURN a",
    "MATCH (a) RETURN a.name AS x, [(a)--(b) WHERE b.x > 1 | b.name] AS y, COUNT { (a)--() } AS n",
    "MATCH (a) RETURN CASE WHEN a.x > 1 THEN COLLECT { MATCH (a)--(b) RETURN b } ELSE [] END AS x",
    "MATCH (a) CALL (a) { MATCH (a)--(b) RETURN b ORDER BY b.name LIMIT 1 } RETURN a, b",
    "MATCH (a) RETURN a.x AS x UNION MATCH (b) RETURN b.y AS x",
    "MATCH (a) WITH a.kind AS k, percentileCont(a.x, 0.5) AS m WHERE m > 1 RETURN k, m ORDER BY k",
    "UNWIND range(1, 5) AS i WITH i, reduce(s = 0, j IN range(1, i) | s + j) AS s RETURN i, s",
    "MATCH (a)-[r]->(b) WHERE elementId(r) = 'x' RETURN a",
    "MATCH (a:$('Stakeholder')) RETURN a",
    "MATCH (a) RETURN a {.name, partners: [(a)--(b) | b.name]} AS x",
    "RETURN date.truncate('month', date('2025-06-30')) AS x, duration.inDays(date(), date()) AS y",
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "CALL db.labels",
    "CALL db.relationshipTypes()",
    "CALL db.propertyKeys()",
    "CALL db.schema.visualization()",
    "CALL db.schema.nodeTypeProperties()",
    "CALL db.schema.relTypeProperties()",
    "CALL db.index.fulltext.queryNodes('names', 'x') YIELD node, score RETURN node.name, score",
)


@pytest.fixture(autouse=True)
def every_test_starts_unpaused() -> None:
    query._supervisors.clear()


def explained(database: Database, cypher: str) -> Any:
    with database.session("READ") as session:
        return session.run("EXPLAIN CYPHER 5\n" + cypher).consume()


def operators(plan: Any) -> set[str]:
    return {plan["operatorType"].split("@")[0].split("(")[0]}.union(
        *(operators(child) for child in plan.get("children", ()))
    )


# -- the text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cypher", REFUSED_TEXTS.values(), ids=REFUSED_TEXTS)
def test_a_text_is_refused_before_anything_is_sent(cypher: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        check_text(cypher)
    assert len(caught.value.message.zh) > 5
    assert caught.value.message.en.endswith((".", ")"))


@pytest.mark.parametrize("cypher", HANGING.values(), ids=HANGING)
def test_what_explain_would_not_come_back_from_is_refused(cypher: str) -> None:
    with pytest.raises(QueryRefused):
        check_text(cypher)


@pytest.mark.parametrize("cypher", ANSWERED)
def test_an_honest_text_passes(cypher: str) -> None:
    check_text(cypher)


def test_our_own_queries_pass() -> None:
    for found in statements().values():
        if found.mode == "read" and found.name.split(".")[0] in ("gaps", "library", "read"):
            check_text(found.text)


@pytest.mark.parametrize(
    "parameters",
    [
        {"a": {1, 2}},
        {"a": b"x"},
        {"a": 2**63},
        {"a": float("nan")},
        {"a": [float("inf")]},
        {"a": {"b": {1: 2}}},
        {"a": "x" * 1_000_001},
        {"a": object()},
    ],
)
def test_a_parameter_is_what_json_can_carry(parameters: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        check_parameters(parameters)


def test_a_parameter_is_not_nested_too_deep() -> None:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    with pytest.raises(InvalidArgument):
        check_parameters({"a": value})


# -- why each line is needed --------------------------------------------------------------------


def test_the_plan_hides_a_subquery_that_stands_in_an_expression(database: Database) -> None:
    summary = explained(database, REFUSED_TEXTS["load in a comprehension"])
    assert summary.query_type == "r"
    assert operators(summary.plan) <= OPERATORS
    # Neo4j's own wording gives it away all the same.
    with pytest.raises(QueryRefused, match="LOAD CSV"):
        check_plan(summary.query_type, summary.plan)
    summary = explained(database, REFUSED_TEXTS["procedure in an expression"])
    assert operators(summary.plan) <= OPERATORS
    with pytest.raises(QueryRefused, match=r"db\.stats\.clear"):
        check_plan(summary.query_type, summary.plan)


def test_neo4j_resolves_escapes_in_comments(database: Database) -> None:
    assert explained(database, "// nothing \\u000a CREATE (n)").query_type == "w"


def test_show_settings_is_a_read_to_neo4j(database: Database) -> None:
    summary = explained(database, "SHOW SETTINGS")
    assert summary.query_type == "r"
    assert "ShowSettings" in operators(summary.plan)


@pytest.mark.parametrize("cypher", REFUSED_PLANS.values(), ids=REFUSED_PLANS)
def test_a_plan_that_does_more_than_read_is_refused(cypher: str, database: Database) -> None:
    check_text(cypher)
    with pytest.raises(QueryRefused):
        run_query(database, cypher)


# -- answers ------------------------------------------------------------------------------------


def test_honest_queries_are_answered(database: Database) -> None:
    with database.session("WRITE") as session:
        session.run(
            "CREATE (a:Stakeholder:Enterprise {id: 'a', name: 'x'})-[:FUNDS]->"
            "(f:Affiliation:Fund {id: 'f', name: 'f', x: 2})<-[:FUNDS]-"
            "(b:Stakeholder:Community {id: 'b', name: 'x'})"
        ).consume()
    for cypher in ANSWERED:
        answer = run_query(database, cypher)
        assert all(len(row) == len(answer.columns) for row in answer.rows), cypher


def test_an_answer_holds_plain_values(database: Database) -> None:
    answer = run_query(
        database,
        "RETURN $n + 1 AS n, date('2025-06-30') AS day, [1, {a: null}] AS list, $s AS s",
        {"n": 1, "s": "文字"},
    )
    assert answer.columns == ("n", "day", "list", "s")
    assert answer.rows == [[2, "2025-06-30", [1, {"a": None}], "文字"]]
    assert not answer.truncated
    assert answer.elapsed_ms > 0


@pytest.mark.parametrize(("n_rows", "truncated"), [(9, False), (10, False), (11, True)])
def test_an_answer_is_cut_at_its_limit(n_rows: int, truncated: bool, database: Database) -> None:
    answer = run_query(database, f"UNWIND range(1, {n_rows}) AS i RETURN i", limit=10)
    assert answer.rows == [[i] for i in range(1, min(n_rows, 10) + 1)]
    assert answer.truncated is truncated


def test_many_rows_behind_the_limit_do_not_matter(database: Database) -> None:
    answer = run_query(database, "UNWIND range(1, 50000000) AS i RETURN i", limit=5)
    assert len(answer.rows) == 5
    wide = "UNWIND range(1, 1000) AS i RETURN range(1, 50000) AS x"
    assert run_query(database, wide, limit=2, timeout_s=60).truncated


def test_a_result_of_too_many_bytes_is_broken_off(database: Database) -> None:
    with pytest.raises(QueryTooLarge):
        run_query(database, "RETURN range(1, 5000000) AS x")
    with pytest.raises(QueryTooLarge):
        run_query(database, "UNWIND range(1, 1000) AS i RETURN range(1, 50000) AS x")
    assert run_query(database, "RETURN 1 AS x").rows == [[1]]


def test_a_result_nested_too_deep_is_refused(database: Database) -> None:
    with pytest.raises(QueryTooLarge):
        run_query(database, "RETURN reduce(x = [], i IN range(1, 2000) | [x]) AS x")


@pytest.mark.parametrize(
    "limits", [{"limit": 0}, {"limit": 100_001}, {"timeout_s": 0.0}, {"timeout_s": 61.0}]
)
def test_limits_have_limits(limits: dict[str, Any], database: Database) -> None:
    with pytest.raises(InvalidArgument):
        run_query(database, "RETURN 1 AS x", **limits)


@pytest.mark.parametrize(
    ("cypher", "line", "column", "what"),
    [
        ("RETRN 1", 1, 1, "Invalid input 'RETRN'"),
        ("MATCH (n)\nRETURN n.name +", 2, 16, "Invalid input"),
        ("MATCH (n)\n\nRETURN  m", 3, 9, "`m` not defined"),
        ("RETURN nothing(1) AS x", 1, 8, "Unknown function 'nothing'"),
        ("RETURN 1 / 0 AS x", None, None, "by zero"),
        ("RETURN $a AS x", None, None, "parameter"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(
    cypher: str, line: int | None, column: int | None, what: str, database: Database
) -> None:
    with pytest.raises(QueryMistaken, match=what) as caught:
        run_query(database, cypher)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "\n" not in caught.value.message.en
    assert len(caught.value.message.en) < 300


# -- the library --------------------------------------------------------------------------------


def test_the_library_answers_on_the_sample(database: Database) -> None:
    load_sample(database)
    answers = {}
    for found in in_folder("library"):
        assert {"title.zh", "title.en"} <= set(found.extra), found.name
        assert all(not p.is_required for p in found.parameters), found.name
        answer = run_query(database, found.text, found.bind({}))
        assert answer.columns == tuple(column for column, _ in found.columns), found.name
        assert answer.rows, found.name
        answers[found.name.removeprefix("library.")] = answer.rows
    assert sum(row[2] for row in answers["actors_by_sector"]) == _count(database, "Stakeholder")
    through_hub = [
        row[0]
        for row in answers["enterprises_through_an_organisation"]
        if row[1] == "垡头街道各社区" and "和众泽益枢纽平台" in row[2]
    ]
    assert sorted(through_hub) == sorted(["康明斯公司", "星巴克", "施耐德", "阿里巴巴", "字节跳动"])
    path = ["康明斯公司", "北京和众泽益公益发展中心", "北郎东社区"]
    assert [2, path, ["INTRODUCED", "SUPPORTS"]] in answers["paths_between_two_actors"]
    assert ["康明斯公司", "FUNDS", "无废空间项目", "Project"] in [
        row[:4] for row in answers["who_funds_what"]
    ]
    assert "无废空间志愿队伍" not in [row[0] for row in answers["teams_without_funding"]]
    assert "党员志愿者（泛指）" in [row[0] for row in answers["teams_without_funding"]]
    n_ties = run_query(
        database,
        "MATCH (:Stakeholder|Affiliation)-[r]->(:Stakeholder|Affiliation) RETURN count(r) AS n",
    ).rows[0][0]
    assert sum(row[2] for row in answers["sources_of_facts"]) == n_ties
    partners = {row[0]: row for row in answers["partners_of_an_actor"]}
    assert "→ INTRODUCED" in partners["星巴克"][2]
    assert "和众泽益枢纽平台" in partners["星巴克"][3]


def _count(database: Database, label: str) -> Any:
    return run_query(database, f"MATCH (n:{label}) RETURN count(n) AS n").rows[0][0]


# -- the end of a run-away ----------------------------------------------------------------------


def test_a_long_query_is_stopped_without_a_restart(database: Database) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimedOut) as caught:
        run_query(
            database,
            "UNWIND range(1, 100000000) AS i UNWIND range(1, 1000) AS j RETURN count(*) AS n",
            timeout_s=1,
        )
    assert time.monotonic() - start < 6
    assert not caught.value.is_restarting
    assert run_query(database, "RETURN 1 AS x").rows == [[1]]


def test_a_query_that_is_not_wanted_any_more_ends_in_neo4j(database: Database) -> None:
    listener = Impatient()
    start = time.monotonic()
    with pytest.raises(Cancelled), heard_by(listener):
        run_query(
            database,
            "UNWIND range(1, 100000000) AS i UNWIND range(1, 1000) AS j RETURN count(*) AS n",
            timeout_s=60,
        )
    assert time.monotonic() - start < 6
    assert {step.doing.en for step in listener.heard} == {"Running the query…"}
    assert not running(database)
    assert run_query(database, "RETURN 1 AS x").rows == [[1]]


class Impatient:
    """Wants no result after half a second."""

    def __init__(self) -> None:
        self.heard: list[Step] = []
        self._end = time.monotonic() + 0.5

    def hear(self, step: Step) -> None:
        self.heard.append(step)

    def is_cancelled(self) -> bool:
        return time.monotonic() > self._end


def running(database: Database) -> list[str]:
    """Return the analysts' statements that Neo4j is busy with."""
    with database.session("READ") as session:
        return session.run(
            "SHOW TRANSACTIONS YIELD metaData, currentQuery WHERE metaData.wushe IS NOT NULL "
            "RETURN currentQuery"
        ).value()


def test_queries_pause_after_a_few_restarts(database: Database) -> None:
    supervisor = query._supervisor(database)
    for _ in range(5):
        supervisor._count_restart()  # one end, noticed by several
    assert run_query(database, "RETURN 1 AS x").rows == [[1]]
    now = time.monotonic()
    supervisor._restarts = [now - 250, now - 200, now - 10]
    with pytest.raises(QueriesBusy):
        run_query(database, "RETURN 1 AS x")
    supervisor._restarts = [now - 400, now - 200, now - 10]
    assert run_query(database, "RETURN 1 AS x").rows == [[1]]


def test_only_a_few_queries_run_at_once(database: Database) -> None:
    supervisor = query._supervisor(database)
    is_over = threading.Event()

    def occupy() -> None:
        with supervisor.admitted():
            is_over.wait(30)

    threads = [threading.Thread(target=occupy) for _ in range(query.MAX_AT_ONCE)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    try:
        with pytest.raises(QueriesBusy):
            run_query(database, "RETURN 1 AS x")
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    assert run_query(database, "RETURN 1 AS x").rows == [[1]]


def test_a_bomb_ends_with_the_process_which_comes_back(database: Database) -> None:
    with database.session("WRITE") as session:
        session.run("CREATE (:Stakeholder {id: 'kept'})").consume()
    start = time.monotonic()
    with pytest.raises(QueryTimedOut) as caught:
        run_query(
            database,
            "RETURN size(reduce(s = '', i IN range(1, 100000000) | s + 'abc')) AS x",
            timeout_s=2,
        )
    assert time.monotonic() - start < 10
    assert caught.value.is_restarting
    rows = None
    deadline = time.monotonic() + 120
    while rows is None and time.monotonic() < deadline:
        try:
            rows = run_query(database, "MATCH (n:Stakeholder) RETURN n.id AS id").rows
        except (StoreError, WusheError):
            time.sleep(0.2)
    assert rows == [["kept"]]
