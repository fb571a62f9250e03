"""``network``: the projected actor network, for the map and for notebooks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import answers, schemas
from api.parameters import Limit, Offset, ProjectionDependency
from api.resources import network as resource
from api.state import ExplorerDependency
from graph.brief.sheet import MAX_SVG_BYTES, SvgTooLarge, sheet_pdf
from graph.questions.network import Packed

router = APIRouter(tags=["network"])
IfNoneMatch = Annotated[str | None, Header(description="The ETag of the answer at hand")]
AcceptEncoding = Annotated[
    str, Header(description="With gzip among them the answer comes compressed")
]
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">'
    '<circle cx="30" cy="20" r="9"/></svg>'
)


@router.get("/network", summary="The actor network, whole")
def network(explorer: ExplorerDependency, projection: ProjectionDependency) -> schemas.Network:
    """Actors with their partners' number and betweenness; ties with weight, relations and projects.

    A weight is a strength: more is closer.
    """
    return answers.network(explorer, projection)


@router.get(
    "/network/columns",
    summary="The actor network as columns, for a map of any size",
    response_model=None,
    responses={200: {"model": resource.NetworkColumns}, 304: {"description": "As it was"}},
)
def columns(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    if_none_match: IfNoneMatch = None,
    accept_encoding: AcceptEncoding = "",
) -> Response:
    """Positions in place of words; compressed, with an ETag."""
    return _sent(resource.columns(explorer, projection), if_none_match, accept_encoding)


@router.get(
    "/network/measures",
    summary="Measures of every actor, in the order of the columns",
    response_model=None,
    responses={200: {"model": resource.MeasureColumns}, 304: {"description": "As it was"}},
)
def measures(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    names: Annotated[
        str,
        Query(
            alias="measures",
            description="Columns that pages show, or `community` (a group of the network by "
            "Leiden's method, no residential community), separated by commas",
            examples=["betweenness,community"],
        ),
    ],
    if_none_match: IfNoneMatch = None,
    accept_encoding: AcceptEncoding = "",
) -> Response:
    """Null where a measure is undefined; compressed, with an ETag."""
    wanted = [name.strip() for name in names.split(",")]
    return _sent(resource.measures(explorer, wanted, projection), if_none_match, accept_encoding)


@router.get("/network/partners", summary="Whom one actor is tied to, and by what")
def partners(
    explorer: ExplorerDependency,
    projection: ProjectionDependency,
    actor_id: Annotated[
        str, Query(alias="of", description="The id of an actor", examples=["hezhongzeyi"])
    ],
    limit: Limit = 50,
    offset: Offset = 0,
) -> schemas.Page[resource.PartnerTie]:
    """Strongest first; where the two meet in projects or platforms, by name."""
    return resource.partners(explorer, actor_id, limit, offset, projection)


@router.post(
    "/network/picture.pdf",
    summary="A picture of the map as a PDF",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
    openapi_extra={
        "requestBody": {"content": {"image/svg+xml": {"example": _PICTURE}}, "required": True}
    },
)
async def picture_pdf(request: Request) -> Response:
    """Shapes, lines and text only; fonts are embedded. At most 8 MB."""
    parts, n_bytes = [], 0
    async for part in request.stream():
        n_bytes += len(part)
        if n_bytes > MAX_SVG_BYTES:
            raise SvgTooLarge
        parts.append(part)
    pdf = await run_in_threadpool(sheet_pdf, b"".join(parts))
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="wushe-map.pdf"'},
    )


def _sent(packed: Packed, if_none_match: str | None, accept_encoding: str) -> Response:
    headers = {"ETag": packed.etag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if if_none_match and packed.etag in {tag.strip() for tag in if_none_match.split(",")}:
        return Response(status_code=304, headers=headers)
    if "gzip" in accept_encoding:
        headers["Content-Encoding"] = "gzip"
        return Response(packed.compressed, media_type="application/json", headers=headers)
    return Response(packed.plain(), media_type="application/json", headers=headers)
