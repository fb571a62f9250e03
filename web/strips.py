"""The strip of the five 社 around a community, in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping

from graph import model
from web import pictures
from web.render import View


def coverage_strip(view: View, cells: Mapping[str, int | None]) -> str:
    """Return how many of each of the five 社 a community has: a number, none, or unknown."""
    named = [(view.of(c.label), cells.get(c.slug)) for c in model.COLUMNS]
    parts = view.t("list_separator").join(
        f"{label} {view.t('unknown') if n is None else n}" for label, n in named
    )
    return pictures.strip(named, view.t("overview.strip_alt", parts=parts))
