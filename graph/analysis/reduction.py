"""The structural reduction that shortest paths are computed on; see `reduced`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.kernels import reduction
from graph.kernels.behind import reach_behind
from graph.kernels.blocks import blocks
from graph.network import FloatArray, IntArray, Network, PointerArray


@dataclass(frozen=True)
class Reduction:
    """A network's blocks side by side, without bridges: what is left to search for paths.

    A *member* is a node in one of its blocks of more than one tie; a *row* is a class of twins
    among the members of a block. All arrays are over rows, but where said.

    Attributes
    ----------
    indptr, indices : successors of each row; in_indptr, in_indices : predecessors.
    origin : the half-tie (arc, where directed) of the network that each half-tie here stands for;
        of one of its twins where these are merged.
    start : bounds of the blocks.
    copies : how many members the row stands for.
    shares, targets : how many nodes lie behind the row as starts and as ends of paths.
    inside : for each copy, the pairs of twins that meet through it.
    across : for each node of the network, the pairs in different branches that hang on it.
    node, row_of : for each member, its node and its row.
    bridge_ties, bridge_loads : the half-ties (arcs) that are bridges, and the pairs across each.

    Pairs are ordered ones; of an undirected network each counts twice.
    """

    indptr: PointerArray
    indices: IntArray
    in_indptr: PointerArray
    in_indices: IntArray
    origin: PointerArray
    start: PointerArray
    copies: FloatArray
    shares: FloatArray
    targets: FloatArray
    inside: FloatArray
    across: FloatArray
    node: IntArray
    row_of: IntArray
    bridge_ties: PointerArray
    bridge_loads: FloatArray

    @cached_property
    def sources(self) -> IntArray:
        """All rows in order: where searches start."""
        return np.arange(len(self.copies), dtype=np.int32)

    def to_nodes(self, dependencies: FloatArray) -> FloatArray:
        """Turn what the rows carry between them into what each node carries, in ordered pairs."""
        carried = (dependencies + self.inside)[self.row_of]
        return self.across + sums_at(self.node, carried, len(self.across))


def reduced(network: Network, *, merges_twins: bool = True) -> Reduction:
    """Return the reduction of ``network`` that keeps all shortest paths and their numbers.

    - *Blocks.* Shortest paths between two nodes of a biconnected block stay in it, and paths
      between different branches of an articulation point all pass it. So each block is searched by
      itself, a node counting for all that lies behind it, and pairs in different branches are
      counted at once (Puzis et al. 2015, Internet Math. 11:117; Sariyüce et al. 2013, SDM). Trees
      fold away by this: each of their ties is a block of its own.
    - *Twins.* Members of a block with the same neighbours carry the same, and are one row that
      counts paths as often as it has copies; twins not tied to one another meet through each of
      their neighbours alike. Undirected networks only.

    Chains of nodes with two partners are not contracted: ties of different lengths have no levels,
    by which 32 searches go side by side, and are several times as slow to search. It would pay
    where chains are most of a block, as in networks of roads.

    Directed networks use the blocks of the undirected one, and count what leads to a node and what
    it leads to apart. Time O(n + m) (directed, beyond that, `reach_behind`), memory O(n + m).
    """
    if network.is_directed:
        return _reduced_directed(network)
    n = len(network)
    block_of, top, below, root, size = blocks(network.indptr, network.indices, network.reverse)
    n_ties = np.bincount(block_of, minlength=len(top)) // 2
    members = _Members.of(network, block_of, len(top), 2)
    component = size[root].astype(np.float64)
    hanging = sums_at(top, below, n)
    upwards = component - 1 - hanging
    squares = sums_at(top, below.astype(np.float64) ** 2, n)
    block = np.repeat(np.flatnonzero(n_ties > 1), np.diff(members.start))
    bridge_ties = np.flatnonzero(n_ties[block_of] == 1)
    one_side = below[block_of[bridge_ties]].astype(np.float64)
    return _undirected(
        members,
        np.where(
            top[block] == members.node,
            component[members.node] - below[block],
            1 + hanging[members.node],
        ),
        (component - 1) ** 2 - squares - upwards**2,
        bridge_ties,
        2 * one_side * (component[network.indices[bridge_ties]] - one_side),
        merges_twins,
    )


def _reduced_directed(network: Network) -> Reduction:
    base = network.undirected
    n = len(network)
    block_of, top, _, _, _ = blocks(base.indptr, base.indices, base.reverse)
    n_ties = np.bincount(block_of, minlength=len(top)) // 2
    arcs = reduction.arc_of_half_tie(base.indptr, base.indices, network.indptr, network.indices)
    is_arc = arcs >= 0
    members = _Members.of(base, block_of, len(top), 1)
    behind: list[FloatArray] = []
    through: list[FloatArray] = []
    for has_way in (is_arc, is_arc[base.reverse]):
        indptr, indices, _ = members.arcs(has_way)
        found = reach_behind(n, members.start, members.node, top, indptr, indices)
        behind.append(found[0])
        through.append(found[1])
    leads_to, led_from = behind
    in_all: list[FloatArray] = [sums_at(members.node, t, n) for t in through]
    in_same: FloatArray = sums_at(members.node, through[0] * through[1], n)
    at = np.flatnonzero(((n_ties[block_of] == 1) & is_arc)[members.half])
    owner = np.repeat(np.arange(len(members.node)), np.diff(members.row))[at]
    is_kept = np.repeat(n_ties > 1, np.diff(members.start))
    return _directed(
        _Members.of(base, block_of, len(top), 2),
        arcs,
        base.reverse,
        led_from[is_kept],
        leads_to[is_kept],
        in_all[0] * in_all[1] - in_same,
        arcs[members.half[at]],
        led_from[owner] * leads_to[members.ends[at]],
    )


def sums_at(places: NDArray[Any], values: NDArray[Any], n: int) -> FloatArray:
    """Return, for each place 0 … n-1, the sum of the values that belong there."""
    return np.bincount(places, values, n).astype(np.float64, copy=False)


@dataclass(frozen=True)
class _Members:
    """Members by block, and their half-ties ``half``, bounded by ``row``, with their ``ends``."""

    start: PointerArray
    node: IntArray
    row: PointerArray
    half: PointerArray
    ends: IntArray

    @classmethod
    def of(cls, network: Network, block_of: IntArray, n_blocks: int, min_ties: int) -> _Members:
        """List the members of all blocks of ``min_ties`` or more."""
        start, node, row, half = reduction.block_members(
            network.indptr, block_of, n_blocks, min_ties
        )
        ends = reduction.member_ends(start, node, row, half, network.indices, len(network))
        return cls(start, node, row, half, ends)

    def arcs(self, is_arc: NDArray[np.bool_]) -> tuple[PointerArray, IntArray, PointerArray]:
        """Return the rows of those half-ties that are arcs, and what half-tie each comes from."""
        found: tuple[PointerArray, IntArray, PointerArray] = reduction.arcs_among(
            self.row, self.half, self.ends, is_arc
        )
        return found


def _directed(
    members: _Members,
    arcs: PointerArray,
    reverse: PointerArray,
    shares: FloatArray,
    targets: FloatArray,
    across: FloatArray,
    bridge_ties: PointerArray,
    bridge_loads: FloatArray,
) -> Reduction:
    order = reduction.search_order(members.row, members.ends, members.start)
    rows = []
    for is_arc in (arcs >= 0, (arcs >= 0)[reverse]):
        indptr, indices, halves = members.arcs(is_arc)
        indptr, indices, places = reduction.renumbered(indptr, indices, order)
        rows.append((indptr, indices, halves[places]))
    n_rows = len(order)
    row_of = np.empty(n_rows, np.int32)
    row_of[order] = np.arange(n_rows)
    return Reduction(
        rows[0][0],
        rows[0][1],
        rows[1][0],
        rows[1][1],
        arcs[rows[0][2]],
        members.start,
        np.ones(n_rows),
        shares[order],
        targets[order],
        np.zeros(n_rows),
        across,
        members.node,
        row_of,
        bridge_ties,
        bridge_loads,
    )


def _undirected(
    members: _Members,
    behind: FloatArray,
    across: FloatArray,
    bridge_ties: PointerArray,
    bridge_loads: FloatArray,
    merges_twins: bool,
) -> Reduction:
    n_members = len(members.node)
    first = np.arange(n_members, dtype=np.int32)
    is_tied = np.zeros(n_members, np.bool_)
    if merges_twins:
        own = np.random.Generator(np.random.PCG64(1)).integers(0, 2**64, n_members, np.uint64)
        for hashes, ties in zip(
            reduction.neighbourhood_hashes(members.row, members.ends, own),
            (False, True),
            strict=True,
        ):
            by_hash = np.argsort(hashes, kind="stable")
            found = reduction.twin_classes(members.row, members.ends, by_hash, hashes, ties)
            first = np.minimum(first, found)
            is_tied |= ties & (found != np.arange(n_members))
    indptr, indices, class_of, start, origin = reduction.quotient(
        members.row, members.ends, first, members.start
    )
    n_rows = len(indptr) - 1
    copies: FloatArray = sums_at(class_of, np.ones(n_members), n_rows)
    weights = sums_at(class_of, behind, n_rows)
    pairs = weights**2 - sums_at(class_of, behind**2, n_rows)
    pairs[class_of[is_tied]] = 0.0
    owner = np.repeat(np.arange(n_rows), np.diff(indptr))
    n_partners = sums_at(owner, copies[indices], n_rows)
    inside = sums_at(indices, (pairs / np.maximum(n_partners, 1))[owner], n_rows)
    order = reduction.search_order(indptr, indices, start)
    indptr, indices, places = reduction.renumbered(indptr, indices, order)
    place = np.empty(n_rows, np.int32)
    place[order] = np.arange(n_rows)
    return Reduction(
        indptr,
        indices,
        indptr,
        indices,
        members.half[origin[places]],
        start,
        copies[order],
        weights[order],
        weights[order],
        inside[order],
        across,
        members.node,
        place[class_of],
        bridge_ties,
        bridge_loads,
    )
