"""Rows kept from run to run, for as long as the stored data stay the same.

A cold Neo4j takes seconds to plan and run the dozen statements behind the first page. Their rows
are written down when the product stops, with the version of the data they were read from; at the
next start they are there before Neo4j is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import time
from typing import Any

from graph.cypher import statement, statements
from graph.store.database import Database, Row
from graph.store.errors import StoreError, StoreUnavailable

FILE = "answers.json"
_SAME_MOMENT_S = 1.0


class KeptRows:
    """The rows of read statements with their parameters, by the version of the data.

    Only for the managed Neo4j, whose version is known before it runs; elsewhere rows are kept
    in memory. Safe to share between threads.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file = database.data_dir / FILE if database.data_dir else None
        self._lock = threading.RLock()
        self._version = ""
        self._rows: dict[str, list[Row]] = {}
        self._read_at: dict[str, tuple[int, int]] = {}
        self._is_saved = True
        self._load()

    def read(self, name: str, /, **parameters: Any) -> list[Row]:
        """Return the rows of the statement ``name``; do not change them."""
        key = _key(name, parameters)
        version = self._database.version()
        with self._lock:
            if version != self._version:
                self._version, self._rows = version, {}
            if key in self._rows:
                return self._rows[key]
        rows = self._database.read(name, **parameters)
        # Data that changed meanwhile must not be kept under the older version.
        if self._database.version() == version:
            with self._lock:
                if self._version == version:
                    self._rows[key] = rows
                    self._is_saved = False
        return rows

    def has(self, name: str, /, **parameters: Any) -> bool:
        """Return whether the rows of a statement are there without asking the database."""
        version, key = self._database.version(), _key(name, parameters)
        with self._lock:
            return version == self._version and key in self._rows

    def read_now(self, name: str, /) -> list[Row]:
        """Return the rows of a statement as they are now; those kept while there is no database.

        For what people write beside the data, which leaves the version of the data as it is. What
        this process writes is seen at once, what another one does within a second.
        """
        moment = (self._database.n_written_apart, int(time.monotonic() / _SAME_MOMENT_S))
        with self._lock:
            if self._read_at.get(name) == moment and name in self._rows:
                return self._rows[name]
        try:
            rows = self._database.read(name)
        except StoreUnavailable:
            return self.read(name)
        with self._lock:
            self._read_at[name] = moment
            if self._rows.get(name) != rows:
                self._rows[name] = rows
                self._is_saved = False
        return rows

    def is_current(self) -> bool:
        """Return whether rows are there that fit the data as they are now."""
        try:
            return bool(self._rows) and self._database.version() == self._version
        except StoreError:
            return False

    def save(self) -> None:
        """Write the rows down, for this user alone; a disk that refuses costs only speed."""
        with self._lock, contextlib.suppress(OSError):
            if self._file is None or self._is_saved or not self._rows:
                return
            document = {
                "statements": _digest(),
                "version": self._version,
                "rows": self._rows,
            }
            part = self._file.with_suffix(".part")
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as stream:  # noqa: PTH123
                json.dump(document, stream, ensure_ascii=False)
            part.replace(self._file)
            self._is_saved = True

    def _load(self) -> None:
        if self._file is None:
            return
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            document = json.loads(self._file.read_text(encoding="utf-8"))
            if document["statements"] == _digest():
                self._version, self._rows = document["version"], dict(document["rows"])


def _key(name: str, parameters: dict[str, Any]) -> str:
    return f"{name} {json.dumps(parameters, sort_keys=True)}" if parameters else name


def _digest() -> str:
    """Tell the statements of this release from those of another."""
    texts = (statement(name).text for name in statements() if name.startswith(("read.", "gaps.")))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
