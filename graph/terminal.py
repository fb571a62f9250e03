"""What the command line prints: tables that line up in Chinese too, lists, progress."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TextIO

from graph.spreadsheet import safe_cell
from graph.store.status import Status
from graph.text import Language, Text

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
    """Return rows as CSV; undefined is empty, numbers are in full, no text is a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([safe_cell(header) for header in headers])
    writer.writerows(
        ["" if c is None else safe_cell(c) if isinstance(c, str) else c for c in row]
        for row in rows
    )
    return stream.getvalue().rstrip("\n")


def json_text(document: Any) -> str:
    """Return a document as JSON with Chinese as it is."""
    return json.dumps(document, ensure_ascii=False, indent=2)


class ProgressLine:
    """Shows what is being done, on one line of a terminal or on a few lines of a log."""

    def __init__(self, language: Language, stream: TextIO | None = None) -> None:
        """Write to ``stream``, standard error by default."""
        self._language = language
        self._stream = stream or sys.stderr
        self._shown = ""

    def show(self, message: Text, progress: float | None = None) -> None:
        """Show a step, and the part of it that is done, from 0 to 1, where it can be known.

        A log gets a line where the sentence or a fifth of the way is new.
        """
        sentence = message.get(self._language)
        if self._stream.isatty():
            bar = ""
            if progress is not None:
                n_done = round(30 * progress)
                bar = f"{'█' * n_done}{'░' * (30 - n_done)} "
            self._stream.write(f"\r\x1b[K{bar}{sentence}")
        else:
            step = sentence if progress is None else f"{int(5 * progress)}"
            if step != self._shown:
                self._stream.write(f"{sentence}\n")
            self._shown = step
        self._stream.flush()

    def clear(self) -> None:
        """Leave the line of a terminal empty for what comes next."""
        if self._stream.isatty():
            self._stream.write("\r\x1b[K")
            self._stream.flush()


class StatusLine(ProgressLine):
    """Shows what the database is doing."""

    def __init__(
        self, language: Language, stream: TextIO | None = None, *, shows_failure: bool = False
    ) -> None:
        """Write to ``stream``, standard error by default.

        ``shows_failure`` where nobody else says what made the start fail.
        """
        super().__init__(language, stream)
        self._shows_failure = shows_failure

    def __call__(self, status: Status) -> None:
        """Show ``status``; a log hears nothing where nothing had to be waited for."""
        if status.state == "failed" and not self._shows_failure:
            return
        is_news = status.state != "stopped" and (status.state != "ready" or bool(self._shown))
        if self._stream.isatty() or is_news:
            self.show(status.message, status.progress)
        if status.state == "ready":
            self.clear()
