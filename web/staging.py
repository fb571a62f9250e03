"""Uploads between the check and the confirmation, kept so that nobody uploads twice.

Each upload has a folder of its own under the data directory, named by a token that cannot be
guessed. It holds the files as they came and, once applied, the report with its undo button.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT_S = 24 * 3600
N_KEPT = 20
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
NAMES = "names.json"
RESULT = "result.json"


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload: its files, and what came of it once it was applied."""

    token: str
    folder: Path

    def files(self) -> list[tuple[str, bytes]]:
        """Return every file as (name it was uploaded under, content)."""
        names = json.loads((self.folder / NAMES).read_text(encoding="utf-8"))
        return [(name, (self.folder / f"{i}.bin").read_bytes()) for i, name in enumerate(names)]

    def names(self) -> list[str]:
        """Return the names of the files alone."""
        return [str(n) for n in json.loads((self.folder / NAMES).read_text(encoding="utf-8"))]

    def result(self) -> dict[str, Any] | None:
        """Return what was kept with `keep_result`, or None before that."""
        file = self.folder / RESULT
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None

    def keep_result(self, result: dict[str, Any]) -> None:
        """Keep what came of the upload; the files themselves are no longer needed."""
        part = self.folder / f"{RESULT}.part"
        part.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        part.replace(self.folder / RESULT)
        for file in self.folder.glob("*.bin"):
            file.unlink()


class Staging:
    """The folder of all uploads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, files: Sequence[tuple[str, bytes]]) -> Upload:
        """Keep files until they are confirmed; forget old ones, and all but the newest."""
        self._forget_old()
        token = secrets.token_urlsafe(16)
        folder = self.folder / token
        folder.mkdir(parents=True, mode=0o700)
        for i, (_name, content) in enumerate(files):
            (folder / f"{i}.bin").write_bytes(content)
        names = [Path(name.replace("\\", "/")).name for name, _content in files]
        (folder / NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        return Upload(token, folder)

    def get(self, token: str) -> Upload | None:
        """Return an upload by its token, or None where there is none (any more)."""
        folder = self.folder / token
        known = TOKEN.fullmatch(token) and (folder / NAMES).is_file()
        return Upload(token, folder) if known else None

    def _forget_old(self) -> None:
        if not self.folder.is_dir():
            return
        dated = sorted(((f.stat().st_mtime, f) for f in self.folder.iterdir()), reverse=True)
        before = time.time() - KEPT_S
        for i, (changed, folder) in enumerate(dated):
            if i >= N_KEPT - 1 or changed < before:
                shutil.rmtree(folder, ignore_errors=True)
