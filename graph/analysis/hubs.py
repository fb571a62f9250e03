"""Hub organisations: who brings different sectors together, and who is like a given hub."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from graph.actor_network import ActorNetwork
from graph.analysis.bridging import BridgedPairs, bridged_pairs


@dataclass(frozen=True, slots=True)
class HubProfile:
    """What makes an actor a hub, each on its own scale.

    liaison : open pairs of partners from two sectors, both other than its own.
    sector_pairs : how many different pairs of two sectors those are.
    communities_reached : partners that are communities, itself not counted.
    sole_pairs : those liaison pairs that have no other common partner.
    participation : 1 - Σ_s (k_s / k)², k the strength of its ties and k_s of those to sector s
        (Guimerà & Amaral 2005, Nature 433:895); 0 for a single sector and for isolates.
    """

    liaison: float
    sector_pairs: float
    communities_reached: float
    sole_pairs: float
    participation: float


FEATURES: tuple[str, ...] = tuple(f.name for f in fields(HubProfile))
NOT_HUBS = frozenset({"Community", "Compound"})


@dataclass(frozen=True, slots=True)
class HubLikeness:
    """How much an actor resembles a reference, from 0 to 1, and by which feature how much."""

    similarity: float
    by_feature: dict[str, float]


def hub_profiles(
    network: ActorNetwork, bridged: Sequence[Sequence[BridgedPairs]] | None = None
) -> list[HubProfile]:
    """Return the hub profile of each actor, in order.

    ``bridged`` are the results of `bridged_pairs` for each actor, where they are at hand. Time
    O(Σ degree²) beyond theirs.
    """
    found = bridged or [bridged_pairs(network, i) for i in range(len(network))]
    return [_profile(network, i, found[i]) for i in range(len(network))]


def _profile(network: ActorNetwork, actor: int, bridged: Sequence[BridgedPairs]) -> HubProfile:
    own = network.actors[actor].sector
    mediated = [b for b in bridged if b.sectors[0] != b.sectors[1] and own not in b.sectors]
    return HubProfile(
        liaison=sum(len(b.pairs) for b in mediated),
        sector_pairs=len(mediated),
        communities_reached=sum(
            network.actors[j].kind == "Community" for j in network.neighbours[actor]
        ),
        sole_pairs=sum(len(b.sole_pairs) for b in mediated),
        participation=participation(network, actor),
    )


def participation(network: ActorNetwork, actor: int) -> float:
    """Return the participation coefficient of one actor over the sectors of its partners."""
    by_sector = sector_strengths(network, actor)
    total = sum(by_sector.values())
    return 1 - sum((k / total) ** 2 for k in by_sector.values()) if total else 0.0


def sector_strengths(network: ActorNetwork, actor: int) -> dict[str, float]:
    """Return the summed strength of an actor's ties by sector of the partner."""
    by_sector: dict[str, float] = defaultdict(float)
    for j, tie in network.neighbours[actor].items():
        by_sector[str(network.actors[j].sector)] += tie.weight
    return dict(by_sector)


def hub_scores(profiles: Sequence[HubProfile]) -> list[float]:
    """Return one score from 0 to 1 for each profile, in order.

    The mean of the five features, each first brought to 0 … 1 by `scaled_features`. An actor
    through which no two others of other sectors meet is no hub and has the score 0, whatever its
    size in the other features.
    """
    return [
        sum(features) / len(features) if profile.liaison else 0.0
        for profile, features in zip(profiles, scaled_features(profiles), strict=True)
    ]


def scaled_features(profiles: Sequence[HubProfile]) -> list[tuple[float, ...]]:
    """Bring each feature to 0 … 1: log(1 + x) / log(1 + the largest x in the network)."""
    columns = list(zip(*(astuple(p) for p in profiles), strict=True)) if profiles else []
    tops = [math.log1p(max(column)) for column in columns]
    return [
        tuple(math.log1p(x) / top if top else 0.0 for x, top in zip(astuple(p), tops, strict=True))
        for p in profiles
    ]


def hub_likeness(
    network: ActorNetwork, profiles: Sequence[HubProfile], reference: int
) -> list[HubLikeness]:
    """Return how like the ``reference`` each actor is, in order.

    Similarity is the mean of 1 - |difference| over the five scaled features and of the overlap
    Σ_s min(share_s, share'_s) of the two actors' shares of tie strength by sector of partner; each
    of the six has the same weight and is reported under its name (the overlap as ``sectors``).
    """
    scaled = scaled_features(profiles)
    shares = [_shares(network, i) for i in range(len(network))]
    result = []
    for i in range(len(network)):
        by_feature = {
            name: 1 - abs(x - y)
            for name, x, y in zip(FEATURES, scaled[i], scaled[reference], strict=True)
        }
        by_feature["sectors"] = sum(
            min(share, shares[reference].get(sector, 0.0)) for sector, share in shares[i].items()
        )
        result.append(HubLikeness(sum(by_feature.values()) / len(by_feature), by_feature))
    return result


def _shares(network: ActorNetwork, actor: int) -> dict[str, float]:
    by_sector = sector_strengths(network, actor)
    total = sum(by_sector.values())
    return {sector: k / total for sector, k in by_sector.items()} if total else {}
