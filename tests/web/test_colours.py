"""The sector colours carry on both grounds and stay apart for colour-blind eyes.

Colour vision is simulated with the matrices of Machado, Oliveira & Fernandes (2009, severity
1.0) on linear RGB; differences are CIEDE2000 (Sharma, Wu & Dalal 2005), checked against three
pairs of that paper's table. A just noticeable difference is about 1 to 2.
"""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import numpy as np
import pytest

from graph.model import SECTORS
from graph.shapes import shape_path
from web.pictures import SHAPE_OF

CSS = (Path(__file__).parents[2] / "web" / "static" / "wushe.css").read_text(encoding="utf-8")
GROUNDS = sorted(set(re.findall(r"--ground: (#[0-9a-f]{6})", CSS)))
MATRICES = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
LEAST_DIFFERENCE = 13.0


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    lighter, darker = sorted((float(linear(c) @ XYZ[1]) for c in (a, b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: np.ndarray) -> tuple[float, float, float]:
    ratio = XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * math.cos(math.radians(h - 30))
        + 0.24 * math.cos(math.radians(2 * h))
        + 0.32 * math.cos(math.radians(3 * h + 6))
        - 0.20 * math.cos(math.radians(4 * h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c, 1 + 0.015 * c * t
    angle = math.radians(60 * math.exp(-(((h - 275) / 25) ** 2)))
    r_t = -2 * math.sqrt(c**7 / (c**7 + 25**7)) * math.sin(angle)
    x, y, z = (l2 - l1) / s_l, (c2 - c1) / s_c, d_h / s_h
    return math.sqrt(x * x + y * y + z * z + r_t * y * z)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_the_difference_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], difference: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(difference, abs=5e-5)


def test_there_are_a_light_and_a_dark_ground() -> None:
    assert len(GROUNDS) == 2


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("sector", SECTORS, ids=lambda s: s.slug)
def test_colours_carry_on_the_ground(sector: object, ground: str) -> None:
    assert contrast(sector.colour, ground) >= 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("eye", MATRICES)
def test_colours_stay_apart(eye: str) -> None:
    seen = {s.slug: lab(MATRICES[eye] @ linear(s.colour)) for s in SECTORS}
    least = min(
        (ciede2000(seen[a], seen[b]), a, b) for a, b in itertools.combinations(sorted(seen), 2)
    )
    assert least[0] >= LEAST_DIFFERENCE, least


def test_each_sector_has_a_shape_of_its_own() -> None:
    assert len({sector.shape for sector in SECTORS}) == len(SECTORS)
    paths = [shape_path(SHAPE_OF[sector.slug]) for sector in SECTORS]
    assert len({*paths, shape_path(None)}) == len(SECTORS) + 1
