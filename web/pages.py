"""The pages: one route, one template and one answer of the API each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import answers
from api.state import state_of
from web.help import pages_about, terms_about
from web.render import View, render

PAGE_SIZE = 50
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


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
