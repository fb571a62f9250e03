"""Direct ties: offices and what they govern, neighbourhoods, services, givers, volunteers."""

from __future__ import annotations

import numpy as np

from graph.city.arrays import LongArray
from graph.city.census import AGENCIES_OF_CITY, AGENCIES_OF_DISTRICT
from graph.city.chance import Chance
from graph.city.draft import Draft
from graph.city.pool import NOBODY
from graph.city.town import Town

# Where partners are found: in the own street, its district, the city.
NEAR = (0.6, 0.3, 0.1)
# … for those who live in a community: there, in its street, its district, the city.
LOCAL = (0.0, 0.6, 0.3, 0.1)
INSTITUTIONS = ("School", "University", "Hospital", "OtherInstitution")
_SENDERS = ("Enterprise", "SocialOrganisation", "School", "University", "Hospital")
_SHARE_IN_MORE_TEAMS = 0.10


def draw_direct(town: Town) -> Draft:
    """Return the ties among actors that are no volunteers, but for the planted ones."""
    draft = Draft()
    for draw in (_offices, _neighbourhoods, _teams, _services, _givers, _institutions):
        draw(town, Chance(town.plan.seed, draw.__name__), draft)
    return draft


def _offices(town: Town, chance: Chance, draft: Draft) -> None:
    """Party and government, from the city down to the communities."""
    tree, areas = town.tree, town.areas
    party, office, agency, mass, community = (
        town.of(kind)
        for kind in (
            "PartyOrganisation",
            "StreetOffice",
            "GovernmentAgency",
            "MassOrganisation",
            "Community",
        )
    )
    # There is one party organisation for each area, in their order, one office for each street.
    below = np.arange(1, len(tree))
    draft.add(party[tree.parents[below]], "GOVERNS", party[below], lasts=True)
    for governed in (office, agency, mass):
        draft.add(party[areas[governed]], "GOVERNS", governed, lasts=True)
    draft.add(party[areas[community]], "SUPPORTS", community, lasts=True)
    street = np.searchsorted(tree.at(2), tree.parents[areas[community]])
    draft.add(office[street], "GOVERNS", community, lasts=True)
    # The first agencies are the city's; each district has a few more, in the same order.
    of_city, rest = agency[:AGENCIES_OF_CITY], agency[AGENCIES_OF_CITY:]
    of_district = rest.reshape(-1, AGENCIES_OF_DISTRICT)
    district = np.searchsorted(tree.at(1), tree.parents[areas[office]])
    draft.add(of_city, "PARTNERS_WITH", np.roll(of_city, 1))
    for function in range(AGENCIES_OF_DISTRICT):
        own = of_district[:, function]
        draft.add(of_city[function % AGENCIES_OF_CITY], "GOVERNS", own, lasts=True)
        if function == 0:
            draft.add(own[district], "GOVERNS", office, lasts=True)
        else:
            draft.add(own[district], "SUPPORTS", _some(chance, office, 0.6))
    draft.add(mass[0], "GOVERNS", mass[1:], lasts=True)
    mass_pool = town.pool("MassOrganisation")
    draft.add(mass_pool.near(chance, areas[office], (0.0, 1.0)), "SUPPORTS", office)


def _neighbourhoods(town: Town, chance: Chance, draft: Draft) -> None:
    """Compounds, residents' organisations, merchants and social workers of a community."""
    areas = town.areas
    own = town.community_of
    compound, group = town.of("Compound"), town.of("CommunityOrganisation")
    merchant, worker = town.of("Merchant"), town.of("SocialWorker")
    station = town.of("SocialWorkStation")
    compounds, groups = town.pool("Compound"), town.pool("CommunityOrganisation")
    draft.add(compound, "MEMBER_OF", own(compound), lasts=True)
    draft.add(group, "MEMBER_OF", own(group), lasts=True)
    served = compounds.near(chance, areas[group], climbs=False)
    draft.add(_some(chance, group, 0.4), "SERVES", served)
    gives = chance.flags(len(merchant), 0.45)
    draft.add(merchant[gives], "DONATES_TO", own(merchant[gives]), lasts=True)
    draft.add(merchant[~gives], "PARTNERS_WITH", own(merchant[~gives]), lasts=True)
    helped = groups.near(chance, areas[merchant], climbs=False)
    draft.add(_some(chance, merchant, 0.2), "DONATES_TO", helped)
    draft.add(worker, "SERVES", own(worker), lasts=True)
    street = np.searchsorted(town.tree.at(2), town.tree.parents[areas[worker]])
    draft.add(worker, "MEMBER_OF", station[street], lasts=True)


def _teams(town: Town, chance: Chance, draft: Draft) -> None:
    """Volunteer teams: of residents, or sent by an enterprise, a school or the like."""
    areas = town.areas
    team = town.of("VolunteerTeam")
    is_local = town.tree.levels[areas[team]] == 3
    residents, sent = team[is_local], team[~is_local]
    draft.add(residents, "MEMBER_OF", town.community_of(residents), lasts=True)
    draft.add(sent, "MEMBER_OF", town.mainland(*_SENDERS).near(chance, areas[sent]), lasts=True)
    community = town.communities("volunteer")
    for lasts in (True, False):
        draft.add(sent, "SERVES", community.near(chance, areas[sent], NEAR), lasts=lasts)
    organisation = town.pool("SocialOrganisation")
    draft.add(
        organisation.near(chance, areas[residents], LOCAL),
        "SUPPORTS",
        _some(chance, residents, 0.35),
    )
    draft.add(
        organisation.near(chance, areas[residents], LOCAL),
        "INCUBATES",
        _some(chance, residents, 0.15),
    )
    station = town.pool("SocialWorkStation")
    draft.add(station.near(chance, areas[residents]), "SUPPORTS", _some(chance, residents, 0.2))
    worker = town.pool("SocialWorker")
    draft.add(
        worker.near(chance, areas[residents], climbs=False),
        "SUPPORTS",
        _some(chance, residents, 0.2),
    )
    compound = town.pool("Compound")
    draft.add(
        _some(chance, residents, 0.3),
        "SERVES",
        compound.near(chance, areas[residents], climbs=False),
    )
    giver = town.pool("Merchant", "Enterprise")
    draft.add(
        giver.near(chance, areas[residents], (0.5, 0.3, 0.2)),
        "DONATES_TO",
        _some(chance, residents, 0.15),
    )


def _services(town: Town, chance: Chance, draft: Draft) -> None:
    """Stations and social organisations: what is bought from them and whom they serve."""
    areas = town.areas
    office, station = town.of("StreetOffice"), town.of("SocialWorkStation")
    organisation = town.of("SocialOrganisation")
    organisations = town.pool("SocialOrganisation")
    draft.add(office, "PURCHASES_FROM", station, lasts=True)
    community = town.of("Community")
    street = np.searchsorted(town.tree.at(2), town.tree.parents[areas[community]])
    draft.add(station[street], "SERVES", _some(chance, community, 0.6))
    for _ in range(3):
        draft.add(office, "PURCHASES_FROM", organisations.near(chance, areas[office], NEAR))
    served = town.communities("social_organisation")
    draft.add(organisation, "SERVES", served.near(chance, areas[organisation], NEAR), lasts=True)
    # The busy ones serve many: who serves is drawn by weight, whom by nearness.
    busy = _by_weight(town, chance, "SocialOrganisation", 2.0)
    draft.add(busy, "SERVES", served.near(chance, areas[busy], NEAR))
    draft.add(
        organisation,
        "PARTNERS_WITH",
        _some(chance, organisations.near(chance, areas[organisation], NEAR), 0.5),
    )
    agency = town.pool("GovernmentAgency", "MassOrganisation")
    draft.add(
        agency.near(chance, areas[organisation], (0.0, 0.8, 0.2)),
        "PURCHASES_FROM",
        _some(chance, organisation, 0.25),
    )
    introducer = _by_weight(town, chance, "SocialOrganisation", 0.3)
    draft.add(
        introducer, "INTRODUCED", town.pool("Enterprise").near(chance, areas[introducer], NEAR)
    )


def _givers(town: Town, chance: Chance, draft: Draft) -> None:
    """Enterprises, social enterprises and foundations."""
    areas = town.areas
    enterprise, social = town.free("Enterprise"), town.of("SocialEnterprise")
    community = town.communities("charitable_resource")
    organisations = town.pool("SocialOrganisation")
    manages = chance.flags(len(enterprise), 0.35)
    managing, giving = enterprise[manages], enterprise[~manages]
    compound = town.mainland("Compound")
    draft.add(managing, "SERVES", compound.near(chance, areas[managing]), lasts=True)
    draft.add(managing, "SERVES", compound.near(chance, areas[managing]))
    draft.add(giving, "DONATES_TO", community.near(chance, areas[giving], NEAR), lasts=True)
    busy = _by_weight(town, chance, "Enterprise", 0.8)
    draft.add(busy, "DONATES_TO", community.near(chance, areas[busy], NEAR))
    busy = _by_weight(town, chance, "Enterprise", 0.5)
    draft.add(busy, "FUNDS", organisations.near(chance, areas[busy], NEAR))
    busy = _by_weight(town, chance, "Enterprise", 0.4)
    draft.add(busy, "PARTNERS_WITH", town.pool("Enterprise").near(chance, areas[busy], NEAR))
    draft.add(social, "SERVES", community.near(chance, areas[social], NEAR), lasts=True)
    draft.add(social, "PARTNERS_WITH", organisations.near(chance, areas[social], NEAR))
    foundation = town.of("Foundation")
    draft.add(foundation, "FUNDS", organisations.near(chance, areas[foundation]), lasts=True)
    busy = _by_weight(town, chance, "Foundation", 8.0)
    draft.add(busy, "FUNDS", organisations.near(chance, areas[busy]))
    busy = _by_weight(town, chance, "Enterprise", 0.1)
    draft.add(busy, "DONATES_TO", town.pool("Foundation").near(chance, areas[busy], NEAR))


def _institutions(town: Town, chance: Chance, draft: Draft) -> None:
    """Schools, universities, hospitals and other units."""
    areas = town.areas
    community = town.communities()
    for kind, relation in (
        ("School", "PARTNERS_WITH"),
        ("University", "SUPPORTS"),
        ("Hospital", "SERVES"),
        ("OtherInstitution", "PARTNERS_WITH"),
    ):
        member = town.of(kind)
        draft.add(member, relation, community.near(chance, areas[member]), lasts=True)
        busy = _by_weight(town, chance, kind, 2.0)
        draft.add(busy, relation, community.near(chance, areas[busy], NEAR))
    university = _by_weight(town, chance, "University", 4.0)
    organisations = town.pool("SocialOrganisation")
    draft.add(university, "PARTNERS_WITH", organisations.near(chance, areas[university], NEAR))


def draw_memberships(town: Town) -> tuple[LongArray, LongArray]:
    """Return the team of each volunteer, sorted, and the ties of those who are in more teams.

    The second array has rows (number of the volunteer, team). A team gets volunteers in
    proportion to its weight. Time O(n log n).
    """
    chance = Chance(town.plan.seed, "volunteers")
    n = town.counts["Volunteer"]
    teams = town.pool("VolunteerTeam")
    first = np.sort(teams.near(chance, np.zeros(n, np.int64)))
    more = np.flatnonzero(chance.flags(n, _SHARE_IN_MORE_TEAMS))
    third = more[chance.flags(len(more), 0.3)]
    again = np.concatenate((more, third))
    found = teams.near(chance, town.areas[first[again]], (0.5, 0.25, 0.15, 0.1))
    return first, np.column_stack((again, found))


def _some(chance: Chance, members: LongArray, share: float) -> LongArray:
    """Return ``members`` with all but about ``share`` of them replaced by `NOBODY`."""
    return np.where(chance.flags(len(members), share), members, NOBODY)


def _by_weight(town: Town, chance: Chance, kind: str, per_member: float) -> LongArray:
    """Return ``per_member`` times as many members of a kind as there are, drawn by weight."""
    n = round(per_member * town.counts[kind])
    return town.pool(kind).near(chance, np.zeros(n, np.int64))
