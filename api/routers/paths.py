"""``paths``: who can introduce one to another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import paths as resource
from api.state import ExplorerDependency

router = APIRouter(tags=["partners"])


@router.get("/paths", summary="Who can introduce one to another, along the strongest ties")
def paths(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    start_id: Annotated[
        str,
        Query(
            alias="from",
            description="The id of an actor or an affiliation",
            examples=["beilangdong"],
        ),
    ],
    end_id: Annotated[
        str,
        Query(alias="to", description="The same, of whom to reach", examples=["xingbake"]),
    ],
    avoid: Annotated[
        list[str] | None,
        Query(description="Ids of those who are not to be asked", examples=[["hezhongzeyi"]]),
    ] = None,
    max_steps: Annotated[int, Query(ge=1, le=3, description="How many steps at most")] = 3,
    limit: Limit = 5,
    offset: Offset = 0,
) -> resource.PathsPage:
    """Whom to ask at each step and the ties behind it; if none leads there, how far it is."""
    return resource.paths(
        explorer, start_id, end_id, avoid or (), max_steps, limit, offset, projection
    )
