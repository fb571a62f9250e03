"""``gaps``: what communities, teams and enterprises lack, and what was decided about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api import schemas
from api.parameters import Limit, Offset
from api.resources import gaps as resource
from api.state import ExplorerDependency
from graph.questions.gaps import Order

router = APIRouter(tags=["gaps"])

Area = Annotated[
    str | None,
    Query(description="Only in this area, a path", examples=["北京市/朝阳区/建外街道"]),
]
GapId = Annotated[str, Path(description="As the list gives it", examples=["no_platform:heshun"])]


@router.get("/gaps", summary="Gaps, each with its rule, its rows and a next step")
def gaps(
    explorer: ExplorerDependency,
    area: Area = None,
    rule: Annotated[
        str | None,
        Query(description="Only of this rule, see `gaps/rules`", examples=["no_platform"]),
    ] = None,
    severity: Annotated[
        str | None, Query(description="high, medium or low", examples=["high"])
    ] = None,
    status: Annotated[
        str | None,
        Query(description="open, unknown, planned, done or accepted", examples=["open"]),
    ] = None,
    actor: Annotated[
        str | None, Query(description="Only about this actor", examples=["heshun"])
    ] = None,
    order: Annotated[Order, Query(description="What stands together")] = "severity",
    limit: Limit = 100,
    offset: Offset = 0,
) -> resource.GapsPage:
    """Open ones first; `unknown` are those about which too little was entered.

    `summary` counts what matches and says how much each rule looked at; `resolved` are marks whose
    gaps the data do not show any more.
    """
    return resource.gaps(
        explorer,
        area=area,
        rule=rule,
        severity=severity,
        status=status,
        actor=actor,
        order=order,
        limit=limit,
        offset=offset,
    )


@router.get("/gaps/rules", summary="The rules, their thresholds and where these were changed")
def rules(explorer: ExplorerDependency, area: Area = None) -> schemas.Page[resource.GapRule]:
    """Each parameter has its default, the reason for it and the value that holds in the area."""
    return resource.rules(explorer, area)


@router.put("/gaps/rules/{rule}/parameters", summary="Set thresholds of a rule")
def set_parameters(
    explorer: ExplorerDependency,
    rule: Annotated[
        str, Path(description="The name of a rule", examples=["no_enterprise_within_reach"])
    ],
    request: resource.ParametersRequest,
) -> resource.GapRule:
    """They hold for the area and all that lies in it; of several areas around, the nearest."""
    return resource.set_parameters(explorer, rule, request)


@router.get("/gaps/{gap_id:path}", summary="One gap")
def gap(explorer: ExplorerDependency, gap_id: GapId) -> resource.OneGap:
    """What it rests on and what to do about it; not found where the data do not show it now."""
    return resource.gap(explorer, gap_id)


@router.put("/gaps/{gap_id:path}/mark", summary="Mark a gap as accepted, planned or done")
def mark(
    explorer: ExplorerDependency, gap_id: GapId, request: resource.MarkRequest
) -> schemas.GapMark:
    """The mark stays while data are imported and taken back, and replaces an earlier one."""
    return resource.mark(explorer, gap_id, request.status, request.note, request.date)


@router.delete("/gaps/{gap_id:path}/mark", status_code=204, summary="Take a mark away")
def unmark(explorer: ExplorerDependency, gap_id: GapId) -> Response:
    """The gap is open or unknown again."""
    resource.unmark(explorer, gap_id)
    return Response(status_code=204)
