"""``compare``: two areas, or two days of one area, side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.resources import compare as resource
from api.resources.areas import AreaPath
from api.state import ExplorerDependency

router = APIRouter(tags=["compare"])


@router.get("/compare", summary="Two areas, or two days of one, side by side")
def compare(
    explorer: ExplorerDependency,
    a: Annotated[
        str | None, Query(description="The path of an area", examples=["北京市/朝阳区"])
    ] = None,
    b: Annotated[
        str | None, Query(description="The path of another area", examples=["四川省/成都市"])
    ] = None,
    area: AreaPath = "",
    start: Annotated[
        str | None,
        Query(alias="from", description="A day, YYYY-MM-DD", examples=["2012-01-01"]),
    ] = None,
    end: Annotated[
        str | None, Query(alias="to", description="A later day", examples=["2022-07-01"])
    ] = None,
) -> resource.Comparison:
    """Give `a` and `b`, or `area`, `from` and `to`.

    Actors by sector, coverage shares, gaps for every ten communities, reach, density and openness,
    and their differences as sentences. A figure is null where nothing was entered to count.
    """
    return resource.compare(explorer, a, b, area, start, end)
