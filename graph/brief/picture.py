"""The picture of an area: who works with whom, in one column for each sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from graph.actor_network import ActorNetwork
from graph.model import SECTORS
from graph.records import Node
from graph.shapes import shape_path
from graph.text import Language

N_IN_COLUMN = 10
WIDTH = 760
_FONT_PX = 11
_LINE_PX = 14
_GAP_PX = 10
_HEAD_PX = 34
_MARK_PX = 22
# Bold letters are about so much wider than those that `_width` measures.
_BOLD = 1.1
_OPENING = "（“《"
_CLOSING = "）”》、，。"


@dataclass(frozen=True, slots=True)
class AreaPicture:
    """An SVG image, and how many of the actors it shows."""

    svg: str
    n_shown: int
    n_actors: int


@dataclass(frozen=True, slots=True)
class _Placed:
    actor: Node
    x: float
    y: float
    lines: tuple[str, ...]


def area_picture(network: ActorNetwork, language: Language) -> AreaPicture:
    """Draw the actors with most partners, at most `N_IN_COLUMN` of a sector, and their ties.

    Colours and shapes are those of the sectors everywhere; names are wrapped, never cut. Actors
    without partners are left out. Time O(n log n + m).
    """
    degrees = network.network.degrees
    columns = []
    for sector in SECTORS:
        members = [
            i for i, a in enumerate(network.actors) if a.sector == sector.slug and degrees[i]
        ]
        members.sort(key=lambda i: (-int(degrees[i]), network.actors[i].name))
        if members:
            columns.append((sector, members[:N_IN_COLUMN]))
    if not columns:
        return AreaPicture("", 0, len(network))
    width = WIDTH / len(columns)
    heads = [wrapped(s.label.get(language), (width - 12) / _BOLD) for s, _ in columns]
    head_px = _HEAD_PX + _LINE_PX * (max(map(len, heads)) - 1)
    placed: dict[int, _Placed] = {}
    height = 0.0
    for at, (_, members) in enumerate(columns):
        y = float(head_px)
        for i in members:
            name = network.actors[i].label().get(language)
            lines = wrapped(name, width - _MARK_PX - 12)
            placed[i] = _Placed(network.actors[i], at * width + 8, y, lines)
            y += len(lines) * _LINE_PX + _GAP_PX
        height = max(height, y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        'font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif" '
        f'font-size="{_FONT_PX}" fill="#1a1a1a">'
    ]
    parts += _ties(network, placed)
    for at, lines in enumerate(heads):
        spans = _spans(lines, at * width + 8)
        parts.append(f'<text y="16" font-weight="bold">{spans}</text>')
    parts += [_node(p) for p in placed.values()]
    parts.append("</svg>")
    return AreaPicture("".join(parts), len(placed), len(network))


def _ties(network: ActorNetwork, placed: dict[int, _Placed]) -> list[str]:
    lines = []
    for i, one in placed.items():
        for j in network.network.neighbours(i).tolist():
            other = placed.get(j)
            if other is None or j <= i:
                continue
            x, y, u, v = one.x + 8, one.y + 7, other.x + 8, other.y + 7
            bend = 40 if abs(x - u) < 1 else 0
            lines.append(
                f'<path d="M{x:.1f} {y:.1f}Q{(x + u) / 2 - bend:.1f} {(y + v) / 2:.1f} '
                f'{u:.1f} {v:.1f}" fill="none" stroke="#9a9a9a" stroke-opacity="0.45"/>'
            )
    return lines


def _node(placed: _Placed) -> str:
    sector = next(s for s in SECTORS if s.slug == placed.actor.sector)
    path = quoteattr(shape_path(sector.shape))
    mark = (
        f'<path transform="translate({placed.x:.1f} {placed.y - 1:.1f})" fill-rule="evenodd" '
        f'd={path} fill="{sector.colour}" stroke="#fff"/>'
    )
    room = max(map(_width, placed.lines))
    ground = (
        f'<rect x="{placed.x + _MARK_PX - 2:.1f}" y="{placed.y:.1f}" width="{room + 4:.1f}" '
        f'height="{len(placed.lines) * _LINE_PX + 2}" fill="#fff" fill-opacity="0.85"/>'
    )
    spans = _spans(placed.lines, placed.x + _MARK_PX)
    return f'{ground}{mark}<text y="{placed.y + 11:.1f}">{spans}</text>'


def _spans(lines: Sequence[str], x: float) -> str:
    return "".join(
        f'<tspan x="{x:.1f}" dy="{_LINE_PX if k else 0}">{escape(line)}</tspan>'
        for k, line in enumerate(lines)
    )


def wrapped(name: str, room_px: float) -> tuple[str, ...]:
    """Break a name into lines of about ``room_px``; Latin words stay whole where they fit."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(name):
        width = _width(piece)
        if line and used + width > room_px:
            lines.append(line.rstrip())
            line, used = "", 0.0
            piece = piece.lstrip()
        line += piece
        used += width
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def _pieces(name: str) -> Sequence[str]:
    """Split into single wide characters, and runs of narrow ones up to a blank.

    What closes stays with what is before it, what opens with what follows.
    """
    pieces: list[str] = []
    for c in name:
        last = pieces[-1][-1] if pieces else ""
        joins = last and not _is_wide(c) and not _is_wide(last) and last != " "
        if joins or (pieces and (c in _CLOSING or last in _OPENING)):
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces


def _is_wide(c: str) -> bool:
    return ord(c) >= 0x2E80


def _width(piece: str) -> float:
    return sum(_FONT_PX if _is_wide(c) else 0.58 * _FONT_PX for c in piece)
