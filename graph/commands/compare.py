"""``wushe compare``: two areas, or two days of one, side by side."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Text


@click.command(short_help="Two areas or two days side by side · 比较")
@click.argument("areas", nargs=-1, metavar="[A B]")
@click.option("--from", "start", metavar="YYYY-MM-DD", help="The first day · 第一个日期")
@click.option("--to", "end", metavar="YYYY-MM-DD", help="The second day · 第二个日期")
@FORMAT
@click.pass_obj
def compare(
    settings: Settings, areas: tuple[str, ...], start: str | None, end: str | None, format_: Format
) -> None:
    """Set two areas side by side, or two days of one area, or of everything · 比较。

    \b
    wushe compare 北京市 四川省
    wushe compare 北京市 --from 2018-01-01 --to 2022-01-01
    wushe compare --from 2012-01-01 --to 2022-07-01 --format csv
    """
    from graph.questions.compare import as_document, compare_areas, compare_days

    if bool(start) != bool(end) or len(areas) > 2 or (start is None) == (len(areas) < 2):
        raise click.UsageError(
            "give two areas, or at most one with --from and --to · "
            "给出两个区域，或至多一个区域加 --from 和 --to"
        )
    language = settings.language
    with explored(settings) as explorer:
        if start and end:
            found = compare_days(explorer, areas[0] if areas else "", start, end)
        else:
            found = compare_areas(explorer, *areas)
        document = as_document(explorer, found)
    if format_ == "table":
        for sentence in (found.sentence, *found.differences, *found.limits):
            click.echo(sentence.get(language))
    rows: list[list[Cell]] = [
        [figure["label"][language], figure["a_text"][language], figure["b_text"][language]]
        for figure in document["figures"]
    ]
    headers = [
        Text("项目", "figure").get(language),
        found.a.name.get(language),
        found.b.name.get(language),
    ]
    print_answer(format_, headers, rows, lambda: document, "")
