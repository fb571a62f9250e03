"""Hubs: which nodes bring different groups together, and which are like a given one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from graph.analysis.bridging import BridgingProfile
from graph.analysis.participation import participation
from graph.network import FloatArray, Network, PointerArray


@dataclass(frozen=True, slots=True)
class HubProfile:
    """What makes one node a hub, each feature on its own scale; see `HubProfiles`."""

    liaison: int
    sector_pairs: int
    communities_reached: int
    sole_pairs: int
    participation: float


FEATURES: tuple[str, ...] = tuple(f.name for f in fields(HubProfile))
NOT_HUBS = frozenset({"Community", "Compound"})


@dataclass(frozen=True, slots=True, eq=False)
class HubProfiles:
    """What makes each node a hub, one entry for each, in order; int64, and float64 the last.

    liaison : open pairs of partners from two groups, both other than its own.
    sector_pairs : how many different pairs of two groups those are.
    communities_reached : partners that are communities, itself not counted.
    sole_pairs : those liaison pairs that have no other common partner.
    participation : 1 - Σ_s (k_s / k)², k the strength of its ties and k_s of those to group s
        (Guimerà & Amaral 2005, Nature 433:895); 0 for a single group and for isolates.
    """

    liaison: PointerArray
    sector_pairs: PointerArray
    communities_reached: PointerArray
    sole_pairs: PointerArray
    participation: FloatArray

    def __len__(self) -> int:
        return len(self.liaison)

    def of(self, i: int) -> HubProfile:
        """Return the profile of one node."""
        return HubProfile(*(getattr(self, name)[i].item() for name in FEATURES))


@dataclass(frozen=True, slots=True, eq=False)
class HubLikeness:
    """How much each node resembles a reference, from 0 to 1, and by which feature how much."""

    similarity: FloatArray
    by_feature: dict[str, FloatArray]

    def of(self, i: int) -> dict[str, float]:
        """Return the likeness of one node by feature."""
        return {name: float(values[i]) for name, values in self.by_feature.items()}


def hub_profiles(
    network: Network, profile: BridgingProfile, is_community: NDArray[np.bool_] | None = None
) -> HubProfiles:
    """Return the features of `HubProfiles` for each node.

    Parameters
    ----------
    profile : the result of `bridging_profile` for ``network``.
    is_community : which nodes are communities; none where not given.

    A directed network is taken without directions. A node without a group mediates no liaison
    pair, and a pair with an end without one is none. Time and memory O(n + m + entries of the
    profile).
    """
    net = network.undirected
    own = net.groups[profile.nodes]
    is_liaison = (
        (profile.first >= 0)
        & (profile.first != profile.second)
        & (own >= 0)
        & (own != profile.first)
        & (own != profile.second)
    )
    reached = np.zeros(len(net), np.int64)
    if is_community is not None:
        ends = np.concatenate(([0], np.cumsum(is_community[net.indices], dtype=np.int64)))
        reached = ends[net.indptr[1:]] - ends[net.indptr[:-1]]
    return HubProfiles(
        profile.total(np.where(is_liaison, profile.n_open, 0)),
        profile.total(is_liaison.astype(np.int64)),
        reached,
        profile.total(np.where(is_liaison, profile.n_sole, 0)),
        np.nan_to_num(participation(net)),
    )


def hub_scores(profiles: HubProfiles, features: Sequence[str] = FEATURES) -> FloatArray:
    """Return one score from 0 to 1 for each node, in order.

    The mean of the five features, each first brought to 0 … 1 by `scaled_features`; or of those
    named, where some are not known. A node through which no two others of other groups meet is no
    hub and has the score 0, whatever its size in the other features.
    """
    scaled = scaled_features(profiles)[:, [FEATURES.index(name) for name in features]]
    return np.where(profiles.liaison > 0, scaled.sum(axis=1) / len(features), 0.0)


def scaled_features(profiles: HubProfiles) -> FloatArray:
    """Bring each feature to 0 … 1: log(1 + x) / log(1 + the largest x in the network); n × 5."""
    columns = [np.log1p(getattr(profiles, name)) for name in FEATURES]
    tops = [column.max(initial=0.0) for column in columns]
    scaled = [c / top if top else c for c, top in zip(columns, tops, strict=True)]
    return np.column_stack(scaled) if len(profiles) else np.empty((0, len(FEATURES)))


def hub_likeness(network: Network, profiles: HubProfiles, reference: int) -> HubLikeness:
    """Return how like the node ``reference`` each node is, in order.

    Similarity is the mean of 1 - |difference| over the five scaled features and of the overlap
    Σ_s min(share_s, share'_s) of the two nodes' shares of tie strength by group of partner; each
    of the six has the same weight and is reported under its name (the overlap as ``sectors``).
    Time O(n + m), memory O(m + n · groups of the reference's partners).
    """
    scaled = scaled_features(profiles)
    by_feature = {
        name: 1 - np.abs(scaled[:, k] - scaled[reference, k]) for k, name in enumerate(FEATURES)
    }
    by_feature["sectors"] = _overlap(network.undirected, reference)
    similarity = np.sum(list(by_feature.values()), axis=0) / len(by_feature)
    return HubLikeness(similarity, by_feature)


def _overlap(net: Network, reference: int) -> FloatArray:
    """Return Σ_s min(share_s, share'_s) of each node and the reference; partners of no group are
    left out of the shares.
    """
    n, groups = len(net), net.groups[net.indices]
    rows = np.repeat(np.arange(n), net.degrees)
    total = np.bincount(rows[groups >= 0], net.weights[groups >= 0], n)
    overlap = np.zeros(n)
    for group in np.unique(net.groups[net.neighbours(reference)]):
        if group >= 0:
            of_group = groups == group
            strength = np.bincount(rows[of_group], net.weights[of_group], n)
            share = np.divide(strength, total, out=np.zeros(n), where=total > 0)
            overlap += np.minimum(share, share[reference])
    return overlap
