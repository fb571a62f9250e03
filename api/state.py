"""What one running application holds: the database, the explorer, and how far its start is."""

from __future__ import annotations

import contextlib
import copy
import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request

from api import schemas
from graph.errors import Cancelled, WusheError
from graph.explorer import Explorer
from graph.ingest.sample import load_sample_on_first_start
from graph.progress import Step, heard_by
from graph.questions.beginning import prepare
from graph.questions.overview import overview
from graph.redacted import RedactedExplorer
from graph.sharing.redaction import Redaction
from graph.store.database import Database
from graph.store.errors import StoreError, StoreUnavailable
from graph.text import Text

_log = logging.getLogger("wushe")
_LOADING_SAMPLE = Text("正在载入示例数据……", "Loading the sample data…")
# Where the scope of a request says what is to be hidden from whoever asks.
REDACTION = "wushe.redaction"
_N_REDACTED = 4
_WARMING = Text("正在准备第一批结果……", "Preparing the first answers…")


class ServerState:
    """Starts answering as soon as the database does.

    ``loads_sample`` asks for the sample data to be imported on the very first start.
    """

    def __init__(self, database: Database, *, loads_sample: bool = False) -> None:
        self.database = database
        self._explorer = Explorer(database)
        self._redacted: OrderedDict[Redaction, RedactedExplorer] = OrderedDict()
        self._lock = threading.Lock()
        self._loads_sample = loads_sample
        self._doing: Text | None = None
        self._progress: float | None = None
        self._is_closed = False
        self._error: WusheError | None = None

    def start(self) -> None:
        """Begin, in a thread, what has to be done once the database is ready."""
        self._doing = _WARMING
        threading.Thread(target=self._begin, name="wushe-begin", daemon=True).start()

    def _begin(self) -> None:
        try:
            if self._explorer.is_primed():
                with contextlib.suppress(StoreUnavailable):
                    overview(self._explorer)
                    self._doing = None
            self.database.wait_until_ready()
            if self._loads_sample and not self._explorer.imports():
                self._doing = _LOADING_SAMPLE
                load_sample_on_first_start(self.database)
            with heard_by(self):
                overview(self._explorer)
            self._explorer.save()
            _keep_for_good()
            self._doing = None
            with contextlib.suppress(StoreError):
                prepare(self._explorer)
            _keep_for_good()
        except Cancelled:
            _log.info("start: stopped")
        except WusheError as error:
            self._error = error
            _log.error("start: %s", error)
        finally:
            self._doing = None

    def hear(self, step: Step) -> None:
        """Take note of how far the first answers are."""
        self._doing, self._progress = step.doing, step.share

    def is_cancelled(self) -> bool:
        """Return whether the server is to stop."""
        return self._is_closed

    def close(self) -> None:
        """Write down what the next start can answer from, and close the database."""
        self._is_closed = True
        self._explorer.save()
        self.database.close()

    def health(self) -> schemas.Health:
        """Say whether answers can be had now, and if not, what is going on."""
        status = self.database.status
        state, message, progress = status.state, status.message, status.progress
        if state == "ready" and self._doing is not None:
            state, message, progress = "starting", self._doing, self._progress
        elif state == "ready" and self._error is not None:
            message = self._error.message
        return schemas.Health(
            status=state,
            message=schemas.Text(zh=message.zh, en=message.en),
            progress=progress,
        )

    def redacted(self, redaction: Redaction) -> ServerState:
        """Return the same, with an explorer that hides what ``redaction`` says."""
        with self._lock:
            explorer = self._redacted.get(redaction)
            if explorer is None:
                explorer = self._redacted[redaction] = RedactedExplorer(self._explorer, redaction)
                while len(self._redacted) > _N_REDACTED:
                    self._redacted.popitem(last=False)
        same = copy.copy(self)
        same._explorer = explorer
        return same

    @property
    def explorer(self) -> Explorer:
        """The explorer; raises `StoreUnavailable` while the first answers are being made.

        Where the answers of the last run still hold, it answers before the database is ready.
        """
        if self._doing is not None and self.database.status.state != "failed":
            raise StoreUnavailable("starting", self._doing)
        return self._explorer


def _keep_for_good() -> None:
    """Have the interpreter leave alone what it holds now.

    A city is millions of objects that stay: looking through them for garbage again and again would
    stop every page for half a second.
    """
    gc.collect()
    gc.freeze()


def state_of(request: Request) -> ServerState:
    """Return the state of the application that serves ``request``.

    What a link shares is answered from the data without what the link hides.
    """
    state: ServerState = request.app.state.server
    redaction: Redaction | None = request.scope.get(REDACTION)
    return state.redacted(redaction) if redaction and redaction.hides_anything else state


def explorer_of(request: Request) -> Explorer:
    """Return the explorer; a request that comes too early becomes a 503 problem."""
    return state_of(request).explorer


StateDependency = Annotated[ServerState, Depends(state_of)]
ExplorerDependency = Annotated[Explorer, Depends(explorer_of)]


@contextmanager
def running(state: ServerState) -> Iterator[ServerState]:
    """Start ``state``, and close its database at the end."""
    state.start()
    try:
        yield state
    finally:
        state.close()
