"""Needs and offers: who needs what, who can give what, and what nobody gives."""

from __future__ import annotations

import numpy as np

from graph.city.arrays import IntArray, LongArray, Wants
from graph.city.chance import Chance
from graph.city.town import Town, months

DOMAINS = (
    "垃圾分类", "为老服务", "儿童服务", "助残服务", "环境改造", "文化活动", "健康服务", "邻里互助",
    "心理支持", "就业帮扶", "应急安全", "普法宣传", "社区教育", "绿色出行",
)  # fmt: skip
RESOURCES = ("资金", "场地", "志愿者", "物资", "专业技能", "课程", "设备", "宣传")
SORTS = tuple((domain, resource) for domain in DOMAINS for resource in RESOURCES)
_N_KEPT_BACK = 24
_NEEDY = ("Community", "VolunteerTeam", "CommunityOrganisation")
_GIVERS = (
    "Enterprise", "Merchant", "Foundation", "SocialOrganisation", "University", "Hospital",
    "School", "SocialEnterprise",
)  # fmt: skip


def draw_wants(town: Town) -> tuple[Wants, Wants, LongArray]:
    """Return needs, offers, and the positions of the needs that nobody meets.

    Every other need is offered by somebody in the city.
    Nobody needs or offers the same twice. Time O(n log n).
    """
    chance = Chance(town.plan.seed, "needs")
    kept_back = chance.shuffled(len(SORTS))[:_N_KEPT_BACK]
    common = np.setdiff1d(np.arange(len(SORTS)), kept_back)
    givers = np.concatenate([town.free(kind) for kind in _GIVERS])
    givers = np.sort(givers[chance.flags(len(givers), 0.4)])
    offered = common[chance.below(len(common), len(givers))]
    needy = np.concatenate([town.of(kind) for kind in _NEEDY])
    needy = np.sort(needy[chance.flags(len(needy), 0.25)])
    needed = offered[chance.below(len(offered), len(needy))]
    unmet = town.of("Community")[_distinct(chance, town.planting.n_needs, town)]
    lacking = kept_back[np.arange(len(unmet)) % _N_KEPT_BACK]
    needs = _wants(town, chance, np.append(needy, unmet), np.append(needed, lacking))
    offers = _wants(town, chance, givers, offered)
    return needs, offers, np.arange(len(needy), len(needy) + len(unmet))


def _distinct(chance: Chance, n: int, town: Town) -> LongArray:
    """Return n communities by number, each as often as the others within one."""
    order = chance.shuffled(town.counts["Community"])
    return order[np.arange(n) % len(order)]


def _wants(town: Town, chance: Chance, actors: LongArray, sorts: LongArray) -> Wants:
    quantities: IntArray = (5 * (1 + chance.below(40, len(actors)))).astype(np.int32)
    since = np.maximum(months(town.plan, chance, len(actors)), town.since[actors])
    return Wants(actors.astype(np.int32), sorts.astype(np.int32), quantities, since)
