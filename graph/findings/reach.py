"""How near everyone is to one actor: common partners, and the strongest path of a few steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.network import FloatArray, IntArray, Network

LongArray = NDArray[np.int64]
MAX_STEPS = 3


def passing(weights: FloatArray) -> FloatArray:
    """Return how well ties of these weights pass an introduction on: w / (1 + w), 0 … 1.

    A weight is a strength, more is closer: 1, a weak tie, passes one half, 5, a strong one, five
    sixths; having met once among twenty, 1/19, one twentieth. A path passes the product along it,
    so that a longer one has to be made of stronger ties. The scale is ours.
    """
    return weights / (1 + weights)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where somebody stands in a network: an actor of it, or an affiliation by its members.

    ``position`` is None for an affiliation. ``partners`` are sorted; ``weights`` are the strengths
    of the ties to them.
    """

    position: int | None
    partners: IntArray
    weights: FloatArray

    @classmethod
    def of(cls, network: Network, position: int) -> Standing:
        """Return the standing of an actor of an undirected network."""
        row = slice(network.indptr[position], network.indptr[position + 1])
        return cls(position, network.indices[row], network.weights[row])


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What leads from one actor to each other one.

    n_common : int64, partners in common.
    adamic_adar : Σ 1 / ln k(z) over the common partners z, k(z) their numbers of partners
        (Adamic & Adar 2003, Soc. Networks 25:211).
    resource_allocation : Σ 1 / k(z) (Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71:623, eq. 8).
    path_strength : what the strongest path of at most `MAX_STEPS` steps passes; 0 for none.
    n_steps : the number of steps of that path; of equally strong ones the fewest; 0 for none.
    layers : `MAX_STEPS` arrays; of walks of exactly 1, 2, … steps, what the strongest passes.
    """

    n_common: LongArray
    adamic_adar: FloatArray
    resource_allocation: FloatArray
    path_strength: FloatArray
    n_steps: IntArray
    layers: tuple[FloatArray, ...]


def reach(network: Network, standing: Standing) -> Reach:
    """Return what leads from ``standing`` to each node of an undirected network.

    A common partner is tied to both. An affiliation counts as one more partner of each of its
    members, so that k(z) >= 2. Since every tie passes less than it gets, the strongest walk meets
    nobody twice. What is said of the standing's own position means nothing.

    Time O(n + m) for the walks and O(Σ k(z)) for the common partners; memory O(n).
    """
    n = len(network)
    degrees = network.degrees + (standing.position is None)
    ends, rows = rows_of(network, standing.partners)
    per_partner = degrees[standing.partners].astype(np.float64)
    # One whose only partner is the standing itself leads to nobody else: its row is never used.
    logs = np.log(np.maximum(per_partner, 2))
    layers = [np.zeros(n)]
    layers[0][standing.partners] = passing(standing.weights)
    for _ in range(MAX_STEPS - 1):
        layers.append(_one_step_on(network, layers[-1]))
        if standing.position is not None:
            layers[-1][standing.position] = 0.0
    strength, n_steps = layers[0].copy(), (layers[0] > 0).astype(np.int32)
    for more, layer in enumerate(layers[1:], 2):
        is_stronger = layer > strength
        strength[is_stronger], n_steps[is_stronger] = layer[is_stronger], more
    return Reach(
        np.bincount(ends, minlength=n),
        np.bincount(ends, (1 / logs)[rows], n).astype(np.float64),
        np.bincount(ends, (1 / per_partner)[rows], n).astype(np.float64),
        strength,
        n_steps,
        tuple(layers),
    )


def rows_of(network: Network, nodes: IntArray) -> tuple[IntArray, LongArray]:
    """Return the neighbours of all ``nodes``, and beside each the place of its node in ``nodes``.

    Time O(Σ degrees).
    """
    places, rows = half_ties_of(network, nodes)
    return network.indices[places], rows


def half_ties_of(network: Network, nodes: IntArray) -> tuple[LongArray, LongArray]:
    """Return the places of the half-ties of all ``nodes``, and of which of them each is."""
    starts, sizes = network.indptr[nodes], network.indptr[nodes + 1] - network.indptr[nodes]
    rows = np.repeat(np.arange(len(nodes)), sizes)
    first = np.cumsum(sizes) - sizes
    places = np.arange(len(rows)) - first[rows] + starts[rows]
    return places, rows


def _one_step_on(network: Network, strengths: FloatArray) -> FloatArray:
    found = np.zeros(len(network))
    is_tied = network.degrees > 0
    if is_tied.any():
        passed = strengths[network.indices] * passing(network.weights)
        found[is_tied] = np.maximum.reduceat(passed, network.indptr[:-1][is_tied])
    return found


def strongest_path(network: Network, found: Reach, target: int) -> tuple[int, ...]:
    """Return the positions along the strongest path to ``target``, the first partner first.

    Where it starts is left out; empty where no path of `MAX_STEPS` steps leads there. Of equally
    strong ones, the one with the fewest steps and the lowest positions.
    """
    n_steps = int(found.n_steps[target])
    if not n_steps:
        return ()
    path = [target]
    for layer in reversed(found.layers[: n_steps - 1]):
        row = slice(network.indptr[path[-1]], network.indptr[path[-1] + 1])
        passed = layer[network.indices[row]] * passing(network.weights[row])
        path.append(int(network.indices[row][int(np.argmax(passed))]))
    return tuple(reversed(path))


def distance(
    network: Network, starts: IntArray, goals: IntArray, without: NDArray[np.bool_]
) -> int | None:
    """Return the fewest steps from any of ``starts`` to any of ``goals``; None for no path.

    Nodes marked in ``without`` are left out. Breadth first, time O(n + m), memory O(n) bytes.
    """
    is_goal = np.zeros(len(network), np.bool_)
    is_goal[goals] = True
    seen = without.copy()
    front = np.unique(starts[~seen[starts]])
    steps = 0
    while len(front):
        if is_goal[front].any():
            return steps
        seen[front] = True
        ends, _ = rows_of(network, front)
        front = np.unique(ends[~seen[ends]])
        steps += 1
    return None
