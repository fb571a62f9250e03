"""The functions that the backend offers, and what each does otherwise than NetworkX.

Nothing heavy is imported here: NetworkX reads this when it is imported itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Arguments = Mapping[str, Any]


class Pace(Enum):
    """How long NetworkX takes for an answer beside the conversion of the graph."""

    SLOW = "much longer"
    LINEAR = "a few times as long"
    QUICK = "no longer, as a rule"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of NetworkX that the backend offers.

    Attributes
    ----------
    name : its name in NetworkX, in the module and on the backend.
    module : the module of this package that it is in.
    docs : what NetworkX adds to its own documentation: how it is computed, and what differs.
    refused : the classes of graphs that NetworkX refuses with NetworkXNotImplemented.
    weight : the argument that names the edge attribute, if it has one.
    some : the argument that asks for some nodes only, if it has one; NetworkX is then as quick as
        the conversion of the graph.
    pace : how long NetworkX takes beside the conversion of the graph.
    reason_not : says for arguments why the function cannot run with them, empty where it can; None
        where it always can.
    """

    name: str
    module: str
    docs: str
    refused: tuple[str, ...] = ()
    weight: str | None = None
    some: str | None = None
    pace: Pace = Pace.SLOW
    reason_not: Callable[[Arguments], str] | None = None


def _sp_given(arguments: Arguments) -> str:
    return "" if arguments["sp"] is None else "path lengths are given"


def _directed(arguments: Arguments) -> str:
    return "the graph is directed" if arguments["G"].is_directed() else ""


def _other_method(arguments: Arguments) -> str:
    method = arguments["method"]
    known = (None, "unweighted", "dijkstra", "bellman-ford")
    return "" if method in known else f"method {method!r} is not offered"


_LENGTHS = """
Lengths that differ by a relative 1e-12 are equal, so that paths of 0.1 + 0.2 and of 0.3 are both
shortest; NetworkX compares rounded sums. Lengths have to be finite numbers above 0."""
_STRENGTHS = """
Weights have to be finite numbers above 0. Parallel edges are added up, for lists of nodes too. A
graph with self-loops is left to NetworkX."""
_QUICK = """
Unless asked for by ``backend="wushe"``, only on graphs of 1,000 nodes or more that are converted
already: NetworkX is as quick as the conversion."""

FUNCTIONS = (
    Function(
        "betweenness_centrality",
        "betweenness",
        "Exact, on a structural reduction and on several threads; the same sample for the same "
        "``seed``." + _LENGTHS,
        weight="weight",
    ),
    Function(
        "edge_betweenness_centrality",
        "betweenness",
        "Exact, on a structural reduction and on several threads; the same sample for the same "
        "``seed``. An edge between two nodes whose pair is itself a node is not lost." + _LENGTHS,
        weight="weight",
    ),
    Function(
        "betweenness_centrality_subset",
        "betweenness",
        "32 sources at once, on several threads." + _LENGTHS,
        weight="weight",
        pace=Pace.LINEAR,
    ),
    Function(
        "edge_betweenness_centrality_subset",
        "betweenness",
        "32 sources at once, on several threads. What passes a node that is no target is shared "
        "among the nodes before it by the number of paths over each, as the definition has it; "
        "NetworkX shares it evenly." + _LENGTHS,
        weight="weight",
        pace=Pace.LINEAR,
    ),
    Function(
        "closeness_centrality",
        "distances",
        "64 searches at once. Distances have to be finite numbers above 0.",
        weight="distance",
        some="u",
        reason_not=_sp_given,
    ),
    Function(
        "harmonic_centrality",
        "distances",
        "64 searches at once. Distances have to be finite numbers above 0.",
        weight="distance",
        some="nbunch",
    ),
    Function(
        "eccentricity",
        "distances",
        "64 searches at once. Weights have to be finite numbers above 0. Also what ``diameter``, "
        "``radius``, ``center`` and ``periphery`` of NetworkX call.",
        weight="weight",
        some="v",
        reason_not=_sp_given,
    ),
    Function(
        "global_efficiency",
        "distances",
        "64 searches at once.",
        refused=("directed",),
    ),
    Function(
        "average_shortest_path_length",
        "distances",
        "64 searches at once; Dijkstra's with weights, which have to be finite numbers above 0. "
        "The Floyd-Warshall methods are left to NetworkX.",
        weight="weight",
        reason_not=_other_method,
    ),
    Function(
        "wiener_index",
        "distances",
        "64 searches at once. Weights have to be finite numbers above 0.",
        weight="weight",
    ),
    Function(
        "constraint",
        "structural_holes",
        "Over each triangle once. A node with incoming arcs only has a number, as in igraph, where "
        "NetworkX has NaN for a list of nodes." + _STRENGTHS,
        weight="weight",
        some="nodes",
    ),
    Function(
        "effective_size",
        "structural_holes",
        "Over each triangle once. The same for all nodes as for a list of nodes; NetworkX, for all "
        "nodes, divides a tie by the strongest tie of the wrong one of its ends. A node with "
        "incoming arcs only has a number, where NetworkX has NaN for a list of nodes." + _STRENGTHS,
        weight="weight",
        some="nodes",
    ),
    Function(
        "local_constraint",
        "structural_holes",
        "From the common partners of the two. Parallel edges count with all their weights, where "
        "NetworkX counts them as one of weight 1." + _STRENGTHS,
        weight="weight",
        some="u",
    ),
    Function(
        "articulation_points",
        "cuts",
        "By one compiled depth-first search, in the order of NetworkX.",
        refused=("directed",),
        pace=Pace.LINEAR,
    ),
    Function(
        "biconnected_components",
        "cuts",
        "By one compiled depth-first search, in the order of NetworkX.",
        refused=("directed",),
        pace=Pace.LINEAR,
    ),
    Function(
        "biconnected_component_edges",
        "cuts",
        "By one compiled depth-first search, in the order of NetworkX.",
        refused=("directed",),
        pace=Pace.LINEAR,
    ),
    Function(
        "is_biconnected",
        "cuts",
        "By one compiled depth-first search." + _QUICK,
        refused=("directed",),
        pace=Pace.QUICK,
    ),
    Function(
        "bridges",
        "cuts",
        "The biconnected components of one edge, in the order of NetworkX; with ``root``, where "
        "NetworkX leaves the order to chance, in that of ``G.edges``.",
        refused=("directed",),
        pace=Pace.LINEAR,
    ),
    Function(
        "has_bridges",
        "cuts",
        "The biconnected components of one edge.",
        refused=("directed",),
        pace=Pace.LINEAR,
    ),
    Function(
        "connected_components",
        "components",
        "By union-find, in the order of NetworkX." + _QUICK,
        refused=("directed",),
        pace=Pace.QUICK,
    ),
    Function(
        "number_connected_components",
        "components",
        "By union-find." + _QUICK,
        refused=("directed",),
        pace=Pace.QUICK,
    ),
    Function(
        "is_connected",
        "components",
        "By union-find." + _QUICK,
        refused=("directed",),
        pace=Pace.QUICK,
    ),
    Function(
        "node_connected_component",
        "components",
        "By union-find." + _QUICK,
        refused=("directed",),
        pace=Pace.QUICK,
    ),
    Function(
        "weakly_connected_components",
        "components",
        "By union-find, in the order of NetworkX." + _QUICK,
        refused=("undirected",),
        pace=Pace.QUICK,
    ),
    Function(
        "number_weakly_connected_components",
        "components",
        "By union-find." + _QUICK,
        refused=("undirected",),
        pace=Pace.QUICK,
    ),
    Function(
        "is_weakly_connected",
        "components",
        "By union-find." + _QUICK,
        refused=("undirected",),
        pace=Pace.QUICK,
    ),
    Function(
        "strongly_connected_components",
        "components",
        "By one compiled depth-first search, in the order of NetworkX.",
        refused=("undirected",),
        pace=Pace.LINEAR,
    ),
    Function(
        "number_strongly_connected_components",
        "components",
        "By one compiled depth-first search.",
        refused=("undirected",),
        pace=Pace.LINEAR,
    ),
    Function(
        "is_strongly_connected",
        "components",
        "By one compiled depth-first search.",
        refused=("undirected",),
        pace=Pace.LINEAR,
    ),
    Function(
        "core_number",
        "cores",
        "With the nodes kept sorted by what is left of their degree.",
        refused=("multigraph",),
        pace=Pace.LINEAR,
    ),
    Function(
        "triangles",
        "triangles",
        "Over each triangle once.",
        refused=("directed",),
        some="nodes",
        pace=Pace.LINEAR,
    ),
    Function(
        "clustering",
        "triangles",
        "Over each triangle once. Weights have to be finite numbers above 0.",
        weight="weight",
        some="nodes",
        pace=Pace.LINEAR,
    ),
    Function(
        "average_clustering",
        "triangles",
        "Over each triangle once. Weights have to be finite numbers above 0.",
        weight="weight",
        some="nodes",
        pace=Pace.LINEAR,
    ),
    Function(
        "transitivity",
        "triangles",
        "Over each triangle once. Directed graphs are left to NetworkX.",
        reason_not=_directed,
        pace=Pace.LINEAR,
    ),
)
