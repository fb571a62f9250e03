"""Which versions of the store hold the same data: what is kept apart from the data changes none.

Neo4j counts every commit alike. What no result is computed from, such as a scenario that somebody
saves, would make everything be computed anew; so a commit that is known to be of that sort alone
leaves the version as it was. It is known from the numbers of the transactions: none may lie between
what was read before and what was read after but the one that was made.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import threading
from pathlib import Path

FILE = "version.json"
_PREFIX = "FB:"
# One graph, by 16 bytes; its number; no others.
_START, _UUID_BYTES, _END = b"\x91\xcc\x10", 16, b"\x90"
_INTEGERS = {0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8}


class SameData:
    """Versions that hold the same data as an earlier one.

    Shared between processes by a file beside the data. Safe to share between threads.
    """

    def __init__(self, data_dir: Path | None) -> None:
        self._file = data_dir / FILE if data_dir else None
        self.lock = threading.RLock()
        self._same: dict[str, str] = {}

    def earliest(self, version: str) -> str:
        """Return the earliest version known to hold the same data as ``version``."""
        found = self._same.get(version)
        if found is not None:
            return found
        # Who is just writing apart says so before it lets go.
        with self.lock:
            if version not in self._same:
                self._same[version] = self._written(version)
            return self._same[version]

    def holds_what(self, after: str, before: str) -> None:
        """Note that ``after`` holds the same data as ``before``."""
        with self.lock:
            same = self.earliest(before)
            self._same = {after: same}
            if self._file is not None:
                with contextlib.suppress(OSError):
                    part = self._file.with_suffix(".part")
                    part.write_text(json.dumps({"version": after, "same_as": same}), "utf-8")
                    part.replace(self._file)

    def _written(self, version: str) -> str:
        if self._file is not None:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                written = json.loads(self._file.read_text("utf-8"))
                if written["version"] == version:
                    return str(written["same_as"])
        return version


def transaction_number(bookmarks: frozenset[str]) -> int | None:
    """Return the number of the transaction that a driver's bookmarks name.

    None where they name several, or are of a form that is not known; Neo4j promises none.
    """
    if len(bookmarks) != 1:
        return None
    (bookmark,) = bookmarks
    if not bookmark.startswith(_PREFIX):
        return None
    try:
        content = base64.b64decode(bookmark.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        return None
    if not content.startswith(_START) or not content.endswith(_END):
        return None
    number = content[len(_START) + _UUID_BYTES : -len(_END)]
    if len(number) == 1 and number[0] < 0x80:
        return number[0]
    if number and _INTEGERS.get(number[0]) == len(number) - 1:
        return int.from_bytes(number[1:], "big", signed=True)
    return None
