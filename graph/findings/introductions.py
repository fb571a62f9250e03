"""Who can introduce one to another: the paths of a few steps between two, strongest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.findings.reach import MAX_STEPS, Standing, distance, half_ties_of, passing
from graph.network import FloatArray, IntArray, Network

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Introduction:
    """One path between two: who stands in between, in order, as positions.

    strength : the product of `passing` over its steps. weights : the strength of each step's tie.
    """

    strength: float
    between: tuple[int, ...]
    weights: tuple[float, ...]

    @property
    def n_steps(self) -> int:
        """The number of steps: one more than there are actors in between."""
        return len(self.weights)


@dataclass(frozen=True, slots=True)
class Introductions:
    """The strongest paths between two, and how many there are of at most ``max_steps`` steps.

    distance : the fewest steps without those to avoid, whatever their number; None for no path.
    distance_through_all : the same if nobody is avoided.
    """

    paths: tuple[Introduction, ...]
    total: int
    max_steps: int
    distance: int | None
    distance_through_all: int | None


def introductions(
    network: Network,
    one: Standing,
    other: Standing,
    *,
    avoid: Iterable[int] = (),
    max_steps: int = MAX_STEPS,
    limit: int = 5,
) -> Introductions:
    """Return the ``limit`` strongest paths from ``one`` to ``other``, two different ones.

    A path meets nobody twice and nobody of ``avoid``; its strength is the product of what its ties
    pass on. Equally strong ones stand in order of their number of steps and then of positions.
    All paths of at most ``max_steps`` (1 to 3) steps are looked at: time O(n + m) at most,
    O(Σ degrees of one's partners) for the paths.
    """
    without = np.zeros(len(network), np.bool_)
    without[list(avoid)] = True
    ends = [s.position for s in (one, other) if s.position is not None]
    is_closed = without.copy()
    is_closed[ends] = True
    found: list[tuple[FloatArray, IntArray, FloatArray]] = []
    direct = _direct(one, other)
    if direct is not None:
        weights = np.array([[direct]])
        found.append((passing(weights[:, 0]), np.zeros((1, 0), np.int32), weights))
    if max_steps > 1:
        found.append(_through_one(one, other, is_closed))
    if max_steps > 2:
        found.append(_through_two(network, one, other, is_closed))
    everyone = np.zeros(len(network), np.bool_)
    through_all = _steps(network, one, other, direct, everyone)
    return Introductions(
        _strongest(found, limit),
        sum(len(strengths) for strengths, _, _ in found),
        max_steps,
        _steps(network, one, other, direct, without) if without.any() else through_all,
        through_all,
    )


def _direct(one: Standing, other: Standing) -> float | None:
    """Return the weight of the tie between the two; two affiliations have none."""
    for near, far in ((one, other), (other, one)):
        if near.position is not None:
            at = np.flatnonzero(far.partners == near.position)
            if len(at):
                return float(far.weights[at[0]])
    return None


def _weights_at(network_size: int, standing: Standing) -> FloatArray:
    weights = np.zeros(network_size)
    weights[standing.partners] = standing.weights
    return weights


def _through_one(
    one: Standing, other: Standing, is_closed: BoolArray
) -> tuple[FloatArray, IntArray, FloatArray]:
    there = _weights_at(len(is_closed), other)
    is_common = (there[one.partners] > 0) & ~is_closed[one.partners]
    middle = one.partners[is_common]
    weights = np.column_stack((one.weights[is_common], there[middle]))
    return passing(weights).prod(axis=1), middle[:, None], weights


def _through_two(
    network: Network, one: Standing, other: Standing, is_closed: BoolArray
) -> tuple[FloatArray, IntArray, FloatArray]:
    there = _weights_at(len(is_closed), other)
    there[is_closed] = 0
    is_usable = ~is_closed[one.partners]
    first, weights = one.partners[is_usable], one.weights[is_usable]
    places, rows = half_ties_of(network, first)
    second = network.indices[places]
    leads = there[second] > 0
    rows, places, second = rows[leads], places[leads], second[leads]
    steps = np.column_stack((weights[rows], network.weights[places], there[second]))
    return passing(steps).prod(axis=1), np.column_stack((first[rows], second)), steps


def _strongest(
    found: Sequence[tuple[FloatArray, IntArray, FloatArray]], limit: int
) -> tuple[Introduction, ...]:
    paths: list[Introduction] = []
    for strengths, between, weights in found:
        keys = np.vstack((between.T[::-1], -strengths.round(12)))
        for k in np.lexsort(keys)[:limit].tolist():
            paths.append(
                Introduction(
                    float(strengths[k]), tuple(between[k].tolist()), tuple(weights[k].tolist())
                )
            )
    paths.sort(key=lambda p: (-round(p.strength, 12), p.n_steps, p.between))
    return tuple(paths[:limit])


def _steps(
    network: Network, one: Standing, other: Standing, direct: float | None, without: BoolArray
) -> int | None:
    """Return the fewest steps between the two, through nobody of ``without``."""
    if direct is not None:
        return 1
    is_left_out = without.copy()
    is_left_out[[s.position for s in (one, other) if s.position is not None]] = True
    found = distance(network, one.partners, other.partners, is_left_out)
    return None if found is None else found + 2
