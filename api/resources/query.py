"""``query`` and ``queries``: the shapes of their answers, and the functions that fill them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api import schemas
from graph.explorer import Explorer
from graph.query.errors import QueryRefused
from graph.query.library import library as all_queries
from graph.query.run import QueryAnswer, run_query
from graph.query.values import for_json
from graph.redacted import RedactedExplorer
from graph.text import Text


class LibraryParameter(schemas.Schema):
    """A parameter of a library query; ``default`` makes it run as it is."""

    name: str
    type: str
    default: Any


class LibraryQuery(schemas.Schema):
    """A query to start from."""

    name: str
    title: schemas.Text
    doc: str
    cypher: str
    parameters: list[LibraryParameter]


def run(
    explorer: Explorer,
    cypher: str,
    parameters: Mapping[str, Any],
    *,
    limit: int,
    timeout_s: float,
) -> QueryAnswer:
    """Run a read-only statement as `graph.query.run.run_query` does.

    A statement sees everything stored: where something is to be hidden from whoever asks, none is
    run, and `QueryRefused` raised.
    """
    if isinstance(explorer, RedactedExplorer):
        raise QueryRefused(
            Text(
                "通过分享链接不能查询数据。",
                "A link that is shared does not let anybody query the data.",
            )
        )
    return run_query(explorer.database, cypher, parameters, limit=limit, timeout_s=timeout_s)


def result(answer: QueryAnswer) -> schemas.QueryResult:
    """Answer ``POST query``."""
    return schemas.QueryResult(
        columns=list(answer.columns),
        rows=[[for_json(value) for value in row] for row in answer.rows],
        truncated=answer.truncated,
        elapsed_ms=round(answer.elapsed_ms, 1),
    )


def library() -> list[LibraryQuery]:
    """Answer ``GET queries``."""
    return [
        LibraryQuery(
            name=found.slug,
            title=schemas.Text(zh=found.title.zh, en=found.title.en),
            doc=found.doc,
            cypher=found.cypher,
            parameters=[
                LibraryParameter(name=p.name, type=p.type, default=p.default)
                for p in found.parameters
            ],
        )
        for found in all_queries()
    ]
