"""``wushe brokers`` and ``wushe hubs``: who stands between others, all of them or a part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from graph.commands.asking import (
    FORMAT,
    INTERVALS,
    LIMIT,
    Format,
    explored,
    nothing_yet,
    print_answer,
    say_part,
)
from graph.settings import Settings
from graph.terminal import Cell

if TYPE_CHECKING:
    from graph.questions.rankings import RankingSlug

_BROKER_MEASURES = (
    "degree", "betweenness", "constraint", "effective_size", "liaison", "sole_pairs",
)  # fmt: skip
_HUB_MEASURES = (
    "communities_reached", "sector_pairs", "liaison", "sole_pairs", "participation",
)  # fmt: skip


def _choice(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say whom to list, and in what order."""
    for option in (
        click.option(
            "--order", metavar="MEASURE", help="By this measure, such as liaison · 按某个指标排列"
        ),
        click.option("--who", metavar="WHO", help="organisations or persons · 组织或个人"),
        click.option("--role", help="Only this main role, such as liaison · 只看某种主要角色"),
        click.option("--sector", help="Only this sector, such as enterprise · 只看某个部门"),
        click.option(
            "--area", metavar="PATH", default="",
            help="Only there or tied to a community there; ranks stay the whole's · 只看某个区域",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command(short_help="List who stands between others · 中介主体")
@_choice
@INTERVALS
@LIMIT
@FORMAT
@click.pass_obj
def brokers(settings: Settings, /, **asked: Any) -> None:
    """List who lies on the paths between others · 中介主体。

    \b
    wushe brokers --limit 5
    wushe brokers --area 北京市/朝阳区 --order liaison
    wushe brokers --sector enterprise --format csv
    """
    _print(settings, "brokers", _BROKER_MEASURES, **asked)


@click.command(short_help="List the hub organisations · 枢纽组织")
@click.option("--like", metavar="ID", help="Rank by likeness to this actor · 与某主体相似")
@_choice
@INTERVALS
@LIMIT
@FORMAT
@click.pass_obj
def hubs(settings: Settings, /, **asked: Any) -> None:
    """List the organisations that bring different sectors together · 枢纽组织。

    \b
    wushe hubs --limit 5
    wushe hubs --like hezhongzeyi
    wushe hubs --area 四川省 --order communities_reached --format csv
    """
    _print(settings, "hubs", _HUB_MEASURES, **asked)


def _print(
    settings: Settings,
    slug: RankingSlug,
    measures: Sequence[str],
    *,
    area: str,
    sector: str | None,
    role: str | None,
    who: str | None,
    order: str | None,
    intervals: bool | None,
    limit: int,
    format_: Format,
    like: str | None = None,
) -> None:
    from graph import documents
    from graph.questions.rankings import Choice, as_document, ranking

    language = settings.language
    with explored(settings) as explorer:
        choice = Choice(area, sector, role, who, order)
        found = ranking(explorer, slug, choice, like=like, intervals=intervals)
        top = [line.ranked for line in found.lines(0, limit)]
        document = as_document(explorer, found, limit, 0)
    headers = ["rank", "rank_low", "rank_high", "id", "name", "score", *measures, "reason"]
    rows: list[list[Cell]] = []
    for line in top:
        values = documents.finite(line.measures)
        rows.append(
            [
                line.rank,
                line.interval.low if line.interval else None,
                line.interval.high if line.interval else None,
                line.actor.id,
                line.actor.label().get(language),
                line.score,
                *(values[m] for m in measures),
                line.reason.get(language),
            ]
        )
    print_answer(format_, headers, rows, lambda: document, nothing_yet(language))
    say_part(format_, len(top), len(found), language)
