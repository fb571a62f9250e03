"""What Neo4j is made to do once, in a training run, so that Java has it ready at every start."""

from __future__ import annotations

from graph.explorer import Explorer
from graph.ingest.importer import undo_import
from graph.ingest.sample import load_sample
from graph.questions.overview import overview
from graph.questions.search import actors_named
from graph.store.database import Database

_N_ROUNDS = 3


def exercise(address: str, user: str, password: str) -> None:
    """Import the sample data into the Neo4j at ``address`` and ask what the first pages ask.

    More than once, so that Java learns which of its methods are worth compiling first.
    """
    with Database() as database:
        database.connect(address, user, password)
        for _ in range(_N_ROUNDS):
            report = load_sample(database)
            explorer = Explorer(database)
            overview(explorer)
            actors_named(explorer, "和众")
            actors_named(explorer, "hzzy")
            if report.id is not None:
                undo_import(database, report.id)
