"""What is shown of an actor's brokerage: its pairs by sector, and the pair that tells most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graph.actor_network import ActorNetwork
from graph.analysis.bridging import BridgingProfile, open_pairs, sole_pairs


@dataclass(frozen=True, slots=True)
class BridgedSectors:
    """How many open pairs of two sectors meet at an actor, and how many only there.

    ``groups`` are the two sectors as the groups of the array network.
    """

    sectors: tuple[str, str]
    groups: tuple[int, int]
    n_pairs: int
    n_sole: int


def bridged_sectors(
    network: ActorNetwork, profile: BridgingProfile, actor: int
) -> tuple[BridgedSectors, ...]:
    """Return the pairs of sectors that meet at an actor, most sole pairs first."""
    names = network.network.group_names
    found = [
        BridgedSectors((min(names[g], names[h]), max(names[g], names[h])), (g, h), n_pairs, n_sole)
        for (g, h), n_pairs, n_sole in profile.entries(actor)
    ]
    return tuple(sorted(found, key=lambda b: (-b.n_sole, -b.n_pairs, b.sectors)))


def met_pairs(
    network: ActorNetwork, bridged: Sequence[BridgedSectors], actor: int
) -> Iterator[tuple[int, int, bool]]:
    """Yield every pair that meets at an actor, and whether only there, as (i, j, is_sole).

    By sectors in the order of ``bridged``, its `bridged_sectors`; of two sectors first the pairs
    that meet only there, each part in order. Lazy, as `open_pairs`.
    """
    for b in bridged:
        for i, j in sole_pairs(network.network, actor, b.groups):
            yield i, j, True
        # Both come in the same order, so that one passes along the other.
        sole = sole_pairs(network.network, actor, b.groups)
        known = next(sole, None)
        for pair in open_pairs(network.network, actor, b.groups):
            if pair == known:
                known = next(sole, None)
            else:
                yield *pair, False


def telling_pair(
    network: ActorNetwork, bridged: Sequence[BridgedSectors], actor: int
) -> tuple[int, int] | None:
    """Return the sole pair of an actor that tells most about it; None where it has none.

    Single actors before groups of them, a community and an enterprise before two other sectors,
    two sectors before one; then by the order of ``bridged``, its `bridged_sectors`. Found without
    listing the others.
    """
    ordered = sorted(
        (b for b in bridged if b.n_sole),
        key=lambda b: (b.sectors != ("community", "enterprise"), b.sectors[0] == b.sectors[1]),
    )
    is_single = np.zeros(len(network), np.bool_)
    partners = network.network.neighbours(actor)
    is_single[partners] = [not network.actors[j].is_group for j in partners.tolist()]

    def pairs(among: NDArray[np.bool_] | None) -> Iterator[tuple[int, int]]:
        return chain.from_iterable(
            sole_pairs(network.network, actor, b.groups, among) for b in ordered
        )

    return next(chain(pairs(is_single), pairs(None)), None)
