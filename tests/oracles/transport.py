"""The best distribution of offers over needs, by trying all in whole units."""

from __future__ import annotations

from collections.abc import Sequence


def best_value(
    pairs: Sequence[tuple[int, int, float]], asked: Sequence[int], given: Sequence[int]
) -> float:
    """Return the largest Σ share · (n + value) over whole-unit distributions.

    ``pairs`` are (need, offer, value); n is the number of needs with a pair. Exponential.
    """
    n = len({need for need, _, _ in pairs})

    def best(place: int, left: tuple[int, ...], stock: tuple[int, ...]) -> float:
        if place == len(pairs):
            return 0.0
        need, offer, value = pairs[place]
        found = 0.0
        for units in range(min(left[need], stock[offer]) + 1):
            rest = best(
                place + 1,
                tuple(x - units * (k == need) for k, x in enumerate(left)),
                tuple(x - units * (k == offer) for k, x in enumerate(stock)),
            )
            found = max(found, units / asked[need] * (n + value) + rest)
        return found

    return best(0, tuple(asked), tuple(given))
