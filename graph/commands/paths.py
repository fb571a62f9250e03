"""``wushe paths``: who can introduce one to another."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer, say_part
from graph.settings import Settings
from graph.terminal import Cell


@click.command(short_help="Show who can introduce A to B · 引荐路径")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--avoid", multiple=True, metavar="ID", help="Not through this one · 避开")
@click.option(
    "--max-steps", type=click.IntRange(1, 3), default=3, show_default=True,
    help="How many steps at most · 最多几步",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), default=5, show_default=True, help="How many · 显示几条"
)
@FORMAT
@click.pass_obj
def paths(
    settings: Settings,
    start: str,
    end: str,
    avoid: tuple[str, ...],
    max_steps: int,
    limit: int,
    format_: Format,
) -> None:
    """Show who can introduce A to B, along the strongest ties, and what stands behind each step.

    Both are actors or affiliations · 谁能把 A 引荐给 B

    \b
    wushe paths beilangdong xingbake
    wushe paths changshouyuan hemei --max-steps 2
    wushe paths beilangdong xingbake --avoid hezhongzeyi
    """
    from graph import documents
    from graph.questions import paths as question

    language = settings.language
    with explored(settings) as explorer:
        found = question.paths(explorer, start, end, avoid=avoid, max_steps=max_steps, limit=limit)
        items = [question.path_document(path) for path in found.paths]
        page = documents.page(explorer, items, found.found.total, limit, 0)
        document = question.as_document(found) | page
    if format_ == "table":
        click.echo(found.sentence.get(language))
    rows: list[list[Cell]] = [
        [
            number,
            path.strength,
            place,
            step.start.id,
            step.end.id,
            step.weight,
            step.sentence.get(language),
        ]
        for number, path in enumerate(found.paths, 1)
        for place, step in enumerate(path.steps, 1)
    ]
    headers = ["path", "strength", "step", "from", "to", "weight", "what_to_do"]
    print_answer(format_, headers, rows, lambda: document, "")
    say_part(format_, len(found.paths), found.found.total, language)
