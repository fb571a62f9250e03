"""The stored network read as a stream equals the one that is projected from records."""

from __future__ import annotations

import pytest

from graph.cypher import StatementError
from graph.explorer import Explorer
from graph.ingest.importer import import_files
from graph.projection import DEFAULT, Projection
from graph.reading import read_network
from graph.store.database import Database

PROJECTIONS = (
    DEFAULT,
    Projection(as_of="2019-06-30"),
    Projection(area="北京市"),
    Projection(sectors=frozenset({"enterprise", "community"})),
    Projection(relations=frozenset({"FUNDS", "SUPPORTS", "OPERATES"})),
    Projection(fold_persons=False, max_working_body=3),
)


@pytest.mark.neo4j
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_equals_the_projected_records(sample: Database, projection: Projection) -> None:
    found = read_network(sample, projection)
    expected = Explorer(sample).network(projection)
    assert found.network == expected.network
    assert found.names == tuple(actor.name for actor in expected.actors)
    assert found.kinds == tuple(actor.kind for actor in expected.actors)


@pytest.mark.neo4j
def test_an_empty_store_is_an_empty_network(database: Database) -> None:
    assert len(read_network(database).network) == 0


@pytest.mark.neo4j
def test_actors_without_ties_are_kept(database: Database) -> None:
    import_files(database, [("主体.csv", "编号,名称,类型\nb,乙,社区\na,甲,企业\n".encode())])
    found = read_network(database)
    assert found.network.ids == ("a", "b")
    assert found.is_community.tolist() == [False, True]


@pytest.mark.neo4j
def test_only_read_statements_are_streamed(database: Database) -> None:
    with database.streaming() as rows, pytest.raises(StatementError):
        list(rows("load.actors"))
