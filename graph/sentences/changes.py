"""What is said about what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.findings.gaps import Gap
from graph.text import Text, counted

_WORDS = {
    "actors": ("主体和项目", "actor or project", "actors and projects"),
    "ties": ("关系", "tie", "ties"),
    "needs": ("需求和供给", "need or offer", "needs and offers"),
    "areas": ("区域", "area", "areas"),
}
_NOT_COMPARED = {
    "undone": Text(
        "这次导入已经撤销，缺口和导入之前一样。",
        "This import was undone, so the gaps are as they were before it.",
    ),
    "older": Text(
        "缺口的变化只对最近一次仍然有效的导入比较。",
        "What became of the gaps is compared for the newest import that still stands only.",
    ),
    "only": Text(
        "这是唯一的一次导入，所以每一处缺口都是新的。",
        "This is the only import, so every gap is new.",
    ),
    "large": Text(
        "这次导入改动太多，没有比较导入前后的缺口。",
        "This import changed too much for the gaps before and after it to be compared.",
    ),
    "shared": Text(
        "分享的页面只有部分资料，不比较导入前后的缺口。",
        "A shared page has a part of the data only; gaps before and after are not compared there.",
    ),
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


def gap_changes_sentence(
    day: str, area: Text | None, opened: Sequence[Gap], closed: Sequence[Gap]
) -> Text:
    """Say how many gaps are new and gone since an import, in an area or everywhere.

    What is unknown is no gap and not counted.
    """
    start = Text(f"{area.zh}：" if area else "", f"{area.en}: " if area else "")
    n_new, n_gone = (sum(g.state != "unknown" for g in gaps) for gaps in (opened, closed))
    if not (n_new or n_gone):
        return Text(
            f"{start.zh}{day} 的导入没有新增缺口，也没有弥合缺口。",
            _sentence(f"{start.en}the import of {day} opened no gap and closed none."),
        )
    return Text(
        f"{start.zh}{day} 的导入之后，新增 {n_new} 处缺口，弥合 {n_gone} 处。",
        _sentence(
            f"{start.en}with the import of {day} {counted(n_new, 'gap opened', 'gaps opened')} "
            f"and {n_gone:,} closed."
        ),
    )


def not_compared_sentence(why: str) -> Text:
    """Say why the gaps before and after an import are not compared.

    ``why`` is one of ``undone``, ``older``, ``only``, ``large`` and ``shared``.
    """
    return _NOT_COMPARED[why]
