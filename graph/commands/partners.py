"""``wushe partners``: who could become a partner, and why."""

from __future__ import annotations

import click

from graph.commands.asking import FORMAT, LIMIT, Format, explored, print_answer, say_part
from graph.settings import Settings
from graph.terminal import Cell
from graph.text import Text

_WEIGHT = click.FloatRange(0)


@click.command(short_help="List who could become a partner · 找伙伴")
@click.argument("id_", metavar="ID")
@click.option("--kind", "kinds", multiple=True, help="Only this kind, such as School · 只看某类")
@click.option("--fit", type=_WEIGHT, help="Weight of needs, offers, area · 需求与区域的权重")
@click.option("--reach", type=_WEIGHT, help="Weight of common partners, paths · 可达的权重")
@click.option("--bridging", type=_WEIGHT, help="Weight of whom else it joins · 牵线的权重")
@click.option("--load", type=_WEIGHT, help="Weight of how free it is · 余力的权重")
@LIMIT
@FORMAT
@click.pass_obj
def partners(
    settings: Settings,
    id_: str,
    kinds: tuple[str, ...],
    fit: float | None,
    reach: float | None,
    bridging: float | None,
    load: float | None,
    limit: int,
    format_: Format,
) -> None:
    """List who could become a partner for ID, why, what speaks against it, who can introduce it.

    ID is an actor, an affiliation, a gap, a need or an offer · 为主体、项目、缺口、需求或供给找伙伴

    \b
    wushe partners hezhongzeyi
    wushe partners beilangdong --kind Enterprise --limit 5
    wushe partners no_platform:heshun
    wushe partners need:beilangdong:垃圾分类:厨余垃圾处理设备
    """
    from dataclasses import replace

    from graph import documents
    from graph.findings.partners import DEFAULT_WEIGHTS
    from graph.questions import partners as question

    language = settings.language
    given = {"fit": fit, "reach": reach, "bridging": bridging, "load": load}
    weights = replace(DEFAULT_WEIGHTS, **{k: w for k, w in given.items() if w is not None})
    with explored(settings) as explorer:
        found = question.partners(explorer, id_, weights, kinds=kinds, limit=limit)
        items = [question.partner_document(partner) for partner in found.partners]
        page = documents.page(explorer, items, len(found.found), limit, 0)
        document = question.as_document(found) | page
    if format_ == "table":
        click.echo(found.sentence.get(language))
    rows: list[list[Cell]] = [
        [
            partner.found.rank,
            partner.found.actor.id,
            partner.found.actor.label().get(language),
            partner.found.score,
            *partner.found.parts.values(),
            " → ".join(node.label().get(language) for node in partner.introduction.actors[1:-1])
            if partner.introduction
            else None,
            partner.reason.get(language),
            " ".join(sentence.get(language) for sentence in partner.against),
        ]
        for partner in found.partners
    ]
    print_answer(
        format_,
        ["rank", "id", "name", "score", "fit", "reach", "bridging", "load", "introduced_by",
         "reason", "against"],
        rows,
        lambda: document,
        Text("没有候选。", "There is no candidate.").get(language),
    )  # fmt: skip
    say_part(format_, len(rows), len(found.found), language)
