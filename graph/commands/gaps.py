"""``wushe gaps``: list gaps, mark them, look at their rules and set them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.commands.asking import FORMAT, LIMIT, Format, explored, print_answer, say_part
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Language, Text

if TYPE_CHECKING:
    from graph.explorer import Explorer
    from graph.findings.gaps import Gap
    from graph.questions.gaps import RuleInUse

_STATUSES = ("open", "unknown", "planned", "done", "accepted")


@click.group(invoke_without_command=True, short_help="List and mark gaps · 缺口")
@click.option("--area", metavar="PATH", help="Only in this area · 只看某个区域")
@click.option("--rule", help="Only this rule, such as no_platform · 只看一条规则")
@click.option(
    "--severity", type=click.Choice(["high", "medium", "low"]), help="Only these · 只看某一级别"
)
@click.option("--status", type=click.Choice(_STATUSES), help="Only these · 只看某种状态")
@click.option("--actor", metavar="ID", help="Only about this actor · 只看某个主体")
@click.option("--rules", "lists_rules", is_flag=True, help="List the rules instead · 改列规则")
@LIMIT
@FORMAT
@click.pass_context
def gaps(
    ctx: click.Context,
    area: str | None,
    rule: str | None,
    severity: str | None,
    status: str | None,
    actor: str | None,
    lists_rules: bool,
    limit: int,
    format_: Format,
) -> None:
    """List what communities, teams and enterprises lack · 缺口。

    What nothing is on record about is listed as unknown, apart.

    \b
    wushe gaps --area 北京市/朝阳区 --status open
    wushe gaps --rule no_platform --format csv
    wushe gaps --actor heshun
    wushe gaps --rules
    """
    if ctx.invoked_subcommand is not None:
        return
    settings: Settings = ctx.obj
    with explored(settings) as explorer:
        if lists_rules:
            _print_rules(explorer, settings.language, area, format_)
            return
        from graph.questions.gaps import as_document, list_gaps

        found = list_gaps(
            explorer, area=area, rule=rule, severity=severity, status=status, actor=actor
        )
        document = as_document(explorer, found, limit)
    language = settings.language
    top = found.gaps[:limit]
    print_answer(
        format_,
        ["severity", "status", "rule", "id", "subject", "reason", "missing", "mark", "step"],
        [_row(g, language) for g in top],
        lambda: document,
        Text("没有发现缺口。", "No gap was found.").get(language),
    )
    say_part(format_, len(top), len(found.gaps), language)
    if format_ == "table":
        for tally in found.report.tallies:
            if tally.left_out and rule in (None, tally.rule):
                click.echo(f"{tally.rule}: {tally.left_out.get(language)}")


def _row(gap: Gap, language: Language) -> list[Cell]:
    from graph.sentences.gaps import mark_sentence

    return [
        gap.severity,
        gap.status,
        gap.rule,
        gap.id,
        " ".join(a.id for a in gap.subjects),
        gap.reason.get(language),
        "; ".join(m.get(language) for m in gap.missing),
        mark_sentence(gap.mark, is_found=True).get(language) if gap.mark else "",
        gap.step.get(language),
    ]


def _print_rules(explorer: Explorer, language: Language, area: str | None, format_: Format) -> None:
    from graph.questions.gaps import list_rules, rule_document

    found = list_rules(explorer, area)
    rows: list[list[Cell]] = []
    for entry in found:
        rows += _rule_rows(entry, language)
    print_answer(
        format_,
        ["severity", "rule", "title", "parameter", "value", "default", "reason", "changed"],
        rows,
        lambda: [rule_document(entry) for entry in found],
        "",
    )


def _rule_rows(entry: RuleInUse, language: Language) -> list[list[Cell]]:
    rule = entry.rule
    start: list[Cell] = [rule.severity, rule.slug, rule.title.get(language)]
    if not rule.parameters:
        return [[*start, None, None, None, "", ""]]
    everywhere = Text("全部", "everywhere").get(language)
    return [
        [
            *start,
            p.name,
            entry.values[p.name],
            p.default,
            p.reason.get(language),
            "; ".join(
                f"{s.area or everywhere}: {s.value:g}"
                for s in entry.settings
                if s.parameter == p.name
            ),
        ]
        for p in rule.parameters
    ]


@gaps.command(short_help="Mark a gap · 标记")
@click.argument("gap_id", metavar="ID")
@click.option(
    "--status", type=click.Choice(["accepted", "planned", "done"]), required=True,
    help="What was decided · 决定",
)  # fmt: skip
@click.option("--note", help="Why, or by whom · 备注")
@click.option("--date", metavar="YYYY-MM-DD", help="By when, or since when · 日期")
@click.pass_obj
def mark(settings: Settings, gap_id: str, status: str, note: str | None, date: str | None) -> None:
    """Mark the gap ID as accepted, planned or done · 标记缺口。

    The mark stays while data are imported and taken back. ID is as the list prints it, such as
    no_platform:heshun.

    \b
    wushe gaps mark no_platform:heshun --status planned --date 2027-03-01
    wushe gaps mark no_platform:heshun --status accepted --note 规模太小，暂不建
    """
    from graph.questions.gaps import is_found, mark_gap
    from graph.sentences.gaps import mark_sentence

    with explored(settings) as explorer:
        made = mark_gap(explorer, gap_id, status, note, date)
        sentence = mark_sentence(made, is_found=is_found(explorer, gap_id))
    click.echo(f"{gap_id}: {sentence.get(settings.language)}")


@gaps.command(short_help="Take a mark away · 取消标记")
@click.argument("gap_id", metavar="ID")
@click.pass_obj
def unmark(settings: Settings, gap_id: str) -> None:
    """Take the mark of the gap ID away · 取消标记。

    \b
    wushe gaps unmark no_platform:heshun
    """
    from graph.questions.gaps import unmark_gap

    with explored(settings) as explorer:
        unmark_gap(explorer, gap_id)
    click.echo(
        Text(f"已取消 {gap_id} 的标记。", f"The mark of {gap_id} is gone.").get(settings.language)
    )


@gaps.command("set", short_help="Set a threshold of a rule · 设定参数")
@click.argument("rule")
@click.argument("parameter")
@click.argument("value", type=float, required=False)
@click.option("--area", default="", metavar="PATH", help="For this area only · 只对某个区域")
@click.pass_obj
def set_(settings: Settings, rule: str, parameter: str, value: float | None, area: str) -> None:
    """Set PARAMETER of RULE to VALUE, or without VALUE take the setting away · 设定参数。

    It holds for the area and all that lies in it; the nearest area decides. The rules and their
    parameters are listed by `wushe gaps --rules`.

    \b
    wushe gaps set no_enterprise_within_reach k 3 --area 北京市
    wushe gaps set no_enterprise_within_reach k --area 北京市
    """
    from graph.questions.gaps import set_parameters

    with explored(settings) as explorer:
        found = set_parameters(explorer, rule, {parameter: value}, area)
    where = area or Text("全部区域", "everywhere").get(settings.language)
    click.echo(f"{rule} {parameter} = {found.values[parameter]:g} ({where})")
