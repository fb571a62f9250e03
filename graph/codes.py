"""The vocabulary of `graph.model` by number: what arrays hold in place of words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.model import AFFILIATION_KINDS, COLUMNS, KINDS, RELATIONS, SECTORS

KIND_SLUGS = (*(k.slug for k in KINDS), *(k.slug for k in AFFILIATION_KINDS))
KIND_CODE = {slug: code for code, slug in enumerate(KIND_SLUGS)}
N_ACTOR_KINDS = len(KINDS)
IS_PERSON: NDArray[np.bool_] = np.array(
    [k.is_person for k in KINDS] + [False] * len(AFFILIATION_KINDS)
)

SECTOR_SLUGS = tuple(s.slug for s in SECTORS)
SECTOR_OF_KIND: NDArray[np.int32] = np.array(
    [SECTOR_SLUGS.index(k.sector) for k in KINDS], np.int32
)
COLUMN_BIT = {c.slug: 1 << position for position, c in enumerate(COLUMNS)}
COLUMN_BIT_OF_KIND: NDArray[np.uint8] = np.array(
    [COLUMN_BIT[k.column] if k.column else 0 for k in KINDS] + [0] * len(AFFILIATION_KINDS),
    np.uint8,
)

RELATION_SLUGS = tuple(r.slug for r in RELATIONS)
RELATION_CODE = {slug: code for code, slug in enumerate(RELATION_SLUGS)}
IS_DIRECT: NDArray[np.bool_] = np.array([r.is_direct for r in RELATIONS])
IS_LEADING: NDArray[np.bool_] = np.array([r.role == "leading" for r in RELATIONS])
HAS_ROLE: NDArray[np.bool_] = np.array([r.role is not None for r in RELATIONS])


def relations_of(mask: int) -> frozenset[str]:
    """Return the relations whose bits are set, bit k standing for the k-th of the model."""
    return frozenset(slug for code, slug in enumerate(RELATION_SLUGS) if mask >> code & 1)
