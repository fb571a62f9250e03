"""Gap rules: what a community, a team or an enterprise lacks, found by ``cypher/gaps/``.

A rule is one file. Its header declares ``severity`` (high, medium, low), the ``section`` of the
field's literature it stands on, and in both languages its ``title``, the ``reason`` and the
``step``; where a subject can be one that nothing is known of, also ``unknown``. Each row it
returns is a finding: the subject, how many ties are on record for it, values for the sentence (an
id among them is shown by its name), and the ties behind it. A sentence may also use ``{name}``,
``{n_known}`` and, counted in English, ``{ties}`` and ``{times}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from graph.cypher import Statement, in_folder
from graph.records import Node
from graph.text import Text, counted

Severity = Literal["high", "medium", "low"]
Status = Literal["open", "unknown"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Rule:
    """A gap rule as its file declares it."""

    slug: str
    severity: Severity
    section: str
    title: Text
    reason: Text
    step: Text
    unknown: Text | None
    statement: Statement


@dataclass(frozen=True, slots=True)
class Gap:
    """A finding of one rule.

    ``status`` is unknown where nothing is on record that the rule could have seen.
    """

    id: str
    rule: str
    title: Text
    severity: Severity
    section: str
    actors: tuple[Node, ...]
    reason: Text
    evidence: tuple[dict[str, Any], ...]
    step: Text
    status: Status


def rules() -> tuple[Rule, ...]:
    """Return every rule, in order of file name."""
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
        statement=statement,
    )


def find_gaps(
    read: Callable[[str], list[dict[str, Any]]], nodes: dict[str, Node], only: Iterable[Rule]
) -> tuple[Gap, ...]:
    """Run the rules through ``read``, a reader of statements by name.

    Returns open findings before unknown ones, and within each the most severe first.
    """
    found = [
        _gap(rule, row, nodes)
        for rule in only
        for row in read(rule.statement.name)
        if row["subject"] in nodes
    ]
    return tuple(
        sorted(found, key=lambda g: (g.status == "unknown", SEVERITIES.index(g.severity), g.id))
    )


def _gap(rule: Rule, row: dict[str, Any], nodes: dict[str, Node]) -> Gap:
    subject = nodes[row["subject"]]
    is_unknown = rule.unknown is not None and row["n_known"] == 0
    named = {k: nodes[v] for k, v in row["values"].items() if v in nodes}
    sentence = rule.unknown if is_unknown and rule.unknown else rule.reason
    values = {**row["values"], **{k: node.label() for k, node in named.items()}}
    return Gap(
        id=f"{rule.slug}:{subject.id}",
        rule=rule.slug,
        title=rule.title,
        severity=rule.severity,
        section=rule.section,
        actors=(subject, *named.values()),
        reason=sentence.format(
            name=subject.label(),
            n_known=row["n_known"],
            ties=counted(row["n_known"], "tie"),
            times=counted(row["n_known"], "time"),
            **values,
        ),
        evidence=tuple(_named_row(e, nodes) for e in row["evidence"]),
        step=rule.step,
        status="unknown" if is_unknown else "open",
    )


def _named_row(row: dict[str, Any], nodes: dict[str, Node]) -> dict[str, Any]:
    """Add the names of both ends to a tie that stands behind a finding."""
    names = {}
    for end in ("start", "end"):
        node = nodes.get(row[end])
        names[f"{end}_name"] = node.label().as_dict() if node else None
    return {**row, **names}
