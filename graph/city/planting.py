"""What is planted where: chosen before anything is tied, so that the ties can respect it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from graph.city.arrays import Areas, ByteArray, IntArray, LongArray
from graph.city.census import n_areas
from graph.city.chance import Chance
from graph.city.plan import CityPlan
from graph.codes import COLUMN_BIT
from graph.errors import InvalidArgument
from graph.text import Text

MAINLAND = 0
DEPRIVABLE = ("social_organisation", "social_worker", "volunteer", "charitable_resource")
_MAX_ISLAND = 5


@dataclass(frozen=True, slots=True)
class Planting:
    """Who plays which part; organisations and enterprises by their number among their kind.

    Attributes
    ----------
    islands : of each community, the number (from 1) of the island it is on, or `MAINLAND`. An
        island has ties to the rest through its broker alone.
    deprived : of each community, the columns it must have no partner of, as `COLUMN_BIT`.
    hubs, brokers : social organisations; broker k serves island k + 1.
    hub_enterprises : for each hub, enterprises with no tie but to it and to each other.
    isolated : enterprises with no tie at all.
    n_needs : how many needs nobody meets.
    """

    islands: IntArray
    deprived: ByteArray
    hubs: LongArray
    brokers: LongArray
    hub_enterprises: tuple[LongArray, ...]
    isolated: LongArray
    n_needs: int

    def allowed(self, column: str | None) -> LongArray:
        """Return the communities that may have a partner of this column."""
        bit = COLUMN_BIT[column] if column else 0
        return np.flatnonzero((self.deprived & bit) == 0)


def draw_planting(plan: CityPlan, tree: Areas, counts: dict[str, int]) -> Planting:
    """Return what is planted; raises `InvalidArgument` where the city is too small for it."""
    chance = Chance(plan.seed, "planting")
    n_communities = n_areas(plan)[2]
    n_deprived, n_needs, n_isolated = ((plan.n_gaps + k) // 3 for k in (2, 1, 0))
    organisations = chance.shuffled(counts["SocialOrganisation"])
    enterprises = chance.shuffled(counts["Enterprise"])
    per_hub = min(max(4, 3 * isqrt(n_communities)), 300)
    n_taken = n_isolated + plan.n_hubs * per_hub
    _check("n_hubs", plan.n_hubs + plan.n_brokers <= len(organisations) // 2)
    _check("n_hubs" if plan.n_hubs else "n_gaps", 3 * n_taken <= 2 * len(enterprises))
    islands = _draw_islands(chance, plan.n_brokers, tree)
    deprived = np.zeros(n_communities, np.uint8)
    free = np.flatnonzero(islands == MAINLAND)
    _check("n_gaps", n_deprived <= len(free) // 2)
    for community in free[chance.shuffled(len(free))[:n_deprived]].tolist():
        for column in chance.shuffled(len(DEPRIVABLE))[: 1 + chance.below(3, 1)[0]].tolist():
            deprived[community] |= COLUMN_BIT[DEPRIVABLE[column]]
    starts = n_isolated + per_hub * np.arange(plan.n_hubs)
    return Planting(
        islands,
        deprived,
        organisations[: plan.n_hubs],
        organisations[plan.n_hubs : plan.n_hubs + plan.n_brokers],
        tuple(enterprises[start : start + per_hub] for start in starts.tolist()),
        enterprises[:n_isolated],
        n_needs,
    )


def _draw_islands(chance: Chance, n_islands: int, tree: Areas) -> IntArray:
    """Return the island of each community; at most half of a street lies on islands."""
    streets = tree.at(2)
    street_of = np.searchsorted(streets, tree.parents[tree.at(3)])
    islands = np.zeros(len(street_of), np.int32)
    first = np.searchsorted(street_of, np.arange(len(streets)))
    sizes = np.bincount(street_of, minlength=len(streets))
    n_used = np.zeros(len(streets), np.int64)
    order = chance.shuffled(len(streets))
    at = 0
    for island in range(1, n_islands + 1):
        wanted = 2 + int(chance.below(_MAX_ISLAND - 1, 1)[0])
        for _ in range(len(streets)):
            street = order[at % len(streets)]
            at += 1
            room = sizes[street] // 2 - n_used[street]
            if room >= 1:
                break
        else:
            _check("n_brokers", False)
        start = first[street] + n_used[street]
        n = min(wanted, room)
        islands[start : start + n] = island
        n_used[street] += n
    return islands


def _check(name: str, is_possible: bool) -> None:
    if not is_possible:
        what = {
            "n_hubs": Text("枢纽和中介", "hubs and brokers"),
            "n_brokers": Text("中介", "brokers"),
            "n_gaps": Text("缺口", "gaps"),
        }[name]
        raise InvalidArgument(
            name,
            Text(
                f"城市太小，放不下这么多{what.zh}。请增加主体，或减少要求。",
                f"The city is too small for that many {what.en}. Ask for more actors or for less.",
            ),
        )
