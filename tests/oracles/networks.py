"""Small networks for the tests of the analyses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from graph.model import KINDS
from graph.network import Network, NetworkTie
from graph.records import Node

KIND_OF_SECTOR = {kind.sector: kind.slug for kind in reversed(KINDS)}
SECTORS = tuple(dict.fromkeys(kind.sector for kind in KINDS))


def network(
    n: int,
    edges: Iterable[tuple[int, int] | tuple[int, int, float]],
    sectors: Sequence[str] | None = None,
) -> Network:
    """Return a network of ``n`` actors named by their number; all of one sector by default."""
    chosen = sectors or [SECTORS[0]] * n
    actors = [Node(f"{i:03d}", str(i), KIND_OF_SECTOR[chosen[i]]) for i in range(n)]
    ties = {}
    for edge in edges:
        i, j = sorted(edge[:2])
        ties[actors[int(i)].id, actors[int(j)].id] = NetworkTie(edge[2] if len(edge) > 2 else 1.0)
    return Network(actors, ties)


@st.composite
def small_networks(draw: st.DrawFn) -> tuple[Network, set[frozenset[int]], list[str]]:
    """Draw up to 8 actors in up to 4 sectors, isolates included, and their edges."""
    n = draw(st.integers(1, 8))
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    weighted = [(i, j, draw(st.sampled_from([0.25, 0.5, 1.0, 2.0, 5.0]))) for i, j in chosen]
    sectors = draw(st.lists(st.sampled_from(SECTORS[:4]), min_size=n, max_size=n))
    return network(n, weighted, sectors), {frozenset(p) for p in chosen}, sectors
