"""The actor network that is analysed: an immutable snapshot of one projection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.model import SECTORS
from graph.records import Node

if TYPE_CHECKING:
    import networkx as nx

    from graph.network import Network


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """An undirected tie; ``weight`` is a strength (more is closer), never a distance."""

    weight: float
    relations: frozenset[str] = frozenset()
    via: tuple[str, ...] = ()


class ActorNetwork:
    """Actors and the undirected, weighted ties among them.

    Actors are numbered 0 … n-1 in the order given. Parallel ties have been summed into one, there
    are no self-ties, and isolates are kept. ``sectors`` has the sector of each actor.
    """

    __slots__ = ("__dict__", "actors", "index", "neighbours", "sectors")

    def __init__(self, actors: Iterable[Node], ties: dict[tuple[str, str], NetworkTie]) -> None:
        """Build from ``ties`` keyed by unordered pairs of ids.

        Raises KeyError if a tie names an unknown actor, ValueError on a self-tie.
        """
        self.actors: tuple[Node, ...] = tuple(actors)
        self.index: dict[str, int] = {actor.id: i for i, actor in enumerate(self.actors)}
        self.sectors: tuple[str, ...] = tuple(str(actor.sector) for actor in self.actors)
        neighbours: list[dict[int, NetworkTie]] = [{} for _ in self.actors]
        for (a, b), tie in ties.items():
            i, j = self.index[a], self.index[b]
            if i == j:
                raise ValueError(f"self-tie of {a}")
            neighbours[i][j] = tie
            neighbours[j][i] = tie
        self.neighbours: tuple[dict[int, NetworkTie], ...] = tuple(neighbours)

    def __len__(self) -> int:
        return len(self.actors)

    @property
    def n_ties(self) -> int:
        """The number of undirected ties."""
        return sum(len(n) for n in self.neighbours) // 2

    def ties(self) -> Iterator[tuple[int, int, NetworkTie]]:
        """Yield each undirected tie once, as (i, j, tie) with i < j."""
        for i, row in enumerate(self.neighbours):
            for j, tie in row.items():
                if i < j:
                    yield i, j, tie

    @cached_property
    def network(self) -> Network:
        """The same network as arrays, grouped by sector: what the analyses take."""
        from graph.network import Network

        ties = list(self.ties())
        names = tuple(sector.slug for sector in SECTORS)
        return Network(
            [actor.id for actor in self.actors],
            [i for i, _, _ in ties],
            [j for _, j, _ in ties],
            [tie.weight for _, _, tie in ties],
            groups=[names.index(sector) for sector in self.sectors],
            group_names=names,
        )

    def to_networkx(self) -> nx.Graph:
        """Return a `networkx.Graph` on 0 … n-1 with the strength of each tie as ``weight``."""
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(range(len(self)))
        graph.add_weighted_edges_from((i, j, tie.weight) for i, j, tie in self.ties())
        return graph
