"""The first page: how everything stands, or one area."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.resources import coverage as coverage_resource
from api.resources import overview as resource
from api.resources.changes import known_gap_changes
from api.resources.coverage import CoverageCell
from api.schemas import SectorCount
from api.state import state_of
from graph import model
from graph.explorer import Explorer
from graph.findings.gaps import SEVERITIES
from graph.questions.areas import tree_of
from graph.sentences.coverage import COLUMN_LABELS
from web import pictures
from web.pictures import Share
from web.render import View, render
from web.strips import coverage_strip

N_ROWS = 50
N_PRINTED = 300
N_BEHIND = 200
N_AREAS = 300
N_STEPS = 4

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def overview(
    request: Request,
    area: str = "",
    lacking: str = "",
    sort: str = "area",
    cell: str = "",
    offset: int = 0,
) -> Response:
    """Say how an area stands, on one page; without an area, how everything does."""
    explorer = state_of(request).explorer
    data = resource.overview(explorer, area, n_rows=0)
    if not data.snapshot.n_actors and not data.n_affiliations:
        return render(request, "empty", snapshot=data.snapshot)
    view, start, last = View(request), max(offset, 0), data.changes
    # A first page is printed on, beyond what a screen shows.
    n_rows = N_PRINTED if not start else N_ROWS
    matrix = coverage_resource.coverage(
        explorer, data.area, lacking or None, sort, limit=n_rows, offset=start
    )
    return render(
        request,
        "overview",
        snapshot=data.snapshot,
        data=data,
        here=data.lineage[-1] if data.lineage else None,
        matrix=matrix,
        n_rows=N_ROWS,
        n_printed=N_PRINTED,
        start=start,
        lacking=lacking,
        sort=sort,
        cell=_cell(explorer, cell),
        columns=COLUMN_LABELS,
        helps={c.slug: c.help for c in model.COLUMNS},
        areas=tree_of(explorer).paths()[:N_AREAS],
        n_areas=N_AREAS,
        n_steps=N_STEPS,
        bar=_sector_bar(view, data.sectors),
        strips={r.community.id: coverage_strip(view, r.cells) for r in matrix.items[:N_ROWS]},
        severities=SEVERITIES,
        gap_changes=last and known_gap_changes(explorer, last.import_.id, data.area),
    )


def _cell(explorer: Explorer, asked: str) -> CoverageCell | None:
    """Return who stands behind ``community:column``; None where no cell is open."""
    community, _, column = asked.rpartition(":")
    if not community:
        return None
    return coverage_resource.cell(explorer, community, column, limit=N_BEHIND)


def _sector_bar(view: View, sectors: list[SectorCount]) -> str:
    shares = [
        Share(count.sector, count.n_actors, view.sector(count.sector))
        for count in sectors
        if count.n_actors
    ]
    parts = view.t("list_separator").join(f"{share.label} {share.n}" for share in shares)
    return pictures.share_bar(shares, view.t("overview.bar_alt", parts=parts))
