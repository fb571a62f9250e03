"""What is said about the mode of a place, its dimensions and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from graph.findings.maturity import STEPS, Finding, Lack
from graph.findings.modes import MODE_BY_SLUG, MULTI_ACTOR, Condition, Diagnosis, Dimension
from graph.findings.parties import PARTY_BY_SLUG
from graph.model import label_of
from graph.sentences.words import listed
from graph.text import Text, counted

DIMENSION_LABELS = {
    "initiating": Text("谁发起", "Who starts it"),
    "funding": Text("谁出钱出物", "Who gives money and goods"),
    "operating": Text("谁运营", "Who runs it"),
    "volunteers": Text("谁出志愿者", "Who sends volunteers"),
    "deciding": Text("谁议事决定", "Who has a say"),
}
_CONDITION_LABELS = {
    "parties": Text("各方都在", "All parties are there"),
    "table": Text("坐在同一张桌子前", "At one table"),
    "arrangements": Text("长效的安排", "Standing arrangements"),
    "balance": Text("没有谁独大", "Nobody outweighs the rest"),
}


def percent(share: float) -> int:
    """Return a share as whole percent."""
    return round(100 * share)


def mode_sentence(name: Text, found: Diagnosis) -> Text:
    """Say which mode a place is in, how clearly, and on how much that rests."""
    if found.mode is None:
        return _no_mode(name, found)
    mode = MODE_BY_SLUG[found.mode].label
    basis = Text(f"依据 {found.n_acts} 条记录", f"on {counted(found.n_acts, 'recorded act')}")
    if found.mode == MULTI_ACTOR:
        return Text(
            f"{name.zh}是{mode.zh}：各方都在，坐在同一张桌子前，没有谁独大（{basis.zh}）。",
            f"{name.en} is {mode.en.lower()}: all parties are there, at one table, and none "
            f"outweighs the rest ({basis.en}).",
        )
    if found.margin is None:
        return Text(
            f"{name.zh}里的社区和项目都是{mode.zh}（{basis.zh}）。",
            f"The communities and programmes of {name.en} are all {mode.en.lower()} ({basis.en}).",
        )
    score = percent(found.scores[found.mode])
    how = _clearness(found.margin)
    start = Text(
        f"{name.zh}{how.zh}是{mode.zh}，占 {score}%",
        f"{name.en} is {how.en}{mode.en.lower()}, at {score}%",
    )
    if found.runner_up is None:
        return Text(f"{start.zh}（{basis.zh}）。", f"{start.en} ({basis.en}).")
    next_mode = MODE_BY_SLUG[found.runner_up].label
    next_score = percent(found.scores[found.runner_up])
    return Text(
        f"{start.zh}；其次是{next_mode.zh}，占 {next_score}%（{basis.zh}）。",
        f"{start.en}; next is {next_mode.en.lower()}, at {next_score}% ({basis.en}).",
    )


def _clearness(margin: float) -> Text:
    if margin >= 0.3:
        return Text("明显", "clearly ")
    if margin >= 0.1:
        return Text("", "")
    return Text("勉强", "just ")


def _no_mode(name: Text, found: Diagnosis) -> Text:
    if found.why_none == "nothing":
        return Text(
            f"关于{name.zh}，没有登记谁发起、运营、出资或出志愿者，看不出是哪种模式。",
            f"Nothing is on record about who starts, runs or funds anything in {name.en} or sends "
            "volunteers, so its mode cannot be told.",
        )
    if found.why_none == "no_driver":
        return Text(
            f"{name.zh}只登记了社区自己发起和运营的事，看不出是谁在驱动。",
            f"In {name.en} only the community itself is on record as starting or running things, "
            "so nobody can tell who drives it.",
        )
    if found.why_none == "level":
        score = percent(max(found.scores.values()))
        return Text(
            f"{name.zh}有两方不相上下，各占 {score}%，不能归入一种模式。",
            f"In {name.en} two parties are level at {score}% each, so it is in no one mode.",
        )
    by_mode = _count_modes(found)
    zh = "、".join(f"{MODE_BY_SLUG[m].label.zh} {n} 个" for m, n in by_mode)
    en = ", ".join(f"{n} {MODE_BY_SLUG[m].label.en.lower()}" for m, n in by_mode)
    n = len(found.parts)
    unknown = n - sum(count for _, count in by_mode)
    rest = Text(f"，{unknown} 个看不出", f", {unknown} not to be told") if unknown else Text("", "")
    return Text(
        f"{name.zh}的 {n} 个社区和项目模式不一：{zh}{rest.zh}。",
        f"The {counted(n, 'community or programme', 'communities and programmes')} of {name.en} "
        f"differ: {en}{rest.en}.",
    )


def _count_modes(found: Diagnosis) -> list[tuple[str, int]]:
    counts = [(m, sum(part[1] == m for part in found.parts)) for m in MODE_BY_SLUG]
    return [(m, n) for m, n in counts if n]


def dimension_sentence(found: Dimension) -> Text:
    """Say who acts in one dimension, largest share first, or that nobody is known to."""
    label = DIMENSION_LABELS[found.slug]
    if not found.shares:
        return Text(f"{label.zh}：没有登记。", f"{label.en}: not on record.")
    parts = sorted(found.shares.items(), key=lambda item: -item[1])
    zh = "，".join(f"{PARTY_BY_SLUG[p].label.zh} {percent(s)}%" for p, s in parts)
    en = ", ".join(f"{PARTY_BY_SLUG[p].label.en.lower()} {percent(s)}%" for p, s in parts)
    return Text(
        f"{label.zh}：{zh}（{found.n_votes} 处）。",
        f"{label.en}: {en} ({counted(found.n_votes, 'case')}).",
    )


def condition_label(condition: Condition) -> Text:
    """Return what a condition of the multi-actor mode is called."""
    return _CONDITION_LABELS[condition.slug]


def condition_sentence(condition: Condition) -> Text:
    """Say how far a condition of the multi-actor mode is met, and what would meet it."""
    if condition.slug == "balance":
        return _balance(condition)
    value, needed = int(condition.value or 0), int(condition.needed)
    label_for = _kind_label if condition.slug == "arrangements" else _party_label
    absent = listed([label_for(slug) for slug in condition.absent], limit=5)
    have = {
        "parties": Text(
            f"五方中有 {value} 方在场，需要 {needed} 方",
            f"{value} of the five outer parties are there, {needed} are needed",
        ),
        "table": Text(
            f"最多有 {value} 方同在一个机制、平台或协议里，需要 {needed} 方",
            f"at most {counted(value, 'party sits', 'parties sit')} in one mechanism, platform or "
            f"agreement, {needed} are needed",
        ),
        "arrangements": Text(
            f"有 {value} 种长效安排，需要 {needed} 种",
            f"{counted(value, 'kind')} of standing arrangements, {needed} are needed",
        ),
    }[condition.slug]
    en = have.en[0].upper() + have.en[1:]
    if condition.is_met or not condition.absent:
        return Text(f"{have.zh}。", f"{en}.")
    return Text(f"{have.zh}；还没有{absent.zh}。", f"{en}; not yet: {absent.en}.")


def _balance(condition: Condition) -> Text:
    needed = percent(condition.needed)
    if condition.value is None:
        return Text(
            "没有登记谁发起、谁运营，看不出是否均衡。",
            "Who starts and runs things is not on record, so the balance cannot be told.",
        )
    if condition.value == 0:
        return Text(
            "发起和运营的是社区自己，没有哪一方独大。",
            "The community itself starts and runs things; no party outweighs the rest.",
        )
    value = percent(condition.value)
    return Text(
        f"社区之外最大的一方占发起和运营的 {value}%，不应超过 {needed}%。",
        f"Apart from the community, the largest party has {value}% of starting and running; "
        f"{needed}% is the most it should have.",
    )


def _party_label(slug: str) -> Text:
    label = PARTY_BY_SLUG[slug].label
    return Text(label.zh, label.en.lower())


def _kind_label(slug: str) -> Text:
    label = label_of(slug)
    return Text(label.zh, label.en.lower())


def maturity_sentence(findings: Sequence[Finding]) -> Text:
    """Say how many steps of the path are complete, and what the first open one lacks."""
    if all(f.state == "unknown" for f in findings):
        return Text(
            "还没有登记任何关系，看不出走到了哪一步。",
            "Nothing is on record, so nobody can tell how far it has come.",
        )
    n_present = sum(f.state == "present" for f in findings)
    start = Text(
        f"五条路径的 {len(findings)} 项里登记了 {n_present} 项",
        f"{n_present} of the {len(findings)} things that the five paths ask for are on record",
    )
    open_ = [f for f in findings if f.state == "absent"]
    if not open_:
        return Text(f"{start.zh}。", f"{start.en}.")
    step = next(s for s in STEPS if s.slug == open_[0].check.step)
    missing = listed([f.check.label for f in open_ if f.check.step == step.slug])
    return Text(
        f"{start.zh}；下一步是“{step.label.zh}”：还没有{missing.zh}。",
        f"{start.en}; the next step is “{step.label.en}”: {missing.en} not yet on record.",
    )


def lack_sentence(lack: Lack) -> Text:
    """Say how many comparable communities have what this one has not, and which."""
    n, names = len(lack.examples), listed([e.label() for e in lack.examples])
    return Text(
        f"{lack.check.label.zh}：{lack.n_comparable} 个可比社区中有 {n} 个有，如{names.zh}。",
        f"{lack.check.label.en[0].upper()}{lack.check.label.en[1:]}: {n} of "
        f"{counted(lack.n_comparable, 'comparable community', 'comparable communities')} "
        f"{'has' if n == 1 else 'have'} it, such as {names.en}.",
    )
