"""The E–I index: whether ties lead out of a group or stay in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from graph.kernels.groups import external_and_internal
from graph.network import FloatArray, Network


@dataclass(frozen=True, slots=True, eq=False)
class EIIndex:
    """The E–I index at each level, between -1 (all ties within groups) and 1 (all between).

    nodes : float64, one for each node; NaN for one without a tie that counts.
    groups : float64, one for each group, in the order of ``group_names``; NaN likewise.
    overall : of the whole network; NaN without a tie that counts.
    expected : what ``overall`` would be on average if the groups were dealt out at random.
    n_left_out : how many ties do not count, because an end has no group.
    """

    nodes: FloatArray
    groups: FloatArray
    overall: float
    expected: float
    n_left_out: int


def ei_index(network: Network, *, is_weighted: bool = False) -> EIIndex:
    """Compute (E - I) / (E + I), E the ties between groups and I those within one.

    Of a node these are its own ties, of a group the ties with at least one end in it, overall all
    ties, each once. The expectation is 1 - 2 Σ_g n_g (n_g - 1) / (N (N - 1)), n_g the nodes of
    group g and N = Σ_g n_g: the mean over all ways to deal the groups to the nodes that have one.

    A tie with an end of no group is neither within nor between groups as far as anybody knows: it
    is left out and counted, and a node of no group has NaN. So have isolates. Each tie counts 1, or
    with ``is_weighted`` its strength; parallel ties count once (their weights added), self-ties not
    at all. Of a directed network arcs count whichever way they go, a tie both ways as two. A group
    index that is taken from the sums over its members counts ties within it twice and is lower:
    (E - 2I) / (E + 2I).

    Time O(n + m), memory O(n). Krackhardt & Stern 1988, Soc. Psychol. Q. 51:123, p. 127.

    >>> ei = ei_index(Network.from_edges(["ab", "bc"], groups={"a": "x", "b": "x", "c": "y"}))
    >>> ei.nodes.tolist(), ei.groups.tolist(), ei.overall
    ([-1.0, 0.0, 1.0], [0.0, 1.0], 0.0)
    """
    groups = network.groups
    external, internal, n_left_out = external_and_internal(
        network.indptr, network.indices, network.weights, groups, is_weighted
    )
    if network.is_directed:
        more_external, more_internal, _ = external_and_internal(
            network.in_indptr, network.in_indices, network.in_weights, groups, is_weighted
        )
        external, internal = external + more_external, internal + more_internal
    has_group = groups >= 0
    n_groups = len(network.group_names)
    members = groups[has_group]
    sizes = np.bincount(members, minlength=n_groups).astype(np.float64)
    # Each tie within a group is met at both of its ends.
    outside: FloatArray = np.bincount(members, external[has_group], n_groups).astype(np.float64)
    inside: FloatArray = np.bincount(members, internal[has_group], n_groups) / 2
    n_grouped = sizes.sum()
    expected = math.nan
    if n_grouped > 1:
        expected = 1 - 2 * float(sizes @ (sizes - 1)) / float(n_grouped * (n_grouped - 1))
    return EIIndex(
        nodes=_index(external, internal),
        groups=_index(outside, inside),
        overall=float(_index(outside.sum(keepdims=True) / 2, inside.sum(keepdims=True))[0]),
        expected=expected,
        n_left_out=n_left_out if network.is_directed else n_left_out // 2,
    )


def _index(external: FloatArray, internal: FloatArray) -> FloatArray:
    total = external + internal
    index = np.full(len(total), np.nan)
    np.divide(external - internal, total, out=index, where=total > 0)
    return index
