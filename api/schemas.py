"""The shapes that the API answers with, and that the pages are rendered from."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Item = TypeVar("Item")
Severity = Literal["high", "medium", "low"]
GapStatus = Literal["open", "unknown", "planned", "done", "accepted"]


_ACTOR: dict[str, JsonValue] = {
    "id": "hezhongzeyi",
    "name": "北京和众泽益公益发展中心",
    "name_en": "Beijing HeZhongZeYi Public Welfare Development Centre",
    "kind": "SocialOrganisation",
    "sector": "social_organisation",
    "area": "北京市",
    "is_group": False,
}


class Schema(BaseModel):
    """Base of every answer: immutable, nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Schema):
    """A sentence or label in both languages."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"zh": "没有联动平台", "en": "There is no platform"}]}
    )

    zh: str
    en: str


class Actor(Schema):
    """An actor or affiliation, the same wherever it appears.

    ``sector`` is null for an affiliation (project, space, platform …), which belongs to none.
    ``name_en`` is null where nobody entered an English name. ``is_group`` marks one that stands
    for several actors not listed one by one.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_ACTOR]})

    id: str
    name: str
    name_en: str | None
    kind: str
    sector: str | None
    area: str | None
    is_group: bool


class Projection(Schema):
    """Which actors and ties a result was computed on."""

    as_of: str | None = Field(description="Ties and actors that hold on this date; null: all")
    area: str | None
    sectors: list[str] | None
    relations: list[str] | None
    fold_persons: bool
    max_working_body: int = Field(
        description="Participants of an affiliation are tied among themselves up to this number"
    )
    weight: str = Field(description="What a weight means: strength or distance")


class Snapshot(Schema):
    """Which state of the stored data a result was computed on."""

    version: str
    n_actors: int
    n_affiliations: int
    n_ties: int


class Page(Schema, Generic[Item]):
    """One page of a list; ``total`` counts all."""

    items: list[Item]
    total: int
    limit: int
    offset: int
    projection: Projection
    snapshot: Snapshot


class RankInterval(Schema):
    """The ranks between which the true one lies with 90% confidence if a tenth is not on record.

    A tenth of ties and actors was taken away at random, again and again, and the rest ranked anew;
    ``top_share`` says how often the actor was among the first ``top`` then.
    """

    low: int
    high: int
    top_share: float
    top: int


class Ranked(Schema):
    """One line of a ranking, with its reason and the measures that it rests on.

    ``interval`` is null where it was not computed: ask for it with ``intervals=true``.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rank": 1,
                    "actor": _ACTOR,
                    "score": 177.0,
                    "reason": {
                        "zh": "它的伙伴中有 165 对彼此没有往来，其中 145 对只有它这一个共同伙伴。",
                        "en": "Among its partners 165 pairs have no tie of their own; for 145 "
                        "of them it is the only common partner.",
                    },
                    "measures": {"degree": 20, "betweenness": 177.0, "constraint": 0.13},
                    "interval": {"low": 1, "high": 3, "top_share": 1.0, "top": 10},
                }
            ]
        }
    )

    rank: int
    actor: Actor
    score: float
    reason: Text
    measures: dict[str, float | None]
    interval: RankInterval | None


class Column(Schema):
    """One measure: its name in answers, in plain words, in the field's, and what it says."""

    slug: str
    label: Text
    term: Text
    help: Text


class Measured(Schema):
    """The measures of one actor; null where one is undefined."""

    actor: Actor
    measures: dict[str, float | None]


class MeasuresPage(Page[Measured]):
    """One page of actors with their measures; ``columns`` says what each means, in order."""

    columns: list[Column]


class Pair(Schema):
    """Two actors without a tie of their own."""

    a: Actor
    b: Actor


class SectorPair(Schema):
    """The pairs of two sectors that one actor brings together."""

    sectors: tuple[str, str]
    n_pairs: int = Field(description="Pairs tied to this actor but not to each other")
    n_sole: int = Field(description="Those with no other common partner")
    sole_pairs: list[Pair] = Field(description="The first of them, in order of name")


class Evidence(Schema):
    """What stands behind an actor's brokerage."""

    actor: Actor
    sentence: Text
    sector_pairs: list[SectorPair]
    communities: list[Actor] = Field(description="Communities it is tied to or reaches")
    enterprises: list[Actor] = Field(description="Enterprises it is tied to")
    n_pairs: int
    n_sole: int
    projection: Projection
    snapshot: Snapshot


class Tie(Schema):
    """One stored tie of an actor, read from that actor's side."""

    relation: str
    label: Text = Field(description="How the tie reads from this actor's side")
    direction: Literal["out", "in"]
    other: Actor
    strength: int
    amount: float | None
    since: str | None
    until: str | None
    source: str | None
    note: str | None


class Headcount(Schema):
    """A number of members; ``at_least`` where the source says “more than”."""

    value: int
    at_least: bool


class NeedOrOffer(Schema):
    """A stated need or offer, with the id that ``partners`` takes."""

    id: str
    domain: str
    resource: str
    quantity: float | None
    since: str | None
    until: str | None
    note: str | None


class GapMark(Schema):
    """What somebody decided about a gap; it stays while data are imported and taken back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "no_space:heshun",
                    "status": "done",
                    "note": "党群服务中心二楼周末开放",
                    "date": "2026-05-01",
                    "at": "2026-05-02T08:00:00+00:00",
                    "is_found": True,
                    "sentence": {
                        "zh": "标为已办（2026-05-01），但仍然查得到。",
                        "en": "Marked done (2026-05-01), still found.",
                    },
                }
            ]
        }
    )

    id: str = Field(description="The gap's id, of the form rule:subject")
    status: Literal["accepted", "planned", "done"]
    note: str | None
    date: str | None = Field(description="By when it is planned, or when it was done")
    at: str = Field(description="When it was marked, ISO 8601")
    is_found: bool = Field(description="Whether the data show the gap now")
    sentence: Text


class SuggestedTie(Schema):
    """A tie that would close a gap, as a scenario takes it."""

    from_: str = Field(alias="from", serialization_alias="from")
    relation: str
    to: str


class Gap(Schema):
    """A finding of one rule, with the rows behind it and a next step.

    ``state`` is ``unknown`` where nothing was entered that the rule could have seen: no data is
    not the same as no. ``status`` is what somebody marked the gap as, else ``open`` or ``unknown``.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "no_platform:heshun",
                    "rule": "no_platform",
                    "title": {
                        "zh": "没有联动平台或机制的社区",
                        "en": "Communities without a platform",
                    },
                    "severity": "high",
                    "section": "五（一）",
                    "actors": [
                        {
                            "id": "heshun",
                            "name": "和顺社区",
                            "name_en": "Heshun Community",
                            "kind": "Community",
                            "sector": "community",
                            "area": "四川省/成都市/和顺社区",
                            "is_group": False,
                        }
                    ],
                    "reason": {
                        "zh": "和顺社区登记了 4 条关系，其中没有平台。",
                        "en": "Heshun Community has 4 ties on record, and none is to a platform.",
                    },
                    "evidence": [
                        {"start": "heshun", "relation": "FUNDS", "end": "yijia-shequ-zhongxin"}
                    ],
                    "missing": [],
                    "step": {
                        "zh": "先建一个小的协调小组。",
                        "en": "Start with a coordination group.",
                    },
                    "status": "open",
                    "state": "lacking",
                    "n_subjects": 1,
                    "area": "四川省/成都市/和顺社区",
                    "mark": None,
                }
            ]
        }
    )

    id: str
    rule: str
    title: Text
    severity: Severity
    section: str = Field(
        description="Where the field's literature names this obstacle; empty where none does"
    )
    actors: list[Actor] = Field(description="Whom it is about, then who its sentence names")
    n_subjects: int = Field(
        description="How many of the actors it is about: none between sectors, two between actors"
    )
    area: str | None = Field(description="The area of what it is about")
    reason: Text
    evidence: list[dict[str, Any]] = Field(description="Ties behind it, at most twenty")
    missing: list[Text] = Field(description="Inputs of the rule that were empty")
    step: Text
    suggested_tie: SuggestedTie | None = Field(
        default=None, description="A tie that would close it, as a scenario takes it"
    )
    status: GapStatus
    state: Literal["lacking", "unknown"] = Field(description="What the data say")
    mark: GapMark | None


class ActorDetail(Schema):
    """Everything a page about one actor shows."""

    actor: Actor
    aliases: list[str]
    column: str | None = Field(description="The one of the five 社 that it fills")
    n_members: Headcount | None
    registration: Literal["registered", "filed", "neither"] | None = Field(
        description="Of a team or organisation; null where it was not entered"
    )
    is_online: bool | None = Field(description="Of a platform; null where it was not entered")
    since: str | None
    until: str | None
    source: str | None
    note: str | None
    role: Text = Field(description="Its role in one sentence")
    ties: list[Tie]
    measures: dict[str, float | None]
    ranks: dict[str, int] = Field(description="Its rank by broker and hub score, where ranked")
    n_ranked: int
    needs: list[NeedOrOffer]
    offers: list[NeedOrOffer]
    gaps: list[Gap]
    projection: Projection
    snapshot: Snapshot


class NetworkActor(Actor):
    """A node of the map."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [_ACTOR | {"n_members": None, "degree": 20, "betweenness": 177.0}]
        }
    )

    n_members: Headcount | None
    degree: int
    betweenness: float


class NetworkTie(Schema):
    """An edge of the map."""

    source: str
    target: str
    weight: float
    relations: list[str]
    via: list[str] = Field(description="Ids of the affiliations that make the tie")


class Network(Schema):
    """The projected network, whole; ``total`` counts the actors before any filter."""

    actors: list[NetworkActor]
    ties: list[NetworkTie]
    affiliations: list[Actor] = Field(description="Those that make a tie")
    total: int
    projection: Projection
    snapshot: Snapshot


class CoverageRow(Schema):
    """How many actors of each of the five 社 a community is tied to.

    A cell is null where nothing at all was entered about the community.
    """

    community: Actor
    cells: dict[str, int | None]
    n_mechanisms: int | None = Field(description="Platforms and mechanisms")
    n_spaces: int | None
    n_funds: int | None


class SectorCount(Schema):
    """How many actors a sector has, and how many people the counted groups in it hold."""

    sector: str
    n_actors: int


class Change(Schema):
    """What an import does to one sort of record."""

    new: int
    changed: int
    unchanged: int
    ended: int


class Problem(Schema):
    """One cell or row that cannot be taken, with how to mend it."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    message: Text
    mend: Text


class ImportReport(Schema):
    """What an import did, or would do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": None,
                    "accepted": False,
                    "dry_run": True,
                    "actors": {"new": 0, "changed": 0, "unchanged": 0, "ended": 0},
                    "ties": {"new": 0, "changed": 0, "unchanged": 0, "ended": 0},
                    "needs": {"new": 0, "changed": 0, "unchanged": 0, "ended": 0},
                    "areas": {"new": 0, "changed": 0, "unchanged": 0, "ended": 0},
                    "problems": [
                        {
                            "file": "主体.csv",
                            "sheet": None,
                            "row": 2,
                            "column": "类型",
                            "value": "飞船",
                            "message": {
                                "zh": "没有“飞船”这种类型。",
                                "en": "There is no kind “飞船”.",
                            },
                            "mend": {"zh": "请用：街道办、…", "en": "Use one of: Street office, …"},
                        }
                    ],
                    "n_problems": 1,
                }
            ]
        }
    )

    id: str | None
    accepted: bool
    dry_run: bool
    actors: Change
    ties: Change
    needs: Change = Field(description="Needs and offers")
    areas: Change = Field(
        description="Areas, those among them that a path names for the first time"
    )
    problems: list[Problem]
    n_problems: int = Field(description="All of them; `problems` holds the first 500")


class ImportRecord(Schema):
    """An import that was made, as the history lists it."""

    id: str
    number: int
    at: str
    files: list[str]
    summary: dict[str, Change]
    is_undone: bool


class Hit(Schema):
    """One answer to a search."""

    actor: Actor
    matched: str = Field(description="The name, alias or pinyin that matched")


class Health(Schema):
    """Whether the product can answer now."""

    status: Literal["starting", "ready", "restarting", "failed", "stopped"]
    message: Text
    progress: float | None


class QueryRequest(Schema):
    """A read-only Cypher query."""

    cypher: str = Field(min_length=1, max_length=20_000)
    parameters: dict[str, Any] = Field(default_factory=dict)
    limit: int = Field(default=1000, ge=1, le=100_000)
    timeout_s: float = Field(default=10, gt=0, le=60)


class QueryResult(Schema):
    """The rows of a query; `truncated` says that there were more than `limit`."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool
    elapsed_ms: float


class ProblemDetails(Schema):
    """RFC 9457 problem details, with the sentence in both languages."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    message: Text
