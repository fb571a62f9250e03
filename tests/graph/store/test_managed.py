"""What happens when Neo4j keeps ending, with a process that does nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from graph.store import managed
from graph.store.errors import StartFailed, StoreUnavailable
from graph.store.managed import ManagedNeo4j
from graph.store.owner import Ownership
from graph.store.status import Status
from tests.graph.store.processes import wait_for


class Mortal:
    """Starts ``n_starts`` times and ends at once each time; then it does not start any more."""

    n_starts = 100
    pid = 1
    address = "bolt://127.0.0.1:1"
    password = "x"

    def __init__(self, *_: Any, **__: Any) -> None:
        self.n_left = self.n_starts

    def start(self, *, on_started: Any) -> None:
        if self.n_left == 0:
            raise StartFailed(Path("java.log"), "it is tired")
        self.n_left -= 1
        on_started()

    def wait(self) -> int:
        return 1

    def kill(self) -> None:
        pass

    def stop(self) -> None:
        pass


@pytest.fixture
def statuses(monkeypatch: pytest.MonkeyPatch) -> list[Status]:
    monkeypatch.setattr(managed, "Neo4jProcess", Mortal)
    monkeypatch.setattr(managed, "class_path", lambda *_: [])
    monkeypatch.setattr(managed, "_N_CRASHES", 2)
    return []


def run(settings: Settings, statuses: list[Status], n_starts: int) -> int:
    """Start, wait for the end, and return how often Neo4j was ready."""
    Mortal.n_starts = n_starts
    ready: list[str] = []
    neo4j = ManagedNeo4j(
        settings, None, on_status=statuses.append, on_ready=lambda *login: ready.append(login[0])
    )
    neo4j.start()
    wait_for(lambda: statuses[-1].state == "failed")
    neo4j.stop()
    Ownership(settings.data_dir).release()
    return len(ready)


def test_it_gives_up_on_a_neo4j_that_keeps_ending(tmp_path: Path, statuses: list[Status]) -> None:
    settings = Settings(tmp_path / "data", tmp_path / "cache")
    assert run(settings, statuses, n_starts=100) == 3
    assert [s.state for s in statuses] == ["starting", "restarting", "restarting", "failed"]
    assert statuses[-1].message == StoreUnavailable("failed").message


def test_it_says_why_neo4j_starts_no_more(tmp_path: Path, statuses: list[Status]) -> None:
    settings = Settings(tmp_path / "data", tmp_path / "cache")
    assert run(settings, statuses, n_starts=1) == 1
    assert "it is tired" in statuses[-1].message.en


def test_a_stop_while_it_starts_is_obeyed(tmp_path: Path, statuses: list[Status]) -> None:
    settings = Settings(tmp_path / "data", tmp_path / "cache")
    neo4j = ManagedNeo4j(settings, None, on_status=statuses.append, on_ready=lambda *_: None)
    neo4j.stop()
    with pytest.raises(StoreUnavailable) as caught:
        neo4j.start()
    assert caught.value.state == "stopped"
    Ownership(settings.data_dir).release()
