"""Who could become a partner: candidates chosen, scored in four parts, each with its facts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.codes import KIND_CODE
from graph.findings.fit import Fit, FitTable, fit_of, fits
from graph.findings.ground import Ground
from graph.findings.opening import Opening, opening
from graph.findings.reach import Reach, reach, strongest_path
from graph.findings.subjects import Subject
from graph.network import FloatArray, IntArray
from graph.records import Node

LongArray = NDArray[np.int64]
PoolSlug = Literal["two_steps", "three_steps", "wants", "column", "area", "busiest"]
N_OF_POOL = 1_000
# Fewer candidates than this are topped up with those who have most partners.
_N_AT_LEAST = 20
HALF_LOADED = 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the score counts; each at least 0, not all 0.

    fit : what one needs and the other offers, area, column (`graph.findings.fit`).
    reach : how easily the two can be brought together (`graph.findings.reach`).
    bridging : whom else the tie would bring together (`graph.findings.opening`); 0 for those
        whom nobody can introduce, since anybody far off would open as much.
    load : how free the candidate is.

    The defaults put what the partner is for first. They are a choice, not an estimate, but for
    bridging: it says what a tie is worth, not how likely it comes about, and on the validation
    slices of six networks with dates (`tests.benchmarks.link_prediction`) a larger weight put those
    first who stay strangers.
    """

    fit: float = 0.5
    reach: float = 0.35
    bridging: float = 0.05
    load: float = 0.1


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Pool:
    """Where candidates were taken from: ``n`` of the ``total`` that are there."""

    slug: PoolSlug
    n: int
    total: int


@dataclass(frozen=True, slots=True)
class OpenedPairs:
    """The pairs of two sectors that would meet at a new tie.

    ``is_new`` says that no pair of the two meets at the subject so far.
    """

    sectors: tuple[str, str]
    n_open: int
    n_sole: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could become a partner; the four parts are 0 … 1, the rest the facts behind them.

    path : positions along the strongest path of at most three steps from the subject's first
        partner to the candidate; empty where there is none.
    n_partners : the partners of the subject, of which ``n_sole`` would meet the candidate only
        through it, and ``n_open`` are not tied to the candidate.
    n_communities : how many communities the candidate is tied to.
    """

    rank: int
    actor: Node
    position: int
    score: float
    fit: Fit
    reach: float
    bridging: float
    load: float
    adamic_adar: float
    resource_allocation: float
    n_common: int
    path_strength: float
    n_steps: int
    path: tuple[int, ...]
    n_partners: int
    n_open: int
    n_sole: int
    opened: tuple[OpenedPairs, ...]
    n_communities: int

    @property
    def parts(self) -> dict[str, float]:
        """The four parts of the score."""
        return {
            "fit": self.fit.value,
            "reach": self.reach,
            "bridging": self.bridging,
            "load": self.load,
        }


@dataclass(frozen=True)
class Partners:
    """The candidates for a subject, best first, and how they were chosen.

    positions, scores : the candidates and their scores in order of rank.
    pools : where they were taken from; a candidate may come from several.
    n_actors : how many actors there are that are no partners yet and no natural persons.
    """

    ground: Ground
    subject: Subject
    weights: Weights
    pools: tuple[Pool, ...]
    n_actors: int
    positions: IntArray
    scores: FloatArray
    ranks: LongArray
    found: Reach
    fit: FitTable
    opening: Opening
    places: LongArray
    parts: FloatArray

    def __len__(self) -> int:
        return len(self.positions)

    @cached_property
    def _sectors_met(self) -> set[tuple[int, int]]:
        """The pairs of groups that the partners of the subject make up, open or not."""
        own = self.ground.network.network.groups[self.subject.standing.partners]
        groups, counts = np.unique(own, return_counts=True)
        n_of = dict(zip(groups.tolist(), counts.tolist(), strict=True))
        return {(g, h) for g in n_of for h in n_of if g < h or (g == h and n_of[g] > 1)}

    def place_of(self, actor_id: str) -> int | None:
        """Return the place of an actor in the order; None where it is no candidate."""
        i = self.ground.network.index.get(actor_id)
        places = [] if i is None else np.flatnonzero(self.positions == i).tolist()
        return int(places[0]) if places else None

    def candidate(self, place: int) -> Candidate:
        """Return the candidate at a place of the order, with its facts."""
        i = int(self.positions[place])
        row = int(self.places[place])
        _, reach_part, bridging, load = (float(x) for x in self.parts[row])
        found, opened = self.found, self.opening
        return Candidate(
            int(self.ranks[place]),
            self.ground.network.actors[i],
            i,
            float(self.scores[place]),
            fit_of(self.ground, self.subject, self.fit, i),
            reach_part,
            bridging,
            load,
            float(found.adamic_adar[i]),
            float(found.resource_allocation[i]),
            int(found.n_common[i]),
            float(found.path_strength[i]),
            int(found.n_steps[i]),
            strongest_path(self.ground.network.network, found, i),
            len(self.subject.standing.partners),
            int(opened.n_open[row].sum()),
            int(opened.n_sole[row].sum()),
            self._opened(row),
            int(self.ground.n_communities[i]),
        )

    def _opened(self, row: int) -> tuple[OpenedPairs, ...]:
        names = self.ground.network.network.group_names
        own = int(self.opening.groups[row])
        pairs = [
            OpenedPairs(
                (min(names[g], names[own]), max(names[g], names[own])),
                int(self.opening.n_open[row, g]),
                int(self.opening.n_sole[row, g]),
                (min(g, own), max(g, own)) not in self._sectors_met,
            )
            for g in range(len(names))
            if own >= 0 and g != own and self.opening.n_open[row, g]
        ]
        return tuple(sorted(pairs, key=lambda p: (-p.n_sole, -p.n_open, p.sectors)))


def load_part(n_communities: FloatArray) -> FloatArray:
    """Return how free those are that serve so many communities: 10 / (10 + n), 1 … 0.

    One half at ten, one fifth at forty. The scale is ours.
    """
    return HALF_LOADED / (HALF_LOADED + n_communities)


def reach_part(found: Reach) -> FloatArray:
    """Return the mean of the path strength and of a / (1 + a) for Adamic–Adar and for
    resource allocation: 0 where no path of three steps leads to somebody.
    """
    aa, ra = found.adamic_adar, found.resource_allocation
    parts: FloatArray = (found.path_strength + aa / (1 + aa) + ra / (1 + ra)) / 3
    return parts


def find_partners(
    ground: Ground,
    subject: Subject,
    weights: Weights = DEFAULT_WEIGHTS,
    *,
    kinds: Sequence[str] = (),
    pool_size: int | None = N_OF_POOL,
) -> Partners:
    """Rank who could become a partner of ``subject``.

    Looked at are those at two and at three steps, those whose needs or offers meet the subject's,
    those of a column or a kind that it lacks, and those of its area; of each pool at most
    ``pool_size``, the strongest, nearest or best meeting first, None for all actors. Where that is
    hardly anybody, those with most partners come on top. Left out are the subject, its partners,
    natural persons and, where ``kinds`` are given, all other kinds.

    The score is Σ w·part / Σ w over the parts of `Weights`. Equal scores share a rank and stand in
    the order of names. Time O(n + m) and what `opening` takes.
    """
    net = ground.network.network
    standing = subject.standing
    found, fit = reach(net, standing), fits(ground, subject)
    is_open = ground.may_partner.copy()
    is_open[standing.partners] = False
    if standing.position is not None:
        is_open[standing.position] = False
    if kinds:
        is_open &= np.isin(ground.kinds, [KIND_CODE[kind] for kind in kinds])
    pools, chosen = _pools(ground, found, fit, is_open, pool_size)
    opened = opening(net, standing, chosen)
    parts = np.column_stack(
        (
            fit.value[chosen],
            reach_part(found)[chosen],
            np.where(found.path_strength[chosen] > 0, opened.value, 0.0),
            load_part(ground.n_communities[chosen]),
        )
    )
    scores = parts @ (np.array(astuple(weights)) / math.fsum(astuple(weights)))
    names = [ground.network.actors[i].name for i in chosen.tolist()]
    rounded = scores.round(12).tolist()
    order = np.array(
        sorted(range(len(chosen)), key=lambda k: (-rounded[k], names[k], chosen[k])), np.int64
    )
    ordered = scores[order].round(12)
    is_new = np.diff(ordered, prepend=np.inf) != 0
    ranks = np.maximum.accumulate(np.where(is_new, np.arange(1, len(order) + 1), 0))
    return Partners(
        ground,
        subject,
        weights,
        pools,
        int(is_open.sum()),
        chosen[order],
        scores[order],
        ranks,
        found,
        fit,
        opened,
        order,
        parts,
    )


def _pools(
    ground: Ground,
    found: Reach,
    fit: FitTable,
    is_open: NDArray[np.bool_],
    size: int | None,
) -> tuple[tuple[Pool, ...], IntArray]:
    degrees = ground.network.network.degrees
    strength = found.path_strength
    at_two = found.n_common > 0
    keys: tuple[tuple[PoolSlug, NDArray[np.bool_], FloatArray], ...] = (
        ("two_steps", at_two, found.adamic_adar),
        ("three_steps", (strength > 0) & ~at_two, strength),
        ("wants", fit.wants > 0, fit.wants),
        ("column", fit.columns > 0, fit.levels + strength),
        ("area", fit.levels > 0, fit.levels + strength),
    )
    pools: list[Pool] = []
    chosen = np.zeros(len(degrees), np.bool_)
    for slug, belongs, key in keys:
        members = np.flatnonzero(belongs & is_open)
        taken = _first(members, key, size)
        chosen[taken] = True
        if len(members):
            pools.append(Pool(slug, len(taken), len(members)))
    if size is None:
        chosen = is_open.copy()
    elif chosen.sum() < _N_AT_LEAST:
        members = np.flatnonzero(is_open & ~chosen)
        taken = _first(members, degrees.astype(np.float64), _N_AT_LEAST)
        chosen[taken] = True
        if len(taken):
            pools.append(Pool("busiest", len(taken), len(members)))
    return tuple(pools), np.flatnonzero(chosen).astype(np.int32)


def _first(members: LongArray, key: FloatArray, size: int | None) -> LongArray:
    """Return at most ``size`` members, largest keys first; of equal ones the lowest positions."""
    if size is None or len(members) <= size:
        return members
    return members[np.argsort(-key[members], kind="stable")[:size]]
