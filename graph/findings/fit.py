"""How well two actors fit each other: what one needs and the other offers, where, and as what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.codes import COLUMN_BIT, COLUMN_BIT_OF_KIND, KIND_CODE
from graph.findings.ground import Ground, closeness, common_area
from graph.findings.subjects import Subject
from graph.findings.wants import WantPair, paired
from graph.network import FloatArray, IntArray
from graph.records import Need, Node

LongArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FitWeights:
    """How much each part of the fit counts; they add up to 1.

    domain, resource : the best pair of a need and an offer; nothing where the two hold at
        different times, and half of the resource where the domains differ.
    area : how close the candidate's area is (`graph.findings.ground.closeness`).
    column : filling a column of the five 社 that the other lacks, or being of a kind that the gap
        calls for; nobody does from an area that has no level in common.
    """

    domain: float = 0.35
    resource: float = 0.25
    area: float = 0.2
    column: float = 0.2


FIT_WEIGHTS = FitWeights()


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit of one candidate, with its facts; a part of which nothing is known is None.

    value : 0 … 1; what is not known adds nothing.
    pair : the needs and offers that meet best, if any do.
    common_area : the path that both areas have in common; None where one is not known.
    fills : the column that the candidate fills for the subject, or ``kind`` for one that the gap
        calls for; ``filled`` the column that the subject fills for the candidate.
    """

    value: float
    domain: float | None
    resource: float | None
    area: float | None
    column: float | None
    pair: WantPair | None
    common_area: str | None
    fills: str | None
    filled: str | None


@dataclass(frozen=True, slots=True, eq=False)
class FitTable:
    """The parts of the fit of every actor with one subject, as arrays over all actors.

    wants : what the best pair adds, 0 … `FitWeights.domain` + `FitWeights.resource`.
    ours, theirs : the pair, as positions in the subject's wants and in the ground's; -1 for none.
    levels : levels of the area path in common. columns : 1 where a column or a kind fits, else 0.
    """

    value: FloatArray
    wants: FloatArray
    ours: LongArray
    theirs: LongArray
    levels: IntArray
    n_levels: int
    columns: FloatArray


def fits(ground: Ground, subject: Subject) -> FitTable:
    """Return the fit of every actor with ``subject``. Time O(n + wants of all · wants of it)."""
    n = len(ground.network)
    best, ours, theirs = np.zeros(n), np.full(n, -1), np.full(n, -1)
    for place, want in enumerate(subject.wants):
        _take_better(best, ours, theirs, _pair_values(ground, want), place, ground.wants.actors)
    area = subject.actor.area
    n_levels = len(area.split("/")) if area else 0
    levels = ground.common_levels(area)
    columns = _columns(ground, subject)
    if n_levels:
        columns[(levels == 0) & (ground.areas[:, 0] >= 0)] = 0
    value = best + FIT_WEIGHTS.column * columns
    if n_levels:
        value = value + FIT_WEIGHTS.area * closeness(levels, n_levels)
    return FitTable(value, best, ours, theirs, levels, n_levels, columns)


def _pair_values(ground: Ground, want: Need) -> FloatArray:
    """Return what each want of the ground adds to the fit when paired with ``want``."""
    table = ground.wants
    if not table.wants:
        return np.zeros(0)
    meets = table.is_need != (want.sort == "need")
    domain = table.likenesses(want.domain)[table.domains] * np.where(meets, 1.0, 0.5)
    resource = table.likenesses(want.resource)[table.resources] * meets
    if want.domain:
        resource = np.where(domain > 0, resource, resource / 2)
    value = FIT_WEIGHTS.domain * domain + FIT_WEIGHTS.resource * resource
    found: FloatArray = value * table.holds_with(want)
    return found


def _take_better(
    best: FloatArray,
    ours: LongArray,
    theirs: LongArray,
    values: FloatArray,
    place: int,
    actors: LongArray,
) -> None:
    """Keep, for each actor, the best pair; of equal ones the first."""
    order = np.argsort(-values, kind="stable")
    order = order[values[order] > 0]
    owners, first = np.unique(actors[order], return_index=True)
    rows = order[first]
    is_better = values[rows] > best[owners]
    owners, rows = owners[is_better], rows[is_better]
    best[owners], ours[owners], theirs[owners] = values[rows], place, rows


def _columns(ground: Ground, subject: Subject) -> FloatArray:
    fits_kind = np.isin(ground.kinds, [KIND_CODE[kind] for kind in subject.sought])
    lacking = sum(COLUMN_BIT[slug] for slug in subject.lacking or ())
    found = fits_kind if subject.sought else (ground.columns & lacking) != 0
    if subject.actor.is_actor and not subject.sought:
        own = int(COLUMN_BIT_OF_KIND[KIND_CODE[subject.actor.kind]])
        found = found | ((ground.lacking & own) != 0)
    return found.astype(np.float64)


def fit_of(ground: Ground, subject: Subject, table: FitTable, i: int) -> Fit:
    """Return the fit of actor ``i`` with its facts."""
    candidate = ground.network.actors[i]
    pair = None
    if table.ours[i] >= 0:
        pair = paired(subject.wants[table.ours[i]], ground.wants.wants[table.theirs[i]])
    area = subject.actor.area
    common = common_area(area, candidate.area)
    is_near = common != ""
    fills, filled = _filled(subject, candidate, ground, i, is_near)
    is_asked = bool(subject.sought) or bool(subject.lacking) or filled is not None
    has_wants = bool(subject.wants)
    return Fit(
        float(table.value[i]),
        None if not has_wants else pair.domain if pair else 0.0,
        None if not has_wants else pair.resource if pair else 0.0,
        float(closeness(table.levels[i : i + 1], table.n_levels)[0])
        if common is not None
        else None,
        float(table.columns[i]) if is_asked else None,
        pair,
        common,
        fills,
        filled,
    )


def _filled(
    subject: Subject, candidate: Node, ground: Ground, i: int, is_near: bool
) -> tuple[str | None, str | None]:
    if not is_near:
        return None, None
    bit_slugs = {bit: slug for slug, bit in COLUMN_BIT.items()}
    if subject.sought:
        return ("kind" if candidate.kind in subject.sought else None), None
    theirs = bit_slugs.get(int(ground.columns[i]))
    own = int(COLUMN_BIT_OF_KIND[KIND_CODE[subject.actor.kind]]) if subject.actor.is_actor else 0
    return (
        theirs if theirs in (subject.lacking or ()) else None,
        bit_slugs.get(own & int(ground.lacking[i])),
    )
