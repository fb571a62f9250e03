"""What a list of changes would do: measures, reach, coverage, modes and gaps, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import numpy as np

from graph import documents
from graph.analysis.coverage import Coverage, coverage
from graph.analysis.registry import COLUMN_BY_SLUG, Measuring
from graph.explorer import Explorer
from graph.findings.modes import diagnose
from graph.findings.places import Places
from graph.projection import DEFAULT, Projection, project
from graph.questions.scenario_gaps import (
    State,
    gap_areas,
    gaps_before_and_after,
    has_network_rules,
)
from graph.records import Node, Records, holds_on
from graph.scenario.changes import Change, EndActor, change_document
from graph.scenario.checking import Misfit, fitting
from graph.scenario.difference import Alignment
from graph.scenario.draft import Base, Draft, last_day
from graph.scenario.outcome import (
    ActorChange,
    NetworkChange,
    Reach,
    is_affordable,
    network_change,
)
from graph.scenario.places import (
    CoverageChange,
    ModeChange,
    concerned,
    coverage_changes,
    surroundings,
)
from graph.scenario.trial import GapChanges, prepare
from graph.sentences import scenarios as sentences
from graph.text import Text

Document = documents.Document
N_MODES = 20
N_SHOWN_REACH = 50


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a list of changes comes to, beside the data as they are.

    Attributes
    ----------
    sentence : the most telling of it.
    changes : all that were asked for; ``misfits`` are those that do not fit the data, and count
        for nothing.
    projection : what the networks before and after were made by.
    coverage, modes : the communities for which they differ, of the ``n_communities`` concerned;
        modes of the first ``n_diagnosed`` of these.
    gaps : None where they were not asked for. ``gap_areas`` is where they were looked for, None
        everywhere; ``n_more_areas`` how many areas concerned were not looked at.
    """

    sentence: Text
    changes: tuple[Change, ...]
    misfits: tuple[Misfit, ...]
    projection: Projection
    network: NetworkChange
    n_communities: int
    coverage: tuple[CoverageChange, ...]
    modes: tuple[ModeChange, ...]
    n_diagnosed: int
    gaps: GapChanges | None
    gap_areas: tuple[str, ...] | None
    n_more_areas: int


def what_if(
    explorer: Explorer,
    changes: Sequence[Change],
    projection: Projection = DEFAULT,
    *,
    has_gaps: bool = True,
) -> WhatIf:
    """Return what ``changes`` come to; nothing stored is changed, and the answer is kept.

    Where an actor ends and no day is asked for, both networks are those of the day after the last
    of these ends. Time: the second network and its linear measures, its betweenness (exact where
    that is quick, see `network_change`), and the gap rules, which in a large store run on the
    areas of the changes only.
    """
    if has_gaps:
        # Before anything is computed: where words are new to the store this is a change of it.
        explorer.cached(("words of scenarios",), lambda: prepare(explorer.database))
    chosen = _projection(projection, changes)
    key = ("what if", tuple(changes), chosen, has_gaps)
    return explorer.cached(key, lambda: _what_if(explorer, changes, chosen, has_gaps))


def _what_if(
    explorer: Explorer, changes: Sequence[Change], projection: Projection, has_gaps: bool
) -> WhatIf:
    draft, misfits = fitting(changes, base(explorer))
    unfit = {m.number for m in misfits}
    made = tuple(c for number, c in enumerate(changes, 1) if number not in unfit)
    before, records = explorer.measured_on(projection), draft.records()
    actors = project(records, projection)
    is_community = np.array([a.kind == "Community" for a in actors.actors], np.bool_)
    after = Measuring(actors.network, is_community)
    alignment = Alignment.of(before.network, actors)
    searched = None
    if not is_affordable(after):
        from graph.scenario.sampling import Searched

        searched = explorer.cached(
            ("searched for scenarios", projection),
            lambda: Searched(before.network.network, before.measuring.reduction),
        )
    network = network_change(alignment, before.measuring, after, searched)
    communities = concerned(draft, alignment)
    day = projection.as_of
    gaps, areas, n_more = None, None, 0
    if has_gaps:
        areas, n_more = gap_areas(draft, communities)
        gaps = gaps_before_and_after(explorer, draft, areas, projection, State(actors, records))
    names = sentences.names_of(explorer.nodes_by_id(), changes=changes)
    return WhatIf(
        sentences.finding(made, names, network, gaps),
        tuple(changes),
        misfits,
        projection,
        network,
        len(communities),
        coverage_changes(
            communities,
            _coverage_before(explorer, projection),
            _holding(records, day),
            actors,
        ),
        _modes(explorer, draft, communities[:N_MODES], day),
        min(len(communities), N_MODES),
        gaps,
        areas,
        n_more,
    )


def base(explorer: Explorer) -> Base:
    """Return what scenarios start from, indexed once for each state of the data."""
    return explorer.cached(("scenario base",), lambda: Base.of(explorer.records()))


def _projection(projection: Projection, changes: Sequence[Change]) -> Projection:
    ends = [last_day(c.until) for c in changes if isinstance(c, EndActor)]
    if projection.as_of is not None or not ends:
        return projection
    return replace(projection, as_of=_day_after(max(ends)).isoformat())


def _day_after(last: str) -> date:
    year, month, day = (int(part) for part in last.split("-"))
    try:
        return date(year, month, day) + timedelta(days=1)
    except ValueError:  # the 31st of a shorter month stands for its last day
        return date(year, month + 1, 1)


def _holding(records: Records, day: str | None) -> Records:
    """Return what holds on a day; None is everything."""
    if day is None:
        return records
    return replace(
        records,
        nodes=tuple(n for n in records.nodes if holds_on(n.since, n.until, day)),
        ties=tuple(t for t in records.ties if holds_on(t.since, t.until, day)),
    )


def _coverage_before(explorer: Explorer, projection: Projection) -> dict[str, Coverage]:
    def compute() -> dict[str, Coverage]:
        records = _holding(explorer.records(), projection.as_of)
        rows = coverage(records, explorer.measured_on(projection).network)
        return {row.community.id: row for row in rows}

    return explorer.cached(("coverage for scenarios", projection), compute)


def _modes(
    explorer: Explorer, draft: Draft, communities: Sequence[Node], day: str | None
) -> tuple[ModeChange, ...]:
    def before() -> Places:
        return Places(_holding(explorer.records(), day))

    if not communities:
        return ()
    # The places that diagnoses look at too, where no day was asked for.
    key = ("places",) if day is None else ("places", day)
    old = explorer.cached(key, before)
    new = Places(_holding(surroundings(draft, communities), day))
    found = (
        ModeChange(
            c,
            diagnose(old, old.of(old.nodes[c.id])).mode,
            diagnose(new, new.of(new.nodes[c.id])).mode,
        )
        for c in communities
    )
    return tuple(m for m in found if m.before != m.after)


def what_if_document(explorer: Explorer, found: WhatIf) -> Document:
    """Return the answer of `what_if`."""
    names = sentences.names_of(explorer.nodes_by_id(), changes=found.changes)
    why = {m.number: m.why for m in found.misfits}
    network, gaps = found.network, found.gaps
    return {
        "sentence": found.sentence.as_dict(),
        "changes": [
            change_line(c, n, names) | {"misfit": why[n].as_dict() if n in why else None}
            for n, c in enumerate(found.changes, 1)
        ],
        "size": {"before": asdict(network.before), "after": asdict(network.after)},
        "measures": [
            {
                "slug": m.slug,
                "label": COLUMN_BY_SLUG[m.slug].label.as_dict(),
                "term": COLUMN_BY_SLUG[m.slug].term.as_dict(),
                "n_changed": m.n_changed,
                "n_compared": m.n_compared,
                "estimate": m.estimate
                and asdict(m.estimate) | {"sentence": sentences.estimated(m.estimate).as_dict()},
                "rows": [_actor_change(row) for row in m.rows],
            }
            for m in network.measures
        ],
        "parts": {
            **asdict(network.parts),
            "cut_off": [documents.actor(a) for a in network.parts.cut_off],
            "joined": [documents.actor(a) for a in network.parts.joined],
        },
        "paths": {
            "n_lost": network.paths.n_lost,
            "n_won": network.paths.n_won,
            "lost_reach": _reach(network.paths.lost_reach),
            "won_reach": _reach(network.paths.won_reach),
            "sector_pairs": [
                {
                    "sectors": p.sectors,
                    "n_lost": p.n_lost,
                    "n_won": p.n_won,
                    "lost": [_pair(*pair) for pair in p.lost],
                    "won": [_pair(*pair) for pair in p.won],
                }
                for p in network.paths.sector_pairs
            ],
            "n_looked_at": network.paths.n_looked_at,
            "n_rewired": network.paths.n_rewired,
        },
        "n_communities": found.n_communities,
        "coverage": [
            {
                "community": documents.actor(c.after.community),
                "before": _cells(c.before),
                "after": _cells(c.after),
            }
            for c in found.coverage
        ],
        "n_diagnosed": found.n_diagnosed,
        "modes": [
            {"community": documents.actor(m.community), "before": m.before, "after": m.after}
            for m in found.modes
        ],
        "gaps": gaps
        and {
            "opened": [documents.gap(g) for g in gaps.opened],
            "closed": [documents.gap(g) for g in gaps.closed],
            "n_unchanged": gaps.n_unchanged,
            "n_gone": gaps.n_gone,
            "areas": None if found.gap_areas is None else list(found.gap_areas),
            "n_more_areas": found.n_more_areas,
            "looked_at": looked_at(found).as_dict(),
        },
        **documents.basis(explorer, found.projection),
    }


def looked_at(found: WhatIf) -> Text:
    """Say where the gaps were compared."""
    network_rules = has_network_rules(found.gap_areas, found.projection)
    return sentences.gaps_looked_at(found.gap_areas, found.n_more_areas, network_rules)


def change_line(change: Change, number: int, names: sentences.Name) -> Document:
    """Return one change with its number and its sentence."""
    return {
        "number": number,
        "change": change_document(change),
        "sentence": sentences.change_sentence(change, names).as_dict(),
    }


def _actor_change(row: ActorChange) -> Document:
    values = documents.finite({"before": row.before, "after": row.after})
    return {
        "actor": documents.actor(row.actor),
        **values,
        "rank_before": row.rank_before,
        "rank_after": row.rank_after,
        "margin": row.margin,
    }


def _reach(reach: Reach) -> Document:
    return {
        "n_pairs": reach.n_pairs,
        "enterprises": [documents.actor(a) for a in reach.enterprises[:N_SHOWN_REACH]],
        "n_enterprises": len(reach.enterprises),
        "communities": [documents.actor(a) for a in reach.communities[:N_SHOWN_REACH]],
        "n_communities": len(reach.communities),
    }


def _pair(a: Node, b: Node) -> Document:
    return {"a": documents.actor(a), "b": documents.actor(b)}


def _cells(row: Coverage) -> Document:
    return {
        "cells": row.cells,
        "n_mechanisms": row.n_mechanisms,
        "n_spaces": row.n_spaces,
        "n_funds": row.n_funds,
    }
