"""Two shares side by side, line by line, drawn as SVG on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

BAR_PX = 12
LINE_PX = 20
PAIR_PX = LINE_PX + 2 * (BAR_PX + 4) + 10
LEGEND_PX = 30
# The bars leave room for the value behind them.
WIDTH_PERCENT = 74


@dataclass(frozen=True, slots=True)
class Pair:
    """Two shares (0 to 1) of one thing, with how they are written; None where not entered."""

    label: str
    one: float | None
    other: float | None
    one_text: str
    other_text: str


def paired_bars(pairs: Sequence[Pair], names: tuple[str, str], title: str) -> Markup:
    """Return one pair of bars for each line: the first side filled, the second outlined.

    What is not entered has no bar but says so, so that it never looks like zero.
    """
    if not pairs:
        return Markup("")
    height = LEGEND_PX + PAIR_PX * len(pairs)
    parts = [_key("first", names[0], 0), _key("second", names[1], 50)]
    for at, pair in enumerate(pairs):
        y = LEGEND_PX + at * PAIR_PX
        parts.append(Markup('<text x="0" y="{}">{}</text>').format(y + 14, pair.label))
        sides = (
            ("first", pair.one, pair.one_text),
            ("second", pair.other, pair.other_text),
        )
        for row, (side, value, text) in enumerate(sides):
            top = y + LINE_PX + row * (BAR_PX + 4)
            parts.append(_bar(side, value, text, top))
    return Markup(
        '<svg class="paired" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(height, title, Markup("").join(parts))


def _key(side: str, name: str, x_percent: int) -> Markup:
    return Markup(
        '<svg x="{}%" y="0" width="50%" height="24" overflow="visible">'
        '<rect class="{}" x="1" y="4" width="18" height="{}"/>'
        '<text x="26" y="15">{}</text></svg>'
    ).format(x_percent, side, BAR_PX, name)


def _bar(side: str, value: float | None, text: str, top: int) -> Markup:
    if value is None:
        return Markup('<text class="undefined" x="0" y="{}">{}</text>').format(
            top + BAR_PX - 1, text
        )
    width = WIDTH_PERCENT * min(1.0, max(0.0, value))
    bar = Markup('<rect class="{}" x="0" y="{}" width="{:.2f}%" height="{}"/>').format(
        side, top, width, BAR_PX
    )
    # Nothing found is a line at the start, which nothing entered has not.
    start = Markup('<line x1="0.5" x2="0.5" y1="{}" y2="{}"/>').format(top, top + BAR_PX)
    label = Markup('<svg x="{:.2f}%" y="{}" overflow="visible"><text x="7" y="{}">{}</text></svg>')
    return bar + start + label.format(width, top, BAR_PX - 1, text)
