"""What lies in an area and what lacks a fact, counted record by record without a tree."""

from __future__ import annotations

from collections.abc import Iterable


def is_in(path: str | None, area: str) -> bool:
    """Return whether a path is an area or lies in it; '' is everything."""
    if not area:
        return True
    parts, outer = (path or "").split("/"), area.split("/")
    return parts[: len(outer)] == outer


def n_touching(ends: Iterable[tuple[str | None, str | None, bool]], area: str) -> tuple[int, int]:
    """Return how many ties, given as areas of their ends and whether a fact is missing, touch an
    area, and how many of these lack the fact."""
    found = [missing for one, other, missing in ends if is_in(one, area) or is_in(other, area)]
    return len(found), sum(found)
