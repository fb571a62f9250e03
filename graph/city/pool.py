"""Choosing partners: by weight, among those who are near."""

from __future__ import annotations

import numpy as np

from graph.city.arrays import Areas, IntArray, LongArray
from graph.city.chance import Chance

NOBODY = -1


class Pool:
    """Actors to choose from, each with a chance in proportion to its weight."""

    def __init__(
        self, tree: Areas, members: LongArray, areas: IntArray, weights: LongArray
    ) -> None:
        """Hold ``members``, positions of actors; ``areas`` and ``weights`` are of all actors."""
        order = members[np.argsort(areas[members], kind="stable")]
        self._tree = tree
        self._members = order
        self._sums = np.concatenate(([0], np.cumsum(weights[order])))
        codes = np.arange(len(tree))
        self._low = self._sums[np.searchsorted(areas[order], codes)]
        self._high = self._sums[np.searchsorted(areas[order], tree.ends)]

    def near(
        self,
        chance: Chance,
        areas: IntArray | LongArray,
        shares: tuple[float, ...] = (1.0,),
        *,
        climbs: bool = True,
    ) -> LongArray:
        """Return one member for each of ``areas``, `NOBODY` where there is none.

        With the probability ``shares[k]`` it is chosen in the area k levels up; where nobody is
        there it is looked for further up, unless ``climbs`` is false.
        """
        scope = np.asarray(areas, np.int64)
        if not len(self._members):
            return np.full(len(scope), NOBODY)
        steps = chance.steps(len(scope), shares)
        for up in range(1, len(shares)):
            scope = np.where(steps >= up, self._tree.parents[scope], scope)
        while climbs:
            is_empty = (self._low[scope] == self._high[scope]) & (scope > 0)
            if not is_empty.any():
                break
            scope = np.where(is_empty, self._tree.parents[scope], scope)
        sizes = self._high[scope] - self._low[scope]
        drawn = self._low[scope] + chance.below(sizes)
        found = np.searchsorted(self._sums, drawn, side="right") - 1
        found = np.minimum(found, len(self._members) - 1)
        return np.where(sizes > 0, self._members[found], NOBODY)
