"""What is said of the stored graph is what is stored, and ids to begin with are there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph.cypher import StatementError, in_folder, parse
from graph.explorer import Explorer
from graph.ingest.importer import import_files
from graph.model import AFFILIATION_KINDS, KINDS, RELATIONS
from graph.query.library import (
    GROUPS,
    LibraryQueryNotFound,
    library,
    library_query,
    read_query,
    rule_queries,
    rule_query,
)
from graph.questions.querying import ids_to_choose, stored_schema, values_to_begin_with
from graph.store.database import Database

LABELS = {"Stakeholder", "Affiliation", *(k.slug for k in (*KINDS, *AFFILIATION_KINDS))}


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


def rows(explorer: Explorer, cypher: str) -> list[list[Any]]:
    with explorer.database.session("READ") as session:
        return [record.values() for record in session.run(cypher)]


def test_every_label_is_counted(explorer: Explorer) -> None:
    schema = stored_schema(explorer)
    said = {s.name: s.n for g in schema.nodes for s in g.sorts} | dict(schema.own)
    stored = dict(rows(explorer, "MATCH (n) UNWIND labels(n) AS l RETURN l, count(*) AS n"))
    assert {label: n for label, n in said.items() if n} == stored
    assert set(said) >= LABELS
    assert "Meta" in dict(schema.own)


def test_every_relationship_is_counted_and_runs_as_it_is_written(explorer: Explorer) -> None:
    schema = stored_schema(explorer)
    said = {s.name: s.n for s in schema.relationships}
    assert {r.slug for r in RELATIONS} < set(said)
    stored = dict(rows(explorer, "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n"))
    assert {name: n for name, n in said.items() if n} == stored
    for sort in schema.relationships:
        assert sort.pattern is not None
        assert rows(explorer, f"MATCH {sort.pattern} RETURN count(*) AS n") == [[sort.n]]


def test_every_property_is_named(explorer: Explorer) -> None:
    schema = stored_schema(explorer)
    for group in schema.nodes:
        match = f"MATCH (n:{group.whole.name}) UNWIND keys(n) AS k RETURN DISTINCT k"
        stored = {key for (key,) in rows(explorer, match)}
        assert stored <= {p.name for p in group.properties}, group.whole.name
    ends = "(:Stakeholder|Affiliation)-[r]->(:Stakeholder|Affiliation)"
    stored = {k for (k,) in rows(explorer, f"MATCH {ends} UNWIND keys(r) AS k RETURN DISTINCT k")}
    assert stored <= {p.name for p in schema.properties}
    for group in schema.nodes:
        for p in group.properties:
            assert p.words.zh
            assert not re.search("[\u3400-\u9fff]", p.words.en)


def test_every_ready_query_is_explained() -> None:
    assert len(library()) == len(in_folder("library"))
    assert len(rule_queries()) == len(in_folder("gaps"))
    for found in library():
        assert found.group in GROUPS
        assert found.answers is not None
        assert re.search("[\u3400-\u9fff]", found.answers.zh)
        assert found.answers.en
        assert not re.search("[\u3400-\u9fff]", found.answers.en + found.title.en)
    for found in (*library(), *rule_queries()):
        for p in found.parameters:
            assert p.label.zh
            assert p.label.en
            assert p.id_of is None or p.id_of in LABELS
    assert library_query("who_funds_what").is_text(library()[0].cypher) is False
    assert rule_query("no_platform").cypher
    with pytest.raises(LibraryQueryNotFound):
        library_query("no_platform")


def test_a_header_that_lacks_a_word_is_refused_with_it() -> None:
    source = '// mode: read\n// title.zh: 甲\n// title.en: A\n// param: a string = ""\nRETURN $a'
    with pytest.raises(StatementError, match=r"label\.a\.zh"):
        read_query(parse("library.x", source))


def test_ids_to_choose_are_those_with_most_ties(explorer: Explorer) -> None:
    communities = ids_to_choose(explorer, "Community")
    assert {n.kind for n in communities} == {"Community"}
    n_ties = [len(explorer.ties_of(n.id)) for n in communities]
    assert n_ties == sorted(n_ties, reverse=True)
    assert all(n.is_actor for n in ids_to_choose(explorer, "Stakeholder"))
    for found in library():
        defaults = {p.name: p.default for p in found.parameters}
        assert values_to_begin_with(explorer, found) == defaults


def test_an_id_of_the_sample_gives_way_to_one_that_is_there(database: Database) -> None:
    table = "编号,名称,类型\na,甲,社会组织\nb,乙,社会组织\nc,丙社区,社区\n"
    ties = "起点,关系,终点\na,支持,c\na,支持,b\n"
    assert import_files(
        database, [("主体.csv", table.encode()), ("关系.csv", ties.encode())]
    ).is_accepted
    explorer = Explorer(database)
    begun = {q.slug: values_to_begin_with(explorer, q) for q in library()}
    assert begun["partners_of_an_actor"] == {"actor": "a"}
    assert begun["affiliations_of_a_community"] == {"community": "c"}
    assert begun["paths_between_two_actors"] == {"start": "a", "end": "b"}
