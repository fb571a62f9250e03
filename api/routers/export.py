"""``export``: everything stored, in a format for other tools."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api import answers
from api.state import ExplorerDependency

router = APIRouter(tags=["export"])


@router.get("/export/{format_name}", summary="Everything stored, as one file")
def export(
    format_name: Annotated[
        str, Path(alias="format_name", description="json, graphml or csv", examples=["graphml"])
    ],
    explorer: ExplorerDependency,
) -> Response:
    """json and graphml for programs; csv is a zip of the tables that an import takes."""
    chosen = answers.export_format(format_name)
    return Response(
        answers.export(explorer, chosen),
        media_type=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="wushe{chosen.suffix}"'},
    )
