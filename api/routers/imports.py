"""``imports``: bringing data in, whole or not at all, and taking an import back."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, File, Path, Query, Request, Response, UploadFile

from api import answers, schemas
from api.parameters import Limit, Offset
from api.patience import accepted, is_later
from api.resources import changes as resource
from api.resources.areas import AreaPath
from api.routers.jobs import jobs_of
from api.state import ExplorerDependency
from graph.ingest.importer import NoImport
from graph.text import Language

router = APIRouter(tags=["imports"])
ImportId = Annotated[str, Path(description="The id of an import")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post(
    "/imports",
    summary="Import a workbook or CSV tables",
    response_model=schemas.ImportReport,
    responses={422: {"model": schemas.ImportReport, "description": "Refused, with every problem"}},
)
def post_import(
    request: Request,
    explorer: ExplorerDependency,
    files: Annotated[list[UploadFile], File(description="One .xlsx, or the .csv tables")],
    response: Response,
    dry_run: Annotated[
        bool, Query(description="Check only; store nothing", examples=[True])
    ] = False,
) -> schemas.ImportReport | Response:
    """All rows are stored or, if any has a problem, none; rows already stored change nothing.

    With `Prefer: respond-async` it goes on as a job, which can be stopped: then nothing is stored.
    """
    given = [(file.filename or "upload", file.file.read()) for file in files]
    if is_later(request):
        work = answers.check_import if dry_run else answers.apply_import
        key, address = ("import", secrets.token_hex(8)), "/api/v1/imports"
        job = jobs_of(request).start(key, address, lambda: work(explorer, given))
        return accepted(request.scope, job)
    if dry_run:
        return answers.check_import(explorer, given)
    report = answers.apply_import(explorer, given)
    if not report.accepted:
        response.status_code = 422
    return report


@router.get("/imports", summary="The history of imports, newest first")
def get_imports(explorer: ExplorerDependency) -> list[schemas.ImportRecord]:
    """Every import that changed something, with what it changed."""
    return answers.imports(explorer)


@router.get("/imports/template.xlsx", summary="The empty workbook to fill in")
def template(
    language: Annotated[Language, Query(description="zh or en")] = "zh",
) -> Response:
    """Sheets, columns, drop-down lists and help in the language asked for."""
    return Response(
        answers.template_workbook(language),
        media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="wushe-template.xlsx"'},
    )


@router.get("/imports/{import_id}", summary="One import")
def get_import(import_id: ImportId, explorer: ExplorerDependency) -> schemas.ImportRecord:
    """What an import changed, and whether it was undone."""
    for record in answers.imports(explorer):
        if record.id == import_id:
            return record
    raise NoImport(import_id)


@router.get("/imports/{import_id}/changes", summary="What an import brought")
def changes(
    import_id: ImportId,
    explorer: ExplorerDependency,
    area: AreaPath = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> resource.Changes:
    """New, changed and ended records, everywhere or in an area; a page of each sort."""
    return resource.changes(explorer, import_id, area, limit, offset)


@router.get("/imports/{import_id}/gaps", summary="What became of the gaps with an import")
def gaps(
    import_id: ImportId, explorer: ExplorerDependency, area: AreaPath = ""
) -> resource.ImportGaps:
    """Which gaps opened and which closed with the newest import that still stands.

    The rules run on the data as they were before it. Of a large city only the streets that the
    import touched are compared, by the rules that look at one place.
    """
    return resource.gap_changes(explorer, import_id, area)


@router.post("/imports/{import_id}/undo", summary="Take the newest import back")
def undo(import_id: ImportId, explorer: ExplorerDependency) -> schemas.ImportRecord:
    """Only the newest import that still stands can be undone."""
    return answers.undo_import(explorer, import_id)
