"""What commands that ask the stored graph have in common: options, and how answers are printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import click

from graph.progress import Step, heard_by
from graph.settings import Settings
from graph.terminal import Cell, ProgressLine, StatusLine, csv_text, json_text, table
from graph.text import Language, Text

if TYPE_CHECKING:
    from graph.explorer import Explorer
    from graph.store.database import Database

Format = Literal["table", "csv", "json"]
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print it · 输出格式",
)
INTERVALS = click.option(
    "--intervals/--no-intervals", default=None,
    help="How far ranks move if a tenth is missing; if quick by default · 名次区间",
)  # fmt: skip
_SILENT_S = 1.0
LIMIT = click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many · 显示几条"
)


class _Waiting(ProgressLine):
    """Says how far a computation is, once somebody has waited for it."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._begun = time.monotonic()

    def hear(self, step: Step) -> None:
        """Show a step."""
        if time.monotonic() - self._begun > _SILENT_S:
            self.show(step.doing, step.share)

    def is_cancelled(self) -> bool:
        """Return false: who waits at a terminal stops it with Ctrl-C."""
        return False


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Open the database that the settings name, and say on standard error how far it is."""
    from graph.store.opening import open_database

    with open_database(settings, progress=StatusLine(settings.language)) as database:
        yield database


@contextmanager
def explored(settings: Settings) -> Iterator[Explorer]:
    """Open the database with an explorer over it."""
    from graph.explorer import Explorer

    with opened(settings) as database, heard_by(_Waiting(settings.language)) as waiting:
        try:
            yield Explorer(database)
        finally:
            waiting.clear()


def print_answer(
    format_: Format,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    document: Callable[[], Any],
    empty: str,
) -> None:
    """Print rows as a table or as CSV, or the document as JSON; ``empty`` where nothing is."""
    if format_ == "json":
        click.echo(json_text(document()))
    elif format_ == "csv":
        click.echo(csv_text(headers, rows))
    else:
        click.echo(table(headers, rows) or empty)


def nothing_yet(language: Language) -> str:
    """Return what is said where no actor can be listed."""
    return Text(
        "图中还没有可以列出的主体。先导入数据，或运行 wushe demo。",
        "There is nothing to list yet. Import data first, or run wushe demo.",
    ).get(language)


def say_part(format_: Format, n_shown: int, total: int, language: Language) -> None:
    """Say, under a table, that it shows only a part."""
    if format_ == "table" and n_shown < total:
        click.echo(
            Text(
                f"显示前 {n_shown} 条，共 {total} 条；用 --limit 显示更多。",
                f"The first {n_shown} of {total}; --limit shows more.",
            ).get(language)
        )
