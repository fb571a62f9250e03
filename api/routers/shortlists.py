"""``shortlists``: candidates put down in the partner finder, for a meeting."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from api import schemas
from api.parameters import Limit, Offset
from api.resources import shortlists as resource
from api.state import ExplorerDependency
from graph.questions import shortlists as questions
from graph.text import Language

router = APIRouter(tags=["shortlists"])
ShortlistId = Annotated[str, Path(description="The id of a shortlist")]
EntryId = Annotated[str, Path(description="The id of an entry of it")]


@router.get("/shortlists", summary="Shortlists that are kept")
def shortlists(
    explorer: ExplorerDependency, limit: Limit = 50, offset: Offset = 0
) -> schemas.Page[resource.Shortlist]:
    """The one changed last comes first."""
    return resource.listed(explorer, limit, offset)


@router.post("/shortlists", status_code=201, summary="Begin a shortlist")
def create(
    shortlist: Annotated[resource.NewShortlist, Body()], explorer: ExplorerDependency
) -> resource.Shortlist:
    """Empty, with a name and a note."""
    return resource.create(explorer, shortlist)


@router.get("/shortlists/{shortlist_id}", summary="One shortlist")
def shortlist(shortlist_id: ShortlistId, explorer: ExplorerDependency) -> resource.Shortlist:
    """Its entries in order, and those that were taken off."""
    return resource.one(explorer, shortlist_id)


@router.patch("/shortlists/{shortlist_id}", summary="Give a shortlist another name and note")
def rename(
    shortlist_id: ShortlistId,
    shortlist: Annotated[resource.NewShortlist, Body()],
    explorer: ExplorerDependency,
) -> resource.Shortlist:
    """Refused where somebody else saves it at the same time."""
    return resource.rename(explorer, shortlist_id, shortlist)


@router.delete("/shortlists/{shortlist_id}", status_code=204, summary="Forget a shortlist")
def delete(shortlist_id: ShortlistId, explorer: ExplorerDependency) -> Response:
    """It is gone for good."""
    questions.delete(explorer, shortlist_id)
    return Response(status_code=204)


@router.post("/shortlists/{shortlist_id}/items", status_code=201, summary="Add a candidate")
def add(
    shortlist_id: ShortlistId,
    entry: Annotated[resource.NewEntry, Body()],
    explorer: ExplorerDependency,
) -> resource.Shortlist:
    """At the end, with what the partner finder says of it now; once for each purpose."""
    return resource.add(explorer, shortlist_id, entry.actor, entry.asked)[0]


@router.patch("/shortlists/{shortlist_id}/items/{entry_id}", summary="Note on or move an entry")
def change(
    shortlist_id: ShortlistId,
    entry_id: EntryId,
    entry: Annotated[resource.ChangedEntry, Body()],
    explorer: ExplorerDependency,
) -> resource.Shortlist:
    """Its note, its place in the order, or both."""
    return resource.change(explorer, shortlist_id, entry_id, entry)


@router.delete("/shortlists/{shortlist_id}/items/{entry_id}", summary="Take an entry off")
def remove(
    shortlist_id: ShortlistId, entry_id: EntryId, explorer: ExplorerDependency
) -> resource.Shortlist:
    """It can be put back with ``…/restore``."""
    return resource.shown(explorer, questions.remove(explorer, shortlist_id, entry_id))


@router.post(
    "/shortlists/{shortlist_id}/items/{entry_id}/restore", summary="Put an entry back in its place"
)
def restore(
    shortlist_id: ShortlistId, entry_id: EntryId, explorer: ExplorerDependency
) -> resource.Shortlist:
    """One of the last that were taken off."""
    return resource.shown(explorer, questions.restore(explorer, shortlist_id, entry_id))


@router.get(
    "/shortlists/{shortlist_id}/export/{format_name}",
    summary="A shortlist as a sheet for a meeting",
    response_class=Response,
)
def export(
    shortlist_id: ShortlistId,
    format_name: Annotated[str, Path(description="csv, xlsx or docx", examples=["csv"])],
    explorer: ExplorerDependency,
    language: Annotated[Language, Query(alias="lang", description="zh or en")] = "zh",
) -> Response:
    """CSV with a byte order mark; nothing in it or in the workbook is read as a formula."""
    content, media_type = resource.sheet(explorer, shortlist_id, format_name, language)
    name = f"wushe-shortlist-{shortlist_id}.{format_name}"
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
