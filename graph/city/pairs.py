"""Who is tied to whom by meeting: the pairs that affiliations make of their members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.city.arrays import KIND_CODE, BoolArray, ByteArray, LongArray
from graph.model import RELATIONS

IS_LEADING: BoolArray = np.array([r.role == "leading" for r in RELATIONS])
IS_DIRECT: BoolArray = np.array([r.is_direct for r in RELATIONS])
HAS_ROLE: BoolArray = np.array([r.role is not None for r in RELATIONS])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of actors, each once for every affiliation they share, sorted by affiliation."""

    affiliations: LongArray
    sources: LongArray
    targets: LongArray
    weights: NDArray[np.float64]


def pairs_of(
    n_actors: int,
    kinds: ByteArray,
    affiliations: LongArray,
    relations: ByteArray,
    actors: LongArray,
    max_working_body: int,
) -> Pairs:
    """Return the pairs that share an affiliation, by the rule of `graph.projection.project`.

    Parameters
    ----------
    kinds : kind's code of each affiliation, by its number.
    affiliations, relations, actors : rows of who has which part in which affiliation; an actor
        may have several.
    max_working_body : members up to which those of a mechanism all know each other.

    An affiliation of k actors gives each pair 1/(k-1). Time O(p log p + pairs) for p rows.
    """
    takes_part = HAS_ROLE[relations]
    follows = (~IS_LEADING[relations[takes_part]]).astype(np.int64)
    key = (affiliations[takes_part] * n_actors + actors[takes_part]) * 2 + follows
    key.sort()
    is_first = np.diff(key >> 1, prepend=-1) != 0
    member, follows = key[is_first] >> 1, key[is_first] & 1
    meeting, actor = member // n_actors, member % n_actors
    sizes = np.bincount(meeting, minlength=len(kinds))
    follows[((kinds == KIND_CODE["Mechanism"]) & (sizes <= max_working_body))[meeting]] = 0
    order = np.argsort(meeting * 2 + follows, kind="stable")
    meeting, actor, follows = meeting[order], actor[order], follows[order]
    # Each leading actor is paired with all who stand after it: other leading ones, then the rest.
    ends = np.cumsum(sizes)
    places = np.arange(len(meeting))
    n_after = np.where(follows == 0, ends[meeting] - places - 1, 0)
    first = np.repeat(places, n_after)
    step = np.arange(len(first)) - np.repeat(np.cumsum(n_after) - n_after, n_after)
    shared = meeting[first]
    return Pairs(shared, actor[first], actor[first + 1 + step], 1.0 / (sizes[shared] - 1))
