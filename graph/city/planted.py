"""The ties that make what is planted true."""

from __future__ import annotations

from math import isqrt

import numpy as np

from graph.city.arrays import LongArray
from graph.city.chance import Chance
from graph.city.direct import INSTITUTIONS, NEAR
from graph.city.draft import Draft
from graph.city.planting import MAINLAND
from graph.city.town import Town
from graph.codes import COLUMN_BIT

_N_INSTITUTIONS = 4
_HUB_RELATIONS = ("FUNDS", "DONATES_TO", "PARTNERS_WITH")


def draw_planted(town: Town) -> tuple[Draft, list[LongArray]]:
    """Return the ties of the hubs and brokers, and the communities of each hub as actors."""
    draft = Draft()
    chance = Chance(town.plan.seed, "planted")
    organisation, community = town.of("SocialOrganisation"), town.of("Community")
    reached = []
    for hub, enterprises in zip(
        organisation[town.planting.hubs], town.planting.hub_enterprises, strict=True
    ):
        reached.append(_hub(town, chance, draft, int(hub), town.of("Enterprise")[enterprises]))
    for island, broker in enumerate(organisation[town.planting.brokers], start=1):
        members = community[town.planting.islands == island]
        draft.add(broker, "SERVES", members, lasts=True)
        home = np.repeat(town.areas[broker], 3)
        draft.add(
            broker,
            "SERVES",
            town.communities("social_organisation").near(chance, home, NEAR),
            lasts=True,
        )
        street = np.searchsorted(town.tree.at(2), town.tree.parents[town.areas[members[:1]]])
        draft.add(town.of("StreetOffice")[street], "PURCHASES_FROM", broker, lasts=True)
    return draft, reached


def _hub(town: Town, chance: Chance, draft: Draft, hub: int, enterprises: LongArray) -> LongArray:
    community = town.of("Community")
    is_barred = (town.planting.deprived & COLUMN_BIT["social_organisation"]) != 0
    open_ = community[(town.planting.islands == MAINLAND) & ~is_barred]
    n_served = min(max(5, 6 * isqrt(len(community))), 2 * len(open_) // 3)
    served = _spread(town, chance, open_)[:n_served]
    draft.add(hub, "SERVES", served, lasts=True)
    teams = town.mainland("VolunteerTeam").near(chance, town.areas[served[::3]])
    draft.add(hub, "INCUBATES", teams, lasts=True)
    near = np.repeat(town.areas[hub], _N_INSTITUTIONS)
    draft.add(hub, "PARTNERS_WITH", town.pool(*INSTITUTIONS).near(chance, near, NEAR))
    kind = chance.below(len(_HUB_RELATIONS), len(enterprises))
    for code, relation in enumerate(_HUB_RELATIONS):
        draft.add(enterprises[kind == code], relation, hub, lasts=True)
    befriends = chance.flags(len(enterprises) - 1, 0.3)
    draft.add(enterprises[:-1][befriends], "PARTNERS_WITH", enterprises[1:][befriends])
    streets = np.unique(town.tree.parents[town.areas[served]])
    buying = np.searchsorted(town.tree.at(2), streets[: 1 + len(streets) // 3])
    draft.add(town.of("StreetOffice")[buying], "PURCHASES_FROM", hub, lasts=True)
    return np.sort(served)


def _spread(town: Town, chance: Chance, communities: LongArray) -> LongArray:
    """Return ``communities`` in an order that goes from street to street."""
    mixed = communities[chance.shuffled(len(communities))]
    streets = town.tree.parents[town.areas[mixed]]
    by_street = np.argsort(streets, kind="stable")
    rank = np.empty(len(mixed), np.int64)
    sorted_streets = streets[by_street]
    rank[by_street] = np.arange(len(mixed)) - np.searchsorted(sorted_streets, sorted_streets)
    return mixed[np.argsort(rank, kind="stable")]
