"""``overview`` and ``coverage``: how an area stands, and who is around its communities."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query

from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import coverage as coverage_resource
from api.resources import overview as resource
from api.state import ExplorerDependency

router = APIRouter(tags=["overview"])


@router.get("/overview", summary="An area in one sentence, and what stands behind it")
def overview(explorer: ExplorerDependency, projection: ProjectionDependency) -> resource.Overview:
    """How the area asked for stands, everything by default.

    Counts by sector, coverage of the five 社 by community, hubs and brokers with their ranks in the
    whole network, gaps with next steps, what the last import brought, how complete the data are.
    """
    area, whole = projection.area, replace(projection, area=None)
    return resource.overview(explorer, area or "", whole)


@router.get("/coverage", summary="The five 社 around each community of an area")
def coverage(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    lacking: Annotated[
        coverage_resource.Column | None,
        Query(description="Only those that have nobody there", examples=["social_worker"]),
    ] = None,
    order: Annotated[
        str,
        Query(
            description="area, or a column, fewest first; with - before it, most first",
            examples=["-volunteer"],
        ),
    ] = "area",
    limit: Limit = 100,
    offset: Offset = 0,
) -> coverage_resource.CoveragePage:
    """How many actors of each column a community is tied to; null where nothing was entered."""
    area, whole = projection.area, replace(projection, area=None)
    return coverage_resource.coverage(explorer, area or "", lacking, order, limit, offset, whole)


@router.get("/coverage/cell", summary="Who stands behind one cell of the coverage")
def cell(
    explorer: ExplorerDependency,
    community: Annotated[str, Query(description="The id of a community", examples=["beilangdong"])],
    column: Annotated[
        coverage_resource.Column, Query(description="One of the columns", examples=["volunteer"])
    ],
    projection: ProjectionDependency,
    limit: Limit = 100,
    offset: Offset = 0,
) -> coverage_resource.CoverageCell:
    """Each actor or affiliation that counts for the community, and by what."""
    whole = replace(projection, area=None)
    return coverage_resource.cell(explorer, community, column, limit, offset, whole)
