"""``matching``: the needs of an area and what each can get."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.parameters import Limit, Offset
from api.resources import matching as resource
from api.state import ExplorerDependency

router = APIRouter(tags=["partners"])


@router.get("/matching", summary="Needs and offers of an area matched, and what stays unmet")
def matching(
    explorer: ExplorerDependency,
    area: Annotated[
        str | None,
        Query(
            description="Needs of this area (a path); everywhere by default",
            examples=["四川省/成都市"],
        ),
    ] = None,
    status: Annotated[
        str | None,
        Query(description="Only needs that are met, partly or unmet", examples=["unmet"]),
    ] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> resource.MatchingPage:
    """As many needs as can be are met, then by those that fit best; quantities are respected."""
    return resource.matching(explorer, area, status, limit, offset)
