"""How well partner scores foretell ties that came about later, beside plain rules.

    python -m tests.benchmarks.link_prediction      # the tables as Markdown

Synthetic cities have dates. What began before a day is known; asked is who gets tied to whom after
it. Every actor that gets a new partner ranks all its non-partners, natural persons left out; for
each new partner the rank among those who stay strangers counts, equal scores sharing the mean of
their ranks. Weights are chosen on the slice before the one that is reported, which is looked at
once.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.findings.ground import Ground, survey
from graph.findings.partners import DEFAULT_WEIGHTS, Weights, find_partners
from graph.findings.subjects import subject_of
from graph.projection import project
from graph.records import Records

NAME = "link_prediction"
HELP = "mean reciprocal rank of later partners among all strangers, and share among the first ten"
CITIES = ((5_000, 1), (20_000, 2))
VALIDATION, TEST, END = "2022-01", "2024-01", "2026-07"
N_ASKING = 400
N_FIRST = 10
_SHARES = (0.0, 0.25, 0.5, 1.0)

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Query:
    """One actor that gets new partners: the strangers it ranks, and which of them they are."""

    parts: Scores
    baselines: dict[str, Scores]
    is_new: NDArray[np.bool_]


def known_before(records: Records, day: str) -> Records:
    """Return what began before ``day`` or states no beginning; all actors are kept."""
    ties = tuple(t for t in records.ties if t.since is None or t.since < day)
    needs = tuple(n for n in records.needs if n.since is None or n.since < day)
    return replace(records, ties=ties, needs=needs)


def slices(records: Records, start: str, stop: str) -> Iterator[Query]:
    """Yield the queries of a slice: known before ``start``, new from then until before ``stop``."""
    ground = survey(known := known_before(records, start), project(known))
    later = project(known_before(records, stop))
    nodes = records.by_id()
    index = ground.network.index
    there = np.array(
        [not a.is_person and (a.since is None or a.since < start) for a in ground.network.actors]
    )
    asking = [
        (i, new)
        for i, actor in enumerate(ground.network.actors)
        if there[i]
        and (
            new := {index[p.id] for p in later.partners(later.index[actor.id])}
            - set(ground.network.network.neighbours(i).tolist())
        )
        and (new := {j for j in new if there[j]})
    ]
    chosen = np.random.default_rng(0).permutation(len(asking))[:N_ASKING]
    for k in sorted(chosen.tolist()):
        i, new = asking[k]
        yield _query(ground, nodes[ground.network.actors[i].id].id, i, new, there)


def _query(
    ground: Ground, actor_id: str, position: int, new: set[int], there: NDArray[np.bool_]
) -> Query:
    nodes = ground.network.actors
    found = find_partners(ground, subject_of(ground, nodes[position], actor_id), pool_size=None)
    # The parts stand in the order in which candidates were taken, not in that of their scores.
    taken = np.empty(len(found), np.int64)
    taken[found.places] = found.positions
    kept = there[taken]
    taken = taken[kept]
    network = ground.network.network
    degrees = network.degrees.astype(np.float64)
    same = network.groups[taken] == network.groups[position]
    reach = found.found
    levels = found.fit.levels[taken].astype(np.float64)
    return Query(
        found.parts[kept],
        {
            "common neighbours": reach.n_common[taken].astype(np.float64),
            "Adamic–Adar": reach.adamic_adar[taken],
            "resource allocation": reach.resource_allocation[taken],
            "strongest path, 3 steps": reach.path_strength[taken],
            "popularity (number of partners)": degrees[taken],
            "same sector, then popularity": same + degrees[taken] / (1 + degrees.max()),
            "same area, then popularity": levels + degrees[taken] / (1 + degrees.max()),
            "chance": np.zeros(len(taken)),
        },
        np.isin(taken, list(new)),
    )


def ranks(scores: Scores, is_new: NDArray[np.bool_]) -> Scores:
    """Return the rank of each new one among it and those who are not new; ties share the mean."""
    others = np.sort(scores[~is_new])
    mine = scores[is_new]
    above = len(others) - np.searchsorted(others, mine, side="right")
    equal = np.searchsorted(others, mine, side="right") - np.searchsorted(others, mine, side="left")
    found: Scores = 1 + above + equal / 2
    return found


@dataclass(frozen=True)
class Figures:
    """Mean reciprocal rank with its standard error, each actor counting once; share of the first.

    ``hits`` is the share of new partners among the first `N_FIRST`, each actor counting once.
    """

    mrr: float
    error: float
    hits: float


def measured(queries: list[Query], score: Callable[[Query], Scores]) -> Figures:
    """Return the figures of one way to score."""
    found = [ranks(score(q).round(12), q.is_new) for q in queries]
    reciprocal = np.array([(1 / r).mean() for r in found])
    hits = np.array([(r <= N_FIRST).mean() for r in found])
    error = float(reciprocal.std(ddof=1) / math.sqrt(len(reciprocal)))
    return Figures(float(reciprocal.mean()), error, float(hits.mean()))


def weighted(weights: Weights) -> Callable[[Query], Scores]:
    """Return the score of the product under some weights."""
    vector = np.array(astuple(weights)) / math.fsum(astuple(weights))
    return lambda query: query.parts @ vector


def tuned(queries: list[Query]) -> Weights:
    """Return the weights of a coarse grid that rank best by mean reciprocal rank."""
    grid = [
        Weights(*w)
        for w in np.array(np.meshgrid(*[_SHARES] * 4)).reshape(4, -1).T.tolist()
        if max(w) == 1.0
    ]
    return max(grid, key=lambda w: measured(queries, weighted(w)).mrr)


@dataclass(frozen=True)
class Result:
    """What one city gives: the figures of each way on the test slice, and the weights chosen."""

    title: str
    n_asking: int
    n_new: int
    n_strangers: float
    weights: Weights
    figures: dict[str, Figures]


def evaluated(n: int, seed: int) -> Result:
    """Choose weights on the validation slice of a city and look at its test slice once."""
    records = city_records(draw_city(CityPlan(n, seed)))
    best = tuned(list(slices(records, VALIDATION, TEST)))
    queries = list(slices(records, TEST, END))
    ways: dict[str, Callable[[Query], Scores]] = {
        "ours, default weights": weighted(DEFAULT_WEIGHTS),
        "ours, weights of the validation slice": weighted(best),
        "ours, reach alone": weighted(Weights(0, 1, 0, 0)),
        "ours, fit alone": weighted(Weights(1, 0, 0, 0)),
    }
    for name in queries[0].baselines:
        ways[name] = lambda query, name=name: query.baselines[name]  # type: ignore[misc]
    return Result(
        f"city of {n:,}",
        len(queries),
        sum(int(q.is_new.sum()) for q in queries),
        float(np.mean([len(q.is_new) for q in queries])),
        best,
        {name: measured(queries, way) for name, way in ways.items()},
    )


def run() -> list[tuple[str, float, float]]:
    """Return rows of (what, mean reciprocal rank, share among the first ten)."""
    return [
        (f"{result.title}, {name}", figures.mrr, figures.hits)
        for result in (evaluated(n, seed) for n, seed in CITIES)
        for name, figures in result.figures.items()
    ]


def section(cities: tuple[tuple[int, int], ...] = CITIES) -> str:
    """Return the tables as Markdown."""
    lines = []
    for result in (evaluated(n, seed) for n, seed in cities):
        weights = ", ".join(f"{w:g}" for w in astuple(result.weights))
        lines += [
            f"**{result.title}**: {result.n_asking:,} actors get {result.n_new:,} new partners "
            f"from {TEST} to before {END}, among {result.n_strangers:,.0f} strangers each on "
            f"average; weights chosen on {VALIDATION} to before {TEST}: {weights} (fit, reach, "
            "bridging, load).",
            "",
            f"| way to rank | MRR | ± | among the first {N_FIRST} |",
            "| :-- | --: | --: | --: |",
        ]
        by_mrr = sorted(result.figures.items(), key=lambda item: -item[1].mrr)
        lines += [
            f"| {name} | {f.mrr:.3f} | {f.error:.3f} | {100 * f.hits:.1f} % |" for name, f in by_mrr
        ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, help="one city of so many actors only")
    asked = parser.parse_args().actors
    print(section(((asked, 1),) if asked else CITIES))  # noqa: T201
