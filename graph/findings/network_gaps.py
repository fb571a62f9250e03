"""Gaps that only the network as a whole shows; rows as those of a rule under ``cypher/gaps/``.

What a rule says in words stands in `graph.sentences.gaps`, under the same slug.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graph.actor_network import DIRECT, ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.codes import SECTOR_SLUGS
from graph.findings.absent_ties import (
    N_EVIDENCE,
    absent_ties,
    as_row,
    introducer,
    strangers,
    ties_behind,
)
from graph.findings.gaps import Row
from graph.findings.parameters import Number
from graph.model import RELATION_BY_SLUG
from graph.projection import is_within
from graph.records import Records, Tie

N_PERMUTATIONS = 999
# Each takes a millisecond at this size.
_MANY_TIES = 50_000
_N_PERMUTATIONS_OF_MANY = 199
MAX_DEGREE = 200
MAX_IN_DOMAIN = 60


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the rules look at.

    network : the actors of ``area`` (a path; '' is everywhere) and their direct partners.
    records : everything stored.
    levels : the level of each area by its path, where one is known.
    coverage : the five 社 of the communities of ``area`` at least; None where it is not known yet.
    """

    network: ActorNetwork
    records: Records
    area: str = ""
    levels: Mapping[str, str | None] = field(default_factory=dict)
    coverage: Sequence[Coverage] | None = None

    def is_inside(self, area: str | None) -> bool:
        """Return whether something with this area is what was asked for."""
        return not self.area or is_within(area, self.area)

    def inside(self) -> NDArray[np.bool_]:
        """Return of each actor whether it lies in the area asked for."""
        return np.array([self.is_inside(a.area) for a in self.network.actors], np.bool_)


def survey(
    network: ActorNetwork,
    records: Records,
    area: str,
    levels: Mapping[str, str | None],
    coverage: Sequence[Coverage] | None = None,
) -> Surveyed:
    """Return what the rules look at in an area, out of the network and the records of all areas.

    The network is that of the actors of the area and their direct partners, as the projection of
    an area has it, but its ties do not say what they are made of. The records are those that
    something of this network is tied to. Time O(n + m).
    """
    if not area:
        return Surveyed(network, records, area, levels, coverage)
    actors = network.actors
    is_kept = np.array([is_within(a.area, area) for a in actors], np.bool_)
    sources, targets, weights = network.network.arrays()
    reached = np.concatenate((targets[is_kept[sources]], sources[is_kept[targets]]))
    is_kept[reached] = True
    both = is_kept[sources] & is_kept[targets]
    position = np.cumsum(is_kept) - 1
    nothing = np.zeros(int(both.sum()), np.int64)
    part = ActorNetwork(
        [actors[i] for i in np.flatnonzero(is_kept).tolist()],
        position[sources[both]],
        position[targets[both]],
        weights[both],
        nothing,
        nothing + DIRECT,
    )
    index = part.index
    ties = tuple(t for t in records.ties if t.start in index or t.end in index)
    ends = {end for t in ties for end in (t.start, t.end)} | index.keys()
    nodes = tuple(n for n in records.nodes if n.id in ends or is_within(n.area, area))
    needs = tuple(n for n in records.needs if n.actor in index)
    return Surveyed(part, Records(nodes, ties, records.version, needs), area, levels, coverage)


@dataclass(frozen=True, slots=True)
class NetworkFound:
    """The rows of one rule, and how much it looked at.

    ``n_lacking`` counts all that were found, the listed ones and the others; ``n_passed_over``
    what was not looked at because there is too much of it.
    """

    rows: tuple[Row, ...]
    n_subjects: int
    n_lacking: int
    n_unknown: int = 0
    n_passed_over: int = 0


def sparse_sector_pairs(surveyed: Surveyed, parameters: Mapping[str, Number]) -> NetworkFound:
    """Find pairs of sectors with far fewer ties than their sizes explain.

    Far fewer is ``share`` of what is expected at the most, with a p-value (two-sided, of
    `graph.analysis.mixing.dealt_groups`) of ``p`` at the most. Sectors without an actor are left
    out. The rows have no subject.
    """
    from graph.analysis.mixing import dealt_groups

    network = surveyed.network.network
    sizes = np.bincount(network.groups, minlength=len(SECTOR_SLUGS))
    present = [(g, h) for g, h in combinations(range(len(SECTOR_SLUGS)), 2) if sizes[g] * sizes[h]]
    if not present or not network.n_ties:
        return NetworkFound((), len(present), 0)
    is_large = network.n_ties > _MANY_TIES
    found = dealt_groups(
        network, n_permutations=_N_PERMUTATIONS_OF_MANY if is_large else N_PERMUTATIONS
    )
    rows: list[Row] = []
    for g, h in present:
        observed, mean, p = found.observed[g, h], found.mean[g, h], found.p[g, h]
        if observed > parameters["share"] * mean or p > parameters["p"]:
            continue
        rows.append(
            {
                "subject": None,
                "part": f"{SECTOR_SLUGS[g]}:{SECTOR_SLUGS[h]}",
                "state": "lacking",
                "values": {
                    "sectors": (SECTOR_SLUGS[g], SECTOR_SLUGS[h]),
                    "n_observed": int(observed),
                    "expected": float(mean),
                    "p": float(p),
                },
                "missing": [],
                "evidence": _ties_of_sectors(surveyed, g, h),
            }
        )
    return NetworkFound(tuple(rows), len(present), len(rows))


def _ties_of_sectors(surveyed: Surveyed, g: int, h: int) -> list[Row]:
    """Return the ties that there are between two sectors, as far as one tie shows them."""
    groups = surveyed.network.network.groups
    ids = [a.id for a in surveyed.network.actors]
    sources, targets, _ = surveyed.network.network.arrays()
    pair = np.sort(np.stack((groups[sources], groups[targets])), axis=0)
    found = np.flatnonzero((pair[0] == g) & (pair[1] == h))[:N_EVIDENCE]
    pairs = [(ids[sources[t]], ids[targets[t]]) for t in found.tolist()]
    behind = ties_behind(surveyed.records, pairs)
    return [row for pair_ in pairs for row in behind[pair_]][:N_EVIDENCE]


def missing_cells(surveyed: Surveyed, parameters: Mapping[str, Number]) -> NetworkFound:  # noqa: ARG001
    """Find communities that lack partners of some of the five 社; see `coverage`."""
    rows: list[Row] = []
    n_subjects = n_unknown = 0
    known = surveyed.coverage
    for row in coverage(surveyed.records, surveyed.network) if known is None else known:
        if not surveyed.is_inside(row.community.area):
            continue
        n_subjects += 1
        columns = tuple(slug for slug, n in row.cells.items() if n == 0)
        is_unknown = None in row.cells.values()
        n_unknown += is_unknown
        if columns or is_unknown:
            rows.append(
                {
                    "subject": row.community.id,
                    "state": "unknown" if is_unknown else "lacking",
                    "values": {"columns": columns},
                    "missing": ["ties"] if is_unknown else [],
                    "evidence": [],
                }
            )
    return NetworkFound(tuple(rows), n_subjects, len(rows) - n_unknown, n_unknown)


def strangers_in_domain(surveyed: Surveyed, parameters: Mapping[str, Number]) -> NetworkFound:
    """Find pairs that serve the same domain in the same neighbourhood and are not tied.

    To serve a domain is to offer something in it, or to have a leading part in an affiliation that
    needs or offers something in it; a tie to an actor that does says nothing of what it is for.
    Pairs with most common partners come first, since an introduction is near; ``listed`` are
    returned. Of a domain that more than
    `MAX_IN_DOMAIN` serve in one neighbourhood, the first of them by id are looked at. Groups of
    actors are left out. Time O(n + m) and that of the pairs.
    """
    index, network = surveyed.network.index, surveyed.network.network
    found: dict[tuple[int, int, str], tuple[int, str]] = {}
    serving = _serving(surveyed)
    n_pairs = n_passed_over = 0
    for (place, domain), members in sorted(serving.items()):
        n_passed_over += max(0, len(members) - MAX_IN_DOMAIN)
        positions = sorted(index[m] for m in sorted(members)[:MAX_IN_DOMAIN])
        n_pairs += len(positions) * (len(positions) - 1) // 2
        for a, b, shared in strangers(network, positions):
            # Two who serve it in several places are one pair.
            found.setdefault((a, b, domain), (shared, place))
    nearest = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    actors = surveyed.network.actors
    rows: list[Row] = []
    for (a, b, domain), (shared, place) in nearest[: int(parameters["listed"])]:
        known = introducer(network, a, b)
        rows.append(
            {
                "subject": actors[a].id,
                "part": f"{actors[b].id}:{domain}",
                "state": "lacking",
                "values": {
                    "partner": actors[b].id,
                    "domain": domain,
                    "place": place,
                    "n_common": shared,
                    "introducer": None if known is None else actors[known].id,
                },
                "missing": [],
                "evidence": [
                    as_row(tie)
                    for one in (actors[a].id, actors[b].id)
                    for tie in serving[place, domain][one]
                ],
            }
        )
    return NetworkFound(
        tuple(_with_evidence(surveyed, rows)), n_pairs, len(found), n_passed_over=n_passed_over
    )


def _serving(surveyed: Surveyed) -> dict[tuple[str, str], dict[str, list[Tie]]]:
    """Return who serves each domain in each neighbourhood, by which ties; an offer needs none."""
    members: dict[tuple[str, str], dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    index, actors = surveyed.network.index, surveyed.network.actors
    nodes = surveyed.records.by_id()
    wanted: dict[str, set[str]] = defaultdict(set)
    for need in surveyed.records.needs:
        holder = nodes.get(need.actor)
        if holder is None or not holder.area or not surveyed.is_inside(holder.area):
            continue
        wanted[holder.id].add(need.domain)
        if need.sort == "offer" and holder.id in index and not holder.is_group:
            members[neighbourhood(holder.area, surveyed.levels), need.domain].setdefault(
                holder.id, []
            )
    for tie in surveyed.records.ties:
        place = index.get(tie.start)
        if place is None or tie.end not in wanted or tie.end in index or actors[place].is_group:
            continue
        if RELATION_BY_SLUG[tie.relation].role != "leading":
            continue
        around = neighbourhood(nodes[tie.end].area or "", surveyed.levels)
        for domain in wanted[tie.end]:
            members[around, domain][tie.start].append(tie)
    return members


def neighbourhood(area: str, levels: Mapping[str, str | None]) -> str:
    """Return the street around an area, or what is nearest to one.

    That is the area itself or the nearest one around it whose level is a street; else the area
    above a community; else the area itself.
    """
    path = area
    while path:
        if levels.get(path) == "street":
            return path
        path = path.rpartition("/")[0]
    parent = area.rpartition("/")[0]
    return parent if parent and levels.get(area) == "community" else area


def open_triads(surveyed: Surveyed, parameters: Mapping[str, Number]) -> NetworkFound:
    """Find the absent ties that would close most open triads across sectors; see `absent_ties`.

    ``listed`` are returned, of those that close ``partners`` at least. The introducer is the common
    partner with the strongest ties to both. Groups of actors are no ends.
    """
    actors, network = surveyed.network.actors, surveyed.network.network
    found = absent_ties(
        network,
        np.array([not a.is_group for a in actors], np.bool_),
        surveyed.inside(),
        n_listed=int(parameters["listed"]),
        least=int(parameters["partners"]),
        max_degree=MAX_DEGREE,
    )
    rows: list[Row] = []
    for tie in found.ties:
        # There is one, since they have a common partner.
        known = introducer(network, tie.a, tie.b)
        rows.append(
            {
                "subject": actors[tie.a].id,
                "part": actors[tie.b].id,
                "state": "lacking",
                "values": {
                    "partner": actors[tie.b].id,
                    "n_triads": tie.n_common,
                    "introducer": None if known is None else actors[known].id,
                },
                "missing": [],
                "evidence": [],
            }
        )
    return NetworkFound(
        tuple(_with_evidence(surveyed, rows)),
        found.n_found,
        found.n_found,
        n_passed_over=found.n_passed_over,
    )


def _with_evidence(surveyed: Surveyed, rows: list[Row]) -> Iterator[Row]:
    """Add the ties that lead from either end to who can introduce them."""
    ways = {
        place: [(end, row["values"]["introducer"]) for end in (row["subject"], _partner(row))]
        for place, row in enumerate(rows)
        if row["values"]["introducer"] is not None
    }
    behind = ties_behind(surveyed.records, (pair for pairs in ways.values() for pair in pairs))
    for place, row in enumerate(rows):
        ties = [tie for pair in ways.get(place, ()) for tie in behind[pair]]
        yield row | {"evidence": [*row["evidence"], *ties][:N_EVIDENCE]}


def _partner(row: Row) -> str:
    return str(row["values"]["partner"])


Finder = Callable[[Surveyed, Mapping[str, Number]], NetworkFound]
NETWORK_FINDERS: tuple[tuple[str, Finder], ...] = (
    ("sparse_sector_pair", sparse_sector_pairs),
    ("missing_five", missing_cells),
    ("strangers_in_domain", strangers_in_domain),
    ("absent_tie", open_triads),
)
# Their first two actors are not tied and would gain by it.
RULES_ON_PAIRS = ("strangers_in_domain", "absent_tie")
