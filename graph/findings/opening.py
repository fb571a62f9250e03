"""What a new tie would open: the pairs of sectors that would meet at one of its ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.findings.reach import Standing
from graph.network import FloatArray, IntArray, Network

CountTable = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """What a tie to each candidate would open, one row each, one column for each group of partners.

    The last column is for partners without a group. ``n_partners`` counts the partners themselves.

    n_open : pairs of a partner and the candidate that are not tied and would meet at the new tie.
    n_sole : those of them with no partner in common so far, so that they would meet only there.
    """

    n_partners: CountTable
    n_open: CountTable
    n_sole: CountTable
    groups: IntArray

    @property
    def value(self) -> FloatArray:
        """The share of the partners that would meet a candidate of another sector only there."""
        total = int(self.n_partners.sum())
        if not total:
            return np.zeros(len(self.n_sole))
        rows = np.arange(len(self.n_sole))
        within = np.where(self.groups >= 0, self.n_sole[rows, self.groups], 0)
        found: FloatArray = (self.n_sole.sum(axis=1) - within) / total
        return found


def opening(network: Network, standing: Standing, candidates: IntArray) -> Opening:
    """Count what a tie from ``standing`` to each of the candidates, no partners of it, would open.

    Pairs are those of `graph.analysis.bridging.bridging_profile`, as it would count them at the
    standing after the tie less before. Time and memory as `near_partners`.
    """
    # Compiled code takes a moment to load; who only imports this module does not wait for it.
    from graph.kernels.opening import near_partners

    n_groups = len(network.group_names)
    tied, near = near_partners(
        network.indptr,
        network.indices,
        -1 if standing.position is None else standing.position,
        # Copies may be written to, which to compiled code is one type for all.
        np.array(standing.partners, np.int32),
        network.groups,
        n_groups,
        np.array(candidates, np.int32),
    )
    own = network.groups[standing.partners]
    counts = np.bincount(np.where(own < 0, n_groups, own), minlength=n_groups + 1).astype(np.int32)
    return Opening(counts, counts - tied, counts - near, network.groups[candidates])
