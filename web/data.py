"""The pages about the data: how complete they are, their sources, and what each import brought."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api import answers
from api.resources import changes as changes_resource
from api.resources import data as resource
from api.resources.areas import AreaCount
from api.state import state_of
from graph.explorer import Explorer
from graph.export.formats import FORMATS
from graph.findings.completeness import FACTS
from graph.questions.areas import count_document, tree_of
from graph.questions.import_gaps import is_quick
from web.render import render

PAGE_SIZE = 100
N_SOURCES = 30
N_IMPORTS = 20
N_AREAS = 200
N_GAPS = 20

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/data")
def data(request: Request, area: str = "", sources: int = N_SOURCES) -> Response:
    """Say how complete the data are, where they come from, and how they came."""
    explorer = state_of(request).explorer
    found = resource.completeness(explorer, area)
    records = answers.imports(explorer)
    if not (found.snapshot.n_actors or found.snapshot.n_affiliations or records):
        return render(request, "empty", snapshot=found.snapshot)
    return render(
        request,
        "data",
        snapshot=found.snapshot,
        found=found,
        lineage=_lineage(explorer, found.area),
        facts=[fact for fact in FACTS if any(k.fact == fact.slug for k in found.facts)],
        n_areas=N_AREAS,
        sources=resource.sources(explorer, limit=max(1, min(sources, 10_000))),
        records=records[:N_IMPORTS],
        n_records=len(records),
        newest=next((r.id for r in explorer.standing_imports()), None),
        formats=FORMATS,
    )


@router.get("/data/missing/{fact}")
def missing(request: Request, fact: str, area: str = "", offset: int = 0) -> Response:
    """List what lacks a fact, and say how to enter it."""
    explorer = state_of(request).explorer
    found = resource.missing(explorer, fact, area, PAGE_SIZE, max(offset, 0))
    return render(
        request,
        "data_missing",
        snapshot=found.snapshot,
        found=found,
        lineage=_lineage(explorer, found.area),
    )


@router.get("/data/sources")
def source(
    request: Request,
    name: Annotated[str, Query(alias="source")] = "",
    offset: int = 0,
) -> Response:
    """List what names a source; without one, what names none."""
    explorer = state_of(request).explorer
    found = resource.from_source(explorer, name, PAGE_SIZE, max(offset, 0))
    return render(request, "data_source", snapshot=found.snapshot, found=found)


@router.get("/data/imports/{import_id}")
def changes(
    request: Request, import_id: str, area: str = "", gaps: str = "", offset: int = 0
) -> Response:
    """List what an import brought, and what became of the gaps."""
    explorer = state_of(request).explorer
    found = changes_resource.changes(explorer, import_id, area, PAGE_SIZE, max(offset, 0))
    counts = found.counts.values()
    newest = next((r.id for r in explorer.standing_imports()), None)
    asks = import_id == newest and not found.is_only
    seen = asks and (bool(gaps) or is_quick(explorer))
    return render(
        request,
        "data_import",
        found=found,
        lineage=_lineage(explorer, found.area),
        newest=newest,
        asks_gaps=asks,
        gaps=changes_resource.gap_changes(explorer, import_id, area) if seen else None,
        n_gaps=N_GAPS,
        n_most=max(c.new + c.changed + c.ended for c in counts) if found.is_listed else 0,
    )


def _lineage(explorer: Explorer, area: str) -> list[AreaCount]:
    return [AreaCount(**count_document(a)) for a in tree_of(explorer).lineage(area)]
