"""How far a place has come along the field's own path, and what comparable communities have."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from graph.findings.places import PlaceRecord, Places
from graph.records import Node
from graph.text import Text

State = Literal["present", "absent", "unknown"]
N_COMPARABLE = 10
_NO_WORK = frozenset({"GOVERNS", "LOCATED_IN"})
_MEANS = frozenset({"FUNDS", "DONATES_TO", "PURCHASES_FROM"})
_GUIDES = frozenset({"ADVISES", "SUPPORTS", "INCUBATES"})


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps of the path, with the section of the literature it stands in."""

    slug: str
    section: str
    label: Text


STEPS: tuple[Step, ...] = (
    Step("platform", "五（一）", Text("平台与机制", "Platform and mechanism")),
    Step("resources", "五（二）", Text("体制内外资源", "Resources inside and outside the system")),
    Step("volunteers", "五（三）", Text("内生志愿力量", "Volunteers of its own")),
    Step("support", "五（四）", Text("专业支撑", "Professional support")),
    Step("methods", "五（五）", Text("新方法", "New methods")),
)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a step asks for. ``present`` says what counts, for the help."""

    slug: str
    step: str
    label: Text
    help: Text


CHECKS: tuple[Check, ...] = (
    Check(
        "platform",
        "platform",
        Text("平台或机制", "a platform or mechanism"),
        Text("平台、议事会、协调小组、联盟等。", "A platform, council, group or alliance."),
    ),
    Check(
        "space",
        "platform",
        Text("共用阵地", "a shared space"),
        Text("各方共用的场所。", "A place that the parties share."),
    ),
    Check(
        "inside",
        "resources",
        Text("民政以外的部门、群团", "departments beyond civil affairs"),
        Text(
            "街道和民政以外的部门、群团、上级党组织。",
            "Departments, mass and party organisations beyond the street and civil affairs.",
        ),
    ),
    Check(
        "outside",
        "resources",
        Text("企业或事业单位", "enterprises or institutions"),
        Text("企业、商户、学校、医院等。", "Companies, merchants, schools, hospitals, …"),
    ),
    Check(
        "team",
        "volunteers",
        Text("居民自己的队伍", "a team of its residents"),
        Text("志愿队或居民自己的组织。", "A volunteer team or a residents' own group."),
    ),
    Check(
        "means",
        "volunteers",
        Text("队伍有经费或扶持", "means for its teams"),
        Text(
            "队伍得到资助、捐赠、购买或孵化。",
            "Its teams are funded, given to, paid for services or incubated.",
        ),
    ),
    Check(
        "professional",
        "support",
        Text("社会组织或社工", "a social organisation or social worker"),
        Text("在这里做事的社会组织、社工。", "One that works here."),
    ),
    Check(
        "guidance",
        "support",
        Text("专业指导", "professional guidance"),
        Text(
            "社会组织或社工在这里指导、支持或孵化。",
            "A social organisation or social worker advises, supports or incubates here.",
        ),
    ),
    Check(
        "platform_online",
        "methods",
        Text("线上平台", "an online platform"),
        Text(
            "登记为线上的平台；没有说明是不是线上的，算不知道。",
            "A platform entered as online; where nothing says so, it is not known.",
        ),
    ),
    Check(
        "points",
        "methods",
        Text("可兑换的积分或时间", "points or hours that can be redeemed"),
        Text("有兑换处的积分、时间银行。", "Points or a time bank with a place to redeem them."),
    ),
    Check(
        "fund",
        "methods",
        Text("社区基金", "a community fund"),
        Text("社区基金、专项资金。", "A community fund or earmarked money."),
    ),
)
CHECK_BY_SLUG = {check.slug: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether what a check asks for is on record, and what that is.

    ``absent`` means not on record; ``unknown`` that nothing is on record that could tell.
    """

    check: Check
    state: State
    facts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not on record here but is with comparable communities.

    ``examples`` are those of the ``n_comparable`` that have it.
    """

    check: Check
    examples: tuple[Node, ...]
    n_comparable: int


def maturity(places: Places, place: PlaceRecord) -> tuple[Finding, ...]:
    """Return one finding for each check, in the order of the path.

    Where no tie at all is on record everything is unknown, and so are means without a team, and an
    online platform where of some platform nothing says whether it is.
    Time: that of the ties of who is in the place.
    """
    if place.n_ties == 0 and not place.programmes:
        return tuple(Finding(check, "unknown", ()) for check in CHECKS)
    here = _actors(places, place)
    teams = [n for n in here if _is_team(n) and places.parties[n.id] == "residents"]
    tests: dict[str, Callable[[], list[Node]]] = {
        "platform": lambda: _arranged(place, "Platform", "Mechanism"),
        "space": lambda: _arranged(place, "Space"),
        "inside": lambda: [n for n in here if _is_beyond_civil_affairs(places, n)],
        "outside": lambda: [
            n for n in here if places.parties[n.id] in ("enterprise", "institution")
        ],
        "team": lambda: teams,
        "means": lambda: [t for t in teams if _has_means(places, t)],
        "professional": lambda: [n for n in here if places.parties[n.id] == "social_organisation"],
        "guidance": lambda: _guides(places, place, here, teams),
        "platform_online": lambda: [n for n in _arranged(place, "Platform") if n.is_online],
        "points": lambda: [
            n
            for n in _arranged(place, "Mechanism", "Platform")
            if any(t.relation == "REDEEMS_AT" for t in places.ties_of(n.id))
        ],
        "fund": lambda: _arranged(place, "Fund"),
    }
    findings = []
    for check in CHECKS:
        facts = tuple(tests[check.slug]())
        state: State = "present" if facts else "absent"
        if (check.slug == "means" and not teams) or (
            check.slug == "platform_online"
            and not facts
            and any(n.is_online is None for n in _arranged(place, "Platform"))
        ):
            state = "unknown"
        findings.append(Finding(check, state, facts))
    return tuple(findings)


def comparable(places: Places, community: Node, sizes: dict[str, int]) -> tuple[Node, ...]:
    """Return the communities most like this one, nearest first, at most `N_COMPARABLE`.

    Distance is the sum of three parts: the share of the longer area path that is not common; the
    difference of the logarithms of the numbers of ties; and, where ``sizes`` (people or households
    by area) has both, that of the logarithms of the sizes, or else 1. Communities about which
    nothing is on record are left out. Time O(communities).
    """
    own = _size(community, sizes)
    n_own = len(places.ties_of(community.id))

    def distance(other: Node) -> float:
        size = _size(other, sizes)
        n_ties = len(places.ties_of(other.id))
        apart = abs(math.log(size / own)) if own and size else 1.0
        return (
            1.0
            - _nearness(community.area, other.area)
            + abs(math.log((n_ties + 1) / (n_own + 1)))
            + apart
        )

    others = [c for c in places.communities() if c.id != community.id and places.ties_of(c.id)]
    return tuple(sorted(others, key=lambda c: (distance(c), c.id))[:N_COMPARABLE])


def lacks(
    places: Places, findings: tuple[Finding, ...], others: tuple[Node, ...]
) -> tuple[Lack, ...]:
    """Return what is absent here and present with others, what most of them have first."""
    theirs = [(o, maturity(places, places.of(o))) for o in others]
    found = []
    for place, finding in enumerate(findings):
        if finding.state != "absent":
            continue
        having = tuple(o for o, checks in theirs if checks[place].state == "present")
        if having:
            found.append(Lack(finding.check, having, len(others)))
    return tuple(sorted(found, key=lambda lack: -len(lack.examples)))


def _actors(places: Places, place: PlaceRecord) -> list[Node]:
    """Return who is in the programmes, lies in the area, or works with the place directly."""
    found = {a.id: a for a in place.actors}
    if place.area:
        found |= {n.id: n for n in places.within(place.area) if n.is_actor}
    if place.node and place.node.is_actor:
        for tie in places.ties_of(place.node.id):
            if tie.relation not in _NO_WORK:
                other = places.nodes[tie.end if tie.start == place.node.id else tie.start]
                if other.is_actor:
                    found[other.id] = other
        found.pop(place.node.id, None)
    return sorted(found.values(), key=lambda n: n.id)


def _is_team(actor: Node) -> bool:
    return actor.kind in ("VolunteerTeam", "CommunityOrganisation")


def _is_beyond_civil_affairs(places: Places, actor: Node) -> bool:
    return (
        places.parties[actor.id] == "government"
        and actor.kind != "StreetOffice"
        and "民政" not in actor.name
    )


def _arranged(place: PlaceRecord, *kinds: str) -> list[Node]:
    return [n for kind in kinds for n in place.arrangements[kind]]


def _has_means(places: Places, team: Node) -> bool:
    for tie in places.ties_of(team.id):
        other = places.nodes[tie.start if tie.end == team.id else tie.end]
        if tie.end == team.id and tie.relation in {*_MEANS, "INCUBATES"}:
            return True
        if tie.start == team.id and other.kind == "Fund":
            return True
    return False


def _guides(places: Places, place: PlaceRecord, here: list[Node], teams: list[Node]) -> list[Node]:
    acts = [*place.acts, *(a for p in place.programmes for a in p.acts)]
    guiding = {a.actor.id for a in acts if a.tie.relation in _GUIDES}
    guiding |= {t.start for team in teams for t in places.ties_of(team.id) if t.relation in _GUIDES}
    return [n for n in here if n.id in guiding and places.parties[n.id] == "social_organisation"]


def _nearness(one: str | None, other: str | None) -> float:
    """Return the share of two area paths that they have in common from the top, 0 to 1."""
    if not one or not other:
        return 0.0
    a, b = one.split("/"), other.split("/")
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    n_common = min(len(a), len(b)) if common is None else common
    return n_common / max(len(a), len(b))


def _size(community: Node, sizes: dict[str, int]) -> int | None:
    return sizes.get(community.area or "")
