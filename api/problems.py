"""What HTTP status each refusal becomes, and the one shape that all errors have (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.jobs import StillRunning
from api.schemas import ProblemDetails, Text
from graph import errors, text
from graph.ingest.errors import ImportRefused
from graph.query import errors as query_errors
from graph.store import errors as store_errors

MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[errors.WusheError], int], ...] = (
    (errors.NotFound, 404),
    (errors.InvalidArgument, 400),
    (errors.Cancelled, 409),
    (StillRunning, 409),
    (ImportRefused, 422),
    (store_errors.WriteRefused, 403),
    (store_errors.StatementFailed, 400),
    (store_errors.StoreUnavailable, 503),
    (store_errors.DiskFull, 507),
    (store_errors.StoreError, 503),
    (query_errors.QueryRefused, 403),
    (query_errors.QueryTooLarge, 413),
    (query_errors.QueriesBusy, 503),
    (query_errors.QueryTimedOut, 504),
    (errors.WusheError, 400),
)
_TITLES: dict[int, text.Text] = {
    400: text.Text("请求有误", "Bad request"),
    403: text.Text("不允许", "Not allowed"),
    404: text.Text("没有找到", "Not found"),
    405: text.Text("不支持这种方法", "Method not allowed"),
    409: text.Text("没有结果", "No result"),
    413: text.Text("内容太大", "Too large"),
    422: text.Text("内容有误", "The content has errors"),
    500: text.Text("程序出错", "Something went wrong"),
    503: text.Text("暂时不可用", "Not available now"),
    507: text.Text("磁盘已满", "The disk is full"),
}
_log = logging.getLogger("wushe")


def status_of(error: errors.WusheError) -> int:
    """Return the HTTP status of a refusal."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def problem(status: int, message: text.Text, instance: str) -> JSONResponse:
    """Return a problem details response; English in the standard members, both in `message`."""
    title = _TITLES.get(status)
    body = ProblemDetails(
        type="about:blank",
        title=title.en if title else HTTPStatus(status).phrase,
        status=status,
        detail=message.en,
        instance=instance,
        message=Text(zh=message.zh, en=message.en),
    )
    headers = {"Retry-After": "2"} if status == 503 else None
    return JSONResponse(body.model_dump(), status, headers, media_type=MEDIA_TYPE)


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of ``app`` come out as a problem."""

    @app.exception_handler(errors.WusheError)
    def refused(request: Request, error: errors.WusheError) -> Response:
        return problem(status_of(error), error.message, request.url.path)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
        n_more = len(error.errors()) - 1
        message = text.Text(
            f"参数“{where}”不合要求：{first['msg']}" + (f"（另有 {n_more} 处）" if n_more else ""),
            f"The parameter “{where}” does not fit: {first['msg']}"
            + (f" (and {n_more} more)" if n_more else ""),
        )
        return problem(422, message, request.url.path)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        message = _HTTP_MESSAGES.get(error.status_code) or text.Text(
            str(error.detail), str(error.detail)
        )
        response = problem(error.status_code, message, request.url.path)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        message = text.Text(
            "程序出错，已记入日志；数据没有改变。",
            "Something went wrong; it has been logged, and the data are as they were.",
        )
        return problem(500, message, request.url.path)


_HTTP_MESSAGES: dict[int, text.Text] = {
    404: text.Text("这里没有内容。请检查地址。", "There is nothing here. Check the address."),
    405: text.Text("这个地址不支持这种方法。", "This address does not support this method."),
}
