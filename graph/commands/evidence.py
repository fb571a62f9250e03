"""``wushe evidence``: the pairs that an actor brings together."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, LIMIT, Format, explored, print_answer, say_part
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Language, Text

HEADERS = ("a", "a_name", "a_sector", "b", "b_name", "b_sector", "only_here")


@click.command(short_help="List the pairs that meet through an actor · 证据")
@click.argument("actor", metavar="ID")
@LIMIT
@FORMAT
@click.pass_obj
def evidence(settings: Settings, actor: str, limit: int, format_: Format) -> None:
    """List the pairs that the actor ID brings together, and which meet only through it.

    Both are its partners and have no tie of their own; only_here says that they have no other
    common partner either · 哪两个主体通过它相遇，哪些只通过它

    \b
    wushe evidence hezhongzeyi
    wushe evidence hezhongzeyi --limit 1000 --format csv
    wushe evidence beilangdong --format json
    """
    from graph import documents
    from graph.questions import evidence as question

    language = settings.language
    with explored(settings) as explorer:
        answer = question.pairs_through(explorer, actor, limit=limit)
        items = [question.pair_document(pair) for pair in answer.pairs]
        page = documents.page(explorer, items, answer.found.n_pairs, limit, 0)
        document = documents.evidence(answer.found) | page
    if format_ == "table":
        click.echo(answer.found.sentence.get(language))
    rows: list[list[Cell]] = [
        [
            pair.a.id,
            pair.a.label().get(language),
            _sector(pair.a.sector, format_, language),
            pair.b.id,
            pair.b.label().get(language),
            _sector(pair.b.sector, format_, language),
            _truth(pair.is_sole, format_, language),
        ]
        for pair in answer.pairs
    ]
    print_answer(format_, HEADERS, rows, lambda: document, "")
    say_part(format_, len(rows), answer.found.n_pairs, language)


def _sector(slug: str | None, format_: Format, language: Language) -> str | None:
    """Return a sector as a table says it; CSV keeps the word for programs."""
    from graph.model import SECTOR_BY_SLUG

    if slug is None or format_ != "table":
        return slug
    return SECTOR_BY_SLUG[slug].label.get(language)


def _truth(is_so: bool, format_: Format, language: Language) -> str:
    if format_ != "table":
        return "true" if is_so else "false"
    return (Text("是", "yes") if is_so else Text("否", "no")).get(language)
