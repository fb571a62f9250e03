"""``wushe shortlist``: candidates put down for a meeting, and the sheet of them."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Text, counted


@click.group(short_help="Candidates put down for a meeting · 候选名单")
def shortlist() -> None:
    """Keep lists of possible partners, with what spoke for them when they were put down.

    \b
    wushe shortlist add xingbake --for beilangdong
    wushe shortlist show ID
    wushe shortlist export ID meeting.docx
    """


@shortlist.command("list", short_help="Shortlists that are kept · 已保存的名单")
@FORMAT
@click.pass_obj
def list_(settings: Settings, format_: Format) -> None:
    """List the shortlists, the one changed last first · 列出候选名单。

    \b
    wushe shortlist list
    wushe shortlist list --format csv
    """
    from graph import documents
    from graph.questions import shortlists

    with explored(settings) as explorer:
        found = shortlists.shortlists(explorer)
        items = [shortlists.as_document(explorer, one) for one in found]
        document = documents.page(explorer, items, len(items), len(items), 0)
    print_answer(
        format_,
        ("id", "name", "candidates", "changed"),
        [[one.id, one.name, len(one.entries), one.changed] for one in found],
        lambda: document,
        Text(
            "还没有候选名单。用 wushe shortlist add 候选编号 --for 编号 开始一份。",
            "No shortlist is kept yet. wushe shortlist add CANDIDATE --for ID begins one.",
        ).get(settings.language),
    )


@shortlist.command(short_help="The entries of a shortlist · 名单内容")
@click.argument("shortlist_id", metavar="ID")
@FORMAT
@click.pass_obj
def show(settings: Settings, shortlist_id: str, format_: Format) -> None:
    """Show the shortlist ID: who, for what, why, who can introduce them · 显示一份名单。

    \b
    wushe shortlist show ID
    """
    from graph.questions import shortlists

    language = settings.language
    with explored(settings) as explorer:
        kept = shortlists.shortlist(explorer, shortlist_id)
        document = shortlists.as_document(explorer, kept)
    if format_ == "table":
        click.echo(document["sentence"][language])
    rows: list[list[Cell]] = [
        [
            number,
            entry["id"],
            entry["actor"]["id"],
            (entry["actor"]["name_en"] if language == "en" else None) or entry["actor"]["name"],
            entry["purpose"][language],
            entry["score"],
            entry["reason"][language] if entry["reason"] else None,
            " ".join(one[language] for one in entry["against"]),
            " ".join(one[language] for one in entry["steps"]),
            entry["gone"][language] if entry["gone"] else entry["note"],
        ]
        for number, entry in enumerate(document["entries"], 1)
    ]
    print_answer(
        format_,
        ("place", "entry", "id", "name", "for", "score", "reason", "against", "steps", "note"),
        rows,
        lambda: document,
        "",
    )


@shortlist.command(short_help="Put a candidate on a list · 加入候选")
@click.argument("candidate", metavar="ACTOR")
@click.option(
    "--for", "asked", required=True, metavar="ID",
    help="An actor, affiliation, gap, need or offer · 为谁、为什么事",
)  # fmt: skip
@click.option(
    "--list", "shortlist_id", metavar="ID", help="Else a new list is begun · 加到哪份名单"
)
@click.option("--note", help="A note on it · 备注")
@click.pass_obj
def add(
    settings: Settings, candidate: str, asked: str, shortlist_id: str | None, note: str | None
) -> None:
    """Put ACTOR on a shortlist, with what the partner finder says of it · 把候选加入名单。

    \b
    wushe shortlist add xingbake --for beilangdong
    wushe shortlist add xingbake --for beilangdong --list ID --note 先打电话
    """
    from graph.questions import shortlists

    with explored(settings) as explorer:
        kept, entry = shortlists.add(explorer, shortlist_id, candidate, asked, settings.language)
        if note:
            shortlists.note(explorer, kept.id, entry.id, note)
    click.echo(
        Text(
            f"{entry.actor.label().zh}已在名单 {kept.id}（{kept.name}）上，"
            f"共 {len(kept.entries)} 个候选；网页：/shortlists/{kept.id}",
            f"{entry.actor.label().en} is on the list {kept.id} ({kept.name}), with "
            f"{counted(len(kept.entries), 'candidate')}; its page: /shortlists/{kept.id}",
        ).get(settings.language)
    )


@shortlist.command(short_help="Take a candidate off a list · 移出名单")
@click.argument("shortlist_id", metavar="ID")
@click.argument("which", metavar="ENTRY")
@click.option("--undo", is_flag=True, help="Put it back in its place · 放回原处")
@click.pass_obj
def remove(settings: Settings, shortlist_id: str, which: str, undo: bool) -> None:
    """Take an entry off the shortlist ID, by its id or its actor's · 把一条移出名单，--undo 放回。

    \b
    wushe shortlist remove ID xingbake
    wushe shortlist remove ID xingbake --undo
    """
    from graph.questions import shortlists

    with explored(settings) as explorer:
        kept = shortlists.shortlist(explorer, shortlist_id)
        entries = [entry for _, entry in kept.removed] if undo else list(kept.entries)
        entry_id = next((e.id for e in entries if which in (e.id, e.actor.id)), which)
        change = shortlists.restore if undo else shortlists.remove
        left = len(change(explorer, shortlist_id, entry_id).entries)
    click.echo(
        Text(f"名单上现有 {left} 个候选。", f"The list has {counted(left, 'candidate')} now.").get(
            settings.language
        )
    )


@shortlist.command(short_help="The sheet for a meeting · 会议用表")
@click.argument("shortlist_id", metavar="ID")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(settings: Settings, shortlist_id: str, out: Path) -> None:
    """Write the shortlist ID as OUT.csv, OUT.xlsx or OUT.docx · 把名单写成文件。

    \b
    wushe shortlist export ID meeting.docx
    """
    from graph.brief.shortlist import SHEET_FORMAT_BY_SLUG
    from graph.questions import shortlists

    chosen = SHEET_FORMAT_BY_SLUG.get(out.suffix.removeprefix(".").lower())
    if chosen is None:
        raise click.UsageError(f"OUT ends in {', '.join(SHEET_FORMAT_BY_SLUG)} · 文件名以此结尾")
    with explored(settings) as explorer:
        kept = shortlists.shortlist(explorer, shortlist_id)
        document = shortlists.as_document(explorer, kept)
    out.write_bytes(chosen.write(document, settings.language))
    click.echo(str(out))
