"""``query`` and ``queries``: analysts' own Cypher, read-only, and examples to start from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from api import schemas
from api.resources import query as resource
from api.state import ExplorerDependency

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
    answer = resource.run(
        explorer,
        request.cypher,
        request.parameters,
        limit=request.limit,
        timeout_s=request.timeout_s,
    )
    return resource.result(answer)


@router.get("/queries", summary="Library of queries to start from")
def queries() -> list[resource.LibraryQuery]:
    """Each runs as it is, with the defaults of its parameters."""
    return resource.library()
