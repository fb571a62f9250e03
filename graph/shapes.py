"""The shapes that mark sectors beside their colours, as outlines for any picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from graph.model import Shape

SIDES: dict[Shape, tuple[int, float]] = {
    "square": (4, 45),
    "diamond": (4, 0),
    "triangle": (3, 0),
    "hexagon": (6, 30),
    "pentagon": (5, 0),
}
RADIUS = 7.0
CENTRE = 8.0


def shape_path(shape: Shape | None) -> str:
    """Return the outline of a shape in a box of 16 × 16; None is the ring of an affiliation."""
    if shape is None:
        return f"{_circle(6.6)}{_circle(3.6)}"
    if shape == "circle":
        return _circle(6.4)
    if shape == "star":
        radii = [RADIUS if i % 2 == 0 else RADIUS * 0.45 for i in range(10)]
        return _polygon([(r, 36.0 * i) for i, r in enumerate(radii)])
    sides, turn = SIDES[shape]
    radius = RADIUS * 1.1 if shape == "square" else RADIUS
    return _polygon([(radius, turn + 360 / sides * i) for i in range(sides)])


def _circle(radius: float) -> str:
    """Return a circle as a path."""
    start = f"M{CENTRE - radius:g} {CENTRE:g}"
    half = f"a{radius:g} {radius:g} 0 1 0"
    return f"{start}{half} {2 * radius:g} 0{half} {-2 * radius:g} 0Z"


def _polygon(corners: Sequence[tuple[float, float]]) -> str:
    """Return a closed path through corners given by radius and degrees clockwise from the top."""
    points = (
        (CENTRE + r * math.sin(math.radians(a)), CENTRE - r * math.cos(math.radians(a)))
        for r, a in corners
    )
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"
