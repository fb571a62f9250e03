"""Bringing data in: the form, the check of what it would change, the import and its undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import answers
from api.routers.jobs import jobs_of
from api.schemas import ImportReport
from api.state import state_of
from graph.errors import WusheError
from graph.explorer import Explorer
from graph.questions.changes import area_of_import
from graph.store.errors import StoreError
from web.jobs import patience_s, working
from web.render import View, render
from web.staging import Staging, Upload

# An import of more than this is no single area's.
N_LOOKED_AT = 5_000

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/import")
def import_form(request: Request) -> Response:
    """Ask for a workbook or CSV files, and list what was imported so far."""
    return _import_form(request)


@router.get("/import/template.xlsx")
def import_template(request: Request) -> Response:
    """Hand out an empty workbook with the right sheets and headers."""
    language = View(request).language
    return Response(
        answers.template_workbook(language),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="wushe-template-{language}.xlsx"'},
    )


@router.post("/import")
def import_check(
    request: Request, files: Annotated[list[UploadFile] | None, File()] = None
) -> Response:
    """Keep the files and go on to what they would change."""
    uploaded = [(file.filename or "", file.file.read()) for file in files or [] if file.filename]
    if not uploaded:
        return _import_form(request, "no_file", 422)
    upload = _staging(request).put(uploaded)
    return RedirectResponse(f"/import/{upload.token}", 303)


@router.post("/import/sample")
def import_sample(request: Request) -> Response:
    """Load the sample data."""
    report = answers.load_sample(state_of(request).explorer)
    upload = _staging(request).put([])
    upload.keep_result(report.model_dump())
    return RedirectResponse(f"/import/{upload.token}", 303)


@router.post("/import/undo/{import_id}")
def import_undo(request: Request, import_id: str) -> Response:
    """Take an import back."""
    answers.undo_import(state_of(request).explorer, import_id)
    return RedirectResponse("/data#history", 303)


@router.get("/import/{token}")
def import_report(request: Request, token: str) -> Response:
    """Show what an upload would change, or what it did change."""
    upload = _staging(request).get(token)
    if upload is None:
        return _import_form(request, "forgotten", 404)
    done = upload.result()
    if done is None:
        job = jobs_of(request).of(_key(token))
        if job is not None and job.ended_at is None:
            return working(request, job, 202)
        return _check(request, upload)
    report = ImportReport.model_validate(done)
    explorer = state_of(request).explorer
    standing, n_changes = [r.id for r in explorer.standing_imports()], _n_changes(report)
    stands = report.id in standing
    return render(
        request,
        "import_done",
        names=upload.names(),
        report=report,
        n_changes=n_changes,
        area=area_of_import(explorer, report.id)
        if report.id and stands and n_changes <= N_LOOKED_AT
        else "",
        undone=report.id is not None and not stands,
        newest=next(iter(standing), None),
    )


@router.post("/import/{token}")
def import_apply(request: Request, token: str) -> Response:
    """Apply an upload as a whole."""
    upload = _staging(request).get(token)
    if upload is None:
        return _import_form(request, "forgotten", 404)
    if upload.result() is None:
        explorer, address = state_of(request).explorer, f"/import/{token}"
        job = jobs_of(request).start(_key(token), address, lambda: _apply(explorer, upload))
        job.wait(patience_s(request))
        if job.error is not None and job.state != "cancelled":
            raise job.error
    return RedirectResponse(f"/import/{token}", 303)


def _key(token: str) -> tuple[str, str]:
    return "import", token


def _apply(explorer: Explorer, upload: Upload) -> None:
    report = answers.apply_import(explorer, upload.files())
    # What is refused now was mended or changed since it was checked: it is checked again.
    if report.accepted:
        upload.keep_result(report.model_dump())


def _check(request: Request, upload: Upload) -> Response:
    try:
        report = answers.check_import(state_of(request).explorer, upload.files())
    except StoreError:
        raise
    except WusheError as error:
        return _import_form(request, error, 422)
    return render(
        request,
        "import_report",
        token=upload.token,
        names=upload.names(),
        report=report,
        n_changes=_n_changes(report),
    )


def _n_changes(report: ImportReport) -> int:
    """Return how many records are new or changed, those that ended among the changed."""
    return sum(c.new + c.changed for c in (report.actors, report.ties, report.needs, report.areas))


def _import_form(
    request: Request, problem: str | WusheError | None = None, status: int = 200
) -> Response:
    view = View(request)
    error = view.of(problem.message) if isinstance(problem, WusheError) else None
    return render(
        request,
        "import",
        status=status,
        error=view.t(f"import.{problem}") if isinstance(problem, str) else error,
        n_records=len(answers.imports(state_of(request).explorer)),
    )


def _staging(request: Request) -> Staging:
    staging: Staging = request.app.state.staging
    return staging
