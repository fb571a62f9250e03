"""Communities: groups of nodes that are tied among themselves more than chance would have it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.analysis.parallel import run_parts
from graph.errors import Cancelled
from graph.kernels import leiden as kernels
from graph.network import FloatArray, IntArray, Network, PointerArray, frozen

Quality = Literal["modularity", "cpm"]
State = NDArray[np.uint64]
# Half-ties that all runs together may take where their number is not given.
HALF_TIES_OF_RUNS = 2_000_000
MOST_RUNS = 10
LEAST_GAIN = 3e-4


@dataclass(frozen=True, slots=True, eq=False)
class Communities:
    """A partition of the nodes into communities.

    labels : int32, the community of each node; numbered in order of first node.
    sizes : int64, the number of nodes of each community, under its number.
    quality : the modularity of the partition, or its CPM quality.
    """

    labels: IntArray
    sizes: PointerArray
    quality: float


def communities(
    network: Network,
    *,
    resolution: float = 1.0,
    quality: Quality = "modularity",
    is_weighted: bool = True,
    n_runs: int | None = None,
    n_iterations: int = 10,
    seed: int = 0,
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Communities:
    """Find communities by the Leiden method: a partition of as high a quality as it can find.

    With W the weight of all ties, e_c that of the ties within community c, K_c the strength of its
    nodes and n_c their number, the quality is

    - ``modularity``: Q = Σ_c (e_c / W - γ (K_c / 2W)²), how much more of the weight lies within
      communities than if ties fell by strength alone. It overlooks communities that are small
      beside the whole (Fortunato & Barthélemy 2007, PNAS 104:36);
    - ``cpm``: H = Σ_c (e_c - γ n_c (n_c - 1) / 2), the constant Potts model: within communities
      more than γ per pair of nodes, between them less, whatever the size of the whole (Traag et
      al. 2011, Phys. Rev. E 84:016114).

    Each community is connected, and no two of them together would be better. Which of several
    almost equally good partitions is found depends on the order of nodes and on the ``seed``; for
    the same network and seed it is always the same, whatever the number of threads.

    Parameters
    ----------
    resolution : γ ≥ 0; more gives more and smaller communities.
    is_weighted : ties count by their strength; otherwise all alike.
    n_runs : of so many independent runs the best is kept, the first of equals. By default as many
        as 10, fewer in large networks, and one from a million ties on.
    n_iterations : a run starts again from its own result so many times at most, and ends when that
        adds less than 0.03 %.
    n_threads, progress, is_cancelled : as in `graph.analysis.parallel.run_parts`, a part being a
        run; a run is also left between two levels.

    Arcs count as ties, those either way added; parallel ties are added, self-ties left out.
    Isolates are communities of their own. The quality found is on a par with leidenalg's and above
    networkx's ``louvain_communities``; leidenalg and networkx count self-ties, and compare arcs
    with what goes out and comes in separately.

    Time near O(m) for each iteration, about 4 s for one run on a million nodes and two million
    ties; memory O(n + m), about 60 bytes for a half-tie, for each thread. Traag, Waltman & van Eck
    2019, Sci. Rep. 9:5233, algorithm A.2; in the refinement nodes join the best part, not a random
    one. For modularity with γ ≤ 1 a node is first made one with its neighbours of degree 1: to move
    such a neighbour, with a tie of weight w, to the node's community c adds at least
    w (1 - γ K_c / 2W) > 0, so that no partition that parts them is best.

    >>> ties = [(i, j) for i in range(4) for j in range(i)]
    >>> ties += [(i + 4, j + 4) for i, j in ties] + [(0, 4)]
    >>> found = communities(Network.from_edges(ties))
    >>> found.sizes.tolist(), round(found.quality, 4)
    ([4, 4], 0.4231)
    """
    if resolution < 0:
        raise ValueError("a resolution is not below 0")
    whole = _Level.of(network.undirected, quality, is_weighted)
    gamma = _gamma(whole, quality, resolution)
    part = np.arange(len(network), dtype=np.int32)
    start = whole
    if quality == "modularity" and resolution <= 1:
        part, n_parts = kernels.with_hosts(whole.indptr, whole.indices)
        start = whole.merged(part, n_parts)
    n_halves = max(len(start.indices), 1)
    n_wanted = n_runs or max(1, min(MOST_RUNS, HALF_TIES_OF_RUNS // n_halves))

    def run(seeds: np.random.SeedSequence) -> tuple[float, IntArray]:
        state = np.asarray(seeds.generate_state(4, np.uint64), np.uint64)
        return _run(start, gamma, n_iterations, state, is_cancelled)

    seeds = np.random.SeedSequence(seed).spawn(n_wanted)
    _, best = max(run_parts(run, seeds, n_threads, progress, is_cancelled), key=lambda r: r[0])
    labels, n_labels = kernels.numbered(best[part])
    return Communities(
        labels,
        np.bincount(labels, minlength=n_labels).astype(np.int64),
        whole.scaled(whole.raw_quality(labels, gamma), quality, gamma),
    )


def partition_quality(
    network: Network,
    labels: ArrayLike,
    *,
    resolution: float = 1.0,
    quality: Quality = "modularity",
    is_weighted: bool = True,
) -> float:
    """Return the quality of a partition of the nodes into 0, 1, 2 …, as `communities` defines it.

    Modularity is NaN in a network without ties (0/0; networkx raises ZeroDivisionError, igraph
    gives NaN). Time O(n + m). Newman & Girvan 2004, Phys. Rev. E 69:026113, eq. 5.

    >>> round(partition_quality(Network.from_edges(["ab", "cd"]), [0, 0, 1, 1]), 3)
    0.5
    """
    codes = np.array(labels, np.int32)
    if codes.shape != (len(network),):
        raise ValueError("a partition has one label for each node")
    if len(codes) and codes.min() < 0:
        raise ValueError("every node is in a community")
    level = _Level.of(network.undirected, quality, is_weighted)
    gamma = _gamma(level, quality, resolution)
    return level.scaled(level.raw_quality(codes, gamma), quality, gamma)


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """A network whose nodes may stand for several, with what they weigh; see the kernels."""

    indptr: PointerArray
    indices: IntArray
    weights: FloatArray
    sizes: FloatArray

    @classmethod
    def of(cls, network: Network, quality: Quality, is_weighted: bool) -> _Level:
        weights = network.weights if is_weighted else np.ones(len(network.weights))
        if quality == "cpm":
            sizes = np.ones(len(network))
        else:
            sizes = network.strengths if is_weighted else network.degrees.astype(np.float64)
        return cls(network.indptr, network.indices, frozen(weights), frozen(sizes))

    @property
    def arrays(self) -> tuple[PointerArray, IntArray, FloatArray, FloatArray]:
        return self.indptr, self.indices, self.weights, self.sizes

    def merged(self, part: IntArray, n_parts: int) -> _Level:
        return _Level(*(frozen(a) for a in kernels.merged(*self.arrays, part, n_parts)))

    def raw_quality(self, labels: IntArray, gamma: float) -> float:
        n_labels = int(labels.max(initial=-1)) + 1
        return float(kernels.quality(*self.arrays, labels, n_labels, gamma))

    def scaled(self, raw: float, quality: Quality, gamma: float) -> float:
        """Turn what the kernels raise into what the quality is defined as."""
        if quality == "cpm":
            return raw + gamma * len(self.sizes) / 2
        total = float(self.weights.sum()) / 2
        return raw / total if total else math.nan


def _gamma(level: _Level, quality: Quality, resolution: float) -> float:
    if quality == "cpm":
        return resolution
    total = float(level.weights.sum())
    return resolution / total if total else 0.0


def _run(
    start: _Level,
    gamma: float,
    n_iterations: int,
    state: State,
    is_cancelled: Callable[[], bool] | None,
) -> tuple[float, IntArray]:
    """Iterate from single nodes until it adds next to nothing; return the quality and labels."""
    slack = 1e-10 * (float(start.weights.mean()) if len(start.weights) else 1.0)
    best = np.arange(len(start.sizes), dtype=np.int32)
    top = start.raw_quality(best, gamma)
    for _ in range(n_iterations):
        found = _iterate(start, best, gamma, slack, state, is_cancelled)
        reached = start.raw_quality(found, gamma)
        if reached <= top + slack:
            break
        gain, best, top = reached - top, found, reached
        if gain < LEAST_GAIN * abs(top):
            break
    return top, best


def _iterate(
    start: _Level,
    labels: IntArray,
    gamma: float,
    slack: float,
    state: State,
    is_cancelled: Callable[[], bool] | None,
) -> IntArray:
    """Move, refine and merge until every community is one node of its level."""
    level, labels = start, labels.copy()
    place = np.arange(len(start.sizes), dtype=np.int32)
    while True:
        if is_cancelled is not None and is_cancelled():
            raise Cancelled
        kernels.move_nodes(*level.arrays, labels, gamma, slack, state)
        labels, n_labels = kernels.numbered(labels)
        n = len(level.sizes)
        if n_labels == n:
            break
        part, n_parts = kernels.refine(*level.arrays, labels, gamma, slack, state)
        if n_parts == n:
            # No node is well tied to its community any more; alone, each is connected at least.
            labels = np.arange(n, dtype=np.int32)
            break
        level = level.merged(part, n_parts)
        # All nodes of a part are in one community.
        labels_of_parts = np.empty(n_parts, np.int32)
        labels_of_parts[part] = labels
        labels, place = labels_of_parts, part[place]
    return labels[place]
