"""``completeness`` and ``sources``: what is not entered, and where the data come from."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from api.parameters import Limit, Offset
from api.resources import data as resource
from api.resources.areas import AreaPath
from api.state import ExplorerDependency

router = APIRouter(tags=["data"])
FactSlug = Literal[
    "tie_source",
    "tie_date",
    "community_ties",
    "actor_source",
    "actor_area",
    "team_registration",
    "platform_online",
    "need_quantity",
    "need_period",
    "area_population",
]


@router.get("/completeness", summary="How complete the data of an area are")
def completeness(explorer: ExplorerDependency, area: AreaPath = "") -> resource.Completeness:
    """Each kind of fact: how many records could have it, and how many lack it; by area below."""
    return resource.completeness(explorer, area)


@router.get("/completeness/{fact}", summary="What lacks a fact")
def missing(
    explorer: ExplorerDependency,
    fact: Annotated[
        FactSlug, Path(description="Which fact, as `completeness` names it", examples=["tie_date"])
    ],
    area: AreaPath = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> resource.MissingPage:
    """The records of an area that lack a fact, such as ties without a source."""
    return resource.missing(explorer, fact, area, limit, offset)


@router.get("/sources", summary="Where the data come from")
def sources(
    explorer: ExplorerDependency, limit: Limit = 100, offset: Offset = 0
) -> resource.SourcesPage:
    """Each source with how many actors, affiliations and ties name it."""
    return resource.sources(explorer, limit, offset)


@router.get("/sources/records", summary="What names a source")
def from_source(
    explorer: ExplorerDependency,
    source: Annotated[
        str,
        Query(description="A source; empty for what names none", examples=["王忠平文（四）1"]),
    ] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> resource.FromSource:
    """The actors and affiliations, and the ties, that name it; one page of each."""
    return resource.from_source(explorer, source, limit, offset)
