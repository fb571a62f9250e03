"""The colours of circles carry on both grounds, and differ from one another (WCAG 2.2, 1.4.11)."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
GROUNDS = sorted(
    set(re.findall(r"--ground: (#[0-9a-f]{6})", (WEB / "static" / "wushe.css").read_text()))
)
(_LIST,) = re.findall(
    r"CIRCLE_COLOURS = \[(.*?)\]", (WEB / "src" / "colours.ts").read_text(), re.DOTALL
)
COLOURS = re.findall(r"#[0-9a-f]{6}", _LIST)


def channels(colour: str) -> list[float]:
    return [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", COLOURS)
def test_a_circle_carries_on_both_grounds(colour: str) -> None:
    assert len(GROUNDS) == 2
    assert min(contrast(colour, ground) for ground in GROUNDS) >= 3


def test_no_two_circles_look_alike() -> None:
    assert len(COLOURS) == 9
    for one, other in itertools.combinations(COLOURS, 2):
        apart = sum((a - b) ** 2 for a, b in zip(channels(one), channels(other), strict=True))
        assert apart**0.5 > 0.15, (one, other)
