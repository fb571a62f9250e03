"""What is said about an actor as a platform."""

from __future__ import annotations

from collections.abc import Sequence

from graph.findings.platform_card import LostSector, StandIn, Without
from graph.model import SECTOR_BY_SLUG
from graph.records import Node
from graph.sentences.words import listed
from graph.text import Text, counted


def card_sentence(actor: Node, n_pairs: int, n_sole: int, n_communities: int) -> Text:
    """Sum up whom an actor brings together."""
    name = actor.label()
    if not n_pairs:
        return Text(
            f"没有两个主体通过{name.zh}相遇，它还不是平台。",
            f"No two actors meet through {name.en}; it is no platform yet.",
        )
    return Text(
        f"{name.zh}直接联系 {n_communities} 个社区，{n_pairs} 对彼此没有往来的伙伴通过它相遇，"
        f"其中 {n_sole} 对只能通过它。",
        f"{name.en} is tied to {counted(n_communities, 'community', 'communities')}; "
        f"{counted(n_pairs, 'pair')} of partners without a tie of their own "
        f"{'meets' if n_pairs == 1 else 'meet'} through it, {n_sole:,} of them only through it.",
    )


def without_sentence(actor: Node, found: Without) -> Text:
    """Say what falls apart without an actor."""
    name = actor.label()
    lost = Text("", "")
    if found.lost:
        first = found.lost[0]
        n, label = len(first.communities), SECTOR_BY_SLUG[first.sector].label
        lost = Text(
            f"{n} 个社区两步之内再也找不到{label.zh}",
            f"{counted(n, 'community', 'communities')} would have nobody of the sector "
            f"“{label.en}” within two steps",
        )
    n_off = sum(len(part) for part in found.cut_off)
    off = Text(
        f"{n_off} 个主体与其余各方断开",
        f"{counted(n_off, 'actor')} would be cut off from the rest",
    )
    said = [text for text, is_so in ((off, n_off), (lost, found.lost)) if is_so]
    if not said:
        return Text(
            f"没有{name.zh}，没有谁会断开，社区两步之内仍找得到同样的各方。",
            f"Without {name.en} nobody is cut off, and every community still finds the same "
            "sectors within two steps.",
        )
    zh = "，".join(t.zh for t in said)
    en = ", and ".join(t.en for t in said)
    return Text(f"没有{name.zh}，{zh}。", f"Without {name.en}, {en}.")


def lost_sentence(found: LostSector) -> Text:
    """Name the communities that would lose a sector."""
    label = SECTOR_BY_SLUG[found.sector].label
    names = listed([c.label() for c in found.communities])
    n = len(found.communities)
    return Text(
        f"{label.zh}：现在有 {found.n_reaching} 个社区两步之内够得着，没有它就有 {n} 个够不着"
        f"（{names.zh}）。",
        f"{label.en}: {counted(found.n_reaching, 'community', 'communities')} now "
        f"{'has' if found.n_reaching == 1 else 'have'} one within two steps; without it {n} would "
        f"not ({names.en}).",
    )


def stand_in_sentence(found: StandIn) -> Text:
    """Say why another actor could stand in."""
    parts: list[Text] = []
    for nodes, word, words in (
        (found.communities, "community", "communities"),
        (found.others, "other partner", "other partners"),
    ):
        if nodes:
            names = listed([n.label() for n in nodes])
            zh = "个社区" if word == "community" else "个其他伙伴"
            parts.append(
                Text(
                    f"{len(nodes)} {zh}（{names.zh}）",
                    f"{counted(len(nodes), word, words)} ({names.en})",
                )
            )
    zh, en = "、".join(p.zh for p in parts), " and ".join(p.en for p in parts)
    return Text(f"与它共有 {zh}。", f"Shares {en} with it.")


def no_stand_in(found: Sequence[StandIn]) -> Text | None:
    """Say that nobody shares enough with an actor to stand in; None where somebody does."""
    if found:
        return None
    return Text(
        "没有谁与它共有社区，也没有谁与它共有两类以上的伙伴；目前没有替代者。",
        "Nobody shares a community with it, or partners of two sectors; nobody could stand in now.",
    )
