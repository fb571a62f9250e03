"""How long the gap rules take on a city, whole and one street, beside plain ways to say two."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.write import write_import
from graph.explorer import Explorer
from graph.findings.gaps import rules, run_rules
from graph.findings.network_gaps import NETWORK_FINDERS, survey
from graph.ingest.importer import import_files
from graph.projection import project
from graph.sentences.gaps import NETWORK_RULE_BY_SLUG
from graph.settings import Settings
from graph.store.database import Database
from graph.store.opening import open_database

NAME = "gaps"
HELP = "seconds of each rule on a whole city, and on one street of it"
SIZES = (5_000, 100_000)
TODAY = "2026-06-30"
_TIES_AT_ONCE = 100_000
# The same questions as one would first write them: count along paths, filter all pairs.
_PLAIN = {
    "no_enterprise_within_reach": """
        MATCH (c:Community)
        WHERE $area = '' OR c.area = $area OR c.area STARTS WITH $area + '/'
        OPTIONAL MATCH (c)-[*1..4]-(e:Enterprise|Merchant|SocialEnterprise|School|University
                                      |Hospital|OtherInstitution)
        WITH c, count(DISTINCT e) AS n_reached
        WHERE n_reached = 0
        RETURN count(c) AS n""",
    "need_without_offer": """
        MATCH (a)-[:HAS_NEED]->(n:Need)
        WHERE ($area = '' OR a.area = $area OR a.area STARTS WITH $area + '/')
        MATCH (b)-[:MAKES_OFFER]->(f:Offer)
        WITH n, a, count(CASE WHEN f.domain = n.domain AND f.resource = n.resource
                              AND (b.area STARTS WITH a.area OR a.area STARTS WITH b.area
                                   OR EXISTS { (a)-[*1..2]-(b) }) THEN 1 END) AS n_met
        WHERE n_met = 0
        RETURN count(n) AS n""",
}
_PLAIN_TIMEOUT_S = 30


def run() -> list[tuple[str, float, float]]:
    """Import cities, then run every rule on each.

    Returns rows of (what, seconds on the whole city, seconds on one street), the median of three.
    """
    rows = []
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = dataclasses.replace(
                Settings.from_environment(), data_dir=Path(folder, "data"), neo4j_uri=None
            )
            with open_database(settings, owner=True) as database:
                fill(database, n, Path(folder, "city"))
            # Opened anew: a cold Neo4j plans every rule, which most of the first report is.
            with open_database(settings, owner=True) as database:
                rows += _reports(database, n)
                rows += _measure(database, n)
    return rows


def _reports(database: Database, n: int) -> list[tuple[str, float, float]]:
    """Return the seconds of the whole report and of a street's, the first time and again."""
    explorer = Explorer(database)
    explorer.measured_on()
    streets = _streets(explorer)
    first = [_once(lambda a=area: explorer.gap_report(a)) for area in (None, streets[0])]
    explorer.prepare_areas()
    second = Explorer(database)
    second.measured_on()
    again = [_once(lambda a=area: second.gap_report(a)) for area in (None, streets[1])]
    return [
        (f"{n:,}: report of a whole city and of a street, the first", *first),
        (f"{n:,}: report of a whole city and of another street, again", *again),
    ]


def _streets(explorer: Explorer) -> list[str]:
    nodes = explorer.records().nodes
    return sorted(node.area for node in nodes if node.kind == "StreetOffice" and node.area)


def _measure(database: Database, n: int) -> list[tuple[str, float, float]]:
    explorer = Explorer(database)
    nodes, records = explorer.nodes_by_id(), explorer.records()
    street = _streets(explorer)[0]
    rows = []
    for rule in rules():
        times = [
            _seconds(
                lambda area=area, rule=rule: run_rules(
                    database.read, nodes, [rule], area=area, today=TODAY
                )
            )
            for area in ("", street)
        ]
        rows.append((f"{n:,}: {rule.slug}", *times))
        if rule.slug in _PLAIN:
            plain = [_plain(database, _PLAIN[rule.slug], area) for area in ("", street)]
            rows.append((f"{n:,}: {rule.slug}, plainly written", *plain))
    statements = [row for row in rows if not row[0].endswith("plainly written")]
    rows.append((f"{n:,}: all statements", *(sum(r[i] for r in statements) for i in (1, 2))))
    network = project(records)
    surveys = [survey(network, records, area, {}) for area in ("", street)]
    for slug, find in NETWORK_FINDERS:
        values = {p.name: p.default for p in NETWORK_RULE_BY_SLUG[slug].parameters}
        times = [_seconds(lambda s=s, f=find, v=values: f(s, v)) for s in surveys]
        rows.append((f"{n:,}: {slug}, on the network", *times))
    return rows


def _once(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _seconds(call: Callable[[], object]) -> float:
    return sorted(_once(call) for _ in range(3))[1]


def _plain(database: Database, text: str, area: str) -> float:
    """Return the seconds of one run, or the limit where it takes longer."""
    from neo4j import Query
    from neo4j.exceptions import Neo4jError

    start = time.perf_counter()
    with database.session("READ") as session:
        try:
            session.run(Query(text, timeout=_PLAIN_TIMEOUT_S), area=area).consume()  # type: ignore[arg-type]
        except Neo4jError:
            return float(_PLAIN_TIMEOUT_S)
    return time.perf_counter() - start


def fill(database: Database, n: int, folder: Path) -> None:
    """Import a city of ``n`` actors, its ties in parts: a transaction holds half of the heap."""
    write_import(draw_city(CityPlan(n, n_hubs=2, n_gaps=6)), folder)
    tables = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    head, *ties = tables.pop("关系.csv").decode().splitlines(keepends=True)
    parts = [list(tables.items())]
    for start in range(0, len(ties), _TIES_AT_ONCE):
        text = head + "".join(ties[start : start + _TIES_AT_ONCE])
        parts.append([("关系.csv", text.encode())])
    for part in parts:
        report = import_files(database, part)
        if report.problems:
            raise RuntimeError(f"{report.problems[:3]}")
