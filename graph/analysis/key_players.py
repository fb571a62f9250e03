"""Key players: which few actors together hold the network together, or reach most of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.analysis.betweenness import betweenness
from graph.analysis.parallel import run_parts
from graph.errors import Cancelled
from graph.kernels import csr
from graph.kernels import key_players as kernels
from graph.kernels.blocks import blocks
from graph.kernels.cuts import node_cuts
from graph.network import FloatArray, IntArray, Network, frozen

Measure = Literal["fragmentation", "distance_fragmentation", "reach", "distance_reach"]
Progress = Callable[[float], None]
IsCancelled = Callable[[], bool]
BoolArray = NDArray[np.bool_]

# Beyond so many nodes the distances of all pairs would take minutes: they are sampled if asked to.
MOST_NODES: dict[Measure, int] = {"distance_fragmentation": 5_000, "distance_reach": 50_000}
MOST_STEPS_OF_ALL_SETS = 5_000_000_000
MOST_NODES_OF_BETWEENNESS = 5_000
MOST_STARTS = 16
STEPS_OF_STARTS = 20_000_000
CONFIDENCE = 0.95
# Scores closer than this are equal but for rounding.
EPSILON = 1e-12
BATCH = 64  # searches that the kernels take at once
N_PARTS = 64


@dataclass(frozen=True, slots=True, eq=False)
class KeyPlayers:
    """A set of nodes and how well it does.

    members : int32, positions, each next one adding most to those before; of equals the lowest.
    score : of the measure, for the whole set.
    gains : float64, how much each member adds to those before it; with ``base``, they add up to
        the score.
    base : the score of the empty set.
    by_degree, by_betweenness : the scores of as many nodes of highest degree and betweenness, for
        comparison; the latter NaN beyond 5,000 nodes.
    half_width : where distances were sampled, each score is this close to the true one with a
        probability of 95 % at least; 0 where all distances were taken.
    """

    members: IntArray
    score: float
    gains: FloatArray
    base: float
    by_degree: float
    by_betweenness: float
    half_width: float


def key_players(
    network: Network,
    k: int,
    measure: Measure = "fragmentation",
    *,
    m: int = 2,
    is_exact: bool = False,
    n_starts: int | None = None,
    n_sources: int | None = None,
    seed: int = 0,
    n_threads: int | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> KeyPlayers:
    """Find k nodes that score highest together, which need not be the k that do one by one.

    Two problems with two measures each (Borgatti 2006, Comput. Math. Organ. Theory 12:21). With
    n the number of nodes, d(i, j) the number of steps from i to j, ∞ where there is no path and
    1/∞ = 0, and K the set:

    - KPP-Neg, without whom the network falls apart most. Over the n' = n - k nodes that are left,
      d without going through K:
      ``fragmentation`` F = 1 - Σ_{i≠j} [d(i, j) < ∞] / (n'(n' - 1)), the share of pairs that
      cannot reach one another;
      ``distance_fragmentation`` ᴰF = 1 - Σ_{i≠j} 1 / d(i, j) / (n'(n' - 1)).
    - KPP-Pos, who reach most. With d(K, j) from the nearest member:
      ``reach`` the share of nodes with d(K, j) ≤ m, members among them;
      ``distance_reach`` ᴰR = Σ_j 1 / max(d(K, j), 1) / n, 1 if all others are tied to a member.

    All are between 0 and 1; ᴰ stands for weighted by distance.

    Parameters
    ----------
    k : how many, at least 1; for KPP-Neg two nodes must be left.
    m : within how many steps ``reach`` counts.
    is_exact : try all C(n, k) sets, of equals the first in lexical order; refused where that
        would take more than minutes. Otherwise add who adds most, again and again, then exchange
        one member for whoever does better in its place, until no exchange helps. Who adds most is
        found exactly; of equals, the lowest position.
    n_starts : from so many starts, the best of which is kept: nobody, the k of highest degree, and
        each of the nodes of highest degree. By default 16, fewer in large networks, at least 2.
    n_sources : take the distances from (for reach: to) so many nodes drawn at random instead of
        from all, needed for ᴰF beyond 5,000 nodes and for ᴰR beyond 50,000. The set is chosen on
        one sample and judged on another.
    seed : for the samples; without ``n_sources`` nothing is random.
    n_threads, progress, is_cancelled : as in `graph.analysis.parallel.run_parts`; how many
        exchanges there will be is not known, so that the progress is a guess.

    KPP-Neg is about the undirected network. KPP-Pos follows the arcs away from the set. Weights,
    parallel ties and self-ties make no difference (the ``keyplayer`` package of R reads the values
    of ties as lengths).

    Raises ValueError where k, the size of the network or the number of sets is out of range, and
    `graph.errors.Cancelled`.

    How good the search is, against the best of all sets of 2 and 3 in 200 sparse random networks
    of 25 to 40 nodes (as a share of the best score; ``tests/graph/analysis/test_key_players.py``):

    ==========  =======================  ====================
    measure     16 starts: worst, mean   2 starts: worst, mean
    ==========  =======================  ====================
    F           0.775, 0.998             0.486, 0.973
    ᴰF          0.968, 0.9999            0.947, 0.999
    reach       1, 1                     0.955, 0.999
    ᴰR          1, 1                     0.952, 0.9995
    ==========  =======================  ====================

    F is hard where no single node cuts anything off, so that nothing tells where to begin; ᴰF says
    more there. For KPP-Pos adding one by one alone reaches 1 - 1/e of the best at least (Nemhauser,
    Wolsey & Fisher 1978, Math. Program. 14:265: reach and ᴰR are submodular); for KPP-Neg there is
    no such bound.

    Time: F takes O(n + m) for each of some 5 k steps from each start, since what each node cuts off
    follows from the blocks: a second at 100,000 nodes. ᴰF takes O(n m) for each, times the few
    nodes that a bound does not rule out: seconds at 5,000 nodes. The reach takes a search back from
    each node, 64 at once, as far as the set is from it: a few seconds at 100,000 nodes, ᴰR at
    50,000. Memory O(n + m) for each thread.

    >>> two_stars = Network.from_edges(["ab", "ac", "ad", "de", "ef", "eg"])
    >>> found = key_players(two_stars, 2)
    >>> found.members.tolist(), found.score
    ([0, 4], 1.0)
    """
    n = len(network)
    most = n - 2 if measure.endswith("fragmentation") else n
    if not 1 <= k <= most:
        raise ValueError(f"k is not between 1 and {most}")
    is_by_distance = measure.startswith("distance")
    if n_sources is None:
        if n > MOST_NODES.get(measure, n):
            raise ValueError(
                f"{measure} takes the distances of all pairs, for {MOST_NODES[measure]:,} nodes at "
                f"most and not {n:,}; give n_sources to take a sample"
            )
    elif not is_by_distance or is_exact or not k < n_sources <= n:
        raise ValueError("n_sources is for distances, not for all sets, and above k")

    def goal_on(sample: int) -> _Goal:
        chosen = np.arange(n, dtype=np.int32)
        if n_sources is not None and n_sources < n:
            chance = np.random.default_rng([seed, sample])
            chosen = np.sort(chance.choice(n, n_sources, replace=False)).astype(np.int32)
        if measure == "fragmentation":
            return _Fragmentation(network.undirected)
        if measure == "distance_fragmentation":
            return _DistanceFragmentation(network.undirected, chosen, n_threads, is_cancelled)
        return _Reach(network, chosen, is_by_distance, m, n_threads, is_cancelled)

    goal = goal_on(0)
    if is_exact:
        found = _best_of_all(goal, k, n_threads, progress, is_cancelled)
    else:
        wanted = n_starts or max(
            2, min(MOST_STARTS, STEPS_OF_STARTS // (k * goal.n_steps_of_addition))
        )
        found = _searched(goal, k, wanted, progress, is_cancelled)
    members = _ordered(goal, found)
    half_width = 0.0
    if n_sources is not None and n_sources < n:
        # What was chosen on one sample looks better on it than it is. Hoeffding's inequality for
        # the mean over the sample of what is between 0 and 1, for each of the three scores.
        goal = goal_on(1)
        half_width = math.sqrt(math.log(2 / (1 - CONFIDENCE)) / (2 * (n_sources - k)))
    scores = [goal.score(members[:size]) for size in range(k + 1)]
    return KeyPlayers(
        members=np.array(members, np.int32),
        score=scores[-1],
        gains=np.diff(scores),
        base=scores[0],
        by_degree=goal.score(_top_by_degree(goal.network, k)),
        by_betweenness=(
            goal.score(_top(betweenness(goal.network, n_threads=n_threads), k))
            if n <= MOST_NODES_OF_BETWEENNESS
            else math.nan
        ),
        half_width=half_width,
    )


def group_score(
    network: Network, members: Sequence[int], measure: Measure = "fragmentation", *, m: int = 2
) -> float:
    """Return the score of a set of nodes, given by position; see `key_players`.

    NaN where less than two nodes are left for fragmentation. Time O(n + m); of ᴰF O(n m), with no
    limit to the size.

    >>> group_score(Network.from_edges(["ab", "ac", "ad"]), [0])
    1.0
    """
    n = len(network)
    if len(set(members)) < len(members) or not all(0 <= v < n for v in members):
        raise ValueError(f"members are different positions below {n}")
    everyone = np.arange(n, dtype=np.int32)
    if measure == "fragmentation":
        return _Fragmentation(network.undirected).score(members)
    if measure == "distance_fragmentation":
        return _DistanceFragmentation(network.undirected, everyone, None, None).score(members)
    return _Reach(network, everyone, measure == "distance_reach", m, None, None).score(members)


class _Goal(Protocol):
    """A measure of sets of nodes, and how to find who adds most to one."""

    network: Network

    def score(self, members: Sequence[int]) -> float: ...

    def best_addition(self, members: Sequence[int]) -> tuple[int, float]:
        """Return who adds most, of equals the lowest, and the score with it."""

    def best_of_all(self, first: int, k: int) -> tuple[list[int], float]:
        """Return the best set of k whose lowest member is ``first``, and its score."""

    n_steps: int
    """About how many steps it takes to try one set."""
    n_steps_of_addition: int
    """About how many it takes to find who adds most."""


class _Fragmentation:
    def __init__(self, network: Network) -> None:
        self.network = network
        self.n_steps = self.n_steps_of_addition = len(network) + len(network.indices)

    def score(self, members: Sequence[int]) -> float:
        network = self.network
        removed = _mask(network, members)
        return self._share(
            kernels.connected_pairs(network.indptr, network.indices, removed), len(members)
        )

    def best_addition(self, members: Sequence[int]) -> tuple[int, float]:
        network = self.network
        removed = _mask(network, members)
        rest = kernels.rows_without(network.indptr, network.indices, removed)
        indptr, indices = (frozen(a) for a in rest)
        _, top, below, root, size = blocks(indptr, indices, csr.reverse_positions(indptr, indices))
        cut = node_cuts(top, below, root, size)[2]
        # Pairs of a node with its component, and those that it alone connects.
        lost = 2 * (size[root].astype(np.int64) - 1 + cut)
        lost[removed] = -1
        best = int(lost.argmax())
        sizes = size.astype(np.int64)
        left = int((sizes * (sizes - 1)).sum() - lost[best])
        return best, self._share(left, len(members) + 1)

    def best_of_all(self, first: int, k: int) -> tuple[list[int], float]:
        network = self.network
        found, left = kernels.least_left(network.indptr, network.indices, first, k, False)
        return found.tolist(), self._share(left, k)

    def _share(self, n_pairs: float, n_removed: int) -> float:
        n_left = len(self.network) - n_removed
        return 1 - n_pairs / (n_left * (n_left - 1)) if n_left > 1 else math.nan


class _DistanceFragmentation:
    def __init__(
        self,
        network: Network,
        sources: IntArray,
        n_threads: int | None,
        is_cancelled: IsCancelled | None,
    ) -> None:
        self.network = network
        self.n_steps = len(network) * (len(network) + len(network.indices))
        self.n_steps_of_addition = self.n_steps
        self.is_source = _mask(network, sources)
        self.parts = _in_parts(sources)
        self.n_threads, self.is_cancelled = n_threads, is_cancelled

    def score(self, members: Sequence[int]) -> float:
        return self._share(self._nearness(members), members)

    def best_addition(self, members: Sequence[int]) -> tuple[int, float]:
        near = self._nearness(members)
        # A leaf is never a better choice than the node it hangs on, which cuts it off as well.
        bounds, is_leaf = self._bounds(members)
        shares = self._shares(np.maximum(near - bounds, 0.0), members)
        shares[is_leaf] = -math.inf
        shares[list(members)] = -math.inf
        best, top = -1, -math.inf
        for v in np.argsort(-shares, kind="stable").tolist():
            if shares[v] < top - 1e-9 or shares[v] == -math.inf:
                break
            reached = self.score([*members, v])
            if reached > top + EPSILON or (reached > top - EPSILON and v < best):
                best, top = v, reached
        return best, top

    def _bounds(self, members: Sequence[int]) -> tuple[FloatArray, BoolArray]:
        """Return more than each node can take from the nearness, and which nodes are leaves."""
        network = self.network
        n = len(network)
        removed = _mask(network, members)
        host = kernels.leaf_hosts(network.indptr, network.indices, removed)
        is_leaf = host >= 0
        rest = kernels.rows_without(network.indptr, network.indices, removed | is_leaf)
        indptr, indices = (frozen(a) for a in rest)
        n_own = (self.is_source & ~removed & ~is_leaf).astype(np.int32)
        n_sources = np.bincount(host[is_leaf & self.is_source], minlength=n).astype(np.int32)
        n_leaves = np.bincount(host[is_leaf], minlength=n).astype(np.int32)
        hosts = np.flatnonzero(n_own + n_sources).astype(np.int32)
        found = self._run(
            lambda part: kernels.loss_bounds(indptr, indices, part, n_own, n_sources, n_leaves),
            _in_parts(hosts),
        )
        bounds: FloatArray = np.sum(found, axis=0) if found else np.zeros(n)
        return bounds, is_leaf

    def best_of_all(self, first: int, k: int) -> tuple[list[int], float]:
        network = self.network
        found, left = kernels.least_left(network.indptr, network.indices, first, k, True)
        members = found.tolist()
        return members, self._share(left, members) if left < math.inf else -math.inf

    def _run(self, function: Callable[[IntArray], Any], parts: Sequence[IntArray]) -> list[Any]:
        return run_parts(function, parts, self.n_threads, None, self.is_cancelled)

    def _nearness(self, members: Sequence[int]) -> float:
        network = self.network
        removed = _mask(network, members)
        indptr, indices = kernels.rows_without(network.indptr, network.indices, removed)
        counts = self._run(lambda part: kernels.distance_counts(indptr, indices, part), self.parts)
        return float(kernels.nearness_of(np.sum(counts, axis=0)))

    def _share(self, near: float, members: Sequence[int]) -> float:
        n_left = len(self.network) - len(members)
        n_sources = int(self.is_source.sum() - self.is_source[list(members)].sum())
        if n_left < 2 or not n_sources:
            return math.nan
        return 1 - near / (n_sources * (n_left - 1))

    def _shares(self, near: FloatArray, members: Sequence[int]) -> FloatArray:
        """Return the score with each node added, ``near`` being what is left with it."""
        n_left = len(self.network) - len(members) - 1
        n_sources = self.is_source.sum() - self.is_source[list(members)].sum() - self.is_source
        shares: FloatArray = 1 - near / np.maximum(n_sources * (n_left - 1), 1)
        return shares


class _Reach:
    def __init__(
        self,
        network: Network,
        targets: IntArray,
        is_by_distance: bool,
        m: int,
        n_threads: int | None,
        is_cancelled: IsCancelled | None,
    ) -> None:
        self.network = network
        self.n_steps = len(network)
        self.n_steps_of_addition = 10 * (len(network) + len(network.indices))
        self.targets = targets
        self.is_counted = _mask(network, targets)
        self.is_by_distance = is_by_distance
        n = len(network)
        self.limit = max(n - 1 if is_by_distance else min(m, n - 1), 0)
        self.n_threads, self.is_cancelled = n_threads, is_cancelled

    def score(self, members: Sequence[int]) -> float:
        return self._amount(self._reached(members)) / len(self.targets)

    def best_addition(self, members: Sequence[int]) -> tuple[int, float]:
        network, reached = self.network, self._reached(members)
        far = reached[self.targets]
        # Together whose searches end together.
        targets = self.targets[np.argsort(far, kind="stable")]
        gains = np.zeros(len(network))
        for part in run_parts(
            lambda part: kernels.reach_gains(
                network.in_indptr,
                network.in_indices,
                part,
                reached,
                self.limit,
                self.is_by_distance,
            ),
            _in_parts(targets if self.is_by_distance else targets[np.sort(far) > self.limit]),
            self.n_threads,
            None,
            self.is_cancelled,
        ):
            gains += part
        gains[list(members)] = -1.0
        best = int(np.flatnonzero(gains >= gains.max() - EPSILON * len(network))[0])
        return best, (self._amount(reached) + float(gains[best])) / len(self.targets)

    def best_of_all(self, first: int, k: int) -> tuple[list[int], float]:
        found, most = kernels.most_reached(
            self.distances, first, k, self.limit, self.is_by_distance
        )
        return found.tolist(), most / len(self.targets)

    @cached_property
    def distances(self) -> NDArray[np.int32]:
        network = self.network
        rows = [
            kernels.distances_from(network.indptr, network.indices, np.array([v], np.int32))
            for v in range(len(network))
        ]
        return np.array(rows, np.int32)

    def _reached(self, members: Sequence[int]) -> IntArray:
        network = self.network
        return kernels.distances_from(network.indptr, network.indices, np.array(members, np.int32))

    def _amount(self, reached: IntArray) -> float:
        near = reached[self.is_counted]
        if not self.is_by_distance:
            return float((near <= self.limit).sum())
        counts = np.bincount(np.maximum(near[near < len(reached)], 1), minlength=2)
        return float(kernels.nearness_of(counts))


def _searched(
    goal: _Goal,
    k: int,
    n_starts: int,
    progress: Progress | None,
    is_cancelled: IsCancelled | None,
) -> list[int]:
    """Add one by one, from several first members; exchange one for one until nothing is better."""
    known: dict[frozenset[int], tuple[int, float]] = {}
    n_done, n_expected = 0, k * (1 + 2 * n_starts)

    def addition(members: list[int]) -> tuple[int, float]:
        nonlocal n_done
        if is_cancelled is not None and is_cancelled():
            raise Cancelled
        key = frozenset(members)
        if key not in known:
            known[key] = goal.best_addition(members)
        n_done += 1
        if progress is not None:
            progress(min(n_done / n_expected, 0.99))
        return known[key]

    def completed(members: list[int]) -> tuple[list[int], float]:
        while len(members) < k:
            members = [*members, addition(members)[0]]
        score = goal.score(members)
        n_kept, place = 0, 0
        while n_kept < k:
            other, reached = addition(members[:place] + members[place + 1 :])
            if reached > score + EPSILON:
                members = [*members[:place], other, *members[place + 1 :]]
                score, n_kept = reached, 0
            n_kept += 1
            place = (place + 1) % k
        return members, score

    top_nodes = _top_by_degree(goal.network, max(k, n_starts))
    starts = [[], top_nodes[:k], *([v] for v in top_nodes)][:n_starts] if k > 1 else [[]]
    best, top = completed(starts[0])
    for start in starts[1:]:
        other, reached = completed(start)
        if reached > top + EPSILON:
            best, top = other, reached
    if progress is not None:
        progress(1.0)
    return best


def _best_of_all(
    goal: _Goal,
    k: int,
    n_threads: int | None,
    progress: Progress | None,
    is_cancelled: IsCancelled | None,
) -> list[int]:
    n = len(goal.network)
    n_sets = math.comb(n, k)
    if n_sets * goal.n_steps > MOST_STEPS_OF_ALL_SETS:
        raise ValueError(f"there are {n_sets:,} sets of {k} among {n:,} nodes: too many to try all")
    found = run_parts(
        lambda first: goal.best_of_all(first, k),
        range(n - k + 1),
        n_threads,
        progress,
        is_cancelled,
    )
    best, top = found[0]
    for members, score in found[1:]:
        if score > top + EPSILON:
            best, top = members, score
    return best


def _ordered(goal: _Goal, members: list[int]) -> list[int]:
    """Put first who scores most alone, next who adds most to that, and so on."""
    left, ordered = sorted(members), list[int]()
    while left:
        scores = [goal.score([*ordered, v]) for v in left]
        top = max(scores)
        chosen = next(v for v, s in zip(left, scores, strict=True) if s > top - EPSILON)
        ordered.append(chosen)
        left.remove(chosen)
    return ordered


def _in_parts(nodes: IntArray) -> list[IntArray]:
    """Cut nodes into parts of whole batches of the kernels' searches, some 64 at most."""
    n_batches = max(-(-len(nodes) // BATCH), 1)
    size = BATCH * -(-n_batches // N_PARTS)
    return [nodes[start : start + size] for start in range(0, len(nodes), size)]


def _top_by_degree(network: Network, k: int) -> list[int]:
    return _top(network.degrees, k)


def _top(scores: NDArray[Any], k: int) -> list[int]:
    return [int(v) for v in np.argsort(-scores, kind="stable")[:k]]


def _mask(network: Network, members: Sequence[int] | IntArray) -> BoolArray:
    mask = np.zeros(len(network), np.bool_)
    mask[np.asarray(members, np.int64)] = True
    return mask
