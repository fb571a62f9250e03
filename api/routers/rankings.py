"""``brokers`` and ``hubs``: who stands between others."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import rankings as resource
from api.resources.rankings import RankingPage
from api.state import ExplorerDependency
from graph.questions.rankings import Choice, RankingSlug
from graph.text import Language

router = APIRouter(tags=["rankings"])

Intervals = Annotated[
    bool | None,
    Query(
        description="Give the interval of each rank if a tenth of the data were missing; "
        "by default where that is quick"
    ),
]
Like = Annotated[
    str | None, Query(description="Rank by likeness to this actor", examples=["hezhongzeyi"])
]
InLanguage = Annotated[Language, Query(alias="lang", description="zh or en")]


def choice(
    within: Annotated[
        str,
        Query(
            description="Only those in this area (a path) or tied to one of its communities; "
            "ranks stay those in the whole network, while `area` makes a network of its own",
            examples=["北京市/朝阳区"],
        ),
    ] = "",
    sector: Annotated[
        str | None, Query(description="Only actors of this sector", examples=["enterprise"])
    ] = None,
    role: Annotated[
        str | None,
        Query(
            description="Only those who play no brokerage role more often than this one: "
            "`liaison`, `itinerant`, `coordinator`, `gatekeeper` or `representative`. Ties have no "
            "direction, so the last two are played equally often"
        ),
    ] = None,
    who: Annotated[
        Literal["organisations", "persons"] | None,
        Query(description="Only organisations and the like, or only persons"),
    ] = None,
    order: Annotated[
        str | None,
        Query(
            description="In the order of a measure that is one of `ranks`, such as `liaison`; "
            "by default of the score"
        ),
    ] = None,
) -> Choice:
    """Return what of a ranking a request asks for."""
    return Choice(within, sector, role, who, order)


ChoiceDependency = Annotated[Choice, Depends(choice)]


@router.get("/brokers", summary="Brokers: who lies on the paths between others")
def brokers(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    chosen: ChoiceDependency,
    limit: Limit = 50,
    offset: Offset = 0,
    intervals: Intervals = None,
) -> RankingPage:
    """Ranked by betweenness, with brokerage roles, constraint, effective size and the reason."""
    return resource.brokers(explorer, chosen, limit, offset, projection, intervals)


@router.get("/hubs", summary="Hub organisations, or organisations like a given one")
def hubs(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    chosen: ChoiceDependency,
    like: Like = None,
    limit: Limit = 50,
    offset: Offset = 0,
    intervals: Intervals = None,
) -> RankingPage:
    """Ranked by hub score: pairs of other sectors brought together, communities reached, …"""
    return resource.hubs(explorer, chosen, like, limit, offset, projection, intervals)


@router.get("/brokers.csv", summary="The ranking of brokers as a table", response_class=Response)
def brokers_csv(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    chosen: ChoiceDependency,
    language: InLanguage = "zh",
) -> Response:
    """All of it, each measure with its rank, as CSV with a byte order mark."""
    return _file("brokers", resource.table(explorer, "brokers", language, chosen, None, projection))


@router.get("/hubs.csv", summary="The ranking of hubs as a table", response_class=Response)
def hubs_csv(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    chosen: ChoiceDependency,
    like: Like = None,
    language: InLanguage = "zh",
) -> Response:
    """All of it, each measure with its rank, as CSV with a byte order mark."""
    return _file("hubs", resource.table(explorer, "hubs", language, chosen, like, projection))


def _file(slug: RankingSlug, content: bytes) -> Response:
    return Response(
        content,
        media_type=resource.CSV_TYPE,
        headers={"Content-Disposition": f'attachment; filename="wushe-{slug}.csv"'},
    )
