"""``coverage``: the five 社 around the communities of an area, and who stands behind a cell."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas import Actor, CoverageRow, Page, Schema, Text
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import coverage as question

Column = Literal[
    "community",
    "social_organisation",
    "social_worker",
    "volunteer",
    "charitable_resource",
    "mechanism",
    "space",
    "fund",
]


class CoveragePage(Page[CoverageRow]):
    """One page of communities; counts are of all in the area."""

    area: str
    n_communities: int
    n_known: int = Field(description="Communities about which anything is on record")
    having: dict[str, int] = Field(description="Of these, how many have at least one, by column")


class Behind(Schema):
    """Who counts, and by what."""

    actor: Actor
    reason: Text


class CoverageCell(Page[Behind]):
    """Whom one cell counts; ``n`` is null where nothing at all is entered about the community."""

    community: Actor
    column: str
    n: int | None
    sentence: Text


def coverage(
    explorer: Explorer,
    area: str = "",
    lacking: str | None = None,
    order: str = "area",
    limit: int = 100,
    offset: int = 0,
    projection: Chosen = DEFAULT,
) -> CoveragePage:
    """Answer ``GET coverage``."""
    found = question.coverage_list(explorer, area, lacking, order, projection)
    return CoveragePage(**question.as_document(explorer, found, limit, offset, projection))


def cell(
    explorer: Explorer,
    community: str,
    column: str,
    limit: int = 100,
    offset: int = 0,
    projection: Chosen = DEFAULT,
) -> CoverageCell:
    """Answer ``GET coverage/cell``."""
    found = question.coverage_cell(explorer, community, column, projection)
    return CoverageCell(**question.cell_document(explorer, found, limit, offset, projection))
