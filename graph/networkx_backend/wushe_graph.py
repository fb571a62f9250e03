"""A NetworkX graph as arrays: what the functions of the backend take in its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, compress, repeat
from operator import itemgetter
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.network import FloatArray, IntArray, Network, PointerArray

Edge = tuple[Hashable, ...]
BoolArray = NDArray[np.bool_]
# Path lengths closer than a relative 1e-12 are equal to the kernels; whole numbers of which all
# together stay below this one never are, unless they are the same.
_LARGEST_SUM = 5e11
_CLASSES = (nx.MultiDiGraph, nx.MultiGraph, nx.DiGraph, nx.Graph)
_READ_BY = ("__getitem__", "__iter__", "adj", "edges", "is_directed", "is_multigraph", "neighbors")


class WusheGraph:
    """A graph of any of the four classes of NetworkX, which does not change.

    Attributes
    ----------
    nodes : the node objects, in NetworkX's order; ``index`` has the position of each.
    indptr, indices : row i is ``indices[indptr[i]:indptr[i + 1]]``, the neighbours of node i
        (successors where directed) in NetworkX's order, each once, itself where it has a self-loop.
    graph : the attributes of the graph, where they were kept.
    node_data : the attributes of each node, or None where none were kept.
    edge_data : those of each edge in the order of `edges`, or None.
    n_parallel : of a multigraph, how many edges each entry of `pairs` stands for.
    columns : what was kept of single edge attributes: values in the order of `edges`, and which
        edges had one; None for all.

    A half-edge takes 4 bytes, a node 8, its object and its place in ``index``.
    """

    __networkx_backend__ = "wushe"

    def __init__(
        self,
        nodes: Iterable[Hashable],
        indptr: PointerArray,
        indices: IntArray,
        *,
        is_directed: bool,
        n_parallel: ArrayLike = (),
        keys: Sequence[Hashable] | None = None,
        graph: Mapping[Hashable, Any] | None = None,
        node_data: Sequence[dict[Hashable, Any]] | None = None,
        edge_data: Sequence[dict[Hashable, Any]] | None = None,
        columns: Mapping[Hashable, tuple[list[Any], list[bool] | None]] | None = None,
    ) -> None:
        """Hold what is given; ``n_parallel`` and the ``keys`` of all edges are of multigraphs."""
        self.nodes = tuple(nodes)
        self.index = {node: i for i, node in enumerate(self.nodes)}
        self.indptr, self.indices = indptr, indices
        # Compiled code tells read-only arrays from others, and those of `Network` are read-only.
        indptr.flags.writeable = indices.flags.writeable = False
        self.graph = dict(graph or {})
        self.node_data, self.edge_data = node_data, edge_data
        self.columns = dict(columns or {})
        self._is_directed = is_directed
        self.n_parallel = np.array(n_parallel, np.int64)
        self._keys = keys
        self._networks: dict[Hashable, Network] = {}
        self._values: dict[Hashable, FloatArray] = {}
        self._whole: set[Hashable] = set()
        # NetworkX keeps a conversion back to its own graph here.
        self.__networkx_cache__: dict[str, Any] = {}

    @classmethod
    def from_networkx(
        cls,
        graph: Any,
        *,
        edge_attrs: Mapping[Hashable, Any] | None = None,
        node_attrs: Mapping[Hashable, Any] | None = None,
        preserve_edge_attrs: bool = True,
        preserve_node_attrs: bool = True,
        preserve_graph_attrs: bool = True,
    ) -> WusheGraph:
        """Convert a graph, with all attributes or, where not preserved, with those named only.

        Attribute dictionaries are copied, their values are not. Time and memory O(n + m). Raises
        NotImplementedError for a class that reads its edges in a way of its own.
        """
        rows = _rows(graph)
        n = len(rows)
        index = dict(zip(rows, range(n), strict=True))
        indptr = np.zeros(n + 1, np.int64)
        np.cumsum(np.fromiter(map(len, rows.values()), np.int64, n), out=indptr[1:])
        ends = map(index.__getitem__, chain.from_iterable(rows.values()))
        indices = np.fromiter(ends, np.int32, int(indptr[n]))
        once: Iterable[Any] = chain.from_iterable(row.values() for row in rows.values())
        if not graph.is_directed():
            once = compress(once, (_owners(indptr) <= indices).tolist())
        keys = None
        n_parallel: list[int] = []
        if graph.is_multigraph():
            parallel = list(once)
            n_parallel = list(map(len, parallel))
            keys = list(chain.from_iterable(parallel))
            once = chain.from_iterable(ties.values() for ties in parallel)
        edge_data = columns = None
        if preserve_edge_attrs:
            edge_data = list(map(dict, once))
        elif edge_attrs:
            columns = _columns(list(once), edge_attrs)
        node_data = None
        if preserve_node_attrs:
            node_data = [dict(graph._node[v]) for v in index]
        elif node_attrs:
            node_data = [
                {name: graph._node[v][name] for name in node_attrs if name in graph._node[v]}
                for v in index
            ]
        return cls(
            index,
            indptr,
            indices,
            is_directed=graph.is_directed(),
            n_parallel=n_parallel,
            keys=keys,
            graph=graph.graph if preserve_graph_attrs else None,
            node_data=node_data,
            edge_data=edge_data,
            columns=columns,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and store what was given, not what was found out since: arrays are frozen anew."""
        rebuild = partial(
            WusheGraph,
            is_directed=self._is_directed,
            n_parallel=self.n_parallel,
            keys=self._keys,
            graph=self.graph,
            node_data=self.node_data,
            edge_data=self.edge_data,
            columns=self.columns,
        )
        return rebuild, (self.nodes, self.indptr, self.indices)

    def to_networkx(self) -> Any:
        """Return a graph of NetworkX's own class, with the attributes that were kept."""
        multi, directed = (nx.MultiGraph, nx.MultiDiGraph), (nx.Graph, nx.DiGraph)
        graph = (multi if self.is_multigraph() else directed)[self._is_directed]()
        graph.graph.update(self.graph)
        data: Iterable[dict[Hashable, Any]] = self.node_data or repeat({}, len(self))
        graph.add_nodes_from(zip(self.nodes, data, strict=True))
        graph.add_edges_from((*edge, data) for edge, data in self._edges_with_data())
        return graph

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.nodes)

    def __contains__(self, node: object) -> bool:
        try:
            return node in self.index
        except TypeError:
            return False

    def __repr__(self) -> str:
        sort = "directed" if self._is_directed else "undirected"
        multi = "multi" if self.is_multigraph() else ""
        n_edges = self.number_of_edges()
        return f"<WusheGraph: {sort} {multi}graph, {len(self):,} nodes, {n_edges:,} edges>"

    def is_directed(self) -> bool:
        """Say whether edges have a direction."""
        return self._is_directed

    def is_multigraph(self) -> bool:
        """Say whether two nodes may have several edges."""
        return self._keys is not None

    def number_of_nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.nodes)

    def number_of_edges(self) -> int:
        """Return the number of edges, parallel ones and self-loops among them."""
        return len(self.pairs[0]) if self._keys is None else len(self._keys)

    def nbunch_iter(self, nbunch: Any = None) -> Iterator[Hashable]:
        """Yield the nodes that ``nbunch`` asks for, as NetworkX reads it.

        None asks for all and a node for itself; of several those that are no nodes are passed over.
        Raises NetworkXError where it is neither a node nor several.
        """
        if nbunch is None:
            yield from self.nodes
            return
        if nbunch in self:
            yield nbunch
            return
        try:
            asked = iter(nbunch)
        except TypeError:
            raise nx.NetworkXError(f"Node {nbunch} is not in the graph.") from None
        for node in asked:
            try:
                is_known = node in self.index
            except TypeError as error:
                message = f"Node {node} in sequence nbunch is not a valid node."
                raise nx.NetworkXError(message) from error
            if is_known:
                yield node

    @cached_property
    def pairs(self) -> tuple[IntArray, IntArray]:
        """The positions of the two ends of each pair that is tied, in the order of ``G.edges``."""
        owners = _owners(self.indptr)
        if self._is_directed:
            return owners, self.indices.copy()
        once = owners <= self.indices
        return owners[once], self.indices[once]

    @cached_property
    def ends(self) -> tuple[IntArray, IntArray]:
        """The positions of the two ends of each edge, parallel ones among them."""
        sources, targets = self.pairs
        if not self.is_multigraph():
            return sources, targets
        return np.repeat(sources, self.n_parallel), np.repeat(targets, self.n_parallel)

    @cached_property
    def has_self_loops(self) -> bool:
        """Whether a node is tied to itself."""
        sources, targets = self.pairs
        return bool((sources == targets).any())

    def pair_objects(self) -> list[Edge]:
        """Return the two node objects of each pair, in the order of `pairs`."""
        return list(zip(*map(self._objects, self.pairs), strict=True))

    def edges(self) -> list[Edge]:
        """Return all edges in the order of ``G.edges``: (u, v), of a multigraph (u, v, key)."""
        if self._keys is None:
            return self.pair_objects()
        return list(zip(*map(self._objects, self.ends), self._keys, strict=True))

    def _objects(self, positions: IntArray) -> Iterator[Hashable]:
        return map(self.nodes.__getitem__, positions.tolist())

    def network(self, weight: Hashable | None = None) -> Network:
        """Return the network of the edges, strengths from the attribute ``weight``.

        Parallel edges are added up, each counting 1 without ``weight``; self-loops are left out.
        Raises NotImplementedError for weights that `values` or `Network` does not take.
        """
        if weight not in self._networks:
            sources, targets = self.ends
            weights = None
            if weight is not None:
                weights = self.values(weight)
                if not (weights > 0).all():
                    raise NotImplementedError(f"an edge has a {weight!r} that is not above 0")
            self._networks[weight] = Network(
                self.nodes, sources, targets, weights, is_directed=self._is_directed
            )
        return self._networks[weight]

    def lengths(self, weight: Hashable | None) -> FloatArray | None:
        """Return the length of each tie of `network`, the shortest of parallel edges.

        In the order of its ``indices``. None without ``weight``. Raises NotImplementedError as
        `network` does, and for whole numbers too large to be told apart as sums.
        """
        if weight is None:
            return None
        network = self.network(weight)
        values = self.values(weight)
        if values.sum() >= _LARGEST_SUM and (values == np.floor(values)).all():
            raise NotImplementedError(f"the whole numbers in {weight!r} are too large to add up")
        if not self.is_multigraph():
            return network.weights.copy()
        sources, targets = self.ends
        is_tie = sources != targets
        lengths = np.full(len(network.indices), np.inf)
        both = (sources, targets), (targets, sources)
        for a, b in both[:1] if self._is_directed else both:
            np.minimum.at(lengths, positions_of(network, a[is_tie], b[is_tie]), values[is_tie])
        return lengths

    def values(self, weight: Hashable) -> FloatArray:
        """Return the attribute ``weight`` of each edge as numbers, 1 where an edge has none.

        In the order of `edges`. Raises NotImplementedError where one is no finite number, and
        NetworkXError where the attribute was not kept.
        """
        if weight not in self._values:
            self._values[weight] = self._numbers(weight)
        return self._values[weight]

    def has_whole_numbers(self, weight: Hashable) -> bool:
        """Say whether the attribute ``weight`` is an integer wherever an edge has it."""
        self.values(weight)
        return weight in self._whole

    def _numbers(self, weight: Hashable) -> FloatArray:
        if self.edge_data is not None:
            given = [data.get(weight, 1) for data in self.edge_data]
        elif weight in self.columns:
            given, is_given = self.columns[weight]
            if is_given is not None:
                given = [v if has else 1 for v, has in zip(given, is_given, strict=True)]
        else:
            raise nx.NetworkXError(f"the graph was converted without the attribute {weight!r}")
        try:
            numbers = np.array(given, dtype=None if given else int)
        except (ValueError, OverflowError):
            numbers = np.array(None)
        if numbers.dtype.kind not in "biuf" or numbers.ndim != 1:
            raise NotImplementedError(f"an edge has a {weight!r} that is no number")
        if not np.isfinite(numbers).all():
            raise NotImplementedError(f"an edge has a {weight!r} that is not finite")
        if numbers.dtype.kind != "f":
            self._whole.add(weight)
        return numbers.astype(np.float64)

    def _edges_with_data(self) -> Iterator[tuple[Edge, dict[Hashable, Any]]]:
        edges = self.edges()
        if self.edge_data is not None:
            yield from zip(edges, self.edge_data, strict=True)
            return
        data: list[dict[Hashable, Any]] = [{} for _ in edges]
        for name, (values, is_given) in self.columns.items():
            for has, value, of_edge in zip(is_given or repeat(True), values, data, strict=False):
                if has:
                    of_edge[name] = value
        yield from zip(edges, data, strict=True)


def positions_of(network: Network, sources: IntArray, targets: IntArray) -> PointerArray:
    """Return the position in ``network.indices`` of the tie of each source to its target."""
    n = max(len(network), 1)
    ties = _owners(network.indptr).astype(np.int64) * n + network.indices
    return np.searchsorted(ties, sources.astype(np.int64) * n + targets)


def _rows(graph: Any) -> Mapping[Hashable, Mapping[Hashable, Any]]:
    """Return the neighbours of each node with what NetworkX holds of the edge to them."""
    own = next((c for c in type(graph).__mro__ if c in _CLASSES), object)
    if any(getattr(type(graph), name) is not getattr(own, name, None) for name in _READ_BY):
        raise NotImplementedError(f"a {type(graph).__name__} has edges of its own")
    rows: Mapping[Hashable, Mapping[Hashable, Any]] = graph._adj
    if isinstance(rows, dict):
        return rows
    # A view of part of a graph finds anew what it shows whenever it is asked.
    if graph.is_multigraph():
        return {v: {u: dict(ties) for u, ties in row.items()} for v, row in rows.items()}
    return {v: dict(row) for v, row in rows.items()}


def _owners(indptr: PointerArray) -> IntArray:
    return np.repeat(np.arange(len(indptr) - 1, dtype=np.int32), np.diff(indptr))


def _columns(
    edges: Sequence[Mapping[Hashable, Any]], attrs: Iterable[Hashable]
) -> dict[Hashable, tuple[list[Any], list[bool] | None]]:
    columns: dict[Hashable, tuple[list[Any], list[bool] | None]] = {}
    for name in attrs:
        try:
            columns[name] = list(map(itemgetter(name), edges)), None
        except KeyError:
            columns[name] = [data.get(name) for data in edges], [name in data for data in edges]
    return columns
