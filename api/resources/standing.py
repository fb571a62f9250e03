"""``actors/{id}/standing``: its ranks, and each measure among those of its sector."""

from __future__ import annotations

from pydantic import Field

from api.schemas import Actor, Projection, RankInterval, Schema, Snapshot, Text
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import standing as question


class Rank(Schema):
    """Its rank as a broker or as a hub; ``interval`` is null where that would take long."""

    ranking: str
    rank: int
    interval: RankInterval | None
    sentence: Text


class PeerStanding(Schema):
    """One measure among its peers, the actors of its sector for which it is defined."""

    value: float
    n: int = Field(description="All peers, itself among them")
    n_below: int
    n_equal: int = Field(description="The others that have as much")
    n_above: int
    median: float
    largest: float
    bins: list[int] = Field(
        description="How many peers lie in each step from 0 to the largest, on a square-root scale"
    )
    sentence: Text


class Standing(Schema):
    """Where an actor stands; a measure that is undefined for it is left out."""

    actor: Actor
    n_actors: int
    ranks: list[Rank]
    sector: str
    measures: dict[str, PeerStanding]
    coverage: dict[str, int | None] | None = Field(
        description="Of a community: how many of each of the five 社 it is tied to"
    )
    projection: Projection
    snapshot: Snapshot


def standing(explorer: Explorer, actor_id: str, chosen: Chosen = DEFAULT) -> Standing:
    """Answer ``GET actors/{id}/standing``."""
    document = question.as_document(question.actor_standing(explorer, actor_id, chosen))
    return Standing(**document, **documents.basis(explorer, chosen))
