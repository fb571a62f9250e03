"""``views``: pages saved under a name, and links that share them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.resources import views as resource
from api.state import ExplorerDependency
from graph.sharing import views as sharing

router = APIRouter(tags=["views"])
ViewId = Annotated[str, Path(description="The id of a view", examples=["3f2a9c1b7d5e"])]
Token = Annotated[str, Path(description="The last part of the link's address")]


@router.get("/views", summary="Saved views, the newest first")
def get_views(explorer: ExplorerDependency) -> list[resource.View]:
    """Each with the links that share it."""
    return resource.views(explorer.database)


@router.post("/views", status_code=201, summary="Save a view")
def post_view(explorer: ExplorerDependency, request: resource.ViewRequest) -> resource.View:
    """`address` is path and query of a page here; language and theme are no part of it."""
    made = sharing.save(explorer.database, request.name, request.note, request.address)
    return resource.view(made)


@router.get("/views/{view_id}", summary="One saved view")
def get_view(explorer: ExplorerDependency, view_id: ViewId) -> resource.View:
    """Also one that was thrown away in the last thirty days."""
    return resource.view(sharing.view(explorer.database, view_id))


@router.put("/views/{view_id}", summary="Change a saved view")
def put_view(
    explorer: ExplorerDependency, view_id: ViewId, request: resource.ViewRequest
) -> resource.View:
    """Its links show the new address from then on; one that was thrown away is back."""
    made = sharing.save(explorer.database, request.name, request.note, request.address, view_id)
    return resource.view(made)


@router.delete("/views/{view_id}", summary="Throw a view away")
def delete_view(explorer: ExplorerDependency, view_id: ViewId) -> resource.View:
    """Its links end at once; changing it brings it back."""
    return resource.view(sharing.delete(explorer.database, view_id))


@router.post("/views/{view_id}/shares", status_code=201, summary="Share a view by a link")
def post_share(
    explorer: ExplorerDependency, view_id: ViewId, request: resource.ShareRequest
) -> resource.Share:
    """The link shows this one page, without persons' names and without the kinds named."""
    return resource.share(
        sharing.share(
            explorer.database,
            view_id,
            hides_persons=request.hides_persons,
            hidden_kinds=request.hidden_kinds,
            language=request.language,
        )
    )


@router.delete("/shares/{token}", status_code=204, summary="Take a link back")
def delete_share(explorer: ExplorerDependency, token: Token) -> Response:
    """Whoever opens it from then on is told so."""
    sharing.unshare(explorer.database, token)
    return Response(status_code=204)
