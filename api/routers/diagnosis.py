"""``communities`` and ``diagnosis``: which mode a place is in, and what it lacks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.parameters import Limit, Offset
from api.resources import diagnosis as resource
from api.schemas import Page
from api.state import ExplorerDependency

router = APIRouter(tags=["diagnosis"])


@router.get("/communities", summary="Every community with its mode")
def communities(
    explorer: ExplorerDependency, limit: Limit = 100, offset: Offset = 0
) -> Page[resource.Placed]:
    """In order of area and name; a record that stands for several communities is left out."""
    return resource.modes(explorer, limit, offset)


@router.get(
    "/communities/{community_id}/diagnosis",
    summary="The mode of a community, what it rests on and what it lacks",
)
def community(
    community_id: Annotated[
        str, Path(description="The id of a community", examples=["beilangdong", "hemei"])
    ],
    explorer: ExplorerDependency,
) -> resource.Diagnosis:
    """Shares of starting, funding, running, volunteering and deciding; the mode; the next step."""
    return resource.diagnosis(explorer, community_id)


@router.get("/diagnosis", summary="The same for a street, an area, a programme or a project")
def place(
    explorer: ExplorerDependency,
    place_id: Annotated[
        str,
        Query(
            alias="for",
            description="The id of a place, programme or project, or the path of an area",
            examples=["fatou", "cvsc", "四川省/成都市"],
        ),
    ],
) -> resource.Diagnosis:
    """As for a community; comparable communities are given for communities only."""
    return resource.diagnosis(explorer, place_id)
