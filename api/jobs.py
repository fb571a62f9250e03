"""Work that takes longer than somebody waits: where it stands, how to stop it, what came of it.

A job is a request that goes on by itself, or a call in a thread of its own. Jobs live in the
memory of the server: what they store is in the database, and a restart ends them.
"""

from __future__ import annotations

import contextvars
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Literal

from graph.errors import Cancelled, NotFound, WusheError
from graph.progress import Step, heard_by
from graph.text import Text

State = Literal["running", "done", "failed", "cancelled"]
KEPT_S = 600.0
_N_KEPT = 200


class JobNotFound(NotFound):
    """No job has this id, or it ended long ago."""

    def __init__(self, job_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有编号为“{job_id}”的任务，或者它早已结束。请重新提出请求。",
                f"There is no job “{job_id}”, or it ended long ago. Ask again.",
            ),
        )


class StillRunning(WusheError):
    """A job has no result yet."""

    def __init__(self) -> None:
        super().__init__(Text("任务还没有完成。", "The job is not done yet."))


class Job:
    """One piece of work. Safe to share between threads.

    ``key`` tells that two ask for the same, ``address`` where the answer can be asked for again.
    """

    def __init__(self, key: Hashable, address: str) -> None:
        self.id = secrets.token_urlsafe(12)
        self.key = key
        self.address = address
        self.step: Step | None = None
        self.result: Any = None
        self.error: BaseException | None = None
        self.ended_at: float | None = None
        self._is_cancelled = False
        self._ended = threading.Event()

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.ended_at is None:
            return "running"
        if isinstance(self.error, Cancelled):
            return "cancelled"
        return "done" if self.error is None else "failed"

    def hear(self, step: Step) -> None:
        """Take note of how far it is."""
        self.step = step

    def is_cancelled(self) -> bool:
        """Return whether somebody asked for its end."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Ask for its end, which comes when it next says how far it is."""
        self._is_cancelled = True

    def end(self, result: Any = None, error: BaseException | None = None) -> None:
        """Write down what came of it."""
        self.result, self.error = result, error
        self.ended_at = time.monotonic()
        self._ended.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for its end; return whether it came in time."""
        return self._ended.wait(timeout_s)


class Jobs:
    """All jobs of a server: those that run, and for ten minutes those that have ended."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, key: Hashable, address: str) -> Job:
        """Add a job that the caller runs, and ends."""
        job = Job(key, address)
        with self._lock:
            self._drop_old()
            self._jobs[job.id] = job
        return job

    def start(self, key: Hashable, address: str, call: Callable[[], Any]) -> Job:
        """Run ``call`` in a thread, unless the same is being done already; return its job."""
        with self._lock:
            found = self._running(key)
            if found:
                return found
            self._drop_old()
            job = Job(key, address)
            self._jobs[job.id] = job
        context = contextvars.copy_context()
        threading.Thread(
            target=context.run, args=(_run, job, call), name=f"job-{job.id}", daemon=True
        ).start()
        return job

    def get(self, job_id: str) -> Job | None:
        """Return a job by its id."""
        with self._lock:
            return self._jobs.get(job_id)

    def of(self, key: Hashable) -> Job | None:
        """Return the newest job for the same, running or ended."""
        with self._lock:
            return next((j for j in reversed(self._jobs.values()) if j.key == key), None)

    def forget(self, job: Job) -> None:
        """Drop a job whose result was handed over."""
        with self._lock:
            self._jobs.pop(job.id, None)

    def cancel_all(self) -> None:
        """Ask for the end of all that runs."""
        with self._lock:
            for job in self._jobs.values():
                job.cancel()

    def _running(self, key: Hashable) -> Job | None:
        return next((j for j in self._jobs.values() if j.key == key and j.ended_at is None), None)

    def _drop_old(self) -> None:
        now = time.monotonic()
        ended = [j for j in self._jobs.values() if j.ended_at is not None]
        for place, job in enumerate(ended):
            is_old = now - (job.ended_at or now) > KEPT_S
            if is_old or len(ended) - place > _N_KEPT:
                del self._jobs[job.id]


def _run(job: Job, call: Callable[[], Any]) -> None:
    try:
        with heard_by(job):
            job.end(call())
    except Exception as error:
        job.end(error=error)
