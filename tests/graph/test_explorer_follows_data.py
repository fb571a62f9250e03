"""The explorer over data that change, and over none."""

from __future__ import annotations

from graph.explorer import Explorer
from graph.ingest.importer import import_files, undo_import
from graph.ingest.sample import load_sample
from graph.questions.overview import overview as ask_overview
from graph.questions.search import actors_named
from graph.store.database import Database


def test_answers_follow_the_data(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    before = explorer.snapshot()
    report = import_files(database, [("主体.csv", "编号,名称,类型\nnew,新企业,企业\n".encode())])
    after = explorer.snapshot()
    assert after.version != before.version
    assert after.n_actors == before.n_actors + 1
    assert actors_named(explorer, "新企业")[0].actor.id == "new"
    undo_import(database, str(report.id))
    assert explorer.snapshot().n_actors == before.n_actors
    assert actors_named(explorer, "新企业") == ()


def test_an_empty_graph_has_answers_too(database: Database) -> None:
    explorer = Explorer(database)
    overview = ask_overview(explorer)
    assert overview.n_actors == 0
    assert overview.changes is None
    assert "还没有社区" in overview.sentence.zh
    assert len(explorer.brokers()) == len(explorer.hubs()) == len(explorer.gaps()) == 0
    assert actors_named(explorer, "x") == ()
    assert len(explorer.network()) == 0
