"""Pieces that several sentences are made of.

Every number in a sentence is one that the answer carries as data too.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import SECTOR_BY_SLUG
from graph.records import Node
from graph.text import Text


def listed(names: Sequence[Text], limit: int = 3) -> Text:
    """Join the first names and say how many more there are."""
    shown, rest = names[:limit], len(names) - limit
    zh = "、".join(n.zh for n in shown)
    en = ", ".join(n.en for n in shown)
    if rest > 0:
        return Text(f"{zh}等 {len(names)} 个", f"{en} and {rest} more")
    return Text(zh, en if len(shown) < 2 else " and ".join(en.rsplit(", ", 1)))


def with_sector(actor: Node) -> Text:
    """Return an actor's name with its sector in brackets."""
    sector = SECTOR_BY_SLUG[str(actor.sector)].label
    name = actor.label()
    return Text(f"{name.zh}（{sector.zh}）", f"{name.en} ({sector.en.lower()})")
