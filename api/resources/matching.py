"""What ``matching`` answers: what each need of an area gets, and why one stays unmet."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.resources.partners import Want
from api.schemas import Page, Schema, Text
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT, Projection
from graph.questions import matching as question

Why = Literal["domain", "resource", "period", "reach", "taken"]


class MatchParts(Schema):
    """How well a need and an offer fit; null where nothing is known."""

    domain: float
    resource: float
    area: float | None
    is_same_time: bool | None


class GivenOffer(Schema):
    """An offer that goes to a need: the share of the need, and the quantity where it has one."""

    offer: Want
    share: float
    quantity: float | None
    value: float
    parts: MatchParts
    reason: Text


class NearestOffer(Schema):
    """An offer that fails on one count alone."""

    domain: str
    resource: str
    actor_id: str
    since: str | None
    until: str | None


class Unmet(Schema):
    """The first thing that is missing, and the first of ``n_instead`` offers that come nearest.

    ``domain``: nobody offers the domain; ``resource``: not this resource of it; ``period``: not at
    that time; ``reach``: not in the area or within three steps; ``taken``: given to other needs.
    """

    why: Why
    reason: Text
    instead: list[NearestOffer]
    n_instead: int


class MatchedNeed(Schema):
    """A need and what it gets; ``share`` is the part of it that is met."""

    need: Want
    status: Literal["met", "partly", "unmet"]
    share: float
    offers: list[GivenOffer]
    unmet: Unmet | None


class WhyCount(Schema):
    """How many needs are not wholly met for one reason."""

    why: Why
    label: Text
    n: int


class MatchingPage(Page[MatchedNeed]):
    """The needs of an area, in order of area, actor and domain; the counts are of all of them."""

    area: str | None
    sentence: Text
    n_needs: int
    n_offers: int = Field(description="Offers looked at, also from outside the area")
    n_met: int
    n_partly: int
    n_unmet: int
    why: list[WhyCount]
    value: float = Field(description="Σ share · fit over all that is given")


def matching(
    explorer: Explorer,
    area: str | None = None,
    status: str | None = None,
    limit: int = 100,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> MatchingPage:
    """Answer ``GET matching``."""
    found = question.matching(explorer, area, projection, status=status)
    items = [question.need_document(need) for need in found.needs[offset : offset + limit]]
    page = documents.page(explorer, items, len(found.needs), limit, offset, projection)
    return MatchingPage(**question.as_document(found), **page)
