"""The pages of scenarios: the list, one of them, and the forms that change it."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.resources import scenarios as resource
from api.state import state_of
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings.modes import MODE_BY_SLUG
from graph.questions import scenarios as questions
from graph.scenario.storing import NoScenario
from web.render import View, render

PAGE_SIZE = 50
N_GAPS = 20
N_COVERAGE = 20
_FIELDS = ("do", "actor", "until", "name", "kind", "area", "start", "relation", "end", "strength")
Text = Annotated[str, Form()]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/what-if")
def scenarios(request: Request, offset: int = 0) -> Response:
    """List the scenarios, and offer to make one."""
    return _list(request, offset)


@router.post("/what-if")
def create(request: Request, actor: Text = "", name: Text = "") -> Response:
    """Make a scenario, empty or without one actor."""
    changes = [{"do": "remove_actor", "actor": actor}] if actor.strip() else []
    return _created(request, changes, name)


@router.post("/what-if/remove")
def create_without(request: Request, actor: Text) -> Response:
    """Make the scenario in which one actor is gone; the actor's page has the button."""
    return _created(request, [{"do": "remove_actor", "actor": actor}])


@router.post("/what-if/add-tie")
async def create_with_tie(
    request: Request,
    start: Annotated[str, Query(alias="from")] = "",
    relation: Annotated[str, Query()] = "",
    end: Annotated[str, Query(alias="to")] = "",
) -> Response:
    """Make the scenario with one tie more; from, relation and to in the address or in a form."""
    form = await request.form()
    given = {
        "start": start or str(form.get("from") or ""),
        "relation": relation or str(form.get("relation") or ""),
        "end": end or str(form.get("to") or ""),
    }
    return await run_in_threadpool(_created, request, [{"do": "add_tie", **given}])


@router.get("/what-if/{scenario_id}")
def scenario(request: Request, scenario_id: str) -> Response:
    """Show what a scenario comes to."""
    return _one(request, scenario_id)


@router.post("/what-if/{scenario_id}/changes")
async def add(request: Request, scenario_id: str) -> Response:
    """Add the change that a form asks for."""
    form = await request.form()
    given = {field: str(form[field]) for field in _FIELDS if form.get(field)}
    return await run_in_threadpool(_added, request, scenario_id, given)


@router.post("/what-if/{scenario_id}/take-back/{number}")
def take_back(request: Request, scenario_id: str, number: int) -> Response:
    """Take one change back."""
    questions.take_back(_explorer(request), scenario_id, number)
    return _to(scenario_id)


@router.post("/what-if/{scenario_id}/name")
def rename(request: Request, scenario_id: str, name: Text = "", note: Text = "") -> Response:
    """Give a scenario another name or note."""
    try:
        questions.rename(_explorer(request), scenario_id, name, note)
    except InvalidArgument as error:
        return _one(request, scenario_id, error)
    return _to(scenario_id)


@router.post("/what-if/{scenario_id}/delete")
def delete(request: Request, scenario_id: str) -> Response:
    """Forget a scenario."""
    questions.delete(_explorer(request), scenario_id)
    return RedirectResponse("/what-if", 303)


def _explorer(request: Request) -> Explorer:
    return state_of(request).explorer


def _to(scenario_id: str) -> Response:
    return RedirectResponse(f"/what-if/{quote(scenario_id, safe='')}", 303)


def _created(request: Request, changes: list[dict[str, Any]], name: str = "") -> Response:
    try:
        made = questions.create(
            _explorer(request), name, changes=changes, language=View(request).language
        )
    except (InvalidArgument, NotFound) as error:
        return _list(request, error=error)
    return _to(made.id)


def _added(request: Request, scenario_id: str, given: dict[str, str]) -> Response:
    try:
        questions.add_changes(_explorer(request), scenario_id, [given])
    except NoScenario:
        raise
    except (InvalidArgument, NotFound) as error:
        return _one(request, scenario_id, error)
    return _to(scenario_id)


def _list(
    request: Request, offset: int = 0, error: InvalidArgument | NotFound | None = None
) -> Response:
    page = resource.listed(_explorer(request), PAGE_SIZE, max(offset, 0))
    return render(
        request,
        "scenarios",
        status=200 if error is None else 422,
        snapshot=page.snapshot,
        page=page,
        error=error and View(request).of(error.message),
    )


def _one(
    request: Request, scenario_id: str, error: InvalidArgument | NotFound | None = None
) -> Response:
    explorer = _explorer(request)
    data = resource.diff(explorer, scenario_id)
    return render(
        request,
        "scenario",
        status=200 if error is None else 422,
        snapshot=data.snapshot,
        scenario=resource.one(explorer, scenario_id),
        data=data,
        modes=MODE_BY_SLUG,
        n_gaps=N_GAPS,
        n_coverage=N_COVERAGE,
        error=error and View(request).of(error.message),
    )
