"""Requests that go on as jobs: how far they are, their end, their answer."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.app import create_api
from api.jobs import Job, Jobs
from api.state import ServerState
from graph.errors import Cancelled, InvalidArgument
from graph.progress import tell
from graph.settings import Settings
from graph.store.database import Database
from graph.text import Text


class Lasting:
    """The application on one event loop for all requests, its database left open."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.state = app.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        for message in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{message}.complete"})


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> Iterator[TestClient]:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    with TestClient(Lasting(app), raise_server_exceptions=False) as lasting:
        yield lasting


LATER = {"Prefer": "respond-async"}


def ended(client: TestClient, address: str) -> dict[str, object]:
    """Return a job as it is at its end."""
    end = time.monotonic() + 60
    while (job := client.get(address).json())["state"] == "running":
        assert time.monotonic() < end
        time.sleep(0.02)
    return dict(job)


def test_an_answer_can_be_asked_for_later(client: TestClient) -> None:
    accepted = client.get("/api/v1/gaps?area=北京市&limit=3", headers=LATER)
    assert accepted.status_code == 202
    assert accepted.headers["preference-applied"] == "respond-async"
    job = ended(client, accepted.headers["location"])
    assert (job["state"], job["message"]) == ("done", None)
    result = client.get(str(job["result"]))
    assert result.json() == client.get("/api/v1/gaps?area=北京市&limit=3").json()
    assert result.headers["content-type"] == "application/json"


def test_an_answer_that_is_ready_in_time_is_given_at_once(client: TestClient) -> None:
    answer = client.get("/api/v1/overview", headers={"Prefer": "respond-async, wait=60"})
    assert answer.status_code == 200
    assert answer.json() == client.get("/api/v1/overview").json()


def test_the_error_of_a_job_is_the_one_the_request_would_have_had(client: TestClient) -> None:
    address = client.get("/api/v1/actors/nobody", headers=LATER).headers["location"]
    job = ended(client, address)
    result = client.get(f"{address}/result")
    assert job["state"] == "done"
    assert (result.status_code, result.json()["status"]) == (404, 404)


def test_events_end_with_the_job(client: TestClient) -> None:
    address = client.get("/api/v1/brokers", headers=LATER).headers["location"]
    events = client.get(f"{address}/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    told = [json.loads(line.removeprefix("data: ")) for line in events.text.splitlines() if line]
    assert told[-1] == client.get(address).json()
    assert told[-1]["state"] == "done"


def test_an_import_can_go_on_by_itself(client: TestClient) -> None:
    files = {"files": ("主体.csv", "编号,名称,类型\njob-a,甲,企业\n".encode(), "text/csv")}
    for dry_run in (True, False):
        address = f"/api/v1/imports?dry_run={str(dry_run).lower()}"
        accepted = client.post(address, files=files, headers=LATER)
        assert accepted.status_code == 202
        job = ended(client, accepted.headers["location"])
        report = client.get(str(job["result"])).json()
        assert (report["accepted"], report["actors"]["new"]) == (True, 1)
        assert client.get("/api/v1/actors/job-a").status_code == (404 if dry_run else 200)
    assert client.post(f"/api/v1/imports/{report['id']}/undo").status_code == 200


def test_an_unknown_job_is_said_to_be_one(client: TestClient) -> None:
    for address in ("/api/v1/jobs/none", "/api/v1/jobs/none/result", "/api/v1/jobs/none/events"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "job" in answer.json()["message"]["en"]


@pytest.fixture
def jobs(client: TestClient) -> Jobs:
    found: Jobs = client.app.state.jobs  # type: ignore[attr-defined]
    return found


def start(jobs: Jobs, gate: threading.Event, key: object = None) -> Job:
    """Start a job that counts until the gate is open."""

    def call() -> int:
        n = 0
        while not gate.wait(0.01):
            n += 1
            tell(Text("数", "Counting"), min(n, 10), 10)
        return n

    return jobs.start(key, "/", call)


def test_a_job_tells_how_far_it_is_and_can_be_stopped(client: TestClient, jobs: Jobs) -> None:
    gate = threading.Event()
    job = start(jobs, gate)
    address = f"/api/v1/jobs/{job.id}"
    end = time.monotonic() + 10
    while (told := client.get(address).json())["n_done"] != 10:
        assert time.monotonic() < end
    assert told["doing"] == {"zh": "数", "en": "Counting"}
    assert (told["share"], told["state"], told["result"]) == (1.0, "running", None)
    assert client.get(f"{address}/result").status_code == 409
    assert client.delete(address).status_code == 204
    assert job.wait(10)
    assert not gate.is_set()
    assert client.get(address).json()["state"] == "cancelled"
    assert client.get(f"{address}/result").status_code == 409


def test_the_same_is_done_once_at_a_time() -> None:
    jobs, gate = Jobs(), threading.Event()
    first, second = start(jobs, gate, "same"), start(jobs, gate, "same")
    other = start(jobs, gate, "other")
    assert first is second
    assert other is not first
    gate.set()
    assert first.wait(10)
    assert other.wait(10)
    assert start(jobs, gate, "same") is not first


def test_what_goes_wrong_is_kept_for_who_asks() -> None:
    def fail() -> None:
        raise InvalidArgument("x", Text("不行", "It will not do"))

    jobs = Jobs()
    job = jobs.start("f", "/", fail)
    assert job.wait(10)
    assert job.state == "failed"
    assert isinstance(job.error, InvalidArgument)
    stopped = jobs.add("g", "/")
    stopped.end(error=Cancelled())
    assert stopped.state == "cancelled"


def test_jobs_that_ended_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Jobs()
    old = jobs.add("old", "/")
    old.end(1)
    running = jobs.add("running", "/")
    jobs.add("new", "/")
    assert jobs.get(old.id) is old
    monkeypatch.setattr("api.jobs.KEPT_S", -1.0)
    jobs.add("newer", "/")
    assert jobs.get(old.id) is None
    assert jobs.get(running.id) is running
