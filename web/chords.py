"""Which sectors meet through an actor, as chords of a small circle drawn on the server.

The sectors stand at the same places in every picture, so that two of them can be compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from graph.model import SECTORS
from graph.shapes import CENTRE, shape_path

SIZE = 104
RADIUS = 40
WIDEST = 9.0
LOOP = 15
_TURN = 2 * math.pi / len(SECTORS)
PLACES: dict[str, tuple[float, float]] = {
    sector.slug: (math.sin(i * _TURN), -math.cos(i * _TURN)) for i, sector in enumerate(SECTORS)
}
OUTLINES = {sector.slug: shape_path(sector.shape) for sector in SECTORS}


@dataclass(frozen=True, slots=True)
class Chord:
    """The pairs of two sectors, or of one, that meet through an actor; some only through it."""

    sectors: tuple[str, str]
    n_pairs: int
    n_sole: int


def chords(own: str | None, pairs: Sequence[Chord], n_most: int, title: str) -> Markup:
    """Return a circle of the sectors with a chord for each two that meet, the wider the more.

    ``n_most`` pairs make the widest chord; the accented part of one are the pairs without another
    common partner. Sectors that do not meet here are faint; ``own``, the actor's, has a ring.
    """
    lines = []
    for pair in sorted(pairs, key=lambda pair: -pair.n_pairs):
        path = _path(*pair.sectors)
        lines.append(f'<path d="{path}" stroke-width="{_width(pair.n_pairs, n_most):.1f}"/>')
        if pair.n_sole:
            width = _width(pair.n_sole, n_most)
            lines.append(f'<path class="sole" d="{path}" stroke-width="{width:.1f}"/>')
    met = {sector for pair in pairs for sector in pair.sectors}
    marks = [_mark(slug, slug in met or slug == own, slug == own) for slug in PLACES]
    body = f'<g class="lines">{"".join(lines)}</g>{"".join(marks)}'
    return Markup(
        '<svg class="chords" viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img" '
        'aria-label="{1}">{2}</svg>'
    ).format(SIZE, title, Markup(body))  # noqa: S704


def _width(n: int, n_most: int) -> float:
    return 1 + (WIDEST - 1) * n / n_most


def _at(slug: str, radius: float = RADIUS) -> tuple[float, float]:
    x, y = PLACES[slug]
    return SIZE / 2 + radius * x, SIZE / 2 + radius * y


def _path(one: str, other: str) -> str:
    """Return a bow through the middle between two sectors, or a loop for one with itself."""
    (x1, y1), (x2, y2) = _at(one, RADIUS - 4), _at(other, RADIUS - 4)
    if one != other:
        return f"M{x1:.1f} {y1:.1f}Q{SIZE / 2} {SIZE / 2} {x2:.1f} {y2:.1f}"
    inner_x, inner_y = _at(one, RADIUS - 4 - LOOP)
    side_x, side_y = PLACES[one][1] * LOOP / 2, -PLACES[one][0] * LOOP / 2
    return (
        f"M{x1:.1f} {y1:.1f}C{inner_x + side_x:.1f} {inner_y + side_y:.1f} "
        f"{inner_x - side_x:.1f} {inner_y - side_y:.1f} {x1:.1f} {y1:.1f}"
    )


def _mark(slug: str, is_clear: bool, is_own: bool) -> str:
    x, y = _at(slug)
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10"/>' if is_own else ""
    place = f"translate({x - CENTRE:.1f} {y - CENTRE:.1f})"
    faint = "" if is_clear else " faint"
    return (
        f'{ring}<path class="s-{slug}{faint}" transform="{place}" fill-rule="evenodd" '
        f'd="{OUTLINES[slug]}"/>'
    )
