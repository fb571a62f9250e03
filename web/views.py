"""Saved views: keep a page under a name, share it by a link, put it into a frame elsewhere."""

from __future__ import annotations

from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.resources import views as resource
from api.state import state_of
from graph.errors import InvalidArgument
from graph.sharing import views as sharing
from web.render import View, language_of, render
from web.sharing import is_shareable

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
Field = Annotated[str, Form()]


@router.get("/views")
def views(request: Request, deleted: str = "") -> Response:
    """List what was saved, and offer to share it."""
    return _list(request, deleted=deleted)


@router.post("/views")
def save(request: Request, address: Field, name: Field = "", note: Field = "") -> Response:
    """Save the page that the form was on."""
    try:
        made = sharing.save(state_of(request).database, name, note, address)
    except InvalidArgument as error:
        return _list(request, problem=error, draft={"name": name, "note": note, "address": address})
    return RedirectResponse(f"/views#view-{made.id}", 303)


@router.post("/views/{view_id}")
def change(request: Request, view_id: str, name: Field = "", note: Field = "") -> Response:
    """Change the name and the note."""
    database = state_of(request).database
    old = sharing.view(database, view_id)
    try:
        sharing.save(database, name, note, old.address, view_id)
    except InvalidArgument as error:
        return _list(request, problem=error)
    return RedirectResponse(f"/views#view-{view_id}", 303)


@router.post("/views/{view_id}/delete")
def delete(request: Request, view_id: str) -> Response:
    """Throw a view away; the list offers to take that back."""
    sharing.delete(state_of(request).database, view_id)
    return RedirectResponse(f"/views?deleted={view_id}", 303)


@router.post("/views/{view_id}/restore")
def restore(request: Request, view_id: str) -> Response:
    """Take a view back that was thrown away."""
    sharing.restore(state_of(request).database, view_id)
    return RedirectResponse(f"/views#view-{view_id}", 303)


@router.post("/views/{view_id}/shares")
def share(
    request: Request,
    view_id: str,
    hides_persons: Field = "",
    hidden_kinds: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a link for others, without what they are not to see."""
    sharing.share(
        state_of(request).database,
        view_id,
        hides_persons=bool(hides_persons),
        hidden_kinds=hidden_kinds or [],
        language=language_of(request),
    )
    return RedirectResponse(f"/views#view-{view_id}", 303)


@router.post("/shares/{token}/delete")
def unshare(request: Request, token: str) -> Response:
    """Take a link back."""
    sharing.unshare(state_of(request).database, token)
    return RedirectResponse("/views", 303)


def _list(
    request: Request,
    *,
    deleted: str = "",
    problem: InvalidArgument | None = None,
    draft: dict[str, str] | None = None,
) -> Response:
    state = state_of(request)
    found = resource.views(state.explorer.database)
    gone = sharing.view(state.database, deleted) if deleted else None
    origin = str(request.base_url).rstrip("/")
    return render(
        request,
        "views",
        status=422 if problem else 200,
        views=found,
        shareable={v.id for v in found if is_shareable(v.address)},
        gone=gone if gone and gone.deleted else None,
        problem=View(request).of(problem.message) if problem else None,
        draft=draft,
        origin=origin,
        frames={s.token: _frame(origin + s.embed, v.name) for v in found for s in v.shares},
        embed_origins=request.app.state.settings.embed_origins,
    )


def _frame(address: str, title: str) -> str:
    """Return the HTML that shows a page in a frame elsewhere."""
    return f'<iframe src="{address}" title="{escape(title)}" width="100%" height="640"></iframe>'
