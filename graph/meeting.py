"""Who is tied to whom by meeting: the pairs that affiliations make of their members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.codes import HAS_ROLE, IS_LEADING, KIND_CODE

LongArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of actors, each once for every affiliation they share, sorted by affiliation.

    ``masks`` has the relations of either to the affiliation, as bits by their codes.
    """

    affiliations: LongArray
    sources: LongArray
    targets: LongArray
    weights: NDArray[np.float64]
    masks: LongArray


def pairs_of(
    n_actors: int,
    kinds: NDArray[np.uint8],
    affiliations: LongArray,
    relations: NDArray[np.uint8],
    actors: LongArray,
    max_working_body: int,
    n_members: LongArray | None = None,
) -> Pairs:
    """Return the pairs that share an affiliation, by the rule of `graph.projection.project`.

    Parameters
    ----------
    kinds : kind's code of each affiliation, by its number.
    affiliations, relations, actors : rows of who has which part in which affiliation; an actor
        may have several.
    max_working_body : members up to which those of a mechanism all know each other.
    n_members : how many members each affiliation is said to have; what is listed, if more, counts.

    An affiliation of k actors gives each pair 1/(k-1). Time O(p log p + pairs) for p rows.
    """
    takes_part = HAS_ROLE[relations]
    relations = relations[takes_part]
    key = (affiliations[takes_part] * n_actors + actors[takes_part]) * 2 + ~IS_LEADING[relations]
    order = np.argsort(key, kind="stable")
    key = key[order]
    is_first = np.diff(key >> 1, prepend=-1) != 0
    first_rows = np.flatnonzero(is_first)
    bits = np.left_shift(1, relations[order].astype(np.int64))
    masks = np.bitwise_or.reduceat(bits, first_rows) if len(first_rows) else bits
    member, follows = key[is_first] >> 1, key[is_first] & 1
    meeting, actor = member // n_actors, member % n_actors
    sizes = np.bincount(meeting, minlength=len(kinds))
    stated = sizes if n_members is None else np.maximum(sizes, n_members)
    follows[((kinds == KIND_CODE["Mechanism"]) & (stated <= max_working_body))[meeting]] = 0
    order = np.argsort(meeting * 2 + follows, kind="stable")
    meeting, actor, follows, masks = (a[order] for a in (meeting, actor, follows, masks))
    # Each leading actor is paired with all who stand after it: other leading ones, then the rest.
    ends = np.cumsum(sizes)
    places = np.arange(len(meeting))
    n_after = np.where(follows == 0, ends[meeting] - places - 1, 0)
    first = np.repeat(places, n_after)
    step = np.arange(len(first)) - np.repeat(np.cumsum(n_after) - n_after, n_after)
    second = first + 1 + step
    shared = meeting[first]
    return Pairs(
        shared,
        actor[first],
        actor[second],
        1.0 / (sizes[shared] - 1),
        masks[first] | masks[second],
    )
