"""The pages about places: every community with its mode, and the diagnosis of one place."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from api.resources import diagnosis as resource
from api.state import state_of
from graph.findings.modes import MODES
from web import pictures
from web.pictures import Share
from web.render import View, render

N_LISTED = 1000
# The sector whose colour and shape stand for a party on every chart.
SECTOR_OF_PARTY = {"residents": "volunteer"}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/communities")
def communities(request: Request, mode: str = "") -> Response:
    """List every community with its mode."""
    page = resource.modes(state_of(request).explorer, N_LISTED, 0)
    if not page.total:
        return render(request, "empty", snapshot=page.snapshot)
    counts = Counter(item.mode for item in page.items)
    return render(
        request,
        "communities",
        snapshot=page.snapshot,
        page=page,
        items=[i for i in page.items if not mode or (i.mode or "none") == mode],
        modes=MODES,
        counts=counts,
        mode=mode,
        labels={m.slug: m.label for m in MODES},
    )


@router.get("/communities/{place_id:path}")
def diagnosis(request: Request, place_id: str) -> Response:
    """Diagnose one community, street, area, programme or project."""
    data = resource.diagnosis(state_of(request).explorer, place_id)
    view = View(request)
    return render(
        request,
        "diagnosis",
        snapshot=data.snapshot,
        data=data,
        bars={d.dimension: _bar(view, data, d) for d in data.dimensions},
        scores=sorted(data.scores.items(), key=lambda item: -item[1]),
        modes={m.slug: m for m in MODES},
        sector_of=lambda party: SECTOR_OF_PARTY.get(party, party),
        steps=[list(checks) for _, checks in groupby(_checks(data), key=lambda c: c.step)],
    )


def _checks(data: resource.Diagnosis) -> list[resource.Check]:
    return data.maturity.checks if data.maturity else []


def _bar(view: View, data: resource.Diagnosis, dimension: resource.Dimension) -> Markup | None:
    """Draw the shares of one dimension; None where nobody is on record."""
    if not dimension.shares:
        return None
    labels = {p.party: view.of(p.label) for p in data.parties}
    shares = [
        Share(SECTOR_OF_PARTY.get(party, party), round(100 * share), f"{labels[party]} (%)")
        for party, share in dimension.shares.items()
        if round(100 * share)
    ]
    return pictures.share_bar(shares, view.of(dimension.reason))
