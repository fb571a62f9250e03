"""Ties while they are being drawn: collected, then cleared of what must not be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from graph.city.arrays import BoolArray, ByteArray, IntArray, LongArray
from graph.city.pool import NOBODY
from graph.codes import RELATION_CODE
from graph.model import RELATIONS

_IS_SYMMETRIC: BoolArray = np.array([r.is_symmetric for r in RELATIONS])


@dataclass(frozen=True, slots=True)
class Rows:
    """Ties end by end: positions, the relation's code, whether the tie lasts to the end."""

    sources: IntArray
    relations: ByteArray
    targets: IntArray
    lasts: BoolArray

    def kept(self, rows: LongArray | BoolArray) -> Rows:
        """Return these rows only."""
        return Rows(self.sources[rows], self.relations[rows], self.targets[rows], self.lasts[rows])

    def once(self) -> Rows:
        """Return each tie once, as it is stated first. Time O(m log m)."""
        return self.kept(first_of_each(self.relations, self.sources, self.targets))

    def joined(self, other: Rows) -> Rows:
        """Return these rows and then the others."""
        return Rows(
            np.concatenate((self.sources, other.sources)),
            np.concatenate((self.relations, other.relations)),
            np.concatenate((self.targets, other.targets)),
            np.concatenate((self.lasts, other.lasts)),
        )


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

    def rows(self) -> Rows:
        """Return all ties, each stated once; a symmetric one from the lower position on."""
        nothing = np.empty(0, np.int64)
        sizes = [len(start) for start, _, _, _ in self._rows]
        sources = np.concatenate([nothing, *(start for start, _, _, _ in self._rows)])
        targets = np.concatenate([nothing, *(end for _, end, _, _ in self._rows)])
        codes = np.array([code for _, _, code, _ in self._rows], np.uint8)
        relations = np.repeat(codes, sizes)
        lasts = np.repeat(np.array([lasts for _, _, _, lasts in self._rows], np.bool_), sizes)
        turns = _IS_SYMMETRIC[relations] & (sources > targets)
        return Rows(
            np.where(turns, targets, sources).astype(np.int32),
            relations,
            np.where(turns, sources, targets).astype(np.int32),
            lasts,
        ).once()


def first_of_each(*columns: ByteArray | IntArray | LongArray) -> LongArray:
    """Return the positions of the first row of each different content, in the order of rows."""
    key = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values = np.asarray(column, np.int64)
        key = key * (int(values.max(initial=0)) + 1) + values
    return np.sort(np.unique(key, return_index=True)[1])
