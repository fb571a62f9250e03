"""How long the diagnosis of one community takes, beside a plain pass over all that is stored."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from graph.analysis.cuts import cuts
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.findings.maturity import comparable, lacks, maturity
from graph.findings.modes import diagnose
from graph.findings.places import Places
from graph.findings.platform_card import stand_ins, without
from graph.projection import project
from graph.records import Node, Records

Result = TypeVar("Result")
NAME = "diagnosis"
HELP = "seconds of a diagnosis and of a platform card, and how many times that a plain pass takes"
SIZES = (5_000, 20_000, 100_000)
N_ASKED = 50


def run() -> list[tuple[str, float, float]]:
    """Diagnose communities of growing cities; medians over `N_ASKED` of them.

    Returns rows of (what, median seconds, times that a plain pass over all ties takes); the plain
    pass finds the same programmes and shares, without an index, comparable communities or paths.
    """
    rows = []
    for n in SIZES:
        records = city_records(draw_city(CityPlan(n, seed=1)))
        arranged_s, places = _timed(lambda: Places(records))  # noqa: B023
        sizes = {a.path: a.population for a in records.areas if a.population}
        asked = places.communities()[:N_ASKED]
        ours = [_timed(lambda: _diagnosis(places, c, sizes))[0] for c in asked]  # noqa: B023
        plain = [_timed(lambda: _plain(records, c))[0] for c in asked[:3]]  # noqa: B023
        everything_s, found = _timed(lambda: _all(places))  # noqa: B023
        rows += [
            (f"arranged by place, {n:,} actors, {len(records.ties):,} ties", arranged_s, 0.0),
            (
                f"one community of {len(places.communities()):,}",
                statistics.median(ours),
                statistics.median(plain) / statistics.median(ours),
            ),
            ("the slowest of them", max(ours), statistics.median(plain) / max(ours)),
            (f"all communities ({_listed(found)})", everything_s, 0.0),
        ]
        actors = project(records)
        found_cuts = cuts(actors.network)
        largest = actors.network.degrees.argsort()[::-1][:N_ASKED].tolist()
        cards = [
            _timed(lambda: (without(actors, found_cuts, i), stand_ins(actors, i)))[0]  # noqa: B023
            for i in largest
        ]
        rows.append(
            (f"platform card, of the {N_ASKED} with most partners", statistics.median(cards), 0.0)
        )
        rows.append(("the slowest of them", max(cards), 0.0))
    return rows


def _diagnosis(places: Places, community: Node, sizes: dict[str, int]) -> None:
    record = places.of(community)
    diagnose(places, record)
    lacks(places, maturity(places, record), comparable(places, community, sizes))


def _all(places: Places) -> Counter[str | None]:
    return Counter(diagnose(places, places.of(c)).mode for c in places.communities())


def _listed(found: Counter[str | None]) -> str:
    return ", ".join(f"{mode or 'none'} {n}" for mode, n in found.most_common())


def _plain(records: Records, community: Node) -> Counter[tuple[str, str | None]]:
    """Count who has which part in the programmes of a community, in three passes."""
    nodes = records.by_id()
    inside = {n.id for n in records.nodes if n.area and n.area.startswith(community.area or "?")}
    programmes = {i for i in inside if not nodes[i].is_actor}
    for tie in records.ties:
        if tie.relation == "LOCATED_IN" and tie.end in inside:
            programmes.add(tie.start)
    parts: Counter[tuple[str, str | None]] = Counter()
    for tie in records.ties:
        if tie.end in programmes:
            parts[tie.relation, nodes[tie.start].sector] += 1
    return parts


def _timed(do: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    found = do()
    return time.perf_counter() - start, found
