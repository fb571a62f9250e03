"""What ``diagnosis`` answers: the mode of a place, what it rests on and what the place lacks."""

from __future__ import annotations

from typing import Literal

from api.schemas import Actor, Page, Projection, Schema, Snapshot, Text
from graph import documents
from graph.explorer import Explorer
from graph.questions import diagnosis as question

ModeSlug = Literal[
    "government-driven", "enterprise-driven", "organisation-driven", "volunteer-led", "multi-actor"
]


class Act(Schema):
    """A stored tie read as an act: who does what, on whose behalf.

    ``programme`` is null where the tie goes to the place itself.
    """

    party: str
    party_label: Text
    actor: Actor
    relation: str
    programme: Actor | None
    start: str
    end: str
    since: str | None
    until: str | None
    source: str | None


class Dimension(Schema):
    """Who acts in one dimension. ``shares`` (sum 1) is null where nobody is on record.

    ``n_cases`` counts the programmes, and the place itself, that the shares rest on; ``evidence``
    has the first of ``n_evidence`` ties.
    """

    dimension: Literal["initiating", "funding", "operating", "volunteers", "deciding"]
    label: Text
    shares: dict[str, float] | None
    n_cases: int
    reason: Text
    evidence: list[Act]
    n_evidence: int


class Condition(Schema):
    """A condition of the multi-actor mode: what is there, what is missing.

    ``value`` is null where it cannot be told.
    """

    condition: Literal["parties", "table", "arrangements", "balance"]
    label: Text
    value: float | None
    needed: float
    is_met: bool
    present: list[str]
    absent: list[str]
    reason: Text


class Party(Schema):
    """One of those whose shares are counted."""

    party: str
    label: Text
    help: Text


class Check(Schema):
    """Something that a step of the field's path asks for.

    ``absent`` means not on record; ``unknown`` that nothing on record could tell. ``facts`` has the
    first of ``n_facts``.
    """

    check: str
    step: str
    step_label: Text
    section: str
    label: Text
    help: Text
    state: Literal["present", "absent", "unknown"]
    facts: list[Actor]
    n_facts: int


class Maturity(Schema):
    """How far a place is along the five paths."""

    reason: Text
    checks: list[Check]


class Placed(Schema):
    """A place or programme and its mode; null where it cannot be told."""

    actor: Actor
    mode: ModeSlug | None


class Lack(Schema):
    """What comparable communities have and this one has not; ``examples`` are those."""

    check: str
    label: Text
    reason: Text
    examples: list[Actor]
    n_comparable: int


class Diagnosis(Schema):
    """The mode of a place, or null with the reason; and what it rests on.

    ``scores`` are of the four modes with a driver; ``margin`` is how far the mode is from the next.
    ``maturity``, ``comparable`` and ``lacks`` are of communities, ``parts`` of areas.
    """

    id: str
    name: Text
    place: Actor | None
    mode: ModeSlug | None
    mode_label: Text | None
    why_none: Literal["nothing", "no_driver", "level", "mixed"] | None
    reason: Text
    scores: dict[str, float]
    margin: float | None
    runner_up: ModeSlug | None
    n_programmes: int
    n_acts: int
    dimensions: list[Dimension]
    multi_actor: list[Condition]
    parties: list[Party]
    maturity: Maturity | None
    comparable: list[Placed]
    lacks: list[Lack]
    parts: list[Placed]
    projection: Projection
    snapshot: Snapshot


def diagnosis(explorer: Explorer, place_id: str) -> Diagnosis:
    """Answer ``GET diagnosis`` and ``GET communities/{id}/diagnosis``."""
    document = question.as_document(question.diagnosis(explorer, place_id))
    return Diagnosis(**document, **documents.basis(explorer))


def modes(explorer: Explorer, limit: int, offset: int) -> Page[Placed]:
    """Answer ``GET communities``: every community with its mode."""
    found = question.modes(explorer)
    items = [
        {"actor": documents.actor(node), "mode": mode}
        for node, mode in found[offset : offset + limit]
    ]
    return Page[Placed](**documents.page(explorer, items, len(found), limit, offset))
