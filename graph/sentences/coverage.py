"""What is said about the five 社 around a community, and about a whole area."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import COLUMNS
from graph.records import Node
from graph.sentences.words import listed
from graph.text import Text, counted

COLUMN_LABELS: dict[str, Text] = {
    **{c.slug: c.label for c in COLUMNS},
    "mechanism": Text("平台和机制", "Platforms and mechanisms"),
    "space": Text("阵地", "Spaces"),
    "fund": Text("基金", "Funds"),
}
IS_ITSELF = Text("就是社区自己", "the community itself")
LIES_IN_IT = Text("就在这个社区里", "lies in this community")


def through(relations: Sequence[Text], met_in: Sequence[Text]) -> Text:
    """Say by which ties somebody counts for a community, and in what the two meet."""
    parts = []
    if relations:
        zh = "、".join(r.zh for r in relations)
        parts.append(Text(f"有往来：{zh}", f"tied: {', '.join(r.en.lower() for r in relations)}"))
    if met_in:
        names = listed(met_in)
        parts.append(Text(f"一起参与{names.zh}", f"both take part in {names.en}"))
    return Text("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def cell_sentence(community: Node, column: str, n: int, *, is_known: bool) -> Text:
    """Say how many a community has under a column."""
    name, label = community.label(), COLUMN_LABELS[column]
    if not is_known:
        return Text(
            f"关于{name.zh}还没有录入任何往来，不知道有没有{label.zh}。",
            f"Nothing is entered about {name.en}: whether it has {label.en.lower()} is not known.",
        )
    if not n:
        return Text(
            f"{name.zh}没有记录到任何{label.zh}。",
            f"No {label.en.lower()} are on record for {name.en}.",
        )
    return Text(
        f"{name.zh}的{label.zh}：记录到 {n} 个。",
        f"{label.en} of {name.en}: {n:,} on record.",
    )


def area_sentence(
    area: Text | None,
    n_communities: int,
    n_without_platform: int,
    n_unknown: int,
    hub: Node | None,
    hub_reaches: Sequence[Node],
) -> Text:
    """Sum up an area: its communities, what they lack, and the first hub that works there.

    ``area`` is None for everything; ``hub_reaches`` are communities of the area.
    """
    where = Text(area.zh if area else "图中", area.en if area else "the map")
    if not n_communities:
        start = Text(f"{where.zh}还没有社区", f"There is no community in {where.en} yet")
        if area is None:
            start = Text("图中还没有社区", "There is no community on the map yet")
    else:
        has = "has" if n_without_platform == 1 else "have"
        on = "on" if area is None else "in"
        if n_without_platform:
            platforms = Text(
                f"{n_without_platform} 个没有联动平台或机制",
                f"{n_without_platform:,} {has} no platform or mechanism",
            )
        elif n_unknown < n_communities:
            platforms = Text(
                "有资料的都有联动平台或机制", "each with data has a platform or mechanism"
            )
        else:
            platforms = Text("都尚无资料", "nothing is on record about any")
        start = Text(
            f"{where.zh}有 {n_communities} 个社区，{platforms.zh}",
            f"{counted(n_communities, 'community is', 'communities are')} {on} {where.en}; "
            f"{platforms.en}",
        )
        if 0 < n_unknown < n_communities:
            start = Text(
                f"{start.zh}，另有 {n_unknown} 个尚无资料",
                f"{start.en}, and nothing is on record about {n_unknown:,}",
            )
    return _with_hub(start, hub, hub_reaches)


def community_sentence(
    community: Node, n_partners: int | None, lacking: Sequence[str], hub: Node | None
) -> Text:
    """Sum up one community: its partners, which of the five it lacks, and who serves it first.

    ``n_partners`` is None where nothing is on record about it.
    """
    name = community.label()
    if n_partners is None:
        return Text(
            f"关于{name.zh}还没有录入任何往来，不等于没有。",
            f"Nothing is entered about {name.en}, which is not the same as nothing there.",
        )
    if lacking:
        labels = listed([COLUMN_LABELS[c] for c in lacking], 5)
        lack = Text(f"五社中缺{labels.zh}", f"of the five it lacks {labels.en.lower()}")
    else:
        lack = Text("五社齐全", "it has all of the five")
    start = Text(
        f"{name.zh}与 {n_partners} 个主体有往来，{lack.zh}",
        f"{name.en} works with {counted(n_partners, 'actor')}; {lack.en}",
    )
    return _with_hub(start, hub, [])


def _with_hub(start: Text, hub: Node | None, reaches: Sequence[Node]) -> Text:
    if hub is None:
        return Text(
            f"{start.zh}；还看不出枢纽组织。", f"{start.en}; no hub organisation shows yet."
        )
    name = hub.label()
    if not reaches:
        return Text(
            f"{start.zh}；枢纽组织首先是{name.zh}。",
            f"{start.en}; the first hub organisation is {name.en}.",
        )
    reached = listed([n.label() for n in reaches])
    return Text(
        f"{start.zh}；枢纽组织首先是{name.zh}，直接联系着{reached.zh}。",
        f"{start.en}; the first hub organisation is {name.en}, tied to {reached.en}.",
    )
