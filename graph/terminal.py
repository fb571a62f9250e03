"""What the command line prints: tables that line up in Chinese too, lists, progress."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TextIO

from graph.store.status import Status
from graph.text import Language

Cell = str | int | float | None


def width(text: str) -> int:
    """Return how many terminal columns a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shown(cell: Cell) -> str:
    """Return a cell as a person reads it: undefined is a dash, three digits after the point."""
    if cell is None:
        return "—"
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".")
    return str(cell)


def table(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return an aligned table; numbers stand to the right, the last column may be long."""
    if not rows:
        return ""
    texts = [[shown(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(headers, *texts, strict=True)]
    is_number = [
        all(isinstance(row[i], (int, float)) or row[i] is None for row in rows)
        for i in range(len(headers))
    ]
    lines = []
    for line in (list(headers), *texts):
        cells = []
        for i, cell in enumerate(line):
            fill = " " * (widths[i] - width(cell))
            cells.append(fill + cell if is_number[i] else cell + fill)
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * w for w in widths))
    return "\n".join(lines)


def csv_text(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return rows as CSV; undefined is empty, numbers are in full."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return stream.getvalue().rstrip("\n")


def json_text(document: Any) -> str:
    """Return a document as JSON with Chinese as it is."""
    return json.dumps(document, ensure_ascii=False, indent=2)


class StatusLine:
    """Shows what the database is doing, on one line of a terminal or on a few lines of a log."""

    def __init__(
        self, language: Language, stream: TextIO | None = None, *, shows_failure: bool = False
    ) -> None:
        """Write to ``stream``, standard error by default.

        ``shows_failure`` where nobody else says what made the start fail.
        """
        self._language = language
        self._shows_failure = shows_failure
        self._stream = stream or sys.stderr
        self._shown = ""

    def __call__(self, status: Status) -> None:
        """Show ``status``; a log gets a line where the sentence or a fifth of the way is new."""
        if status.state == "failed" and not self._shows_failure:
            return
        message = status.message.get(self._language)
        if self._stream.isatty():
            text = message
            if status.progress is not None:
                n_done = round(30 * status.progress)
                text = f"{'█' * n_done}{'░' * (30 - n_done)} {message}"
            self._stream.write(f"\r\x1b[K{text}")
            if status.state == "ready":
                self._stream.write("\r\x1b[K")
        else:
            step = message if status.progress is None else f"{int(5 * status.progress)}"
            # Where nothing had to be waited for, there is nothing to say.
            is_news = step != self._shown and (self._shown or status.state != "ready")
            if is_news and status.state != "stopped":
                self._stream.write(f"{message}\n")
            self._shown = step
        self._stream.flush()
