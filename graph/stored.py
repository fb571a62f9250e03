"""Everything that is stored, each record under the key that tells it from the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph.records import Area, Need, Node, Tie

TieKey = tuple[str, str, str, str]
NeedKey = tuple[str, str, str, str, str]


def tie_key(tie: Tie) -> TieKey:
    """Return what makes a tie the same tie: its ends, its relation and when it began."""
    return tie.start, tie.relation, tie.end, tie.since or ""


def need_key(need: Need) -> NeedKey:
    """Return what makes a need or offer the same one."""
    return need.sort, need.actor, need.domain, need.resource, need.since or ""


def need_id(need: Need) -> str:
    """Return the id by which a need or offer is asked for: its key without the empty start.

    Such as ``need:beilangdong:垃圾分类:厨余垃圾处理设备``, or with a start
    ``offer:hemei:公共空间:场地:2022-07``.
    """
    return ":".join(part for part in need_key(need) if part)


@dataclass(slots=True)
class Stored:
    """What the store holds already, by key; each record under what makes it the same record."""

    nodes: dict[str, Node] = field(default_factory=dict)
    ties: dict[TieKey, Tie] = field(default_factory=dict)
    needs: dict[NeedKey, Need] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)


def read_stored(read: Callable[[str], list[dict[str, Any]]]) -> Stored:
    """Read all that is stored through ``read``, a reader of statements by name."""
    nodes = [Node(**{**row, "aliases": tuple(row["aliases"])}) for row in read("read.nodes")]
    ties = [Tie(**row) for row in read("read.ties")]
    needs = [Need(**row) for row in read("read.needs")]
    areas = [Area(**row) for row in read("read.areas")]
    return Stored(
        {n.id: n for n in nodes},
        {tie_key(t): t for t in ties},
        {need_key(n): n for n in needs},
        {a.path: a for a in areas},
    )
