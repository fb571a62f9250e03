"""The stored ties that make a tie of the actor network: what stands behind a step of a path."""

from __future__ import annotations

from dataclasses import dataclass

from graph.findings.ground import Ground
from graph.model import RELATION_BY_SLUG
from graph.projection import DEFAULT, Projection
from graph.records import Node, Tie, holds_on


@dataclass(frozen=True, slots=True)
class BehindTie:
    """A stored tie, its ends shown as the actors that they are counted in.

    affiliation : where the two actors meet by it, with a second row for the other one; None for a
        tie between the two themselves. through_member : whether an end is a person who is counted
        in the actor shown in its place.
    """

    relation: str
    start: Node
    end: Node
    affiliation: Node | None
    strength: int
    since: str | None
    until: str | None
    source: str | None
    through_member: bool


class TiesBehind:
    """Finds the stored ties behind pairs of actors of one projection; built in O(m)."""

    def __init__(self, ground: Ground, projection: Projection = DEFAULT) -> None:
        self._ground = ground
        self._nodes = ground.records.by_id()
        self._ties: dict[tuple[str, str], list[Tie]] = {}
        for tie in ground.records.ties:
            if projection.relations is not None and tie.relation not in projection.relations:
                continue
            day = projection.as_of
            if day is None or holds_on(tie.since, tie.until, day):
                pair = _pair(self._actor(tie.start), self._actor(tie.end))
                self._ties.setdefault(pair, []).append(tie)

    def _actor(self, node_id: str) -> str:
        return self._ground.folded.get(node_id, node_id)

    def between(self, one: Node, other: Node) -> tuple[BehindTie, ...]:
        """Return what ties two actors, or an affiliation and one who has a part in it.

        Ties of their own come first; then, by affiliation, the ties of both to where they meet.
        Time O(what is found).
        """
        network = self._ground.network
        found = [self._shown(tie, None) for tie in self._ties.get(_pair(one.id, other.id), ())]
        if one.id in network.index and other.id in network.index:
            tie = network.tie(network.index[one.id], network.index[other.id])
            for via in tie.via if tie else ():
                for actor in (one, other):
                    found += [
                        self._shown(t, self._nodes[via])
                        for t in self._ties.get(_pair(actor.id, via), ())
                        if RELATION_BY_SLUG[t.relation].role is not None
                    ]
        return tuple(found)

    def _shown(self, tie: Tie, affiliation: Node | None) -> BehindTie:
        start, end = self._actor(tie.start), self._actor(tie.end)
        return BehindTie(
            tie.relation,
            self._nodes[start],
            self._nodes[end],
            affiliation,
            tie.strength,
            tie.since,
            tie.until,
            tie.source,
            (start, end) != (tie.start, tie.end),
        )


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
