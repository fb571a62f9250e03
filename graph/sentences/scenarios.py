"""What is said about scenarios: each change, and what comes of all of them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.model import RELATION_BY_SLUG, SECTOR_BY_SLUG, label_of
from graph.records import Node
from graph.scenario.changes import AddActor, AddTie, Change, EndActor, RemoveActor, RemoveTie
from graph.scenario.outcome import Estimate, NetworkChange, PathsChange, Reach
from graph.scenario.trial import GapChanges
from graph.sentences.words import listed
from graph.text import Text, counted

Name = Callable[[str], Text]
N_PARTS = 3


def names_of(*sources: dict[str, Node], changes: Sequence[Change] = ()) -> Name:
    """Return what names an actor by its id, from stored ones and those that changes add."""
    added = {c.actor: Text(c.name, c.name) for c in changes if isinstance(c, AddActor)}

    def name(node_id: str) -> Text:
        for nodes in sources:
            if node_id in nodes:
                return nodes[node_id].label()
        return added.get(node_id, Text(node_id, node_id))

    return name


def change_sentence(change: Change, name: Name) -> Text:
    """Say one change."""
    match change:
        case RemoveActor(actor):
            who = name(actor)
            return Text(f"去掉{who.zh}", f"Remove {who.en}")
        case EndActor(actor, until):
            who = name(actor)
            return Text(f"{who.zh}于 {until} 终止", f"{who.en} ends on {until}")
        case AddActor(_, called, kind, area):
            label = label_of(kind)
            where = Text(f"（{area}）", f" ({area})") if area else Text("", "")
            return Text(
                f"新增{label.zh}“{called}”{where.zh}",
                f"Add the {label.en.lower()} “{called}”{where.en}",
            )
        case AddTie(start, relation, end, strength):
            tie = _tie(start, relation, end, name)
            return Text(
                f"新增关系：{tie.zh}（强度 {strength}）",
                f"Add a tie: {tie.en} (strength {strength})",
            )
        case RemoveTie(start, relation, end, since):
            tie = _tie(start, relation, end, name)
            when = Text(f"（自 {since}）", f" (since {since})") if since else Text("", "")
            return Text(f"去掉关系：{tie.zh}{when.zh}", f"Remove a tie: {tie.en}{when.en}")


def _tie(start: str, relation: str, end: str, name: Name) -> Text:
    a, b, label = name(start), name(end), RELATION_BY_SLUG[relation].label
    return Text(f"{a.zh} {label.zh} {b.zh}", f"{a.en} {label.en} {b.en}")


def suggested_name(changes: Sequence[Change], name: Name) -> Text:
    """Return a name for a scenario that has none: its first change, and how many follow."""
    if not changes:
        return Text("未命名的情景", "Unnamed scenario")
    said = _start(changes[:1], name)
    start = Text(f"如果{said.zh}", said.en.removesuffix(","))
    more = len(changes) - 1
    if not more:
        return start
    return Text(f"{start.zh}，另 {more} 处改动", f"{start.en}, and {counted(more, 'more change')}")


def finding(
    changes: Sequence[Change], name: Name, network: NetworkChange, gaps: GapChanges | None
) -> Text:
    """Say what a scenario comes to, the most telling first, at most `N_PARTS` things."""
    if not changes:
        return Text("还没有任何改动，所以一切照旧。", "Nothing is changed yet, so all is as it is.")
    parts = [
        *_reach_parts(network.paths),
        *_cut_off_parts(network),
        *_gap_parts(gaps),
        *_sector_parts(network.paths),
    ]
    start = _start(changes, name)
    if not parts:
        return Text(
            f"{start.zh}，通路、连通和缺口都没有变化。",
            f"{start.en} no short path, connection or gap changes."
            if gaps is not None
            else f"{start.en} no short path or connection changes.",
        )
    shown = parts[:N_PARTS]
    return Text(
        f"{start.zh}，{'，'.join(p.zh for p in shown)}。",
        f"{start.en} {'; '.join(p.en for p in shown)}.",
    )


def _start(changes: Sequence[Change], name: Name) -> Text:
    if len(changes) > 1:
        removed = [name(c.actor) for c in changes if isinstance(c, RemoveActor)]
        if len(removed) == len(changes):
            who = listed(removed)
            return Text(f"没有{who.zh}", f"Without {who.en},")
        n = len(changes)
        return Text(f"有了这 {n} 处改动", f"With these {n} changes,")
    match changes[0]:
        case RemoveActor(actor):
            who = name(actor)
            return Text(f"没有{who.zh}", f"Without {who.en},")
        case EndActor(actor, until):
            who = name(actor)
            return Text(f"{who.zh}于 {until} 终止后", f"Once {who.en} has ended ({until}),")
        case AddActor(_, called):
            return Text(f"有了{called}", f"With {called},")
        case AddTie(start, relation, end):
            tie = _tie(start, relation, end, name)
            return Text(f"有了“{tie.zh}”", f"With “{tie.en}”,")
        case RemoveTie(start, relation, end):
            tie = _tie(start, relation, end, name)
            return Text(f"没有“{tie.zh}”", f"Without “{tie.en}”,")


def _reach_parts(paths: PathsChange) -> list[Text]:
    parts = []
    if paths.lost_reach.n_pairs:
        e, c = _ends(paths.lost_reach)
        parts.append(
            Text(
                f"{e.zh}失去通往 {c.zh}的唯一捷径",
                f"{e.en} {_verb(paths.lost_reach, 'loses its', 'lose their')} only short way to "
                f"{c.en}",
            )
        )
    if paths.won_reach.n_pairs:
        e, c = _ends(paths.won_reach)
        parts.append(
            Text(
                f"{e.zh}有了通往 {c.zh}的捷径",
                f"{e.en} {_verb(paths.won_reach, 'gets', 'get')} a short way to {c.en}",
            )
        )
    return parts


def _ends(reach: Reach) -> tuple[Text, Text]:
    n_e, n_c = len(reach.enterprises), len(reach.communities)
    return (
        Text(f"{n_e} 家企业", counted(n_e, "enterprise")),
        Text(f"{n_c} 个社区", counted(n_c, "community", "communities")),
    )


def _verb(reach: Reach, one: str, many: str) -> str:
    return one if len(reach.enterprises) == 1 else many


def _cut_off_parts(network: NetworkChange) -> list[Text]:
    n_off, n_on = network.parts.n_cut_off, network.parts.n_joined
    parts = []
    if n_off:
        parts.append(
            Text(
                f"{n_off} 个主体与其余断开",
                f"{counted(n_off, 'actor is', 'actors are')} cut off from the rest",
            )
        )
    if n_on:
        parts.append(
            Text(
                f"{n_on} 个主体与更多主体连通",
                f"{counted(n_on, 'actor is', 'actors are')} connected with more of the others",
            )
        )
    return parts


def _gap_parts(gaps: GapChanges | None) -> list[Text]:
    if gaps is None:
        return []
    n_opened = sum(g.state != "unknown" for g in gaps.opened)
    n_closed = sum(g.state != "unknown" for g in gaps.closed)
    parts = []
    if n_opened:
        parts.append(
            Text(f"新增 {n_opened} 处缺口", f"{counted(n_opened, 'gap opens', 'gaps open')}")
        )
    if n_closed:
        parts.append(
            Text(f"弥合 {n_closed} 处缺口", f"{counted(n_closed, 'gap closes', 'gaps close')}")
        )
    return parts


def _sector_parts(paths: PathsChange) -> list[Text]:
    """Say which two sectors lose most, where enterprises and communities are not said already."""
    if paths.lost_reach.n_pairs or paths.won_reach.n_pairs or not paths.sector_pairs:
        return []
    parts = []
    most = max(paths.sector_pairs, key=lambda p: p.n_lost)
    if most.n_lost:
        parts.append(_sector_part(most.sectors, most.n_lost, is_lost=True))
    most = max(paths.sector_pairs, key=lambda p: p.n_won)
    if most.n_won:
        parts.append(_sector_part(most.sectors, most.n_won, is_lost=False))
    return parts


def _sector_part(sectors: tuple[str, str], n: int, *, is_lost: bool) -> Text:
    a, b = (SECTOR_BY_SLUG[s].label for s in sectors)
    pairs = Text(
        f"{a.zh}与{b.zh}之间有 {n} 对主体",
        f"{counted(n, 'pair')} of actors between {a.en.lower()} and {b.en.lower()}",
    )
    if sectors[0] == sectors[1]:
        pairs = Text(
            f"{a.zh}内部有 {n} 对主体", f"{counted(n, 'pair')} of actors within {a.en.lower()}"
        )
    if is_lost:
        verb = "loses its" if n == 1 else "lose their"
        return Text(f"{pairs.zh}失去唯一的捷径", f"{pairs.en} {verb} only short way")
    return Text(f"{pairs.zh}有了捷径", f"{pairs.en} {'gets' if n == 1 else 'get'} a short way")


def gaps_looked_at(areas: Sequence[str] | None, n_more: int, has_network_rules: bool) -> Text:
    """Say where the gaps before and after were looked for; None is everywhere."""
    if areas is not None and not areas:
        return Text(
            "数据量大，缺口只在改动所在的区域比较，而这些改动没有登记区域，所以没有比较缺口。",
            "With this much data gaps are compared in the areas of the changes only; these have no "
            "area on record, so no gaps were compared.",
        )
    said = Text("缺口按全部数据比较。", "Gaps are compared over all data.")
    if areas:
        where = listed([Text(a, a) for a in areas], limit=5)
        more = (
            Text(f"，另有 {n_more} 个区域没有看", f"; {counted(n_more, 'more area')} not looked at")
            if n_more
            else Text("", "")
        )
        said = Text(
            f"数据量大，缺口只在改动所在的区域比较：{where.zh}{more.zh}。",
            f"With this much data gaps are compared in the areas of the changes only: {where.en}"
            f"{more.en}.",
        )
    if has_network_rules:
        return said
    return Text(
        f"{said.zh}看整个网络的规则没有比较。",
        f"{said.en} Rules that look at the network as a whole are left out.",
    )


def estimated(estimate: Estimate) -> Text:
    """Say how an estimated measure was found, and how far off it can be."""
    share, n_samples = f"{100 * estimate.confidence:.0f}%", f"{estimate.n_samples:,}"
    return Text(
        f"网络较大，变化由改动前后相同的 {n_samples} 个抽样起点估算；变化最大的主体中约 {share} "
        "的真值在所列误差之内，变化不超过误差的没有列出。",
        f"The network is large: changes are estimated from {n_samples} starts, the same before "
        f"and after. About {share} of the most changed actors have their true value within the "
        "margin given; changes within their margin are not listed.",
    )


def about_export(name: str, changes: Sequence[Text], is_removal: Sequence[bool]) -> str:
    """Return the text beside exported tables: every change, and which the tables cannot say."""
    lines = [
        Text(f"情景“{name}”", f"Scenario “{name}”"),
        Text(
            "表中是新增的和终止的主体与关系，可以照常导入。",
            "The tables hold the actors and ties that are new or end; they can be imported.",
        ),
    ]
    if any(is_removal):
        lines.append(
            Text(
                "导入从不删除，所以标“*”的改动不在表中；如要照办，请在原表填写终止日期。",
                "An import never removes anything, so what is marked * is not in the tables; to "
                "bring it about, enter an end date in your own table.",
            )
        )
    for number, (change, is_marked) in enumerate(zip(changes, is_removal, strict=True), 1):
        mark = " *" if is_marked else ""
        lines.append(Text(f"{number}. {change.zh}{mark}", f"{number}. {change.en}{mark}"))
    return "\n".join(f"{line.zh}\n{line.en}" for line in lines) + "\n"
