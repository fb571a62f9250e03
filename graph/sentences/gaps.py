"""What is said of gaps: the rules on the network, marks, and what was not looked at.

The rules that are statements carry their words in their headers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.findings.gaps import Gap, Row, Rule, Tally, gap_of, rules
from graph.findings.marks import Mark, MarkStatus
from graph.findings.network_gaps import MAX_DEGREE, MAX_IN_DOMAIN, NetworkFound
from graph.findings.parameters import Number, RuleParameter
from graph.model import COLUMNS, SECTOR_BY_SLUG
from graph.records import Node
from graph.sentences.words import listed
from graph.text import Text, counted

_LISTED = Text("列出几对", "Pairs listed")
_LISTED_REASON = Text(
    "一次能谈的引荐不多，先看最有望的。",
    "Only so many introductions can be made at a time; the most promising come first.",
)

NETWORK_RULES: tuple[Rule, ...] = (
    Rule(
        "sparse_sector_pair",
        "medium",
        "",
        Text("往来远少于预期的两个部门", "Sectors with far fewer ties than expected"),
        Text(
            "“{one}”与“{other}”之间有 {n_observed} 条关系；按主体数目，随机分布也应有约 "
            "{expected} 条。{chance}",
            "There are {n_observed:tie} between {one} and {other}; by their numbers alone there "
            "would be about {expected}. {chance}",
        ),
        Text(
            "从已有往来的主体里请一家带头，为“{one}”与“{other}”办一次对接。",
            "Have one of those already tied host a meeting of {one} and {other}.",
        ),
        parameters=(
            RuleParameter(
                "share",
                Text("至多为预期的几成", "At most this share of what is expected"),
                0.5,
                Text("少一半以上，才算远少于预期。", "Far below means less than half of it."),
                0.05,
                0.95,
                is_integer=False,
            ),
            RuleParameter(
                "p",
                Text("p 值至多", "p-value at most"),
                0.05,
                Text("统计上通行的界限。", "The usual bound in statistics."),
                0.001,
                0.2,
                is_integer=False,
            ),
        ),
    ),
    Rule(
        "missing_five",
        "medium",
        "",
        Text("五社不全的社区", "Communities where some of the five are missing"),
        Text(
            "{name}的往来主体里没有：{columns}。",
            "Among those {name} works with there is no: {columns}.",
        ),
        Text(
            "从缺的一社里选一个近处的主体，请共同的伙伴引荐。",
            "Pick a near actor of what is missing, and have a common partner introduce it.",
        ),
        unknown=Text(
            "{name}还没有登记任何关系，看不出五社缺哪一社。",
            "Nothing is on record about {name}, so nobody can tell which of the five it lacks.",
        ),
        missing={"ties": Text("没有登记任何关系", "no tie is on record")},
    ),
    Rule(
        "strangers_in_domain",
        "low",
        "",
        Text("同处同行却不往来的主体", "Actors that do the same in the same place, as strangers"),
        Text(
            "{name}和{partner}都在{place}做“{domain}”，彼此没有往来；共同伙伴有 {n_common} 个。",
            "{name} and {partner} both work on “{domain}” in {place} and have no tie of their own; "
            "they have {n_common:common partner}.",
        ),
        Text(
            "{way}先互通一次服务对象和时间，免得重复。",
            "{way}begin by comparing whom they serve and when, so as not to do the same twice.",
        ),
        parameters=(RuleParameter("listed", _LISTED, 30, _LISTED_REASON, 1, 200),),
    ),
    Rule(
        "absent_tie",
        "low",
        "",
        Text("一补上就能合拢多个三角的关系", "Absent ties that would close many triads"),
        Text(
            "{name}与{partner}分属不同部门，没有往来，却有 {n_triads} 个共同伙伴；"
            "补上这条关系，会合拢 {n_triads} 个跨部门的三方关系。",
            "{name} and {partner}, of different sectors, have no tie of their own but "
            "{n_triads:common partner}; a tie would close as many open triads.",
        ),
        Text("{way}一起做一件小事。", "{way}let them do one small thing together."),
        parameters=(
            RuleParameter("listed", _LISTED, 30, _LISTED_REASON, 1, 200),
            RuleParameter(
                "partners",
                Text("至少几个共同伙伴", "Common partners at least"),
                3,
                Text(
                    "共同伙伴只有一两个的成对主体太多，说明不了什么。",
                    "Pairs with one or two common partners are many and tell little.",
                ),
                1,
                50,
            ),
        ),
    ),
)
NETWORK_RULE_BY_SLUG = {rule.slug: rule for rule in NETWORK_RULES}


def all_rules() -> tuple[Rule, ...]:
    """Return every rule: those that are statements, then those on the network."""
    return (*rules(), *NETWORK_RULES)


def network_gaps(
    rule: Rule,
    found: NetworkFound,
    nodes: Mapping[str, Node],
    parameters: Mapping[str, Number],
) -> tuple[tuple[Gap, ...], Tally]:
    """Return what a rule on the network found as gaps, and how much it looked at."""
    gaps = tuple(gap_of(rule, _in_words(row, nodes), nodes, parameters) for row in found.rows)
    tally = Tally(
        rule.slug, found.n_subjects, found.n_lacking, found.n_unknown, _left_out(rule, found)
    )
    return gaps, tally


def _in_words(row: Row, nodes: Mapping[str, Node]) -> Row:
    """Put the numbers and slugs of a row into words."""
    values: dict[str, Any] = dict(row["values"])
    if "sectors" in values:
        one, other = (SECTOR_BY_SLUG[slug].label for slug in values["sectors"])
        values |= {
            "one": _lower(one),
            "other": _lower(other),
            "chance": likelihood(values["p"]),
            "expected": _rounded(values["expected"]),
        }
    if "columns" in values:
        labels = [_lower(c.label) for c in COLUMNS if c.slug in values["columns"]]
        values["columns"] = listed(labels, limit=len(COLUMNS))
    if "introducer" in values:
        values["way"] = _introduction(nodes.get(values["introducer"] or ""))
    return row | {"values": values}


def _introduction(known: Node | None) -> Text:
    if known is None:
        return Text(
            "请街道或社区约双方见一面，", "Ask the street office to bring them together, and "
        )
    name = known.label()
    return Text(f"请{name.zh}介绍双方认识，", f"Ask {name.en} to introduce them, and ")


def _rounded(expected: float) -> str:
    return f"{expected:,.0f}" if expected >= 10 else f"{expected:.1f}"


def _lower(label: Text) -> Text:
    return Text(label.zh, label.en.lower())


def likelihood(p: float) -> Text:
    """Say a two-sided p-value in words: how often so few or fewer would come by chance."""
    times = round(1000 * p / 2)
    if times < 1:
        return Text(
            "若部门随机分配，这么少的情形 1,000 次里不到 1 次。",
            "If sectors were dealt out at random, so few would come up less than once in 1,000.",
        )
    return Text(
        f"若部门随机分配，这么少的情形 1,000 次里约有 {times} 次。",
        f"If sectors were dealt out at random, so few would come up about {counted(times, 'time')} "
        "in 1,000.",
    )


def _left_out(rule: Rule, found: NetworkFound) -> Text | None:
    """Say what was found and is not listed, and what was not looked at."""
    parts = []
    if found.n_lacking + found.n_unknown > len(found.rows):
        n, total = len(found.rows), found.n_lacking
        parts.append(
            Text(
                f"列出前 {n:,} 对，共 {total:,} 对",
                f"the first {n:,} of {counted(total, 'pair')} are listed",
            )
        )
    if found.n_passed_over:
        n = found.n_passed_over
        parts.append(
            Text(
                f"有 {n:,} 个主体的伙伴超过 {MAX_DEGREE} 个，没有把它们算作共同伙伴",
                f"{counted(n, 'actor')} with more than {MAX_DEGREE} partners did not count as "
                "common partners",
            )
            if rule.slug == "absent_tie"
            else Text(
                f"同一处同一领域只看前 {MAX_IN_DOMAIN} 个主体，有 {n:,} 个没有看",
                f"of each domain in one place the first {MAX_IN_DOMAIN} were looked at, and "
                f"{counted(n, 'actor')} not",
            )
        )
    if not parts:
        return None
    zh, en = "；".join(p.zh for p in parts), "; ".join(p.en for p in parts)
    return Text(f"{zh}。", f"{en[0].upper()}{en[1:]}.")


_MARKED: dict[MarkStatus, Text] = {
    "accepted": Text("已接受", "Accepted"),
    "planned": Text("已列入计划", "Planned"),
    "done": Text("标为已办", "Marked done"),
}


def mark_sentence(mark: Mark, *, is_found: bool) -> Text:
    """Say what was decided about a gap, and what the data say of it now."""
    word = _MARKED[mark.status]
    day = Text(f"（{mark.date}）", f" ({mark.date})") if mark.date else Text("", "")
    now = Text("", "")
    if not is_found:
        now = Text("，现在查不到了", ", no longer found")
    elif mark.status == "done":
        now = Text("，但仍然查得到", ", still found")
    return Text(f"{word.zh}{day.zh}{now.zh}。", f"{word.en}{day.en}{now.en}.")
