"""The evidence of brokerage: which pairs meet through a node, and which only through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from graph.analysis.components import components, strong_components
from graph.analysis.cuts import cuts
from graph.analysis.parallel import add_parts, balanced_parts, run_parts
from graph.errors import InvalidArgument
from graph.kernels import bridging as kernels
from graph.kernels import triangles
from graph.kernels.deletion import losses
from graph.kernels.reach import reached
from graph.network import FloatArray, IntArray, Network, PointerArray
from graph.text import Text

CountArray = NDArray[np.int64]
# Below this many entries read a second thread costs more than it saves.
_MIN_COST = 200_000
_NO_BETWEENNESS = 1e-9
MAX_ENTRIES = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class BridgingProfile:
    """How many open pairs meet through each node, by the groups of their two ends.

    The entries of node b are ``indptr[b]`` … ``indptr[b + 1] - 1``, one for each unordered pair of
    groups that has an open pair at b, sorted by ``first`` and then ``second``.

    indptr : int64, n + 1.
    first, second : int32, the two groups, first <= second; -1 is no group.
    n_open : int64, above 0: pairs of b's partners that are not tied themselves.
    n_sole : int64: those of them that have no other partner in common.
    """

    indptr: PointerArray
    first: IntArray
    second: IntArray
    n_open: CountArray
    n_sole: CountArray

    @property
    def nodes(self) -> PointerArray:
        """The node of each entry."""
        return np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))

    def entries(self, b: int) -> list[tuple[tuple[int, int], int, int]]:
        """Return ((first, second), n_open, n_sole) of each entry of one node, in order."""
        part = slice(self.indptr[b], self.indptr[b + 1])
        groups = zip(self.first[part].tolist(), self.second[part].tolist(), strict=True)
        counts = (self.n_open[part].tolist(), self.n_sole[part].tolist())
        return list(zip(groups, *counts, strict=True))

    def total(self, counts: CountArray) -> CountArray:
        """Add up ``n_open`` or ``n_sole``, or any whole number for each entry, by node."""
        ends = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        return ends[self.indptr[1:]] - ends[self.indptr[:-1]]


def bridging_profile(
    network: Network,
    *,
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> BridgingProfile:
    """Count the open pairs around each node, and those of which it is the sole broker.

    A pair {i, j} is *open* at b if both are partners of b and not of each other. b is its *sole
    broker* if i and j have no other partner in common, so that without b they would not be at
    distance two. Nodes without a group are counted as of group -1.

    A directed network is taken without directions. Weights are not used; parallel ties are one;
    self-ties are left out. Isolates and leaves have no pairs, hence no entries.

    ``n_threads``, ``progress`` and ``is_cancelled`` are those of `run_parts`; the result does not
    depend on the first. Raises `Cancelled`, and `InvalidArgument` where the pairs of groups at all
    nodes are more than `MAX_ENTRIES`: some hundred groups at some thousand nodes.

    Open pairs are counted from the numbers of partners of each group less the triangles, in O(n +
    m·√m). Sole pairs are the open ones less those of several brokers, which are found from each i
    over its partners but the largest: O(Σ_i Σ_b k_b), b over the partners of i but one and k_b its
    degree, without leaves and with nodes of one group and the same partners taken as one. Memory
    O(n + m) and 8 bytes for each pair of groups present at a node, once for each thread.

    >>> star = Network.from_edges(["ab", "ac", "ad", "cd"], groups=dict(zip("bcd", "xyy")))
    >>> bridging_profile(star).entries(0)
    [((0, 1), 2, 2)]
    """
    net = network.undirected
    indptr, indices, groups = net.indptr, net.indices, net.groups
    n_groups = len(net.group_names)
    present_ptr, present, n_present, entry_ptr = kernels.layout(indptr, indices, groups, n_groups)
    if entry_ptr[-1] > MAX_ENTRIES:
        raise InvalidArgument(
            "groups",
            Text(
                "分组太多：同一主体的伙伴分属的组合过多，无法逐一计数。请改用较粗的分组。",
                "There are too many groups to count the pairs of them at each node; use coarser "
                "groups.",
            ),
        )
    n_open = kernels.all_pairs(present_ptr, n_present, entry_ptr)
    up_indptr, up_indices, _, by_degree = triangles.upward(indptr, indices)
    kernels.take_off_closed(
        up_indptr, up_indices, by_degree, groups, present_ptr, present, entry_ptr, n_open
    )
    core_indptr, core_indices, order = kernels.ranked_core(indptr, indices)
    n_of = _n_alike(core_indptr, core_indices, order, groups)
    kept_indptr, kept_indices = kernels.kept_rows(core_indptr, core_indices, n_of)
    turns, costs = kernels.by_largest(core_indptr, core_indices, kept_indptr, kept_indices)
    # One set of working memory for each thread at work; whole numbers add up to the same in any
    # order.
    spare: SimpleQueue[tuple[IntArray, CountArray, CountArray]] = SimpleQueue()
    made: list[CountArray] = []

    def count(part: tuple[int, int]) -> None:
        try:
            mark, n_of_group, n_shared = spare.get_nowait()
        except Empty:
            mark = np.zeros(len(net), np.int32)
            n_of_group = np.zeros(n_groups + 1, np.int64)
            n_shared = np.zeros(len(n_open), np.int64)
            made.append(n_shared)
        kernels.shared_pairs(
            core_indptr,
            core_indices,
            order,
            n_of,
            kept_indptr,
            kept_indices,
            turns,
            groups,
            present_ptr,
            present,
            entry_ptr,
            *part,
            mark,
            n_of_group,
            n_shared,
        )
        spare.put((mark, n_of_group, n_shared))

    parts = balanced_parts(costs, min_cost=_MIN_COST)
    run_parts(count, parts, n_threads, progress, is_cancelled)
    n_sole = n_open.copy()
    for n_shared in made:
        n_sole -= n_shared
    bounds, first, second, places = kernels.open_entries(present_ptr, present, entry_ptr, n_open)
    return BridgingProfile(bounds, first, second, n_open[places], n_sole[places])


def _n_alike(
    core_indptr: PointerArray, core_indices: IntArray, order: IntArray, groups: IntArray
) -> CountArray:
    """Return how many nodes each one stands for in a pair of several brokers; most for none."""
    ranks = np.flatnonzero(np.diff(core_indptr) > 1)
    keys = kernels.row_keys(core_indptr, core_indices, order, groups)[ranks]
    by_key = ranks[np.argsort(keys, kind="stable")]
    return kernels.n_alike(core_indptr, core_indices, order, groups, by_key)


def open_pairs(
    network: Network,
    b: int,
    groups: tuple[int, int] | None = None,
    among: NDArray[np.bool_] | None = None,
) -> Iterator[tuple[int, int]]:
    """Yield the open pairs (i, j) at b, i < j, in order, as positions.

    Parameters
    ----------
    groups : only pairs with one end in each of these groups (-1 for none), in either order.
    among : only pairs of which both ends are marked in this array of one truth value for each node.

    Lazy: only what is asked for is found, at most one partner's pairs ahead. Open pairs are those
    of `bridging_profile`. Time O(degree of b + degree of i) for each i, memory O(n) bytes.

    >>> list(open_pairs(Network.from_edges(["ab", "ac", "ad", "cd"]), 0))
    [(1, 2), (1, 3)]
    """
    return _pairs(network, b, groups, among, False)


def sole_pairs(
    network: Network,
    b: int,
    groups: tuple[int, int] | None = None,
    among: NDArray[np.bool_] | None = None,
) -> Iterator[tuple[int, int]]:
    """Yield the pairs (i, j) of which b is the sole broker, i < j, in order, as positions.

    As `open_pairs`, in time O(degree of b + Σ degrees of i's partners) for each i.
    """
    return _pairs(network, b, groups, among, True)


def _pairs(
    network: Network,
    b: int,
    groups: tuple[int, int] | None,
    among: NDArray[np.bool_] | None,
    is_sole: bool,
) -> Iterator[tuple[int, int]]:
    net = network.undirected
    partners = net.neighbours(b)
    is_met = np.zeros(len(net), np.bool_)
    wanted: dict[int, NDArray[np.bool_]] = {}
    for i in partners.tolist():
        if among is not None and not among[i]:
            continue
        own = int(net.groups[i])
        if groups is not None and own not in groups:
            continue
        other = -2 if groups is None else groups[1] if own == groups[0] else groups[0]
        if other not in wanted:
            # Marked among the partners only: a row is read much more often than it is marked.
            is_wanted = np.zeros(len(net), np.bool_)
            is_wanted[partners] = groups is None or net.groups[partners] == other
            if among is not None:
                is_wanted[partners] &= among[partners]
            wanted[other] = is_wanted
        for j in kernels.open_partners(
            net.indptr, net.indices, b, i, wanted[other], is_sole, is_met
        ).tolist():
            yield i, j


def everett_valente_brokerage(
    network: Network, betweenness: FloatArray, *, n_threads: int | None = None
) -> FloatArray:
    """Return betweenness as a mean over ties: how much each tie of a broker carries.

    Undirected, EV(v) = (2·b(v) + r(v)) / k(v) where b(v) > 0, else 0, with b(v) the betweenness of
    v (each unordered pair once), r(v) the number of other nodes it can reach, n - 1 in a connected
    network, and k(v) the number of its partners. 2·b(v) + r(v) is what the betweenness of v's ties
    adds up to. A node that is between no others, such as a pendant, is no broker and has 0.

    Directed, EV(v) is the mean of (b(v) + r_in(v)) / k_in(v) and (b(v) + r_out(v)) / k_out(v)
    where b(v) > 0, else 0, with r_in(v) the number of other nodes that can reach v and r_out(v)
    that it can reach, k_in and k_out its numbers of predecessors and of successors (Everett &
    Valente 2016, Soc. Networks 44:202, sec. 3 and 5).

    Parameters
    ----------
    betweenness : raw betweenness of each node, each pair once (ordered pairs where directed). Up
        to 1e-9 it counts as 0, since rounding must not make a broker.
    n_threads : as in `run_parts`; the result does not depend on it.

    Returns float64, one for each node; 0 for isolates. The largest value in a connected undirected
    network of n nodes, by which the paper normalises, is (n² - 1) / 4 for odd n. Weights are not
    used beyond what ``betweenness`` made of them. Time O(n + m) beyond that; directed, one search
    for each strong component in what it reaches.

    Differences from peers
    ----------------------
    The paper writes n - 1 for r(v), since its undirected networks are connected. An R program in
        circulation (EV-brokerage) adds n - 1 to all but pendants, also where b(v) = 0; the paper's
        table 1 has 0 there.

    >>> path = Network.from_edges(["ab", "bc"])
    >>> everett_valente_brokerage(path, np.array([0.0, 1.0, 0.0])).tolist()
    [0.0, 2.0, 0.0]
    """
    score = np.zeros(len(network))
    is_broker = betweenness > _NO_BETWEENNESS
    if not network.is_directed:
        part = components(network)
        through = 2 * betweenness + part.sizes[part.labels] - 1
        np.divide(through, network.degrees, out=score, where=is_broker & (network.degrees > 0))
        return score
    part = strong_components(network)
    sources, targets, _ = network.arrays()
    whole = Network(
        range(len(part.sizes)), part.labels[sources], part.labels[targets], is_directed=True
    )
    for rows, back in (
        ((whole.in_indptr, whole.in_indices), np.diff(network.in_indptr)),
        ((whole.indptr, whole.indices), network.degrees),
    ):

        def search(
            bounds: tuple[int, int], rows: tuple[PointerArray, IntArray] = rows
        ) -> CountArray:
            return reached(*rows, part.sizes, *bounds)

        parts = balanced_parts(np.ones(len(whole)), min_cost=1_000)
        others = np.concatenate(run_parts(search, parts, n_threads))[part.labels] - 1
        half = np.zeros(len(network))
        np.divide(betweenness + others, back, out=half, where=is_broker & (back > 0))
        score += half / 2
    return score


def valente_fujimoto_bridging(
    network: Network,
    *,
    n_threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> FloatArray:
    """Return how much closer the network is for each tie of a node, on average.

    VF(v) = Σ_{e at v} (C - C_e) / k(v), with C = Σ_{i ≠ j} (1 / d(i, j)) / (n(n - 1)) the mean
    inverse distance over all ordered pairs of nodes (0 for a pair without a path), C_e the same
    without the tie e, and k(v) the number of v's partners (Valente & Fujimoto 2010, Soc. Networks
    32:212). A distance is a number of ties; weights are not used. A directed network is taken
    without directions; parallel ties are one; self-ties are left out.

    Returns float64, one for each node, 0 … 1; NaN for isolates.

    ``n_threads``, ``progress`` and ``is_cancelled`` are those of `run_parts`; the result does not
    depend on the first. Raises `Cancelled`.

    Leaves are folded into what they hang on; for each other node as a source, one search finds
    which ties matter to it and what would move away, instead of one search for each source and
    tie: time O(n'·m'·h) for n' nodes that are no leaves, m' ties among them and h the mean number
    of ties that all shortest paths from one to another share; memory O(n + m'). On two processors
    2 s for 20,000 nodes of which a quarter are no leaves, two minutes for 100,000.

    Differences from peers
    ----------------------
    R influenceR 0.1 : ``bridging`` adds up each pair once and divides by n(n - 1), hence gives half
        of this, which the paper's figures agree with; 0 for isolates.

    >>> valente_fujimoto_bridging(Network.from_edges(["ab", "bc"])).round(3).tolist()
    [0.5, 0.5, 0.5]
    """
    net = network.undirected
    n, degrees = len(net), net.degrees
    # Nodes of many partners side by side: they are read most often.
    kept = np.flatnonzero(degrees > 1)
    kept = kept[np.argsort(-degrees[kept], kind="stable")]
    place = np.full(n, -1)
    place[kept] = np.arange(len(kept))
    sources, targets, _ = net.arrays()
    is_inside = (place[sources] >= 0) & (place[targets] >= 0)
    core = Network(range(len(kept)), place[sources[is_inside]], place[targets[is_inside]])
    n_leaves = degrees[kept] - core.degrees
    block_of = cuts(core).block_of
    is_bridge = np.bincount(block_of, minlength=1)[block_of] == 2

    def search(part: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
        return losses(core.indptr, core.indices, is_bridge, n_leaves, *part)

    # The first sources have the most leaves, but all take about as long.
    parts = balanced_parts(np.ones(len(core)), min_cost=100)
    tie_loss, leaf_loss = np.zeros(len(core.indices)), np.zeros(len(core))
    add_parts(search, parts, (tie_loss, leaf_loss), n_threads, progress, is_cancelled)
    tie_loss += tie_loss[core.reverse]
    rows = np.repeat(np.arange(len(core)), core.degrees)
    total = np.zeros(n)
    total[kept] = np.bincount(rows, tie_loss, len(core)) + n_leaves * leaf_loss
    ends = net.indices[net.indptr[:-1][degrees == 1]]
    # Two leaves on each other are a component of their own: one pair either way.
    total[degrees == 1] = np.where(place[ends] >= 0, np.append(leaf_loss, 0.0)[place[ends]], 2.0)
    score = np.full(n, np.nan)
    np.divide(total, degrees * (n * (n - 1.0)), out=score, where=degrees > 0)
    return score
