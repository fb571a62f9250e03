"""The page of gaps: what is missing, by rule or by area, and what was decided about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.resources import gaps as resource
from api.schemas import Gap
from api.state import state_of
from graph.explorer import Explorer
from graph.findings.gaps import SEVERITIES
from graph.findings.marks import MARK_STATUSES
from graph.store.errors import StoreUnavailable
from web.query import rule_address
from web.render import render

PAGE_SIZE = 50
N_APART = 200
N_ROWS_ALONE = 2_000
N_AREAS = 300
GROUPINGS = ("rule", "area")
MARKED = ("planned", "done", "accepted")

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/gaps")
def gaps(
    request: Request,
    area: str = "",
    rule: str = "",
    severity: str = "",
    by: str = "rule",
    offset: int = 0,
) -> Response:
    """List what is missing where, why, and what to do next; unknown and marked ones apart."""
    explorer = state_of(request).explorer
    everything = resource.gaps(explorer, area=area or None, limit=0)
    if not everything.snapshot.n_actors:
        return render(request, "empty", snapshot=everything.snapshot)
    start = max(offset, 0)
    tallies = everything.summary.rules
    is_known = rule in ("", *(t.rule for t in tallies)) and severity in ("", *SEVERITIES)

    def found(status: str, limit: int, start: int = 0) -> resource.GapsPage:
        return resource.gaps(
            explorer,
            area=area or None,
            rule=rule if rule and is_known else None,
            severity=severity if severity and is_known else None,
            status=status,
            order="area" if by == "area" and status == "open" else "rule",
            limit=limit if is_known else 0,
            offset=start,
        )

    shown, unknown = found("open", PAGE_SIZE, start), found("unknown", N_APART)
    return render(
        request,
        "gaps",
        snapshot=everything.snapshot,
        summary=everything.summary,
        groups=_groups(shown.items, (lambda g: g.area or "") if by == "area" else _rule),
        total=shown.total if is_known else 0,
        limit=PAGE_SIZE,
        offset=start,
        marked=[
            gap
            for status in MARKED
            if everything.summary.by_status.get(status)
            for gap in found(status, N_APART).items
        ],
        resolved=everything.resolved,
        unknown=_groups(unknown.items, _rule),
        n_unknown=unknown.total if is_known else 0,
        n_unknown_by_rule=unknown.summary.by_rule,
        tallies={t.rule: t for t in tallies},
        queries=_queries(explorer, area),
        area=area,
        areas=resource.areas(explorer)[:N_AREAS],
        rule=rule,
        severity=severity,
        by=by,
        groupings=GROUPINGS,
        severities=SEVERITIES,
        mark_statuses=MARK_STATUSES,
    )


@router.get("/gaps/{gap_id:path}")
def gap(request: Request, gap_id: str) -> Response:
    """Show one gap alone, with every row behind it."""
    explorer = state_of(request).explorer
    found = resource.gap(explorer, gap_id)
    area = found.gap.area or ""
    return render(
        request,
        "gap",
        snapshot=found.snapshot,
        gap=found.gap,
        mark_statuses=MARK_STATUSES,
        n_rows=N_ROWS_ALONE,
        query=_queries(explorer, area).get(found.gap.rule),
    )


@router.post("/gaps/mark")
def mark(
    request: Request,
    gap: Annotated[str, Form()],
    status: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    date: Annotated[str, Form()] = "",
) -> Response:
    """Mark a gap, or take its mark away where no status is given, and go back to it."""
    explorer = state_of(request).explorer
    if status:
        resource.mark(explorer, gap, status, note, date or None)
    else:
        resource.unmark(explorer, gap)
    return RedirectResponse(f"{_came_from(request)}#gap-{quote(gap, safe=':')}", 303)


def _came_from(request: Request) -> str:
    """Return the list that a form was sent from, with its filters."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.path.startswith("/gaps/"):
        return came.path
    return f"/gaps?{came.query}" if came.path == "/gaps" and came.query else "/gaps"


def _queries(explorer: Explorer, area: str) -> dict[str, str]:
    """Return where the query of each rule that is one is run, with what holds in an area.

    Nothing while the database is still on its way, when gaps can be had already.
    """
    try:
        rules = resource.rules(explorer, area or None).items
    except StoreUnavailable:
        return {}
    return {
        found.rule: rule_address(found.rule, area, {p.name: p.value for p in found.parameters})
        for found in rules
        if found.cypher
    }


def _rule(gap: Gap) -> str:
    return gap.rule


def _groups(gaps: Sequence[Gap], key: Callable[[Gap], str]) -> list[tuple[str, list[Gap]]]:
    """Return runs of gaps that belong together, in their order."""
    return [(name, list(run)) for name, run in groupby(gaps, key)]
