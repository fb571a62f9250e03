"""The pages: one route, one template and one answer of the API each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import answers
from api.state import state_of
from graph.questions.search import areas_named, is_only_name
from web.help import pages_about, terms_about
from web.render import View, render

PAGE_SIZE = 50
N_OFFERED = 8
N_AREAS = 20
N_AREAS_OFFERED = 3
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """Find actors by name, alias or pinyin, areas by name; pages and terms by their words."""
    words = q.strip()
    hits = answers.search(state_of(request).explorer, words, limit=PAGE_SIZE) if words else []
    view = View(request)
    return render(
        request,
        "search",
        found_areas=areas_named(state_of(request).explorer, words, N_AREAS),
        q=words,
        hits=hits,
        limit=PAGE_SIZE,
        terms=terms_about(view, words) if words else [],
        found_pages=pages_about(view, words) if words else [],
    )


@router.get("/search/names")
def search_names(request: Request, q: str = "", *, with_areas: bool = False) -> Response:
    """Offer names to a field while one types: a piece of a page, one option for each.

    ``with_areas`` offers areas too, which have a page but stand for no actor; not that of a
    community which is offered itself.
    """
    explorer, view = state_of(request).explorer, View(request)
    hits = answers.search(explorer, q.strip(), limit=N_OFFERED)
    areas = areas_named(explorer, q, N_AREAS_OFFERED) if with_areas else []
    named = {hit.actor.name for hit in hits}
    return render(
        request,
        "search_names",
        hits=hits,
        fills={
            hit.actor.id: name if is_only_name(explorer, name) else hit.actor.id
            for hit in hits
            for name in [view.plain(hit.actor)]
        },
        areas=[path for path in areas if path.rpartition("/")[2] not in named],
    )


@router.get("/about")
def about(request: Request) -> Response:
    """Say what the product is, its sources, licences and limits."""
    return render(request, "about")
