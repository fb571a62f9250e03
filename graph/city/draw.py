"""Drawing a city: its actors, its ties, and what is planted in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graph.city.arrays import (
    UNKNOWN_MONTH,
    BoolArray,
    City,
    IntArray,
    LongArray,
    MonthArray,
    Ties,
    month_number,
)
from graph.city.chance import Chance
from graph.city.direct import draw_direct, draw_memberships
from graph.city.draft import Rows
from graph.city.meetings import Meetings, draw_meetings, draw_projects, joined
from graph.city.needs import draw_wants
from graph.city.plan import CityPlan, Truth
from graph.city.planted import draw_planted
from graph.city.town import Town, draw_town, months
from graph.city.truth import truth_of
from graph.codes import COLUMN_BIT_OF_KIND, IS_DIRECT, KIND_CODE
from graph.meeting import pairs_of
from graph.model import RELATIONS
from graph.projection import DEFAULT

_STRENGTHS = (0.45, 0.27, 0.16, 0.08, 0.04)
_SHARE_ENDED = 0.12
# Fewer than a project adds, so that one draw of projects is nearly always enough.
_PAIRS_OF_A_PROJECT = 8
_STARTS_AT_ACTOR: BoolArray = np.array([not r.from_affiliation for r in RELATIONS])


def draw_city(plan: CityPlan) -> City:
    """Return the city of a plan; the same plan gives the same city on every machine.

    Actors are drawn first, then the ties that their kinds call for, by weight and nearness; then
    what they meet in, and as many projects as bring the actor network to ``plan.mean_degree``.
    Weights have a heavy tail, so degrees have one. Everybody has a path to the city's offices,
    but for what is planted.

    Raises `graph.errors.InvalidArgument` where the city is too small for what is to be planted.
    Time O(n log n) for n actors.
    """
    town = draw_town(plan)
    team, more_teams = draw_memberships(town)
    areas = np.concatenate((town.areas, town.areas[team]))
    draft = draw_direct(town)
    volunteers = town.starts["Volunteer"]
    draft.add(volunteers + np.arange(len(team)), "MEMBER_OF", team)
    draft.add(volunteers + more_teams[:, 0], "MEMBER_OF", more_teams[:, 1])
    planted, served = draw_planted(town)
    direct = _cleared(town, areas, draft.rows(), planted.rows())
    meetings = _meetings(town, direct)
    needs, offers, unmet = draw_wants(town)
    since, until = _node_dates(town, team, meetings)
    is_volunteer = direct.sources >= volunteers
    n_members = np.bincount(direct.targets[is_volunteer], minlength=len(since)).astype(np.int32)
    n_members[n_members == 0] = -1
    city = City(
        plan,
        town.tree,
        np.concatenate((town.kinds, meetings.kinds)),
        np.concatenate((areas, meetings.areas)),
        since,
        until,
        n_members,
        _ties(plan, direct, meetings, since),
        needs,
        offers,
        Truth(),
    )
    return replace(city, truth=truth_of(city, town, served, unmet))


def _cleared(town: Town, areas: IntArray, drawn: Rows, planted: Rows) -> Rows:
    """Return the planted ties and those drawn, but for those that what is planted forbids."""
    island, deprived = town.island_of_area, town.deprived_of_area
    kept = island[areas[drawn.sources]] == island[areas[drawn.targets]]
    ends = drawn.sources, drawn.targets
    for one, other in (ends, ends[::-1]):
        lacks = deprived[areas[one]] & COLUMN_BIT_OF_KIND[town.kinds[other]]
        kept &= (town.kinds[one] != KIND_CODE["Community"]) | (lacks == 0)
    return planted.joined(drawn.kept(kept)).once()


def _meetings(town: Town, direct: Rows) -> Meetings:
    """Return all affiliations, the last of them projects, as many as reach the mean degree."""
    n = town.plan.n_actors
    meetings = draw_meetings(town)
    counts = IS_DIRECT[direct.relations]
    keys = _keys(n, direct.sources[counts], direct.targets[counts])
    keys = np.unique(np.concatenate((keys, _meeting_keys(n, meetings)[0])))
    wanted = round(n * town.plan.mean_degree / 2)
    batch = 0
    while len(keys) < wanted:
        missing = wanted - len(keys)
        projects = draw_projects(town, 64 + missing // _PAIRS_OF_A_PROJECT, batch)
        more, affiliations = _meeting_keys(n, projects)
        more, first = np.unique(more, return_index=True)
        place = np.minimum(np.searchsorted(keys, more), len(keys) - 1)
        is_new = keys[place] != more
        n_new = np.bincount(affiliations[first[is_new]], minlength=len(projects.kinds)).cumsum()
        n_used = min(int(np.searchsorted(n_new, missing)) + 1, len(n_new))
        meetings = joined(meetings, projects.first(n_used))
        keys = np.union1d(keys, more[affiliations[first] < n_used])
        batch += 1
    return meetings


def _meeting_keys(n: int, meetings: Meetings) -> tuple[LongArray, LongArray]:
    """Return the pairs that meet, as keys, and the affiliation of each."""
    pairs = pairs_of(
        n,
        meetings.kinds,
        meetings.affiliations,
        meetings.relations,
        meetings.actors,
        DEFAULT.max_working_body,
    )
    return _keys(n, pairs.sources, pairs.targets), pairs.affiliations


def _keys(n: int, one: IntArray | LongArray, other: IntArray | LongArray) -> LongArray:
    """Return one number for each unordered pair."""
    return np.minimum(one, other).astype(np.int64) * n + np.maximum(one, other)


def _node_dates(town: Town, team: LongArray, meetings: Meetings) -> tuple[MonthArray, MonthArray]:
    """Return since and until of all nodes; no one joins or meets before the others exist."""
    plan = town.plan
    chance = Chance(plan.seed, "dates of nodes")
    joined_ = np.maximum(months(plan, chance, len(team)), town.since[team])
    actors = np.concatenate((town.since, joined_))
    met = months(plan, chance, len(meetings.kinds))
    np.maximum.at(met, meetings.affiliations, actors[meetings.actors])
    since = np.concatenate((actors, met))
    until = np.full(len(since), UNKNOWN_MONTH, np.int16)
    is_project = meetings.kinds == KIND_CODE["Project"]
    ends = met + 12 + chance.below(36, len(met))
    has_ended = is_project & (ends <= month_number(plan.last))
    until[len(actors) :][has_ended] = ends[has_ended]
    return since, until


def _ties(plan: CityPlan, direct: Rows, meetings: Meetings, node_since: MonthArray) -> Ties:
    """Return all ties, dated: between two actors, then those of the affiliations."""
    chance = Chance(plan.seed, "dates of ties")
    affiliations = plan.n_actors + meetings.affiliations
    starts = _STARTS_AT_ACTOR[meetings.relations]
    sources = np.concatenate((direct.sources, np.where(starts, meetings.actors, affiliations)))
    targets = np.concatenate((direct.targets, np.where(starts, affiliations, meetings.actors)))
    n, n_direct = len(sources), len(direct.sources)
    since = np.maximum(node_since[sources], node_since[targets])
    since[:n_direct] = np.maximum(since[:n_direct], months(plan, chance, n_direct))
    until = np.full(n, UNKNOWN_MONTH, np.int16)
    ends = since[:n_direct] + 6 + chance.below(60, n_direct)
    has_ended = chance.flags(n_direct, _SHARE_ENDED) & ~direct.lasts
    has_ended &= ends <= month_number(plan.last)
    until[:n_direct][has_ended] = ends[has_ended]
    return Ties(
        sources.astype(np.int32),
        np.concatenate((direct.relations, meetings.relations)),
        targets.astype(np.int32),
        (1 + chance.steps(n, _STRENGTHS)).astype(np.uint8),
        since,
        until,
    )
