"""How often rank intervals hold the true rank, tried on networks that are known whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graph.analysis.rank_intervals import rank_intervals
from graph.network import FloatArray, Network


def coverage(
    complete: Network,
    score: Callable[[Network], FloatArray],
    *,
    n_hidings: int,
    n_replicates: int,
    top: int,
    share: float = 0.1,
    confidence: float = 0.9,
    seed: int = 0,
) -> tuple[int, int]:
    """Hide a share of ties and nodes, take the interval of the first ``top`` of what is left.

    Returns how many intervals held the rank that the node has in the complete network among the
    nodes left, and how many were asked for.
    """
    held = coverage_by_place(
        complete,
        score,
        n_hidings=n_hidings,
        n_replicates=n_replicates,
        top=top,
        share=share,
        confidence=confidence,
        seed=seed,
    )
    return int(held.sum()), held.size


def coverage_by_place(
    complete: Network,
    score: Callable[[Network], FloatArray],
    *,
    n_hidings: int,
    n_replicates: int,
    top: int,
    share: float = 0.1,
    confidence: float = 0.9,
    seed: int = 0,
) -> NDArray[np.bool_]:
    """Return whether the interval held, for each hiding and each of the first ``top`` in order."""
    sources, targets, weights = complete.arrays()
    truth = score(complete)
    held = []
    for hiding in range(n_hidings):
        chance = np.random.default_rng([seed, hiding])
        is_left = chance.random(len(complete)) >= share
        kept = (chance.random(len(sources)) >= share) & is_left[sources] & is_left[targets]
        place = np.cumsum(is_left) - 1
        on_record = Network(
            np.flatnonzero(is_left).tolist(),
            place[sources[kept]],
            place[targets[kept]],
            weights[kept],
            is_directed=complete.is_directed,
            groups=complete.groups[is_left],
            group_names=complete.group_names,
        )
        found = rank_intervals(
            on_record,
            score,
            missing_ties=share,
            missing_nodes=share,
            n_replicates=n_replicates,
            confidence=confidence,
            seed=hiding,
        )
        known = truth[is_left]
        first = np.lexsort((found.rank,))[:top]
        true_ranks = [1 + int((known > known[i] * (1 + 1e-9)).sum()) for i in first]
        held.append((found.low[first] <= true_ranks) & (true_ranks <= found.high[first]))
    return np.array(held)
