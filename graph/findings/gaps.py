"""Gap rules: what a community, a team or an enterprise lacks, found by ``cypher/gaps/``.

A rule is one file. Its header declares ``severity`` (high, medium, low), the ``section`` of the
field's literature it stands on (empty where it is ours), and in both languages its ``title``, the
``reason`` and the ``step``; where a subject can be one that nothing is known of, also ``unknown``;
what can be set of it, as `graph.findings.parameters` says; and ``missing.<slug>`` for each input
that can be empty.

Each row is a subject that the rule looked at: its id; where a subject can have several findings,
the ``part`` that tells them apart; whether it is ``lacking``, ``fine`` or ``unknown``; values for
the sentence; which inputs were empty; and the ties behind it. A sentence may use ``{name}``, the
rule's parameters and the values, an actor's id or a ``party`` among them shown by its name; a count
may say what it counts: ``{n_known:tie}`` is “1 tie”, “2 ties”; ``{n:community|communities}`` where
adding an s will not do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, cast

from graph.cypher import Statement, in_folder
from graph.findings.parameters import (
    EVERYWHERE,
    GIVEN,
    Number,
    RuleParameter,
    Setting,
    areas_to_run,
    nearest,
    parameters_of,
    values_at,
)
from graph.findings.parties import PARTY_BY_SLUG
from graph.records import Node
from graph.text import Text, counted

if TYPE_CHECKING:
    from graph.findings.marks import Mark

Severity = Literal["high", "medium", "low"]
State = Literal["lacking", "unknown"]
Status = Literal["open", "unknown", "accepted", "planned", "done"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
STATUSES: tuple[Status, ...] = ("open", "unknown", "planned", "done", "accepted")
Row = dict[str, Any]
Read = Callable[..., list[Row]]
# Values that name an actor by its id.
_ACTORS = frozenset({"funder", "purchaser", "bridge", "community", "partner", "introducer"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A gap rule; ``statement`` is None where it is computed on the network."""

    slug: str
    severity: Severity
    section: str
    title: Text
    reason: Text
    step: Text
    unknown: Text | None = None
    missing: dict[str, Text] = field(default_factory=dict)
    parameters: tuple[RuleParameter, ...] = ()
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A finding of one rule.

    ``state`` says what the data say: unknown where nothing is on record that the rule could have
    seen. ``status`` is that, or what somebody marked it as. ``missing`` are the inputs of the rule
    that were empty. ``ties`` are rows of those behind it, the first twenty, whose ends ``nodes``
    names. ``actors`` begins with its ``n_subjects`` subjects: none for a gap between sectors, two
    for one between actors.
    """

    id: str
    rule: str
    title: Text
    severity: Severity
    section: str
    actors: tuple[Node, ...]
    reason: Text
    ties: tuple[Row, ...]
    step: Text
    status: Status
    state: State
    missing: tuple[Text, ...] = ()
    mark: Mark | None = None
    n_subjects: int = 1
    nodes: Mapping[str, Node] = field(default_factory=dict, compare=False, repr=False)

    @property
    def evidence(self) -> tuple[Row, ...]:
        """Return the ties behind it, each with the names of both ends.

        Made when asked for: a city has ten thousands of gaps, of which a page shows some.
        """
        return tuple(_named_row(tie, self.nodes) for tie in self.ties)

    @property
    def subjects(self) -> tuple[Node, ...]:
        """Return whom it is about; the other actors are named in its sentence."""
        return self.actors[: self.n_subjects]

    @property
    def area(self) -> str | None:
        """The area of what it is about; None where that has none on record."""
        return self.actors[0].area if self.actors else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many subjects a rule looked at, how many of them lack what it asks for, how many unknown.

    ``left_out`` says what was not looked at, or found and not listed.
    """

    rule: str
    n_subjects: int
    n_lacking: int
    n_unknown: int
    left_out: Text | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What rules found, and how much each looked at."""

    gaps: tuple[Gap, ...]
    tallies: tuple[Tally, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule that is a statement, in order of file name."""
    return tuple(_rule(s) for s in in_folder("gaps"))


def _rule(statement: Statement) -> Rule:
    extra = statement.extra

    def text(key: str) -> Text:
        return Text(extra[f"{key}.zh"], extra[f"{key}.en"])

    return Rule(
        slug=statement.name.removeprefix("gaps."),
        severity=cast("Severity", extra["severity"]),
        section=extra["section"],
        title=text("title"),
        reason=text("reason"),
        step=text("step"),
        unknown=text("unknown") if "unknown.zh" in extra else None,
        missing={
            key.split(".")[1]: text(key.removesuffix(".zh"))
            for key in extra
            if key.startswith("missing.") and key.endswith(".zh")
        },
        parameters=parameters_of(statement),
        statement=statement,
    )


def find_gaps(
    read: Read,
    nodes: Mapping[str, Node],
    only: Iterable[Rule],
    *,
    area: str = EVERYWHERE,
    today: str = "",
    settings: Sequence[Setting] = (),
) -> tuple[Gap, ...]:
    """Return the findings of `run_rules`, without the tallies."""
    return run_rules(read, nodes, only, area=area, today=today, settings=settings).gaps


def run_rules(
    read: Read,
    nodes: Mapping[str, Node],
    only: Iterable[Rule],
    *,
    area: str = EVERYWHERE,
    today: str = "",
    settings: Sequence[Setting] = (),
) -> Found:
    """Run the rules through ``read``, a reader of statements by name and parameters.

    Parameters
    ----------
    nodes : every actor and affiliation by id.
    only : rules that are statements.
    area : look at what lies in this area (a path); '' looks everywhere.
    today : the day (``YYYY-MM-DD``) by which what ends is over; '' for the database's own.
    settings : parameters that were changed. A rule runs once more for each area inside ``area``
        for which one of its parameters was; a subject goes by the nearest area around it.

    Gaps come in the order of `in_order`, the ties behind each by their ends: a store gives them
    in any order.
    """
    gaps: list[Gap] = []
    tallies = []
    for rule in only:
        if rule.statement is None:
            continue
        n_subjects = 0
        found: list[Gap] = []
        for row, values in _rows(read, rule, rule.statement, nodes, area, today, settings):
            n_subjects += 1
            if row["state"] != "fine":
                ties = sorted(row["evidence"], key=itemgetter("start", "relation", "end"))
                found.append(gap_of(rule, row | {"evidence": ties}, nodes, values))
        n_unknown = sum(g.state == "unknown" for g in found)
        tallies.append(Tally(rule.slug, n_subjects, len(found) - n_unknown, n_unknown))
        gaps += found
    return Found(in_order(gaps), tuple(tallies))


def _rows(
    read: Read,
    rule: Rule,
    statement: Statement,
    nodes: Mapping[str, Node],
    area: str,
    today: str,
    settings: Sequence[Setting],
) -> Iterator[tuple[Row, dict[str, Number]]]:
    """Yield each subject's row, and the parameters it was judged by."""
    places = areas_to_run(rule.slug, settings, area)
    takes = {p.name for p in statement.parameters} & GIVEN
    for place in places:
        values = values_at(rule.slug, rule.parameters, settings, place)
        given = {k: v for k, v in (("area", place), ("today", today)) if k in takes}
        for row in read(statement.name, **given, **values):
            subject = nodes.get(row["subject"])
            if subject is not None and nearest(places, subject.area) == place:
                yield row, values


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return open gaps first, unknown ones after them, then marked ones; the most severe first."""
    return tuple(
        sorted(gaps, key=lambda g: (STATUSES.index(g.status), SEVERITIES.index(g.severity), g.id))
    )


def by_rule(gaps: Iterable[Gap]) -> tuple[tuple[Gap, ...], ...]:
    """Return the gaps of each rule, those of the most severe and then most frequent rules first."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.rule, []).append(gap)
    return tuple(
        tuple(gaps)
        for gaps in sorted(
            found.values(), key=lambda gaps: (SEVERITIES.index(gaps[0].severity), -len(gaps))
        )
    )


def gap_of(
    rule: Rule, row: Row, nodes: Mapping[str, Node], parameters: Mapping[str, Number]
) -> Gap:
    """Return the finding that a row of ``rule`` states; ``subject`` is None where it has none."""
    subject = nodes[row["subject"]] if row["subject"] is not None else None
    state: State = "unknown" if row["state"] == "unknown" else "lacking"
    named = {k: nodes[v] for k, v in row["values"].items() if k in _ACTORS and v in nodes}
    values: dict[str, Any] = {
        k: _Count(v) if type(v) is int else v for k, v in (parameters | row["values"]).items()
    }
    values |= {k: node.label() for k, node in named.items()}
    if values.get("party"):
        values["party"] = PARTY_BY_SLUG[values["party"]].label
    if subject:
        values["name"] = subject.label()
    sentence = rule.unknown if state == "unknown" and rule.unknown else rule.reason
    identity = (rule.slug, row["subject"], row.get("part"))
    return Gap(
        id=":".join(part for part in identity if part),
        rule=rule.slug,
        title=rule.title,
        severity=rule.severity,
        section=rule.section,
        actors=(*((subject,) if subject else ()), *named.values()),
        reason=sentence.format(**values),
        ties=tuple(row["evidence"]),
        step=rule.step.format(**values),
        status="unknown" if state == "unknown" else "open",
        state=state,
        missing=tuple(rule.missing[slug].format(**values) for slug in row["missing"]),
        n_subjects=(subject is not None) + ("partner" in named),
        nodes=nodes,
    )


class _Count(int):
    """A number that can be written with what it counts."""

    def __format__(self, what: str) -> str:
        if not what:
            return f"{int(self):,}"
        singular, _, plural = what.partition("|")
        return counted(int(self), singular, plural or None)


def _named_row(row: Row, nodes: Mapping[str, Node]) -> Row:
    """Add the names of both ends to a tie that stands behind a finding, if they are not there."""
    names: Row = {}
    for end in ("start", "end"):
        if f"{end}_name" in row:
            continue
        node = nodes.get(row[end])
        names[f"{end}_name"] = node.label().as_dict() if node else None
    return {**row, **names}
