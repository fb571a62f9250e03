"""``measures``: every measure of every actor, for tables and notebooks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answers, schemas
from api.parameters import Limit, Offset, ProjectionDependency
from api.state import ExplorerDependency

router = APIRouter(tags=["measures"])


@router.get("/measures", summary="The measures of every actor, and what they mean")
def measures(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    measures: Annotated[
        str | None,
        Query(
            description="Measures or columns, separated by commas; `all`, `linear`; by default "
            "those that pages show",
            examples=["betweenness,constraint"],
        ),
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> schemas.MeasuresPage:
    """In order of id. A weight is a strength: more is closer; shortest paths count steps."""
    names = None if measures is None else [name.strip() for name in measures.split(",")]
    return answers.measures(explorer, names, limit, offset, projection)
