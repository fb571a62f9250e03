"""What the database is doing, for a page, a progress bar or a log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.store.errors import State
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Status:
    """One state with a sentence about it.

    ``progress`` is the part done, 0 to 1, where it can be known.
    """

    state: State
    message: Text
    progress: float | None = None


OnStatus = Callable[[Status], None]

READY = Status("ready", Text("数据库已就绪。", "The database is ready."))
STOPPED = Status("stopped", Text("数据库已关闭。", "The database is closed."))
STARTING = Status("starting", Text("正在启动数据库……", "The database is starting…"))
TRAINING = Status(
    "starting",
    Text("正在为快速启动做一次准备……", "Preparing fast starts, once…"),
)
RESTARTING = Status(
    "restarting",
    Text("数据库意外停止，正在自动重启……", "The database stopped and is being restarted…"),
)


def downloading(done_bytes: int, total_bytes: int, n_files: int) -> Status:
    """Return the status of a download."""
    done, total = done_bytes // 1_000_000, total_bytes // 1_000_000
    return Status(
        "starting",
        Text(
            f"正在下载 Neo4j（{n_files} 个文件，{done}/{total} MB）……",
            f"Downloading Neo4j ({n_files} files, {done} of {total} MB)…",
        ),
        progress=done_bytes / total_bytes if total_bytes else None,
    )
