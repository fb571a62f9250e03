"""How well partner scores foretell ties that came about later, beside plain rules.

    python -m tests.benchmarks.link_prediction      # the tables of two cities as Markdown
    python -m tests.benchmarks.link_prediction --nodes NODES.csv --ties TIES.csv

Synthetic cities have dates, and so has any network given by two tables
(`tests.benchmarks.dated_network`). What began before a day is known; asked is who gets tied to whom
after it. Every actor that gets a new partner ranks all its non-partners, natural persons left out;
for each new partner the rank among those who stay strangers counts, equal scores sharing the mean
of their ranks. Weights are chosen on the slice before the one that is reported, which is looked at
once.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path

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
from tests.benchmarks.dated_network import read_network

NAME = "link_prediction"
HELP = "mean reciprocal rank of later partners among all strangers, and share among the first ten"
CITIES = ((5_000, 1), (20_000, 2))
N_ASKING = 400
N_FIRST = (1, 10, 50)
_SHARES = (0.0, 0.25, 0.5, 1.0)

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Cuts:
    """The days that begin the validation slice, the test slice and what is left out, if any."""

    validation: str
    test: str
    end: str | None = None


CITY_CUTS = Cuts("2022-01", "2024-01", "2026-07")


@dataclass(frozen=True)
class Query:
    """One actor that gets new partners: the strangers it ranks, and which of them they are."""

    parts: Scores
    baselines: dict[str, Scores]
    is_new: NDArray[np.bool_]


def cuts_of(
    records: Records,
    validation: str | None = None,
    test: str | None = None,
    end: str | None = None,
) -> Cuts:
    """Return the cuts given, and for those that are not: six and eight tenths of the dated ties.

    Raises
    ------
    ValueError : where no tie has a date, or the days do not follow each other.
    """
    dates = sorted(t.since for t in records.ties if t.since and (end is None or t.since < end))
    if not dates:
        raise ValueError("no tie has a date")
    cuts = Cuts(validation or dates[len(dates) * 6 // 10], test or dates[len(dates) * 8 // 10], end)
    if not dates[0] < cuts.validation < cuts.test or (end and end <= cuts.test):
        raise ValueError(f"the days have to follow each other: {dates[0]}, {cuts}")
    return cuts


def known_before(records: Records, day: str | None) -> Records:
    """Return what began before ``day`` or states no beginning; all actors are kept."""
    if day is None:
        return records
    ties = tuple(t for t in records.ties if t.since is None or t.since < day)
    needs = tuple(n for n in records.needs if n.since is None or n.since < day)
    return replace(records, ties=ties, needs=needs)


def slices(records: Records, start: str, stop: str | None) -> Iterator[Query]:
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
    popularity = degrees[taken] / (1 + degrees.max())
    baselines = {
        "common neighbours": reach.n_common[taken].astype(np.float64),
        "Adamic–Adar": reach.adamic_adar[taken],
        "resource allocation": reach.resource_allocation[taken],
        "strongest path, 3 steps": reach.path_strength[taken],
        "popularity (number of partners)": degrees[taken],
        "same sector, then popularity": same + popularity,
        "same area, then popularity": found.fit.levels[taken] + popularity,
        "chance": np.zeros(len(taken)),
    }
    if not ground.area_codes:
        del baselines["same area, then popularity"]
    return Query(found.parts[kept], baselines, np.isin(taken, list(new)))


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

    ``hits`` are the shares of new partners among the first of `N_FIRST`, each actor counting once.
    """

    mrr: float
    error: float
    hits: tuple[float, ...]


def measured(queries: list[Query], score: Callable[[Query], Scores]) -> Figures:
    """Return the figures of one way to score."""
    found = [ranks(score(q).round(12), q.is_new) for q in queries]
    reciprocal = np.array([(1 / r).mean() for r in found])
    hits = tuple(float(np.mean([(r <= n).mean() for r in found])) for n in N_FIRST)
    error = float(reciprocal.std(ddof=1) / math.sqrt(len(reciprocal)))
    return Figures(float(reciprocal.mean()), error, hits)


def weighted(weights: Weights) -> Callable[[Query], Scores]:
    """Return the score of the product under some weights."""
    vector = np.array(astuple(weights)) / math.fsum(astuple(weights))
    return lambda query: query.parts @ vector


def tuned(queries: list[Query]) -> Weights:
    """Return the weights of a coarse grid that rank best by mean reciprocal rank.

    A part that is the same for all strangers, whoever asks, gets 0.
    """
    tells = np.any([np.ptp(q.parts, axis=0) > 0 for q in queries], axis=0)
    shares = [_SHARES if told else (0.0,) for told in tells]
    grid = [
        Weights(*w)
        for w in np.array(np.meshgrid(*shares)).reshape(4, -1).T.tolist()
        if max(w) == 1.0
    ]
    return max(grid, key=lambda w: measured(queries, weighted(w)).mrr)


@dataclass(frozen=True)
class Result:
    """What one network gives: the figures of each way on the test slice, and the weights chosen."""

    title: str
    cuts: Cuts
    n_asking: int
    n_new: int
    n_strangers: float
    weights: Weights
    figures: dict[str, Figures]


def evaluated(title: str, records: Records, cuts: Cuts) -> Result:
    """Choose weights on the validation slice of a network and look at its test slice once.

    Raises
    ------
    ValueError : where fewer than two actors get new partners in one of the slices.
    """
    before = list(slices(records, cuts.validation, cuts.test))
    queries = list(slices(records, cuts.test, cuts.end))
    if min(len(before), len(queries)) < 2:
        raise ValueError(f"fewer than two actors get new partners in a slice of {cuts}")
    best = tuned(before)
    ways: dict[str, Callable[[Query], Scores]] = {
        "ours, default weights": weighted(DEFAULT_WEIGHTS),
        "ours, weights of the validation slice": weighted(best),
        "ours, reach alone": weighted(Weights(0, 1, 0, 0)),
        "ours, fit alone": weighted(Weights(1, 0, 0, 0)),
    }
    for name in queries[0].baselines:
        ways[name] = lambda query, name=name: query.baselines[name]  # type: ignore[misc]
    return Result(
        title,
        cuts,
        len(queries),
        sum(int(q.is_new.sum()) for q in queries),
        float(np.mean([len(q.is_new) for q in queries])),
        best,
        {name: measured(queries, way) for name, way in ways.items()},
    )


def evaluated_cities(cities: tuple[tuple[int, int], ...] = CITIES) -> Iterator[Result]:
    """Yield the results of synthetic cities of so many actors and such a seed."""
    for n, seed in cities:
        yield evaluated(f"city of {n:,}", city_records(draw_city(CityPlan(n, seed))), CITY_CUTS)


def run() -> list[tuple[str, float, float]]:
    """Return rows of (what, mean reciprocal rank, share among the first ten)."""
    return [
        (f"{result.title}, {name}", figures.mrr, figures.hits[N_FIRST.index(10)])
        for result in evaluated_cities()
        for name, figures in result.figures.items()
    ]


def table(result: Result) -> str:
    """Return the figures of one network as Markdown, best first."""
    cuts = result.cuts
    weights = ", ".join(f"{w:g}" for w in astuple(result.weights))
    until = f" to before {cuts.end}" if cuts.end else " on"
    by_mrr = sorted(result.figures.items(), key=lambda item: -item[1].mrr)
    return "\n".join(
        [
            f"**{result.title}**: {result.n_asking:,} actors get {result.n_new:,} new partners "
            f"from {cuts.test}{until}, among {result.n_strangers:,.0f} strangers each on "
            f"average; weights chosen on {cuts.validation} to before {cuts.test}: {weights} (fit, "
            "reach, bridging, load).",
            "",
            "| way to rank | MRR | ± | " + " | ".join(f"first {n}" for n in N_FIRST) + " |",
            "| :-- |" + " --: |" * (2 + len(N_FIRST)),
            *(
                f"| {name} | {f.mrr:.3f} | {f.error:.3f} | "
                + " | ".join(f"{100 * share:.1f} %" for share in f.hits)
                + " |"
                for name, f in by_mrr
            ),
            "",
        ]
    )


def main() -> None:
    """Print the tables that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--actors", type=int, help="one city of so many actors only")
    parser.add_argument("--nodes", type=Path, help="a table of actors: id[,group][,area][,since]")
    parser.add_argument(
        "--ties",
        type=Path,
        help="a table of ties, source,target,since[,weight], or of memberships, "
        "actor,affiliation,since[,role]",
    )
    parser.add_argument("--validation", help="the day on which the validation slice begins")
    parser.add_argument("--test", help="the day on which the test slice begins")
    parser.add_argument("--end", help="the day before which the test slice ends")
    asked = parser.parse_args()
    if (asked.nodes is None) != (asked.ties is None):
        parser.error("--nodes and --ties belong together")
    if asked.ties is not None:
        try:
            records = read_network(asked.nodes, asked.ties)
            cuts = cuts_of(records, asked.validation, asked.test, asked.end)
        except (OSError, ValueError) as error:
            parser.error(str(error))
        print(table(evaluated(asked.ties.stem, records, cuts)))  # noqa: T201
        return
    for result in evaluated_cities(((asked.actors, 1),) if asked.actors else CITIES):
        print(table(result))  # noqa: T201


if __name__ == "__main__":
    main()
