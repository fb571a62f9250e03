"""Structural holes: how closed in an actor is by partners who know one another (Burt 1992)."""

from __future__ import annotations

import math

from graph.actor_network import ActorNetwork


def constraint(network: ActorNetwork) -> list[float]:
    """Return Burt's constraint of each actor, in order; NaN for isolates.

    c(i) = Σ_j (p_ij + Σ_q p_iq·p_qj)², with p_ij the share of i's tie strength that goes to j and
    q every third actor (Burt 1992, *Structural Holes*, eq. 2.4). j runs over the partners of i.
    Weights are strengths. It lies above 0; small dense neighbourhoods can pass 1.

    Time O(Σ degree²).
    """
    return [_constraint(network, i) for i in range(len(network))]


def _constraint(network: ActorNetwork, i: int) -> float:
    row = network.neighbours[i]
    if not row:
        return math.nan
    total = 0.0
    strength = sum(tie.weight for tie in row.values())
    indirect = dict.fromkeys(row, 0.0)
    for q, tie in row.items():
        q_strength = sum(t.weight for t in network.neighbours[q].values())
        for j, q_tie in network.neighbours[q].items():
            if j in indirect:
                indirect[j] += tie.weight / strength * q_tie.weight / q_strength
    for j, tie in row.items():
        total += (tie.weight / strength + indirect[j]) ** 2
    return total


def effective_size(network: ActorNetwork) -> list[float]:
    """Return the effective size of each actor's neighbourhood, in order; NaN for isolates.

    e(i) = Σ_j (1 - Σ_q p_iq·m_jq), with p_iq the share of i's tie strength that goes to q, m_jq
    the strength of the tie of j and q over j's strongest tie, and q another partner of i (Burt
    1992, eq. 2.2). Without weights this is n - 2t/n for n partners with t ties among them (Borgatti
    1997, Connections 20:35). Weights are strengths. Time O(Σ degree²).
    """
    return [_effective_size(network, i) for i in range(len(network))]


def _effective_size(network: ActorNetwork, i: int) -> float:
    row = network.neighbours[i]
    if not row:
        return math.nan
    strength = sum(tie.weight for tie in row.values())
    size = 0.0
    for j in row:
        strongest = max(tie.weight for tie in network.neighbours[j].values())
        redundancy = sum(
            row[q].weight / strength * tie.weight / strongest
            for q, tie in network.neighbours[j].items()
            if q in row
        )
        size += 1 - redundancy
    return size
