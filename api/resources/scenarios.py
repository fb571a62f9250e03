"""Scenarios and what they come to, as the API answers them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from api.schemas import Actor, Gap, Page, Pair, Projection, Schema, Snapshot, Text
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import scenarios as questions
from graph.questions.what_if import what_if as asked
from graph.questions.what_if import what_if_document
from graph.scenario.changes import MAX_CHANGES
from graph.scenario.changes import Scenario as Kept
from graph.text import Language

_ACTOR = "An id, a name or an alias"


class RemoveActor(Schema):
    """An actor or affiliation is gone, with its ties, needs and offers."""

    do: Literal["remove_actor"]
    actor: str = Field(description=_ACTOR)


class EndActor(Schema):
    """An actor or affiliation ends on a day, and with it those of its ties that go on longer."""

    do: Literal["end_actor"]
    actor: str = Field(description=_ACTOR)
    until: str = Field(description="2027, 2027-06 or 2027-06-30", examples=["2027-06-30"])


class AddActor(Schema):
    """An actor or affiliation that is not there yet; without an id it gets one."""

    do: Literal["add_actor"]
    name: str
    kind: str = Field(description="Any word that an import takes", examples=["社会组织"])
    area: str | None = Field(default=None, examples=["北京市/朝阳区/建外街道"])
    actor: str | None = Field(default=None, description="Its id, for ties to it")


class AddTie(Schema):
    """A tie that is not there yet, by the rules of the import."""

    do: Literal["add_tie"]
    start: str = Field(description=_ACTOR)
    relation: str = Field(description="Any word that an import takes", examples=["PARTNERS_WITH"])
    end: str = Field(description=_ACTOR)
    strength: int = Field(default=1, ge=1, le=5)


class RemoveTie(Schema):
    """A tie is gone; without `since`, all ties of this relation between the two."""

    do: Literal["remove_tie"]
    start: str = Field(description=_ACTOR)
    relation: str
    end: str = Field(description=_ACTOR)
    since: str | None = None


Change = Annotated[
    RemoveActor | EndActor | AddActor | AddTie | RemoveTie, Field(discriminator="do")
]
Changes = Annotated[list[Change], Field(max_length=MAX_CHANGES)]
_CHANGE: dict[str, JsonValue] = {"do": "remove_actor", "actor": "hezhongzeyi"}


class ChangeLine(Schema):
    """One change of a scenario, by its number, and what it says."""

    number: int
    change: Change
    sentence: Text


class CheckedChange(ChangeLine):
    """A change that was tried; `misfit` says why it does not fit the data any more."""

    misfit: Text | None = Field(description="Null where it fits; else it counted for nothing")


class Scenario(Schema):
    """A named, ordered list of changes; it never touches the stored data."""

    id: str
    name: str
    note: str | None
    changes: list[ChangeLine]
    created: str
    changed: str


class NewScenario(Schema):
    """A scenario to keep; without a name it is named by its first change."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Without the hub", "changes": [_CHANGE]}]}
    )

    name: str | None = None
    note: str | None = None
    changes: Changes = Field(default_factory=list)


class ReplacedScenario(Schema):
    """What a scenario is to be from now on, as a whole."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "The hub ends with 2027",
                    "changes": [{"do": "end_actor", "actor": "hezhongzeyi", "until": "2027-12-31"}],
                }
            ]
        }
    )

    name: str
    note: str | None = None
    changes: Changes = Field(default_factory=list)


class MoreChanges(Schema):
    """Changes to add at the end of a scenario."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"changes": [{"do": "remove_actor", "actor": "xingbake"}]}]}
    )

    changes: Changes = Field(min_length=1)


class Question(Schema):
    """Changes to try, without keeping them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"changes": [_CHANGE]}]})

    changes: Changes
    gaps: bool = Field(default=True, description="Whether to run the gap rules too")


class Size(Schema):
    """How large the actor network is."""

    n_actors: int
    n_ties: int


class BeforeAfter(Schema):
    """The size before and after."""

    before: Size
    after: Size


class Estimate(Schema):
    """How the change was estimated: from so many starts, the same before and after."""

    n_samples: int
    confidence: float = Field(description="Share of the most changed that is within its margin")
    sentence: Text


class ActorChange(Schema):
    """One measure of one actor before and after; null where it is undefined."""

    actor: Actor
    before: float | None
    after: float | None
    rank_before: int | None
    rank_after: int | None
    margin: float | None = Field(description="How far off `after` can be; null where it is exact")


class MeasureChange(Schema):
    """What becomes of one measure; `rows` are the most changed of `n_changed` actors."""

    slug: str
    label: Text
    term: Text
    n_changed: int
    n_compared: int = Field(description="Actors that are there before and after")
    estimate: Estimate | None = Field(description="Null where the values are exact")
    rows: list[ActorChange]


class Parts(Schema):
    """What becomes of the connected parts of the network; the first 50 actors of each list."""

    n_before: int
    n_after: int
    largest_before: int
    largest_after: int
    cut_off: list[Actor]
    n_cut_off: int = Field(description="Actors no longer connected with most of their part")
    joined: list[Actor]
    n_joined: int = Field(description="Actors connected with a larger part than before")


class Reach(Schema):
    """Enterprises and communities that lose or win a short path between them; the first 50."""

    n_pairs: int
    enterprises: list[Actor]
    n_enterprises: int
    communities: list[Actor]
    n_communities: int


class SectorPaths(Schema):
    """Pairs of two sectors that lose or win a short path, and the first of them."""

    sectors: tuple[str, str]
    n_lost: int
    n_won: int
    lost: list[Pair]
    won: list[Pair]


class Paths(Schema):
    """Pairs that lose or win a short path: a tie of their own, or a common partner."""

    n_lost: int
    n_won: int
    lost_reach: Reach
    won_reach: Reach
    sector_pairs: list[SectorPaths]
    n_looked_at: int = Field(description="Of the `n_rewired` actors whose partners changed")
    n_rewired: int


class Cells(Schema):
    """The five 社 of a community; null where nothing is on record about it."""

    cells: dict[str, int | None]
    n_mechanisms: int | None
    n_spaces: int | None
    n_funds: int | None


class CoverageChange(Schema):
    """The five 社 of a community before and after."""

    community: Actor
    before: Cells
    after: Cells


class ModeChange(Schema):
    """The mode of a community before and after; null where it is in none."""

    community: Actor
    before: str | None
    after: str | None


class GapChanges(Schema):
    """What becomes of the gaps; `areas` is where they were looked for, null everywhere."""

    opened: list[Gap]
    closed: list[Gap]
    n_unchanged: int
    n_gone: int = Field(
        description="Gaps of or about what is removed, which count as gone and not as closed"
    )
    areas: list[str] | None
    n_more_areas: int
    looked_at: Text


class WhatIf(Schema):
    """What changes come to, beside the data as they are."""

    sentence: Text
    changes: list[CheckedChange]
    size: BeforeAfter
    measures: list[MeasureChange]
    parts: Parts
    paths: Paths
    n_communities: int = Field(description="Communities that the changes concern")
    coverage: list[CoverageChange] = Field(description="Those of them whose five 社 differ")
    n_diagnosed: int
    modes: list[ModeChange] = Field(description="Of the first `n_diagnosed`, those that differ")
    gaps: GapChanges | None = Field(description="Null where they were not asked for")
    projection: Projection
    snapshot: Snapshot


class Export(Schema):
    """A scenario and what it comes to."""

    scenario: Scenario
    what_if: WhatIf


def listed(explorer: Explorer, limit: int = 50, offset: int = 0) -> Page[Scenario]:
    """Answer ``GET scenarios``, the one changed last first."""
    found = questions.scenarios(explorer)
    items = [questions.scenario_document(explorer, one) for one in found[offset : offset + limit]]
    return Page[Scenario](**documents.page(explorer, items, len(found), limit, offset))


def one(explorer: Explorer, scenario_id: str) -> Scenario:
    """Answer ``GET scenarios/{id}``."""
    return _shown(explorer, questions.scenario(explorer, scenario_id))


def create(explorer: Explorer, given: NewScenario, language: Language = "zh") -> Scenario:
    """Keep a new scenario."""
    made = questions.create(
        explorer, given.name, given.note, _documents(given.changes), language=language
    )
    return _shown(explorer, made)


def replace(explorer: Explorer, scenario_id: str, given: ReplacedScenario) -> Scenario:
    """Keep another name, note and changes."""
    changes = _documents(given.changes)
    made = questions.replace_scenario(explorer, scenario_id, given.name, given.note, changes)
    return _shown(explorer, made)


def add(explorer: Explorer, scenario_id: str, changes: Sequence[Change]) -> Scenario:
    """Add changes at the end."""
    return _shown(explorer, questions.add_changes(explorer, scenario_id, _documents(changes)))


def take_back(explorer: Explorer, scenario_id: str, number: int | None = None) -> Scenario:
    """Take back one change, the last by default."""
    return _shown(explorer, questions.take_back(explorer, scenario_id, number))


def delete(explorer: Explorer, scenario_id: str) -> None:
    """Forget a scenario."""
    questions.delete(explorer, scenario_id)


def what_if(explorer: Explorer, question: Question, projection: Chosen = DEFAULT) -> WhatIf:
    """Answer ``POST what-if``."""
    changes = questions.checked(explorer, _documents(question.changes))
    found = asked(explorer, changes, projection, has_gaps=question.gaps)
    return WhatIf(**what_if_document(explorer, found))


def diff(
    explorer: Explorer, scenario_id: str, projection: Chosen = DEFAULT, *, has_gaps: bool = True
) -> WhatIf:
    """Answer ``GET scenarios/{id}/diff``."""
    kept = questions.scenario(explorer, scenario_id)
    found = asked(explorer, kept.changes, projection, has_gaps=has_gaps)
    return WhatIf(**what_if_document(explorer, found))


def export(explorer: Explorer, scenario_id: str, projection: Chosen = DEFAULT) -> Export:
    """Answer ``GET scenarios/{id}/export`` as one document."""
    kept = questions.scenario(explorer, scenario_id)
    found = asked(explorer, kept.changes, projection)
    return Export(**questions.export_document(explorer, kept, found))


def export_tables(explorer: Explorer, scenario_id: str) -> bytes:
    """Answer ``GET scenarios/{id}/export`` as tables that an import takes."""
    return questions.export_tables(explorer, questions.scenario(explorer, scenario_id))


def _documents(changes: Sequence[Change]) -> list[dict[str, object]]:
    return [change.model_dump() for change in changes]


def _shown(explorer: Explorer, kept: Kept) -> Scenario:
    return Scenario(**questions.scenario_document(explorer, kept))
