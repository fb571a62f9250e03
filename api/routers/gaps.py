"""``gaps``: what communities, teams and enterprises lack."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answers, schemas
from api.parameters import Limit, Offset
from api.state import ExplorerDependency

router = APIRouter(tags=["gaps"])


@router.get("/gaps", summary="Gaps, each with its rule, its rows and a next step")
def gaps(
    explorer: ExplorerDependency,
    rule: Annotated[str | None, Query(examples=["no_platform"])] = None,
    severity: Annotated[str | None, Query(examples=["high"])] = None,
    actor: Annotated[str | None, Query(description="Only about this actor")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> schemas.Page[schemas.Gap]:
    """Open findings first; `unknown` are those about which nothing was entered."""
    return answers.gaps(explorer, rule, severity, actor, limit, offset)
