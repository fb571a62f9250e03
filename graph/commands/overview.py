"""``wushe overview``: how an area stands."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, Format, explored, nothing_yet, print_answer
from graph.settings import Settings
from graph.terminal import Cell


@click.command(short_help="Sum up an area · 总览")
@click.option("--area", default="", metavar="PATH", help="Only this area · 只看某个区域")
@FORMAT
@click.pass_obj
def overview(settings: Settings, area: str, format_: Format) -> None:
    """Sum up an area, everything by default: its sectors, communities, hubs, gaps · 总览。

    Lists the five 社 around each of its communities; --format json has the rest too.

    \b
    wushe overview
    wushe overview --area 北京市/朝阳区
    wushe overview --area 四川省 --format csv
    """
    from graph.analysis.coverage import COVERAGE_COLUMNS
    from graph.model import SECTOR_BY_SLUG, label_of
    from graph.questions.overview import as_document
    from graph.questions.overview import overview as ask
    from graph.sentences.coverage import COLUMN_LABELS

    language = settings.language
    with explored(settings) as explorer:
        found = ask(explorer, area)
        document = as_document(explorer, found)
    headers = [
        label_of("Community").get(language),
        *(COLUMN_LABELS[c].get(language) for c in COVERAGE_COLUMNS),
    ]
    rows: list[list[Cell]] = [
        [row.community.label().get(language), *(row.cell(c) for c in COVERAGE_COLUMNS)]
        for row in found.coverage
    ]
    if format_ == "table" and found.n_actors:
        click.echo(found.sentence.get(language))
        if found.changes:
            click.echo(found.changes.sentence.get(language))
        click.echo(
            " · ".join(
                f"{SECTOR_BY_SLUG[slug].label.get(language)} {n}" for slug, n in found.sectors
            )
        )
    print_answer(
        format_,
        headers,
        rows,
        lambda: document,
        "" if found.n_actors else nothing_yet(language),
    )
