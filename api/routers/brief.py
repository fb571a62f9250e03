"""``brief``: an area on a few pages, to be printed, edited and handed on."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from api.resources import brief as resource
from api.state import ExplorerDependency
from graph.text import Language

router = APIRouter(tags=["brief"])
Area = Annotated[
    str, Query(description="The path of an area; everywhere by default", examples=["北京市/朝阳区"])
]
Sections = Annotated[
    list[str] | None,
    Query(description="Only these sections", examples=[["summary", "gaps", "suggestions"]]),
]
InLanguage = Annotated[Language, Query(alias="lang", description="zh or en")]


@router.get("/brief", summary="The brief of an area, section by section")
def brief(
    explorer: ExplorerDependency,
    area: Area = "",
    language: InLanguage = "zh",
    sections: Sections = None,
) -> resource.Brief:
    """Summary, picture, coverage, modes, hubs, brokers, gaps, needs, suggestions, limits."""
    return resource.brief(explorer, area, language, sections or ())


@router.get(
    "/brief.{file_format}",
    summary="The brief of an area as a PDF or a Word file",
    response_class=Response,
)
def brief_file(
    explorer: ExplorerDependency,
    file_format: Annotated[resource.FileFormat, Path(description="pdf or docx", examples=["pdf"])],
    area: Area = "",
    language: InLanguage = "zh",
    sections: Sections = None,
) -> Response:
    """The same sections; the PDF has its fonts embedded."""
    content, media_type = resource.brief_file(explorer, area, language, file_format, sections or ())
    name = f"{area.replace('/', '-') or 'wushe'}.{file_format}"
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )
