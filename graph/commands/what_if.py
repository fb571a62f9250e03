"""``wushe what-if``: try changes on a copy of the data, and keep them as scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from graph.commands.asking import FORMAT, Format, explored, print_answer
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Language, Text

if TYPE_CHECKING:
    from graph.explorer import Explorer
    from graph.questions.what_if import WhatIf
    from graph.scenario.changes import Change

HEADERS = ("part", "what", "before", "after")
# What a table says for the words that CSV keeps for programs.
_WORDS = {
    "size": Text("规模", "Size"),
    "actors": Text("主体", "actors"),
    "ties": Text("两两往来", "pairs who work together"),
    "parts": Text("互不连通的部分", "parts without a connection"),
    "largest_part": Text("最大部分的主体", "actors in the largest part"),
    "cut_off": Text("与其余断开", "Cut off from the rest"),
    "joined": Text("与更多主体连通", "Connected with more"),
    "short_paths_lost": Text("失去捷径（对）", "Pairs that lose a short path"),
    "short_paths_won": Text("有了捷径（对）", "Pairs that get a short path"),
    "mode": Text("模式", "Mode"),
    "gap_opened": Text("新增缺口", "Gap that opens"),
    "gap_closed": Text("弥合缺口", "Gap that closes"),
}


@click.group(invoke_without_command=True, short_help="What if it were gone? · 情景推演")
@click.option("--remove", multiple=True, metavar="ID", help="Without this actor · 去掉主体")
@click.option(
    "--end", "ends", multiple=True, metavar="ID,DATE", help="An actor ends that day · 主体终止"
)
@click.option(
    "--add", "adds", multiple=True, metavar="KIND,NAME[,AREA[,ID]]",
    help="With a new actor · 新增主体",
)  # fmt: skip
@click.option(
    "--add-tie", "ties", multiple=True, metavar="A,RELATION,B[,STRENGTH]",
    help="With a new tie · 新增关系",
)  # fmt: skip
@click.option(
    "--remove-tie", "untied", multiple=True, metavar="A,RELATION,B",
    help="Without this tie · 去掉关系",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", help="On this day, YYYY-MM-DD · 截至某日")
@click.option("--gaps/--no-gaps", "has_gaps", default=True, help="Compare gaps too · 比较缺口")
@click.option("--save", metavar="NAME", help="Keep it under this name · 保存为情景")
@FORMAT
@click.pass_context
def what_if(
    ctx: click.Context,
    remove: tuple[str, ...],
    ends: tuple[str, ...],
    adds: tuple[str, ...],
    ties: tuple[str, ...],
    untied: tuple[str, ...],
    as_of: str | None,
    has_gaps: bool,
    save: str | None,
    format_: Format,
) -> None:
    """Try changes without touching the data: before and after · 情景推演，不改动数据。

    Actors by id or name, relations by any word that an import takes. New actors come first, then
    new ties, then what is removed, then what ends.

    \b
    wushe what-if --remove hezhongzeyi
    wushe what-if --add-tie hezhongzeyi,合作,changshouyuan,3 --save 新伙伴
    wushe what-if --add 社会组织,新枢纽 --add-tie 新枢纽,支持,beilangdong
    """
    if ctx.invoked_subcommand is not None:
        return
    changes = [
        *(_split("--add", a, ("kind", "name", "area", "actor"), 2, "add_actor") for a in adds),
        *(_split("--add-tie", t, ("start", "relation", "end", "strength"), 3, "add_tie")
          for t in ties),
        *(_split("--remove-tie", t, ("start", "relation", "end"), 3, "remove_tie")
          for t in untied),
        *({"do": "remove_actor", "actor": actor} for actor in remove),
        *(_split("--end", e, ("actor", "until"), 2, "end_actor") for e in ends),
    ]  # fmt: skip
    if not changes:
        raise click.UsageError(
            "name a change, such as --remove ID · 请写出改动，例如 --remove 编号"
        )
    from graph.questions import scenarios

    settings: Settings = ctx.obj
    with explored(settings) as explorer:
        made = scenarios.checked(explorer, changes)
        kept = None
        if save is not None:
            kept = scenarios.create(explorer, save, changes=changes, language=settings.language)
        _answer(explorer, made, as_of, has_gaps, format_, settings.language)
    if kept is not None:
        click.echo(
            Text(
                f"已保存为情景 {kept.id}（{kept.name}）；网页：/what-if/{kept.id}",
                f"Kept as the scenario {kept.id} ({kept.name}); its page: /what-if/{kept.id}",
            ).get(settings.language),
            err=True,
        )


@what_if.command("list", short_help="Scenarios that are kept · 已保存的情景")
@FORMAT
@click.pass_obj
def list_(settings: Settings, format_: Format) -> None:
    """List the scenarios that are kept, the one changed last first · 列出情景。

    \b
    wushe what-if list
    wushe what-if list --format csv
    """
    from graph import documents
    from graph.questions import scenarios

    with explored(settings) as explorer:
        found = scenarios.scenarios(explorer)
        items = [scenarios.scenario_document(explorer, one) for one in found]
        document = documents.page(explorer, items, len(items), len(items), 0)
    print_answer(
        format_,
        ("id", "name", "changes", "changed"),
        [[one.id, one.name, len(one.changes), one.changed] for one in found],
        lambda: document,
        Text(
            "还没有保存情景。用 wushe what-if --remove 编号 --save 名称 保存一个。",
            "No scenario is kept yet. wushe what-if --remove ID --save NAME keeps one.",
        ).get(settings.language),
    )


@what_if.command(short_help="What a scenario comes to · 情景的结果")
@click.argument("scenario_id", metavar="ID")
@click.option("--as-of", metavar="DATE", help="On this day, YYYY-MM-DD · 截至某日")
@click.option("--gaps/--no-gaps", "has_gaps", default=True, help="Compare gaps too · 比较缺口")
@FORMAT
@click.pass_obj
def show(
    settings: Settings, scenario_id: str, as_of: str | None, has_gaps: bool, format_: Format
) -> None:
    """Show the scenario ID: its changes, and the data before and after · 显示一个情景。

    \b
    wushe what-if show ID
    wushe what-if show ID --no-gaps --format csv
    """
    from graph.questions import scenarios

    with explored(settings) as explorer:
        kept = scenarios.scenario(explorer, scenario_id)
        if format_ == "table":
            click.echo(kept.name)
            for line in scenarios.scenario_document(explorer, kept)["changes"]:
                click.echo(f"  {line['number']}. {line['sentence'][settings.language]}")
        _answer(explorer, kept.changes, as_of, has_gaps, format_, settings.language)


@what_if.command(short_help="Forget a scenario · 删除情景")
@click.argument("scenario_id", metavar="ID")
@click.pass_obj
def delete(settings: Settings, scenario_id: str) -> None:
    """Forget the scenario ID; the data were never touched by it · 删除一个情景。

    \b
    wushe what-if delete ID
    """
    from graph.questions import scenarios

    with explored(settings) as explorer:
        scenarios.delete(explorer, scenario_id)
    click.echo(Text("已删除。", "Deleted.").get(settings.language))


def _split(
    option: str, given: str, names: Sequence[str], n_needed: int, sort: str
) -> dict[str, Any]:
    parts = [part.strip() for part in given.replace("，", ",").split(",")]
    if not n_needed <= len(parts) <= len(names):
        raise click.BadParameter(f"{given}: {','.join(names).upper()}", param_hint=option)
    return {"do": sort, **{name: p for name, p in zip(names, parts, strict=False) if p}}


def _answer(
    explorer: Explorer,
    changes: Sequence[Change],
    as_of: str | None,
    has_gaps: bool,
    format_: Format,
    language: Language,
) -> None:
    from graph.explorer import as_of as on_day
    from graph.projection import DEFAULT
    from graph.questions.what_if import what_if as asked
    from graph.questions.what_if import what_if_document

    found = asked(explorer, changes, on_day(DEFAULT, as_of), has_gaps=has_gaps)
    if format_ == "table":
        click.echo(found.sentence.get(language))
        for misfit in found.misfits:
            why = misfit.why.get(language)
            click.echo(
                Text(
                    f"第 {misfit.number} 处改动已不适用：{why}",
                    f"Change {misfit.number} does not fit any more: {why}",
                ).get(language),
                err=True,
            )
    rows = _rows(found, language)
    if format_ == "table":
        rows = [[_in_words(cell, language) for cell in row] for row in rows]
    print_answer(format_, HEADERS, rows, lambda: what_if_document(explorer, found), "")
    if format_ == "table":
        _say_what_is_left_out(found, language)


def _rows(found: WhatIf, language: Language) -> list[list[Cell]]:
    """Return the answer as lines: the part it belongs to, what changes, before and after."""
    network = found.network
    rows: list[list[Cell]] = [
        ["size", "actors", network.before.n_actors, network.after.n_actors],
        ["size", "ties", network.before.n_ties, network.after.n_ties],
        ["size", "parts", network.parts.n_before, network.parts.n_after],
        ["size", "largest_part", network.parts.largest_before, network.parts.largest_after],
    ]
    for measure in network.measures:
        rows += [
            [measure.slug, row.actor.label().get(language), *_values(row.before, row.after)]
            for row in measure.rows
        ]
    rows += [["cut_off", a.label().get(language), None, None] for a in network.parts.cut_off]
    rows += [["joined", a.label().get(language), None, None] for a in network.parts.joined]
    for pair in network.paths.sector_pairs:
        what = "–".join(pair.sectors)
        for part, n in (("short_paths_lost", pair.n_lost), ("short_paths_won", pair.n_won)):
            if n:
                before, after = (n, 0) if part == "short_paths_lost" else (0, n)
                rows.append([part, what, before, after])
    for change in found.coverage:
        who = change.after.community.label().get(language)
        for column, before_n in change.before.cells.items():
            after_n = change.after.cells[column]
            if before_n != after_n:
                rows.append([f"coverage_{column}", who, before_n, after_n])
    rows += [["mode", m.community.label().get(language), m.before, m.after] for m in found.modes]
    if found.gaps is not None:
        rows += [["gap_opened", g.reason.get(language), None, g.rule] for g in found.gaps.opened]
        rows += [["gap_closed", g.reason.get(language), g.rule, None] for g in found.gaps.closed]
    return rows


def _in_words(cell: Cell, language: Language) -> Cell:
    """Return what a person reads for a word of ours; other cells as they are."""
    from graph.analysis.registry import COLUMN_BY_SLUG
    from graph.findings.modes import MODE_BY_SLUG
    from graph.model import COLUMNS, SECTOR_BY_SLUG

    word = str(cell)
    known = {slug: column.label for slug, column in COLUMN_BY_SLUG.items()} | _WORDS
    known |= {f"coverage_{column.slug}": column.label for column in COLUMNS}
    known |= {slug: mode.label for slug, mode in MODE_BY_SLUG.items()}
    if word in known:
        return known[word].get(language)
    ends = word.split("–")
    if all(end in SECTOR_BY_SLUG for end in ends):
        return "–".join(SECTOR_BY_SLUG[end].label.get(language) for end in ends)
    return cell


def _values(*values: float) -> list[Cell]:
    return [None if value != value else value for value in values]


def _say_what_is_left_out(found: WhatIf, language: Language) -> None:
    from graph.analysis.registry import COLUMN_BY_SLUG
    from graph.questions.what_if import looked_at
    from graph.sentences import scenarios as sentences

    notes = []
    for measure in found.network.measures:
        label = COLUMN_BY_SLUG[measure.slug].label
        if measure.n_changed > len(measure.rows):
            notes.append(
                Text(
                    f"{label.zh}：{measure.n_changed} 个主体有变化，列出变化最大的 "
                    f"{len(measure.rows)} 个。",
                    f"{label.en}: it changes for {measure.n_changed:,} actors; the "
                    f"{len(measure.rows)} most changed are listed.",
                )
            )
        if measure.estimate is not None:
            notes.append(sentences.estimated(measure.estimate))
    parts = found.network.parts
    for n, shown in ((parts.n_cut_off, parts.cut_off), (parts.n_joined, parts.joined)):
        if n > len(shown):
            notes.append(
                Text(f"列出前 {len(shown)} 个，共 {n} 个。", f"The first {len(shown)} of {n:,}.")
            )
    if found.gaps is not None:
        notes.append(looked_at(found))
    for note in notes:
        click.echo(note.get(language))
