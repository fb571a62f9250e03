"""The HTTP API as an application of its own; `web.app` adds the pages to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from api import schemas
from api.jobs import Jobs
from api.patience import Patience, accepted, preferred
from api.problems import add_problem_handlers
from api.routers import (
    actors,
    brief,
    compare,
    data,
    diagnosis,
    export,
    gaps,
    imports,
    jobs,
    matching,
    measures,
    network,
    overview,
    partners,
    paths,
    query,
    rankings,
    scenarios,
    shortlists,
    views,
)
from api.state import ServerState, StateDependency, running
from graph.settings import Settings
from graph.store.opening import open_database

ROUTERS = (
    overview.router,
    data.router,
    compare.router,
    actors.router,
    rankings.router,
    gaps.router,
    diagnosis.router,
    brief.router,
    partners.router,
    paths.router,
    matching.router,
    network.router,
    measures.router,
    imports.router,
    jobs.router,
    export.router,
    query.router,
    scenarios.router,
    shortlists.router,
    views.router,
)
_PROBLEM_RESPONSES: dict[int | str, dict[str, object]] = {
    status: {
        "model": schemas.ProblemDetails,
        "description": description,
        "content": {"application/problem+json": {}},
    }
    for status, description in (
        (400, "A parameter that cannot be used"),
        (404, "No actor has this id"),
        (503, "The database is starting or restarting"),
    )
}


def create_api(settings: Settings, state: ServerState | None = None) -> FastAPI:
    """Return the API under ``/api/v1``, with ``/healthz`` beside it.

    Without ``state`` the application opens its own database when it starts, and serves while
    that is still on its way; with one, the caller has opened it.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = state or ServerState(open_database(settings, wait=False))
        app.state.server = opened
        with running(opened):
            yield
            app.state.jobs.cancel_all()

    app = FastAPI(
        title="Wushe 五社",
        version="1",
        summary="Brokers, gaps and hub organisations in community governance",
        description="Lists answer `items`, `total`, `projection` and `snapshot`; every error is a "
        "problem (RFC 9457) with its sentence in Chinese and English under `message`.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=lifespan,
    )
    app.state.jobs = Jobs()
    app.add_middleware(Patience, jobs=app.state.jobs, wait_for=preferred, still_working=accepted)
    v1 = APIRouter(prefix="/api/v1", responses=_PROBLEM_RESPONSES)
    for router in ROUTERS:
        v1.include_router(router)
    app.include_router(v1)
    add_problem_handlers(app)

    @app.get("/healthz", tags=["health"], summary="Whether answers can be had now")
    def healthz(server: StateDependency) -> schemas.Health:
        """The state of the database; always 200, so that a page can show it."""
        return server.health()

    return app
