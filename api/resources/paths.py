"""What ``paths`` answers: who can introduce one to another, and on what each step rests."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from api.schemas import Actor, Page, Schema, Text
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT, Projection
from graph.questions import paths as question


class StepTie(Schema):
    """A stored tie behind a step, its ends as the actors that they are counted in.

    Where the two meet in an ``affiliation``, there is a row for the tie of each to it.
    ``through_member`` says that an end is a person who is counted in the actor shown.
    """

    relation: str
    label: Text
    start: Actor
    end: Actor
    affiliation: Actor | None
    strength: int
    since: str | None
    until: str | None
    source: str | None
    through_member: bool


class PathStep(Schema):
    """One step: ``ask`` is who is asked to introduce ``to``, null at the first one.

    ``weight`` is the strength of the tie in the actor network, more is closer; it passes
    ``weight / (1 + weight)`` of an introduction on.
    """

    from_: Actor = Field(alias="from", serialization_alias="from")
    to: Actor
    ask: Actor | None
    weight: float
    passes: float
    ties: list[StepTie]
    sentence: Text


class IntroductionPath(Schema):
    """A path: its strength, 0 to 1, is the product of what its steps pass on."""

    strength: float
    n_steps: int
    actors: list[Actor] = Field(description="Everyone on it, both ends included")
    steps: list[PathStep]
    sentence: Text


class PathsPage(Page[IntroductionPath]):
    """The strongest paths first; ``total`` counts all of at most ``max_steps`` steps.

    ``distance`` is the fewest steps that lead there without those avoided, however many; null for
    no path at all.
    """

    from_: Actor = Field(alias="from", serialization_alias="from")
    to: Actor
    avoided: list[Actor]
    sentence: Text
    max_steps: int
    distance: int | None
    distance_if_nobody_is_avoided: int | None


def paths(
    explorer: Explorer,
    start_id: str,
    end_id: str,
    avoid: Sequence[str] = (),
    max_steps: int = 3,
    limit: int = 5,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> PathsPage:
    """Answer ``GET paths``."""
    found = question.paths(
        explorer,
        start_id,
        end_id,
        projection,
        avoid=avoid,
        max_steps=max_steps,
        limit=limit,
        offset=offset,
    )
    items = [question.path_document(path) for path in found.paths]
    page = documents.page(explorer, items, found.found.total, limit, offset, projection)
    return PathsPage(**question.as_document(found), **page)
