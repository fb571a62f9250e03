"""Structural holes: how closed in a node is by partners who know one another (Burt 1992).

For all of them, a directed network is taken without directions, the weights of a → b and b → a
added; weights are strengths; parallel ties have been added up and self-ties left out. With a_ij the
strength of the tie of i and j (0 where there is none) and V_i the partners of i,

- p_ij = a_ij / Σ_k a_ik is the share of i's tie strength that goes to j,
- m_ij = a_ij / max_k a_ik is the strength of their tie over the strongest tie of i.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.parallel import balanced_parts, run_parts
from graph.kernels import holes, triangles
from graph.network import FloatArray, Network

# Below this many half-ties a second thread costs more than it saves.
_MIN_COST = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class StructuralHoles:
    """Burt's measures of each node, in order, float64; all are NaN for isolates.

    constraint : how far all of its ties lead back to the same few; low where it spans holes.
    effective_size : its partners less what is redundant among them, from 1 to their number.
    efficiency : effective size over the number of partners, at most 1.
    hierarchy : how far one partner carries the constraint, from 0 (all the same) to 1.
    """

    constraint: FloatArray
    effective_size: FloatArray
    efficiency: FloatArray
    hierarchy: FloatArray


def structural_holes(
    network: Network, is_weighted: bool = True, *, n_threads: int | None = None
) -> StructuralHoles:
    """Return constraint, effective size, efficiency and hierarchy of each node.

    Constraint: C_i = Σ_{j ∈ V_i} c_ij, with c_ij = (p_ij + Σ_{q ≠ i, j} p_iq·p_qj)² (Burt 1992,
    *Structural Holes*, eq. 2.4). Above 0; small dense neighbourhoods can pass 1; 1 for a node
    with one partner.

    Effective size: E_i = Σ_{j ∈ V_i} (1 - Σ_{q ≠ i, j} p_iq·m_jq) (eq. 2.2); with all weights equal
    it is n - 2t/n for n partners with t ties among them (Borgatti 1997, Connections 20:35).
    Efficiency: E_i / n.

    Hierarchy: H_i = Σ_{j ∈ V_i} r_j·ln r_j / (n·ln n), with r_j = c_ij / (C_i / n): the
    Coleman–Theil index of disorder of the c_ij (Burt 1992, ch. 2). Where n = 1 the formula is 0/0;
    it is 1 there, as in UCINET and ENET, since one partner carries all.

    Parameters
    ----------
    is_weighted : without it every tie counts 1; in a directed network every arc, so that a tie of
        arcs both ways counts 2.
    n_threads : as in `run_parts`; the result does not depend on it.

    Time O(n + m·√m) at worst, over each triangle once; memory O(n + m).

    Differences from peers
    ----------------------
    igraph : ``constraint`` is the same, directed or not (R igraph 1.3, python-igraph 1.0). Its sum,
        too, is over partners only, and not over the nodes at distance two. Parallel ties must be
        added up first; it counts them among the ties of an undirected graph as they come.
    networkx 3.6 : ``constraint`` and ``effective_size`` are the same, but for a list of nodes they
        are NaN for a node of a directed graph with incoming ties only, where this, igraph and
        networkx's own path for all nodes have a number; and for all nodes at once with weights
        ``effective_size`` divides a_jq by the strongest tie of q instead of j. Self-ties count.

    >>> triangle = Network.from_edges(["ab", "bc", "ac", "cd"])
    >>> structural_holes(triangle).effective_size.round(3).tolist()
    [1.0, 1.0, 2.333, 1.0]
    """
    return _measured(network, is_weighted, n_threads)[0]


def local_constraint(
    network: Network, is_weighted: bool = True, *, n_threads: int | None = None
) -> FloatArray:
    """Return c_ij, how far partner j constrains node i, for each half-tie i → j.

    c_ij = (p_ij + Σ_{q ≠ i, j} p_iq·p_qj)²; node i's add up to its constraint. See
    `structural_holes`.

    Returns float64, in the order of ``network.indices``; of ``network.undirected.indices`` where
    the network is directed. Time and memory as there.
    """
    return _measured(network, is_weighted, n_threads)[1]


def _measured(
    network: Network, is_weighted: bool, n_threads: int | None
) -> tuple[StructuralHoles, FloatArray]:
    net = network.undirected if is_weighted else _unweighted(network)
    n, indptr, indices, weights = len(net), net.indptr, net.indices, net.weights
    total, strongest = holes.strengths(indptr, weights)
    product, passed = holes.shared(*triangles.upward(indptr, indices), net.reverse, weights, total)
    local = np.empty(len(indices))
    constraint, effective_size, hierarchy = np.empty(n), np.empty(n), np.empty(n)

    def measure(part: tuple[int, int]) -> None:
        holes.measures(
            indptr,
            indices,
            weights,
            total,
            strongest,
            product,
            passed,
            *part,
            local,
            constraint,
            effective_size,
            hierarchy,
        )

    run_parts(measure, balanced_parts(net.degrees + 1, min_cost=_MIN_COST), n_threads)
    efficiency = np.full(n, np.nan)
    np.divide(effective_size, net.degrees, out=efficiency, where=net.degrees > 0)
    return StructuralHoles(constraint, effective_size, efficiency, hierarchy), local


def _unweighted(network: Network) -> Network:
    """Return the undirected network in which each arc, or tie, counts 1."""
    sources, targets, weights = network.arrays()
    ones = np.ones(len(weights))
    # Compiled code tells read-only arrays from others; these are as `Network.undirected` has them.
    ones.flags.writeable = weights.flags.writeable
    return Network(network.ids, sources, targets, ones)
