"""Ties that are not there: which would close most open triads, and who could introduce whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.network import Network
from graph.records import Records, Tie

_BLOCK = 2_000
N_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class AbsentTie:
    """Two actors, by position, and how many common partners they have."""

    a: int
    b: int
    n_common: int


@dataclass(frozen=True, slots=True)
class AbsentTies:
    """The absent ties that would close most triads, and what was not looked at.

    ``n_found`` counts all that close as many as asked for, ``n_passed_over`` the actors with too
    many partners to be counted as the middle of a triad.
    """

    ties: tuple[AbsentTie, ...]
    n_found: int
    n_passed_over: int


def absent_ties(
    network: Network,
    is_candidate: NDArray[np.bool_],
    is_inside: NDArray[np.bool_],
    *,
    n_listed: int,
    least: int,
    max_degree: int,
) -> AbsentTies:
    """Return the absent ties between groups that would close most open triads, most first.

    A triad a - b - c is open where a and c are not tied; it crosses groups where theirs differ. A
    tie a - c closes one for each common partner b. That closed triads are what fits a network of
    those who act to what they act on is argued by Bodin & Tengö 2012, Global Environmental Change
    22:430; here the triads are of actors alone, since what they act on is not always on record.

    Parameters
    ----------
    is_candidate : of each node, whether it may be an end.
    is_inside : of each node; at least one end of a tie is inside.
    n_listed : how many to return.
    least : triads that a tie closes at least.
    max_degree : actors with more partners are no middles: to share one of those says little, and
        they alone would make the number of pairs quadratic.

    Equal ones come in the order of their positions. Time O(Σ d²) over the degrees d up to
    ``max_degree``, in blocks of rows, so that memory is O(m + block · the pairs of its rows).
    """
    from scipy.sparse import csr_array

    n = len(network)
    degrees = np.diff(network.indptr)
    matrix = csr_array(
        (np.ones(len(network.indices), np.int32), network.indices, network.indptr), shape=(n, n)
    )
    middles = np.flatnonzero(degrees <= max_degree)
    to_middles, from_middles = matrix[:, middles], matrix[middles]
    groups = network.groups
    best: list[tuple[int, int, int]] = []
    n_found = 0
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        shared = (to_middles[start:stop] @ from_middles).tocoo()
        a, b = shared.row.astype(np.int64) + start, shared.col.astype(np.int64)
        kept = (
            (a < b)
            & (shared.data >= least)
            & (groups[a] != groups[b])
            & is_candidate[a]
            & is_candidate[b]
            & (is_inside[a] | is_inside[b])
        )
        a, b, count = a[kept], b[kept], shared.data[kept]
        is_new = ~_are_tied(network, a, b)
        a, b, count = a[is_new], b[is_new], count[is_new]
        n_found += len(a)
        order = np.lexsort((b, a, -count.astype(np.int64)))[:n_listed]
        best += zip((-count[order]).tolist(), a[order].tolist(), b[order].tolist(), strict=True)
        best = sorted(best)[:n_listed]
    return AbsentTies(
        tuple(AbsentTie(a, b, -count) for count, a, b in best),
        n_found,
        n - len(middles),
    )


def _are_tied(network: Network, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return of each pair whether it is tied, by a search in the sorted ties."""
    n = len(network)
    rows = np.repeat(np.arange(n, dtype=np.int64), np.diff(network.indptr))
    keys = rows * n + network.indices
    wanted = a * n + b
    place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return np.zeros(len(wanted), np.bool_)
    found: NDArray[np.bool_] = keys[place] == wanted
    return found


def introducer(network: Network, a: int, b: int) -> int | None:
    """Return the common partner of a and b with the strongest ties to both; None without one.

    Of the two ties the weaker counts; of equal partners the first.
    """
    common, at_a, at_b = np.intersect1d(
        network.neighbours(a), network.neighbours(b), assume_unique=True, return_indices=True
    )
    if not len(common):
        return None
    one = network.weights[network.indptr[a] : network.indptr[a + 1]][at_a]
    other = network.weights[network.indptr[b] : network.indptr[b + 1]][at_b]
    return int(common[np.argmax(np.minimum(one, other))])


def strangers(network: Network, positions: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each pair of ``positions`` that is not tied, and how many partners it shares.

    For k positions with p partners in all: time O(k² · p), in one matrix product, memory O(k · p).
    """
    if len(positions) < 2:
        return
    rows = [network.neighbours(i) for i in positions]
    partners = np.unique(np.concatenate((*rows, np.array(positions, np.int32))))
    has = np.zeros((len(rows), len(partners)), np.float32)
    for member, row in enumerate(rows):
        has[member, np.searchsorted(partners, row)] = 1
    shared = (has @ has.T).astype(np.int64)
    is_tied = has[:, np.searchsorted(partners, positions)] > 0
    first, second = np.nonzero(np.triu(~is_tied, 1))
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        yield positions[one], positions[other], int(shared[one, other])


def ties_behind(
    records: Records, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return, by pair of ids, the stored ties that make them partners, `N_EVIDENCE` at most.

    These are ties between the two, and both their ties to an affiliation they share. Time O(m).
    """
    wanted = list(pairs)
    ends = {end for pair in wanted for end in pair}
    by_end: dict[str, dict[str, list[Tie]]] = {end: defaultdict(list) for end in ends}
    for tie in records.ties:
        if tie.start in ends:
            by_end[tie.start][tie.end].append(tie)
        if tie.end in ends:
            by_end[tie.end][tie.start].append(tie)
    affiliations = {n.id for n in records.nodes if not n.is_actor}
    found = {}
    for a, b in wanted:
        ties = list(by_end[a].get(b, ()))
        shared = by_end[a].keys() & by_end[b].keys() & affiliations
        for place in sorted(shared):
            ties += (*by_end[a][place], *by_end[b][place])
        found[a, b] = [as_row(t) for t in ties[:N_EVIDENCE]]
    return found


def as_row(tie: Tie) -> dict[str, Any]:
    """Return a tie as a row of evidence."""
    return {"start": tie.start, "relation": tie.relation, "end": tie.end, "source": tie.source}
