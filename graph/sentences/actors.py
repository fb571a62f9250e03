"""What is said about brokers, hubs, an actor's part and a whole area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.model import SECTOR_BY_SLUG
from graph.records import Node
from graph.sentences.words import listed, with_sector
from graph.text import Text, counted

if TYPE_CHECKING:
    from graph.analysis.brokerage import Roles
    from graph.analysis.hubs import HubProfile


def broker_reason(n_pairs: int, n_sole: int, example: tuple[Node, Node] | None) -> Text:
    """Say how many pairs meet through a broker, with an example that meets only there."""
    if not n_pairs:
        return Text(
            "它的伙伴彼此都有往来，没有人需要通过它相识。",
            "Its partners all know one another; nobody needs it to meet.",
        )
    start = Text(
        f"它的伙伴中有 {n_pairs} 对彼此没有往来",
        f"Among its partners {counted(n_pairs, 'pair')} "
        f"{'has' if n_pairs == 1 else 'have'} no tie of their own",
    )
    if example is None:
        return Text(
            f"{start.zh}，但都另有共同伙伴。",
            f"{start.en}, but each has another common partner.",
        )
    a, b = (with_sector(end) for end in example)
    return Text(
        f"{start.zh}，其中 {n_sole} 对只有它这一个共同伙伴，例如{a.zh}与{b.zh}。",
        f"{start.en}; for {n_sole:,} of them it is the only common partner, such as {a.en} and "
        f"{b.en}.",
    )


def hub_reason(
    profile: HubProfile, communities: Sequence[Node], enterprises: Sequence[Node]
) -> Text:
    """Say whom a hub brings together and what would be lost without it."""
    n_pairs, n_sole, n_sector_pairs = profile.liaison, profile.sole_pairs, profile.sector_pairs
    if not n_pairs:
        return Text(
            "没有让其他两类主体通过它相遇。",
            "No two actors of other sectors meet through it.",
        )
    reach = _reach(communities, enterprises)
    only = (
        Text(f"其中 {n_sole} 对只通过它", f"{n_sole:,} of them only through it")
        if n_sole
        else Text("但都另有共同伙伴", "though each has another common partner")
    )
    return Text(
        f"{reach.zh}让其他各类主体的 {n_pairs} 对伙伴通过它相遇"
        f"（{n_sector_pairs} 种部门组合），{only.zh}。",
        f"{reach.en}{counted(n_pairs, 'pair')} of other sectors "
        f"({counted(n_sector_pairs, 'sector combination')}) "
        f"{'meets' if n_pairs == 1 else 'meet'} through it, {only.en}.",
    )


def _reach(communities: Sequence[Node], enterprises: Sequence[Node]) -> Text:
    c, e = listed([n.label() for n in communities]), listed([n.label() for n in enterprises])
    if communities and enterprises:
        return Text(
            f"一头是{e.zh}，一头是{c.zh}；", f"With {e.en} on one side and {c.en} on the other, "
        )
    if communities:
        return Text(f"联系着{c.zh}；", f"Tied to {c.en}; ")
    if enterprises:
        return Text(f"联系着{e.zh}；", f"Tied to {e.en}; ")
    return Text("", "")


def role_sentence(
    actor: Node, n_partners: int, by_sector: dict[str, int], roles: Roles, hub_rank: int | None
) -> Text:
    """Say in one sentence what part an actor plays in the network."""
    sector = SECTOR_BY_SLUG[str(actor.sector)].label
    name = actor.label()
    if not n_partners:
        return Text(
            f"{name.zh}（{sector.zh}）还没有登记任何伙伴。",
            f"{name.en} ({sector.en.lower()}) has no partner on record yet.",
        )
    partners = Text(
        f"{name.zh}（{sector.zh}）有 {n_partners} 个直接伙伴，来自 {len(by_sector)} 个部门",
        f"{name.en} ({sector.en.lower()}) has {counted(n_partners, 'direct partner')} in "
        f"{counted(len(by_sector), 'sector')}",
    )
    part = _part(roles)
    hub = (
        Text(f"，枢纽排名第 {hub_rank}", f", and ranks {hub_rank} among the hubs")
        if hub_rank
        else Text("", "")
    )
    return Text(f"{partners.zh}{part.zh}{hub.zh}。", f"{partners.en}{part.en}{hub.en}.")


def _part(roles: Roles) -> Text:
    """Name the role that an actor has most often."""
    parts = (
        (
            roles.liaison,
            Text(
                "主要在其他不同部门之间牵线（联络人）",
                "mostly linking sectors other than its own (liaison)",
            ),
        ),
        (
            roles.gatekeeper,
            Text(
                "主要在本部门与外部门之间把门引路（守门人）",
                "mostly standing between its own sector and others (gatekeeper)",
            ),
        ),
        (
            roles.itinerant,
            Text(
                "主要为另一部门内部牵线（巡回中介）",
                "mostly linking members of one other sector (itinerant broker)",
            ),
        ),
        (
            roles.coordinator,
            Text(
                "主要在本部门内部协调（协调人）",
                "mostly linking members of its own sector (coordinator)",
            ),
        ),
    )
    count, phrase = max(parts, key=lambda p: p[0])
    if not count:
        return Text("，伙伴之间彼此都相识", ", who all know one another")
    return Text(f"，{phrase.zh}", f", {phrase.en}")


def evidence_sentence(actor: Node, n_pairs: int, n_sole: int) -> Text:
    """Say what the evidence of an actor's brokerage amounts to."""
    name = actor.label()
    if not n_pairs:
        return Text(
            f"没有哪两个主体要靠{name.zh}才能相遇。",
            f"No two actors need {name.en} to meet.",
        )
    return Text(
        f"{n_pairs} 对彼此没有往来的伙伴通过{name.zh}相遇，其中 {n_sole} 对没有别的共同伙伴。",
        f"{counted(n_pairs, 'pair')} of partners without a tie of their own "
        f"{'meets' if n_pairs == 1 else 'meet'} through {name.en}; {n_sole:,} "
        f"{'has' if n_sole == 1 else 'have'} no other common partner.",
    )
