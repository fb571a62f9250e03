"""What a term of the field means, shown on somebody in the stored data."""

from __future__ import annotations

from graph.model import label_of
from graph.records import Node, Tie
from graph.sentences.words import with_sector
from graph.text import Text, counted


def actor_example(actor: Node) -> Text:
    """Show what an actor is."""
    kind, name = label_of(actor.kind), actor.label()
    return Text(f"{name.zh}，类型是{kind.zh}。", f"{name.en}, of the kind {kind.en.lower()}.")


def affiliation_example(affiliation: Node, n_actors: int) -> Text:
    """Show what actors meet in."""
    kind, name = label_of(affiliation.kind), affiliation.label()
    return Text(
        f"{name.zh}（{kind.zh}），有 {n_actors} 个主体在其中往来。",
        f"{name.en} ({kind.en.lower()}), in which {counted(n_actors, 'actor')} "
        f"{'meets' if n_actors == 1 else 'meet'}.",
    )


def tie_example(tie: Tie, start: Node, end: Node, label: Text) -> Text:
    """Show a stored tie, with its source."""
    a, b = start.label(), end.label()
    source = (
        Text(f"（来源：{tie.source}）", f" (source: {tie.source})")
        if tie.source
        else Text("（来源未注明）", " (source not stated)")
    )
    return Text(f"{a.zh} {label.zh} {b.zh}{source.zh}。", f"{a.en} {label.en} {b.en}{source.en}.")


def weight_example(a: Node, b: Node, weight: float, n_shared: int) -> Text:
    """Show the strength between two, and in how many affiliations they meet."""
    one, other = a.label(), b.label()
    return Text(
        f"{one.zh}与{other.zh}之间的强度是 {weight:.3g}，是这里最大的；"
        f"两者在 {n_shared} 个项目或平台里相遇。",
        f"Between {one.en} and {other.en} it is {weight:.3g}, the largest here; the two meet in "
        f"{counted(n_shared, 'project or platform', 'projects or platforms')}.",
    )


def most_example(actor: Node, value: float, n_actors: int, label: Text) -> Text:
    """Show who has most of a measure."""
    name = actor.label()
    said = f"{int(value):,}" if value == int(value) else f"{value:.3g}"
    return Text(
        f"{name.zh}的“{label.zh}”是 {said}，在 {n_actors} 个主体中最大。",
        f"Of {counted(n_actors, 'actor')} {name.en} comes first: {label.en.lower()} {said}.",
    )


def role_example(actor: Node, ends: tuple[Node, Node], n: float) -> Text:
    """Show a broker with two that meet through it in one role, and how many such pairs it has."""
    name = with_sector(actor)
    a, b = (with_sector(end) for end in ends)
    said = f"{int(n):,}" if n == int(n) else f"{n:.3g}"
    return Text(
        f"{name.zh}把{a.zh}和{b.zh}连在一起，两者没有直接往来；这样的对数它有 {said}，在这里最多。",
        f"{name.en} connects {a.en} and {b.en}, who have no tie of their own; it has {said} such "
        f"{'pair' if n == 1 else 'pairs'}, the most here.",
    )


def five_example(community: Node, cells: list[tuple[Text, int]]) -> Text:
    """Show the five 社 around one community."""
    name = community.label()
    zh = "、".join(f"{label.zh} {n}" for label, n in cells)
    en = ", ".join(f"{label.en.lower()} {n:,}" for label, n in cells)
    return Text(f"{name.zh}周围：{zh}。", f"Around {name.en}: {en}.")


def projection_example(n_actors: int, n_stored: int, n_ties: int) -> Text:
    """Show what the network of actors comes to."""
    return Text(
        f"现在的数据有 {n_stored} 个主体；个人并入队伍后，网络里有 {n_actors} 个，"
        f"{n_ties} 对彼此往来。",
        f"The data have {counted(n_stored, 'actor')} now; with persons counted in their teams the "
        f"network has {n_actors:,}, of which {counted(n_ties, 'pair works', 'pairs work')} "
        "together.",
    )


def need_example(actor: Node, what: Text) -> Text:
    """Show a stated need."""
    name = actor.label()
    return Text(f"{name.zh}需要{what.zh}。", f"{name.en} needs {what.en}.")
