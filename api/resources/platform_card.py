"""What ``actors/{id}/platform-card`` answers."""

from __future__ import annotations

from api.schemas import Actor, Projection, Schema, SectorPair, Snapshot, Text
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import platform_card as question


class Role(Schema):
    """What an actor does in which affiliations; the first of ``n_affiliations``."""

    relation: str
    label: Text
    affiliations: list[Actor]
    n_affiliations: int


class Part(Schema):
    """Actors that hang together and would be cut off; the first of ``n_actors``."""

    actors: list[Actor]
    n_actors: int


class LostSector(Schema):
    """Communities that would have nobody of a sector within two steps.

    ``n_reaching`` of the actor's communities have one now.
    """

    sector: str
    reason: Text
    communities: list[Actor]
    n_communities: int
    n_reaching: int


class Without(Schema):
    """What is lost without the actor."""

    reason: Text
    n_cut_off: int
    cut_off: list[Part]
    n_parts_cut_off: int
    lost_sectors: list[LostSector]


class StandIn(Schema):
    """Another actor with some of the same partners."""

    actor: Actor
    reason: Text
    communities: list[Actor]
    n_communities: int
    others: list[Actor]
    n_others: int


class PlatformCard(Schema):
    """An actor as a platform. ``no_stand_in`` says why ``stand_ins`` is empty, where it is."""

    actor: Actor
    reason: Text
    n_pairs: int
    n_sole_pairs: int
    brings_together: list[SectorPair]
    communities: list[Actor]
    enterprises: list[Actor]
    roles: list[Role]
    without: Without
    stand_ins: list[StandIn]
    no_stand_in: Text | None
    projection: Projection
    snapshot: Snapshot


def platform_card(explorer: Explorer, actor_id: str, chosen: Chosen = DEFAULT) -> PlatformCard:
    """Answer ``GET actors/{id}/platform-card``."""
    document = question.as_document(question.platform_card(explorer, actor_id, chosen))
    return PlatformCard(**document, **documents.basis(explorer, chosen))
