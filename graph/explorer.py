"""Answers the product's questions over one database; what CLI, API and pages all call."""

from __future__ import annotations

import math
import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.analysis.registry import MEASURES, PAGE_MEASURES, Measuring, measures_named
from graph.analysis.registry import measured as measured_columns
from graph.errors import InvalidArgument, NoArea, NotFound
from graph.findings.gaps import (
    SEVERITIES,
    STATUSES,
    Found,
    Gap,
    Read,
    Rule,
    in_order,
    rules,
    run_rules,
)
from graph.findings.marks import Mark, read_marks, resolved, with_marks
from graph.findings.network_gaps import NETWORK_FINDERS, survey
from graph.findings.parameters import EVERYWHERE, read_settings, values_at
from graph.ingest.importer import ImportRecord, history
from graph.model import (
    AFFILIATION_KIND_BY_SLUG,
    KIND_BY_SLUG,
    RELATION_BY_SLUG,
    SECTOR_BY_SLUG,
    SECTORS,
)
from graph.progress import tell, watching
from graph.projection import DEFAULT, Projection, is_within, project
from graph.records import Need, Node, Records, Tie
from graph.results import (
    ActorDetail,
    Evidence,
    GapReport,
    Pair,
    Ranked,
    Ranking,
    RankInterval,
    SectorPair,
    Snapshot,
    TieView,
)
from graph.sentences.actors import (
    broker_reason,
    evidence_sentence,
    hub_reason,
    role_sentence,
)
from graph.sentences.gaps import NETWORK_RULE_BY_SLUG, all_rules, network_gaps
from graph.store.database import Database
from graph.store.kept import KeptRows
from graph.stored import read_stored
from graph.text import Text

if TYPE_CHECKING:
    from graph.analysis.evidence import BridgedSectors
    from graph.analysis.rank_intervals import RankIntervals
    from graph.analysis.registry import Values
    from graph.network import FloatArray, Network

Value = TypeVar("Value")
_N_CACHED = 256
_N_RULES_AT_ONCE = 4
_RUNNING_RULES = Text("正在逐条检查缺口规则……", "Running the gap rules…")
_READING = Text("正在读取数据……", "Reading the data…")
_PROJECTING = Text("正在推出主体之间的网络……", "Deriving the network of actors…")
_MEASURING = Text("正在计算网络指标……", "Measuring the network…")
_N_NODES_OF_A_CITY = 20_000
_N_DISTRICTS = 12
N_SHOWN_PAIRS = 20
# About half a second of ranking again and again.
_MAX_VISITS_FOR_INTERVALS = 1_000_000


def check_gap_filters(rule: str | None, severity: str | None, status: str | None) -> None:
    """Raise `InvalidArgument` for a rule, severity or status of gaps that does not exist."""
    for name, value, known in (
        ("rule", rule, [r.slug for r in all_rules()]),
        ("severity", severity, SEVERITIES),
        ("status", status, STATUSES),
    ):
        if value is not None and value not in known:
            raise InvalidArgument(name, _not_one_of(value, known))


@dataclass(frozen=True, slots=True)
class Measured:
    """A network with the measures that several questions share.

    ``columns`` are those of the registry that pages show, one value for each actor.
    """

    network: ActorNetwork
    measuring: Measuring
    columns: dict[str, list[float]]

    def values(self, i: int) -> dict[str, float]:
        """Return the columns of one actor; NaN stands for an undefined one."""
        return {slug: values[i] for slug, values in self.columns.items()}

    def bridged(self, i: int) -> tuple[BridgedSectors, ...]:
        """Return the pairs of sectors that meet at an actor, most sole pairs first."""
        from graph.analysis.evidence import bridged_sectors

        return bridged_sectors(self.network, self.measuring.profile, i)


class Explorer:
    """Answers questions over ``database``; safe to share between threads.

    What is computed is kept until the stored data change.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._kept = KeptRows(database)
        self._cache: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._computing: dict[tuple[Any, ...], threading.RLock] = {}
        self._lock = threading.Lock()

    def cached(self, key: tuple[Any, ...], compute: Callable[[], Value]) -> Value:
        """Return ``compute()``, computed once for ``key`` until the stored data change.

        Only who asks for the same key waits meanwhile.
        """
        # The version is read before the data: data that change in between are read once more
        # under the next version, never kept under it.
        full_key = (self.database.version(), *key)
        with self._lock:
            computing = self._computing.setdefault(full_key, threading.RLock())
        try:
            with computing:
                with self._lock:
                    if full_key in self._cache:
                        self._cache.move_to_end(full_key)
                        return cast("Value", self._cache[full_key])
                value = compute()
                with self._lock:
                    self._cache[full_key] = value
                    while len(self._cache) > _N_CACHED:
                        self._cache.popitem(last=False)
                return value
        finally:
            with self._lock:
                self._computing.pop(full_key, None)

    def known(self, key: tuple[Any, ...]) -> Any | None:
        """Return what `cached` keeps for ``key``, or None where that is still to be computed."""
        with self._lock:
            return self._cache.get((self.database.version(), *key))

    def records(self) -> Records:
        """Return everything stored."""

        def read() -> Records:
            tell(_READING)
            version = self.database.version()
            stored = read_stored(self._kept.read)
            return Records(
                tuple(stored.nodes.values()),
                tuple(stored.ties.values()),
                version,
                tuple(stored.needs.values()),
                tuple(stored.areas.values()),
            )

        return self.cached(("records",), read)

    def nodes_by_id(self) -> dict[str, Node]:
        """Return every actor and affiliation by id."""
        return self.cached(("nodes",), lambda: self.records().by_id())

    def rule_nodes(self) -> dict[str, Node]:
        """Return by stored id what the rows of gap rules speak of."""
        return self.nodes_by_id()

    def snapshot(self) -> Snapshot:
        """Return which state of the data answers come from."""

        def count() -> Snapshot:
            records = self.records()
            n_actors, n_all = sum(n.is_actor for n in records.nodes), len(records.nodes)
            return Snapshot(records.version, n_actors, n_all - n_actors, len(records.ties))

        return self.cached(("snapshot",), count)

    def network(self, projection: Projection = DEFAULT) -> ActorNetwork:
        """Return the actor network under ``projection``, without the measures on it."""

        def derive() -> ActorNetwork:
            records = self.records()
            tell(_PROJECTING)
            return project(records, projection)

        return self.cached(("network", projection), derive)

    def degrees_and_betweenness(
        self, projection: Projection = DEFAULT
    ) -> tuple[list[int], list[float]]:
        """Return the number of partners and the betweenness of each actor of the network."""
        measured = self.measured_on(projection)
        return [int(k) for k in measured.columns["degree"]], measured.columns["betweenness"]

    def measured_on(self, projection: Projection = DEFAULT) -> Measured:
        """Return the network under ``projection`` with the measures that pages show."""

        def measure() -> Measured:
            actors = self.network(projection)
            is_community = np.array([a.kind == "Community" for a in actors.actors], np.bool_)
            with watching(_MEASURING) as watch:
                measuring = Measuring(
                    actors.network,
                    is_community,
                    progress=watch.progress,
                    is_cancelled=watch.is_cancelled,
                )
                found = measured_columns(measuring, PAGE_MEASURES)
            columns = {slug: _listed(values) for slug, values in found.items()}
            return Measured(actors, measuring, columns)

        return self.cached(("measured", projection), measure)

    def _intervals(
        self, what: str, projection: Projection, score: Callable[[Network], FloatArray]
    ) -> RankIntervals:
        from graph.analysis.rank_intervals import rank_intervals

        network = self.measured_on(projection).network.network
        return self.cached(("intervals", what, projection), lambda: rank_intervals(network, score))

    def _has_intervals(self, asked: bool | None, projection: Projection) -> bool:
        """Return whether to compute intervals: as asked, else where nobody waits for them."""
        if asked is not None:
            return asked
        return self.measured_on(projection).measuring.n_visits <= _MAX_VISITS_FOR_INTERVALS

    def measures(
        self, names: Sequence[str] | None = None, projection: Projection = DEFAULT
    ) -> dict[str, list[float]]:
        """Return the columns of these measures, one value for each actor of the network.

        Names as `measures_named` takes them; None for those that pages show. NaN stands for an
        undefined value. Raises `InvalidArgument` for an unknown name.
        """
        found = self.measured_on(projection)
        if names is None:
            return found.columns
        try:
            chosen = measures_named(names)
        except KeyError as error:
            known = ["all", "linear", *(m.slug for m in MEASURES)]
            raise InvalidArgument("measures", _not_one_of(error.args[0], known)) from error

        def measure() -> dict[str, list[float]]:
            columns = measured_columns(found.measuring, chosen)
            return {slug: _listed(values) for slug, values in columns.items()}

        return self.cached(("columns", tuple(m.slug for m in chosen), projection), measure)

    def brokers(
        self, projection: Projection = DEFAULT, *, intervals: bool | None = False
    ) -> Ranking:
        """Return the actors that lie on shortest paths between others, most central first.

        ``intervals`` gives each line the interval of its rank; None does where that is quick.
        """
        has_intervals = self._has_intervals(intervals, projection)
        return self.cached(
            ("brokers", has_intervals, projection),
            lambda: self._ranked_brokers(has_intervals, projection),
        )

    def _ranked_brokers(self, has_intervals: bool, projection: Projection) -> Ranking:
        measured = self.measured_on(projection)
        actors = measured.network.actors
        scores = measured.columns["betweenness"]

        def line(rank: int, i: int) -> Ranked:
            reason = _broker_reason(measured, i)
            interval = None
            if has_intervals:
                interval = _interval(self._intervals("brokers", projection, _betweenness), i)
            return Ranked(rank, actors[i], scores[i], reason, measured.values(i), interval)

        return Ranking(_ranking(scores, [a.name for a in actors], minimum=1e-9), line)

    def hubs(
        self,
        like: str | None = None,
        projection: Projection = DEFAULT,
        *,
        intervals: bool | None = False,
    ) -> Ranking:
        """Return the hub organisations, by hub score or by likeness to the actor ``like``.

        ``intervals`` as in `brokers`; a ranking by likeness has none.

        Communities and compounds are left out, since they are what hubs reach, and so are groups
        of actors, since they are no organisation. Raises `NotFound`.
        """
        has_intervals = like is None and self._has_intervals(intervals, projection)
        return self.cached(
            ("hubs", like, has_intervals, projection),
            lambda: self._ranked_hubs(like, has_intervals, projection),
        )

    def _ranked_hubs(
        self, like: str | None, has_intervals: bool, projection: Projection
    ) -> Ranking:
        from graph.analysis.hubs import NOT_HUBS, hub_likeness

        measured = self.measured_on(projection)
        actors = measured.network.actors
        hub_scores = measured.columns["hub_score"]
        scores, likeness = hub_scores, None
        if like is not None:
            if like not in measured.network.index:
                raise NotFound(like)
            reference = measured.network.index[like]
            likeness = hub_likeness(measured.network.network, measured.measuring.hubs, reference)
            scores = likeness.similarity.tolist()
        candidates = [
            i
            for i, actor in enumerate(actors)
            if hub_scores[i] > 0
            and actor.kind not in NOT_HUBS
            and not actor.is_group
            and actor.id != like
        ]

        is_candidate = np.zeros(len(actors), np.bool_)
        is_candidate[candidates] = True

        def score(network: Network) -> FloatArray:
            thinned = Measuring(network, measured.measuring.is_community, n_threads=1)
            return np.where(is_candidate, thinned.hub_scores, np.nan)

        def line(rank: int, i: int) -> Ranked:
            profile = measured.measuring.hubs.of(i)
            measures = asdict(profile) | {"hub_score": hub_scores[i]}
            if likeness:
                measures |= {f"similarity_{name}": x for name, x in likeness.of(i).items()}
            reason = hub_reason(profile, *_reached(measured.network, i))
            interval = None
            if has_intervals:
                interval = _interval(self._intervals("hubs", projection, score), i)
            return Ranked(rank, actors[i], scores[i], reason, measures, interval)

        order = _ranking([scores[i] for i in candidates], [actors[i].name for i in candidates])
        return Ranking([(rank, candidates[place]) for rank, place in order], line)

    def coverage(self, projection: Projection = DEFAULT) -> tuple[Coverage, ...]:
        """Return the coverage of every community, in order of area and name."""
        return self.cached(
            ("coverage", projection), lambda: coverage(self.records(), self.network(projection))
        )

    def gap_report(self, area: str | None = None) -> GapReport:
        """Return the findings of all gap rules in an area, or everywhere, with their marks.

        Raises `InvalidArgument` for an area that is not on record.
        """
        place, marks = area or EVERYWHERE, self.marks()
        today = datetime.now().astimezone().date().isoformat()

        def mark() -> GapReport:
            found = self.cached(("found", place, today), lambda: self._found_gaps(place, today))
            marked = in_order(with_marks(found.gaps, marks))
            nodes = self.rule_nodes()
            gone = (m for m in resolved(marked, marks) if _is_marked_in(m.id, place, nodes))
            return GapReport(marked, found.tallies, tuple(gone))

        return self.cached(("gaps", place, today, marks), mark)

    def marks(self) -> tuple[Mark, ...]:
        """Return what was decided about gaps."""
        return read_marks(self._kept.read_now)

    def prepare_areas(self) -> None:
        """Have the gaps of a city's districts ready, and the rules for one street planned.

        A district takes a second or two, and is looked at soon. Planning takes seconds, and Neo4j
        does it anew for a path of another length than none.
        """
        nodes = self.records().nodes
        streets = sorted({n.area for n in nodes if n.kind == "StreetOffice" and n.area})
        if not streets or len(nodes) <= _N_NODES_OF_A_CITY:
            return
        self.gap_report(streets[len(streets) // 2])
        known = {row["path"] for row in self._kept.read("read.areas")}
        districts = sorted({street.rpartition("/")[0] for street in streets} & known)
        for district in districts[:_N_DISTRICTS]:
            self.gap_report(district)

    def _found_gaps(self, area: str, today: str) -> Found:
        levels = {row["path"]: row["level"] for row in self._kept.read("read.areas")}
        if area != EVERYWHERE and area not in levels:
            raise NoArea(area)
        nodes, records = self.rule_nodes(), self.records()
        is_in_city = area != EVERYWHERE and len(nodes) > _N_NODES_OF_A_CITY
        read: Read = self._read_city if is_in_city else self._read_part
        settings = read_settings(self._kept.read)

        def run(rule: Rule) -> Found:
            return run_rules(read, nodes, [rule], area=area, today=today, settings=settings)

        n_rules = len(rules()) + len(NETWORK_FINDERS)
        found = []
        tell(_RUNNING_RULES, 0, n_rules)
        # Most of the time of a first run goes into planning, which Neo4j does side by side.
        pool = ThreadPoolExecutor(_N_RULES_AT_ONCE)
        try:
            for part in pool.map(run, rules()):
                found.append(part)
                tell(_RUNNING_RULES, len(found), n_rules)
        finally:
            pool.shutdown(cancel_futures=True)
        gaps = [gap for part in found for gap in part.gaps]
        tallies = [tally for part in found for tally in part.tallies]
        surveyed = survey(self.network(), records, area, levels, self.coverage())
        for place, (slug, find) in enumerate(NETWORK_FINDERS):
            tell(_RUNNING_RULES, len(found) + place, n_rules)
            rule = NETWORK_RULE_BY_SLUG[slug]
            values = values_at(slug, rule.parameters, settings, area)
            more, tally = network_gaps(rule, find(surveyed, values), nodes, values)
            gaps += more
            tallies.append(tally)
        return Found(tuple(gaps), tuple(tallies))

    def _read_city(self, name: str, /, area: str = "", **parameters: Any) -> list[dict[str, Any]]:
        """Return what a gap rule finds in an area of a city, which is soon asked for alone.

        Where it is known already what the rule finds everywhere, that is sooner.
        """
        if self._kept.has(name, area=EVERYWHERE, **parameters):
            return self._read_part(name, area=area, **parameters)
        return self.database.read(name, area=area, **parameters)

    def _read_part(self, name: str, /, area: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return what a gap rule finds in an area out of what it finds everywhere.

        Neo4j plans a statement anew for parameters of another length, which takes longer than
        the rule itself where there is little to look at; and only the whole is kept.
        """
        rows = self._kept.read(name, area=EVERYWHERE, **parameters)
        if area == EVERYWHERE:
            return rows
        nodes = self.rule_nodes()
        subjects = ((row, nodes.get(row["subject"])) for row in rows)
        return [row for row, subject in subjects if subject and is_within(subject.area, area)]

    def gaps(
        self,
        rule: str | None = None,
        severity: str | None = None,
        actor: str | None = None,
        *,
        area: str | None = None,
        status: str | None = None,
    ) -> tuple[Gap, ...]:
        """Return the findings of all gap rules, or those of one rule, severity, status or actor.

        Raises `InvalidArgument` for a rule, severity, status or area that does not exist.
        """
        check_gap_filters(rule, severity, status)
        return self.gap_report(area).picked(rule, severity, actor, status)

    def node(self, node_id: str) -> Node:
        """Return one actor or affiliation; raises `NotFound`."""
        nodes = self.nodes_by_id()
        if node_id not in nodes:
            raise NotFound(node_id)
        return nodes[node_id]

    def nodes(
        self, kind: str | None = None, sector: str | None = None, area: str | None = None
    ) -> tuple[Node, ...]:
        """Return actors and affiliations in order of name; raises `InvalidArgument`."""
        if kind is not None and kind not in KIND_BY_SLUG | AFFILIATION_KIND_BY_SLUG:
            raise InvalidArgument(
                "kind", _not_one_of(kind, [*KIND_BY_SLUG, *AFFILIATION_KIND_BY_SLUG])
            )
        if sector is not None and sector not in SECTOR_BY_SLUG:
            raise InvalidArgument("sector", _not_one_of(sector, [s.slug for s in SECTORS]))

        def find() -> tuple[Node, ...]:
            found = [
                n
                for n in self.records().nodes
                if (kind is None or n.kind == kind)
                and (sector is None or n.sector == sector)
                and (area is None or f"{n.area or ''}/".startswith(f"{area}/"))
            ]
            return tuple(sorted(found, key=lambda n: (n.name, n.id)))

        return self.cached(("nodes by name", kind, sector, area), find)

    def ties_of(self, node_id: str) -> Sequence[Tie]:
        """Return the stored ties of an actor or affiliation, in the order of the records."""

        def index() -> dict[str, list[Tie]]:
            found: defaultdict[str, list[Tie]] = defaultdict(list)
            for tie in self.records().ties:
                found[tie.start].append(tie)
                if tie.end != tie.start:
                    found[tie.end].append(tie)
            return found

        return self.cached(("ties by end",), index).get(node_id, ())

    def needs_of(self, node_id: str) -> Sequence[Need]:
        """Return the needs and offers of an actor or affiliation."""

        def index() -> dict[str, list[Need]]:
            found: dict[str, list[Need]] = {}
            for need in self.records().needs:
                found.setdefault(need.actor, []).append(need)
            return found

        return self.cached(("needs by actor",), index).get(node_id, ())

    def actor(self, node_id: str, projection: Projection = DEFAULT) -> ActorDetail:
        """Return everything about one actor or affiliation; raises `NotFound`."""
        node = self.node(node_id)
        measured = self.measured_on(projection)
        i = measured.network.index.get(node_id)
        needs = self.needs_of(node_id)
        ranks = {
            name: rank
            for name, ranking in (
                ("broker", self.brokers(projection)),
                ("hub", self.hubs(projection=projection)),
            )
            if i is not None and (rank := ranking.rank_of(i)) is not None
        }
        kind = KIND_BY_SLUG.get(node.kind)
        return ActorDetail(
            actor=node,
            column=kind.column if kind else None,
            role=self._role(node, i, measured, ranks),
            ties=self._ties(node),
            measures=measured.values(i) if i is not None else {},
            ranks=ranks,
            n_ranked=len(measured.network),
            needs=tuple(n for n in needs if n.sort == "need"),
            offers=tuple(n for n in needs if n.sort == "offer"),
            gaps=self.gaps(actor=node_id),
        )

    def _role(self, node: Node, i: int | None, measured: Measured, ranks: dict[str, int]) -> Text:
        if i is None:
            return self._affiliation_sentence(node)
        partners = measured.network.partners(i)
        by_sector = Counter(str(p.sector) for p in partners)
        roles = measured.measuring.brokerage.of(i)
        return role_sentence(node, len(partners), by_sector, roles, ranks.get("hub"))

    def _affiliation_sentence(self, node: Node) -> Text:
        """Say what an affiliation is and who takes part in it."""
        name = node.label()
        if node.is_actor:
            return Text(f"{name.zh}已计入所属的队伍或组织。", f"{name.en} is counted in its team.")
        kind = AFFILIATION_KIND_BY_SLUG[node.kind].label
        actors = {t.other.id for t in self._ties(node) if t.other.is_actor}
        return Text(
            f"{name.zh}是一个{kind.zh}，有 {len(actors)} 个主体参与其中。",
            f"{name.en} is a {kind.en.lower()} in which {len(actors):,} "
            f"{'actor takes' if len(actors) == 1 else 'actors take'} part.",
        )

    def _ties(self, node: Node) -> tuple[TieView, ...]:
        nodes = self.nodes_by_id()
        views: list[TieView] = []
        for tie in self.ties_of(node.id):
            is_out = tie.start == node.id
            relation = RELATION_BY_SLUG[tie.relation]
            views.append(
                TieView(
                    tie.relation,
                    relation.label if is_out else relation.reverse,
                    "out" if is_out else "in",
                    nodes[tie.end if is_out else tie.start],
                    tie.strength,
                    tie.amount,
                    tie.since,
                    tie.until,
                    tie.source,
                    tie.note,
                )
            )
        return tuple(sorted(views, key=lambda v: (v.direction != "out", v.relation, v.other.name)))

    def evidence(self, node_id: str, projection: Projection = DEFAULT) -> Evidence:
        """Return which pairs meet through an actor, and which only through it.

        Raises `NotFound`, also for an affiliation, which is no actor.
        """
        return self.cached(
            ("evidence", node_id, projection), lambda: self._evidence(node_id, projection)
        )

    def _evidence(self, node_id: str, projection: Projection) -> Evidence:
        from graph.analysis.bridging import sole_pairs

        node = self.node(node_id)
        measured = self.measured_on(projection)
        i = measured.network.index.get(node_id)
        if i is None:
            raise NotFound(node_id)
        bridged = measured.bridged(i)
        n_pairs, n_sole = sum(b.n_pairs for b in bridged), sum(b.n_sole for b in bridged)
        communities, enterprises = _reached(measured.network, i)
        actors = measured.network.actors
        return Evidence(
            node,
            evidence_sentence(node, n_pairs, n_sole),
            tuple(
                SectorPair(
                    b.sectors,
                    b.n_pairs,
                    b.n_sole,
                    tuple(
                        Pair(actors[x], actors[y])
                        for x, y in islice(
                            sole_pairs(measured.network.network, i, b.groups),
                            min(b.n_sole, N_SHOWN_PAIRS),
                        )
                    ),
                )
                for b in bridged
            ),
            tuple(communities),
            tuple(enterprises),
            n_pairs,
            n_sole,
        )

    def imports(self) -> tuple[ImportRecord, ...]:
        """Return the history of imports, newest first."""
        return history(self._kept.read)

    def standing_imports(self) -> tuple[ImportRecord, ...]:
        """Return the imports that were not undone, newest first; only the first can be."""
        return tuple(record for record in self.imports() if not record.is_undone)

    def is_primed(self) -> bool:
        """Return whether the rows of an earlier run fit the data, so that no database is needed."""
        return self._kept.is_current()

    def save(self) -> None:
        """Write down what a later start can answer from before its database is ready."""
        self._kept.save()


def as_of(projection: Projection, day: str | None) -> Projection:
    """Return ``projection`` on a day given as ``YYYY-MM-DD``; raises `InvalidArgument`."""
    if day is None:
        return projection
    try:
        date.fromisoformat(day)
    except ValueError:
        raise InvalidArgument(
            "as_of",
            Text(f"“{day}”不是日期，请写成 2022-07-11。", f"“{day}” is no date; write 2022-07-11."),
        ) from None
    return replace(projection, as_of=day)


def _is_marked_in(gap_id: str, area: str, nodes: Mapping[str, Node]) -> bool:
    """Return whether a gap's id, ``rule:subject:…``, is of a subject in ``area``."""
    if area == EVERYWHERE:
        return True
    parts = gap_id.split(":")[1:]
    # The id of a subject may have a colon in it.
    subjects = (nodes.get(":".join(parts[:n])) for n in range(len(parts), 0, -1))
    subject = next((s for s in subjects if s), None)
    return subject is not None and is_within(subject.area, area)


def _not_one_of(value: str, known: Iterable[str]) -> Text:
    names = ", ".join(known)
    return Text(f"没有“{value}”；可用：{names}。", f"There is no “{value}”; use one of: {names}.")


def _ranking(
    scores: Sequence[float], names: Sequence[str], minimum: float = 0.0
) -> list[tuple[int, int]]:
    """Return (rank, index) by falling score, above ``minimum``; equal scores share a rank."""
    order = sorted(
        (i for i, s in enumerate(scores) if s > minimum), key=lambda i: (-scores[i], names[i])
    )
    result: list[tuple[int, int]] = []
    for position, i in enumerate(order):
        is_tied = position > 0 and math.isclose(scores[i], scores[order[position - 1]])
        result.append((result[-1][0] if is_tied else position + 1, i))
    return result


def _betweenness(network: Network) -> FloatArray:
    return Measuring(network, n_threads=1).betweenness


def _interval(found: RankIntervals, i: int) -> RankInterval:
    share = float(found.top_share[i])
    return RankInterval(
        int(found.low[i]), int(found.high[i]), 0.0 if math.isnan(share) else share, found.top
    )


def _listed(values: Values) -> list[float]:
    """Return the values of a column, NaN where one is undefined or masked."""
    return [math.nan if x is None else x for x in values.tolist()]


def _broker_reason(measured: Measured, i: int) -> Text:
    from graph.analysis.evidence import telling_pair

    bridged = measured.bridged(i)
    example = telling_pair(measured.network, bridged, i)
    a, b = example or (i, i)
    actors = measured.network.actors
    return broker_reason(
        sum(b.n_pairs for b in bridged),
        sum(b.n_sole for b in bridged),
        (actors[a], actors[b]) if example else None,
    )


def _reached(network: ActorNetwork, i: int) -> tuple[list[Node], list[Node]]:
    """Return the communities and the enterprises that an actor is tied to, by name."""
    partners = sorted(network.partners(i), key=lambda a: a.name)
    return (
        [a for a in partners if a.kind == "Community"],
        [a for a in partners if a.sector == "enterprise"],
    )
