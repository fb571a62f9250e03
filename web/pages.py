"""The pages: one route, one template and one answer of the API each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import answers
from api.schemas import (
    Actor,
    Evidence,
)
from api.state import state_of
from web.help import pages_about, terms_about
from web.render import View, render

PAGE_SIZE = 50
N_LIKE = 200
N_WITH_PAIRS = 10
BROKER_MEASURES = ("degree", "betweenness", "constraint", "liaison", "gatekeeper", "representative")
HUB_MEASURES = ("communities_reached", "sector_pairs", "sole_pairs", "liaison", "participation")
LIKENESS_FEATURES = (*HUB_MEASURES, "sectors")
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/brokers")
def brokers(request: Request, offset: int = 0) -> Response:
    """Rank those who connect the unconnected."""
    explorer = state_of(request).explorer
    page = answers.brokers(explorer, limit=PAGE_SIZE, offset=max(offset, 0))
    if not page.total:
        return render(request, "empty", snapshot=page.snapshot)
    first = answers.brokers(explorer, limit=1).items[0] if offset else page.items[0]
    example = answers.evidence(explorer, first.actor.id)
    return render(
        request,
        "brokers",
        snapshot=page.snapshot,
        page=page,
        first=first,
        example=example,
        sole=_sole_pair(example),
        measures=BROKER_MEASURES,
    )


@router.get("/hubs")
def hubs(request: Request, like: str = "", offset: int = 0) -> Response:
    """Rank those who bring sectors and communities together, or those like one of them."""
    explorer = state_of(request).explorer
    page = answers.hubs(explorer, like=like or None, limit=PAGE_SIZE, offset=max(offset, 0))
    best = answers.hubs(explorer, limit=1)
    if not best.items:
        return render(request, "empty", snapshot=page.snapshot)
    shown = page.items[:N_WITH_PAIRS]
    return render(
        request,
        "hubs",
        snapshot=page.snapshot,
        page=page,
        choices=answers.first_hubs(explorer, N_LIKE),
        n_hubs=best.total,
        like=answers.actor(explorer, like).actor if like else None,
        first=best.items[0].actor,
        evidence={item.actor.id: explorer.evidence(item.actor.id) for item in shown},
        measures=HUB_MEASURES,
        features=LIKENESS_FEATURES,
    )


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """Find actors by name, alias or pinyin; pages and terms by their words."""
    words = q.strip()
    hits = answers.search(state_of(request).explorer, words, limit=PAGE_SIZE) if words else []
    view = View(request)
    return render(
        request,
        "search",
        q=words,
        hits=hits,
        limit=PAGE_SIZE,
        terms=terms_about(view, words) if words else [],
        found_pages=pages_about(view, words) if words else [],
    )


@router.get("/about")
def about(request: Request) -> Response:
    """Say what the product is, its sources, licences and limits."""
    return render(request, "about")


def _sole_pair(evidence: Evidence) -> tuple[Actor, Actor] | None:
    """Return two actors that only this one connects, from different sectors if there are any."""
    pairs = [pair for group in evidence.sector_pairs for pair in group.sole_pairs]
    pairs.sort(key=lambda pair: pair.a.sector == pair.b.sector)
    return (pairs[0].a, pairs[0].b) if pairs else None
