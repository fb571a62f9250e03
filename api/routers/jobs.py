"""``jobs``: long work that goes on by itself, how far it is, and its end before its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.jobs import Job, JobNotFound, Jobs, StillRunning
from api.patience import Recorded
from api.resources import jobs as resource

router = APIRouter(tags=["jobs"])
_LOOK_S = 0.2


class _Replayed(Response):
    """The recorded answer of a request that went on as a job."""

    def __init__(self, recorded: Recorded) -> None:
        super().__init__()
        self._recorded = recorded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await self._recorded.send(send)


def jobs_of(request: Request) -> Jobs:
    """Return the jobs of the application that serves ``request``."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def _job_of(
    request: Request,
    job_id: Annotated[str, Path(description="The id of a job", examples=["q2v9c0Hn3k7LmXyZ"])],
) -> Job:
    found = jobs_of(request).get(job_id)
    if found is None:
        raise JobNotFound(job_id)
    return found


JobDependency = Annotated[Job, Depends(_job_of)]


@router.get("/jobs/{job_id}", summary="How far a job is")
def get_job(job: JobDependency) -> resource.Job:
    """Any GET becomes a job with the header `Prefer: respond-async` (or `respond-async, wait=5`).

    Jobs that have ended are kept for ten minutes.
    """
    return resource.job(job)


@router.get(
    "/jobs/{job_id}/events",
    summary="How far a job is, as it goes on",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Server-sent events"}},
)
async def get_events(job: JobDependency) -> StreamingResponse:
    """Each event is the job as JSON; the last one has another state than `running`."""

    async def events() -> AsyncIterator[str]:
        last = ""
        while True:
            is_last = job.ended_at is not None
            now = resource.job(job).model_dump_json()
            if now != last:
                yield f"data: {now}\n\n"
                last = now
            if is_last:
                return
            await asyncio.sleep(_LOOK_S)

    return StreamingResponse(events(), media_type="text/event-stream")


@router.get("/jobs/{job_id}/result", summary="What came of a job", response_model=None)
def get_result(job: JobDependency) -> Any:
    """The answer that the request would have had; its error where it failed."""
    if job.ended_at is None:
        raise StillRunning
    if job.error is not None:
        raise job.error
    return _Replayed(job.result) if isinstance(job.result, Recorded) else job.result


@router.delete("/jobs/{job_id}", status_code=204, summary="Stop a job")
def cancel(job: JobDependency) -> Response:
    """It ends when it next looks up; nothing of what it did is stored."""
    job.cancel()
    return Response(status_code=204)
