"""``network``: the projected actor network, for the map and for notebooks."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers, schemas
from api.parameters import ProjectionDependency
from api.state import ExplorerDependency

router = APIRouter(tags=["network"])


@router.get("/network", summary="The actor network, whole")
def network(explorer: ExplorerDependency, projection: ProjectionDependency) -> schemas.Network:
    """Actors with their partners' number and betweenness; ties with weight, relations and projects.

    A weight is a strength: more is closer.
    """
    return answers.network(explorer, projection)
