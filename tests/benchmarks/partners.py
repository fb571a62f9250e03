"""How long partners, introductions and matching take, beside NetworkX for the scores it has."""

from __future__ import annotations

import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx

from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.city.write import write_import
from graph.findings.ground import Ground, survey
from graph.findings.introductions import introductions
from graph.findings.matching import match_area
from graph.findings.partners import find_partners
from graph.findings.reach import reach
from graph.findings.subjects import standing_of, subject_of
from graph.findings.ties_behind import TiesBehind
from graph.ingest.importer import import_files
from graph.projection import Projection, project
from graph.records import Node
from graph.settings import Settings
from graph.store.opening import open_database

NAME = "partners"
HELP = "milliseconds of an answer over a city, persons not folded; another way's time over that"
SIZES = (1_000, 5_000, 20_000, 100_000)
SIZES_IN_CYPHER = (1_000, 5_000)
N_SHOWN = 20
SECONDS = 0.2  # spent on each answer at least


def run(sizes: tuple[int, ...] = SIZES) -> list[tuple[str, float, float]]:
    """Return rows of (what, milliseconds, another way's time over that; 0 where there is none).

    The other way is NetworkX, or the library's plain Cypher where the row says so.
    *Partners* is the whole ranking with the facts of the first `N_SHOWN`; NetworkX computes
    Adamic–Adar and resource allocation alone, for the candidates that were looked at. *The two
    scores alone* are ours for all actors, with the strongest paths.
    """
    rows = []
    for n in sizes:
        records = city_records(draw_city(CityPlan(n, n_hubs=1, n_gaps=9)))
        projection = Projection(fold_persons=False)
        network = project(records, projection)
        first, ground = _timed(lambda: survey(records, network))  # noqa: B023
        rows.append((f"{n:,} actors, what is known of all, once", first * 1e3, 0.0))
        graph = network.network.to_networkx()
        alone: dict[str, float] = {}
        for title, actor in _asking(ground).items():
            ours = _median(lambda: _partners(ground, actor))  # noqa: B023
            found = find_partners(ground, subject_of(ground, actor, actor.id))
            ids = [network.actors[i].id for i in found.positions.tolist()]
            pairs = [(actor.id, other) for other in ids]
            theirs = _median(lambda: _networkx(graph, pairs), n_least=1)  # noqa: B023
            what = f"{n:,} actors, partners of {title}, {len(ids):,} looked at"
            rows.append((what, ours * 1e3, theirs / ours))
            standing = standing_of(ground, actor)
            scores = _median(lambda: reach(network.network, standing))  # noqa: B023
            rows.append(
                (f"{n:,} actors, the two scores of it alone", scores * 1e3, theirs / scores)
            )
            alone[title] = scores
        one, other = list(_asking(ground).values())[:2]
        behind = TiesBehind(ground, projection)
        paths = _median(lambda: _paths(ground, behind, one, other))  # noqa: B023
        if n in SIZES_IN_CYPHER:
            cypher = _in_cypher(n, [a.id for a in _asking(ground).values()])
            rows += [
                (f"{n:,} actors, the two scores of {title}, and in Cypher", s * 1e3, c / s)
                for (title, s), c in zip(alone.items(), cypher, strict=True)
            ]
        rows.append((f"{n:,} actors, introductions between two of them", paths * 1e3, 0.0))
        street = "/".join((one.area or "").split("/")[:3])
        for title, area in (("a street", street), ("the city", None)):
            took = _median(lambda: match_area(ground, area), n_least=1)  # noqa: B023
            rows.append((f"{n:,} actors, matching of {title}", took * 1e3, 0.0))
    return rows


def _asking(ground: Ground) -> dict[str, Node]:
    """Return a community, an enterprise and the actor with most partners."""
    actors, degrees = ground.network.actors, ground.network.network.degrees
    of_kind = {a.kind: a for i, a in reversed(list(enumerate(actors))) if degrees[i]}
    return {
        "a community": of_kind["Community"],
        "an enterprise": of_kind["Enterprise"],
        "the one with most": actors[int(degrees.argmax())],
    }


def _in_cypher(n: int, actors: list[str]) -> list[float]:
    """Return how long the library's query takes for each actor of the same city in Neo4j."""
    with tempfile.TemporaryDirectory() as folder:
        settings = dataclasses.replace(
            Settings.from_environment(), data_dir=Path(folder, "data"), neo4j_uri=None
        )
        with open_database(settings, owner=True) as database:
            write_import(draw_city(CityPlan(n, n_hubs=1, n_gaps=9)), Path(folder, "city"))
            files = sorted(Path(folder, "city").glob("*.csv"))
            import_files(database, [(file.name, file.read_bytes()) for file in files])
            return [
                _median(lambda: database.read("library.common_partners", actor=actor))  # noqa: B023
                for actor in actors
            ]


def _partners(ground: Ground, actor: Node) -> None:
    found = find_partners(ground, subject_of(ground, actor, actor.id))
    for place in range(min(N_SHOWN, len(found))):
        found.candidate(place)


def _networkx(graph: nx.Graph, pairs: list[tuple[str, str]]) -> None:
    list(nx.adamic_adar_index(graph, pairs))
    list(nx.resource_allocation_index(graph, pairs))


def _paths(ground: Ground, behind: TiesBehind, one: Node, other: Node) -> None:
    network = ground.network
    found = introductions(
        network.network, standing_of(ground, one), standing_of(ground, other), limit=5
    )
    for path in found.paths:
        stops = [one, *(network.actors[i] for i in path.between), other]
        for a, b in pairwise(stops):
            behind.between(a, b)


def _timed(answer: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = answer()
    return time.perf_counter() - start, found


def _median(answer: Callable[[], Any], n_least: int = 3) -> float:
    """Return the median time of an answer; the first, which loads compiled code, is left out."""
    answer()
    times: list[float] = []
    while len(times) < n_least or (sum(times) < SECONDS and len(times) < 50):
        times.append(_timed(answer)[0])
    return statistics.median(times)
