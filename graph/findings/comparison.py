"""The figures by which two areas, or two days of one area, are set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import COVERAGE_COLUMNS, Coverage
from graph.findings.areas import AreaTree
from graph.findings.gaps import SEVERITIES
from graph.model import SECTORS
from graph.records import Node, Records, holds_on

Unit = Literal["count", "share", "per_10", "mean", "per_1000"]
NOT_REACHING = frozenset({"Community", "Compound"})


@dataclass(frozen=True, slots=True)
class Reach:
    """The actor tied to most communities of an area, and how many these are."""

    actor: Node
    n_communities: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of an area; None where nothing was entered that it could be counted from.

    n_undated : stored ties with neither start nor end, which hold on every day.
    n_known : communities about which anything is on record.
    having : by column of the coverage, how many of these have at least one.
    gaps : open gaps by severity; None where gaps are not looked for (on a day of the past).
    partners : mean number of partners of an actor.
    density : ties among the actors of the area, for each 1,000 pairs of them.
    outward : part of the ties of its actors that lead out of the area; None for everything.
    across : part of the ties of its actors that join two sectors.
    alone : part of its actors without any partner.

    The last five are None where no tie of its actors is on record.
    """

    sectors: dict[str, int]
    n_actors: int
    n_affiliations: int
    n_ties: int
    n_undated: int
    n_communities: int
    n_known: int
    having: dict[str, int]
    reach: Reach | None
    gaps: dict[str, int] | None
    partners: float | None
    density: float | None
    outward: float | None
    across: float | None
    alone: float | None

    def share_having(self, column: str) -> float | None:
        """Return the part of the known communities that have somebody under a column."""
        return self.having[column] / self.n_known if self.n_known else None

    def gaps_per_10(self, severity: str) -> float | None:
        """Return the open gaps of a severity for each ten communities, to one decimal."""
        if self.gaps is None or not self.n_communities:
            return None
        return round(10 * self.gaps[severity] / self.n_communities, 1)

    @property
    def share_reached(self) -> float | None:
        """The part of the communities that the most reaching actor is tied to."""
        if not self.n_known:
            return None
        return (self.reach.n_communities if self.reach else 0) / self.n_communities


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a comparison: what it is, how it is counted, and how it is read off."""

    slug: str
    group: str
    unit: Unit
    of: Callable[[Figures], float | None]


def _sector(slug: str) -> Callable[[Figures], float | None]:
    return lambda f: f.sectors[slug] if f.n_actors else None


def _having(column: str) -> Callable[[Figures], float | None]:
    return lambda f: f.share_having(column)


def _gaps(severity: str) -> Callable[[Figures], float | None]:
    return lambda f: f.gaps_per_10(severity)


FIGURES: tuple[Figure, ...] = (
    Figure("n_actors", "who", "count", lambda f: f.n_actors or None),
    *(Figure(f"sector_{s.slug}", "who", "count", _sector(s.slug)) for s in SECTORS),
    Figure("n_communities", "who", "count", lambda f: f.n_communities),
    *(
        Figure(f"having_{column}", "coverage", "share", _having(column))
        for column in COVERAGE_COLUMNS
        if column != "community"
    ),
    *(Figure(f"gaps_{s}", "gaps", "per_10", _gaps(s)) for s in SEVERITIES),
    Figure("reached", "ties", "share", lambda f: f.share_reached),
    Figure("partners", "ties", "mean", lambda f: f.partners),
    Figure("density", "ties", "per_1000", lambda f: f.density),
    Figure("across", "ties", "share", lambda f: f.across),
    Figure("outward", "ties", "share", lambda f: f.outward),
    Figure("alone", "ties", "share", lambda f: f.alone),
)


def held_on(records: Records, day: str) -> Records:
    """Return the actors, affiliations, ties and needs that hold on a day, ``YYYY-MM-DD``."""
    # Most records share their dates with many others, or have none.
    holds = cache(lambda since, until: holds_on(since, until, day))
    nodes = tuple(n for n in records.nodes if holds(n.since, n.until))
    there = {n.id for n in nodes}
    return replace(
        records,
        nodes=nodes,
        ties=tuple(
            t
            for t in records.ties
            if t.start in there and t.end in there and holds(t.since, t.until)
        ),
        needs=tuple(n for n in records.needs if holds(n.since, n.until)),
    )


def figures(
    records: Records,
    network: ActorNetwork,
    tree: AreaTree,
    area: str,
    rows: Sequence[Coverage],
    gaps: Mapping[str, int] | None,
) -> Figures:
    """Return the figures of an area; '' is everything.

    Parameters
    ----------
    records, network, tree : what is stored, or what of it holds on a day.
    rows : the coverage of the communities of the area.
    gaps : its open gaps by severity; None where they are not looked for.

    Time O(n + m).
    """
    inside = tree.within(area)
    ids = {n.id for n in inside}
    actors = [n for n in inside if n.is_actor]
    sectors = Counter(n.sector for n in actors)
    ties = [t for t in records.ties if t.start in ids or t.end in ids]
    known = [row for row in rows if row.is_known]
    partners, density, outward, across, alone = _openness(network, ids, is_part=bool(area))
    return Figures(
        sectors={s.slug: sectors[s.slug] for s in SECTORS},
        n_actors=len(actors),
        n_affiliations=len(inside) - len(actors),
        n_ties=len(ties),
        n_undated=sum(t.since is None and t.until is None for t in ties),
        n_communities=len(rows),
        n_known=len(known),
        having={c: sum(bool(row.cell(c)) for row in known) for c in COVERAGE_COLUMNS},
        reach=_reach(network, rows),
        gaps=dict(gaps) if gaps is not None else None,
        partners=partners,
        density=density,
        outward=outward,
        across=across,
        alone=alone,
    )


def _reach(network: ActorNetwork, rows: Sequence[Coverage]) -> Reach | None:
    """Return the actor with most communities as partners, by name among equals."""
    n: Counter[int] = Counter()
    for row in rows:
        i = network.index.get(row.community.id)
        if i is not None:
            n.update(network.network.neighbours(i).tolist())
    reaching = {
        i: count
        for i, count in n.items()
        if network.actors[i].kind not in NOT_REACHING and not network.actors[i].is_group
    }
    if not reaching:
        return None
    first = min(reaching, key=lambda i: (-reaching[i], network.actors[i].name))
    return Reach(network.actors[first], reaching[first])


def _openness(
    network: ActorNetwork, ids: set[str], *, is_part: bool
) -> tuple[float | None, float | None, float | None, float | None, float | None]:
    """Return partners, density, outward, across and alone of `Figures`."""
    is_in = np.array([a.id in ids for a in network.actors], np.bool_)
    n = int(is_in.sum())
    sources, targets, _ = network.network.arrays()
    touches = is_in[sources] | is_in[targets]
    n_touching = int(touches.sum())
    if not n_touching:
        return None, None, None, None, None
    degrees = network.network.degrees[is_in]
    within = is_in[sources] & is_in[targets]
    groups = network.network.groups
    crosses = groups[sources] != groups[targets]
    pairs = n * (n - 1) / 2
    return (
        round(float(degrees.mean()), 1),
        round(1000 * float(within.sum()) / pairs, 1) if pairs else None,
        float((touches & ~within).sum()) / n_touching if is_part else None,
        float((touches & crosses).sum()) / n_touching,
        float((degrees == 0).mean()),
    )
