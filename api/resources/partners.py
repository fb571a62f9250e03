"""What ``partners`` answers: candidates in order, each part of the score with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from api.resources.paths import IntroductionPath
from api.schemas import Actor, Gap, Page, Schema, Text
from graph import documents
from graph.explorer import Explorer
from graph.findings.partners import DEFAULT_WEIGHTS, Weights
from graph.projection import DEFAULT, Projection
from graph.questions import partners as question


class Want(Schema):
    """A stated need or offer with its id, which ``partners?for=`` takes."""

    id: str
    sort: Literal["need", "offer"]
    actor: Actor
    domain: str
    resource: str
    quantity: float | None
    since: str | None
    until: str | None
    note: str | None


class WantPair(Schema):
    """What one needs and the other offers, or (``same``) what both need or offer.

    ``domain`` and ``resource`` are 1 where the words are the same, ½ where one contains the other.
    ``ours`` is the id of the subject's need or offer, null for what a gap calls for;
    ``is_same_time`` is null where neither says when it holds.
    """

    relation: Literal["meets", "same"]
    ours: str | None
    theirs: Want
    domain: float
    resource: float
    is_same_time: bool | None


class FitPart(Schema):
    """How well the two fit each other; a part of which nothing is known is null, and adds nothing.

    ``fills`` is the column of the five 社 that the candidate fills for the subject, or ``kind``
    where the gap calls for its kind; ``filled`` the column that the subject fills for it.
    """

    value: float
    domain: float | None
    resource: float | None
    area: float | None = Field(
        description="1 in the same smallest area, half for each level further up"
    )
    column: float | None
    pair: WantPair | None
    common_area: str | None
    fills: str | None
    filled: str | None


class ReachPart(Schema):
    """How easily the two can be brought together.

    Adamic–Adar (2003) and resource allocation (Zhou, Lü & Zhang 2009) over the common partners;
    the strongest path of at most three steps, 0 and null steps where there is none.
    """

    value: float
    n_common_partners: int
    adamic_adar: float
    resource_allocation: float
    path_strength: float
    n_steps: int | None


class OpenedSectorPair(Schema):
    """Pairs of two sectors that would meet at the new tie; ``is_new`` where none meets there yet.

    ``n_sole`` of the ``n_open`` pairs would have no other partner in common.
    """

    sectors: tuple[str, str]
    n_open: int
    n_sole: int
    is_new: bool


class BridgingPart(Schema):
    """Whom else the tie would bring together.

    ``value`` is the share of the subject's partners of another sector that would meet the
    candidate only through it; 0 where nobody within three steps can introduce it.
    """

    value: float
    n_partners: int
    n_open: int
    n_sole: int
    sector_pairs: list[OpenedSectorPair]


class LoadPart(Schema):
    """How free the candidate is: 10 / (10 + the communities that it is tied to)."""

    value: float
    n_communities: int


class PartnerParts(Schema):
    """The four parts of the score."""

    fit: FitPart
    reach: ReachPart
    bridging: BridgingPart
    load: LoadPart


class Partner(Schema):
    """One candidate: its score is the weighted mean of the parts.

    ``against`` has what speaks against it, a sentence each; ``introduction`` is the strongest path
    to it, null where none of at most three steps is known.
    """

    rank: int
    actor: Actor
    score: float
    reason: Text
    against: list[Text]
    measures: dict[str, float | None]
    parts: PartnerParts
    introduction: IntroductionPath | None


class PartnerSubject(Schema):
    """For whom partners are looked for, and what is to be met.

    ``counted_in`` is the team of a person; ``lacking`` the columns of the five 社 that a community
    has no partner of, null where that is not known; ``sought_kinds`` and ``sought_resource`` are
    what a gap calls for.
    """

    asked: str
    actor: Actor
    counted_in: Actor | None
    gap: Gap | None
    wants: list[Want]
    lacking: list[str] | None
    sought_kinds: list[str]
    sought_resource: str | None
    n_partners: int


class PartnerPool(Schema):
    """Where candidates were taken from: the best ``n`` of ``total``."""

    pool: Literal["two_steps", "three_steps", "wants", "column", "area", "busiest"]
    label: Text
    n: int
    total: int


class LookedAt(Schema):
    """How many candidates were looked at, of all who are no partner yet, and how chosen."""

    n_candidates: int
    n_actors: int
    pools: list[PartnerPool]


class PartnerWeights(Schema):
    """How much each part of the score counts."""

    fit: float
    reach: float
    bridging: float
    load: float


class PartnersPage(Page[Partner]):
    """The candidates, best first."""

    subject: PartnerSubject
    sentence: Text
    weights: PartnerWeights
    looked_at: LookedAt


def partners(
    explorer: Explorer,
    asked: str,
    weights: Weights = DEFAULT_WEIGHTS,
    kinds: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> PartnersPage:
    """Answer ``GET partners``."""
    # What is lacking is known by gaps, and what to say of ties by the day.
    today, marks = datetime.now().astimezone().date(), explorer.marks()

    def ask() -> PartnersPage:
        found = question.partners(
            explorer, asked, weights, projection, kinds=kinds, limit=limit, offset=offset
        )
        items = [question.partner_document(partner) for partner in found.partners]
        page = documents.page(explorer, items, len(found.found), limit, offset, projection)
        return PartnersPage(**question.as_document(found), **page)

    key = ("partners", asked, weights, tuple(kinds), limit, offset, projection, today, marks)
    return explorer.cached(key, ask)
