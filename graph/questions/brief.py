"""What a superior should know about an area, on a few pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage
from graph.explorer import Explorer
from graph.findings.gaps import SEVERITIES, Gap, by_rule
from graph.findings.modes import diagnose
from graph.projection import DEFAULT, Projection
from graph.questions.areas import completeness_of, known_area, name_of, tree_of
from graph.questions.coverage import rows_in
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
        return name_of(self.area)

    @property
    def n_by_severity(self) -> dict[str, int]:
        """How many gaps there are of each severity."""
        counts = Counter(g.severity for g in self.gaps)
        return {s: counts[s] for s in SEVERITIES}

    @property
    def gaps_by_rule(self) -> tuple[tuple[Gap, ...], ...]:
        """The gaps of each rule, those of the most severe and then most frequent rules first."""
        return by_rule(self.gaps)

    @property
    def steps(self) -> tuple[tuple[Text, int], ...]:
        """The step that each rule suggests, and how many gaps it would answer."""
        return tuple((gaps[0].step, len(gaps)) for gaps in self.gaps_by_rule)


def brief(explorer: Explorer, area: str = "") -> Brief:
    """Return the brief of an area; raises `InvalidArgument` for one that is not on record."""
    day = date.today().isoformat()  # noqa: DTZ011
    return explorer.cached(("brief", area, day), lambda: _brief(explorer, area, day))


def _brief(explorer: Explorer, area: str, day: str) -> Brief:
    area = known_area(explorer, area)
    places = places_of(explorer)
    projection = Projection(area=area) if area else DEFAULT
    rows = rows_in(explorer, area)
    known = completeness_of(explorer).of(area)
    gaps = explorer.gaps(area=area or None)
    return Brief(
        area,
        day,
        explorer.snapshot(),
        explorer.network(projection),
        tree_of(explorer).count(area).n_actors,
        rows,
        tuple((r.community, diagnose(places, places.of(r.community)).mode) for r in rows),
        explorer.brokers(projection)[:N_RANKED],
        explorer.hubs(projection=projection)[:N_RANKED],
        tuple(g for g in gaps if g.status in ("open", "planned")),
        sum(g.status == "unknown" for g in gaps),
        matching(explorer, area or None),
        Completeness(
            known["tie_source"].n,
            known["tie_source"].n_missing,
            known["tie_date"].n_missing,
            known["community_ties"].n_missing,
        ),
    )
