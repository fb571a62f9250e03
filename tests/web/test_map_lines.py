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
    """They differ in the number of strokes, or one stroke is twice as long as the other."""
    assert {len(line.dash) for line in LINES} == {0, 2, 4}
    assert len({line.dash for line in LINES}) == len(LINES)
    single = sorted(line.dash[0] for line in LINES if len(line.dash) == 2)
    assert all(longer >= 2 * shorter for shorter, longer in pairwise(single))
