"""Text that people write beside the data: names and notes, taken in as an import takes a cell."""

from __future__ import annotations

import re

from graph.errors import InvalidArgument
from graph.ingest.cells import BadCell, value_of
from graph.text import Text
from graph.workbook import ACTORS

MAX_NAME = 200
MAX_NOTE = 2_000
_NOTE = next(c for c in ACTORS.columns if c.slug == "note")


def checked_text(slug: str, given: str | None, limit: int) -> str | None:
    """Return a text of at most ``limit`` characters without idle blanks; None for an empty one.

    Raises `InvalidArgument` for parameter ``slug`` where it is too long, or holds a phone or
    identity number.
    """
    stripped = re.sub(r"[^\S\n]+", " ", given or "").strip()
    if not stripped:
        return None
    try:
        text = str(value_of(_NOTE, stripped))
    except BadCell as bad:
        raise InvalidArgument(
            slug,
            Text(f"{bad.message.zh}{bad.mend.zh}", f"{bad.message.en} {bad.mend.en}"),
        ) from bad
    if len(text) > limit:
        raise InvalidArgument(
            slug,
            Text(
                f"太长：有 {len(text)} 个字符，上限是 {limit}。",
                f"It is too long: {len(text):,} characters, and {limit:,} is the limit.",
            ),
        )
    return text
