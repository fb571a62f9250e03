"""The query page: a statement of Cypher with its parameters, its rows, and what can be asked."""

from __future__ import annotations

import hashlib
import json
import shlex
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from api.problems import status_of
from api.resources import query as resource
from api.schemas import Snapshot
from api.state import state_of
from graph.documents import basis
from graph.errors import Cancelled, InvalidArgument, NotFound, WusheError
from graph.explorer import Explorer
from graph.query.errors import QueryMistaken
from graph.query.formats import ROWS_FORMAT_BY_SLUG, ROWS_FORMATS
from graph.query.library import (
    GROUPS,
    LibraryQuery,
    library,
    library_query,
    rule_queries,
    rule_query,
    write_value,
)
from graph.query.run import MAX_ROWS, MAX_TIMEOUT_S, QueryAnswer
from graph.questions.querying import ids_to_choose, stored_schema, values_to_begin_with
from graph.text import Text
from web.query_rows import rows_of
from web.render import View, render
from web.security import is_same_origin

DEFAULT_LIMIT = 100
MAX_LIMIT = 1_000
DEFAULT_TIMEOUT_S = 30
MAX_ADDRESS = 6_000
N_LINES_AROUND = 2
_PREFIX = "p."

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked, as typed: nothing of it is lost where it is wrong.

    ``query`` is a ready statement, its parameters in ``texts``; one's own has ``parameters``, which
    is JSON. ``where`` is the parameter of the address that names a ready one.
    """

    cypher: str
    query: LibraryQuery | None = None
    where: str = "cypher"
    texts: Mapping[str, str] = field(default_factory=dict)
    parameters: str = ""
    limit: str = str(DEFAULT_LIMIT)
    timeout: str = str(DEFAULT_TIMEOUT_S)

    def values(self) -> dict[str, Any]:
        """Return the values of the parameters; raises `InvalidArgument`."""
        if self.query is not None:
            return self.query.bind(self.texts)
        return _object(self.parameters) | {k: _value(text) for k, text in self.texts.items()}

    def limits(self) -> tuple[int, int]:
        """Return how many rows are shown and after how many seconds it is stopped."""
        return (
            _number("limit", self.limit, MAX_LIMIT, Text("显示几行", "Rows shown")),
            _number("timeout", self.timeout, int(MAX_TIMEOUT_S), Text("时限", "Time limit")),
        )

    def address(self) -> str:
        """Return the address that asks the same, whatever its length."""
        named = self.query.slug if self.query else self.cypher
        given = {self.where: named}
        if self.query:
            given |= {f"{_PREFIX}{name}": text for name, text in self.texts.items()}
        elif self.parameters:
            given["parameters"] = self.parameters
        for name, typed, default in (
            ("limit", self.limit, DEFAULT_LIMIT),
            ("timeout", self.timeout, DEFAULT_TIMEOUT_S),
        ):
            if typed != str(default):
                given[name] = typed
        return f"/query?{urlencode(given, quote_via=quote)}"


class LongStatements:
    """Statements that are too long for an address, until the server is stopped; the newest few."""

    N_KEPT = 30

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Asked] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, asked: Asked) -> str:
        """Keep a statement and return the name that its address has."""
        digest = hashlib.sha256(asked.address().encode()).hexdigest()[:16]
        with self._lock:
            self._kept[digest] = asked
            self._kept.move_to_end(digest)
            while len(self._kept) > self.N_KEPT:
                self._kept.popitem(last=False)
        return digest

    def get(self, digest: str) -> Asked:
        """Return a statement; raises `LongStatementForgotten`."""
        with self._lock:
            found = self._kept.get(digest)
        if found is None:
            raise LongStatementForgotten
        return found


class LongStatementForgotten(NotFound):
    """A statement that no address could keep is not kept by the server any more either."""

    def __init__(self) -> None:
        WusheError.__init__(
            self,
            Text(
                "这条语句太长，放不进地址，只保留到程序关闭为止，现在已经没有了。请重新填入。",
                "This statement was too long for an address and was kept only until Wushe was"
                " closed; it is gone now. Enter it again.",
            ),
        )


@router.get("/query")
def query(request: Request) -> Response:
    """Run a statement and show its rows, or what can be asked."""
    explorer = state_of(request).explorer
    if not explorer.snapshot().n_actors:
        return render(request, "empty", snapshot=Snapshot(**basis(explorer)["snapshot"]))
    asked, problem = Asked(""), None
    try:
        asked = _asked(request, explorer) or asked
    except WusheError as error:
        problem = error
    # Before the statement runs: one that ends the database must not be lost with it.
    around = _around(explorer, asked)
    answer, values = None, dict[str, Any]()
    if asked.cypher and not problem:
        try:
            values = asked.values()
            limit, timeout_s = asked.limits()
            # A query may keep the database busy: no other site starts one behind somebody's back.
            if is_same_origin(request.headers):
                answer = resource.run(
                    explorer, asked.cypher, values, limit=limit, timeout_s=timeout_s
                )
        except Cancelled:
            raise
        except WusheError as error:
            problem = error
    return _page(request, asked, values, answer, problem, around)


async def _form(request: Request) -> FormData:
    return await request.form()


@router.post("/query")
def ask(request: Request, form: Annotated[FormData, Depends(_form)]) -> Response:
    """Go on to the address that runs what was typed."""
    given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    asked = _typed(given)
    address = asked.address()
    if len(address) > MAX_ADDRESS:
        address = f"/query?kept={_long_statements(request).keep(asked)}"
    return RedirectResponse(address, 303)


@router.post("/query/file")
def file(
    request: Request,
    cypher: Annotated[str, Form()],
    format_name: Annotated[str, Form(alias="format")],
    parameters: Annotated[str, Form()] = "",
) -> Response:
    """Hand out all rows as a file, at most 100,000; its name says so where there are more."""
    chosen = ROWS_FORMAT_BY_SLUG.get(format_name)
    if chosen is None:
        known = ", ".join(ROWS_FORMAT_BY_SLUG)
        raise InvalidArgument(
            "format", Text(f"可用的格式：{known}。", f"The formats are: {known}.")
        )
    answer = resource.run(
        state_of(request).explorer,
        cypher,
        _object(parameters),
        limit=MAX_ROWS,
        timeout_s=MAX_TIMEOUT_S,
    )
    part = f"-first-{MAX_ROWS}" if answer.truncated else ""
    name = f"wushe-query{part}.{chosen.slug}"
    return Response(
        chosen.write(answer),
        media_type=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def rule_address(slug: str, area: str = "", values: Mapping[str, Any] | None = None) -> str:
    """Return where the statement of a gap rule is run with an area and thresholds of its own."""
    found = rule_query(slug)
    given = {"area": area} | dict(values or {})
    texts = {
        p.name: write_value(int(given[p.name]) if p.type == "integer" else given[p.name])
        for p in found.parameters
        if p.name in given and given[p.name] != p.default
    }
    return Asked(found.cypher, found, "rule", texts).address()


def _asked(request: Request, explorer: Explorer) -> Asked | None:
    """Return what the address asks; None where it asks nothing."""
    given = dict(request.query_params)
    if "kept" in given:
        return _long_statements(request).get(given["kept"])
    for where, named in (("library", library_query), ("rule", rule_query)):
        if where in given:
            found = named(given[where])
            begin = values_to_begin_with(explorer, found)
            texts = {
                name: write_value(value)
                for name, value in begin.items()
                if value != found.bind({})[name]
            }
            return _with_limits(Asked(found.cypher, found, where, texts | _texts(given)), given)
    if not given.get("cypher", "").strip():
        return None
    asked = Asked(
        given["cypher"], texts=_texts(given), parameters=given.get("parameters", "").strip()
    )
    return _with_limits(asked, given)


def _typed(given: Mapping[str, str]) -> Asked:
    """Return what the form asks: a ready statement for as long as it was not changed."""
    # A form ends its lines as the mail of old did.
    cypher, texts = given.get("cypher", "").replace("\r\n", "\n"), _texts(given)
    for where, named in (("library", library_query), ("rule", rule_query)):
        if where in given:
            found = named(given[where])
            if found.is_text(cypher):
                return _with_limits(Asked(found.cypher, found, where, texts), given)
            values = {p.name: p.default for p in found.parameters} | {
                name: _value_or_text(found, name, text) for name, text in texts.items()
            }
            parameters = json.dumps(values, ensure_ascii=False) if values else ""
            return _with_limits(Asked(cypher, parameters=parameters), given)
    return _with_limits(Asked(cypher, parameters=given.get("parameters", "").strip()), given)


def _texts(given: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(_PREFIX): text for name, text in given.items() if name.startswith(_PREFIX)
    }


def _with_limits(asked: Asked, given: Mapping[str, str]) -> Asked:
    limit, timeout = given.get("limit", "").strip(), given.get("timeout", "").strip()
    return replace(asked, limit=limit or asked.limit, timeout=timeout or asked.timeout)


def _value_or_text(query: LibraryQuery, name: str, text: str) -> Any:
    try:
        return query.bind({name: text})[name]
    except InvalidArgument:
        return text


def _value(text: str) -> Any:
    """Return a value of a parameter in an address: JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _object(text: str) -> dict[str, Any]:
    """Return parameters that were typed as JSON; raises `InvalidArgument`."""
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidArgument(
            "parameters",
            Text(
                "参数不是 JSON 对象。请写成 {\"actor\": \"编号\"}，名称和文字都用英文双引号。",
                "The parameters are no JSON object. Write {\"actor\": \"an id\"}, names and texts"
                " in straight double quotes.",
            ),
        )  # fmt: skip
    return found


def _number(name: str, typed: str, most: int, label: Text) -> int:
    if not typed.isdecimal() or not 1 <= int(typed[:9]) <= most:
        raise InvalidArgument(
            name,
            Text(
                f"“{label.zh}”应是 1 到 {most:,} 之间的整数。",
                f"“{label.en}” must be a whole number from 1 to {most:,}.",
            ),
        )
    return int(typed)


def _long_statements(request: Request) -> LongStatements:
    found: LongStatements = request.app.state.long_statements
    return found


def _around(explorer: Explorer, asked: Asked) -> dict[str, Any]:
    """Return what the page says of the stored data, whatever comes of the statement."""
    return {
        "nodes": explorer.nodes_by_id(),
        "snapshot": Snapshot(**basis(explorer)["snapshot"]),
        "schema": stored_schema(explorer),
        "ids": {
            p.name: ids_to_choose(explorer, p.id_of)
            for p in (asked.query.parameters if asked.query else ())
            if p.id_of
        },
    }


def _page(
    request: Request,
    asked: Asked,
    values: Mapping[str, Any],
    answer: QueryAnswer | None,
    problem: WusheError | None,
    around: dict[str, Any],
) -> Response:
    view = View(request)
    nodes = around.pop("nodes")
    return render(
        request,
        "query",
        status=status_of(problem) if problem else 200,
        asked=asked,
        answer=answer,
        rows=rows_of(answer, view, nodes) if answer else None,
        problem=view.of(problem.message) if problem else None,
        mistake=_mistake(asked.cypher, problem),
        parameters=json.dumps(dict(values), ensure_ascii=False) if values else "",
        n_lines=min(max(asked.cypher.count("\n") + 2, 6), 20),
        link=_link(request, asked),
        is_kept="kept" in request.query_params,
        formats=[one.slug for one in ROWS_FORMATS],
        max_rows=MAX_ROWS,
        max_limit=MAX_LIMIT,
        max_timeout=int(MAX_TIMEOUT_S),
        command=_command(asked, values),
        curl=_curl(request, asked, values),
        groups={group: [q for q in library() if q.group == group] for group in GROUPS},
        rules=rule_queries(),
        written=write_value,
        **around,
    )


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a statement is mistaken: the lines around, as (number, before, marked, after)."""

    line: int
    column: int | None
    lines: tuple[tuple[int, str, str, str], ...]


def _mistake(cypher: str, problem: WusheError | None) -> Mistake | None:
    if not isinstance(problem, QueryMistaken) or problem.line is None:
        return None
    lines = cypher.splitlines() or [""]
    at = min(problem.line, len(lines))
    shown = range(max(at - N_LINES_AROUND, 1), min(at + N_LINES_AROUND, len(lines)) + 1)
    start = (problem.column or 1) - 1

    def parts(number: int) -> tuple[int, str, str, str]:
        text = lines[number - 1]
        if number != at:
            return number, text, "", ""
        word = text[start:].split(" ")[0] if start < len(text) else ""
        return number, text[:start], word or " ", text[start + len(word) :]

    return Mistake(problem.line, problem.column, tuple(parts(number) for number in shown))


def _link(request: Request, asked: Asked) -> str | None:
    """Return the whole address that asks the same; None where no address can keep it."""
    address = asked.address()
    return f"{str(request.base_url).rstrip('/')}{address}" if len(address) <= MAX_ADDRESS else None


def _command(asked: Asked, values: Mapping[str, Any]) -> str:
    given = "".join(
        f" -p {shlex.quote(f'{name}={json.dumps(value, ensure_ascii=False)}')}"
        for name, value in values.items()
    )
    return (
        f"wushe query {shlex.quote(asked.cypher)}{given}"
        f" --limit {asked.limit} --timeout {asked.timeout}"
    )


def _curl(request: Request, asked: Asked, values: Mapping[str, Any]) -> str:
    body = {
        "cypher": asked.cypher,
        "parameters": dict(values),
        "limit": _value(asked.limit),
        "timeout_s": _value(asked.timeout),
    }
    address = request.url_for("post_query")
    return (
        f"curl {address} -H 'Content-Type: application/json'"
        f" -d {shlex.quote(json.dumps(body, ensure_ascii=False))}"
    )
