"""What a person sees while a page is on its way: how far it is, and a way to stop it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from api.jobs import Job
from api.patience import Wait
from api.routers.jobs import JobDependency
from web.render import is_page, language_of, render, sharing_of, theme_of

PATIENCE_S = 0.8

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def wait_for(scope: Scope) -> Wait | None:
    """Return how long a person waits for a page; a program waits until it is there."""
    path = scope["path"]
    if scope["method"] != "GET" or not is_page(path) or path.startswith("/jobs/"):
        return None
    request = Request(scope)
    seconds = patience_s(request)
    if seconds is None:
        return None
    shown = sharing_of(scope)
    key = (path, scope["query_string"], language_of(request), theme_of(request), shown)
    return Wait(seconds, key, shown.address if shown else None)


def patience_s(request: Request) -> float | None:
    """Return how long whoever asks waits; None, as long as it takes, for a program."""
    is_person = "text/html" in request.headers.get("accept", "")
    return PATIENCE_S if is_person else None


def still_working(scope: Scope, job: Job) -> Response:
    """Show how far a page is; it loads itself again."""
    return working(Request(scope), job, 202)


def working(request: Request, job: Job, status: int) -> Response:
    """Show how far ``job`` is; the page loads itself again."""
    response = render(request, "working", status=status, job=job)
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post("/jobs/{job_id}/cancel")
def cancel(job: JobDependency) -> Response:
    """Stop what takes too long."""
    job.cancel()
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/jobs/{job_id}")
def show(request: Request, job: JobDependency) -> Response:
    """Show where a job stands, or that it was stopped."""
    return working(request, job, 200)
