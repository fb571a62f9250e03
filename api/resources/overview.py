"""``overview``: how an area stands, in one answer."""

from __future__ import annotations

from pydantic import Field

from api.resources.areas import AreaCount
from api.resources.changes import Changes
from api.resources.data import Known
from api.schemas import (
    Actor,
    CoverageRow,
    Gap,
    Projection,
    Ranked,
    Schema,
    SectorCount,
    Snapshot,
    Text,
)
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import overview as question

N_ROWS = 1000


class Leader(Ranked):
    """A line of a ranking of the whole network, and which communities of the area it is tied to."""

    communities: list[Actor] = Field(description="The first five")
    n_communities: int


class Step(Schema):
    """The first open gap of a rule, and how many the rule found."""

    gap: Gap
    n: int


class Overview(Schema):
    """How an area stands: one sentence and what stands behind it.

    Brokers and hubs lie in the area or are tied to one of its communities; their ranks are those in
    the whole network.
    """

    area: str = Field(description='The path of the area; "" is everything')
    sentence: Text
    lineage: list[AreaCount] = Field(description="The areas around it and itself, largest first")
    siblings: list[AreaCount]
    children: list[AreaCount]
    sectors: list[SectorCount]
    n_actors: int
    n_affiliations: int
    n_ties: int = Field(description="Stored ties that one end of lies in the area")
    n_partners: int = Field(description="Actors that its communities are tied to")
    coverage: list[CoverageRow] = Field(description=f"The first {N_ROWS}; `coverage` has all")
    n_communities: int
    n_known: int = Field(description="Communities about which anything is on record")
    having: dict[str, int] = Field(description="Of these, how many have at least one, by column")
    brokers: list[Leader]
    hubs: list[Leader]
    n_ranked: int
    gaps: list[Gap] = Field(description="The most severe, at most ten")
    n_gaps: dict[str, int] = Field(description="Open ones by severity, and `unknown`")
    steps: list[Step] = Field(description="Rule by rule, the most severe and frequent first")
    completeness: list[Known]
    without_source: int = Field(description="Ties that name no source")
    without_date: int = Field(description="Ties with neither start nor end")
    last_import: str | None = Field(description="When data were last imported, ISO 8601")
    changes: Changes | None = Field(
        description="What that import brought, the first ten of each; null while the store starts"
    )
    projection: Projection
    snapshot: Snapshot


def overview(
    explorer: Explorer, area: str = "", projection: Chosen = DEFAULT, n_rows: int = N_ROWS
) -> Overview:
    """Answer ``GET overview``, with the first ``n_rows`` of the coverage."""
    found = question.overview(explorer, area, projection)
    return Overview(**question.as_document(explorer, found, n_rows, projection))
