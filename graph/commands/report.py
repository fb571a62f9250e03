"""``wushe report``: the brief of an area as a file."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.asking import explored
from graph.errors import InvalidArgument
from graph.settings import Settings
from graph.text import Text


@click.command(short_help="Write the brief of an area as PDF or Word · 简报")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--area", default="", help="The path of an area; everywhere by default · 区域")
@click.option(
    "--section", "sections", multiple=True, help="Only this section; may be repeated · 只要某一节"
)
@click.pass_obj
def report(settings: Settings, out: Path, area: str, sections: tuple[str, ...]) -> None:
    """Write the brief of an area to OUT, a .pdf or .docx file · 区域简报。

    \b
    wushe --lang zh report 朝阳区.docx --area 北京市/朝阳区
    wushe --lang en report gaps.pdf --section summary --section gaps
    """
    from graph.brief import pdf, word
    from graph.brief.contents import contents
    from graph.questions.brief import brief

    write = {".pdf": pdf.write, ".docx": word.write}.get(out.suffix.lower())
    if write is None:
        raise InvalidArgument(
            "out",
            Text(
                f"“{out.name}”应以 .pdf 或 .docx 结尾。",
                f"“{out.name}” should end in .pdf or .docx.",
            ),
        )
    with explored(settings) as explorer:
        content = write(contents(brief(explorer, area), settings.language, sections))
    out.write_bytes(content)
    click.echo(Text(f"已写入 {out}。", f"Written to {out}.").get(settings.language))
