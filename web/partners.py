"""The pages for bringing others together: partners, introduction paths, needs and offers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api import answers
from api.resources import gaps as gaps_resource
from api.resources import matching as matching_resource
from api.resources import partners as partners_resource
from api.resources import paths as paths_resource
from api.resources import rankings as rankings_resource
from api.resources.shortlists import Shortlist
from api.schemas import Actor
from api.state import state_of
from graph import model
from graph.errors import NotFound
from graph.explorer import Explorer
from graph.findings.partners import DEFAULT_WEIGHTS, Weights
from graph.questions.diagnosis import places_of
from graph.questions.search import is_only_name
from web.render import SHARING, View, render
from web.shortlists import lists_for

N_SHOWN = 20
N_CHOICES = 8
N_STARTS = 6
N_NEEDS = 50
PARTS = ("fit", "reach", "bridging", "load")

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/partners")
def partners(
    request: Request,
    asked: Annotated[str, Query(alias="for")] = "",
    kind: str = "",
    fit: Annotated[float, Query(ge=0)] = DEFAULT_WEIGHTS.fit,
    reach: Annotated[float, Query(ge=0)] = DEFAULT_WEIGHTS.reach,
    bridging: Annotated[float, Query(ge=0)] = DEFAULT_WEIGHTS.bridging,
    load: Annotated[float, Query(ge=0)] = DEFAULT_WEIGHTS.load,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Find partners for an actor, a gap, a need or an offer; or ask for whom."""
    explorer = state_of(request).explorer
    words = asked.strip()
    kinds = [kind] if kind in model.KIND_BY_SLUG else []
    if words:
        weights = Weights(fit, reach, bridging, load)
        try:
            page = partners_resource.partners(explorer, words, weights, kinds, N_SHOWN, offset)
        except NotFound:
            return _start(request, explorer, words)
        return render(
            request,
            "partners",
            snapshot=page.snapshot,
            page=page,
            asked=words,
            kind=kind,
            parts=PARTS,
            **_lists(request, explorer, words),
        )
    return _start(request, explorer, "")


def _start(request: Request, explorer: Explorer, words: str) -> Response:
    """Ask for whom partners are looked for, with what the words may have meant."""
    gaps = gaps_resource.gaps(explorer, severity="high", status="open", limit=N_STARTS).items
    needs = matching_resource.matching(explorer, None, "unmet", N_STARTS)
    snapshot = needs.snapshot
    if not snapshot.n_actors:
        return render(request, "empty", snapshot=snapshot)
    return render(
        request,
        "partners_start",
        snapshot=snapshot,
        q=words,
        choices=_choices(explorer, words),
        hubs=rankings_resource.hubs(explorer, limit=N_STARTS).items,
        gaps=gaps[:N_STARTS],
        needs=needs.items,
    )


@router.get("/paths")
def paths(
    request: Request,
    start: Annotated[str, Query(alias="from")] = "",
    end: Annotated[str, Query(alias="to")] = "",
    avoid: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """Show who can introduce one to another, along the strongest ties."""
    explorer = state_of(request).explorer
    ends = (start.strip(), end.strip())
    chosen = [_chosen(explorer, words) for words in ends]
    around = [(_chosen(explorer, words), words) for words in avoid or () if words.strip()]
    avoided = [found.id if found else words for found, words in around]
    page = None
    if all(chosen):
        first, second = (one.id for one in chosen if one)
        page = paths_resource.paths(explorer, first, second, avoided)
    return render(
        request,
        "paths",
        snapshot=page.snapshot if page else None,
        page=page,
        ends=ends,
        written=[
            _written(request, explorer, one, words)
            for one, words in (*zip(chosen, ends, strict=True), *around[:1])
        ],
        chosen=chosen,
        avoided=avoided,
        **(_lists(request, explorer, page.from_.id) if page else {"lists": None, "on": {}}),
        choices=[
            [] if one or not words else _choices(explorer, words)
            for one, words in zip(chosen, ends, strict=True)
        ],
    )


@router.get("/matching")
def matching(
    request: Request,
    area: str = "",
    status: str = "",
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Match the needs and offers of an area at once, and say what stays unmet."""
    explorer = state_of(request).explorer
    page = matching_resource.matching(explorer, area or None, status or None, N_NEEDS, offset)
    return render(
        request,
        "matching",
        snapshot=page.snapshot,
        page=page,
        area=area,
        areas=sorted(places_of(explorer).areas),
        wanted=status,
    )


def _lists(request: Request, explorer: Explorer, asked: str) -> dict[str, Any]:
    """Return the shortlists, which of them have somebody for ``asked``, and who is on which.

    None where the page is not looked at from within, or the database is still on its way.
    """
    lists = None if SHARING in request.scope else lists_for(explorer, asked)
    on: dict[str, list[Shortlist]] = {}
    for one in lists or ():
        for entry in one.entries:
            if entry.asked == asked:
                on.setdefault(entry.actor.id, []).append(one)
    known = {one.id for of_actor in on.values() for one in of_actor}
    return {"lists": lists, "on": on, "known": known}


def _chosen(explorer: Explorer, words: str) -> Actor | None:
    """Return what an id, or a name that only one has, stands for; None where that is not so."""
    if not words:
        return None
    try:
        return answers.actor(explorer, words).actor
    except NotFound:
        exact = [c for c in _choices(explorer, words) if words in (c.name, c.name_en)]
        return exact[0] if len(exact) == 1 else None


def _written(request: Request, explorer: Explorer, found: Actor | None, words: str) -> str:
    """Return the name of what was found, where it leads back to it; else the words asked."""
    if found is None:
        return words
    name = View(request).plain(found)
    return name if is_only_name(explorer, name) else words


def _choices(explorer: Explorer, words: str) -> list[Actor]:
    return [hit.actor for hit in answers.search(explorer, words, N_CHOICES)] if words else []
