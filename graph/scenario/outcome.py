"""What a scenario does to the network: measures, parts and short paths, with names in place of
positions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graph.actor_network import ActorNetwork
from graph.analysis.betweenness import SampledBetweenness, sampled_betweenness
from graph.analysis.registry import Measuring
from graph.codes import SECTOR_SLUGS
from graph.network import FloatArray
from graph.records import Node
from graph.scenario.difference import Alignment, LongArray, ShortPaths, changed, parts, short_paths

COMPARED = ("degree", "betweenness", "constraint", "hub_score", "communities_reached")
N_SHOWN = 10
N_SHOWN_CUT_OFF = 50
N_SHOWN_PAIRS = 5
# Exact betweenness up to so many visits takes about a second on two processors.
MAX_EXACT_VISITS = 5e8
N_SAMPLES = 400


@dataclass(frozen=True, slots=True)
class ActorChange:
    """One measure of one actor before and after; NaN and no rank where it is undefined."""

    actor: Node
    before: float
    after: float
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How an estimated measure was found: before and after alike, from so many starts.

    With probability ``confidence`` no value, before or after, is off by more than ``half_width``.
    """

    n_samples: int
    confidence: float
    half_width: float


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What becomes of one measure.

    ``rows`` are the `N_SHOWN` most changed of the ``n_changed`` actors for which it differs, of the
    ``n_compared`` that are there before and after. ``estimate`` is None where it is exact.
    """

    slug: str
    rows: tuple[ActorChange, ...]
    n_changed: int
    n_compared: int
    estimate: Estimate | None = None


@dataclass(frozen=True, slots=True)
class PartsChange:
    """What becomes of the connected parts; the first `N_SHOWN_CUT_OFF` of those cut off or joined.

    See `graph.scenario.difference.Parts`.
    """

    n_before: int
    n_after: int
    largest_before: int
    largest_after: int
    cut_off: tuple[Node, ...]
    n_cut_off: int
    joined: tuple[Node, ...]
    n_joined: int


@dataclass(frozen=True, slots=True)
class SectorPaths:
    """Pairs of actors of two sectors that lose or win a short path, the first `N_SHOWN_PAIRS`."""

    sectors: tuple[str, str]
    n_lost: int
    n_won: int
    lost: tuple[tuple[Node, Node], ...]
    won: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many enterprises lose or win a short path to how many communities, in how many pairs."""

    n_pairs: int
    enterprises: tuple[Node, ...]
    communities: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PathsChange:
    """Which pairs lose or win a short path: a tie of their own, or a common partner.

    ``n_looked_at`` of the ``n_rewired`` actors with other partners than before were looked at.
    """

    sector_pairs: tuple[SectorPaths, ...]
    n_lost: int
    n_won: int
    lost_reach: Reach
    won_reach: Reach
    n_looked_at: int
    n_rewired: int


@dataclass(frozen=True, slots=True)
class Size:
    """How large a network is."""

    n_actors: int
    n_ties: int


@dataclass(frozen=True, slots=True)
class NetworkChange:
    """All that a scenario does to the actor network."""

    before: Size
    after: Size
    measures: tuple[MeasureChange, ...]
    parts: PartsChange
    paths: PathsChange


def network_change(
    alignment: Alignment,
    before: Measuring,
    after: Measuring,
    sampled_before: SampledBetweenness | None = None,
) -> NetworkChange:
    """Compare two networks by `COMPARED`, their parts and their short paths.

    Parameters
    ----------
    before, after : the two networks of ``alignment`` being measured. Their betweenness is exact
        up to `MAX_EXACT_VISITS`; beyond, both are estimated from `N_SAMPLES` starts, drawn with
        the same seed.
    sampled_before : that estimate for the first network, where it is at hand.

    Time: the linear measures of the second network, its betweenness, and `short_paths`.
    """
    estimate = None
    if is_affordable(before) and is_affordable(after):
        between = before.betweenness, after.betweenness
    else:
        found = sampled_before or sampled(before), sampled(after)
        between = found[0].values, found[1].values
        widest = max(float(f.half_widths.max(initial=0.0)) for f in found)
        estimate = Estimate(N_SAMPLES, found[1].confidence, widest)
    measures = []
    for slug in COMPARED:
        old, new = between if slug == "betweenness" else (_values(m, slug) for m in (before, after))
        measures.append(
            _measure(alignment, slug, old, new, estimate if slug == "betweenness" else None)
        )
    return NetworkChange(
        _size(alignment.before),
        _size(alignment.after),
        tuple(measures),
        _parts(alignment),
        _paths(alignment, short_paths(alignment)),
    )


def is_affordable(measuring: Measuring) -> bool:
    """Return whether exact betweenness takes no more than about a second."""
    return measuring.n_visits <= MAX_EXACT_VISITS


def sampled(measuring: Measuring) -> SampledBetweenness:
    """Estimate betweenness as `network_change` does."""
    return sampled_betweenness(measuring.network, N_SAMPLES, reduction=measuring.reduction, seed=0)


def _values(measuring: Measuring, slug: str) -> FloatArray:
    match slug:
        case "degree":
            return measuring.network.undirected.degrees.astype(np.float64)
        case "constraint":
            return measuring.structural_holes.constraint
        case "hub_score":
            return measuring.hub_scores
    return measuring.hubs.communities_reached.astype(np.float64)


def _measure(
    alignment: Alignment, slug: str, old: FloatArray, new: FloatArray, estimate: Estimate | None
) -> MeasureChange:
    found = changed(alignment, old, new, is_small_better=slug == "constraint")
    columns = (found.positions, found.before, found.after, found.rank_before, found.rank_after)
    rows = tuple(
        ActorChange(alignment.after.actors[i], was, now, rank or None, new_rank or None)
        for i, was, now, rank, new_rank in zip(
            *(c[:N_SHOWN].tolist() for c in columns), strict=True
        )
    )
    return MeasureChange(slug, rows, len(found.positions), len(alignment.at_after), estimate)


def _size(network: ActorNetwork) -> Size:
    return Size(len(network), network.n_ties)


def _parts(alignment: Alignment) -> PartsChange:
    found = parts(alignment)

    def first(positions: LongArray) -> tuple[Node, ...]:
        return tuple(alignment.after.actors[i] for i in positions[:N_SHOWN_CUT_OFF].tolist())

    return PartsChange(
        found.n_before,
        found.n_after,
        found.largest_before,
        found.largest_after,
        first(found.cut_off),
        len(found.cut_off),
        first(found.joined),
        len(found.joined),
    )


def _paths(alignment: Alignment, found: ShortPaths) -> PathsChange:
    network = alignment.after
    counts = [_by_sectors(network, pairs) for pairs in (found.lost, found.won)]
    order = sorted(
        counts[0].keys() | counts[1].keys(), key=lambda k: (-counts[0][k], -counts[1][k], k)
    )
    return PathsChange(
        tuple(
            SectorPaths(
                (SECTOR_SLUGS[g], SECTOR_SLUGS[h]),
                counts[0][g, h],
                counts[1][g, h],
                _first_pairs(network, found.lost, (g, h)),
                _first_pairs(network, found.won, (g, h)),
            )
            for g, h in order
        ),
        len(found.lost),
        len(found.won),
        _reach(network, found.lost),
        _reach(network, found.won),
        found.n_looked_at,
        found.n_rewired,
    )


def _by_sectors(network: ActorNetwork, pairs: LongArray) -> Counter[tuple[int, int]]:
    groups = np.sort(network.network.groups[pairs], axis=1)
    keys, counts = np.unique(groups, axis=0, return_counts=True)
    return Counter({(g, h): n for (g, h), n in zip(keys.tolist(), counts.tolist(), strict=True)})


def _first_pairs(
    network: ActorNetwork, pairs: LongArray, groups: tuple[int, int]
) -> tuple[tuple[Node, Node], ...]:
    is_wanted = (np.sort(network.network.groups[pairs], axis=1) == groups).all(axis=1)
    found = pairs[is_wanted][:N_SHOWN_PAIRS]
    if len(found):
        # The ends as their sectors are named.
        turned = network.network.groups[found[:, 0]] != groups[0]
        found = np.where(turned[:, None], found[:, ::-1], found)
    actors = network.actors
    return tuple((actors[i], actors[j]) for i, j in found.tolist())


def _reach(network: ActorNetwork, pairs: LongArray) -> Reach:
    enterprise = SECTOR_SLUGS.index("enterprise")
    is_enterprise = network.network.groups == enterprise
    is_community = np.array([a.kind == "Community" for a in network.actors], np.bool_)
    turned = np.concatenate((pairs, pairs[:, ::-1]))
    one, other = turned[:, 0], turned[:, 1]
    between = turned[is_enterprise[one] & is_community[other]]
    ends = [np.unique(column).tolist() for column in between.T]
    actors = network.actors
    return Reach(len(between), tuple(actors[i] for i in ends[0]), tuple(actors[i] for i in ends[1]))
