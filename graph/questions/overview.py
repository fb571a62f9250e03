"""How an area stands: who is there, what its communities lack, who leads, what comes next."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from graph import documents
from graph.analysis.coverage import Coverage
from graph.documents import Document
from graph.explorer import Explorer
from graph.findings.areas import AreaCount
from graph.findings.completeness import Known
from graph.findings.gaps import SEVERITIES, Gap, by_rule
from graph.model import COLUMNS, SECTORS
from graph.projection import DEFAULT, Projection
from graph.questions.areas import (
    completeness_of,
    count_document,
    known_area,
    name_of,
    tree_of,
)
from graph.questions.changes import AreaChanges, last_changes
from graph.questions.changes import as_document as changes_document
from graph.questions.coverage import having_of, row_document, rows_in
from graph.questions.data import known_document
from graph.records import Node
from graph.results import Ranked, Ranking
from graph.sentences.coverage import area_sentence, community_sentence
from graph.store.errors import StoreUnavailable
from graph.text import Text

N_LEADING = 5
N_GAPS = 10
N_CHANGES = 10


@dataclass(frozen=True, slots=True)
class Leader:
    """A line of a ranking of the whole network, and the communities of the area it is tied to."""

    line: Ranked
    communities: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of an area in one answer; '' is everything.

    ``hubs`` and ``brokers`` lie in the area or are tied to one of its communities; their ranks are
    those in the whole network, among ``n_ranked`` actors. ``steps`` has the first gap of each rule
    with how many there are. ``last_import`` is when data were last imported; ``changes``, what
    that brought, is None too while the database is not there yet. ``n_ties`` are the stored ties
    that one end of lies in the area; ``n_partners`` the actors that its communities are tied to,
    without these.
    """

    area: str
    sentence: Text
    lineage: tuple[AreaCount, ...]
    siblings: tuple[AreaCount, ...]
    children: tuple[AreaCount, ...]
    sectors: tuple[tuple[str, int], ...]
    n_actors: int
    n_affiliations: int
    n_ties: int
    n_partners: int
    coverage: tuple[Coverage, ...]
    hubs: tuple[Leader, ...]
    brokers: tuple[Leader, ...]
    n_ranked: int
    gaps: tuple[Gap, ...]
    n_gaps: dict[str, int]
    steps: tuple[tuple[Gap, int], ...]
    completeness: dict[str, Known]
    last_import: str | None
    changes: AreaChanges | None = None


def overview(
    explorer: Explorer, area: str | None = None, projection: Projection = DEFAULT
) -> Overview:
    """Return how an area stands; '' or None is everything.

    Coverage, hubs and brokers are those of ``projection``, of the whole; the rest is what is
    stored. Raises `InvalidArgument` for an area that is not on record. Time is that of the gap
    report of the area, the first time; O(n + m) besides.
    """
    path = known_area(explorer, area)
    found = explorer.cached(
        ("overview", path, projection), lambda: _overview(explorer, path, projection)
    )
    # The rest can be answered from what an earlier run kept, before the database is there.
    with contextlib.suppress(StoreUnavailable):
        return replace(found, changes=last_changes(explorer, path))
    return found


def _overview(explorer: Explorer, area: str, projection: Projection) -> Overview:
    tree = tree_of(explorer)
    inside = tree.within(area)
    actors = [n for n in inside if n.is_actor]
    sectors = Counter(n.sector for n in actors)
    rows = rows_in(explorer, area, projection)
    report = explorer.gap_report(area or None)
    is_open = [g for g in report.gaps if g.status == "open"]
    n_open = Counter(g.severity for g in is_open)
    leading = _Leading(explorer, area, actors, rows, projection)
    hubs = leading.of(explorer.hubs(projection=projection))
    completeness = completeness_of(explorer).of(area)
    return Overview(
        area=area,
        sentence=_sentence(area, rows, report.gaps, hubs, leading.n_partners),
        lineage=tree.lineage(area),
        siblings=tree.siblings(area),
        children=tree.children(area),
        sectors=tuple((s.slug, sectors[s.slug]) for s in SECTORS),
        n_actors=len(actors),
        n_affiliations=len(inside) - len(actors),
        n_ties=completeness["tie_source"].n,
        n_partners=leading.n_partners,
        coverage=rows,
        hubs=hubs,
        brokers=leading.of(explorer.brokers(projection)),
        n_ranked=len(explorer.network(projection)),
        gaps=report.gaps[:N_GAPS],
        n_gaps={s: n_open[s] for s in SEVERITIES}
        | {"unknown": sum(g.status == "unknown" for g in report.gaps)},
        steps=tuple((gaps[0], len(gaps)) for gaps in by_rule(is_open)),
        completeness=completeness,
        last_import=next((i.at for i in explorer.standing_imports()), None),
    )


class _Leading:
    """Picks out of a ranking those who lie in an area or are tied to one of its communities."""

    def __init__(
        self,
        explorer: Explorer,
        area: str,
        actors: list[Node],
        rows: tuple[Coverage, ...],
        projection: Projection,
    ) -> None:
        self._network = explorer.network(projection)
        index = self._network.index
        self._community_at = {
            index[r.community.id]: r.community for r in rows if r.community.id in index
        }
        network = self._network.network
        taken = np.zeros(len(self._network), np.bool_)
        if not area:
            taken[:] = True
        taken[[index[n.id] for n in actors if n.id in index]] = True
        around = np.zeros(len(self._network), np.bool_)
        for i in self._community_at:
            around[network.neighbours(i)] = True
        taken |= around
        around[list(self._community_at)] = False
        self.n_partners = int(around.sum())
        self._candidates = np.flatnonzero(taken).tolist()

    def of(self, ranking: Ranking) -> tuple[Leader, ...]:
        """Return the first of them."""
        ranks = {i: r for i in self._candidates if (r := ranking.rank_of(i)) is not None}
        actors = self._network.actors
        first = sorted(ranks, key=lambda i: (ranks[i], actors[i].name))[:N_LEADING]
        lines = ((i, ranking.line_of(i)) for i in first)
        return tuple(Leader(line, self._reached(i)) for i, line in lines if line is not None)

    def _reached(self, i: int) -> tuple[Node, ...]:
        around = (*self._network.network.neighbours(i).tolist(), i)
        found = (self._community_at[j] for j in around if j in self._community_at)
        return tuple(sorted(found, key=lambda n: (n.name, n.id)))


def _sentence(
    area: str,
    rows: tuple[Coverage, ...],
    gaps: tuple[Gap, ...],
    hubs: tuple[Leader, ...],
    n_partners: int,
) -> Text:
    hub = hubs[0] if hubs else None
    if area and len(rows) == 1 and rows[0].community.area == area:
        (row,) = rows
        lacking = [c.slug for c in COLUMNS if row.cells[c.slug] == 0]
        return community_sentence(
            row.community,
            n_partners if row.is_known else None,
            lacking,
            hub.line.actor if hub else None,
        )
    without = Counter(g.state for g in gaps if g.rule == "no_platform")
    return area_sentence(
        name_of(area) if area else None,
        len(rows),
        without["lacking"],
        without["unknown"],
        hub.line.actor if hub else None,
        hub.communities if hub else (),
    )


def as_document(
    explorer: Explorer,
    found: Overview,
    limit: int | None = None,
    projection: Projection = DEFAULT,
) -> Document:
    """Return the state of an area, with at most ``limit`` rows of its coverage."""
    completeness = found.completeness
    n_known, having = having_of(found.coverage)
    return {
        "area": found.area,
        "sentence": found.sentence.as_dict(),
        "lineage": [count_document(a) for a in found.lineage],
        "siblings": [count_document(a) for a in found.siblings],
        "children": [count_document(a) for a in found.children],
        "sectors": [{"sector": s, "n_actors": n} for s, n in found.sectors],
        "n_actors": found.n_actors,
        "n_affiliations": found.n_affiliations,
        "n_ties": found.n_ties,
        "n_partners": found.n_partners,
        "coverage": [row_document(row) for row in found.coverage[:limit]],
        "n_communities": len(found.coverage),
        "n_known": n_known,
        "having": having,
        "brokers": [_leader(leader) for leader in found.brokers],
        "hubs": [_leader(leader) for leader in found.hubs],
        "n_ranked": found.n_ranked,
        "gaps": [documents.gap(g) for g in found.gaps],
        "n_gaps": found.n_gaps,
        "steps": [{"gap": documents.gap(gap), "n": n} for gap, n in found.steps],
        "completeness": [known_document(slug, known) for slug, known in completeness.items()],
        "without_source": completeness["tie_source"].n_missing,
        "without_date": completeness["tie_date"].n_missing,
        "last_import": found.last_import,
        "changes": changes_document(explorer, found.changes, N_CHANGES) if found.changes else None,
        **documents.basis(explorer, projection),
    }


def _leader(leader: Leader) -> Document:
    return {
        **documents.ranked(leader.line),
        "communities": [documents.actor(c) for c in leader.communities[:N_LEADING]],
        "n_communities": len(leader.communities),
    }
