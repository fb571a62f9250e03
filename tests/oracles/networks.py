"""Small networks for the tests of the analyses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from graph.actor_network import ActorNetwork, NetworkTie
from graph.model import KINDS
from graph.network import Network
from graph.records import Node

KIND_OF_SECTOR = {kind.sector: kind.slug for kind in reversed(KINDS)}
SECTORS = tuple(dict.fromkeys(kind.sector for kind in KINDS))


def network(
    n: int,
    edges: Iterable[tuple[int, int] | tuple[int, int, float]],
    sectors: Sequence[str] | None = None,
) -> ActorNetwork:
    """Return a network of ``n`` actors named by their number; all of one sector by default."""
    chosen = sectors or [SECTORS[0]] * n
    actors = [Node(f"{i:03d}", str(i), KIND_OF_SECTOR[chosen[i]]) for i in range(n)]
    ties = {}
    for edge in edges:
        i, j = sorted(edge[:2])
        ties[actors[int(i)].id, actors[int(j)].id] = NetworkTie(edge[2] if len(edge) > 2 else 1.0)
    return ActorNetwork.of(actors, ties)


@st.composite
def small_networks(draw: st.DrawFn) -> tuple[ActorNetwork, set[frozenset[int]], list[str]]:
    """Draw up to 8 actors in up to 4 sectors, isolates included, and their edges."""
    n = draw(st.integers(1, 8))
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    weighted = [(i, j, draw(st.sampled_from([0.25, 0.5, 1.0, 2.0, 5.0]))) for i, j in chosen]
    sectors = draw(st.lists(st.sampled_from(SECTORS[:4]), min_size=n, max_size=n))
    return network(n, weighted, sectors), {frozenset(p) for p in chosen}, sectors


@dataclass(frozen=True)
class Drawn:
    """A drawn network with what it was made from: ties as given, and each node's group."""

    network: Network
    n: int
    ties: list[tuple[int, int, float]]
    groups: list[int]


@st.composite
def plain_networks(
    draw: st.DrawFn, *, is_directed: bool | None = None, max_nodes: int = 8
) -> Drawn:
    """Draw a network, directed or not, with isolates, self-ties, parallel ties, groups or none."""
    n = draw(st.integers(1, max_nodes))
    end = st.integers(0, n - 1)
    weight = st.sampled_from([0.25, 0.5, 1.0, 2.0, 5.0])
    ties = draw(st.lists(st.tuples(end, end, weight), max_size=3 * n))
    groups = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    directed = draw(st.booleans()) if is_directed is None else is_directed
    network = Network(
        range(n),
        [t[0] for t in ties],
        [t[1] for t in ties],
        [t[2] for t in ties],
        is_directed=directed,
        groups=groups,
        group_names="ABCD",
    )
    return Drawn(network, n, ties, groups)
