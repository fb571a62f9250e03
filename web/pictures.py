"""Small pictures beside the numbers: SVG drawn on the server, each with its words.

Colours come from classes (``s-government`` …, see `sectors_css`), so that no picture carries a
style of its own and the same sector looks the same everywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from graph.model import SECTORS, Shape
from graph.shapes import CENTRE, shape_path

ROOM = 28
LINE = 15
_PARTS = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]{1,28}\s*|\s+")


SHAPE_OF: dict[str | None, Shape] = {sector.slug: sector.shape for sector in SECTORS}


@cache
def mark(sector: str | None) -> Markup:
    """Return a sector's mark: its shape in its colour. Words stand beside it."""
    return Markup(
        '<svg class="mark s-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        '<path fill-rule="evenodd" d="{}"/></svg>'
    ).format(sector or "none", shape_path(SHAPE_OF.get(sector)))


def sectors_css() -> str:
    """Return the sector colours as a style sheet, the one place where they meet the pages."""
    rules = [f".s-{sector.slug}{{--sector:{sector.colour}}}" for sector in SECTORS]
    return "\n".join((*rules, ".s-none{--sector:var(--muted)}")) + "\n"


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: a sector, its count and what to call it."""

    sector: str | None
    n: int
    label: str


def share_bar(shares: Sequence[Share], title: str) -> Markup:
    """Return one bar divided by sector, each part marked by its shape where there is room."""
    total = sum(share.n for share in shares)
    if not total:
        return Markup("")
    parts = []
    start = 0.0
    for share in shares:
        width = 100 * share.n / total
        parts.append(
            Markup(
                '<rect class="fill s-{}" x="{:.3f}%" y="0" width="{:.3f}%" height="24">'
                "<title>{}: {}</title></rect>"
            ).format(share.sector or "none", start, width, share.label, share.n)
        )
        if width > 5:
            parts.append(
                Markup(
                    '<svg class="on-fill" x="{:.3f}%" y="4" width="16" height="16" '
                    'overflow="visible"><path transform="translate(6 0)" d="{}"/></svg>'
                ).format(start, shape_path(SHAPE_OF.get(share.sector)))
            )
        start += width
    return Markup(
        '<svg class="bar" width="100%" height="24" role="img" aria-label="{}">{}</svg>'
    ).format(title, Markup("").join(parts))


def pair_bar(sectors: tuple[str, str], n: int, n_sole: int, n_most: int) -> Markup:
    """Return the pairs of two sectors as a bar, the sole ones filled. Words stand beside it."""
    scale = 100 / n_most if n_most else 0
    return Markup(
        '<svg class="pair-bar" width="100%" height="12" aria-hidden="true">'
        '<rect class="track" x="0" y="1" width="{:.2f}%" height="10"/>'
        '<rect class="fill s-{}" x="0" y="1" width="{:.2f}%" height="5"/>'
        '<rect class="fill s-{}" x="0" y="6" width="{:.2f}%" height="5"/></svg>'
    ).format(n * scale, sectors[0], n_sole * scale, sectors[1], n_sole * scale)


def spread(own: float, largest: float, bins: Sequence[int], title: str) -> Markup:
    """Return how the values of many are spread, and where one of them lies.

    ``bins`` are counts in equal steps of a square-root scale from nought to ``largest``; a column
    grows with the logarithm of its count, so that a single one can be seen beside thousands.
    """
    tallest = math.log1p(max(bins, default=0)) or 1.0
    width = 92 / len(bins)
    columns = []
    for i, n in enumerate(bins):
        if n:
            top = 17 - 15 * math.log1p(n) / tallest
            columns.append(f"M{4 + i * width:.2f} 20V{top:.1f}h{width * 0.8:.2f}V20z")
    place = 4 + 92 * (math.sqrt(min(max(own, 0) / largest, 1)) if largest else 0)
    return Markup(
        '<svg class="spread" width="100%" height="30" role="img" aria-label="{}">'
        '<svg width="100%" height="30" viewBox="0 0 100 30" preserveAspectRatio="none">'
        '<path d="{}"/></svg>'
        '<line class="axis" x1="4%" x2="96%" y1="20.5" y2="20.5"/>'
        '<circle cx="{:.1f}%" cy="20.5" r="5"/></svg>'
    ).format(title, "".join(columns), place)


def among(own: float, quartiles: tuple[float, float, float], largest: float) -> Markup:
    """Return where a value lies between nought and the largest, on a square-root scale.

    The box holds the middle half of all, the line in it their middle. Words stand beside it.
    """
    scale = 1 / largest if largest else 0.0
    low, middle, high, place = (
        6 + 88 * math.sqrt(min(max(x, 0.0) * scale, 1.0)) for x in (*quartiles, own)
    )
    return Markup(
        '<svg class="among" width="100%" height="12" aria-hidden="true">'
        '<line class="axis" x1="6%" x2="94%" y1="6" y2="6"/>'
        '<rect x="{:.1f}%" y="3" width="{:.1f}%" height="6"/>'
        '<line x1="{:.1f}%" x2="{:.1f}%" y1="1.5" y2="10.5"/>'
        '<circle cx="{:.1f}%" cy="6" r="4"/></svg>'
    ).format(low, high - low, middle, middle, place)


def portion(share: float) -> Markup:
    """Return a share from 0 to 1 as a bar in a track. Words stand beside it."""
    return Markup(
        '<svg class="portion" width="100%" height="8" aria-hidden="true">'
        '<rect class="track" width="100%" height="8"/><rect width="{:.1f}%" height="8"/></svg>'
    ).format(100 * min(max(share, 0.0), 1.0))


def strip(cells: Sequence[tuple[str, int | None]], title: str) -> Markup:
    """Return five boxes, one per 社: filled, hatched where empty, dotted where unknown."""
    boxes = []
    for i, (_label, n) in enumerate(cells):
        state = "unknown" if n is None else "filled" if n else "empty"
        boxes.append(
            Markup(
                '<rect class="{0}" x="{1}" y="1" width="22" height="18"/>'
                '<text x="{2}" y="14">{3}</text>'
            ).format(state, 1 + 24 * i, 12 + 24 * i, "?" if n is None else n)
        )
    return Markup(
        '<svg class="strip" viewBox="0 0 122 20" width="122" height="20" role="img" '
        'aria-label="{}">{}</svg>'
    ).format(title, Markup("").join(boxes))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One actor around the centre of an ego picture."""

    sector: str | None
    label: str
    href: str


def ego(centre: Neighbour, around: Sequence[Neighbour], title: str) -> Markup:
    """Return an actor in the middle and its partners in an ellipse around it, by sector."""
    labels = {member: _lines(member.label) for member in around}
    row = 5 + LINE * max((len(lines) for lines in labels.values()), default=1)
    width, height = 720, 72 + max(160, row * ((len(around) + 1) // 2))
    cx, cy = width / 2, height / 2
    rx, ry = 150.0, height / 2 - 30
    order = {sector.slug: i for i, sector in enumerate(SECTORS)}
    ordered = sorted(around, key=lambda n: (order.get(n.sector or "", 99), n.label))
    n_right = (len(ordered) + 1) // 2
    sides = ((ordered[:n_right], 1), (ordered[n_right:][::-1], -1))
    lines, nodes = [], []
    for members, side in sides:
        for i, member in enumerate(members):
            t = (i + 0.5) / len(members) * 2 - 1
            y = cy + t * ry
            x = cx + side * rx * math.sqrt(max(0.0, 1 - (t * 0.86) ** 2))
            lines.append(
                Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
                    cx, cy, x, y
                )
            )
            nodes.append(
                Markup(
                    '<a href="{}" class="s-{}"><title>{}</title>'
                    '<path transform="translate({:.1f} {:.1f})" fill-rule="evenodd" d="{}"/>'
                    '<text y="{:.1f}" text-anchor="{}">{}</text></a>'
                ).format(
                    member.href,
                    member.sector or "none",
                    member.label,
                    x - CENTRE,
                    y - CENTRE,
                    shape_path(SHAPE_OF.get(member.sector)),
                    y + 4.5 - LINE * (len(labels[member]) - 1) / 2,
                    "start" if side > 0 else "end",
                    Markup("").join(
                        Markup('<tspan x="{:.1f}" dy="{}">{}</tspan>').format(
                            x + side * 12, LINE if at else 0, line
                        )
                        for at, line in enumerate(labels[member])
                    ),
                )
            )
    middle = Markup(
        '<g class="s-{}"><path transform="translate({:.1f} {:.1f}) scale(1.6)" '
        'fill-rule="evenodd" d="{}"/></g>'
    ).format(
        centre.sector or "none",
        cx - CENTRE * 1.6,
        cy - CENTRE * 1.6,
        shape_path(SHAPE_OF.get(centre.sector)),
    )
    return Markup(
        '<svg class="ego" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        '<g class="lines">{}</g>{}{}</svg>'
    ).format(width, height, title, Markup("").join(lines), Markup("").join(nodes), middle)


def _lines(label: str) -> list[str]:
    """Break a label into lines that fit its side, between words or wide characters.

    Nothing is cut: a name ends up whole, in print too. Wide characters count twice.
    """
    lines, room = [""], ROOM
    for part in _PARTS.findall(label):
        size = sum(2 if ord(character) > 0x2E80 else 1 for character in part)
        if size > room and lines[-1]:
            lines.append("")
            room = ROOM
        lines[-1] += part
        room -= size
    return [line.strip() for line in lines]
