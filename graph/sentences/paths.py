"""What is said of a path between two: who to ask at each step, and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence

from graph.findings.introductions import Introductions
from graph.findings.ties_behind import BehindTie
from graph.model import RELATION_BY_SLUG
from graph.records import Node
from graph.sentences.words import listed
from graph.text import Text, counted

_N_SHOWN_TIES = 2


def step_sentence(start: Node, end: Node, is_first: bool, ties: Sequence[BehindTie]) -> Text:
    """Say whom to ask to get from one actor of a path to the next, and what ties the two."""
    a, b = start.label(), end.label()
    what = (
        Text(f"先找{b.zh}", f"Begin with {b.en}")
        if is_first
        else Text(f"请{a.zh}引荐{b.zh}", f"Ask {a.en} to introduce {b.en}")
    )
    behind = _behind(ties)
    if behind is None:
        return Text(f"{what.zh}。", f"{what.en}.")
    return Text(f"{what.zh}：{behind.zh}。", f"{what.en}: {behind.en}.")


def _behind(ties: Sequence[BehindTie]) -> Text | None:
    shown = [_tie(tie) for tie in ties if tie.affiliation is None][:_N_SHOWN_TIES]
    meeting = list({t.affiliation.id: t.affiliation for t in ties if t.affiliation}.values())
    if meeting:
        names = listed([node.label() for node in meeting])
        shown.append(Text(f"共同参与{names.zh}", f"both have a part in {names.en}"))
    if not shown:
        return None
    return Text("，".join(s.zh for s in shown), ", ".join(s.en for s in shown))


def _tie(tie: BehindTie) -> Text:
    label = RELATION_BY_SLUG[tie.relation].label
    a, b = tie.start.label(), tie.end.label()
    facts = [fact for fact in (_dates(tie), _source(tie)) if fact is not None]
    brackets = Text("", "")
    if facts:
        zh, en = "，".join(f.zh for f in facts), ", ".join(f.en for f in facts)
        brackets = Text(f"（{zh}）", f" ({en})")
    return Text(f"{a.zh}{label.zh}{b.zh}{brackets.zh}", f"{a.en} {label.en} {b.en}{brackets.en}")


def _dates(tie: BehindTie) -> Text | None:
    if tie.since and tie.until:
        return Text(f"{tie.since} 至 {tie.until}", f"{tie.since} to {tie.until}")
    if tie.since:
        return Text(f"{tie.since} 起", f"since {tie.since}")
    if tie.until:
        return Text(f"至 {tie.until}", f"until {tie.until}")
    return None


def _source(tie: BehindTie) -> Text | None:
    return Text(f"来源：{tie.source}", f"source: {tie.source}") if tie.source else None


def path_sentence(end: Node, between: Sequence[Node]) -> Text:
    """Say in one sentence how a path leads to ``end``."""
    name = end.label()
    if not between:
        return Text(f"与{name.zh}已有往来，不用引荐。", f"There is a tie to {name.en} already.")
    names = listed([node.label() for node in between], limit=len(between))
    n_steps = len(between) + 1
    return Text(
        f"请{names.zh}依次引荐，{n_steps} 步可到{name.zh}。"
        if len(between) > 1
        else f"请{names.zh}引荐，{n_steps} 步可到{name.zh}。",
        f"{names.en} can introduce {name.en}, in {n_steps} steps.",
    )


def paths_sentence(
    start: Node, end: Node, avoided: Sequence[Node], found: Introductions, first: Sequence[Node]
) -> Text:
    """Sum up the paths between two; ``first`` stand in between on the strongest."""
    a, b = start.label(), end.label()
    names = listed([node.label() for node in avoided])
    but = Text(f"避开{names.zh}，", f"Avoiding {names.en}, ") if avoided else Text("", "")
    if found.total:
        best = path_sentence(end, first)
        paths = counted(found.total, "path")
        lead = "leads" if found.total == 1 else "lead"
        text = f"{paths} {lead} from {a.en} to {b.en} within {counted(found.max_steps, 'step')}"
        return Text(
            f"{but.zh}从{a.zh}到{b.zh}，{found.max_steps} 步以内有 {found.total} 条路。"
            f"最强的一条：{best.zh}",
            f"{but.en}{text}. The strongest: {best.en}",
        )
    none = _none(a, b, found)
    return Text(f"{but.zh}{none.zh}。", f"{but.en}{none.en if avoided else _capital(none.en)}.")


def _none(a: Text, b: Text, found: Introductions) -> Text:
    if found.distance is not None:
        steps = counted(found.max_steps, "step")
        return Text(
            f"从{a.zh}到{b.zh}，{found.max_steps} 步以内没有路；最近的路有 {found.distance} 步",
            f"no path leads from {a.en} to {b.en} within {steps}; the shortest has "
            f"{found.distance}",
        )
    nobody = Text(
        f"从{a.zh}到{b.zh}没有路，多少步都没有",
        f"no path of any length leads from {a.en} to {b.en}",
    )
    if found.distance_through_all is not None:
        n = found.distance_through_all
        return Text(
            f"{nobody.zh}；不避开谁时，最近的路有 {n} 步",
            f"{nobody.en}; if nobody is avoided, the shortest has {counted(n, 'step')}",
        )
    return Text(f"{nobody.zh}：两者不相连", f"{nobody.en}: the two are not connected")


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
