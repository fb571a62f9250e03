"""Which gaps there are, what was decided about them, and by which rules and thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument, NoArea, NotFound, WusheError
from graph.explorer import Explorer, check_gap_filters
from graph.findings.gaps import SEVERITIES, STATUSES, Gap, Rule, Tally
from graph.findings.marks import Mark, checked_mark, read_marks
from graph.findings.parameters import (
    EVERYWHERE,
    Number,
    RuleParameter,
    Setting,
    read_settings,
    values_at,
)
from graph.projection import Projection
from graph.results import GapReport
from graph.sentences.gaps import all_rules
from graph.text import Text

Order = Literal["severity", "rule", "area"]
ORDERS: tuple[Order, ...] = ("severity", "rule", "area")


class GapNotFound(NotFound):
    """No gap with this id is found in the data, and none was marked."""

    def __init__(self, gap_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"现在的数据里没有编号为“{gap_id}”的缺口。请从缺口列表里取编号。",
                f"The data show no gap with the id “{gap_id}”. Take an id from the list of gaps.",
            ),
        )
        self.gap_id = gap_id


@dataclass(frozen=True)
class GapList:
    """The gaps that were asked for, in order, and the report of their area they are taken from."""

    gaps: tuple[Gap, ...]
    report: GapReport
    area: str | None

    @cached_property
    def by_status(self) -> Counter[str]:
        """How many there are of each status."""
        return Counter(g.status for g in self.gaps)

    @cached_property
    def by_rule(self) -> Counter[str]:
        """How many there are of each rule."""
        return Counter(g.rule for g in self.gaps)

    @cached_property
    def by_severity(self) -> Counter[str]:
        """How many open ones there are of each severity."""
        return Counter(g.severity for g in self.gaps if g.status == "open")

    @cached_property
    def most(self) -> tuple[str, int] | None:
        """The id of whom most open ones are about, and how many; None where there is none."""
        about = Counter(g.actors[0].id for g in self.gaps if g.status == "open" and g.actors)
        return next(iter(about.most_common(1)), None)


@dataclass(frozen=True, slots=True)
class RuleInUse:
    """A rule with the values that hold in an area, and all that was changed of it anywhere."""

    rule: Rule
    values: dict[str, Number]
    settings: tuple[Setting, ...]


def list_gaps(
    explorer: Explorer,
    *,
    area: str | None = None,
    rule: str | None = None,
    severity: str | None = None,
    status: str | None = None,
    actor: str | None = None,
    order: Order = "severity",
) -> GapList:
    """Return the gaps of an area (a path; None is everywhere).

    ``status`` is that of `graph.findings.gaps.STATUSES`, ``actor`` the id of whom a gap is about.
    Open ones come first, the most severe of them before the others; with ``order`` those of one
    rule stand together, or those of one area. Raises `InvalidArgument` for a value that does not
    exist. The rules look at the area alone: time is that of its actors and their ties.
    """
    area = area or None
    check_gap_filters(rule, severity, status)
    report = explorer.gap_report(area)
    key = (rule, severity, status, order)
    if actor is None and key in report.lists:
        kept: GapList = report.lists[key]
        return kept
    found = GapList(_arranged(report.picked(rule, severity, actor, status), order), report, area)
    if actor is None:
        report.lists[key] = found
    return found


def _arranged(gaps: tuple[Gap, ...], order: Order) -> tuple[Gap, ...]:
    if order == "rule":
        place = {slug: i for i, slug in enumerate(dict.fromkeys(g.rule for g in gaps))}
        return tuple(sorted(gaps, key=lambda g: place[g.rule]))
    if order == "area":
        return tuple(sorted(gaps, key=lambda g: (g.area is None, g.area or "")))
    return gaps


def area_paths(explorer: Explorer) -> tuple[str, ...]:
    """Return the areas on record, the largest first."""
    paths = (area.path for area in explorer.records().areas)
    return tuple(sorted(paths, key=lambda p: (p.count("/"), p)))


def as_document(explorer: Explorer, answer: GapList, limit: int, offset: int = 0) -> Document:
    """Return one page of gaps, with counts, and the marks whose gaps are not found any more."""
    items = [documents.gap(g) for g in answer.gaps[offset : offset + limit]]
    chosen = Projection(area=answer.area)
    most = answer.most
    rules = {rule.slug: rule for rule in all_rules()}
    document = {
        **documents.page(explorer, items, len(answer.gaps), limit, offset, chosen),
        "summary": {
            "by_status": {s: answer.by_status[s] for s in STATUSES},
            "by_severity": {s: answer.by_severity[s] for s in SEVERITIES},
            "by_rule": dict(answer.by_rule),
            "most": {"actor": documents.actor(explorer.node(most[0])), "n": most[1]}
            if most
            else None,
            "rules": [_tally(rules[t.rule], t) for t in answer.report.tallies],
        },
    }
    document["resolved"] = [documents.gap_mark(m, is_found=False) for m in answer.report.resolved]
    return document


def _tally(rule: Rule, tally: Tally) -> Document:
    return {
        "rule": rule.slug,
        "title": rule.title.as_dict(),
        "severity": rule.severity,
        "n_subjects": tally.n_subjects,
        "n_lacking": tally.n_lacking,
        "n_unknown": tally.n_unknown,
        "left_out": tally.left_out.as_dict() if tally.left_out else None,
    }


def list_rules(explorer: Explorer, area: str | None = None) -> tuple[RuleInUse, ...]:
    """Return every rule with the values that hold in an area, or where nothing nearer was set."""
    settings = read_settings(explorer.database.read)
    return tuple(
        RuleInUse(
            rule,
            values_at(rule.slug, rule.parameters, settings, area or EVERYWHERE),
            tuple(s for s in settings if s.rule == rule.slug),
        )
        for rule in all_rules()
    )


def rule_document(found: RuleInUse) -> Document:
    """Return a rule with its parameters: defaults and their reasons, and where one was changed."""
    rule = found.rule
    return {
        "rule": rule.slug,
        "title": rule.title.as_dict(),
        "severity": rule.severity,
        "section": rule.section,
        "step": rule.step.as_dict() if rule.statement else None,
        "cypher": f"cypher/gaps/{rule.slug}.cypher" if rule.statement else None,
        "help": rule.statement.doc if rule.statement else None,
        "parameters": [_parameter(p, found) for p in rule.parameters],
    }


def _parameter(parameter: RuleParameter, found: RuleInUse) -> Document:
    return {
        "name": parameter.name,
        "label": parameter.label.as_dict(),
        "default": parameter.default,
        "reason": parameter.reason.as_dict(),
        "low": parameter.low,
        "high": parameter.high,
        "value": found.values[parameter.name],
        "changed": [
            {"area": s.area, "value": s.value}
            for s in found.settings
            if s.parameter == parameter.name
        ],
    }


def set_parameters(
    explorer: Explorer, rule: str, values: Mapping[str, Number | None], area: str = EVERYWHERE
) -> RuleInUse:
    """Set parameters of a rule for an area and all that lies in it; return the rule as it is then.

    None takes a setting away. Raises `InvalidArgument` for a rule, a parameter or an area that
    does not exist and for a value out of its range; then nothing is changed.
    """
    found = next((r for r in all_rules() if r.slug == rule), None)
    if found is None:
        raise InvalidArgument("rule", Text(f"没有规则“{rule}”。", f"There is no rule “{rule}”."))
    if area != EVERYWHERE and area not in area_paths(explorer):
        raise NoArea(area)
    known = {p.name: p for p in found.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "—"
            raise InvalidArgument(
                name,
                Text(
                    f"规则“{rule}”没有参数“{name}”；可用：{listed}。",
                    f"The rule “{rule}” has no parameter “{name}”; it has: {listed}.",
                ),
            )
    checked = {
        name: None if value is None else known[name].check(value) for name, value in values.items()
    }
    explorer.database.write("load.gap_settings", area=area, rule=rule, values=checked)
    return next(r for r in list_rules(explorer, area) if r.rule.slug == rule)


def mark_gap(
    explorer: Explorer, gap_id: str, status: str, note: str | None, date: str | None
) -> Mark:
    """Mark a gap as accepted, planned or done, in place of an earlier mark.

    Raises `InvalidArgument` for what cannot be a mark, and `NotFound` for a gap that is neither
    found now nor marked already.
    """
    mark = checked_mark(gap_id, status, note, date)
    if not is_found(explorer, gap_id) and gap_id not in _marked(explorer):
        raise GapNotFound(gap_id)
    explorer.database.write_apart("load.gap_mark", **asdict(mark))
    return mark


def unmark_gap(explorer: Explorer, gap_id: str) -> None:
    """Take the mark of a gap away; raises `NotFound` where it has none."""
    if gap_id not in _marked(explorer):
        raise GapNotFound(gap_id)
    explorer.database.write_apart("load.gap_mark_removed", id=gap_id)


def find_gap(explorer: Explorer, gap_id: str) -> Gap:
    """Return the gap with an id; raises `NotFound` where the data do not show it."""
    found = explorer.gap_report().by_id.get(gap_id)
    if found is None:
        raise GapNotFound(gap_id)
    return found


def is_found(explorer: Explorer, gap_id: str) -> bool:
    """Return whether the data show the gap now."""
    return gap_id in explorer.gap_report().by_id


def _marked(explorer: Explorer) -> set[str]:
    return {m.id for m in read_marks(explorer.database.read)}
