"""The patterns of lines: every relation has one, and no two look alike."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from graph.model import RELATIONS
from web.map import LINES


def test_every_relation_has_exactly_one_pattern() -> None:
    counts = Counter(relation for line in LINES for relation in line.relations)
    assert counts == {relation.slug: 1 for relation in RELATIONS}


def test_no_two_patterns_look_alike() -> None:
    shares = []
    for line in LINES:
        assert len(line.dash) in {0, 2, 4}
        shares.append((len(line.dash), max(line.dash, default=0)))
    assert len(set(shares)) == len(LINES)
    strokes = sorted(longest for n, longest in shares if n == 2)
    assert all(b >= 2 * a for a, b in pairwise(strokes))
