"""The parties of five-community collaboration, and on whose behalf an actor acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import KIND_BY_SLUG
from graph.records import Node, Records
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who can drive a collaboration; close to a sector, but by who stands behind.

    ``mode`` is the mode that a collaboration has which this party drives; None where the party
    is the platform (the community) or has no mode of its own.
    """

    slug: str
    label: Text
    help: Text
    mode: str | None


PARTIES: tuple[Party, ...] = (
    Party(
        "government",
        Text("政府与群团", "Government"),
        Text(
            "政府部门、街道、群团和党组织；社区自己的党组织算社区。",
            "Offices, mass and party organisations; a community's own party branch counts with it.",
        ),
        "government-driven",
    ),
    Party(
        "enterprise",
        Text("企业与商户", "Enterprises"),
        Text(
            "企业、商户、社会企业，以及隶属于它们的志愿队。",
            "Companies, merchants, social enterprises, and volunteer teams that belong to one.",
        ),
        "enterprise-driven",
    ),
    Party(
        "social_organisation",
        Text("社会组织与社工", "Social organisations"),
        Text(
            "登记的社会组织、基金会、社工站和社工。",
            "Registered organisations, foundations, social work stations and social workers.",
        ),
        "organisation-driven",
    ),
    Party(
        "residents",
        Text("居民志愿者", "Residents"),
        Text(
            "志愿者、志愿队和居民自己的组织；隶属于单位的队伍算那个单位。",
            "Volunteers, teams and residents' own groups; a team that belongs to a body counts "
            "with that body.",
        ),
        "volunteer-led",
    ),
    Party(
        "institution",
        Text("事业单位", "Institutions"),
        Text("学校、高校、医院和其他单位。", "Schools, universities, hospitals and other units."),
        None,
    ),
    Party(
        "community",
        Text("社区", "The community itself"),
        Text(
            "居委会、院落和社区自己的党组织：各方相遇的平台，在每种模式中都在场。",
            "The residents' committee, its compounds and party branches: the platform on which the "
            "others meet, there in every mode.",
        ),
        None,
    ),
)
PARTY_BY_SLUG = {party.slug: party for party in PARTIES}
DRIVERS = tuple(p.slug for p in PARTIES if p.mode)
OUTER_PARTIES = tuple(p.slug for p in PARTIES if p.slug != "community")

_PARTY_OF_SECTOR = {
    "government": "government",
    "community": "community",
    "social_organisation": "social_organisation",
    "social_work": "social_organisation",
    "volunteer": "residents",
    "enterprise": "enterprise",
    "institution": "institution",
}


def parties_of(records: Records) -> dict[str, str]:
    """Return on whose behalf each actor acts: a party's slug by the actor's id.

    A kind's sector decides, but for four cases: residents' own groups act for the residents; a
    team or group that is a member of an enterprise, an office, an organisation or an institution
    acts for that; a party branch inside a community acts for the community; social work counts
    with the social organisations. Time O(n + m).
    """
    nodes = records.by_id()
    territories = {
        n.area for n in records.nodes if n.kind == "Community" and n.area and _is_named_by_area(n)
    }
    found = {n.id: _own_party(n, territories) for n in records.nodes if n.is_actor}
    for start, end in sorted(_memberships(records, nodes)):
        if found[end] not in ("community", "residents"):
            found[start] = found[end]
    return found


def _is_named_by_area(community: Node) -> bool:
    return (community.area or "").rpartition("/")[2] == community.name


def _own_party(actor: Node, territories: set[str]) -> str:
    if actor.kind == "CommunityOrganisation":
        return "residents"
    if actor.kind == "PartyOrganisation" and actor.area in territories:
        return "community"
    return _PARTY_OF_SECTOR[KIND_BY_SLUG[actor.kind].sector]


def _memberships(records: Records, nodes: dict[str, Node]) -> Iterable[tuple[str, str]]:
    """Yield (team or group of residents, body that it is a member of)."""
    for tie in records.ties:
        if tie.relation != "MEMBER_OF":
            continue
        start, end = nodes.get(tie.start), nodes.get(tie.end)
        if start and end and end.is_actor and _may_be_lent(start):
            yield tie.start, tie.end


def _may_be_lent(actor: Node) -> bool:
    return actor.kind in ("VolunteerTeam", "Volunteer", "CommunityOrganisation")
