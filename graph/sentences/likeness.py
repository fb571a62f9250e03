"""In what one actor is like another, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from graph.text import Text

ALIKE = 0.8
UNLIKE = 0.5
FEATURES: dict[str, Text] = {
    "communities_reached": Text("到达的社区数", "the communities it reaches"),
    "sector_pairs": Text("连接的部门组合", "the sector pairs it connects"),
    "sole_pairs": Text("只通过它相遇的伙伴对数", "the pairs that meet only through it"),
    "liaison": Text("在其他部门之间牵线的次数", "how often it links two other sectors"),
    "participation": Text("关系在各部门的分布", "how its ties spread over the sectors"),
    "sectors": Text("伙伴来自的部门", "the sectors of its partners"),
}


def alike_sentence(similarity: float, features: Mapping[str, float]) -> Text:
    """Say how like two actors are (0 to 1), in what most, and in what they differ.

    ``features`` has the likeness in each of `FEATURES`, 0 to 1.
    """
    in_order = sorted(features, key=lambda slug: -features[slug])
    alike = [slug for slug in in_order if features[slug] >= ALIKE][:3]
    unlike = [slug for slug in in_order[::-1] if features[slug] < UNLIKE][:2]
    percent = round(100 * similarity)
    start = Text(f"{percent}% 相似", f"{percent}% alike")
    if alike:
        start = Text(
            f"{start.zh}，最像的是{_zh(alike)}", f"{start.en}, most of all in {_en(alike)}"
        )
    if unlike:
        start = Text(f"{start.zh}；不同在{_zh(unlike)}", f"{start.en}; unlike in {_en(unlike)}")
    return Text(f"{start.zh}。", f"{start.en}.")


def _zh(slugs: list[str]) -> str:
    return "、".join(FEATURES[slug].zh for slug in slugs)


def _en(slugs: list[str]) -> str:
    words = [FEATURES[slug].en for slug in slugs]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
