"""How many of each kind a city has, in which areas, and where each of them lives."""

from __future__ import annotations

import numpy as np

from graph.city.arrays import Areas, IntArray, LongArray
from graph.city.chance import Chance
from graph.city.plan import CityPlan
from graph.codes import KIND_CODE, KIND_SLUGS, N_ACTOR_KINDS

COMMUNITIES_PER_STREET = 14
STREETS_PER_DISTRICT = 16
AGENCIES_OF_CITY = 3
AGENCIES_OF_DISTRICT = 4
MASS_ORGANISATIONS_OF_DISTRICT = 2
SHARE_OF_SENT_TEAMS = 0.14
# Shares of all actors that are no volunteers. Merchants are what is left, about a fifth.
_SHARES = {
    "Compound": 0.10, "CommunityOrganisation": 0.13, "VolunteerTeam": 0.22, "SocialWorker": 0.046,
    "Enterprise": 0.09, "SocialOrganisation": 0.04, "School": 0.015, "Hospital": 0.008,
    "OtherInstitution": 0.01, "University": 0.002, "Foundation": 0.004, "SocialEnterprise": 0.006,
}  # fmt: skip
_SHARE_OF_COMMUNITIES = 0.038


def n_areas(plan: CityPlan) -> tuple[int, int, int]:
    """Return the numbers of districts, streets and communities."""
    n_communities = max(4, round((plan.n_actors - plan.n_volunteers) * _SHARE_OF_COMMUNITIES))
    least = 2 if n_communities >= 8 else 1
    n_streets = max(least, round(n_communities / COMMUNITIES_PER_STREET))
    return max(1, round(n_streets / STREETS_PER_DISTRICT)), n_streets, n_communities


def draw_tree(plan: CityPlan) -> Areas:
    """Return the areas: streets of 8 to 20 communities, households of communities.

    Time and memory O(areas).
    """
    chance = Chance(plan.seed, "areas")
    n_districts, n_streets, n_communities = n_areas(plan)
    street_of = _split(n_communities, 8 + chance.below(13, n_streets))
    district_of = _split(n_streets, np.ones(n_districts, np.int64))
    streets, communities = np.arange(n_streets), np.arange(n_communities)
    first_street = np.searchsorted(district_of, np.arange(n_districts))
    first_community = np.searchsorted(street_of, np.append(streets, n_streets))
    district_codes = 1 + np.arange(n_districts) + first_street + first_community[first_street]
    street_codes = 2 + district_of + streets + first_community[:-1]
    community_codes = 3 + district_of[street_of] + street_of + communities
    n = 1 + n_districts + n_streets + n_communities
    levels = np.zeros(n, np.uint8)
    parents = np.zeros(n, np.int32)
    for level, codes in ((1, district_codes), (2, street_codes), (3, community_codes)):
        levels[codes] = level
    parents[street_codes] = district_codes[district_of]
    parents[community_codes] = street_codes[street_of]
    ends = np.arange(1, n + 1)
    ends[0] = n
    ends[street_codes] = street_codes + np.diff(first_community) + 1
    ends[district_codes] = np.append(district_codes[1:], n)
    households = np.zeros(n, np.int64)
    drawn = 600 + chance.below(1_200, n_communities) + 20 * chance.weights(n_communities)
    households[community_codes] = np.minimum(drawn, 9_000)
    population = households * (22 + chance.below(9, n)) // 10
    for level in (3, 2, 1):
        inner = np.flatnonzero(levels == level)
        for counts in (households, population):
            np.add.at(counts, parents[inner], counts[inner])
    return Areas(parents, ends.astype(np.int32), levels, households, population)


def _split(n: int, sizes: LongArray) -> LongArray:
    """Return the part, in order, of each of n things that are split in proportion to ``sizes``."""
    bounds = np.cumsum(sizes) * n // sizes.sum()
    return np.repeat(np.arange(len(sizes)), np.diff(bounds, prepend=0))


def n_of_kinds(plan: CityPlan, tree: Areas) -> dict[str, int]:
    """Return the number of actors of each kind, in the order in which the actors are numbered."""
    n_districts, n_streets, n_communities = n_areas(plan)
    n_organisations = plan.n_actors - plan.n_volunteers
    counts = dict.fromkeys(KIND_SLUGS[:N_ACTOR_KINDS], 0)
    counts |= {kind: max(1, round(n_organisations * s)) for kind, s in _SHARES.items()}
    counts["SocialWorker"] = max(counts["SocialWorker"], n_communities)
    counts |= {
        "Community": n_communities,
        "StreetOffice": n_streets,
        "SocialWorkStation": n_streets,
        "PartyOrganisation": len(tree),
        "GovernmentAgency": AGENCIES_OF_CITY + AGENCIES_OF_DISTRICT * n_districts,
        "MassOrganisation": 1 + MASS_ORGANISATIONS_OF_DISTRICT * n_districts,
        "Merchant": 0,
        "Volunteer": 0,
    }
    counts["Merchant"] = n_organisations - sum(counts.values())
    del counts["Volunteer"]
    return counts | {"Volunteer": plan.n_volunteers}


def draw_homes(
    plan: CityPlan, tree: Areas, counts: dict[str, int], allowed: dict[str, LongArray]
) -> IntArray:
    """Return the area of each actor but the volunteers, sorted within each kind.

    ``allowed`` are the communities, as positions among them, in which a kind may live; one of it
    lives in each of them, the others where there are many households. Time O(n log n).
    """
    chance = Chance(plan.seed, "homes")
    streets, communities = tree.at(2), tree.at(3)
    households = tree.households[communities]
    fixed = {
        "StreetOffice": streets,
        "SocialWorkStation": streets,
        "Community": communities,
        "PartyOrganisation": np.arange(len(tree)),
        "GovernmentAgency": _offices(tree, AGENCIES_OF_CITY, AGENCIES_OF_DISTRICT),
        "MassOrganisation": _offices(tree, 1, MASS_ORGANISATIONS_OF_DISTRICT),
        "Foundation": np.zeros(counts["Foundation"], np.int64),
    }
    homes = []
    for kind, n in counts.items():
        if kind == "Volunteer":
            continue
        if kind in fixed:
            home = fixed[kind]
        elif kind in allowed:
            n_sent = round(n * SHARE_OF_SENT_TEAMS) if kind == "VolunteerTeam" else 0
            n_sent = min(n_sent, n - len(allowed[kind]))
            chosen = _settled(chance, n - n_sent, households, allowed[kind])
            sent = streets[chance.below(len(streets), n_sent)]
            home = np.sort(np.concatenate((communities[chosen], sent)))
        elif kind == "University":
            districts = tree.at(1)
            home = np.sort(districts[chance.below(len(districts), n)])
        else:
            home = np.sort(streets[chance.below(len(streets), n)])
        homes.append(np.asarray(home, np.int32))
    return np.concatenate(homes)


def _offices(tree: Areas, of_city: int, of_district: int) -> LongArray:
    return np.concatenate((np.zeros(of_city, np.int64), np.repeat(tree.at(1), of_district)))


def _settled(chance: Chance, n: int, households: LongArray, allowed: LongArray) -> LongArray:
    sums = np.concatenate(([0], np.cumsum(households[allowed])))
    drawn = chance.below(sums[-1], max(0, n - len(allowed)))
    more = allowed[np.searchsorted(sums, drawn, side="right") - 1]
    return np.concatenate((allowed[:n], more))


def kinds_of(counts: dict[str, int]) -> LongArray:
    """Return the kind's code of each actor."""
    return np.repeat([KIND_CODE[k] for k in counts], list(counts.values()))
