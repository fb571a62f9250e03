"""``scenarios`` and ``what-if``: what would change, tried without touching the stored data."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Path, Query, Response

from api import schemas
from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import scenarios as resource
from api.state import ExplorerDependency
from graph.text import Language

router = APIRouter(tags=["scenarios"])
ScenarioId = Annotated[str, Path(description="The id of a scenario")]
Gaps = Annotated[bool, Query(description="Whether to run the gap rules before and after")]
EXAMPLES = {
    "hub": {
        "summary": "What if the hub were gone?",
        "value": {"changes": [{"do": "remove_actor", "actor": "hezhongzeyi"}]},
    },
    "tie": {
        "summary": "What if the two worked together?",
        "value": {
            "changes": [
                {
                    "do": "add_tie",
                    "start": "hezhongzeyi",
                    "relation": "PARTNERS_WITH",
                    "end": "changshouyuan",
                    "strength": 3,
                }
            ]
        },
    },
}


@router.post("/what-if", summary="What changes would come to, without keeping them")
def what_if(
    question: Annotated[resource.Question, Body(openapi_examples=EXAMPLES)],
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
) -> resource.WhatIf:
    """Measures, connected parts, short paths, the five 社, modes and gaps, before and after.

    Where an actor ends and no day is asked for, both are as of the day after the last end.
    """
    return resource.what_if(explorer, question, projection)


@router.get("/scenarios", summary="Scenarios that are kept")
def scenarios(
    explorer: ExplorerDependency, limit: Limit = 50, offset: Offset = 0
) -> schemas.Page[resource.Scenario]:
    """The one changed last comes first."""
    return resource.listed(explorer, limit, offset)


@router.post("/scenarios", status_code=201, summary="Keep a new scenario")
def create(
    scenario: Annotated[resource.NewScenario, Body()],
    explorer: ExplorerDependency,
    language: Annotated[Language, Query(description="Of the name, where none is given")] = "zh",
) -> resource.Scenario:
    """Each change is checked by the rules of the import, after those before it."""
    return resource.create(explorer, scenario, language)


@router.get("/scenarios/{scenario_id}", summary="One scenario")
def scenario(scenario_id: ScenarioId, explorer: ExplorerDependency) -> resource.Scenario:
    """Its name, its note and its changes."""
    return resource.one(explorer, scenario_id)


@router.put("/scenarios/{scenario_id}", summary="Replace a scenario as a whole")
def replace(
    scenario_id: ScenarioId,
    scenario: Annotated[resource.ReplacedScenario, Body()],
    explorer: ExplorerDependency,
) -> resource.Scenario:
    """Name, note and changes; refused where somebody else saves it at the same time."""
    return resource.replace(explorer, scenario_id, scenario)


@router.delete("/scenarios/{scenario_id}", status_code=204, summary="Forget a scenario")
def delete(scenario_id: ScenarioId, explorer: ExplorerDependency) -> Response:
    """It is gone for good; the data were never touched by it."""
    resource.delete(explorer, scenario_id)
    return Response(status_code=204)


@router.post("/scenarios/{scenario_id}/changes", summary="Add changes to a scenario")
def add(
    scenario_id: ScenarioId,
    more: Annotated[resource.MoreChanges, Body()],
    explorer: ExplorerDependency,
) -> resource.Scenario:
    """At its end, each checked after those before it; all of them or none."""
    return resource.add(explorer, scenario_id, more.changes)


@router.delete("/scenarios/{scenario_id}/changes/last", summary="Take the last change back")
def take_last_back(scenario_id: ScenarioId, explorer: ExplorerDependency) -> resource.Scenario:
    """The scenario as it is then."""
    return resource.take_back(explorer, scenario_id)


@router.delete("/scenarios/{scenario_id}/changes/{number}", summary="Take one change back")
def take_back(
    scenario_id: ScenarioId,
    number: Annotated[int, Path(description="Its number, from 1", examples=[1])],
    explorer: ExplorerDependency,
) -> resource.Scenario:
    """What was built on it stays, as a change that does not fit."""
    return resource.take_back(explorer, scenario_id, number)


@router.get("/scenarios/{scenario_id}/diff", summary="What a scenario comes to")
def diff(
    scenario_id: ScenarioId,
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    gaps: Gaps = True,
) -> resource.WhatIf:
    """As `what-if`; a change that does not fit the data any more counts for nothing and says so."""
    return resource.diff(explorer, scenario_id, projection, has_gaps=gaps)


@router.get(
    "/scenarios/{scenario_id}/export",
    summary="A scenario as a file",
    response_model=resource.Export,
    responses={200: {"content": {"application/zip": {}}}},
)
def export(
    scenario_id: ScenarioId,
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    format_name: Annotated[
        Literal["json", "csv"],
        Query(alias="format", description="csv: a zip of the tables that an import takes"),
    ] = "json",
) -> Response:
    """json: the scenario with what it comes to. csv: what is new or ends, as an import takes it."""
    if format_name == "csv":
        content, kind = resource.export_tables(explorer, scenario_id), "zip"
    else:
        found = resource.export(explorer, scenario_id, projection)
        content, kind = found.model_dump_json(indent=1).encode(), "json"
    return Response(
        content,
        media_type=f"application/{kind}",
        headers={
            "Content-Disposition": f'attachment; filename="wushe-scenario-{scenario_id}.{kind}"'
        },
    )
