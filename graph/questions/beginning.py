"""What is made ready at a start, once the first page is there."""

from __future__ import annotations

from graph.explorer import Explorer
from graph.questions.examples import examples
from graph.questions.import_gaps import prepare_import_gaps
from graph.questions.matching import matching
from graph.questions.standing import prepare_actors


def prepare(explorer: Explorer) -> None:
    """Make what the first visit of each page rests on, so that nobody waits for it.

    Of a city that is about ten seconds, most of them planning in Neo4j; everything is kept until
    the stored data change.
    """
    prepare_actors(explorer)
    if explorer.snapshot().n_actors:
        matching(explorer)
        examples(explorer)
    explorer.prepare_areas()
    prepare_import_gaps(explorer)
