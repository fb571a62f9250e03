"""What the resources of ``network`` answer: the whole, its columns, measures, one actor's ties."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from api.schemas import Actor, NetworkActor, Page, Projection, Schema, Snapshot
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import network as question
from graph.questions.network import Packed


class ActorColumns(Schema):
    """Actors in order of id; ``kind`` and ``area`` are positions, -1 for no area."""

    id: list[str]
    name: list[str]
    name_en: list[str | None]
    kind: list[int]
    area: list[int]
    members: list[int | None]


class TieColumns(Schema):
    """Ties, each once: positions of its ends, its strength, its relations as bits."""

    source: list[int]
    target: list[int]
    weight: list[float]
    relation: list[int] = Field(description="Bit k stands for the k-th of `relations`")


class NetworkColumns(Schema):
    """The actor network as columns; a word is its position in a list that comes along."""

    kinds: list[str]
    relations: list[str]
    areas: list[str]
    actors: ActorColumns
    groups: list[int] = Field(description="Positions of actors that stand for several")
    at_least: list[int] = Field(description="Positions of those whose `members` is a lower bound")
    ties: TieColumns
    bridges: list[int] = Field(description="Positions of the ties whose loss parts the network")
    years: tuple[int, int] | None = Field(description="First and last year on record")
    n_undated: int = Field(description="Stored ties without any date, which hold on any day")
    n_stored_ties: int
    total: int
    projection: Projection
    snapshot: Snapshot


class MeasureColumns(Schema):
    """Measures in the order of `NetworkColumns.actors`; null where one is undefined."""

    measures: dict[str, list[float | None]]
    projection: Projection
    snapshot: Snapshot


class PartnerTie(Schema):
    """A partner, with what the tie is made of; ``weight`` is a strength, more is closer."""

    actor: Actor
    weight: float
    relations: list[str]
    via: list[Actor] = Field(description="The projects, platforms … in which the two meet")


class NetworkSummary(Schema):
    """The size of the network and its actors with most partners, most first."""

    n_actors: int
    n_ties: int
    n_isolated: int
    sectors: dict[str, int]
    main: list[NetworkActor]
    snapshot: Snapshot


def columns(explorer: Explorer, projection: Chosen = DEFAULT) -> Packed:
    """Answer ``GET network/columns``: `NetworkColumns` as compressed JSON."""
    return question.columns(explorer, projection)


def measures(explorer: Explorer, names: Sequence[str], projection: Chosen = DEFAULT) -> Packed:
    """Answer ``GET network/measures``: `MeasureColumns` as compressed JSON."""
    return question.measure_columns(explorer, names, projection)


def partners(
    explorer: Explorer,
    actor_id: str,
    limit: int = 50,
    offset: int = 0,
    projection: Chosen = DEFAULT,
) -> Page[PartnerTie]:
    """Answer ``GET network/partners``."""
    found = question.partners(explorer, actor_id, projection)
    items = [question.partner_document(p) for p in found[offset : offset + limit]]
    page = documents.page(explorer, items, len(found), limit, offset, projection)
    return Page[PartnerTie](**page)


def summary(explorer: Explorer, n_main: int) -> NetworkSummary:
    """Return what the map's page says before, or without, the picture."""
    found = question.summary(explorer, n_main)
    return NetworkSummary(
        n_actors=found.n_actors,
        n_ties=found.n_ties,
        n_isolated=found.n_isolated,
        sectors={sector: n for sector, n in found.sectors.items() if sector},
        main=[
            NetworkActor.model_validate(
                documents.actor(node)
                | {
                    "n_members": documents.headcount(node),
                    "degree": degree,
                    "betweenness": betweenness,
                }
            )
            for node, degree, betweenness in found.main
        ],
        snapshot=documents.basis(explorer)["snapshot"],
    )
