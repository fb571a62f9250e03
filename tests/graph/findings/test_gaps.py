"""The registry of gap rules: complete, in both languages, and true to the vocabulary."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from graph.cypher import StatementError, in_folder, parse
from graph.findings.gaps import SEVERITIES, Gap, Rule, gap_of, in_order, rules
from graph.findings.network_gaps import NETWORK_FINDERS
from graph.findings.parameters import parameters_of
from graph.model import KINDS
from graph.records import Node
from graph.sentences.gaps import NETWORK_RULES, all_rules
from graph.text import Text

NODES = {n.id: n for n in (Node("c", "幸福社区", "Community"), Node("h", "枢纽", "Foundation"))}


def test_every_file_is_a_rule_and_every_finder_too() -> None:
    assert {r.slug for r in rules()} == {p.stem for p in Path("cypher/gaps").glob("*.cypher")}
    assert len(rules()) == len(in_folder("gaps")) >= 27
    assert [r.slug for r in NETWORK_RULES] == [slug for slug, _ in NETWORK_FINDERS]
    assert len({r.slug for r in all_rules()}) == len(all_rules())


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.slug)
def test_a_rule_is_told_in_both_languages(rule: Rule) -> None:
    assert rule.severity in SEVERITIES
    is_ours = rule.statement is None or rule.slug in ("need_without_offer", "single_driver")
    assert bool(rule.section) != is_ours
    texts = [rule.title, rule.reason, rule.step, *rule.missing.values()]
    texts += [text for p in rule.parameters for text in (p.label, p.reason)]
    for text in (*texts, *([rule.unknown] if rule.unknown else [])):
        assert all((text.zh, text.en, text.zh != text.en))
        assert not re.search(r"[\u3400-\u9fff]", text.en), text.en
        zh, en = ({f for _, f, _, _ in Formatter().parse(t) if f} for t in (text.zh, text.en))
        assert zh == en, text.en
    for p in rule.parameters:
        assert p.check(p.default) == p.default


@pytest.mark.parametrize("statement", in_folder("gaps"), ids=lambda s: s.name)
def test_a_rule_returns_what_is_read_of_it(statement: object) -> None:
    columns = [name for name, _ in statement.columns]  # type: ignore[attr-defined]
    assert [c for c in columns if c != "part"] == [
        "subject", "state", "values", "missing", "evidence",
    ]  # fmt: skip
    text = statement.text  # type: ignore[attr-defined]
    slugs = {key.split(".")[1] for key in statement.extra if key.startswith("missing.")}  # type: ignore[attr-defined]
    tail = text[text.rindex("RETURN") :]
    for slug in slugs:
        assert f"'{slug}'" in tail, slug
    assert "$area" in text


def test_the_sectors_of_a_rule_are_those_of_the_model() -> None:
    text = next(r for r in rules() if r.slug == "linker_within_one_sector").statement
    assert text is not None
    branches = re.findall(r"WHEN kind IN \[([^\]]+)\]\s+THEN '(\w+)'", text.text)
    said = {kind: sector for kinds, sector in branches for kind in re.findall(r"\w+", kinds)}
    assert said == {kind.slug: kind.sector for kind in KINDS}


def row(**changes: object) -> dict[str, object]:
    return {
        "subject": "c", "state": "lacking", "values": {}, "missing": [], "evidence": [],
    } | changes  # fmt: skip


def rule(reason: Text, **more: object) -> Rule:
    return Rule("some_rule", "low", "三", reason, reason, Text("去做", "do it"), **more)  # type: ignore[arg-type]


def test_a_count_is_written_with_what_it_counts() -> None:
    reason = Text("{name}有 {n} 个", "{name} has {n:community|communities}, {n:tie}, {n}")
    said = [gap_of(rule(reason), row(values={"n": n}), NODES, {}).reason.en for n in (1, 1200)]
    assert said == [
        "幸福社区 has 1 community, 1 tie, 1",
        "幸福社区 has 1,200 communities, 1,200 ties, 1,200",
    ]


def test_a_gap_has_an_id_of_its_rule_its_subject_and_its_part() -> None:
    reason = Text("{name}和{partner}", "{name} and {partner}")
    gap = gap_of(rule(reason), row(part="h", values={"partner": "h"}), NODES, {})
    assert gap.id == "some_rule:c:h"
    assert [a.id for a in gap.subjects] == ["c", "h"]
    assert gap.reason.zh == "幸福社区和枢纽"


def test_a_gap_between_sectors_has_no_subject() -> None:
    gap = gap_of(rule(Text("甲", "a")), row(subject=None, part="a:b"), NODES, {})
    assert (gap.id, gap.subjects, gap.area) == ("some_rule:a:b", (), None)


def test_unknown_has_its_own_sentence_and_says_what_was_empty() -> None:
    one = rule(
        Text("有", "yes"),
        unknown=Text("看不出{name}", "nobody knows of {name}"),
        missing={"ties": Text("没有 {n} 条", "none of {n:tie}")},
    )
    gap = gap_of(one, row(state="unknown", missing=["ties"], values={"n": 4}), NODES, {})
    assert (gap.state, gap.status, gap.reason.zh) == ("unknown", "unknown", "看不出幸福社区")
    assert gap.missing == (Text("没有 4 条", "none of 4 ties"),)


def test_open_gaps_come_first_and_the_most_severe_of_them() -> None:
    def of(severity: str, status: str, id_: str) -> Gap:
        text = Text("甲", "a")
        state = "unknown" if status == "unknown" else "lacking"
        return Gap(id_, "r", text, severity, "", (), text, (), text, status, state)  # type: ignore[arg-type]

    gaps = [
        of("high", "unknown", "1"), of("low", "open", "2"), of("high", "accepted", "3"),
        of("high", "open", "5"), of("high", "open", "4"),
    ]  # fmt: skip
    assert [g.id for g in in_order(gaps)] == ["4", "5", "2", "1", "3"]


def test_a_parameter_that_is_not_explained_is_refused() -> None:
    source = "// mode: read\n// param: k integer = 2\n// range.k: 1..3\nRETURN $k"
    with pytest.raises(StatementError, match="k is not explained"):
        parameters_of(parse("gaps.x", source))
