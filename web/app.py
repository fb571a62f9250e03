"""The whole product as one ASGI application: the API, the pages around it, and the guard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.app import create_api
from api.patience import Patience
from api.problems import problem, status_of
from api.state import ServerState, state_of
from graph.errors import WusheError
from graph.settings import Settings
from graph.store.errors import StoreUnavailable
from graph.text import Text
from web import (
    actors,
    communities,
    compare,
    data,
    gaps,
    imports,
    jobs,
    overview,
    pages,
    partners,
    pictures,
    query,
    rankings,
    report,
    scenarios,
    shortlists,
    views,
)
from web import help as help_page
from web import map as network_map
from web.language import catalogues
from web.render import STATIC, View, is_page, render
from web.security import Guard
from web.sharing import Shared
from web.staging import Staging

Handler = Callable[[Request, Exception], Response | Awaitable[Response]]
RETRY_S = 3


def create_app(settings: Settings, state: ServerState | None = None) -> FastAPI:
    """Build the application; nothing is started before its lifespan runs.

    ``state`` is as in `create_api`: without one, the application opens its own database.
    """
    app = create_api(settings, state)
    app.state.settings = settings
    app.state.staging = Staging(settings.data_dir / "uploads")
    app.state.long_statements = query.LongStatements()
    app.include_router(overview.router)
    app.include_router(data.router)
    app.include_router(compare.router)
    app.include_router(pages.router)
    app.include_router(rankings.router)
    app.include_router(network_map.router)
    app.include_router(actors.router)
    app.include_router(scenarios.router)
    app.include_router(gaps.router)
    app.include_router(communities.router)
    app.include_router(partners.router)
    app.include_router(shortlists.router)
    app.include_router(query.router)
    app.include_router(help_page.router)
    app.include_router(report.router)
    app.include_router(imports.router)
    app.include_router(jobs.router)
    app.include_router(views.router)
    app.add_api_route("/static/sectors.css", _sectors, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for kind in {*app.exception_handlers, *_PAGE_ERRORS} - {Exception, 500}:
        app.exception_handlers[kind] = _page_or(app.exception_handlers.get(kind))
    app.add_middleware(
        Patience, jobs=app.state.jobs, wait_for=jobs.wait_for, still_working=jobs.still_working
    )
    app.add_middleware(Shared, refuse=lambda scope, error: _error_page(Request(scope), error))
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(HeadOfPages)
    app.add_middleware(Guard, refuse=_refuse, embed_origins=settings.embed_origins)
    return app


class HeadOfPages:
    """ASGI middleware that answers HEAD on a page as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, a HEAD of a page as the GET that the routes know."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or not is_page(scope["path"]):
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


def _sectors() -> Response:
    return Response(pictures.sectors_css(), media_type="text/css")


def _page_or(handler: Any) -> Handler:
    """Answer an error on a page with a page, and any other as the API does."""

    async def handle(request: Request, error: Exception) -> Response:
        if is_page(request.url.path):
            return _error_page(request, error)
        if handler is None:
            raise error
        answer = handler(request, error)
        response: Response = await answer if isinstance(answer, Awaitable) else answer
        return response

    return handle


def _error_page(request: Request, error: Exception) -> Response:
    view = View(request)
    if isinstance(error, StoreUnavailable):
        health = state_of(request).health()
        response: Response = render(request, "waiting", status=503, health=health)
        response.headers["Retry-After"] = str(RETRY_S)
        return response
    if isinstance(error, WusheError):
        return render(
            request, "error", status=status_of(error), sentence=view.of(error.message), detail=None
        )
    if isinstance(error, RequestValidationError):
        return _said(request, 422, "bad_address")
    if isinstance(error, HTTPException):
        key = "not_found" if error.status_code == 404 else "refused"
        return _said(request, error.status_code, key)
    raise error


def _said(request: Request, status: int, key: str) -> Response:
    view = View(request)
    return render(
        request,
        "error",
        status=status,
        sentence=view.t(f"error.{key}"),
        detail=view.t(f"error.{key}_detail"),
    )


def _refuse(scope: Scope, status: int, reason: str) -> Response:
    """Answer a request that the guard turned away."""
    texts = [catalogue.say(f"error.{reason}") for catalogue in catalogues().values()]
    if reason == "host":
        return PlainTextResponse("\n".join(texts), status)
    if is_page(scope["path"]):
        return _said(Request(scope), status, reason)
    zh, en = (str(text.unescape()) for text in texts)
    return problem(status, Text(zh, en), scope["path"])


_PAGE_ERRORS = (WusheError, HTTPException, RequestValidationError)
