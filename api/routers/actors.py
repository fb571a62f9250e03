"""``actors`` and ``search``: who is there, and what is known of one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import answers, schemas
from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import platform_card as resource
from api.resources import similar as similar_resource
from api.resources import standing as standing_resource
from api.state import ExplorerDependency

router = APIRouter(tags=["actors"])
ActorId = Annotated[str, Path(description="The id of an actor", examples=["hezhongzeyi"])]


@router.get("/actors", summary="Actors and affiliations, by name")
def actors(
    explorer: ExplorerDependency,
    q: Annotated[
        str | None,
        Query(description="Name, alias, pinyin or initials", examples=["和众", "hezhong", "hzzy"]),
    ] = None,
    kind: Annotated[
        str | None, Query(description="Only of this kind", examples=["Community"])
    ] = None,
    sector: Annotated[
        str | None, Query(description="Only of this sector", examples=["enterprise"])
    ] = None,
    area: Annotated[
        str | None, Query(description="Only in this area, a path", examples=["北京市/朝阳区"])
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> schemas.Page[schemas.Actor]:
    """All of them in order of name, or those that a search finds, the best match first."""
    return answers.actors(explorer, q, kind, sector, area, limit, offset)


@router.get("/actors/{actor_id}", summary="One actor: role, ties, measures, gaps")
def actor(
    actor_id: ActorId, explorer: ExplorerDependency, projection: ProjectionDependency
) -> schemas.ActorDetail:
    """Everything known about an actor or an affiliation, and its role in one sentence."""
    return answers.actor(explorer, actor_id, projection)


@router.get("/actors/{actor_id}/evidence", summary="Which pairs meet through an actor")
def evidence(
    actor_id: ActorId, explorer: ExplorerDependency, projection: ProjectionDependency
) -> schemas.Evidence:
    """Pairs of partners without a tie of their own, by sector, and those that meet only here."""
    return answers.evidence(explorer, actor_id, projection)


@router.get(
    "/actors/{actor_id}/platform-card",
    summary="An actor as a platform: whom it brings together, what is lost without it",
)
def platform_card(
    actor_id: ActorId, explorer: ExplorerDependency, projection: ProjectionDependency
) -> resource.PlatformCard:
    """By sector pair, its projects by role, what falls apart without it, who could stand in."""
    return resource.platform_card(explorer, actor_id, projection)


@router.get(
    "/actors/{actor_id}/standing",
    summary="Where an actor stands: ranks with intervals, measures among its sector",
)
def standing(
    actor_id: ActorId, explorer: ExplorerDependency, projection: ProjectionDependency
) -> standing_resource.Standing:
    """Each measure with how many of its sector have less, as much and more."""
    return standing_resource.standing(explorer, actor_id, projection)


@router.get(
    "/actors/{actor_id}/similar", summary="Organisations that bring others together as it does"
)
def similar(
    actor_id: ActorId,
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    limit: Limit = 5,
    offset: Offset = 0,
) -> schemas.Page[similar_resource.Similar]:
    """As `hubs?like=`, the most alike first, each with a sentence on what makes them alike."""
    return similar_resource.similar(explorer, actor_id, limit, offset, projection)


@router.get("/search", summary="Find an actor by name, alias, pinyin or initials")
def search(
    explorer: ExplorerDependency,
    q: Annotated[
        str,
        Query(
            description="Name, alias, pinyin or initials, or a part",
            examples=["hzzy"],
            max_length=200,
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most")] = 20,
) -> list[schemas.Hit]:
    """Exact names first, then beginnings, then the rest."""
    return answers.search(explorer, q, limit)
