"""What is said where two areas, or two days of one area, are set side by side."""

from __future__ import annotations

from collections.abc import Iterator

from graph.findings.comparison import FIGURES, Figure, Figures
from graph.model import SECTORS
from graph.sentences.areas import amid
from graph.sentences.coverage import COLUMN_LABELS
from graph.text import Text, counted

GROUP_LABELS: dict[str, Text] = {
    "who": Text("有谁", "Who is there"),
    "coverage": Text(
        "有资料的社区里，有这一项的占多少", "Of the communities with data, how many have"
    ),
    "gaps": Text("每 10 个社区有几个缺口", "Gaps for every 10 communities"),
    "ties": Text("往来有多密、多开放", "How dense and how open the ties are"),
}
FIGURE_LABELS: dict[str, Text] = {
    "n_actors": Text("主体", "Actors"),
    **{f"sector_{s.slug}": s.label for s in SECTORS},
    "n_communities": Text("登记的社区（不含成群登记的）", "Communities, without groups of them"),
    **{f"having_{slug}": label for slug, label in COLUMN_LABELS.items()},
    "gaps_high": Text("严重缺口", "Severe gaps"),
    "gaps_medium": Text("中等缺口", "Moderate gaps"),
    "gaps_low": Text("轻微缺口", "Slight gaps"),
    "reached": Text(
        "联系社区最多的主体，联系到多少社区", "Communities that the most reaching actor reaches"
    ),
    "partners": Text("平均每个主体的伙伴数", "Partners of an actor, on average"),
    "density": Text(
        "每 1000 对内部主体中有往来的对数", "Pairs with a tie, of every 1,000 pairs of its actors"
    ),
    "across": Text("跨部门的往来", "Ties between different sectors"),
    "outward": Text("通往区域外的往来", "Ties that lead out of the area"),
    "alone": Text("没有任何伙伴的主体", "Actors without any partner"),
}


def head_sentence(names: tuple[Text, Text], a: Figures, b: Figures, *, is_days: bool) -> Text:
    """Say how many actors and communities the two sides have."""
    one, other = names
    if is_days:
        return Text(
            f"从{one.zh}到{other.zh}，登记的主体由 {a.n_actors} 个变为 {b.n_actors} 个，"
            f"关系由 {a.n_ties} 条变为 {b.n_ties} 条。",
            f"From {one.en} to {other.en} the actors on record went from {a.n_actors:,} to "
            f"{b.n_actors:,}, the ties from {a.n_ties:,} to {b.n_ties:,}.",
        )
    return Text(
        f"{one.zh}有 {a.n_actors} 个主体、{a.n_communities} 个社区；"
        f"{other.zh}有 {b.n_actors} 个主体、{b.n_communities} 个社区。",
        f"{one.en}: {counted(a.n_actors, 'actor')} and "
        f"{counted(a.n_communities, 'community', 'communities')}; {amid(other).en}: "
        f"{counted(b.n_actors, 'actor')} and "
        f"{counted(b.n_communities, 'community', 'communities')}.",
    )


def undated_sentence(n_undated: int, n_ties: int) -> Text:
    """Say how many ties hold on every day since their dates are not known."""
    return Text(
        f"{n_ties} 条关系中有 {n_undated} 条没有起止时间，两个日期都算在内："
        "变化只能从有时间的关系看出。",
        f"Of {counted(n_ties, 'tie')}, {n_undated:,} {'has' if n_undated == 1 else 'have'} neither "
        "start nor end and count on both days: only dated ties show a change.",
    )


def differences(
    names: tuple[Text, Text], a: Figures, b: Figures, *, is_days: bool
) -> tuple[Text, ...]:
    """Return what differs most, one sentence for each group, and what is not entered."""
    at = "on" if is_days else "in"
    names = (_at(at, names[0]), _at(at, names[1]))
    found = [
        *_largest("coverage", names, a, b),
        *_largest("gaps", names, a, b),
        *_reach(names, a, b),
        *_openness(names, a, b),
    ]
    return (*found, *_not_entered(names, a, b))


def _at(preposition: str, name: Text) -> Text:
    return Text(name.zh, f"{preposition} {amid(name).en}")


def value_text(figure: Figure, value: float | None) -> Text:
    """Return a value as it is written."""
    if value is None:
        return Text("未录入", "not entered")
    if figure.unit == "share":
        return Text(f"{round(100 * value)}%", f"{round(100 * value)}%")
    if figure.unit == "count":
        return Text(f"{value:,.0f}", f"{value:,.0f}")
    return Text(f"{value:,.1f}", f"{value:,.1f}")


def _largest(group: str, names: tuple[Text, Text], a: Figures, b: Figures) -> Iterator[Text]:
    """Yield the figure of a group that differs most, where one does."""
    found = [
        (abs(x - y), figure, x, y)
        for figure in FIGURES
        if figure.group == group
        and (x := figure.of(a)) is not None
        and (y := figure.of(b)) is not None
    ]
    if not found:
        return
    difference, figure, x, y = max(found, key=lambda f: f[0])
    label = FIGURE_LABELS[figure.slug]
    one, other = value_text(figure, x), value_text(figure, y)
    if not difference or one == other:
        what = GROUP_LABELS[group]
        yield Text(f"{what.zh}：两边相同。", f"{what.en}: the same on both sides.")
        return
    if group == "coverage":
        column = figure.slug.removeprefix("having_")
        parts = [
            Text(
                f"{name.zh} {f.n_known} 个社区中 {f.having[column]} 个（{value.zh}）",
                f"{f.having[column]:,} of {f.n_known:,} {name.en} ({value.en})",
            )
            for name, f, value in zip(names, (a, b), (one, other), strict=True)
        ]
        yield Text(
            f"差别最大的是有{label.zh}的社区：{parts[0].zh}，{parts[1].zh}。",
            f"They differ most in communities that have {label.en.lower()}: "
            f"{parts[0].en}, {parts[1].en}.",
        )
    else:
        yield Text(
            f"每 10 个社区的{label.zh}：{names[0].zh} {one.zh} 个，{names[1].zh} {other.zh} 个。",
            f"{label.en} for every 10 communities: {one.en} {names[0].en}, {other.en} "
            f"{names[1].en}.",
        )


def _reach(names: tuple[Text, Text], a: Figures, b: Figures) -> Iterator[Text]:
    for name, found in zip(names, (a, b), strict=True):
        if found.reach is None:
            continue
        actor, n = found.reach.actor.label(), found.reach.n_communities
        if n <= 1 and found.n_communities > 1:
            yield Text(
                f"{name.zh}没有主体联系到一个以上的社区（共 {found.n_communities} 个社区）。",
                f"{_first_upper(name.en)}, no actor reaches more than one of the "
                f"{found.n_communities:,} communities.",
            )
            continue
        yield Text(
            f"{name.zh}联系社区最多的是{actor.zh}：{found.n_communities} 个社区中的 {n} 个。",
            f"{_first_upper(name.en)}, {actor.en} reaches the most communities: {n:,} of "
            f"{found.n_communities:,}.",
        )


def _openness(names: tuple[Text, Text], a: Figures, b: Figures) -> Iterator[Text]:
    figure = next(f for f in FIGURES if f.slug == "across")
    x, y = figure.of(a), figure.of(b)
    if x is None or y is None:
        return
    one, other = value_text(figure, x), value_text(figure, y)
    yield Text(
        f"跨部门的往来：{names[0].zh}占 {one.zh}，{names[1].zh}占 {other.zh}。",
        f"Ties between different sectors: {one.en} {names[0].en}, {other.en} {names[1].en}.",
    )


def _not_entered(names: tuple[Text, Text], a: Figures, b: Figures) -> Iterator[Text]:
    for name, found in zip(names, (a, b), strict=True):
        n = found.n_communities - found.n_known
        if n:
            yield Text(
                f"{name.zh}有 {n} 个社区什么也没有录入，不计入上面的比例；没有录入不等于没有。",
                f"{_first_upper(name.en)}, nothing is entered about "
                f"{counted(n, 'community', 'communities')}, which the shares leave out; "
                "that is not the same as nothing there.",
            )
        elif not found.n_communities:
            yield Text(
                f"{name.zh}没有登记社区，社区的比例无从算起。",
                f"No community {name.en} is on record, so there are no shares of communities.",
            )


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
