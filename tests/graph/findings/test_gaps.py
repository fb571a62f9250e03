"""Every gap rule on hand-made rows: found, not found, not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.cypher import in_folder
from graph.explorer import Explorer
from graph.findings.gaps import SEVERITIES, rules
from graph.ingest.importer import import_files
from graph.store.database import Database

ACTORS_HEAD = "编号,名称,类型,区域,群体\n"
TIES_HEAD = "起点,关系,终点\n"
COMMUNITY = "c,幸福社区,社区,北京市/甲街道/幸福社区,\n"
HUB = "h,枢纽中心,社会组织,,\n"


def found(database: Database, rule: str, actors: str, ties: str = "") -> dict[str, str]:
    """Import the rows and return the status of the rule's findings by subject."""
    files = [("主体.csv", (ACTORS_HEAD + actors).encode())]
    if ties:
        files.append(("关系.csv", (TIES_HEAD + ties).encode()))
    report = import_files(database, files)
    assert [p.sentence().zh for p in report.problems] == []
    return {g.actors[0].id: g.status for g in Explorer(database).gaps(rule=rule)}


LACKS = ("no_platform", "no_space", "no_resident_team")
FILLS = (
    ("no_platform", "机制", "c,参与,x"),
    ("no_platform", "平台", "x,位于,c"),
    ("no_space", "阵地", "c,提供场地,x"),
    ("no_resident_team", "志愿服务队", "x,隶属,c"),
    ("no_resident_team", "社区社会组织", "c,成立,x"),
)


@pytest.mark.parametrize("rule", LACKS)
def test_missing_unknown_and_groups(database: Database, rule: str) -> None:
    assert found(database, rule, COMMUNITY) == {"c": "unknown"}
    assert found(database, rule, HUB, "h,支持,c\n") == {"c": "open"}
    assert found(database, rule, "g,各社区,社区,,是\n", "h,支持,g\n") == {"c": "open"}


@pytest.mark.parametrize(("rule", "kind", "tie"), FILLS)
def test_filled_by_a_tie(database: Database, rule: str, kind: str, tie: str) -> None:
    assert found(database, rule, f"{COMMUNITY}x,某个,{kind},,\n", f"{tie}\n") == {}


@pytest.mark.parametrize(("rule", "kind", "tie"), FILLS)
def test_filled_by_what_lies_in_the_community_but_not_in_the_street(
    database: Database, rule: str, kind: str, tie: str
) -> None:
    in_street = f"x,某个,{kind},北京市/甲街道,\n"
    assert found(database, rule, COMMUNITY + HUB + in_street, "h,支持,c\n") == {"c": "open"}
    assert found(database, rule, f"x,某个,{kind},北京市/甲街道/幸福社区,\n") == {}


TEAM = "t,巾帼队,志愿服务队,,\n"


def test_team_without_support(database: Database) -> None:
    rule = "team_without_support"
    assert found(database, rule, TEAM + COMMUNITY, "t,服务,c\n") == {"t": "open"}
    assert found(database, rule, HUB, "h,支持,t\n") == {}


def test_team_supported_through_a_project_only_by_a_leader(database: Database) -> None:
    rule = "team_without_support"
    project = "x,项目一,项目,,\n"
    assert found(database, rule, TEAM + HUB + project, "t,参与,x\nh,参与,x\n") == {"t": "open"}
    assert found(database, rule, "", "h,运营,x\n") == {}


def test_team_of_which_nothing_is_known(database: Database) -> None:
    assert found(database, "team_without_support", TEAM) == {"t": "unknown"}


def test_single_funder(database: Database) -> None:
    rule, project = "single_funder", "x,项目一,项目,,\ny,项目二,项目,,\n"
    firms = "e,甲公司,企业,,\nf,乙公司,企业,,\n"
    assert found(database, rule, project + firms, "e,资助,x\n") == {"x": "open"}
    gap = Explorer(database).gaps(rule=rule)[0]
    assert [a.id for a in gap.actors] == ["x", "e"]
    assert "甲公司" in gap.reason.zh
    assert gap.evidence[0]["relation"] == "FUNDS"
    assert found(database, rule, "", "f,捐赠,x\n") == {}


def test_a_group_of_funders_is_not_one_funder(database: Database) -> None:
    rows = "x,项目一,项目,,\ng,各企业,企业,,是\n"
    assert found(database, "single_funder", rows, "g,资助,x\n") == {}


def test_single_bridge(database: Database) -> None:
    rule = "single_bridge"
    own = "t,巾帼队,志愿服务队,,\nb,社区党总支,党组织,北京市/甲街道/幸福社区,\n"
    ties = "t,隶属,c\nb,管辖,c\nh,支持,c\n"
    assert found(database, rule, COMMUNITY + HUB + own, ties) == {"c": "open"}
    assert "枢纽中心" in Explorer(database).gaps(rule=rule)[0].reason.zh
    firm = "e,甲公司,企业,,\nx,项目一,项目,,\n"
    assert found(database, rule, firm, "e,资助,x\nx,位于,c\n") == {}


def test_a_community_of_its_own_people_only_has_no_bridge(database: Database) -> None:
    assert found(database, "single_bridge", COMMUNITY + TEAM, "t,隶属,c\n") == {}


def test_giver_without_community(database: Database) -> None:
    rule = "giver_without_community"
    firm = "e,甲公司,企业,,\nx,项目一,项目,,\n"
    assert found(database, rule, firm + COMMUNITY, "e,资助,x\n") == {"e": "open"}
    assert found(database, rule, "", "x,位于,c\n") == {}


def test_an_enterprise_that_only_takes_part_gives_nothing(database: Database) -> None:
    rows = "e,甲公司,企业,,\nx,平台一,平台,,\n"
    assert found(database, "giver_without_community", rows, "e,参与,x\n") == {}


def test_every_file_is_a_rule_in_both_languages() -> None:
    assert {r.slug for r in rules()} == {p.stem for p in Path("cypher/gaps").glob("*.cypher")}
    assert len(rules()) == len(in_folder("gaps")) >= 7
    for rule in rules():
        assert rule.severity in SEVERITIES
        for text in (rule.title, rule.reason, rule.step, rule.unknown):
            if text is not None:
                assert text.zh
                assert text.en
                assert text.zh != text.en
