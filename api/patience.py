"""Requests that take longer than anybody waits become jobs, whatever they ask for.

The application answers a request in a task of its own. What is not there in time goes on as a job,
and the answer says so: a program that sends ``Prefer: respond-async`` (RFC 7240) is told where the
job is; a page shows how far it is and loads itself again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.jobs import Job, Jobs
from graph.errors import Cancelled
from graph.progress import heard_by

_ASYNC = "respond-async"


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait for a request, and what makes another one the same (None: nothing).

    ``address`` is where the answer can be asked for again, if not where it was asked for.
    """

    seconds: float
    key: Hashable | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer that was not sent yet."""

    messages: tuple[Message, ...]

    async def send(self, send: Send) -> None:
        """Send it."""
        for message in self.messages:
            await send(message)


class Patience:
    """ASGI middleware: ``wait_for`` says how long a request is waited for, None for ever.

    ``still_working`` is the answer where it is not ready by then. An error becomes what the
    application makes of it, or is raised again for whoever comes for the answer.
    """

    def __init__(
        self,
        app: ASGIApp,
        jobs: Jobs,
        wait_for: Callable[[Scope], Wait | None],
        still_working: Callable[[Scope, Job], Response],
    ) -> None:
        self.app = app
        self.jobs = jobs
        self.wait_for = wait_for
        self.still_working = still_working
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in time, with the answer or with where it will be."""
        wait = self.wait_for(scope) if scope["type"] == "http" else None
        if wait is None:
            await self.app(scope, receive, send)
            return
        job = self.jobs.of(wait.key) if wait.key is not None else None
        if job is None or job.is_cancelled():
            job = self._start(scope, wait)
        task = self._tasks.get(job.id)
        if task is not None:
            await asyncio.wait({task}, timeout=wait.seconds)
        if job.ended_at is None:
            await self.still_working(scope, job)(scope, receive, send)
            return
        self.jobs.forget(job)
        if job.error is not None:
            raise job.error
        await job.result.send(send)

    def _start(self, scope: Scope, wait: Wait) -> Job:
        job = self.jobs.add(wait.key, wait.address or address_of(scope))
        task = asyncio.ensure_future(self._answer(dict(scope), job))
        # The loop itself keeps no hold of its tasks.
        self._tasks[job.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(job.id))
        return job

    async def _answer(self, scope: Scope, job: Job) -> None:
        messages: list[Message] = []
        is_read = False

        async def receive() -> Message:
            nonlocal is_read
            if is_read:
                await asyncio.Event().wait()
            is_read = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def record(message: Message) -> None:
            messages.append(message)

        try:
            with heard_by(job):
                await self.app(scope, receive, record)
            job.end(Recorded(tuple(messages)), Cancelled() if job.is_cancelled() else None)
        except Exception as error:
            job.end(error=error)


def address_of(scope: Scope) -> str:
    """Return path and query of a request."""
    query = scope["query_string"].decode("latin-1")
    return quote(scope["path"]) + (f"?{query}" if query else "")


def preferred(scope: Scope) -> Wait | None:
    """Return how long a program is ready to wait that prefers an answer later to a late one."""
    preferences = _preferences(Headers(scope=scope))
    if scope["method"] != "GET" or _ASYNC not in preferences:
        return None
    wait = preferences.get("wait", "0")
    return Wait(float(wait) if wait.isdecimal() else 0.0)


def is_later(request: Request) -> bool:
    """Return whether a program prefers an answer later to a late one."""
    return _ASYNC in _preferences(request.headers)


def _preferences(headers: Headers) -> dict[str, str]:
    parts = ",".join(headers.getlist("prefer")).replace(";", ",").split(",")
    pairs = (part.partition("=") for part in parts)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def accepted(_scope: Scope, job: Job) -> Response:
    """Return the answer to a program: where the job is."""
    headers = {"Location": f"/api/v1/jobs/{job.id}", "Preference-Applied": "respond-async"}
    return JSONResponse({"job": job.id}, 202, headers)
