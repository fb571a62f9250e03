"""The pages of shortlists: all of them, one, its sheet, and the forms that change it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.resources import shortlists as resource
from api.state import state_of
from graph.brief.shortlist import SHEET_FORMATS
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.questions import shortlists as questions
from graph.store.errors import StoreUnavailable
from web.render import View, render

PAGE_SIZE = 50
Text = Annotated[str, Form()]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def lists_for(explorer: Explorer, asked: str) -> list[resource.Shortlist] | None:
    """Return the shortlists that a candidate for ``asked`` can be put on, the likeliest first.

    None while the database is still on its way, when other answers can be had already.
    """
    try:
        found = [resource.shown(explorer, kept) for kept in questions.shortlists(explorer)]
    except StoreUnavailable:
        return None
    return sorted(found, key=lambda one: all(entry.asked != asked for entry in one.entries))


@router.get("/shortlists")
def shortlists(request: Request, offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """List the shortlists, and offer to begin one."""
    return _list(request, offset)


@router.post("/shortlists")
def create(request: Request, name: Text = "") -> Response:
    """Begin an empty shortlist."""
    try:
        made = questions.create(_explorer(request), name)
    except InvalidArgument as error:
        return _list(request, error=error)
    return _to(made.id)


@router.post("/shortlists/add")
def add(
    request: Request,
    actor: Text,
    asked: Annotated[str, Form(alias="for")],
    shortlist: Text = "",
    back: Text = "",
) -> Response:
    """Put a candidate on a list and go back to where it was found."""
    kept, entry_id = resource.add(
        _explorer(request), shortlist or None, actor, asked, View(request).language
    )
    target = urlsplit(back)
    if target.netloc or target.scheme or target.path not in ("/partners", "/paths"):
        return _to(kept.id, f"#entry-{entry_id}")
    query = f"?{target.query}" if target.query else ""
    return RedirectResponse(f"{target.path}{query}#of-{quote(actor, safe='')}", 303)


@router.get("/shortlists/{shortlist_id}")
def shortlist(request: Request, shortlist_id: str, removed: str = "") -> Response:
    """Show a shortlist, and what was just taken off it."""
    return _one(request, shortlist_id, removed=removed)


@router.get("/shortlists/{shortlist_id}/sheet")
def sheet(request: Request, shortlist_id: str) -> Response:
    """Show the sheet for a meeting, as it will be printed."""
    data = resource.one(_explorer(request), shortlist_id)
    return render(request, "shortlist_sheet", data=data)


@router.get("/shortlists/{shortlist_id}/sheet.{format_name}")
def sheet_file(request: Request, shortlist_id: str, format_name: str) -> Response:
    """Hand out the sheet as a file in the language of the page."""
    content, media_type = resource.sheet(
        _explorer(request), shortlist_id, format_name, View(request).language
    )
    name = f"wushe-shortlist-{shortlist_id}.{format_name}"
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.post("/shortlists/{shortlist_id}/name")
def rename(request: Request, shortlist_id: str, name: Text = "", note: Text = "") -> Response:
    """Give a shortlist another name or note."""
    try:
        questions.rename(_explorer(request), shortlist_id, name, note)
    except InvalidArgument as error:
        return _one(request, shortlist_id, error)
    return _to(shortlist_id)


@router.post("/shortlists/{shortlist_id}/delete")
def delete(request: Request, shortlist_id: str) -> Response:
    """Forget a shortlist."""
    questions.delete(_explorer(request), shortlist_id)
    return RedirectResponse("/shortlists", 303)


@router.post("/shortlists/{shortlist_id}/{entry_id}/note")
def note(request: Request, shortlist_id: str, entry_id: str, note: Text = "") -> Response:
    """Note something on an entry."""
    try:
        questions.note(_explorer(request), shortlist_id, entry_id, note)
    except InvalidArgument as error:
        return _one(request, shortlist_id, error)
    return _to(shortlist_id, f"#entry-{entry_id}")


@router.post("/shortlists/{shortlist_id}/{entry_id}/move")
def move(
    request: Request, shortlist_id: str, entry_id: str, place: Annotated[int, Form()]
) -> Response:
    """Put an entry at another place of the order."""
    questions.move(_explorer(request), shortlist_id, entry_id, place)
    return _to(shortlist_id, f"#entry-{entry_id}")


@router.post("/shortlists/{shortlist_id}/{entry_id}/remove")
def remove(request: Request, shortlist_id: str, entry_id: str) -> Response:
    """Take an entry off; the page that follows offers to undo that."""
    questions.remove(_explorer(request), shortlist_id, entry_id)
    return _to(shortlist_id, f"?removed={quote(entry_id, safe='')}#undo")


@router.post("/shortlists/{shortlist_id}/{entry_id}/restore")
def restore(request: Request, shortlist_id: str, entry_id: str) -> Response:
    """Put an entry back in its place."""
    questions.restore(_explorer(request), shortlist_id, entry_id)
    return _to(shortlist_id, f"#entry-{entry_id}")


def _explorer(request: Request) -> Explorer:
    return state_of(request).explorer


def _to(shortlist_id: str, end: str = "") -> Response:
    return RedirectResponse(f"/shortlists/{quote(shortlist_id, safe='')}{end}", 303)


def _list(request: Request, offset: int = 0, error: InvalidArgument | None = None) -> Response:
    page = resource.listed(_explorer(request), PAGE_SIZE, offset)
    return render(
        request,
        "shortlists",
        status=200 if error is None else 422,
        snapshot=page.snapshot,
        page=page,
        error=error and View(request).of(error.message),
    )


def _one(
    request: Request,
    shortlist_id: str,
    error: InvalidArgument | NotFound | None = None,
    removed: str = "",
) -> Response:
    data = resource.one(_explorer(request), shortlist_id)
    return render(
        request,
        "shortlist",
        status=200 if error is None else 422,
        data=data,
        undo=next((entry for entry in data.removed if entry.id == removed), None),
        formats=[one.slug for one in SHEET_FORMATS],
        error=error and View(request).of(error.message),
    )
