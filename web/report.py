"""The page of an area's brief: choose the area and the sections, read, print, download."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from api.resources import brief as resource
from api.state import state_of
from graph.brief.words import TITLES
from graph.questions.diagnosis import places_of
from web.render import View, render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/report")
def report(
    request: Request,
    area: str = "",
    sections: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """Show the brief of an area as it will be printed."""
    explorer = state_of(request).explorer
    view = View(request)
    chosen = [s for s in sections or () if s in TITLES]
    data = resource.brief(explorer, area, view.language, chosen)
    if not data.snapshot.n_actors:
        return render(request, "empty", snapshot=data.snapshot)
    asked = [("area", area), ("lang", view.language), *(("sections", s) for s in chosen)]
    return render(
        request,
        "report",
        snapshot=data.snapshot,
        data=data,
        area=area,
        areas=sorted(places_of(explorer).areas),
        titles=TITLES,
        chosen=chosen or list(TITLES),
        query=urlencode([(name, value) for name, value in asked if value]),
        picture=_picture,
    )


def _picture(svg: str, caption: str) -> Markup:
    """Return a picture with its caption as what it says to who does not see it."""
    named = svg.replace('role="img"', f'role="img" aria-label="{escape(caption)}"', 1)
    # Drawn by our own code, every name in it escaped.
    return Markup(named)  # noqa: S704
