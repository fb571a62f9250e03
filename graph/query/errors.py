"""Why an analyst's query is not run, or was stopped."""

from __future__ import annotations

from graph.errors import WusheError
from graph.query.procedures import PROCEDURES
from graph.text import Text


class QueryRefused(WusheError):
    """A query that asks for something that is not allowed here, or is too intricate to try."""


class QueryMistaken(WusheError):
    """A query that Neo4j does not understand or cannot carry out.

    ``line`` and ``column`` count from 1; None where the mistake has no place.
    """

    def __init__(self, message: Text, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryTooLarge(WusheError):
    """A query whose result, or whose working, takes more memory than it may."""


class QueryTimedOut(WusheError):
    """A query that was stopped; ``is_restarting`` if only Neo4j's end could stop it."""

    def __init__(self, timeout_s: float, *, is_restarting: bool) -> None:
        seconds = f"{timeout_s:g}"
        after = (
            Text(
                "它停不下来，所以数据库正在重启（约几秒），数据没有受损。",
                " It could not be stopped, so the database is being restarted, which takes some"
                " seconds; no data are lost.",
            )
            if is_restarting
            else Text("", "")
        )
        super().__init__(
            Text(
                f"查询超过 {seconds} 秒，已停止。{after.zh}请缩小范围（加条件、限制路径长度），"
                "或放宽时限。",
                f"The query took more than {seconds} seconds and was stopped.{after.en} Narrow it"
                " (more conditions, shorter paths), or allow it more time.",
            )
        )
        self.is_restarting = is_restarting


class QueriesBusy(WusheError):
    """No query is taken now; trying again later helps."""


def not_allowed(what: Text, instead: Text) -> QueryRefused:
    return QueryRefused(
        Text(
            f"这里不能使用 {what.zh}，只能读取图中的数据。{instead.zh}",
            f"{what.en} is not allowed here; a query can only read the graph. {instead.en}",
        )
    )


def unknown_procedure(name: str) -> QueryRefused:
    listed = ", ".join(sorted(PROCEDURES))
    return not_allowed(
        Text(f"过程 {name}", f"The procedure {name}"),
        Text(f"可用的过程：{listed}。", f"These procedures can be used: {listed}."),
    )
