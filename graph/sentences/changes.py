"""What is said about what an import brought."""

from __future__ import annotations

from collections.abc import Mapping

from graph.text import Text

_WORDS = {
    "actors": ("主体和项目", "actor or project", "actors and projects"),
    "ties": ("关系", "tie", "ties"),
    "needs": ("需求和供给", "need or offer", "needs and offers"),
    "areas": ("区域", "area", "areas"),
}


def changes_sentence(
    day: str, area: Text | None, counts: Mapping[str, Mapping[str, int]], *, is_only: bool
) -> Text:
    """Say what came, changed and ended with an import, in an area or everywhere.

    ``counts`` of ``actors``, ``ties``, ``needs`` and ``areas`` by ``new``, ``changed`` and
    ``ended``; ``is_only``: no other import stands, so that everything on record came with it.
    """
    start = Text(f"{area.zh}：" if area else "", f"{area.en}: " if area else "")
    if is_only:
        return Text(
            f"{start.zh}全部资料来自 {day} 的一次导入。",
            _sentence(f"{start.en}everything came with one import on {day}."),
        )
    parts = [p for p in (_counts(counts[sort], *words) for sort, words in _WORDS.items()) if p.zh]
    if not parts:
        return Text(
            f"{start.zh}{day} 的导入没有改动这里的资料。",
            _sentence(f"{start.en}the import of {day} changed nothing here."),
        )
    zh = "；".join(p.zh for p in parts)
    en = "; ".join(p.en for p in parts)
    return Text(
        f"{start.zh}{day} 的导入带来：{zh}。", _sentence(f"{start.en}the import of {day}: {en}.")
    )


def _counts(n: Mapping[str, int], zh: str, one: str, many: str) -> Text:
    words = {"new": ("新增", "new"), "changed": ("改动", "changed"), "ended": ("结束", "ended")}
    found = [(words[state], n[state]) for state in words if n[state]]
    if not found:
        return Text("", "")
    total = sum(count for _, count in found)
    return Text(
        zh + "、".join(f"{w[0]} {count} 个" for w, count in found),
        f"{', '.join(f'{count:,} {w[1]}' for w, count in found)} {one if total == 1 else many}",
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def undone_sentence(day: str) -> Text:
    """Say that what an import brought is not known any more."""
    return Text(
        f"{day} 的这次导入已经撤销，它带来的内容不再保存，只留下数目。",
        f"The import of {day} was undone; what it brought is not kept, only how much.",
    )
