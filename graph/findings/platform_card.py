"""What an actor is as a platform: whom it brings together, what hangs on it, who could stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.actor_network import ActorNetwork
from graph.network import IntArray, Network
from graph.records import Node, Tie

if TYPE_CHECKING:
    from graph.analysis.cuts import Cuts

N_STAND_INS = 5


@dataclass(frozen=True, slots=True)
class LostSector:
    """The communities around an actor that, without it, have nobody of a sector in two steps.

    Of another sector than their own.

    ``communities`` are those partners of it that now have one at most two steps away and would
    have none; ``n_reaching`` how many of them have one now.
    """

    sector: str
    communities: tuple[Node, ...]
    n_reaching: int


@dataclass(frozen=True, slots=True)
class StandIn:
    """Another actor that works with some of the same partners.

    ``communities`` and ``others`` are the partners that both have.
    """

    actor: Node
    communities: tuple[Node, ...]
    others: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What the network loses without an actor.

    ``cut_off`` are the parts that fall off the rest, each in order of name, largest first.
    """

    cut_off: tuple[tuple[Node, ...], ...]
    lost: tuple[LostSector, ...]


def roles_in_affiliations(
    ties: Iterable[Tie], nodes: Mapping[str, Node], actor_id: str
) -> dict[str, tuple[Node, ...]]:
    """Return the affiliations that an actor takes part in by these ties, by relation."""
    found: dict[str, dict[str, Node]] = {}
    for tie in ties:
        if tie.start == actor_id and tie.end in nodes and not nodes[tie.end].is_actor:
            found.setdefault(tie.relation, {})[tie.end] = nodes[tie.end]
    return {relation: tuple(at.values()) for relation, at in found.items()}


def without(actors: ActorNetwork, cuts: Cuts, i: int) -> Without:
    """Return what would be lost without actor i.

    Time O(n + m) where it cuts something off, and that of two steps from its communities.
    """
    parts = cuts.parts(i)[1:] if cuts.is_articulation[i] else []
    cut_off = tuple(
        tuple(sorted((actors.actors[j] for j in part.tolist()), key=lambda a: a.name))
        for part in parts
    )
    net = actors.network.undirected
    communities = [j for j in net.neighbours(i).tolist() if actors.actors[j].kind == "Community"]
    reach_now: dict[int, list[int]] = {}
    reach_then: dict[int, list[int]] = {}
    for c in communities:
        now, then = _groups_in_two_steps(net, c, i)
        for group in now.tolist():
            reach_now.setdefault(group, []).append(c)
        for group in np.setdiff1d(now, then).tolist():
            reach_then.setdefault(group, []).append(c)
    lost = tuple(
        LostSector(
            str(net.group_names[group]),
            tuple(sorted((actors.actors[c] for c in cs), key=lambda a: a.name)),
            len(reach_now[group]),
        )
        for group, cs in sorted(reach_then.items(), key=lambda item: (-len(item[1]), item[0]))
        if group >= 0 and net.group_names[group] != "community"
    )
    return Without(cut_off, lost)


def _groups_in_two_steps(net: Network, start: int, left_out: int) -> tuple[IntArray, IntArray]:
    """Return the groups of the nodes within two steps of ``start``, with and without a node.

    Its own group counts only where another of it is reached; what ``left_out`` alone leads to,
    and it itself, is missing from the second.
    """
    first = net.neighbours(start)
    kept = first[first != left_out]
    behind = [net.neighbours(j) for j in kept.tolist()]
    then = np.unique(np.concatenate([kept, *behind]))
    then = then[(then != start) & (then != left_out)]
    now = np.union1d(then, net.neighbours(left_out))
    now = np.union1d(now[now != start], [left_out])
    return np.unique(net.groups[now]), np.unique(net.groups[then])


def stand_ins(actors: ActorNetwork, i: int) -> tuple[StandIn, ...]:
    """Return who shares most partners with actor i, at most `N_STAND_INS`, best first.

    One counts that shares at least one community, or partners of at least two sectors. Places,
    volunteers and groups of actors cannot stand in for a platform. Those that
    share more communities come first, then more other partners. Time O(Σ degrees of partners).
    """
    net = actors.network.undirected
    partners = net.neighbours(i).tolist()
    shared: dict[int, list[int]] = {}
    for p in partners:
        for j in net.neighbours(p).tolist():
            if j != i:
                shared.setdefault(j, []).append(p)
    found = []
    for j, common in shared.items():
        actor = actors.actors[j]
        if actor.sector in ("community", "volunteer") or actor.is_group:
            continue
        nodes = sorted((actors.actors[p] for p in common), key=lambda a: a.name)
        communities = tuple(n for n in nodes if n.kind == "Community")
        others = tuple(n for n in nodes if n.kind != "Community")
        if communities or len({n.sector for n in others}) > 1:
            found.append(StandIn(actor, communities, others))
    found.sort(key=lambda s: (-len(s.communities), -len(s.others), s.actor.name))
    return tuple(found[:N_STAND_INS])
