"""The actors that are analysed, the network among them, and what each of its ties is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.codes import KIND_CODE, RELATION_CODE, SECTOR_OF_KIND, SECTOR_SLUGS, relations_of
from graph.network import Network
from graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterable

DIRECT = -1


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """An undirected tie; ``weight`` is a strength (more is closer), never a distance."""

    weight: float
    relations: frozenset[str] = frozenset()
    via: tuple[str, ...] = ()


class ActorNetwork:
    """Actors and the undirected, weighted ties among them.

    ``actors`` are numbered 0 … n-1 in the order given; ``network`` is the same as arrays, grouped
    by sector: what the analyses take.
    """

    def __init__(
        self,
        actors: Sequence[Node],
        sources: ArrayLike,
        targets: ArrayLike,
        weights: ArrayLike,
        masks: ArrayLike,
        via: ArrayLike,
        affiliations: Sequence[str] = (),
    ) -> None:
        """Build from contributions to ties; those of one pair are added up.

        Parameters
        ----------
        sources, targets : positions of the two actors, no two equal ones.
        weights : what each contributes to the strength of the tie.
        masks : its relations as bits; see `graph.codes.relations_of`.
        via : position in ``affiliations`` of where the two meet, -1 for a direct tie.

        Raises ValueError on a self-tie, and as `Network`.
        """
        self.actors: tuple[Node, ...] = tuple(actors)
        self.network = Network(
            [actor.id for actor in self.actors],
            sources,
            targets,
            weights,
            groups=SECTOR_OF_KIND[[KIND_CODE[actor.kind] for actor in self.actors]]
            if self.actors
            else (),
            group_names=SECTOR_SLUGS,
        )
        if self.network.n_self_ties:
            raise ValueError("an actor is tied to itself")
        one, other = np.asarray(sources, np.int64), np.asarray(targets, np.int64)
        key = np.minimum(one, other) * len(self.actors) + np.maximum(one, other)
        order = np.argsort(key, kind="stable")
        # Ties in the order of `Network.arrays`, each with its contributions side by side.
        self._start = np.flatnonzero(np.diff(key[order], prepend=-1, append=-2))
        self._masks: NDArray[Any] = np.asarray(masks, np.int64)[order]
        self._via: NDArray[Any] = np.asarray(via, np.int64)[order]
        self._affiliations = tuple(affiliations)

    @classmethod
    def of(cls, actors: Iterable[Node], ties: dict[tuple[str, str], NetworkTie]) -> ActorNetwork:
        """Build from ties keyed by pairs of ids, each with at most one affiliation."""
        found = tuple(actors)
        index = {actor.id: i for i, actor in enumerate(found)}
        affiliations = sorted({via for tie in ties.values() for via in tie.via})
        return cls(
            found,
            [index[a] for a, _ in ties],
            [index[b] for _, b in ties],
            [tie.weight for tie in ties.values()],
            [sum(1 << RELATION_CODE[r] for r in tie.relations) for tie in ties.values()],
            [affiliations.index(tie.via[0]) if tie.via else DIRECT for tie in ties.values()],
            affiliations,
        )

    def __len__(self) -> int:
        return len(self.actors)

    @property
    def n_ties(self) -> int:
        """The number of undirected ties."""
        return self.network.n_ties

    @cached_property
    def index(self) -> dict[str, int]:
        """The position of each actor, by id."""
        return {actor.id: i for i, actor in enumerate(self.actors)}

    def partners(self, i: int) -> list[Node]:
        """Return the actors that actor i is tied to, in order of position."""
        return [self.actors[j] for j in self.network.neighbours(i).tolist()]

    def tie(self, i: int, j: int) -> NetworkTie | None:
        """Return the tie between actors i and j; None where they have none. Time O(log degree)."""
        low, high = min(i, j), max(i, j)
        row = self.network.neighbours(low)
        at = int(np.searchsorted(row, high))
        if low == high or at == len(row) or row[at] != high:
            return None
        # Of a row, the half-ties to higher positions come last, and only these are numbered.
        t = int(self._first_tie[low]) + at - int(np.searchsorted(row, low))
        part = slice(int(self._start[t]), int(self._start[t + 1]))
        met = set(self._via[part].tolist()) - {DIRECT}
        return NetworkTie(
            float(self.network.weights[self.network.indptr[low] + at]),
            relations_of(int(np.bitwise_or.reduce(self._masks[part]))),
            tuple(sorted(self._affiliations[k] for k in met)),
        )

    @cached_property
    def masks(self) -> NDArray[Any]:
        """The relations of each tie as bits, in the order of `Network.arrays`; int64."""
        if not len(self._masks):
            return np.zeros(0, np.int64)
        joined: NDArray[Any] = np.bitwise_or.reduceat(self._masks, self._start[:-1])
        return joined

    @cached_property
    def _first_tie(self) -> NDArray[Any]:
        """The number of the first tie of each actor to a higher position, as `ties` counts."""
        sources, _, _ = self.network.arrays()
        return np.searchsorted(sources, np.arange(len(self)))

    def ties(self) -> Iterator[tuple[int, int, NetworkTie]]:
        """Yield each undirected tie once, as (i, j, tie) with i < j, in order."""
        sources, targets, weights = self.network.arrays()
        ends = self._start.tolist()
        masks, via = self._masks.tolist(), self._via.tolist()
        for t, (i, j, weight) in enumerate(
            zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True)
        ):
            mask = 0
            for k in range(ends[t], ends[t + 1]):
                mask |= masks[k]
            met = {via[k] for k in range(ends[t], ends[t + 1])} - {DIRECT}
            yield (
                i,
                j,
                NetworkTie(
                    weight, relations_of(mask), tuple(sorted(self._affiliations[k] for k in met))
                ),
            )
