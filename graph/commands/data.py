"""``wushe data``: how complete the data are, and where they come from."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, LIMIT, Format, explored, print_answer, say_part
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Text


@click.command(short_help="How complete the data are · 数据")
@click.option("--area", default="", metavar="PATH", help="Only this area · 只看某个区域")
@click.option("--sources", "lists_sources", is_flag=True, help="List the sources · 改列来源")
@LIMIT
@FORMAT
@click.pass_obj
def data(settings: Settings, area: str, lists_sources: bool, limit: int, format_: Format) -> None:
    """Say what was not entered, everywhere or in an area, or list the sources · 数据完整度与来源。

    \b
    wushe data
    wushe data --area 北京市/朝阳区
    wushe data --sources --limit 5
    """
    if lists_sources:
        _sources(settings, limit, format_)
    else:
        _completeness(settings, area, format_)


def _completeness(settings: Settings, area: str, format_: Format) -> None:
    from graph.questions.data import completeness, completeness_document

    language = settings.language
    with explored(settings) as explorer:
        found = completeness(explorer, area)
        document = completeness_document(explorer, found)
    if format_ == "table":
        click.echo(found.sentence.get(language))
    rows: list[list[Cell]] = [
        [
            fact["fact"],
            fact["label"][language],
            fact["n_missing"],
            fact["n"],
            None if fact["share_missing"] is None else round(fact["share_missing"], 3),
            fact["mend"][language],
        ]
        for fact in document["facts"]
    ]
    headers = ["fact", "label", "n_missing", "n", "share_missing", "mend"]
    print_answer(format_, headers, rows, lambda: document, "")


def _sources(settings: Settings, limit: int, format_: Format) -> None:
    from graph.questions.data import sources, sources_document

    language = settings.language
    with explored(settings) as explorer:
        found = sources(explorer)
        document = sources_document(explorer, limit)
    none = Text("（没有注明来源）", "(no source named)").get(language)
    rows: list[list[Cell]] = [
        [s.name or none, s.n_actors, s.n_affiliations, s.n_ties] for s in found[:limit]
    ]
    print_answer(
        format_,
        ["source", "n_actors", "n_affiliations", "n_ties"],
        rows,
        lambda: document,
        Text("还没有数据。", "There are no data yet.").get(language),
    )
    say_part(format_, len(rows), len(found), language)
