"""How long it takes to say what a network would be without its most tied actor.

Without the database, from the records of a warm product, gaps aside. The way with NetworkX copies
the graph that is there already, takes the node out, and measures anew: degrees, components and
constraint, and betweenness while that takes no more than a minute or so.
"""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import networkx as nx

from graph.analysis.betweenness import betweenness
from graph.analysis.components import components
from graph.analysis.structural_holes import structural_holes
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.explorer import Explorer
from graph.projection import project
from graph.questions.what_if import what_if
from graph.records import Records
from graph.scenario.changes import RemoveActor
from graph.scenario.draft import Base, drafted
from graph.store.database import Database

NAME = "what_if"
HELP = "seconds (MB) for a removal, and how many times that another way takes"
SIZES = (1_000, 5_000, 20_000, 100_000)
MAX_PEER_BETWEENNESS = 5_000
_N_RUNS = 5


class _Still(Explorer):
    """An explorer over records that never change, whose answers to scenarios are not kept."""

    def __init__(self, records: Records) -> None:
        class Data:
            data_dir = None

            def version(self) -> str:
                return records.version

        super().__init__(cast("Database", Data()))
        self._records = records

    def records(self) -> Records:
        return self._records

    def cached(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        return compute() if key[0] == "what if" else super().cached(key, compute)


def run() -> list[tuple[str, float, float]]:
    """Remove the most tied actor of growing cities.

    Returns rows of (what, median seconds or MB, ratio to Wushe's for the same).
    """
    rows = []
    for n in SIZES:
        explorer = _Still(city_records(draw_city(CityPlan(n))))
        network = explorer.measured_on().network
        gone = [RemoveActor(network.actors[int(network.network.degrees.argmax())].id)]
        ask = partial(what_if, explorer, gone, has_gaps=False)
        between = next(m for m in ask().network.measures if m.slug == "betweenness")
        how = "estimated" if between.estimate else "exact"
        size = f"{n:,} ({len(network):,} actors, {network.n_ties:,} ties)"
        ours_mb = _megabytes(ask)
        rows.append((f"all of it, betweenness {how}, {size}", _seconds(ask), 1.0))
        base, graph = Base.of(explorer.records()), network.network.to_networkx()
        for has_betweenness in (False, True):
            what = "and betweenness" if has_betweenness else "degrees, parts, constraint"
            if has_betweenness and n > MAX_PEER_BETWEENNESS:
                continue
            ours_s = _seconds(partial(_with_wushe, base, gone, has_betweenness))
            peer = partial(_with_networkx, graph, gone[0].actor, has_betweenness)
            peer_s = _seconds(peer, 1 if has_betweenness else _N_RUNS)
            rows.append((f"{what}, Wushe, {size}", ours_s, 1.0))
            rows.append((f"{what}, NetworkX, {size}", peer_s, peer_s / ours_s))
        megabytes = _megabytes(graph.copy)
        rows.append((f"all of it, MB, {size}", ours_mb, 1.0))
        rows.append((f"copy with NetworkX, MB, {size}", megabytes, megabytes / ours_mb))
    return rows


def _with_wushe(base: Base, gone: list[RemoveActor], has_betweenness: bool) -> None:
    after = project(drafted(base, gone).records()).network
    _ = after.degrees, components(after), structural_holes(after)
    if has_betweenness:
        betweenness(after)


def _with_networkx(graph: nx.Graph, gone: str, has_betweenness: bool) -> None:
    after = graph.copy()
    after.remove_node(gone)
    dict(after.degree())
    list(nx.connected_components(after))
    nx.constraint(after, weight="weight")
    if has_betweenness:
        nx.betweenness_centrality(after, normalized=False)


def _seconds(function: Callable[[], object], n_runs: int = _N_RUNS) -> float:
    if n_runs > 1:
        function()
    taken = []
    for _ in range(n_runs):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _megabytes(function: Callable[[], object]) -> float:
    tracemalloc.start()
    function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
