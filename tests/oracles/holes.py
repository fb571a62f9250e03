"""Burt's measures from a matrix of strengths, by their formulas; nothing of the product is used."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

Matrix = list[list[Fraction]]


def strengths(n: int, ties: Iterable[tuple[int, int, float]]) -> Matrix:
    """Return a_ij + a_ji of the ties given, parallel ones added up, self-ties left out."""
    a = [[Fraction(0)] * n for _ in range(n)]
    for i, j, weight in ties:
        if i != j:
            a[i][j] += Fraction(weight)
            a[j][i] += Fraction(weight)
    return a


def local_constraint(a: Matrix, i: int, j: int) -> Fraction:
    """Return how far j constrains i: (p_ij + Σ_q p_iq·p_qj)²."""
    others = (q for q in range(len(a)) if q not in (i, j) and a[i][q])
    through = sum((_share(a, i, q) * _share(a, q, j) for q in others), Fraction(0))
    return (_share(a, i, j) + through) ** 2


def constraint(a: Matrix, i: int) -> float:
    partners = [j for j in range(len(a)) if a[i][j]]
    return float(sum(local_constraint(a, i, j) for j in partners)) if partners else math.nan


def effective_size(a: Matrix, i: int) -> float:
    partners = [j for j in range(len(a)) if a[i][j]]
    if not partners:
        return math.nan
    return float(
        sum(
            1 - sum(_share(a, i, q) * a[j][q] / max(a[j]) for q in range(len(a)) if q not in (i, j))
            for j in partners
        )
    )


def hierarchy(a: Matrix, i: int) -> float:
    parts = [local_constraint(a, i, j) for j in range(len(a)) if a[i][j]]
    if len(parts) < 2:
        return 1.0 if parts else math.nan
    mean = sum(parts) / len(parts)
    total = sum(float(c / mean) * math.log(c / mean) for c in parts)
    return total / (len(parts) * math.log(len(parts)))


def _share(a: Matrix, i: int, j: int) -> Fraction:
    return a[i][j] / sum(a[i])
