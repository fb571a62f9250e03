"""Which pairs meet through an actor, one by one, and which of them only through it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from graph import documents
from graph.documents import Document
from graph.explorer import Explorer
from graph.projection import DEFAULT, Projection
from graph.records import Node
from graph.results import Evidence


@dataclass(frozen=True, slots=True)
class MetPair:
    """Two actors without a tie of their own; ``is_sole`` if they have no other common partner."""

    a: Node
    b: Node
    is_sole: bool


@dataclass(frozen=True, slots=True)
class PairsAnswer:
    """The first of the ``found.n_pairs`` pairs that meet through an actor."""

    found: Evidence
    pairs: tuple[MetPair, ...]


def pairs_through(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT, *, limit: int = 20
) -> PairsAnswer:
    """Return the pairs that meet through an actor, by sector, those that meet only there first.

    Raises `NotFound`, also for an affiliation, which is no actor.
    """
    from graph.analysis.evidence import met_pairs

    found = explorer.evidence(actor_id, projection)
    measured = explorer.measured_on(projection)
    network, i = measured.network, measured.network.index[actor_id]
    pairs = tuple(
        MetPair(network.actors[x], network.actors[y], is_sole)
        for x, y, is_sole in islice(met_pairs(network, measured.bridged(i), i), limit)
    )
    return PairsAnswer(found, pairs)


def pair_document(pair: MetPair) -> Document:
    """Return one pair as the command line gives it."""
    return {
        "a": documents.actor(pair.a),
        "b": documents.actor(pair.b),
        "is_sole": pair.is_sole,
    }
