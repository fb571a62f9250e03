"""Whom partners are looked for, and what it needs: an actor, an affiliation, a gap, a need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.codes import COLUMN_BIT
from graph.findings.gaps import Gap
from graph.findings.ground import Ground
from graph.findings.reach import Standing
from graph.model import COLUMNS, KIND_BY_SLUG, RELATION_BY_SLUG
from graph.records import Need, Node, holds_on

SOCIAL = ("SocialOrganisation", "Foundation", "SocialWorkStation")
OFFICES = ("StreetOffice", "GovernmentAgency", "MassOrganisation", "PartyOrganisation")
BUSINESSES = ("Enterprise", "Merchant", "SocialEnterprise")
INSTITUTIONS = ("School", "University", "Hospital", "OtherInstitution")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a gap calls for: the kinds that can fill it and the resource they would bring.

    ``word`` stands in the slugs of the rules that it is for. Where ``is_other``, kinds of the
    sectors whose ties stand behind the gap are left out.
    """

    word: str
    kinds: tuple[str, ...]
    resource: str = ""
    is_other: bool = False


# The first whose word stands in the slug of a rule counts; where none does, all kinds will do.
SOUGHT: tuple[Sought, ...] = (
    Sought("decision", ("PartyOrganisation", "CommunityOrganisation", "SocialOrganisation")),
    Sought("fund", (*BUSINESSES, "Foundation", *OFFICES[:2]), "资金"),
    Sought("successor", (*BUSINESSES, "Foundation", *OFFICES[:3]), "资金"),
    Sought("purchaser", OFFICES, "资金"),
    Sought("training", (*SOCIAL, "University"), "培训"),
    Sought("support", SOCIAL, "专业支持"),
    Sought("filed", ("StreetOffice", "GovernmentAgency", "SocialOrganisation")),
    Sought("outside", ("VolunteerTeam", "CommunityOrganisation", "Merchant")),
    Sought("team", (*SOCIAL, "VolunteerTeam", "CommunityOrganisation"), "志愿者"),
    Sought("space", (*BUSINESSES, *INSTITUTIONS), "场地"),
    Sought("platform", ("SocialOrganisation", *OFFICES), "对接平台"),
    Sought("activity", (*SOCIAL, "VolunteerTeam", "CommunityOrganisation"), "志愿服务项目"),
    Sought("civil_affairs", OFFICES[1:]),
    Sought("giver", ("Community", "SocialOrganisation")),
    Sought("enterprise", (*BUSINESSES, *INSTITUTIONS)),
    Sought("bridge", (*SOCIAL, *BUSINESSES, *INSTITUTIONS)),
    Sought("without_points", ("StreetOffice", "SocialOrganisation"), "积分"),
    Sought("points", BUSINESSES, "积分兑换服务"),
    Sought(
        "driver", (*SOCIAL, "CommunityOrganisation", "VolunteerTeam", *BUSINESSES, *OFFICES),
        is_other=True,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Whom partners are looked for.

    asked : the id that was asked for.
    node : the actor or affiliation it is about.
    actor : who would get the partner: ``node``, or the team that a person is counted in.
    standing : where it stands in the network.
    wants : the needs and offers that are to be met.
    lacking : columns of the five 社 it has no partner of; None where that is not known, or where
        it is no community.
    sought : kinds that a gap calls for; empty where all will do.
    gap, want : what was asked for, where it was one of these.
    """

    asked: str
    node: Node
    actor: Node
    standing: Standing
    wants: tuple[Need, ...]
    lacking: tuple[str, ...] | None
    sought: tuple[str, ...] = ()
    gap: Gap | None = None
    want: Need | None = None


def subject_of(
    ground: Ground,
    node: Node,
    asked: str,
    gap: Gap | None = None,
    want: Need | None = None,
    day: str | None = None,
) -> Subject:
    """Return what partners are looked for on behalf of ``node``.

    A need or an offer asks for what meets it alone; a gap also for the kinds that fill it and for
    their resource, a need without a domain, beside the needs and offers of its subject.
    ``day`` as in `standing_of`.
    """
    position = ground.network.index.get(ground.folded.get(node.id, node.id))
    actor = node if position is None else ground.network.actors[position]
    wants: tuple[Need, ...] = (
        (want,)
        if want
        else tuple(n for n in ground.records.needs if n.actor in (node.id, actor.id))
    )
    sought = next((s for s in SOUGHT if gap and s.word in gap.rule), Sought("", ()))
    if sought.resource:
        wants = (*wants, Need("need", node.id, "", sought.resource))
    return Subject(
        asked,
        node,
        actor,
        standing_of(ground, actor, day),
        wants,
        None if position is None else _lacking(ground, position),
        _kinds(ground, sought, gap),
        gap,
        want,
    )


def _kinds(ground: Ground, sought: Sought, gap: Gap | None) -> tuple[str, ...]:
    if gap is None or not sought.is_other:
        return sought.kinds
    index, actors = ground.network.index, ground.network.actors
    behind = {row["start"] for row in gap.ties} & index.keys()
    sectors = {actors[index[i]].sector for i in behind}
    return tuple(kind for kind in sought.kinds if KIND_BY_SLUG[kind].sector not in sectors)


def _lacking(ground: Ground, position: int) -> tuple[str, ...] | None:
    actor = ground.network.actors[position]
    if actor.kind != "Community" or actor.is_group or not ground.network.network.degrees[position]:
        return None
    bits = int(ground.lacking[position])
    return tuple(c.slug for c in COLUMNS if bits & COLUMN_BIT[c.slug])


def standing_of(ground: Ground, node: Node, day: str | None = None) -> Standing:
    """Return where an actor stands, or an affiliation: tied to all who have a part in it.

    The strength of such a tie is the largest of those stored between the two. With ``day``, only
    parts that hold on it count. An actor outside the network, or one without ties, has nobody.
    """
    network = ground.network
    position = network.index.get(node.id)
    if position is not None:
        return Standing.of(network.network, position)
    strengths: dict[int, int] = {}
    for tie in ground.records.ties if not node.is_actor else ():
        if node.id not in (tie.start, tie.end) or RELATION_BY_SLUG[tie.relation].role is None:
            continue
        other = tie.end if tie.start == node.id else tie.start
        at = network.index.get(ground.folded.get(other, other))
        if at is not None and (day is None or holds_on(tie.since, tie.until, day)):
            strengths[at] = max(tie.strength, strengths.get(at, 0))
    members = sorted(strengths)
    return Standing(
        None,
        np.array(members, np.int32),
        np.array([strengths[m] for m in members], np.float64),
    )
