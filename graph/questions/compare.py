"""Two areas, or two days of one area, side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph import documents
from graph.actor_network import ActorNetwork
from graph.analysis.coverage import Coverage, coverage
from graph.documents import Document
from graph.errors import InvalidArgument
from graph.explorer import Explorer, as_of
from graph.findings.areas import AreaTree
from graph.findings.comparison import FIGURES, Figure, Figures, figures, held_on
from graph.findings.gaps import SEVERITIES
from graph.projection import DEFAULT, is_within, project
from graph.questions.areas import known_area, name_of, tree_of
from graph.records import Records
from graph.sentences.comparison import (
    FIGURE_LABELS,
    GROUP_LABELS,
    differences,
    head_sentence,
    undated_sentence,
    value_text,
)
from graph.text import Text

Held = tuple[Records, ActorNetwork, tuple[Coverage, ...], AreaTree]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: an area ('' is everything) on a day, or as stored where ``day`` is None."""

    area: str
    day: str | None
    name: Text
    figures: Figures


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, what they come to in sentences, and what the comparison cannot see."""

    a: Side
    b: Side
    sentence: Text
    differences: tuple[Text, ...]
    limits: tuple[Text, ...]

    @property
    def is_days(self) -> bool:
        """Whether two days are compared, rather than two areas."""
        return self.a.day is not None


def compare_areas(explorer: Explorer, a: str, b: str) -> Comparison:
    """Set two areas side by side, as they are stored now.

    Raises `InvalidArgument` for an area that is not on record, and for twice the same. Time is that
    of their gap reports, the first time; O(n + m) besides.
    """
    one, other = _side(explorer, a, None), _side(explorer, b, None)
    if one.area == other.area:
        raise InvalidArgument(
            "b",
            Text(
                f"两边都是“{one.name.zh}”。请选两个不同的区域，或比较一个区域的两个日期。",
                f"Both sides are “{one.name.en}”. Choose two areas, or compare two days of one.",
            ),
        )
    return _compared(one, other, ())


def compare_days(explorer: Explorer, area: str, start: str, end: str) -> Comparison:
    """Set two days of an area side by side: what held on each, ``YYYY-MM-DD``.

    What has no dates holds on both. Raises `InvalidArgument` for what is no date, for a start that
    is not before the end, and for an area that is not on record. Time O(n + m), once for each day.
    """
    for day in (start, end):
        as_of(DEFAULT, day)
    if start >= end:
        raise InvalidArgument(
            "to",
            Text(
                f"第二个日期 {end} 应在第一个日期 {start} 之后。",
                f"The second day, {end}, should come after the first, {start}.",
            ),
        )
    one, other = _side(explorer, area, start), _side(explorer, area, end)
    limits = (
        undated_sentence(other.figures.n_undated, other.figures.n_ties),
        Text(
            "缺口按现在的资料查找，不能按过去的日期查找，所以这里不比较缺口。",
            "Gaps are looked for in the data of today, not in those of a day of the past, so they "
            "are not compared here.",
        ),
    )
    return _compared(one, other, limits)


def _compared(a: Side, b: Side, limits: tuple[Text, ...]) -> Comparison:
    names = (a.name, b.name)
    is_days = a.day is not None
    return Comparison(
        a,
        b,
        head_sentence(names, a.figures, b.figures, is_days=is_days),
        differences(names, a.figures, b.figures, is_days=is_days),
        limits,
    )


def _side(explorer: Explorer, area: str, day: str | None) -> Side:
    path = known_area(explorer, area)
    found = explorer.cached(("figures", path, day), lambda: _figures(explorer, path, day))
    return Side(path, day, name_of(path) if day is None else Text(day, day), found)


def _figures(explorer: Explorer, area: str, day: str | None) -> Figures:
    if day is None:
        records, network, tree = explorer.records(), explorer.network(), tree_of(explorer)
        rows = explorer.coverage()
        is_open = Counter(
            g.severity for g in explorer.gap_report(area or None).gaps if g.status == "open"
        )
        gaps: dict[str, int] | None = {s: is_open[s] for s in SEVERITIES}
    else:
        records, network, rows, tree = explorer.cached(
            ("held on", day), lambda: _held_on(explorer, day)
        )
        gaps = None
    inside = [r for r in rows if not area or is_within(r.community.area, area)]
    return figures(records, network, tree, area, inside, gaps)


def _held_on(explorer: Explorer, day: str) -> Held:
    records = held_on(explorer.records(), day)
    network = project(records)
    return records, network, coverage(records, network), AreaTree(records)


def as_document(explorer: Explorer, found: Comparison) -> Document:
    """Return a comparison: both sides, each figure of both, and the sentences."""
    return {
        "a": _side_document(found.a),
        "b": _side_document(found.b),
        "sentence": found.sentence.as_dict(),
        "differences": [d.as_dict() for d in found.differences],
        "limits": [limit.as_dict() for limit in found.limits],
        "groups": [
            {"group": slug, "label": label.as_dict()} for slug, label in GROUP_LABELS.items()
        ],
        "figures": [
            {
                "figure": figure.slug,
                "group": figure.group,
                "unit": figure.unit,
                "label": FIGURE_LABELS[figure.slug].as_dict(),
                "a": (x := figure.of(found.a.figures)),
                "b": (y := figure.of(found.b.figures)),
                "a_text": value_text(figure, x).as_dict(),
                "b_text": value_text(figure, y).as_dict(),
            }
            for figure in FIGURES
            if _is_for(found, figure)
        ],
        **documents.basis(explorer),
    }


def _is_for(found: Comparison, figure: Figure) -> bool:
    """Return whether a figure means anything here: everything has no outside, a day no gaps."""
    if figure.slug == "outward":
        return bool(found.a.area and found.b.area)
    return figure.group != "gaps" or not found.is_days


def _side_document(side: Side) -> Document:
    found = side.figures
    reach = found.reach
    return {
        "area": side.area,
        "day": side.day,
        "name": side.name.as_dict(),
        "n_actors": found.n_actors,
        "n_affiliations": found.n_affiliations,
        "n_ties": found.n_ties,
        "n_undated": found.n_undated,
        "n_communities": found.n_communities,
        "n_known": found.n_known,
        "n_unknown": found.n_communities - found.n_known,
        "sectors": found.sectors,
        "having": found.having,
        "gaps": found.gaps,
        "reach": {"actor": documents.actor(reach.actor), "n_communities": reach.n_communities}
        if reach
        else None,
    }
