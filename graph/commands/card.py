"""``wushe card``: an actor as a platform."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Text


@click.command(short_help="Show an actor as a platform · 平台卡")
@click.argument("actor")
@FORMAT
@click.pass_obj
def card(settings: Settings, actor: str, format_: Format) -> None:
    """Show whom ACTOR brings together, what is lost without it and who could stand in.

    ACTOR is its id · 它联系了谁，没有它会怎样，谁能替代它。

    \b
    wushe card hezhongzeyi
    wushe card beilangdong --format csv
    """
    from graph import documents
    from graph.questions.platform_card import as_document, platform_card

    language = settings.language
    with explored(settings) as explorer:
        document = as_document(platform_card(explorer, actor)) | documents.basis(explorer)
    if format_ == "table":
        click.echo(document["reason"][language])
        click.echo(document["without"]["reason"][language])
    rows: list[list[Cell]] = [
        *(
            ["brings_together", " – ".join(b["sectors"]), b["n_pairs"], b["n_sole"], None]
            for b in document["brings_together"]
        ),
        *(
            ["role", role["relation"], role["n_affiliations"], None, role["label"][language]]
            for role in document["roles"]
        ),
        *(
            [
                "lost_sector",
                lost["sector"],
                lost["n_communities"],
                lost["n_reaching"],
                lost["reason"][language],
            ]
            for lost in document["without"]["lost_sectors"]
        ),
        *(
            ["stand_in", s["actor"]["id"], s["n_communities"], s["n_others"], s["reason"][language]]
            for s in document["stand_ins"]
        ),
    ]
    headers = ["part", "item", "n", "n_of", "reason"]
    empty = Text("它还没有登记任何伙伴。", "It has no partner on record yet.").get(language)
    print_answer(format_, headers, rows, lambda: document, empty)
