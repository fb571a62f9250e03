"""Which actors and ties are analysed: from what is stored to the actor network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.actor_network import DIRECT, ActorNetwork
from graph.codes import (
    HAS_ROLE,
    IS_DIRECT,
    IS_PERSON,
    KIND_CODE,
    N_ACTOR_KINDS,
    RELATION_CODE,
    SECTOR_OF_KIND,
    SECTOR_SLUGS,
)
from graph.meeting import pairs_of
from graph.records import Records, holds_on


@dataclass(frozen=True, slots=True)
class Projection:
    """The choices that a result depends on; hashable, so that it can key a cache.

    Attributes
    ----------
    as_of : keep what holds on this day (``YYYY-MM-DD``); None keeps everything.
    area : keep the actors of this area (a path) and their direct partners.
    sectors, relations : keep only these; None keeps all.
    fold_persons : a person's ties become those of the team or organisation it belongs to.
    max_working_body : participants of a mechanism are tied among themselves up to this many
        members; beyond it, and in any other affiliation, they know its leading actors only.
    """

    as_of: str | None = None
    area: str | None = None
    sectors: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    fold_persons: bool = True
    max_working_body: int = 12


DEFAULT = Projection()


LongArray = NDArray[np.int64]
_MEMBER_OF = RELATION_CODE["MEMBER_OF"]


def project(records: Records, projection: Projection = DEFAULT) -> ActorNetwork:
    """Return the actor network of ``records`` under ``projection``.

    Direct ties between actors add their strength (1–5). An affiliation of k actors adds 1/(k-1)
    (Newman 2001, Phys. Rev. E 64, 016132, eq. 2) to the tie between each two of its leading actors
    and between each participant and each leading actor; in a mechanism of at most
    ``max_working_body`` members, also between participants. An affiliation of one actor adds
    nothing. Direction is dropped, parallel ties are summed, self-ties are left out, isolates kept.

    A person's ties become those of the first team or organisation, by id, that it is a member of;
    a group that states no number of members gets the number of those folded into it.

    Time is O(n + m + Σ leading·members) over the affiliations, and sorting.
    """
    day = projection.as_of
    nodes = sorted(
        (n for n in records.nodes if day is None or holds_on(n.since, n.until, day)),
        key=lambda n: n.id,
    )
    place = {node.id: i for i, node in enumerate(nodes)}
    ties = [
        t
        for t in records.ties
        if t.start in place and t.end in place and (day is None or holds_on(t.since, t.until, day))
    ]
    found = projected(
        np.array([KIND_CODE[n.kind] for n in nodes], np.uint8),
        np.array([n.n_members or 0 for n in nodes], np.int64),
        [n.area for n in nodes],
        np.array([place[t.start] for t in ties], np.int64),
        np.array([RELATION_CODE[t.relation] for t in ties], np.uint8),
        np.array([place[t.end] for t in ties], np.int64),
        np.array([t.strength for t in ties], np.float64),
        projection,
    )
    actors = [nodes[i] for i in found.actors.tolist()]
    for at in np.flatnonzero(found.n_folded).tolist():
        if actors[at].n_members is None:
            n = int(found.n_folded[at])
            actors[at] = replace(actors[at], n_members=n, n_members_at_least=True)
    affiliations, via = np.unique(found.via, return_inverse=True)
    n_direct = int(DIRECT in affiliations)
    return ActorNetwork(
        actors,
        found.sources,
        found.targets,
        found.weights,
        found.masks,
        via - n_direct,
        [nodes[i].id for i in affiliations.tolist() if i != DIRECT],
    )


@dataclass(frozen=True, slots=True)
class Projected:
    """What is left of nodes and ties by number.

    actors : which nodes are the actors of the network, in order.
    n_folded : how many persons are folded into each of them.
    sources, targets : positions in ``actors`` of the ends of each contribution to a tie.
    weights, masks : what it adds to the strength, and its relations as bits.
    via : the node in which the two meet, -1 for a direct tie.
    """

    actors: LongArray
    n_folded: LongArray
    sources: LongArray
    targets: LongArray
    weights: NDArray[np.float64]
    masks: LongArray
    via: LongArray


def projected(
    kinds: NDArray[np.uint8],
    n_members: LongArray,
    areas: Sequence[str | None],
    starts: LongArray,
    relations: NDArray[np.uint8],
    ends: LongArray,
    strengths: NDArray[np.float64],
    projection: Projection,
) -> Projected:
    """Apply the rule of `project` to columns; ``as_of`` is applied already.

    Parameters
    ----------
    kinds, n_members, areas : of each node, in order of id: code of the kind, members stated or 0,
        path of the area.
    starts, relations, ends, strengths : of each tie: positions of its ends, code of the relation.
    """
    n = len(kinds)
    is_actor = kinds < N_ACTOR_KINDS
    if projection.relations is not None:
        is_wanted = np.zeros(len(IS_DIRECT), np.bool_)
        is_wanted[[RELATION_CODE[r] for r in projection.relations if r in RELATION_CODE]] = True
        kept = is_wanted[relations]
        starts, relations, ends = starts[kept], relations[kept], ends[kept]
        strengths = strengths[kept]
    group = np.arange(n)
    if projection.fold_persons:
        joins = (
            (relations == _MEMBER_OF)
            & IS_PERSON[kinds[starts]]
            & is_actor[ends]
            & ~IS_PERSON[kinds[ends]]
        )
        first = np.full(n, n)
        np.minimum.at(first, starts[joins], ends[joins])
        group = np.where(first < n, first, group)
    one, other = group[starts], group[ends]
    is_direct = is_actor[starts] & is_actor[ends] & IS_DIRECT[relations] & (one != other)
    is_met = (is_actor[starts] != is_actor[ends]) & HAS_ROLE[relations]
    affiliation = np.where(is_actor[starts], ends, starts)[is_met]
    numbers, meeting = np.unique(affiliation, return_inverse=True)
    met = pairs_of(
        max(n, 1),
        kinds[numbers],
        meeting.astype(np.int64),
        relations[is_met],
        np.where(is_actor[starts], one, other)[is_met],
        projection.max_working_body,
        n_members[numbers],
    )
    sources = np.concatenate((one[is_direct], met.sources))
    targets = np.concatenate((other[is_direct], met.targets))
    is_kept = is_actor & (group == np.arange(n))
    if projection.sectors is not None:
        wanted = [s in projection.sectors for s in SECTOR_SLUGS]
        is_kept[is_kept] = np.array(wanted)[SECTOR_OF_KIND[kinds[is_kept]]]
    if projection.area is not None:
        inside = is_kept & [is_within(area, projection.area) for area in areas]
        reached = np.zeros(n, np.bool_)
        reached[targets[inside[sources]]] = True
        reached[sources[inside[targets]]] = True
        is_kept &= inside | reached
    both = is_kept[sources] & is_kept[targets]
    position = np.cumsum(is_kept) - 1
    direct_masks = np.left_shift(1, relations[is_direct].astype(np.int64))
    return Projected(
        np.flatnonzero(is_kept),
        np.bincount(group[group != np.arange(n)], minlength=n)[is_kept],
        position[sources[both]],
        position[targets[both]],
        np.concatenate((strengths[is_direct], met.weights))[both],
        np.concatenate((direct_masks, met.masks))[both],
        np.concatenate((np.full(int(is_direct.sum()), DIRECT), numbers[met.affiliations]))[both],
    )


def is_within(area: str | None, outer: str) -> bool:
    """Return whether the path ``area`` is ``outer`` or lies in it."""
    return area is not None and (area == outer or area.startswith(f"{outer}/"))
