"""The network that is analysed: an immutable snapshot as arrays, with no word of the domain in it.

What holds everywhere:

- *Nodes* are numbered 0 … n-1 in the order given; ``ids`` has their names. *Isolates* are kept.
- *Parallel ties* are one tie, their weights added. *Self-ties* are left out and counted.
- *Weights* are strengths, more is closer, and above 0. A measure on shortest paths that is to use
  them as lengths is told so.
- An *undirected* network has each tie in the rows of both ends; a *directed* one has arcs, in the
  row of their source (``indptr``) and again in the row of their target (``in_indptr``).
- *Groups* partition the nodes (the sectors, say); a node may have none (-1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import networkx as nx

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
PointerArray = NDArray[np.int64]
NO_GROUP = -1


class Network:
    """Nodes and the weighted ties among them, as compressed sparse rows; see the module.

    Attributes
    ----------
    ids : one hashable name per node, in order.
    is_directed : whether ties have a direction.
    indptr, indices, weights : row i is ``indices[indptr[i]:indptr[i + 1]]``, sorted, with the
        weight of each tie beside it; the successors of i where the network is directed.
    in_indptr, in_indices, in_weights : the same for the predecessors; undirected, the same arrays.
    groups, group_names : the group of each node, as a position in ``group_names``, or -1.
    n_self_ties, n_parallel_ties : how many ties given were left out, or merged into another.

    A half-tie takes 12 bytes (24 where directed), a node 12 (20) and its id.
    """

    __slots__ = (
        "__dict__",
        "group_names",
        "groups",
        "ids",
        "in_indices",
        "in_indptr",
        "in_weights",
        "indices",
        "indptr",
        "is_directed",
        "n_parallel_ties",
        "n_self_ties",
        "weights",
    )

    def __init__(
        self,
        ids: Sequence[Hashable],
        sources: ArrayLike,
        targets: ArrayLike,
        weights: ArrayLike | None = None,
        *,
        is_directed: bool = False,
        groups: ArrayLike | None = None,
        group_names: Sequence[str] = (),
    ) -> None:
        """Build from ties given by the positions of their ends. Time and memory O(n + m).

        Parameters
        ----------
        ids : names of the nodes.
        sources, targets : positions of the two ends of each tie.
        weights : strength of each tie, above 0 and finite; 1 where not given.
        groups : position in ``group_names`` of each node's group, -1 for none.

        Raises ValueError where an end is no position, a weight is not above 0 and finite, or the
        lengths do not fit.
        """
        n = len(ids)
        start, end = (
            np.ascontiguousarray(sources, np.int32),
            np.ascontiguousarray(targets, np.int32),
        )
        given = np.ones(len(start)) if weights is None else np.ascontiguousarray(weights, float)
        if not len(start) == len(end) == len(given):
            raise ValueError("sources, targets and weights differ in length")
        for ends in (start, end):
            if len(ends) and not (ends.min() >= 0 and ends.max() < n):
                raise ValueError(f"a tie's end is no position below {n}")
        if not (np.isfinite(given) & (given > 0)).all():
            raise ValueError("a weight is not above 0 and finite")
        # Compiled code takes a moment to load; what builds no network does not wait for it.
        from graph.kernels import csr

        self.ids: tuple[Hashable, ...] = tuple(ids)
        self.is_directed = is_directed
        rows = csr.rows_of(n, start, end, given, not is_directed)
        self.indptr, self.indices, self.weights = (frozen(a) for a in rows)
        self.in_indptr, self.in_indices, self.in_weights = rows
        if is_directed:
            back = csr.transposed(*rows)
            self.in_indptr, self.in_indices, self.in_weights = (frozen(a) for a in back)
        self.n_self_ties = int(np.count_nonzero(start == end))
        self.n_parallel_ties = len(start) - self.n_self_ties - self.n_ties
        codes = np.full(n, NO_GROUP) if groups is None else groups
        self.groups: IntArray = frozen(np.array(codes, np.int32))
        self.group_names: tuple[str, ...] = tuple(group_names)
        if len(self.groups) != n:
            raise ValueError("groups and ids differ in length")
        if n and not (self.groups.min() >= NO_GROUP and self.groups.max() < len(group_names)):
            raise ValueError(f"a group is no position below {len(group_names)}")

    @classmethod
    def from_edges(
        cls,
        edges: Iterable[tuple[Hashable, Hashable] | tuple[Hashable, Hashable, float]],
        *,
        nodes: Iterable[Hashable] = (),
        is_directed: bool = False,
        groups: dict[Hashable, str] | None = None,
    ) -> Network:
        """Build from ties between names, with a weight or not; ``nodes`` come first, in order."""
        index: dict[Hashable, int] = {}
        for node in nodes:
            index.setdefault(node, len(index))
        ends: list[int] = []
        weights: list[float] = []
        for a, b, *weight in edges:
            ends += (index.setdefault(a, len(index)), index.setdefault(b, len(index)))
            weights.append(float(weight[0]) if weight else 1.0)
        names = tuple(sorted(set((groups or {}).values())))
        place = {name: k for k, name in enumerate(names)}
        codes = [place[groups[v]] if groups and v in groups else NO_GROUP for v in index]
        return cls(
            tuple(index),
            ends[::2],
            ends[1::2],
            weights,
            is_directed=is_directed,
            groups=codes,
            group_names=names,
        )

    @classmethod
    def from_networkx(cls, graph: nx.Graph, weight: str | None = None) -> Network:
        """Build from a NetworkX graph of any class; a tie with no ``weight`` counts 1."""
        index = {v: i for i, v in enumerate(graph)}
        sources, targets, weights = [], [], []
        for a, b, value in graph.edges(data=weight, default=1.0):
            sources.append(index[a])
            targets.append(index[b])
            weights.append(1.0 if weight is None else float(value))
        return cls(tuple(index), sources, targets, weights, is_directed=graph.is_directed())

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        sort = "directed" if self.is_directed else "undirected"
        return f"<Network: {sort}, {len(self):,} nodes, {self.n_ties:,} ties>"

    @property
    def n_ties(self) -> int:
        """The number of ties; of arcs where directed."""
        return len(self.indices) if self.is_directed else len(self.indices) // 2

    @cached_property
    def index(self) -> dict[Hashable, int]:
        """The position of each id."""
        return {v: i for i, v in enumerate(self.ids)}

    @cached_property
    def version(self) -> str:
        """A digest of all that the network holds; equal networks have equal versions."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(repr((self.is_directed, self.group_names)).encode())
        for array in (self.indptr, self.indices, self.weights, self.groups):
            digest.update(array.tobytes())
        digest.update("\0".join(map(repr, self.ids)).encode())
        return digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Network) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    def neighbours(self, i: int) -> IntArray:
        """Return the positions of the neighbours of node i (successors where directed), sorted."""
        return self.indices[self.indptr[i] : self.indptr[i + 1]]

    @property
    def degrees(self) -> PointerArray:
        """The number of different neighbours of each node; of successors where directed."""
        return np.diff(self.indptr)

    @property
    def strengths(self) -> FloatArray:
        """The sum of the weights of each node's ties; of arcs leaving it where directed."""
        rows = np.repeat(np.arange(len(self)), self.degrees)
        return np.bincount(rows, self.weights, len(self)).astype(np.float64)

    @cached_property
    def reverse(self) -> PointerArray:
        """The position of j → i for each half-tie i → j of an undirected network."""
        if self.is_directed:
            raise ValueError("only the half-ties of an undirected network come in pairs")
        from graph.kernels import csr

        return csr.reverse_positions(self.indptr, self.indices)

    @cached_property
    def undirected(self) -> Network:
        """The same network without directions, the weights of a → b and b → a added."""
        if not self.is_directed:
            return self
        sources, targets, weights = self.arrays()
        return Network(
            self.ids,
            sources,
            targets,
            weights,
            groups=self.groups,
            group_names=self.group_names,
        )

    def arrays(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Return (sources, targets, weights), each tie once; undirected, with source < target."""
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self.degrees)
        if self.is_directed:
            return rows, self.indices, self.weights
        once = rows < self.indices
        return rows[once], self.indices[once], self.weights[once]

    def edges(self) -> Iterator[tuple[Hashable, Hashable, float]]:
        """Yield each tie once, as (id, id, weight): what `from_edges` and igraph's ``TupleList``
        (``weights=True``) take.
        """
        sources, targets, weights = self.arrays()
        for a, b, weight in zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True):
            yield self.ids[a], self.ids[b], weight

    def to_networkx(self) -> Any:
        """Return a `networkx.Graph` or ``DiGraph`` on the ids, the strength as ``weight``.

        A node's group is its attribute ``group``, where it has one.
        """
        import networkx as nx

        graph = nx.DiGraph() if self.is_directed else nx.Graph()
        for v, code in zip(self.ids, self.groups.tolist(), strict=True):
            graph.add_node(v, **({"group": self.group_names[code]} if code >= 0 else {}))
        graph.add_weighted_edges_from(self.edges())
        return graph


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """Return the array, no longer to be written to: to the kernels that is a type of its own."""
    array.flags.writeable = False
    return array
