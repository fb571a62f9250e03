"""``wushe match``: the needs of an area matched with offers."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer, say_part
from graph.settings import Settings
from graph.terminal import Cell


@click.command(short_help="Match needs and offers of an area · 供需匹配")
@click.option("--area", metavar="PATH", help="Needs of this area, such as 四川省/成都市 · 区域")
@click.option(
    "--status",
    type=click.Choice(["met", "partly", "unmet"]),
    help="Only these needs · 只看某一状态",
)
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="How many · 显示几条"
)
@FORMAT
@click.pass_obj
def match(
    settings: Settings, area: str | None, status: str | None, limit: int, format_: Format
) -> None:
    """Match the needs of an area with offers, all at once, and say why a need stays unmet.

    Quantities are respected where they are stated · 供需一次配好，说明哪些没有着落

    \b
    wushe match --area 四川省/成都市
    wushe match --status unmet
    """
    from graph import documents
    from graph.questions import matching as question
    from graph.sentences.matching import match_reason, unmet_reason

    language = settings.language
    with explored(settings) as explorer:
        found = question.matching(explorer, area, status=status)
        top = found.needs[:limit]
        items = [question.need_document(need) for need in top]
        document = question.as_document(found) | documents.page(
            explorer, items, len(found.needs), limit, 0
        )
    if format_ == "table":
        click.echo(found.sentence.get(language))
    rows: list[list[Cell]] = []
    for need in top:
        what: list[Cell] = [
            need.status,
            need.actor.id,
            need.need.domain,
            need.need.resource,
            need.need.quantity,
        ]
        rows += [
            [*what, m.giver.id, m.offer.resource, m.share, m.quantity, m.value,
             match_reason(need, m).get(language)]
            for m in need.matches
        ]  # fmt: skip
        if need.why is not None:
            rows.append([*what, None, None, None, None, None, unmet_reason(need).get(language)])
    headers = [
        "status", "needed_by", "domain", "resource", "quantity", "offered_by", "offered", "share",
        "given", "fit", "reason",
    ]  # fmt: skip
    print_answer(format_, headers, rows, lambda: document, "")
    say_part(format_, len(top), len(found.needs), language)
