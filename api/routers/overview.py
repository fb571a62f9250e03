"""``overview``: the state of the whole map."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers, schemas
from api.parameters import ProjectionDependency
from api.state import ExplorerDependency

router = APIRouter(tags=["overview"])


@router.get("/overview", summary="The map in one sentence, and what stands behind it")
def overview(explorer: ExplorerDependency, projection: ProjectionDependency) -> schemas.Overview:
    """Counts by sector, coverage of the five 社 by community, leading brokers, hubs and gaps."""
    return answers.overview(explorer, projection)
