"""Participation: how evenly a node's ties spread over groups, and how central it is in its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from graph.kernels.groups import concentrations
from graph.network import FloatArray, IntArray, Network


def participation(
    network: Network, partition: ArrayLike | None = None, *, is_weighted: bool = True
) -> FloatArray:
    """Return the participation coefficient of each node: P = 1 - Σ_s (k_s / k)².

    k_s is the strength of the node's ties to group s (their number without ``is_weighted``) and
    k = Σ_s k_s. 0 if all its ties go to one group, 1 - 1/r if they spread evenly over r of them.

    The groups are those of the network, or any ``partition`` of its nodes into 0, 1, 2 …, such as
    the labels of communities; -1 for none. A tie to a node of no group is left out of k; a node
    needs no group of its own. Parallel ties add up, self-ties are left out, arcs count whichever
    way they go. NaN for an isolate and for a node with ties to no group at all.

    Returns float64, one for each node. Time O(n + m), memory O(n). Guimerà & Amaral 2005, Nature
    433:895, eq. 2.

    >>> net = Network.from_edges(["ab", "ac", "ad"], groups=dict(zip("bcd", "xxy")))
    >>> participation(net).round(3).tolist()
    [0.444, nan, nan, nan]
    """
    squares, totals, _ = _by_group(network, _labels(network, partition), is_weighted)
    shares = np.full(len(network), np.nan)
    np.divide(squares, totals**2, out=shares, where=totals > 0)
    return 1 - shares


def within_module_z(
    network: Network, partition: ArrayLike | None = None, *, is_weighted: bool = False
) -> FloatArray:
    """Return how far above the mean of its group each node is in ties within that group.

    z = (κ - mean κ) / sd κ, κ the number of a node's ties to its own group (their strength with
    ``is_weighted``), mean and standard deviation taken over all members of the group (dividing by
    their number). Groups, arcs, parallel and self-ties as in `participation`.

    NaN for a node of no group, and where all members have as many (Σ (κ - mean)² = 0). Returns
    float64, one for each node. Time O(n + m), memory O(n). Guimerà & Amaral 2005, Nature 433:895,
    eq. 1.

    >>> net = Network.from_edges(["ab", "ac"], groups=dict.fromkeys("abc", "x"))
    >>> within_module_z(net).round(3).tolist()
    [1.414, -0.707, -0.707]
    """
    labels = _labels(network, partition)
    own = _by_group(network, labels, is_weighted)[2]
    has_group = labels >= 0
    members, kappa = labels[has_group], own[has_group]
    n_members = np.maximum(np.bincount(members), 1)
    away = kappa - (np.bincount(members, kappa) / n_members)[members]
    deviation = np.sqrt(np.bincount(members, away**2) / n_members)[members]
    scores = np.full(len(network), np.nan)
    # What is left of rounding where all are equal is no deviation.
    is_spread = deviation > 1e-12 * np.maximum(kappa, 1)
    scores[np.flatnonzero(has_group)[is_spread]] = away[is_spread] / deviation[is_spread]
    return scores


def _labels(network: Network, partition: ArrayLike | None) -> IntArray:
    if partition is None:
        return network.groups
    labels = np.array(partition, np.int32)
    if labels.shape != (len(network),):
        raise ValueError("a partition has one label for each node")
    if len(labels) and labels.min() < -1:
        raise ValueError("a label is below -1")
    labels.flags.writeable = False
    return labels


def _by_group(
    network: Network, labels: IntArray, is_weighted: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    return concentrations(
        network.indptr,
        network.indices,
        network.weights,
        network.in_indptr,
        network.in_indices,
        network.in_weights,
        network.is_directed,
        labels,
        int(labels.max(initial=-1)) + 1,
        is_weighted,
    )
