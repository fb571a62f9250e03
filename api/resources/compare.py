"""``compare``: two areas, or two days of one area, side by side."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas import Actor, Projection, Schema, Snapshot, Text
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.questions import compare as question
from graph.text import Text as Words


class Reach(Schema):
    """The actor tied to most communities of an area."""

    actor: Actor
    n_communities: int


class Side(Schema):
    """One of the two: an area, and the day where days are compared."""

    area: str
    day: str | None
    name: Text
    n_actors: int
    n_affiliations: int
    n_ties: int
    n_undated: int = Field(description="Ties with neither start nor end: they hold on every day")
    n_communities: int
    n_known: int = Field(description="Communities about which anything is on record")
    n_unknown: int
    sectors: dict[str, int]
    having: dict[str, int] = Field(description="Of the known ones, how many have at least one")
    gaps: dict[str, int] | None = Field(description="Open gaps by severity; null for a day")
    reach: Reach | None


class Group(Schema):
    """Figures that belong together."""

    group: str
    label: Text


class Figure(Schema):
    """One figure of both sides; null where nothing was entered that it could be counted from."""

    figure: str
    group: str
    unit: Literal["count", "share", "per_10", "mean", "per_1000"]
    label: Text
    a: float | None
    b: float | None
    a_text: Text
    b_text: Text


class Comparison(Schema):
    """Two sides, their figures, and what they come to in sentences."""

    a: Side
    b: Side
    sentence: Text
    differences: list[Text]
    limits: list[Text] = Field(description="What the comparison cannot see")
    groups: list[Group]
    figures: list[Figure]
    projection: Projection
    snapshot: Snapshot


def compare(
    explorer: Explorer,
    a: str | None = None,
    b: str | None = None,
    area: str = "",
    start: str | None = None,
    end: str | None = None,
) -> Comparison:
    """Answer ``GET compare``; raises `InvalidArgument` for neither two areas nor two days."""
    if start and end:
        found = question.compare_days(explorer, area or a or "", start, end)
    elif a is not None and b is not None:
        found = question.compare_areas(explorer, a, b)
    else:
        raise InvalidArgument(
            "a",
            Words(
                "请给出两个区域（a 和 b），或一个区域（area）的两个日期（from 和 to）。",
                "Give two areas (a and b), or two days (from and to) of one area (area).",
            ),
        )
    return Comparison(**question.as_document(explorer, found))
