"""What a scenario does to the network: measures, parts and short paths, with names in place of
positions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.actor_network import ActorNetwork
from graph.analysis.registry import Measuring
from graph.codes import SECTOR_SLUGS
from graph.network import FloatArray
from graph.records import Node
from graph.scenario.difference import Alignment, LongArray, ShortPaths, changed, parts, short_paths

if TYPE_CHECKING:
    from graph.scenario.sampling import Searched

COMPARED = ("degree", "betweenness", "constraint", "hub_score", "communities_reached")
N_SHOWN = 10
N_SHOWN_CUT_OFF = 50
N_SHOWN_PAIRS = 5
# Exact betweenness up to so many visits takes about a second on two processors.
MAX_EXACT_VISITS = 8e8
N_SAMPLES = 512


@dataclass(frozen=True, slots=True)
class ActorChange:
    """One measure of one actor before and after; NaN and no rank where it is undefined.

    ``margin`` is how far off the value after can be where it is estimated; None where it is exact.
    """

    actor: Node
    before: float
    after: float
    rank_before: int | None
    rank_after: int | None
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How the change of a measure was estimated: from so many starts, the same before and after.

    Of the most changed actors a share of about ``confidence`` have their true value within the
    margin of their line.
    """

    n_samples: int
    confidence: float


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What becomes of one measure.

    ``rows`` are the `N_SHOWN` most changed of the ``n_changed`` actors for which it differs, of the
    ``n_compared`` that are there before and after. ``estimate`` is None where it is exact; else
    only changes beyond their margin count.
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
    searched_before: Searched | None = None,
) -> NetworkChange:
    """Compare two networks by `COMPARED`, their parts and their short paths.

    Parameters
    ----------
    before, after : the two networks of ``alignment`` being measured.
    searched_before : the largest block of the first, where it is at hand.

    Betweenness after is exact where it takes up to `MAX_EXACT_VISITS`; beyond, it is betweenness
    before and a change that `sampled_change` estimates from `N_SAMPLES` starts.

    Time: the linear measures of the second network, its betweenness, and `short_paths`.
    """
    return NetworkChange(
        _size(alignment.before),
        _size(alignment.after),
        tuple(
            _betweenness(alignment, before, after, searched_before)
            if slug == "betweenness"
            else _measure(alignment, slug, _values(before, slug), _values(after, slug))
            for slug in COMPARED
        ),
        _parts(alignment),
        _paths(alignment, short_paths(alignment)),
    )


def is_affordable(measuring: Measuring) -> bool:
    """Return whether exact betweenness takes no more than about a second."""
    return measuring.n_visits <= MAX_EXACT_VISITS


def _betweenness(
    alignment: Alignment, before: Measuring, after: Measuring, searched: Searched | None
) -> MeasureChange:
    old = before.betweenness
    if is_affordable(after):
        return _measure(alignment, "betweenness", old, after.betweenness)
    from graph.scenario.sampling import CONFIDENCE, Searched, sampled_change

    found = sampled_change(
        alignment,
        searched or Searched(before.network, before.reduction),
        Searched(after.network, after.reduction),
        N_SAMPLES,
    )
    new = found.change.copy()
    new[alignment.at_after] += old[alignment.at_before]
    estimate = Estimate(found.n_samples, CONFIDENCE)
    return _measure(alignment, "betweenness", old, new, estimate, found.margins)


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
    alignment: Alignment,
    slug: str,
    old: FloatArray,
    new: FloatArray,
    estimate: Estimate | None = None,
    margins: FloatArray | None = None,
) -> MeasureChange:
    found = changed(alignment, old, new, is_small_better=slug == "constraint")
    is_sure = np.ones(len(found.positions), np.bool_)
    widths = np.full(len(found.positions), np.nan)
    if margins is not None:
        widths = margins[found.positions]
        is_sure = np.abs(found.after - found.before) > widths
    columns = (
        found.positions,
        found.before,
        found.after,
        found.rank_before,
        found.rank_after,
        widths,
    )
    rows = tuple(
        ActorChange(
            alignment.after.actors[i],
            was,
            now,
            rank or None,
            new_rank or None,
            None if margins is None else width,
        )
        for i, was, now, rank, new_rank, width in zip(
            *(c[is_sure][:N_SHOWN].tolist() for c in columns), strict=True
        )
    )
    return MeasureChange(slug, rows, int(is_sure.sum()), len(alignment.at_after), estimate)


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
    lost, won = _BySectors(network, found.lost), _BySectors(network, found.won)
    order = sorted(
        lost.counts.keys() | won.counts.keys(), key=lambda k: (-lost.counts[k], -won.counts[k], k)
    )
    return PathsChange(
        tuple(
            SectorPaths(
                (SECTOR_SLUGS[g], SECTOR_SLUGS[h]),
                lost.counts[g, h],
                won.counts[g, h],
                lost.first(g, h),
                won.first(g, h),
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


class _BySectors:
    """Pairs by the sectors of their ends, the sectors in their own order."""

    def __init__(self, network: ActorNetwork, pairs: LongArray) -> None:
        self._actors = network.actors
        groups = network.network.groups[pairs]
        # The ends as their sectors are named.
        is_turned = groups[:, 0] > groups[:, 1]
        self._pairs = np.where(is_turned[:, None], pairs[:, ::-1], pairs)
        n = len(SECTOR_SLUGS)
        self._keys = groups.min(axis=1, initial=n) * n + groups.max(axis=1, initial=0)
        counts = np.bincount(self._keys, minlength=n * n)
        self.counts = Counter({divmod(int(k), n): int(counts[k]) for k in np.flatnonzero(counts)})

    def first(self, g: int, h: int) -> tuple[tuple[Node, Node], ...]:
        """Return the first pairs between two sectors."""
        places = np.flatnonzero(self._keys == g * len(SECTOR_SLUGS) + h)[:N_SHOWN_PAIRS]
        found = self._pairs[places].tolist()
        return tuple((self._actors[i], self._actors[j]) for i, j in found)


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
