"""Coverage of the five 社: which of them each community has partners of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from graph.actor_network import ActorNetwork
from graph.model import COLUMNS, KIND_BY_SLUG
from graph.records import Node, Records


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many actors of each of the five 社 a community is tied to, itself counted as one.

    A cell is None where nothing at all is on record about the community, which is not a zero.
    """

    community: Node
    cells: dict[str, int | None]
    n_mechanisms: int | None
    n_spaces: int | None
    n_funds: int | None


def coverage(records: Records, network: ActorNetwork) -> tuple[Coverage, ...]:
    """Return one row for each community of ``network``, in order of area and name.

    A record that stands for several communities has no row.

    An actor counts for a community that it is tied to in ``network``, and for the community whose
    area it lies in. Affiliations count by any stored tie or by area. Time O(n + m).
    """
    nodes = records.by_id()
    affiliated: dict[str, set[str]] = defaultdict(set)
    for tie in records.ties:
        for one, other in ((tie.start, tie.end), (tie.end, tie.start)):
            if one in nodes and other in nodes:
                affiliated[one].add(other)
    inside: dict[str, set[str]] = defaultdict(set)
    for node in records.nodes:
        if node.area:
            inside[node.area].add(node.id)
    rows = []
    for i, actor in enumerate(network.actors):
        if actor.kind != "Community" or actor.is_group:
            continue
        own_area = actor.area if actor.area and actor.area.endswith(actor.name) else None
        lying_in = inside[own_area] if own_area else set()
        tied = affiliated[actor.id] | lying_in - {actor.id}
        partners = {partner.id for partner in network.partners(i)}
        partners |= {n for n in lying_in if nodes[n].is_actor} | {actor.id}
        rows.append(_row(actor, partners, tied, nodes))
    return tuple(sorted(rows, key=lambda r: (r.community.area or "", r.community.name)))


def _row(actor: Node, partners: set[str], tied: set[str], nodes: dict[str, Node]) -> Coverage:
    if not tied:
        return Coverage(actor, dict.fromkeys((c.slug for c in COLUMNS), None), None, None, None)
    columns = [KIND_BY_SLUG[nodes[p].kind].column for p in partners]
    kinds = [nodes[t].kind for t in tied]
    return Coverage(
        actor,
        {c.slug: columns.count(c.slug) for c in COLUMNS},
        kinds.count("Mechanism") + kinds.count("Platform"),
        kinds.count("Space"),
        kinds.count("Fund"),
    )
