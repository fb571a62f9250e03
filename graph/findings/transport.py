"""Offers distributed over needs as well as can be: a transportation problem."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.network import FloatArray, IntArray

_N_TOGETHER = 1_000


def transport(
    needs: IntArray,
    offers: IntArray,
    values: FloatArray,
    asked: Sequence[float | None],
    given: Sequence[float | None],
) -> FloatArray:
    """Return the share of its need that each pair gets, such that Σ share · (n + value) is largest.

    n is the number of needs that compete with one another, directly or through others: first as
    many needs are met as can be, then by those that fit best. Needs are divisible; a need without
    quantity counts 1, and an offer without one is enough for one need. This is a transportation
    problem, solved exactly by the simplex method (HiGHS; Huangfu & Hall 2018, Math. Prog. Comp.
    10:119); where nothing states a quantity it is the assignment problem, and where all quantities
    are whole numbers, whole numbers result.

    Parameters
    ----------
    needs, offers : positions of the two of each pair; no pair twice.
    values : how well each fits, 0 … 1.
    asked, given : the quantities of all needs and of all offers, None where not stated.
    """
    shares = np.zeros(len(needs))
    if not len(needs):
        return shares
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n_needs = len(asked)
    size = n_needs + len(given)
    links = coo_array((np.ones(len(needs)), (needs, n_needs + offers)), shape=(size, size))
    _, part = connected_components(links, directed=False)
    # How many needs compete with each need; an offer counts for none.
    n_competing = np.bincount(part[np.unique(needs)], minlength=len(part))[part]
    weights = n_competing[needs] + values
    order = np.argsort(part[needs], kind="stable")
    ends = np.append(np.flatnonzero(np.diff(part[needs][order])) + 1, len(order))
    start = 0
    for end in ends.tolist():
        # A call costs more than solving for a few pairs: small parts are solved side by side.
        if end - start >= _N_TOGETHER or end == len(order):
            rows = order[start:end]
            shares[rows] = _solved(needs[rows], offers[rows], weights[rows], asked, given)
            start = end
    return shares


def _solved(
    needs: IntArray,
    offers: IntArray,
    weights: FloatArray,
    asked: Sequence[float | None],
    given: Sequence[float | None],
) -> FloatArray:
    """Return the shares that make Σ share · weight largest."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    need_ids, need = np.unique(needs, return_inverse=True)
    offer_ids, offer = np.unique(offers, return_inverse=True)
    limits = [given[o] for o in offer_ids.tolist()]
    # What a whole need takes of each offer: of one without quantity, all that it has.
    takes = [
        1.0 if limits[o] is None else asked[n] or 1.0
        for n, o in zip(needs.tolist(), offer.tolist(), strict=True)
    ]
    columns = np.arange(len(needs))
    matrix = coo_array(
        (
            np.concatenate((np.ones(len(needs)), takes)),
            (np.concatenate((need, len(need_ids) + offer)), np.concatenate((columns, columns))),
        ),
        shape=(len(need_ids) + len(offer_ids), len(needs)),
    ).tocsr()
    bounds = [1.0] * len(need_ids) + [1.0 if limit is None else limit for limit in limits]
    answer = linprog(-weights, A_ub=matrix, b_ub=bounds, method="highs-ds")
    found: FloatArray = np.clip(answer.x, 0.0, 1.0)
    return found
