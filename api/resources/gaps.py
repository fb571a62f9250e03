"""``gaps``: the shapes of its answers, and the functions that fill them."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas import (
    Actor,
    Gap,
    GapMark,
    Page,
    Projection,
    Schema,
    Severity,
    Snapshot,
    Text,
)
from graph import documents
from graph.explorer import Explorer
from graph.questions import gaps as questions


class RuleTally(Schema):
    """How much one rule looked at in the area asked for, whatever else was filtered."""

    rule: str
    title: Text
    severity: Severity
    n_subjects: int = Field(description="Subjects looked at")
    n_lacking: int = Field(description="Those that lack what the rule asks for")
    n_unknown: int = Field(description="Those of which too little was entered to tell")
    left_out: Text | None = Field(description="What was not looked at, or found and not listed")


class MostGaps(Schema):
    """Whom most open gaps are about, and how many."""

    actor: Actor
    n: int


class GapSummary(Schema):
    """Counts of the gaps that match; ``rules`` are of the whole area."""

    by_status: dict[str, int]
    by_severity: dict[str, int] = Field(description="Of those that are open")
    by_rule: dict[str, int]
    most: MostGaps | None
    rules: list[RuleTally]


class GapsPage(Page[Gap]):
    """One page of gaps, counts, and the marks whose gaps the data do not show any more."""

    summary: GapSummary
    resolved: list[GapMark]


class ChangedParameter(Schema):
    """A value that was set for an area and all that lies in it; ``""`` is everywhere."""

    area: str
    value: float


class RuleParameter(Schema):
    """A threshold of a rule."""

    name: str
    label: Text
    default: float
    reason: Text = Field(description="Why the default is what it is")
    low: float
    high: float
    value: float = Field(description="What holds in the area asked for")
    changed: list[ChangedParameter]


class GapRule(Schema):
    """A rule: what it finds, on which section it stands, and what can be set of it."""

    rule: str
    title: Text
    severity: Severity
    section: str
    step: Text | None = Field(description="Null where the step depends on the finding")
    cypher: str | None = Field(description="Its statement; null where the network is computed on")
    help: str | None
    parameters: list[RuleParameter]


class MarkRequest(Schema):
    """What was decided about a gap."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"status": "planned", "note": "先建协调小组", "date": "2027-03-01"}]
        }
    )

    status: Literal["accepted", "planned", "done"]
    note: str | None = Field(default=None, max_length=2_000)
    date: str | None = Field(default=None, description="YYYY-MM-DD")


class OneGap(Schema):
    """A gap with all the rows behind it."""

    gap: Gap
    projection: Projection
    snapshot: Snapshot


class ParametersRequest(Schema):
    """Values by parameter; null takes the setting away, so that the area around decides again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"area": "北京市", "values": {"k": 3}}]}
    )

    area: str = Field(default="", description='A path; "" is everywhere')
    values: dict[str, float | None] = Field(min_length=1)


def gaps(
    explorer: Explorer,
    *,
    area: str | None = None,
    rule: str | None = None,
    severity: str | None = None,
    status: str | None = None,
    actor: str | None = None,
    order: questions.Order = "severity",
    limit: int = 100,
    offset: int = 0,
) -> GapsPage:
    """Answer ``GET gaps``."""
    found = questions.list_gaps(
        explorer, area=area, rule=rule, severity=severity, status=status, actor=actor, order=order
    )
    return GapsPage(**questions.as_document(explorer, found, limit, offset))


def gap(explorer: Explorer, gap_id: str) -> OneGap:
    """Answer ``GET gaps/{id}``."""
    found = questions.find_gap(explorer, gap_id)
    return OneGap(gap=Gap(**documents.gap(found)), **documents.basis(explorer))


def areas(explorer: Explorer) -> tuple[str, ...]:
    """Return the paths of the areas on record, the largest first."""
    return questions.area_paths(explorer)


def rules(explorer: Explorer, area: str | None = None) -> Page[GapRule]:
    """Answer ``GET gaps/rules``."""
    items = [questions.rule_document(r) for r in questions.list_rules(explorer, area)]
    return Page[GapRule](**documents.page(explorer, items, len(items), len(items), 0))


def set_parameters(explorer: Explorer, rule: str, request: ParametersRequest) -> GapRule:
    """Answer ``PUT gaps/rules/{rule}/parameters``."""
    found = questions.set_parameters(explorer, rule, request.values, request.area)
    return GapRule(**questions.rule_document(found))


def mark(
    explorer: Explorer, gap_id: str, status: str, note: str | None, date: str | None
) -> GapMark:
    """Answer ``PUT gaps/{id}/mark``."""
    made = questions.mark_gap(explorer, gap_id, status, note, date)
    is_found = questions.is_found(explorer, gap_id)
    return GapMark(**documents.gap_mark(made, is_found=is_found))


def unmark(explorer: Explorer, gap_id: str) -> None:
    """Answer ``DELETE gaps/{id}/mark``."""
    questions.unmark_gap(explorer, gap_id)
