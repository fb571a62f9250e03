"""``query`` and ``queries``: analysts' own Cypher, read-only, and examples to start from."""

from __future__ import annotations

import math
from typing import Annotated, Any

from fastapi import APIRouter, Body

from api import schemas
from api.state import ExplorerDependency
from graph.cypher import in_folder
from graph.query.run import run_query

router = APIRouter(tags=["query"])
EXAMPLE = {
    "summary": "Communities and how many partners each has",
    "value": {
        "cypher": "MATCH (c:Community) RETURN c.name AS community, COUNT { (c)--(:Stakeholder) } "
        "AS n_partners ORDER BY n_partners DESC",
        "parameters": {},
        "limit": 100,
        "timeout_s": 10,
    },
}


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


@router.post(
    "/query",
    summary="Run a read-only Cypher query",
    responses={
        code: {
            "model": schemas.ProblemDetails,
            "description": description,
            "content": {"application/problem+json": {}},
        }
        for code, description in (
            (403, "The query does more than read, or is too intricate"),
            (413, "The result is too large, or the query takes too much memory"),
            (504, "The query took too long and was stopped"),
        )
    },
)
def post_query(
    request: Annotated[schemas.QueryRequest, Body(openapi_examples={"partners": EXAMPLE})],
    explorer: ExplorerDependency,
) -> schemas.QueryResult:
    """One statement of Cypher 5 that only reads, with limits of time, rows and size.

    Nodes come as `{"labels", "properties"}`, relationships as `{"type", "properties"}`, dates as
    ISO 8601 strings; a number that JSON does not have (NaN, infinity) as null. LOAD CSV, SHOW,
    procedures that are not known to only read, and whatever writes are refused with a sentence.
    """
    answer = run_query(
        explorer.database,
        request.cypher,
        request.parameters,
        limit=request.limit,
        timeout_s=request.timeout_s,
    )
    return schemas.QueryResult(
        columns=list(answer.columns),
        rows=[[_for_json(value) for value in row] for row in answer.rows],
        truncated=answer.truncated,
        elapsed_ms=round(answer.elapsed_ms, 1),
    )


@router.get("/queries", summary="Library of queries to start from")
def queries() -> list[LibraryQuery]:
    """Each runs as it is, with the defaults of its parameters."""
    return [
        LibraryQuery(
            name=found.name.removeprefix("library."),
            title=schemas.Text(zh=found.extra["title.zh"], en=found.extra["title.en"]),
            doc=found.doc,
            cypher=found.text,
            parameters=[
                LibraryParameter(name=p.name, type=p.type, default=p.default)
                for p in found.parameters
            ],
        )
        for found in in_folder("library")
    ]


def _for_json(value: Any) -> Any:
    """Return ``value`` with what JSON does not have taken out."""
    match value:
        case float() if not math.isfinite(value):
            return None
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return value.hex()
        case list():
            return [_for_json(item) for item in value]
        case dict():
            return {key: _for_json(item) for key, item in value.items()}
    return str(value)
