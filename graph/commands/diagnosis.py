"""``wushe diagnosis``: the mode of a place, and of every community."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Text


@click.command(short_help="Tell which mode a place is in · 模式诊断")
@click.argument("place", required=False)
@FORMAT
@click.pass_obj
def diagnosis(settings: Settings, place: str | None, format_: Format) -> None:
    """Tell which of the five modes PLACE is in, on what that rests, and what it lacks.

    PLACE is the id of a community, street, programme or project, or the path of an area. Without
    it, every community is listed with its mode. · 社区、街道、项目或区域处于哪种模式。

    \b
    wushe diagnosis
    wushe diagnosis beilangdong
    wushe diagnosis cvsc --format csv
    wushe diagnosis 四川省/成都市
    """
    if place is None:
        _all(settings, format_)
    else:
        _one(settings, place, format_)


def _all(settings: Settings, format_: Format) -> None:
    from graph import documents
    from graph.findings.modes import MODE_BY_SLUG
    from graph.questions.diagnosis import modes

    language = settings.language
    with explored(settings) as explorer:
        found = modes(explorer)
        items = [{"actor": documents.actor(node), "mode": mode} for node, mode in found]
        document = documents.page(explorer, items, len(found), len(found), 0)
    rows: list[list[Cell]] = [
        [
            node.id,
            node.label().get(language),
            node.area,
            mode,
            MODE_BY_SLUG[mode].label.get(language) if mode else None,
        ]
        for node, mode in found
    ]
    print_answer(
        format_,
        ["id", "name", "area", "mode", "mode_label"],
        rows,
        lambda: document,
        Text("图中还没有社区。", "There is no community yet.").get(language),
    )


def _one(settings: Settings, place: str, format_: Format) -> None:
    from graph import documents
    from graph.questions.diagnosis import as_document
    from graph.questions.diagnosis import diagnosis as ask

    language = settings.language
    with explored(settings) as explorer:
        document = as_document(ask(explorer, place)) | documents.basis(explorer)
    if format_ == "table":
        click.echo(document["reason"][language])
        if document["maturity"]:
            click.echo(document["maturity"]["reason"][language])
    rows: list[list[Cell]] = [
        [part, item[key], item["reason"][language]]
        for part, key in (
            ("dimensions", "dimension"),
            ("multi_actor", "condition"),
            ("lacks", "check"),
        )
        for item in document[part]
    ]
    print_answer(format_, ["part", "item", "reason"], rows, lambda: document, "")
