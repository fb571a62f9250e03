"""The actors of a city before they are tied: where they live, what weight they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.city.arrays import (
    UNKNOWN_MONTH,
    Areas,
    BoolArray,
    ByteArray,
    IntArray,
    LongArray,
    MonthArray,
    month_number,
)
from graph.city.census import draw_homes, draw_tree, kinds_of, n_of_kinds
from graph.city.chance import Chance
from graph.city.plan import CityPlan
from graph.city.planting import MAINLAND, Planting, draw_planting
from graph.city.pool import Pool
from graph.codes import COLUMN_BIT
from graph.model import KIND_BY_SLUG

_LOCAL_KINDS = ("Compound", "CommunityOrganisation", "VolunteerTeam", "Merchant", "SocialWorker")
# Offices, communities and public institutions are older than what is recorded.
_DATED_KINDS = (
    "SocialOrganisation", "CommunityOrganisation", "Foundation", "SocialWorkStation",
    "VolunteerTeam", "Enterprise", "Merchant", "SocialEnterprise",
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """Everyone but the volunteers, and what is to be planted.

    ``starts`` and ``counts`` say where the actors of a kind lie, volunteers last.
    """

    plan: CityPlan
    tree: Areas
    planting: Planting
    counts: dict[str, int]
    starts: dict[str, int]
    areas: IntArray
    weights: LongArray
    since: MonthArray

    def of(self, kind: str) -> LongArray:
        """Return the positions of the actors of a kind."""
        return np.arange(self.starts[kind], self.starts[kind] + self.counts[kind])

    @cached_property
    def kinds(self) -> ByteArray:
        """The kind's code of each actor, volunteers included."""
        return kinds_of(self.counts).astype(np.uint8)

    @cached_property
    def community_at(self) -> LongArray:
        """The number of the community of each area; -1 where the area is larger."""
        found = np.full(len(self.tree), -1)
        communities = self.tree.at(3)
        found[communities] = np.arange(len(communities))
        return found

    def community_of(self, actors: LongArray) -> LongArray:
        """Return the community, as an actor, in which each of ``actors`` lives."""
        return self.starts["Community"] + self.community_at[self.areas[actors]]

    @cached_property
    def island_of_area(self) -> IntArray:
        """The island that each area is on; larger areas are on the mainland."""
        found = np.full(len(self.tree), MAINLAND, np.int32)
        found[self.tree.at(3)] = self.planting.islands
        return found

    @cached_property
    def deprived_of_area(self) -> ByteArray:
        """The columns that each area is deprived of; larger areas of none."""
        found = np.zeros(len(self.tree), np.uint8)
        found[self.tree.at(3)] = self.planting.deprived
        return found

    @cached_property
    def is_aside(self) -> BoolArray:
        """Whether an actor has only the ties that are planted for it."""
        found = np.zeros(len(self.areas), np.bool_)
        for serials in (self.planting.isolated, *self.planting.hub_enterprises):
            found[self.starts["Enterprise"] + serials] = True
        return found

    def free(self, kind: str) -> LongArray:
        """Return the actors of a kind that take part in the life of the city."""
        members = self.of(kind)
        return members[~self.is_aside[members]]

    def pool(self, *kinds: str) -> Pool:
        """Return a pool of the actors of ``kinds``, for those who choose in their neighbourhood."""
        return self._pool(kinds, self.weights)

    def mainland(self, *kinds: str) -> Pool:
        """Return a pool without those on islands, for those who are on the mainland."""
        on_island = self.island_of_area[self.areas] != MAINLAND
        return self._pool(kinds, np.where(on_island, 0, self.weights))

    def communities(self, column: str | None = None) -> Pool:
        """Return a pool of mainland communities that may have a partner of ``column``."""
        bit = COLUMN_BIT[column] if column else 0
        is_barred = (self.deprived_of_area[self.areas] & bit) != 0
        is_barred |= self.island_of_area[self.areas] != MAINLAND
        return self._pool(("Community",), np.where(is_barred, 0, self.weights))

    def _pool(self, kinds: Sequence[str], weights: LongArray) -> Pool:
        members = np.concatenate([self.free(kind) for kind in kinds])
        return Pool(self.tree, members, self.areas, weights)


def draw_town(plan: CityPlan) -> Town:
    """Return areas and actors; time O(n log n)."""
    tree = draw_tree(plan)
    counts = n_of_kinds(plan, tree)
    planting = draw_planting(plan, tree, counts)
    allowed = {kind: planting.allowed(KIND_BY_SLUG[kind].column) for kind in _LOCAL_KINDS}
    sums = np.concatenate(([0], np.cumsum(list(counts.values()))))
    starts = dict(zip(counts, sums[:-1].tolist(), strict=True))
    areas = draw_homes(plan, tree, counts, allowed)
    chance = Chance(plan.seed, "actors")
    since = np.full(len(areas), UNKNOWN_MONTH, np.int16)
    for kind in _DATED_KINDS:
        first, n = starts[kind], counts[kind]
        since[first : first + n] = months(plan, chance, n)
    weights = [chance.weights(n) for kind, n in counts.items() if kind != "Volunteer"]
    return Town(plan, tree, planting, counts, starts, areas, np.concatenate(weights), since)


def months(plan: CityPlan, chance: Chance, n: int) -> MonthArray:
    """Return n months, more and more a year from the first to the last."""
    first, last = month_number(plan.first), month_number(plan.last)
    span = last - first + 1
    return (first + (np.sqrt(chance.uniform(n)) * span).astype(np.int64)).astype(np.int16)
