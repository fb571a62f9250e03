"""Writes ``api/README.md``, a handbook of the API: ``python -m tests.api.handbook``.

Paths, summaries and parameters come from the OpenAPI document, requests from the examples that it
declares, answers from the running application over the sample data. It stands with the tests, since
it takes their client and a Neo4j of its own, and since nothing in the product imports it.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.ingest.sample import load_sample
from graph.settings import Settings
from graph.store.database import Database
from graph.store.opening import open_database

PATH = Path(__file__).parents[2] / "api" / "README.md"
ADDRESS = "localhost:8765"
JSON = "application/json"
_TABLE = Path(__file__).parents[2] / "graph" / "sample" / "主体.csv"
_HEAD = f"""\
# The HTTP API · HTTP 接口

本页列出接口的每个地址：用途、参数、一个请求和它的回答；请求都在示例数据上运行过，回答有删节。
本页为英文，回答里的句子中英文都有。由程序写成，请勿手改：`python -m tests.api.handbook`。
产品的中文说明、怎样启动、怎样导入自己的数据，见 [README.zh.md](../README.zh.md)。

`make run` serves it at `http://{ADDRESS}/api/v1`, on this computer only and without a login; the
OpenAPI document is at [`/api/v1/openapi.json`](http://{ADDRESS}/api/v1/openapi.json). This page is
written from the running application over the sample data by `python -m tests.api.handbook`.

- A list answers `items`, `total`, `limit` and `offset`. What is computed says on what:
  `projection` names the day, area, sectors and relations, `snapshot` the state of the data.
- Every sentence and label is `{{"zh": …, "en": …}}`. An error is a problem (RFC 9457) with its
  sentence under `message`: 400 for a value that cannot be used, 404 for what is not there, 422 for
  one of the wrong form, 503 while the database starts.
- What takes long goes on as a job where the header `Prefer: respond-async` is sent; see *jobs*.
- Ids come with every answer; `search` finds them by name, alias or pinyin.

Answers are cut here: of a list the first item, and of long texts and large objects the beginning,
with … where something is left out. Words in capitals stand for what differs from one run to the
next: SCENARIO and the like for the id that an answer gave, TIME for a time, DAY for today.
"""
# What a request gives beside what it must; what has no line here is asked once, with no more.
_GIVEN: dict[str, tuple[tuple[str, ...], ...]] = {
    "GET /api/v1/actors": (("q",), ("kind", "area")),
    "GET /api/v1/brief": (("area", "sections"),),
    "GET /api/v1/brief.{file_format}": (("area",),),
    "GET /api/v1/compare": (("a", "b"), ("area", "from", "to")),
    "GET /api/v1/completeness": (("area",),),
    "GET /api/v1/coverage": (("lacking",),),
    "GET /api/v1/gaps": (("rule",), ("area", "status")),
    "GET /api/v1/hubs": ((), ("like",)),
    "GET /api/v1/hubs.csv": (("like",),),
    "GET /api/v1/matching": (("area",),),
    "GET /api/v1/measures": (("measures",),),
    "GET /api/v1/overview": (("area",),),
    "GET /api/v1/paths": ((), ("avoid",)),
    "GET /api/v1/sources/records": (("source",),),
    "POST /api/v1/imports": (("dry_run",),),
}
# Which answers give the ids that are asked for further on: of what name, by which word shown.
_MADE = (
    ("POST /api/v1/scenarios", "scenario_id", "SCENARIO", lambda answer: answer["id"]),
    ("POST /api/v1/shortlists", "shortlist_id", "SHORTLIST", lambda answer: answer["id"]),
    (
        "POST /api/v1/shortlists/{shortlist_id}/items",
        "entry_id",
        "ENTRY",
        lambda answer: answer["entries"][-1]["id"],
    ),
    ("POST /api/v1/views", "view_id", "VIEW", lambda answer: answer["id"]),
    ("POST /api/v1/views/{view_id}/shares", "token", "TOKEN", lambda answer: answer["token"]),
)
_METHODS = ("post", "get", "put", "patch", "delete")
# How much of an answer is shown: members of an object by its depth, characters, columns of a line.
_N_MEMBERS = (30, 10, 2)
_N_LETTERS = 60
_N_LETTERS_OF = {"zh": 20, "en": 40}
_WIDTH = 100
_TEXTS = ("text/csv", "text/event-stream")
_LEFT_OUT = {"projection", "snapshot", "elapsed_ms"}
_DIGITS = re.compile(r"\d+\.\d{4,}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)")


@dataclass(frozen=True, slots=True)
class Operation:
    """One path with one method, as the OpenAPI document describes it."""

    method: str
    path: str
    says: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What the page calls it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def parameters(self) -> Sequence[Mapping[str, Any]]:
        """Its parameters, those of the path first."""
        return self.says.get("parameters", [])

    @property
    def is_asked(self) -> bool:
        """Whether the page asks it; what only takes away or back is shown and not asked."""
        return self.method == "get" or "requestBody" in self.says


def operations(document: Mapping[str, Any]) -> list[Operation]:
    """Return every operation of an OpenAPI document, in its order."""
    return [
        Operation(method, path, says)
        for path, methods in document["paths"].items()
        for method, says in methods.items()
    ]


def markdown(app: FastAPI) -> str:
    """Return the page for an application over the sample data; it keeps what the examples make."""
    client = TestClient(app)
    document = client.get("/api/v1/openapi.json").json()
    every = operations(document)
    asking = _Asking(client, document)
    asking.words = {
        "import_id": (client.get("/api/v1/imports").json()[0]["id"], "IMPORT"),
        "job_id": (_job(app), "JOB"),
    }
    shown = {
        operation.title: asking.shown(operation)
        for operation in sorted(every, key=lambda o: _METHODS.index(o.method))
    }
    by_tag: dict[str, list[Operation]] = {}
    for operation in every:
        by_tag.setdefault(operation.says["tags"][0], []).append(operation)
    parts = [_HEAD]
    for tag, of_tag in by_tag.items():
        rows = [f"| [`{o.title}`](#{_anchor(o.title)}) | {o.says['summary']} |" for o in of_tag]
        parts.append("\n".join([f"| *{tag}* | |", "|---|---|", *rows]) + "\n")
    for tag, of_tag in by_tag.items():
        parts.append(f"## {tag}\n")
        parts += [
            "\n".join([f"### `{o.title}`\n", *_described(o), *shown[o.title]]) for o in of_tag
        ]
    return "\n".join(parts)


def _job(app: FastAPI) -> str:
    """Start a job that is done at once, for the page to ask about; return its id."""
    job = app.state.jobs.start("handbook", "/api/v1/gaps", lambda: {"total": 0})
    job.wait()
    return str(job.id)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _described(operation: Operation) -> Iterator[str]:
    says = operation.says
    text = re.sub(r"``(.+?)``", r"`\1`", says["description"])
    yield f"{says['summary']}.\n\n{text}\n"
    if operation.parameters:
        yield "| Parameter | In | Type | Default | Meaning |"
        yield "|---|---|---|---|---|"
        for parameter in operation.parameters:
            schema = parameter["schema"]
            default = "required" if parameter["required"] else _default(schema.get("default"))
            cells = (f"`{parameter['name']}`", parameter["in"], _type(schema), default)
            yield f"| {' | '.join(cells)} | {parameter.get('description', '')} |"
        yield ""


def _default(value: Any) -> str:
    return "" if value is None or value == "" else f"`{json.dumps(value)}`".replace('"', "")


def _type(schema: Mapping[str, Any]) -> str:
    for name in ("anyOf", "oneOf"):
        if name in schema:
            return " or ".join(_type(s) for s in schema[name] if s.get("type") != "null")
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"{_type(schema['items'])}, repeatable"
    bounds = [
        f"{word} {schema[key]}"
        for key, word in (("minimum", "from"), ("maximum", "to"), ("maxLength", "of at most"))
        if key in schema
    ]
    return " ".join([schema.get("type", "any"), *bounds])


class _Asking:
    """Sends the example requests and keeps the ids that answers give, by the parameter's name."""

    def __init__(self, client: TestClient, document: Mapping[str, Any]) -> None:
        self.client = client
        self.schemas = document["components"]["schemas"]
        self.words: dict[str, tuple[str, str]] = {}

    def shown(self, operation: Operation) -> list[str]:
        """Return the lines of the page for the requests of one operation and their answers."""
        lines = []
        for given in _GIVEN.get(operation.title, ((),)):
            values = {
                p["name"]: self._value(p)
                for p in operation.parameters
                if p["required"] or p["name"] in given
            }
            lines += self._asked(operation, values)
        return lines

    def _value(self, parameter: Mapping[str, Any]) -> Any:
        name = parameter["name"]
        if name in self.words:
            return self.words[name][0]
        value = (parameter["schema"].get("examples") or [_word(name)])[0]
        return str(value).lower() if isinstance(value, bool) else value

    def _asked(self, operation: Operation, values: Mapping[str, Any]) -> Iterator[str]:
        places = {p["name"]: p["in"] for p in operation.parameters}
        path = operation.path
        for name, value in values.items():
            if places[name] == "path":
                path = path.replace(f"{{{name}}}", str(value))
        query = {name: value for name, value in values.items() if places[name] == "query"}
        body = self._body(operation)
        command = self._constant(_curl(operation.method, path, query, body))
        if not operation.is_asked:
            codes = sorted(code for code in operation.says["responses"] if code.startswith("2"))
            yield f"```sh\n{command}\n```\n\nAnswers {codes[0]}.\n"
            return
        answer = self.client.request(operation.method.upper(), path, params=query, **_sent(body))
        assert answer.is_success, (operation.title, answer.status_code, answer.text)
        kind = answer.headers.get("content-type", "").partition(";")[0]
        is_file = kind not in (JSON, *_TEXTS)
        yield f"```sh\n{command}{' -OJ' if is_file else ''}\n```\n"
        if kind == JSON:
            self._keep(operation, answer.json())
            yield f"Answers {answer.status_code}:\n\n```json"
            yield laid_out(shortened(json.loads(self._constant(answer.text))))
            yield "```\n"
        elif is_file:
            yield f"Answers {answer.status_code}, a file of `{kind}`.\n"
        else:
            yield f"Answers {answer.status_code}, `{kind}`:\n\n```"
            yield from _first_lines(self._constant(answer.text))
            yield "```\n"

    def _body(self, operation: Operation) -> tuple[str, Any] | None:
        """Return the media type and the example of a request's body."""
        if "requestBody" not in operation.says:
            return None
        ((kind, content),) = operation.says["requestBody"]["content"].items()
        if kind == "multipart/form-data":
            return kind, _TABLE
        if "examples" in content:
            return kind, next(iter(content["examples"].values()))["value"]
        if "example" in content:
            return kind, content["example"]
        schema = self.schemas[content["schema"]["$ref"].rpartition("/")[2]]
        return kind, schema["examples"][0]

    def _keep(self, operation: Operation, answer: Any) -> None:
        for title, name, word, found in _MADE:
            if operation.title == title and name not in self.words:
                self.words[name] = (found(answer), word)

    def _constant(self, text: str) -> str:
        """Return a text with a word for everything that differs from one run to the next."""
        for value, word in self.words.values():
            text = text.replace(value, word)
        text = _TIME.sub("TIME", text)
        for zone in (datetime.UTC, None):
            text = text.replace(datetime.datetime.now(zone).date().isoformat(), "DAY")
        return text


def _word(name: str) -> str:
    return next((word for _, made, word, _ in _MADE if made == name), name.upper())


def _curl(method: str, path: str, query: Mapping[str, Any], body: tuple[str, Any] | None) -> str:
    pairs = [
        f"{name}={value}"
        for name, values in query.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    words = ["curl", "-s"]
    if method != "get" and (body is None or method != "post"):
        words += ["-X", method.upper()]
    if method == "get" and pairs and not all(pair.isascii() for pair in pairs):
        words += ["-G", f"{ADDRESS}{path}"]
        for pair in pairs:
            words += ["--data-urlencode", pair]
    else:
        words.append(f"{ADDRESS}{path}{'?' if pairs else ''}{'&'.join(pairs)}")
    if body is not None:
        kind, example = body
        if isinstance(example, Path):
            words += ["-F", f"files=@{example.name}"]
        elif isinstance(example, str):
            words += ["-H", f"Content-Type: {kind}", "-d", example]
        else:
            written = json.dumps(example, ensure_ascii=False)
            words += ["-H", f"Content-Type: {kind}", "-d", written]
    return shlex.join(words)


def _sent(body: tuple[str, Any] | None) -> dict[str, Any]:
    if body is None:
        return {}
    kind, example = body
    if isinstance(example, Path):
        return {"files": {"files": (example.name, example.read_bytes(), "text/csv")}}
    if isinstance(example, str):
        return {"content": example.encode(), "headers": {"Content-Type": kind}}
    return {"json": example}


def _first_lines(text: str) -> Iterator[str]:
    lines = text.lstrip("\ufeff").split("\n")
    lines = [line.rstrip("\r") for line in lines if line.strip()]
    for line in (_DIGITS.sub(lambda m: f"{float(m[0]):.4g}", line) for line in lines[:2]):
        yield line if len(line) <= 2 * _WIDTH else f"{line[: 2 * _WIDTH]}…"
    if len(lines) > 2:
        yield f"… {len(lines) - 2} more"


def shortened(value: Any, depth: int = 0, n_letters: int = _N_LETTERS) -> Any:
    """Return a JSON value with … for what is left out."""
    if isinstance(value, dict):
        if value.keys() == _N_LETTERS_OF.keys():
            return {
                key: shortened(text, n_letters=_N_LETTERS_OF[key]) for key, text in value.items()
            }
        n = _N_MEMBERS[min(depth, len(_N_MEMBERS) - 1)]
        short = {
            key: "…" if key in _LEFT_OUT else shortened(inner, depth + 1)
            for key, inner in list(value.items())[:n]
        }
        return short | ({"…": f"{len(value) - n} more"} if len(value) > n else {})
    if isinstance(value, list):
        is_plain = not any(isinstance(inner, (dict, list)) for inner in value)
        n = 3 if is_plain else 1
        short = [shortened(inner, depth) for inner in value[:n]]
        return short + ([f"… {len(value) - n} more"] if len(value) > n else [])
    if isinstance(value, str):
        return value if len(value) <= n_letters else f"{value[:n_letters]}…"
    if isinstance(value, float):
        return float(f"{value:.4g}")
    return value


def laid_out(value: Any, indent: int = 0) -> str:
    """Return JSON in lines that are filled; what does not fit on one line has its parts inside.

    ``indent`` is how far in it begins.
    """
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value or indent + len(flat) <= _WIDTH:
        return flat
    inside = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f'"{key}": {laid_out(inner, indent + 2)}' for key, inner in value.items()]
    else:
        parts = [laid_out(inner, indent + 2) for inner in value]
    lines: list[str] = []
    for part in parts:
        is_one_line = lines and "\n" not in lines[-1] + part
        if is_one_line and len(inside) + len(lines[-1]) + len(part) < _WIDTH:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, ",\n".join(inside + line for line in lines), " " * indent + closing])


def application(database: Database, settings: Settings) -> FastAPI:
    """Return the API over a running database; without its lifespan it does not close that."""
    app = create_api(settings)
    app.state.server = ServerState(database)
    return app


def main() -> None:
    """Write the page, from a Neo4j of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = dataclasses.replace(
            Settings.from_environment(), data_dir=Path(folder) / "data", neo4j_uri=None
        )
        with open_database(settings, owner=True) as database:
            load_sample(database)
            PATH.write_text(markdown(application(database, settings)), "utf-8")


if __name__ == "__main__":
    main()
