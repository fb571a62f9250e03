"""``partners``: who could become a partner, why, and who can introduce it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import partners as resource
from api.state import ExplorerDependency
from graph.findings.partners import DEFAULT_WEIGHTS, Weights

router = APIRouter(tags=["partners"])


@router.get("/partners", summary="Who could become a partner, with reasons and an introduction")
def partners(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    asked: Annotated[
        str,
        Query(
            alias="for",
            description="The id of an actor, an affiliation, a gap, a need or an offer",
            examples=[
                "hezhongzeyi",
                "beilangdong",
                "no_platform:heshun",
                "need:beilangdong:垃圾分类:厨余垃圾处理设备",
            ],
        ),
    ],
    kinds: Annotated[
        list[str] | None, Query(description="Only candidates of these kinds", examples=[["School"]])
    ] = None,
    fit: Annotated[
        float, Query(ge=0, description="Weight of needs, offers, area and column")
    ] = DEFAULT_WEIGHTS.fit,
    reach: Annotated[
        float, Query(ge=0, description="Weight of common partners and paths")
    ] = DEFAULT_WEIGHTS.reach,
    bridging: Annotated[
        float, Query(ge=0, description="Weight of whom else the tie would bring together")
    ] = DEFAULT_WEIGHTS.bridging,
    load: Annotated[
        float, Query(ge=0, description="Weight of how free the candidate is")
    ] = DEFAULT_WEIGHTS.load,
    limit: Limit = 20,
    offset: Offset = 0,
) -> resource.PartnersPage:
    """Scored by fit, reach, bridging and load, each with the facts behind it."""
    weights = Weights(fit, reach, bridging, load)
    return resource.partners(explorer, asked, weights, kinds or (), limit, offset, projection)
