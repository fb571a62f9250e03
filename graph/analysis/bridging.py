"""The evidence of brokerage: which pairs meet through an actor, and which only through it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from graph.actor_network import ActorNetwork


@dataclass(frozen=True, slots=True)
class BridgedPairs:
    """The open pairs of two sectors around one actor: pairs of its partners not tied themselves.

    ``pairs`` are all of them, ``sole_pairs`` those with no other common partner, each as indices
    (i, j) into the network, i < j.
    """

    sectors: tuple[str, str]
    pairs: tuple[tuple[int, int], ...]
    sole_pairs: tuple[tuple[int, int], ...]


def bridged_pairs(network: ActorNetwork, actor: int) -> tuple[BridgedPairs, ...]:
    """Return the open pairs around ``actor`` by unordered pair of sectors, most sole pairs first.

    A pair is open if its two ends are partners of the actor and not of each other; the actor is
    its sole broker if they have no other partner in common. Strengths are not used. Time
    O(degree² · smallest degree), memory O(degree²).
    """
    sectors = network.sectors
    partners = sorted(network.neighbours[actor])
    open_pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    sole: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for position, i in enumerate(partners):
        row = network.neighbours[i]
        for j in partners[position + 1 :]:
            if j in row:
                continue
            first, second = sorted((sectors[i], sectors[j]))
            open_pairs[first, second].append((i, j))
            if len(row.keys() & network.neighbours[j].keys()) == 1:
                sole[first, second].append((i, j))
    found = [BridgedPairs(key, tuple(pairs), tuple(sole[key])) for key, pairs in open_pairs.items()]
    return tuple(sorted(found, key=lambda b: (-len(b.sole_pairs), -len(b.pairs), b.sectors)))
