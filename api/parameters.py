"""The query parameters that several resources share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Query

from graph.errors import InvalidArgument
from graph.explorer import as_of
from graph.model import RELATION_BY_SLUG, SECTOR_BY_SLUG
from graph.projection import Projection
from graph.text import Text

Limit = Annotated[int, Query(ge=1, le=1000, description="How many items at most")]
Offset = Annotated[int, Query(ge=0, description="How many items to pass over")]


def projection(
    as_of_day: Annotated[
        str | None,
        Query(
            alias="as_of",
            description="Only what holds on this day, YYYY-MM-DD",
            examples=["2020-01-01"],
        ),
    ] = None,
    area: Annotated[
        str | None,
        Query(
            description="Only this area (a path) and its direct partners",
            examples=["北京市"],
        ),
    ] = None,
    sectors: Annotated[
        list[str] | None,
        Query(
            description="Only actors of these sectors",
            examples=[["community", "social_organisation", "enterprise"]],
        ),
    ] = None,
    relations: Annotated[
        list[str] | None,
        Query(description="Only these relations", examples=[["PARTNERS_WITH", "FUNDS"]]),
    ] = None,
) -> Projection:
    """Return the projection that a request asks for; raises `InvalidArgument`."""
    _check("sectors", sectors, SECTOR_BY_SLUG)
    _check("relations", relations, RELATION_BY_SLUG)
    asked = Projection(
        area=area,
        sectors=frozenset(sectors) if sectors else None,
        relations=frozenset(relations) if relations else None,
    )
    return as_of(asked, as_of_day)


def _check(name: str, given: list[str] | None, known: Mapping[str, object]) -> None:
    for value in given or ():
        if value not in known:
            listed = ", ".join(known)
            raise InvalidArgument(
                name,
                Text(
                    f"没有“{value}”；可用：{listed}。",
                    f"There is no “{value}”; use one of: {listed}.",
                ),
            )


ProjectionDependency = Annotated[Projection, Depends(projection)]
