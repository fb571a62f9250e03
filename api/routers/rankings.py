"""``brokers`` and ``hubs``: who stands between others."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answers, schemas
from api.parameters import Limit, Offset, ProjectionDependency
from api.state import ExplorerDependency

router = APIRouter(tags=["rankings"])

Intervals = Annotated[
    bool | None,
    Query(
        description="Give the interval of each rank if a tenth of the data were missing; "
        "by default where that is quick"
    ),
]


@router.get("/brokers", summary="Brokers: who lies on the paths between others")
def brokers(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    limit: Limit = 50,
    offset: Offset = 0,
    intervals: Intervals = None,
) -> schemas.Page[schemas.Ranked]:
    """Ranked by betweenness, with brokerage roles, constraint, effective size and the reason."""
    return answers.brokers(explorer, limit, offset, projection, intervals)


@router.get("/hubs", summary="Hub organisations, or organisations like a given one")
def hubs(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    like: Annotated[
        str | None,
        Query(description="Rank by likeness to this actor", examples=["hezhongzeyi"]),
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
    intervals: Intervals = None,
) -> schemas.Page[schemas.Ranked]:
    """Ranked by hub score: pairs of other sectors brought together, communities reached, …"""
    return answers.hubs(explorer, like, limit, offset, projection, intervals)
