"""Ties while they are being drawn: collected, then cleared of what must not be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from graph.city.arrays import (
    RELATION_CODE,
    BoolArray,
    ByteArray,
    IntArray,
    LongArray,
)
from graph.city.pool import NOBODY
from graph.model import RELATIONS

_IS_SYMMETRIC: BoolArray = np.array([r.is_symmetric for r in RELATIONS])


class Draft:
    """Rows of (source, relation, target), and whether a tie lasts to the end."""

    def __init__(self) -> None:
        self._rows: list[tuple[LongArray, LongArray, int, bool]] = []

    def add(
        self, sources: ArrayLike, relation: str, targets: ArrayLike, *, lasts: bool = False
    ) -> None:
        """Add ties end by end; what runs to `NOBODY` or to itself is left out."""
        start, end = np.broadcast_arrays(
            np.asarray(sources, np.int64), np.asarray(targets, np.int64)
        )
        is_tie = (start != NOBODY) & (end != NOBODY) & (start != end)
        self._rows.append((start[is_tie], end[is_tie], RELATION_CODE[relation], lasts))

    def arrays(self) -> tuple[IntArray, ByteArray, IntArray, BoolArray]:
        """Return (sources, relations, targets, lasts) of all ties, each stated once.

        A symmetric relation runs from the lower to the higher position. Time O(m log m).
        """
        nothing = np.empty(0, np.int64)
        sizes = [len(start) for start, _, _, _ in self._rows]
        sources = np.concatenate([nothing, *(start for start, _, _, _ in self._rows)])
        targets = np.concatenate([nothing, *(end for _, end, _, _ in self._rows)])
        codes = np.array([code for _, _, code, _ in self._rows], np.uint8)
        relations = np.repeat(codes, sizes)
        lasts = np.repeat(np.array([lasts for _, _, _, lasts in self._rows], np.bool_), sizes)
        turns = _IS_SYMMETRIC[relations] & (sources > targets)
        sources, targets = np.where(turns, targets, sources), np.where(turns, sources, targets)
        kept = first_of_each(relations, sources, targets)
        return (
            sources[kept].astype(np.int32),
            relations[kept],
            targets[kept].astype(np.int32),
            lasts[kept],
        )


def first_of_each(*columns: Sequence[int] | ByteArray | IntArray | LongArray) -> LongArray:
    """Return the positions of the first row of each different content, in the order of rows."""
    key = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values = np.asarray(column, np.int64)
        key = key * (int(values.max(initial=0)) + 1) + values
    return np.sort(np.unique(key, return_index=True)[1])
