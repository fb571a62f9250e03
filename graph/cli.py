"""The ``wushe`` command.

Exit codes: 0 done, 1 refused with a sentence on standard error, 2 misuse.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from graph.commands.asking import FORMAT, Format, opened, print_answer
from graph.commands.card import card
from graph.commands.compare import compare
from graph.commands.data import data
from graph.commands.diagnosis import diagnosis
from graph.commands.evidence import evidence
from graph.commands.gaps import gaps
from graph.commands.generate import generate
from graph.commands.match import match
from graph.commands.measure import measure
from graph.commands.overview import overview
from graph.commands.partners import partners
from graph.commands.paths import paths
from graph.commands.rankings import brokers, hubs
from graph.commands.report import report
from graph.commands.shortlist import shortlist
from graph.commands.what_if import what_if
from graph.errors import InvalidArgument, WusheError
from graph.settings import Settings, language_of
from graph.terminal import Cell, StatusLine, json_text, table
from graph.text import Language, Text

if TYPE_CHECKING:
    from graph.ingest.importer import ImportReport
    from graph.store.database import Database


class _Refusals(click.Group):
    """Turns a refusal into its sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WusheError as error:
            language = ctx.obj.language if ctx.obj else language_of(os.environ)
            click.echo(error.message.get(language), err=True)
            ctx.exit(1)


@click.group(
    cls=_Refusals,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: wushe serve --sample, then open the address it prints. · "
    "先运行 wushe serve --sample，再打开它给出的网址。",
)
@click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the graph lies; WUSHE_DATA does the same · 数据目录",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the output · 输出语言")
@click.version_option(package_name="wushe", prog_name="wushe")
@click.pass_context
def main(ctx: click.Context, data_dir: Path | None, lang: Language | None) -> None:
    """Wushe 五社: who brings communities, organisations, volunteers and enterprises together.

    社区治理的关系图谱：找出中介、缺口和枢纽组织。
    """
    # What the driver retries is no news: if it fails in the end, the refusal says so.
    logging.getLogger("neo4j").setLevel(logging.ERROR)
    settings = Settings.from_environment()
    if data_dir is not None:
        settings = replace(settings, data_dir=data_dir)
    if lang is not None:
        settings = replace(settings, language=lang)
    ctx.obj = settings


main.add_command(brokers)
main.add_command(card)
main.add_command(compare)
main.add_command(data)
main.add_command(diagnosis)
main.add_command(evidence)
main.add_command(gaps)
main.add_command(generate)
main.add_command(hubs)
main.add_command(match)
main.add_command(measure)
main.add_command(overview)
main.add_command(partners)
main.add_command(paths)
main.add_command(report)
main.add_command(shortlist)
main.add_command(what_if)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Port on this computer; default PORT or 8765 · 端口",
)
@click.option(
    "--sample", is_flag=True, help="Load the sample data on the first start · 首次载入示例"
)
@click.pass_obj
def serve(settings: Settings, port: int | None, sample: bool) -> None:
    """Start the pages and the API on this computer · 启动网页和接口。

    Stop with Ctrl-C; the data stay. Nobody on another computer can reach it.

    \b
    wushe serve --sample
    wushe serve --port 9000
    """
    if port is not None:
        settings = replace(settings, port=port)
    listener = _listen(settings.port)
    address = f"http://127.0.0.1:{settings.port}/"
    language = settings.language
    from graph.store.opening import open_database

    database = open_database(
        settings,
        wait=False,
        progress=StatusLine(language, shows_failure=True),
        owner=True,
        page_address=address,
    )
    try:
        click.echo(
            Text(
                f"五社已启动：{address}（按 Ctrl-C 停止）",
                f"Wushe is running at {address} (Ctrl-C stops it)",
            ).get(language)
        )
        _serve_until_stopped(settings, database, listener, loads_sample=sample)
    finally:
        database.close()
        listener.close()
    click.echo(Text("已停止，数据已保存。", "Stopped; the data are saved.").get(language))


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise InvalidArgument(
            "port",
            Text(
                f"端口 {port} 已被别的程序占用。请换一个，例如 PORT={port + 1} make run。",
                f"Port {port} is taken by another program. Choose another one, such as "
                f"PORT={port + 1} make run.",
            ),
        ) from None
    listener.listen(128)
    return listener


def _serve_until_stopped(
    settings: Settings, database: Database, listener: socket.socket, *, loads_sample: bool
) -> None:
    import uvicorn

    _log_to(settings.data_dir / "logs")
    # The graph package may not import the layers above it; it only hands them the database.
    state = importlib.import_module("api.state").ServerState(database, loads_sample=loads_sample)
    app = importlib.import_module("web.app").create_app(settings, state)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has shut down by now and raises the signal once more for its caller.
        return


def _log_to(folder: Path) -> None:
    """Write warnings and errors to ``wushe.log``, beside the logs of Neo4j."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "wushe.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


@main.command(short_help="Fetch Neo4j, make starts fast · 准备数据库")
@click.pass_obj
def prepare(settings: Settings) -> None:
    """Fetch Neo4j and make later starts fast; `make setup` does it · 下载并准备数据库。

    \b
    wushe prepare
    """
    from concurrent.futures import ThreadPoolExecutor

    from graph.analysis.compiling import compile_kernels
    from graph.exercise import exercise
    from graph.store.training import prepare as prepare_store

    # The analyses are compiled while Neo4j is on its way.
    with ThreadPoolExecutor(1) as pool:
        compiled = pool.submit(compile_kernels)
        prepare_store(settings, StatusLine(settings.language), exercise)
        compiled.result()


@main.command("import", short_help="Import a workbook or CSV tables · 导入")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…"
)
@click.option("--dry-run", is_flag=True, help="Check only, store nothing · 只检查，不写入")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table",
    help="How to print the report · 输出格式",
)  # fmt: skip
@click.pass_obj
def import_(
    settings: Settings, files: tuple[Path, ...], dry_run: bool, format_: Literal["table", "json"]
) -> None:
    """Import a workbook or a folder of CSV tables, whole or not at all · 导入。

    Every row that cannot be taken is reported with its place and how to mend it; then nothing is
    stored. Importing the same file twice changes nothing. A folder may be one that
    `wushe export csv` wrote.

    \b
    wushe import mine.xlsx --dry-run
    wushe import mine.xlsx
    wushe import tables --dry-run --format json
    """
    from graph.documents import import_report
    from graph.ingest.importer import import_files

    contents = list(_contents(files))
    with opened(settings) as database:
        report = import_files(database, contents, dry_run=dry_run)
    if format_ == "json":
        click.echo(json_text(import_report(report)))
    else:
        click.echo(_report_text(report, settings.language))
    if not report.is_accepted:
        click.echo(
            Text(
                f"没有导入：共 {len(report.problems)} 处问题，数据没有改变。",
                f"Nothing was imported: {len(report.problems)} problem(s); the data are as they "
                "were.",
            ).get(settings.language),
            err=True,
        )
        sys.exit(1)


def _contents(paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of each file; a folder stands for the tables in it."""
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".xlsx"))
            if not found:
                raise InvalidArgument(
                    "files",
                    Text(
                        f"文件夹 {path} 里没有 .csv 或 .xlsx 文件。",
                        f"There is no .csv or .xlsx file in the folder {path}.",
                    ),
                )
            yield from ((p.name, p.read_bytes()) for p in found)
        else:
            yield path.name, path.read_bytes()


def _report_text(report: ImportReport, language: Language) -> str:
    lines = [p.sentence().get(language) for p in report.problems]
    if report.is_accepted:
        headers = [
            Text(*words).get(language)
            for words in (("", ""), ("新增", "new"), ("改动", "changed"), ("未变", "unchanged"))
        ]
        rows: list[list[Cell]] = [
            [Text(*words).get(language), change.new, change.changed, change.unchanged]
            for words, change in (
                (("主体", "actors"), report.actors),
                (("关系", "ties"), report.ties),
                (("需求与供给", "needs and offers"), report.needs),
                (("区域", "areas"), report.areas),
            )
        ]
        lines.append(table(headers, rows))
        if report.is_dry_run:
            lines.append(
                Text("只是检查，没有写入。", "This was a check; nothing was stored.").get(language)
            )
    return "\n".join(lines)


@main.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.xlsx")
@click.pass_obj
def template(settings: Settings, out: Path) -> None:
    """Write an empty workbook to fill in, in the language of the output · 生成空白工作簿。

    \b
    wushe template mine.xlsx
    wushe --lang en template mine.xlsx
    """
    from graph.ingest.template import template_workbook

    _write(out, template_workbook(settings.language))
    click.echo(str(out))


@main.command()
@click.pass_obj
def demo(settings: Settings) -> None:
    """Load the sample data: the cases of one article · 载入示例数据。

    \b
    wushe demo
    """
    from graph.ingest.sample import load_sample

    with opened(settings) as database:
        report = load_sample(database)
    click.echo(_report_text(report, settings.language))


@main.command(short_help="Run a read-only Cypher query · 查询")
@click.argument("cypher")
@click.option(
    "--param", "-p", "parameters", multiple=True, metavar="NAME=JSON",
    help="A parameter of the query, such as -p id='\"hezhongzeyi\"' · 参数",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=1000, show_default=True,
    help="How many rows at most · 最多几行",
)  # fmt: skip
@click.option(
    "--timeout", "timeout_s", type=click.FloatRange(0.1, 60), default=10, show_default=True,
    help="Seconds after which it is stopped · 超时秒数",
)  # fmt: skip
@FORMAT
@click.pass_obj
def query(
    settings: Settings,
    cypher: str,
    parameters: tuple[str, ...],
    limit: int,
    timeout_s: float,
    format_: Format,
) -> None:
    """Run CYPHER, read-only, and print its rows · 只读查询。

    A single dash reads the query from standard input.

    \b
    wushe query "MATCH (n:Community) RETURN n.name"
    wushe query 'MATCH (n {id: $id})--(m) RETURN m.name' -p id=hezhongzeyi --limit 5
    wushe query "MATCH (p:Project) RETURN p.name AS name" --format csv
    """
    from graph.query.run import run_query

    text = sys.stdin.read() if cypher == "-" else cypher
    given = dict(_parameter(p) for p in parameters)
    with opened(settings) as database:
        answer = run_query(database, text, given, limit=limit, timeout_s=timeout_s)
    rows: list[list[Cell]] = [[_cell(value) for value in row] for row in answer.rows]
    document = {
        "columns": list(answer.columns),
        "rows": answer.rows,
        "truncated": answer.truncated,
        "elapsed_ms": answer.elapsed_ms,
    }
    language = settings.language
    print_answer(
        format_,
        answer.columns,
        rows,
        lambda: document,
        Text("没有结果。", "No rows.").get(language),
    )
    if answer.truncated and format_ != "json":
        click.echo(
            Text(
                f"只显示前 {len(rows)} 行，后面还有；用 --limit 显示更多。",
                f"Only the first {len(rows)} rows; there are more, --limit shows them.",
            ).get(language),
            err=True,
        )


def _parameter(given: str) -> tuple[str, Any]:
    name, separator, value = given.partition("=")
    if not separator:
        raise click.BadParameter(f"{given}: NAME=JSON", param_hint="--param")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _cell(value: Any) -> Cell:
    """Return a value of a query as one cell; lists and maps as JSON."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    return json.dumps(value, ensure_ascii=False)


@main.command()
@click.argument("format_name", type=click.Choice(["json", "graphml", "csv"]), metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: Settings, format_name: str, out: Path) -> None:
    """Write everything stored to OUT as json, graphml or csv · 导出。

    csv writes a folder of tables that `wushe import` takes, or one archive if OUT ends in .zip.

    \b
    wushe export csv tables
    wushe export csv tables.zip
    wushe export graphml wushe.graphml
    wushe export json wushe.json
    """
    from graph.export.csv_folder import tables
    from graph.export.formats import FORMAT_BY_SLUG
    from graph.stored import read_stored

    with opened(settings) as database:
        stored = read_stored(database.read)
    if format_name == "csv" and out.suffix != ".zip":
        for name, content in tables(stored):
            _write(out / name, content)
    else:
        _write(out, FORMAT_BY_SLUG[format_name].write(stored))
    click.echo(str(out))


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise InvalidArgument(
            "out",
            Text(
                f"无法写入 {path}：{error.strerror}。请换一个位置。",
                f"{path} cannot be written: {error.strerror}. Choose another place.",
            ),
        ) from error
