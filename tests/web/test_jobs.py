"""Pages that take longer than a person waits."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx2
import pytest
from fastapi import FastAPI

from api.jobs import Jobs

PERSON = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx2.Client]:
    """Return a client of a real server, where work goes on between two requests."""
    with httpx2.Client(base_url=site, follow_redirects=True, timeout=60) as opened:
        yield opened


@pytest.fixture
def jobs(sample_app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    monkeypatch.setattr("web.jobs.PATIENCE_S", 0.0)
    found: Jobs = sample_app.state.jobs
    return found


def job_of(page: str) -> str:
    found = re.search(r'data-job="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.mark.parametrize(("language", "sentence"), [("zh", "停止计算"), ("en", "Stop")])
def test_a_page_that_takes_long_says_so_and_comes(
    client: httpx2.Client, jobs: Jobs, language: str, sentence: str
) -> None:
    address = f"/gaps?rule=no_platform&lang={language}"
    first = client.get(address, headers=PERSON)
    assert first.status_code == 202
    assert sentence in first.text
    assert first.headers["cache-control"] == "no-store"
    job = jobs.get(job_of(first.text))
    assert job is not None
    assert job.wait(60)
    again = client.get(address, headers=PERSON)
    assert again.status_code == 200
    assert again.text == client.get(address).text


def test_a_program_waits_for_the_page_itself(client: httpx2.Client, jobs: Jobs) -> None:
    assert jobs
    assert client.get("/brokers").status_code == 200


def test_a_page_can_be_stopped(client: httpx2.Client, jobs: Jobs) -> None:
    first = client.get("/hubs?lang=en", headers=PERSON)
    job_id = job_of(first.text)
    stopped = client.post(f"/jobs/{job_id}/cancel", headers=PERSON)
    assert stopped.url.path == f"/jobs/{job_id}"
    assert "Stopped" in stopped.text
    assert 'href="/hubs?lang=en"' in stopped.text
    end = time.monotonic() + 60
    while (job := jobs.get(job_id)) and job.ended_at is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    asked_again = client.get("/hubs?lang=en", headers=PERSON)
    assert job_of(asked_again.text) != job_id


def test_the_error_of_a_page_comes_as_its_page(client: httpx2.Client, jobs: Jobs) -> None:
    first = client.get("/actors/nobody", headers=PERSON)
    job = jobs.get(job_of(first.text))
    assert job is not None
    assert job.wait(60)
    assert client.get("/actors/nobody", headers=PERSON).status_code == 404
