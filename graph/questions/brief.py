"""What a superior should know about an area, on a few pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.findings.gaps import SEVERITIES, Gap
from graph.findings.modes import diagnose
from graph.projection import DEFAULT, Projection, is_within
from graph.questions.diagnosis import places_of
from graph.questions.matching import MatchingAnswer, matching
from graph.records import Node
from graph.results import Ranked, Snapshot
from graph.text import Text

N_RANKED = 5


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much is known of what is on record in an area."""

    n_ties: int
    n_without_source: int
    n_without_date: int
    n_unknown_communities: int


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the brief of an area says.

    ``area`` is a path, '' everywhere; ``network`` that of the actors of the area and their direct
    partners; ``gaps`` those that are open or planned, the most severe first.
    """

    area: str
    day: str
    snapshot: Snapshot
    network: ActorNetwork
    n_actors: int
    coverage: tuple[Coverage, ...]
    modes: tuple[tuple[Node, str | None], ...]
    brokers: tuple[Ranked, ...]
    hubs: tuple[Ranked, ...]
    gaps: tuple[Gap, ...]
    n_unknown_gaps: int
    matching: MatchingAnswer
    completeness: Completeness

    @property
    def name(self) -> Text:
        """What the area is called."""
        last = self.area.rpartition("/")[2]
        return Text(last, last) if last else Text("全部区域", "All areas")

    @property
    def n_by_severity(self) -> dict[str, int]:
        """How many gaps there are of each severity."""
        counts = Counter(g.severity for g in self.gaps)
        return {s: counts[s] for s in SEVERITIES}

    @property
    def gaps_by_rule(self) -> tuple[tuple[Gap, ...], ...]:
        """The gaps of each rule, those of the most severe and then most frequent rules first."""
        found: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            found.setdefault(gap.rule, []).append(gap)
        return tuple(
            tuple(gaps)
            for gaps in sorted(
                found.values(), key=lambda gaps: (SEVERITIES.index(gaps[0].severity), -len(gaps))
            )
        )

    @property
    def steps(self) -> tuple[tuple[Text, int], ...]:
        """The step that each rule suggests, and how many gaps it would answer."""
        return tuple((gaps[0].step, len(gaps)) for gaps in self.gaps_by_rule)


def brief(explorer: Explorer, area: str = "") -> Brief:
    """Return the brief of an area; raises `InvalidArgument` for one that is not on record."""
    day = date.today().isoformat()  # noqa: DTZ011
    return explorer.cached(("brief", area, day), lambda: _brief(explorer, area, day))


def _brief(explorer: Explorer, area: str, day: str) -> Brief:
    places = places_of(explorer)
    if area and area not in places.areas:
        raise InvalidArgument(
            "area",
            Text(
                f"没有登记区域“{area}”。区域写成路径，例如 北京市/朝阳区。",
                f"No area “{area}” is on record. An area is a path, such as 北京市/朝阳区.",
            ),
        )
    projection = Projection(area=area) if area else DEFAULT
    records, network = explorer.records(), explorer.network(projection)
    rows = tuple(
        row for row in coverage(records, network) if not area or is_within(row.community.area, area)
    )
    inside = {n.id for n in records.nodes if not area or is_within(n.area, area)}
    ties = [t for t in records.ties if t.start in inside or t.end in inside]
    gaps = explorer.gaps(area=area or None)
    return Brief(
        area,
        day,
        explorer.snapshot(),
        network,
        sum(n.is_actor for n in records.nodes if n.id in inside),
        rows,
        tuple((r.community, diagnose(places, places.of(r.community)).mode) for r in rows),
        explorer.brokers(projection)[:N_RANKED],
        explorer.hubs(projection=projection)[:N_RANKED],
        tuple(g for g in gaps if g.status in ("open", "planned")),
        sum(g.status == "unknown" for g in gaps),
        matching(explorer, area or None),
        Completeness(
            len(ties),
            sum(t.source is None for t in ties),
            sum(t.since is None and t.until is None for t in ties),
            sum(all(n is None for n in row.cells.values()) for row in rows),
        ),
    )
