"""Mixing: which groups are tied to which, and whether more or less than chance would have it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.parallel import run_parts
from graph.kernels import mixing as kernels
from graph.network import FloatArray, IntArray, Network

CountArray = NDArray[np.int64]

# Each try takes 2 of m ties; one is never taken in 10 m tries with a chance of
# (1 - 2/m)^(10 m) < e^-20. Milo et al. 2003 (arXiv:cond-mat/0312028) find 10 m to 100 m ample.
TRIES_PER_TIE = 10


@dataclass(frozen=True, slots=True, eq=False)
class Mixing:
    """The ties of each pair of groups.

    Row and column stand for ``group_names``. Undirected, the tables are symmetric: a tie between
    two groups is in both of their cells, one within a group once. Directed, an arc is in the row
    of its source's group.

    counts : int64, how many ties.
    weights : float64, their summed strength.
    n_left_out : how many ties are in neither, because an end has no group.
    """

    group_names: tuple[str, ...]
    counts: CountArray
    weights: FloatArray
    n_left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """The ties of each pair of groups beside what a random model gives; laid out as `Mixing`.

    observed : float64, as counted.
    mean, sd : float64, of the model: exact for dealt groups, of the replicates for rewired ties.
    ratio : observed / mean; NaN where the mean is 0.
    z : (observed - mean) / sd; NaN where the sd is 0, as where the model leaves no choice.
    p : two-sided, twice the smaller share of replicates, the observed one among them, that are as
        low or as high: between 2 / (replicates + 1) and 1; NaN without replicates.
    n_replicates : how many networks were drawn.
    share_exchanged : the share of tries that did exchange two ends; NaN for dealt groups.
    """

    observed: FloatArray
    mean: FloatArray
    sd: FloatArray
    ratio: FloatArray
    z: FloatArray
    p: FloatArray
    n_replicates: int
    share_exchanged: float


def mixing(network: Network) -> Mixing:
    """Count the ties of each pair of groups, and add up their strength.

    Parallel ties are one (their weights added), self-ties are left out, and so is a tie with an
    end of no group. Time O(n + m).

    >>> net = Network.from_edges(["ab", "bc", "cd"], groups=dict(zip("abcd", "xyyy")))
    >>> mixing(net).counts.tolist()
    [[0, 1], [1, 2]]
    """
    ties = _Ties.of(network, is_weighted=True)
    ones = np.ones(len(ties.sources))
    return Mixing(
        network.group_names,
        ties.folded(kernels.mix(ties.sources, ties.targets, ones, ties.groups, ties.n_groups))
        .round()
        .astype(np.int64),
        ties.folded(ties.mix()),
        network.n_ties - len(ties.sources),
    )


def assortativity(network: Network, *, is_weighted: bool = False) -> float:
    """Return how much ties keep to groups: r = (Σ_g e_gg - Σ_g a_g b_g) / (1 - Σ_g a_g b_g).

    e_gh is the share of ties from group g to h, a_g = Σ_h e_gh and b_g = Σ_h e_hg; an undirected
    tie counts half either way. 1 if all ties are within groups, 0 if they fall as the groups' ties
    would by chance, below 0 if they seek other groups. With ``is_weighted`` shares of the strength
    instead of the number. What has no group is left out (networkx's
    ``attribute_assortativity_coefficient`` takes it for a group of its own).

    NaN without a tie that counts, and where all are in one group (0/0). Time O(n + m). Newman 2003,
    Phys. Rev. E 67:026126, eq. 2.

    >>> net = Network.from_edges(["ab", "bc", "cd"], groups=dict(zip("abcd", "xxyy")))
    >>> round(assortativity(net), 6)
    0.333333
    """
    ties = _Ties.of(network, is_weighted)
    shares = ties.mix()
    if not network.is_directed:
        shares = shares + shares.T
    total = shares.sum()
    if not total:
        return math.nan
    shares /= total
    by_chance = float(shares.sum(axis=0) @ shares.sum(axis=1))
    # One group has it all if the chance is 1, but for rounding.
    if 1 - by_chance < 1e-12:
        return math.nan
    return float(np.trace(shares) - by_chance) / (1 - by_chance)


def dealt_groups(
    network: Network,
    *,
    is_weighted: bool = False,
    n_permutations: int = 999,
    seed: int = 0,
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Expectation:
    """Compare the mixing with what it would be if the groups were dealt out at random.

    The ties stay as they are and every way to deal the groups, each keeping its size, to the nodes
    that have one is as likely: this answers whether a pair of groups is tied more than its sizes
    explain. Mean and standard deviation are exact. With N nodes, n_g of group g, W the sum of the
    weights w and x_(k) = x (x - 1) … (x - k + 1), for an undirected network

        mean_gg = W n_g(2) / N(2),  mean_gh = W · 2 n_g n_h / N(2),
        E[X²] = A p₁ + B p₂ + (W² - A - B) p₃,  sd² = E[X²] - mean²,

    A = Σ w² over the ties and B = Σ w w' over the ordered pairs of ties that share one node, with
    p₁ = mean / W and, within a group, p₂ = n_g(3) / N(3), p₃ = n_g(4) / N(4); between two,
    p₂ = (n_g n_h(2) + n_h n_g(2)) / N(3), p₃ = 4 n_g(2) n_h(2) / N(4) (Cliff & Ord 1981, Spatial
    Processes, ch. 2: join counts without replacement). Directed pairs of arcs are told apart by
    how they meet: reversed, at their sources, at their targets, or end to end.

    Parameters
    ----------
    is_weighted : count the strength of ties instead of their number.
    n_permutations : deals drawn for the p-values; 0 for none, which is quick at any size.
    seed : the same seed gives the same p-values, whatever the number of threads.
    n_threads, progress, is_cancelled : as in `graph.analysis.parallel.run_parts`.

    What has no group is left out first. Raises `graph.errors.Cancelled`. Time O(n + m) for each
    permutation, memory O(n + m) for each thread.

    >>> net = Network.from_edges(["ab", "bc", "cd"], groups=dict(zip("abcd", "xxyy")))
    >>> dealt_groups(net, n_permutations=0).mean.tolist()
    [[0.5, 2.0], [2.0, 0.5]]
    """
    ties = _Ties.of(network, is_weighted)

    def replicate(seeds: np.random.SeedSequence) -> FloatArray:
        found = kernels.dealt_mix(
            ties.sources, ties.targets, ties.weights, ties.groups, ties.n_groups, _state(seeds)
        )
        return ties.folded(found)

    drawn = run_parts(
        replicate,
        np.random.SeedSequence(seed).spawn(n_permutations),
        n_threads,
        progress,
        is_cancelled,
    )
    mean, sd = _moments(ties)
    return _expectation(ties, _stacked(ties, drawn), mean, sd, math.nan)


def rewired_ties(
    network: Network,
    *,
    is_weighted: bool = False,
    n_replicates: int = 999,
    tries_per_tie: float = TRIES_PER_TIE,
    seed: int = 0,
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Expectation:
    """Compare the mixing with that of random networks in which every node keeps its degree.

    The groups stay as they are and ties exchange ends: this answers whether a pair of groups is
    tied more than the number of ties of its members explains. Each replicate starts from the
    network and makes ``tries_per_tie`` · m tries to turn two ties a - b, c - d into a - d, c - b,
    without self-ties or doubled ties (directed: a keeps an arc out and d one in). A try that would
    make one changes nothing and counts all the same; to count those that come off instead would
    favour networks with many exchanges. By default 10 m tries, in which a tie is passed over with
    a chance below e⁻²⁰ (Milo et al. 2003, arXiv:cond-mat/0312028; Fosdick et al. 2018, SIAM Rev.
    60:315, sec. 3). Mean and sd are those of the replicates.

    Exchanges reach every undirected network with the same degrees. Of directed ones they cannot
    turn round a ring of three arcs where nothing else is there to exchange with (Rao et al. 1996,
    Sankhyā A 58:225).

    Parameters
    ----------
    is_weighted : count the strength of ties instead of their number; a tie takes its weight along,
        so that nodes keep their degree, not their strength.
    n_replicates : networks drawn, 2 at least.
    seed, n_threads, progress, is_cancelled : as in `dealt_groups`.

    What has no group is left out first. Raises `graph.errors.Cancelled`. Time O(n + the tries)
    for each replicate (6 ms at 10,000 ties, 0.3 s at 200,000), memory O(n + m) for each thread.

    >>> star = Network.from_edges(["ab", "ac", "ad"], groups=dict(zip("abcd", "xyyx")))
    >>> rewired_ties(star, n_replicates=9).sd.max()  # only one network has these degrees
    np.float64(0.0)
    """
    if n_replicates < 2:
        raise ValueError("an sd needs two replicates")
    ties = _Ties.of(network, is_weighted)
    n_tries = round(tries_per_tie * len(ties.sources))

    def replicate(seeds: np.random.SeedSequence) -> tuple[FloatArray, int]:
        found, n_done = kernels.rewired_mix(
            ties.sources,
            ties.targets,
            ties.weights,
            ties.groups,
            ties.n_groups,
            network.is_directed,
            n_tries,
            _state(seeds),
        )
        return ties.folded(found), n_done

    drawn = run_parts(
        replicate,
        np.random.SeedSequence(seed).spawn(n_replicates),
        n_threads,
        progress,
        is_cancelled,
    )
    stack = _stacked(ties, [found for found, _ in drawn])
    exchanged = sum(n_done for _, n_done in drawn) / (n_tries * n_replicates) if n_tries else 0.0
    return _expectation(ties, stack, stack.mean(axis=0), stack.std(axis=0, ddof=1), exchanged)


@dataclass(frozen=True, slots=True, eq=False)
class _Ties:
    """The ties among nodes that have a group, those nodes numbered anew."""

    sources: IntArray
    targets: IntArray
    weights: FloatArray
    groups: IntArray
    n_groups: int
    is_directed: bool

    @classmethod
    def of(cls, network: Network, is_weighted: bool) -> _Ties:
        has_group = network.groups >= 0
        number = np.cumsum(has_group, dtype=np.int32) - np.int32(1)
        sources, targets, weights = network.arrays()
        kept = has_group[sources] & has_group[targets]
        return cls(
            number[sources[kept]],
            number[targets[kept]],
            weights[kept] if is_weighted else np.ones(int(kept.sum())),
            network.groups[has_group],
            len(network.group_names),
            network.is_directed,
        )

    def mix(self) -> FloatArray:
        return kernels.mix(self.sources, self.targets, self.weights, self.groups, self.n_groups)

    def folded(self, table: FloatArray) -> FloatArray:
        """Return a table of ordered pairs as it is, or of unordered ones where undirected."""
        if self.is_directed:
            return table
        return table + table.T - np.diag(np.diag(table))


def _state(seeds: np.random.SeedSequence) -> NDArray[np.uint64]:
    return np.asarray(seeds.generate_state(4, np.uint64), np.uint64)


def _moments(ties: _Ties) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation over all deals: pairs of ties, by how they meet."""
    n = len(ties.groups)
    sizes = np.bincount(ties.groups, minlength=ties.n_groups)
    w = ties.weights
    total, squares = float(w.sum()), float(w @ w)
    out = np.bincount(ties.sources, w, n)
    into = np.bincount(ties.targets, w, n)
    one = sizes.astype(np.float64)
    two, three, four = one * (one - 1), one * (one - 1) * (one - 2), _falling(one, 4)
    is_same = np.eye(ties.n_groups, dtype=bool)
    # The chance of a pair of groups at the two ends of a tie, and at those of two ties apart.
    ends = np.where(is_same, np.diag(two), np.outer(one, one)) / max(_falling(n, 2), 1)
    apart = np.where(is_same, np.diag(four), np.outer(two, two)) / max(_falling(n, 4), 1)
    inside = np.diag(three) / max(_falling(n, 3), 1)
    source = np.where(is_same, inside, np.outer(one, two) / max(_falling(n, 3), 1))
    if ties.is_directed:
        key = ties.sources.astype(np.int64) * n + ties.targets
        back = ties.targets.astype(np.int64) * n + ties.sources
        place = np.minimum(np.searchsorted(key, back), max(len(key) - 1, 0))
        reversed_ = float((w * w[place])[key[place] == back].sum()) if len(key) else 0.0
        at_source = float(out @ out) - squares
        at_target = float(into @ into) - squares
        in_line = 2 * (float(out @ into) - reversed_)
        rest = total**2 - squares - reversed_ - at_source - at_target - in_line
        second = (
            (squares + reversed_ * is_same) * ends
            + at_source * source
            + at_target * source.T
            + in_line * inside
            + rest * apart
        )
    else:
        meeting = float(((out + into) ** 2).sum()) - 2 * squares
        rest = total**2 - squares - meeting
        ends = np.where(is_same, ends, 2 * ends)
        second = (
            squares * ends
            + meeting * np.where(is_same, inside, source + source.T)
            + rest * np.where(is_same, apart, 4 * apart)
        )
    mean = total * ends
    variance = second - mean**2
    # What rounding leaves of a variance of 0.
    variance[variance < 1e-12 * np.maximum(second, 1e-300)] = 0
    return mean, np.sqrt(variance)


def _falling(x: FloatArray | float, k: int) -> FloatArray | float:
    product: FloatArray | float = x
    for step in range(1, k):
        product = product * (x - step)
    return product


def _stacked(ties: _Ties, drawn: list[FloatArray]) -> FloatArray:
    return np.array(drawn).reshape(len(drawn), ties.n_groups, ties.n_groups)


def _expectation(
    ties: _Ties, drawn: FloatArray, mean: FloatArray, sd: FloatArray, exchanged: float
) -> Expectation:
    observed = ties.folded(ties.mix())
    ratio, z = np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    np.divide(observed, mean, out=ratio, where=mean > 0)
    np.divide(observed - mean, sd, out=z, where=sd > 0)
    p = np.full_like(mean, np.nan)
    if len(drawn):
        # Sums of the same weights in another order are the same.
        slack = 1e-9 * np.maximum(observed, 1)
        lower = 1 + (drawn <= observed + slack).sum(axis=0)
        upper = 1 + (drawn >= observed - slack).sum(axis=0)
        p = np.minimum(2 * np.minimum(lower, upper) / (len(drawn) + 1), 1.0)
    return Expectation(observed, mean, sd, ratio, z, p, len(drawn), exchanged)
