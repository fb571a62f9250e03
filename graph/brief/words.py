"""What a brief says around its findings."""

from __future__ import annotations

from graph.questions.brief import Brief
from graph.sentences.areas import amid
from graph.sentences.words import listed
from graph.text import Text, counted

TITLES: dict[str, Text] = {
    "summary": Text("概况", "In short"),
    "picture": Text("谁和谁在一起做事", "Who works with whom"),
    "matrix": Text("各社区五社齐不齐", "The five 社 by community"),
    "modes": Text("各社区属于哪种模式", "The mode of each community"),
    "hubs": Text("枢纽组织", "Hub organisations"),
    "brokers": Text("中介主体", "Brokers"),
    "gaps": Text("缺口", "Gaps"),
    "needs": Text("需求与供给", "Needs and offers"),
    "suggestions": Text("建议", "Suggestions"),
    "limits": Text("资料与限度", "Data and limits"),
}
SECTIONS = tuple(TITLES)
SEVERITY: dict[str, Text] = {
    "high": Text("严重", "severe"),
    "medium": Text("中等", "medium"),
    "low": Text("轻微", "slight"),
}
NOT_TOLD = Text("看不出", "cannot be told")
UNKNOWN = Text("未知", "unknown")


def title(found: Brief) -> Text:
    """Return the title of a brief."""
    name = amid(found.name)
    return Text(f"{name.zh}五社联动简报", f"Five-community collaboration in {name.en}")


def summary(found: Brief) -> Text:
    """Sum the area up in one sentence."""
    n, name = len(found.coverage), amid(found.name)
    open_ = found.n_by_severity
    start = Text(
        f"{name.zh}登记了 {found.n_actors} 个主体，其中社区 {n} 个",
        f"{counted(found.n_actors, 'actor')} of {name.en} {'is' if found.n_actors == 1 else 'are'} "
        f"on record, {counted(n, 'community', 'communities')} among them",
    )
    total = sum(open_.values())
    gaps = Text(
        f"发现 {total} 个缺口，{open_['high']} 个严重",
        f"{counted(total, 'gap')} found, {open_['high']} of them severe",
    )
    if not found.hubs:
        return Text(
            f"{start.zh}；{gaps.zh}；还看不出枢纽组织。",
            f"{start.en}; {gaps.en}; no hub organisation shows yet.",
        )
    hub = found.hubs[0].actor.label()
    return Text(
        f"{start.zh}；{gaps.zh}；首位枢纽组织是{hub.zh}。",
        f"{start.en}; {gaps.en}; the first hub organisation is {hub.en}.",
    )


def picture_caption(n_shown: int, n_actors: int) -> Text:
    """Say what the picture shows, and of how many."""
    start = Text("每列一个部门，线表示有往来", "One column for each sector; a line is a tie")
    if n_shown == n_actors:
        return Text(f"{start.zh}。", f"{start.en}.")
    return Text(
        f"{start.zh}。共 {n_actors} 个主体，画出 {n_shown} 个：每个部门里伙伴最多的。",
        f"{start.en}. {n_shown} of {counted(n_actors, 'actor')} are shown: those of each sector "
        "with most partners.",
    )


def part(n_shown: int, total: int) -> Text | None:
    """Say that only a part is listed; None where all is."""
    if n_shown >= total:
        return None
    return Text(f"列出前 {n_shown} 个，共 {total} 个。", f"The first {n_shown} of {total}.")


def modes(found: Brief) -> Text:
    """Say in how many communities no mode can be told."""
    none = [node.label() for node, mode in found.modes if mode is None]
    if not none:
        return Text("每个社区都看得出模式。", "The mode of every community can be told.")
    names = listed(none)
    return Text(
        f"{len(none)} 个社区资料太少，看不出模式：{names.zh}。",
        f"Too little is on record to tell the mode of {len(none)}: {names.en}.",
    )


def suggestion(step: Text, n: int) -> Text:
    """Return a suggested step with the number of gaps that it answers."""
    return Text(
        f"{step.zh}（{n} 个缺口）",
        f"{step.en} ({counted(n, 'gap')})",
    )


def limits(found: Brief) -> tuple[Text, ...]:
    """Say what the brief rests on, and what it cannot say."""
    known = found.completeness
    sentences = [
        Text(
            f"依据 {found.day} 的数据（版本 {found.snapshot.version[:12]}），"
            f"{known.n_ties} 条关系。",
            f"From the data of {found.day} (version {found.snapshot.version[:12]}), "
            f"{counted(known.n_ties, 'tie')}.",
        ),
        Text(
            f"{known.n_without_source} 条关系没有来源，{known.n_without_date} 条没有日期。",
            f"{known.n_without_source} without a source, {known.n_without_date} without a date.",
        ),
    ]
    if known.n_unknown_communities:
        n = known.n_unknown_communities
        sentences.append(
            Text(
                f"{n} 个社区还没有登记任何往来；没有登记不等于没有。",
                f"Nothing is on record about {counted(n, 'community', 'communities')}; that is not "
                "the same as nothing there.",
            )
        )
    if found.n_unknown_gaps:
        sentences.append(
            Text(
                f"{found.n_unknown_gaps} 处缺少资料，无法判断有没有缺口，没有计入。",
                f"In {counted(found.n_unknown_gaps, 'place')} there are no data to tell whether "
                "there is a gap; these are not counted.",
            )
        )
    sentences.append(
        Text(
            "名次会因资料不全而变动；数字说明谁在联系谁，不评价谁做得好不好。",
            "Ranks move where data are missing; the numbers say who connects whom, not who does "
            "well.",
        )
    )
    return tuple(sentences)
