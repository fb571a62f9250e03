"""How often rank intervals hold the true rank, tried on networks that are known whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

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
    sources, targets, weights = complete.arrays()
    truth = score(complete)
    held = n_asked = 0
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
        for i in np.lexsort((found.rank,))[:top]:
            true_rank = 1 + int((known > known[i] * (1 + 1e-9)).sum())
            held += bool(found.low[i] <= true_rank <= found.high[i])
            n_asked += 1
    return held, n_asked
