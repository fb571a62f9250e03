"""Every gap rule on hand-made rows: found, not found, not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from graph.explorer import Explorer
from graph.findings.gaps import Gap, rules, run_rules
from graph.findings.parameters import Setting
from graph.ingest.importer import import_files
from graph.ingest.sample import load_sample
from graph.store.database import Database

TODAY = "2026-06-30"
HEADS = {
    "主体": ("编号", "名称", "类型", "区域", "群体", "成立", "终止", "备注", "登记备案", "线上"),
    "关系": ("起点", "关系", "终点", "起始", "终止", "金额"),
    "需求": ("主体", "领域", "资源", "终止"),
    "供给": ("主体", "领域", "资源", "终止"),
    "区域": ("名称", "上级", "级别", "户数", "人口"),
}
RULES = {rule.slug: rule for rule in rules()}


@dataclass(frozen=True)
class Rows:
    """Rows of the sheets, cells divided by commas; those to the right may be left out."""

    actors: str = ""
    ties: str = ""
    needs: str = ""
    offers: str = ""
    areas: str = ""

    def files(self) -> list[tuple[str, bytes]]:
        sheets = zip(
            HEADS, (self.actors, self.ties, self.needs, self.offers, self.areas), strict=True
        )
        return [(f"{name}.csv", _csv(name, rows)) for name, rows in sheets if rows.strip()]


def _csv(sheet: str, rows: str) -> bytes:
    head = HEADS[sheet]
    lines = [row.strip().split(",") for row in rows.strip().split("\n")]
    padded = [",".join((*cells, *[""] * (len(head) - len(cells)))) for cells in lines]
    return "\n".join((",".join(head), *padded, "")).encode()


def store(database: Database, rows: Rows) -> None:
    """Import the rows beside what is there."""
    report = import_files(database, rows.files())
    assert [p.sentence().zh for p in report.problems] == []


def look(
    database: Database, rule: str, *, area: str = "", settings: Sequence[Setting] = ()
) -> tuple[dict[str, Gap], int]:
    """Return what one rule finds, by id without the rule, and how many subjects it looked at."""
    nodes = Explorer(database).nodes_by_id()
    found = run_rules(
        database.read, nodes, [RULES[rule]], area=area, today=TODAY, settings=settings
    )
    return {g.id.removeprefix(f"{rule}:"): g for g in found.gaps}, found.tallies[0].n_subjects


C = "c,幸福社区,社区,北京市/甲街道/幸福社区\n"
D = "d,平安社区,社区,北京市/甲街道/平安社区\n"
S = "s,甲街道,街道办,北京市/甲街道\n"
HUB = "h,枢纽中心,社会组织\n"
FIRM = "e,甲公司,企业\n"
TEAM = "t,巾帼队,志愿服务队\n"
TIED = Rows(C + HUB, "h,支持,c")
OWN = "北京市/甲街道/幸福社区"


Case = tuple[str, Rows, dict[str, str]]


def lacking(rule: str, rows: Rows, *found: str) -> Case:
    return rule, rows, dict.fromkeys(found, "lacking")


def unknown(rule: str, rows: Rows, *found: str) -> Case:
    return rule, rows, dict.fromkeys(found, "unknown")


def fine(rule: str, rows: Rows) -> Case:
    return rule, rows, {}


def something_of(rule: str, kind: str) -> tuple[Case, ...]:
    """Return cases of a community that needs one of a kind: of its own, not of the street's."""
    tie = "x,隶属,b" if kind in ("志愿服务队", "社区社会组织") else "b,参与,x"
    return (
        unknown(rule, Rows(C), "c"),
        lacking(rule, TIED, "c"),
        lacking(rule, Rows(f"{C}{HUB}x,某个,{kind},北京市/甲街道", "h,支持,c"), "c"),
        fine(rule, Rows(f"{C}x,某个,{kind},{OWN}")),
        fine(rule, Rows(f"{C}b,一号院,小区\nx,某个,{kind}", f"b,隶属,c\n{tie}")),
        fine(rule, Rows("g,各社区,社区,,是\n" + HUB, "h,支持,g")),
    )


CASES: tuple[Case, ...] = (
    *something_of("no_platform", "机制"),
    *something_of("no_platform", "平台"),
    *something_of("no_space", "阵地"),
    *something_of("no_resident_team", "志愿服务队"),
    *something_of("no_resident_team", "社区社会组织"),
    *something_of("no_fund", "基金"),
    unknown("platform_of_one_community", Rows("p,某平台,平台"), "p"),
    lacking("platform_of_one_community", Rows(f"{C}p,某平台,平台", "c,参与,p"), "p"),
    lacking("platform_of_one_community", Rows(f"{C}p,某平台,平台,{OWN}"), "p"),
    fine("platform_of_one_community", Rows(f"{C}{D}p,某平台,平台", "c,参与,p\nd,参与,p")),
    fine("platform_of_one_community", Rows("g,各社区,社区,,是\np,某平台,平台", "g,参与,p")),
    unknown("street_without_platform", Rows(S + C), "s"),
    lacking("street_without_platform", Rows(S + C, "s,管辖,c"), "s"),
    lacking(
        "street_without_platform", Rows(f"{S}{C}m,议事会,机制,{OWN}", "s,管辖,c\nc,发起,m"), "s"
    ),
    fine("street_without_platform", Rows(f"{S}m,协调小组,机制,北京市/甲街道")),
    fine(
        "street_without_platform",
        Rows(f"{S}{C}{D}m,议事会,机制", "s,管辖,c\nc,参与,m\nd,参与,m"),
    ),
    unknown("administrative_space_only", Rows(f"{C}x,活动室,阵地", "c,提供场地,x"), "c"),
    lacking("administrative_space_only", Rows(f"{C}{S}x,活动室,阵地,{OWN}", "s,监督管理,x"), "c"),
    fine("administrative_space_only", Rows(f"{C}{TEAM}x,活动室,阵地,{OWN}", "t,参与,x")),
    unknown("no_joint_activity", Rows(C), "c"),
    lacking("no_joint_activity", TIED, "c"),
    lacking("no_joint_activity", Rows(f"{C}x,邻里节,活动", "c,发起,x"), "c"),
    lacking("no_joint_activity", Rows(f"{C}{HUB}x,邻里节,活动,,,,2020", "c,发起,x\nh,参与,x"), "c"),
    fine("no_joint_activity", Rows(f"{C}{HUB}x,邻里节,活动", "c,发起,x\nh,参与,x")),
    fine("no_joint_activity", Rows(f"{C}{HUB}x,邻里节,活动,{OWN},,,2025", "h,发起,x")),
    unknown("only_civil_affairs", Rows(C), "c"),
    lacking("only_civil_affairs", Rows(f"{C}m,区民政局,政府部门", "m,支持,c"), "c"),
    lacking("only_civil_affairs", Rows(C + S, "s,管辖,c"), "c"),
    fine("only_civil_affairs", Rows(f"{C}m,区卫健委,政府部门", "m,支持,c")),
    fine("only_civil_affairs", Rows(f"{C}m,区团委,群团\nx,计划,项目", "m,发起,x\nx,位于,c")),
    fine("only_civil_affairs", Rows(f"{C}x,党群服务中心,阵地,{OWN}")),
    unknown("no_enterprise_within_reach", Rows(C), "c"),
    lacking("no_enterprise_within_reach", TIED, "c"),
    fine("no_enterprise_within_reach", Rows(C + FIRM, "e,捐赠,c")),
    fine("no_enterprise_within_reach", Rows(C + HUB + FIRM, "h,支持,c\ne,资助,h")),
    fine(
        "no_enterprise_within_reach",
        Rows(f"{C}{HUB}{FIRM}x,计划,项目", "h,运营,x\nx,位于,c\ne,资助,h"),
    ),
    lacking(
        "no_enterprise_within_reach",
        Rows(f"{C}{HUB}{FIRM}i,另一组织,社会组织", "h,支持,c\ni,合作,h\ne,资助,i"),
        "c",
    ),
    lacking("giver_without_community", Rows(f"{FIRM}{C}x,项目一,项目", "e,资助,x"), "e"),
    fine("giver_without_community", Rows(f"{FIRM}{C}x,项目一,项目", "e,资助,x\nx,位于,c")),
    fine("giver_without_community", Rows(f"{FIRM}x,平台一,平台", "e,参与,x")),
    unknown("few_teams_for_population", TIED, "c"),
    lacking(
        "few_teams_for_population",
        Rows(f"{C}t,巾帼队,志愿服务队,{OWN}", areas="幸福社区,北京市/甲街道,社区,,1001"),
        "c",
    ),
    lacking("few_teams_for_population", Rows(C, areas="幸福社区,北京市/甲街道,社区,400"), "c"),
    fine(
        "few_teams_for_population",
        Rows(f"{C}t,巾帼队,志愿服务队,{OWN}", areas="幸福社区,北京市/甲街道,社区,,1000"),
    ),
    unknown(
        "few_teams_for_population",
        Rows(f"{C}t,各队,志愿服务队,{OWN},是", areas="幸福社区,北京市/甲街道,社区,,9000"),
        "c",
    ),
    unknown("team_not_filed", Rows(TEAM), "t"),
    lacking("team_not_filed", Rows("t,巾帼队,志愿服务队,,,,,尚未备案"), "t"),
    fine("team_not_filed", Rows("t,巾帼队,志愿服务队,,,,,已备案")),
    fine("team_not_filed", Rows(f"{TEAM}m,志愿服务组织备案,机制", "t,参与,m")),
    lacking("team_not_filed", Rows("t,巾帼队,志愿服务队,,,,,,未登记备案"), "t"),
    lacking("team_not_filed", Rows("t,巾帼队,志愿服务队,,,,,去年已备案，今年注销,未备案"), "t"),
    fine("team_not_filed", Rows("t,巾帼队,志愿服务队,,,,,未登记,已备案")),
    fine("team_not_filed", Rows("t,巾帼队,志愿服务队,,,,,,registered")),
    unknown("team_without_funding", Rows(TEAM), "t"),
    lacking("team_without_funding", Rows(TEAM + C, "t,服务,c"), "t"),
    fine("team_without_funding", Rows(TEAM + FIRM, "e,捐赠,t")),
    fine("team_without_funding", Rows(TEAM + FIRM, "t,隶属,e")),
    fine("team_without_funding", Rows(f"{TEAM}{FIRM}x,计划,项目", "t,参与,x\ne,资助,x")),
    fine("team_without_funding", Rows(f"{TEAM}m,公益创投,机制", "t,参与,m")),
    unknown("team_without_support", Rows(TEAM), "t"),
    lacking("team_without_support", Rows(TEAM + C, "t,服务,c"), "t"),
    lacking("team_without_support", Rows(f"{TEAM}{HUB}x,项目,项目", "t,参与,x\nh,参与,x"), "t"),
    fine("team_without_support", Rows(f"{TEAM}{HUB}x,项目,项目", "t,参与,x\nh,运营,x")),
    fine("team_without_support", Rows(TEAM + HUB, "h,支持,t")),
    unknown("no_training", Rows(C), "c"),
    lacking("no_training", Rows(C + S, "s,管辖,c"), "c"),
    fine("no_training", Rows(f"{C}x,骨干培训,活动", "c,参与,x")),
    fine("no_training", Rows(C + TEAM + HUB, "t,隶属,c\nh,孵化,t")),
    lacking("single_funder", Rows(f"{FIRM}x,项目一,项目", "e,资助,x"), "x"),
    fine("single_funder", Rows(f"{FIRM}f,乙公司,企业\nx,项目一,项目", "e,资助,x\nf,捐赠,x")),
    fine("single_funder", Rows("x,项目一,项目\ng,各企业,企业,,是", "g,资助,x")),
    fine("single_funder", Rows("x,项目一,项目")),
    lacking("single_purchaser", Rows(HUB + S, "s,购买服务,h"), "h"),
    fine("single_purchaser", Rows(HUB + S + FIRM, "s,购买服务,h\ne,资助,h")),
    fine("single_purchaser", Rows(HUB)),
    unknown("project_without_successor", Rows(f"{HUB}x,计划,项目", "h,运营,x,2020"), "x"),
    lacking("project_without_successor", Rows(f"{HUB}x,计划,项目,,,,2025", "h,运营,x"), "x"),
    lacking("project_without_successor", Rows(f"{HUB}x,计划,项目", "h,运营,x,,2025"), "x"),
    fine("project_without_successor", Rows(f"{HUB}x,计划,项目,,,,2026", "h,运营,x")),
    fine(
        "project_without_successor",
        Rows(
            f"{HUB}x,计划,项目,{OWN},,2020,2024\ny,二期,项目,{OWN},,2024,2027",
            "h,运营,x\nh,运营,y",
        ),
    ),
    lacking(
        "project_without_successor",
        Rows(
            f"{HUB}x,计划,项目,{OWN},,2020,2024\ny,别处,项目,上海市,,2024,2027",
            "h,运营,x\nh,运营,y",
        ),
        "x",
    ),
    unknown("linker_within_one_sector", Rows(HUB), "h"),
    lacking("linker_within_one_sector", Rows(HUB + C + D, "h,服务,c\nh,服务,d"), "h"),
    fine("linker_within_one_sector", Rows(HUB + C + FIRM, "h,服务,c\ne,资助,h")),
    fine(
        "linker_within_one_sector",
        Rows(f"{HUB}{C}{FIRM}x,计划,项目", "h,运营,x\nc,参与,x\ne,资助,x"),
    ),
    lacking(
        "linker_within_one_sector",
        Rows(f"{FIRM}{C}p,某平台,平台", "e,运营,p\nc,参与,p"),
        "e",
    ),
    unknown("every_tie_outside", Rows(C), "c"),
    lacking("every_tie_outside", TIED, "c"),
    lacking("every_tie_outside", Rows(f"{C}{HUB}x,计划,项目", "h,运营,x\nx,位于,c"), "c"),
    fine("every_tie_outside", Rows(C + HUB + TEAM, "h,支持,c\nt,隶属,c")),
    fine("every_tie_outside", Rows(f"{C}{HUB}w,小店,商户,{OWN}", "h,支持,c")),
    unknown("single_bridge", Rows(C), "c"),
    lacking("single_bridge", Rows(C + HUB + TEAM, "h,支持,c\nt,隶属,c"), "c"),
    lacking("single_bridge", Rows(f"{C}{HUB}b,社区党总支,党组织,{OWN}", "h,支持,c\nb,管辖,c"), "c"),
    fine("single_bridge", Rows(C + TEAM, "t,隶属,c")),
    fine(
        "single_bridge",
        Rows(f"{C}{HUB}{FIRM}x,项目一,项目", "h,支持,c\ne,资助,x\nx,位于,c"),
    ),
    fine("single_bridge", Rows(f"{C}g,各组织,社会组织,,是", "g,支持,c")),
    unknown("no_online_platform", Rows(C), "c"),
    lacking("no_online_platform", TIED, "c"),
    unknown("no_online_platform", Rows(f"{C}p,某平台,平台", "c,参与,p"), "c"),
    fine("no_online_platform", Rows(f"{C}p,幸福小程序,平台", "c,参与,p")),
    fine("no_online_platform", Rows(f"{C}p,某平台,线上平台,{OWN}")),
    fine("no_online_platform", Rows(f"{C}p,某平台,平台,{OWN},,,,,,是\nq,议事,平台,{OWN}")),
    lacking("no_online_platform", Rows(f"{C}p,幸福小程序,平台,{OWN},,,,,,否", "c,参与,p"), "c"),
    unknown("no_online_platform", Rows(f"{C}p,甲,平台,{OWN},,,,,,否\nq,乙,平台,{OWN}"), "c"),
    unknown("single_driver", Rows(C), "c"),
    unknown("single_driver", Rows(f"{C}{S}p,甲,项目,{OWN}\nq,乙,项目,{OWN}", "s,发起,p"), "c"),
    lacking(
        "single_driver",
        Rows(f"{C}{S}p,甲,项目,{OWN}\nq,乙,项目", "s,发起,p\nc,参与,q\ns,资助,q\nc,运营,q"),
        "c",
    ),
    lacking(
        "single_driver",
        Rows(f"{C}{HUB}w,社工站,社工站\np,甲,项目,{OWN}\nq,乙,项目,{OWN}", "h,发起,p\nw,运营,q"),
        "c",
    ),
    lacking(
        "single_driver",
        Rows(f"{C}{FIRM}{TEAM}p,甲,项目,{OWN}\nq,乙,项目,{OWN}", "e,资助,p\nt,运营,q\nt,隶属,e"),
        "c",
    ),
    fine(
        "single_driver", Rows(f"{C}{S}{TEAM}p,甲,项目,{OWN}\nq,乙,项目,{OWN}", "s,发起,p\nt,运营,q")
    ),
    fine("single_driver", Rows(f"{C}{S}{FIRM}p,甲,项目,{OWN}", "s,发起,p\ne,资助,p")),
    unknown(
        "single_driver",
        Rows(f"{C}z,支部,党组织,{OWN}\np,甲,项目,{OWN}\nq,乙,项目,{OWN}", "z,发起,p\nz,发起,q"),
        "c",
    ),
    unknown("points_without_redemption", Rows("m,爱心积分,机制"), "m"),
    lacking("points_without_redemption", Rows(f"{C}m,时间银行,机制", "c,发起,m"), "m"),
    fine("points_without_redemption", Rows("m,爱心积分,机制\nw,小店,商户", "m,可兑换于,w")),
    fine("points_without_redemption", Rows(f"{C}m,议事会,机制", "c,发起,m")),
    unknown("redemption_without_points", Rows("m,商圈联盟,机制\nw,小店,商户", "m,可兑换于,w"), "m"),
    lacking(
        "redemption_without_points",
        Rows(f"{C}m,商圈联盟,机制\nw,小店,商户", "m,可兑换于,w\nc,发起,m"),
        "m",
    ),
    fine(
        "redemption_without_points",
        Rows(f"{TEAM}m,商圈联盟,机制\nw,小店,商户", "m,可兑换于,w\nt,参与,m"),
    ),
    unknown("fund_without_decision", Rows("f,社区基金,基金"), "f"),
    lacking("fund_without_decision", Rows(f"{FIRM}f,社区基金,基金", "e,资助,f"), "f"),
    lacking("fund_without_decision", Rows(f"{C}f,社区基金,基金", "c,运营,f\nc,发起,f"), "f"),
    fine("fund_without_decision", Rows(f"{C}{HUB}f,社区基金,基金", "c,运营,f\nh,监督管理,f")),
    fine("fund_without_decision", Rows("m,议事会,机制\nf,社区基金,基金", "f,归属,m")),
    unknown("need_without_offer", Rows(C, needs="c,理发,服务"), "c:理发:服务"),
    lacking(
        "need_without_offer",
        Rows(C + D, needs="c,理发,服务", offers="d,垃圾分类,设备"),
        "c:理发:服务",
    ),
    lacking(
        "need_without_offer",
        Rows(
            f"{C}{D}e,甲公司,企业,上海市",
            needs="c,理发,服务",
            offers="d,垃圾分类,设备\ne,理发,服务",
        ),
        "c:理发:服务",
    ),
    lacking(
        "need_without_offer",
        Rows(C + D, needs="c,理发,服务", offers="d,理发,服务,2025\nd,理发,场地"),
        "c:理发:服务",
    ),
    fine("need_without_offer", Rows(C + D, needs="c,理发,服务", offers="d,理发,服务")),
    fine("need_without_offer", Rows(C + FIRM, "e,捐赠,c", "c,理发,服务", "e,理发,服务")),
    fine("need_without_offer", Rows(f"{C}e,甲公司,企业,北京市", "", "c,理发,服务", "e,理发,服务")),
    fine("need_without_offer", Rows(C + D, needs="c,理发,服务,2025", offers="d,垃圾分类,设备")),
)


@pytest.mark.parametrize(
    ("rule", "rows", "expected"), CASES, ids=[f"{i}-{c[0]}" for i, c in enumerate(CASES)]
)
def test_rule(database: Database, rule: str, rows: Rows, expected: dict[str, str]) -> None:
    store(database, rows)
    found, n_subjects = look(database, rule)
    assert {key: gap.state for key, gap in found.items()} == expected
    assert n_subjects >= len(found)
    for gap in found.values():
        assert gap.status == ("open" if gap.state == "lacking" else "unknown")
        assert bool(gap.missing) or gap.state == "lacking"
        for text in (gap.reason, gap.step, *gap.missing):
            assert "{" not in text.zh + text.en
            assert "None" not in text.zh + text.en
        for row in gap.evidence:
            assert {"start", "relation", "end", "start_name", "end_name"} <= set(row)
        ties = [(row["start"], row["relation"], row["end"]) for row in gap.evidence]
        assert ties == sorted(ties)


def test_every_rule_is_tried_found_fine_and_unknown() -> None:
    for slug, rule in RULES.items():
        states = {state for r, _, found in CASES if r == slug for state in found.values()}
        assert "lacking" in states, slug
        assert ("unknown" in states) == (rule.unknown is not None), slug
        assert any(r == slug and not found for r, _, found in CASES), slug


@pytest.mark.parametrize(
    ("rule", "parameter", "value", "rows", "key"),
    [
        (
            "platform_of_one_community", "communities", 3,
            Rows(f"{C}{D}p,某平台,平台,北京市/甲街道", "c,参与,p\nd,参与,p"), "p",
        ),
        (
            "no_joint_activity", "years", 1,
            Rows(f"{C}{HUB}x,邻里节,活动,,,,2024", "c,发起,x\nh,参与,x"), "c",
        ),
        (
            "no_enterprise_within_reach", "k", 1,
            Rows(C + HUB + FIRM, "h,支持,c\ne,资助,h"), "c",
        ),
        (
            "few_teams_for_population", "residents_per_team", 500,
            Rows(f"{C}t,巾帼队,志愿服务队,{OWN}", areas="幸福社区,北京市/甲街道,社区,,1000"), "c",
        ),
        (
            "linker_within_one_sector", "sectors", 3,
            Rows(f"h,枢纽中心,社会组织,北京市/甲街道\n{C}{FIRM}", "h,服务,c\ne,资助,h"), "h",
        ),
        (
            "need_without_offer", "levels", 0,
            Rows(C + D, needs="c,理发,服务", offers="d,理发,服务\nc,垃圾分类,设备"), "c:理发:服务",
        ),
    ],
)  # fmt: skip
def test_a_parameter_decides(
    database: Database, rule: str, parameter: str, value: int, rows: Rows, key: str
) -> None:
    store(database, rows)
    assert look(database, rule)[0] == {}
    for area in ("", "北京市", "北京市/甲街道"):
        changed = (Setting(area, rule, parameter, value),)
        assert set(look(database, rule, settings=changed)[0]) == {key}
    elsewhere = (Setting("上海市", rule, parameter, value),)
    assert look(database, rule, settings=elsewhere)[0] == {}
    nearer = (
        Setting("北京市", rule, parameter, value),
        Setting("北京市/甲街道", rule, parameter, RULES[rule].parameters[0].default),
    )
    assert look(database, rule, settings=nearer)[0] == {}


def test_fewer_programmes_than_asked_for_tell_nothing(database: Database) -> None:
    rule = "single_driver"
    store(database, Rows(f"{C}{S}p,甲,项目,{OWN}\nq,乙,项目,{OWN}", "s,发起,p\ns,运营,q"))
    gap = look(database, rule)[0]["c"]
    assert (gap.state, gap.missing) == ("lacking", ())
    assert "“政府与群团”" in gap.reason.zh
    assert {(row["start"], row["end"]) for row in gap.evidence} == {("s", "p"), ("s", "q")}
    fewer = look(database, rule, settings=[Setting("", rule, "programmes", 3)])[0]["c"]
    assert fewer.state == "unknown"


def test_three_steps_reach_further_than_two(database: Database) -> None:
    rule = "no_enterprise_within_reach"
    store(database, Rows(f"{C}{HUB}{FIRM}i,另一组织,社会组织", "h,支持,c\ni,合作,h\ne,资助,i"))
    assert set(look(database, rule)[0]) == {"c"}
    assert look(database, rule, settings=[Setting("", rule, "k", 3)])[0] == {}


def test_two_households_make_up_for_population(database: Database) -> None:
    store(database, Rows(C, areas="幸福社区,北京市/甲街道,社区,400"))
    gap = look(database, "few_teams_for_population")[0]["c"]
    assert "1,048" in gap.reason.zh


def test_what_was_not_entered_is_said(database: Database) -> None:
    store(database, Rows(f"c,幸福社区,社区\n{HUB}x,计划,项目", "h,支持,c\nh,运营,x"))
    gap = look(database, "no_platform")[0]["c"]
    assert gap.state == "lacking"
    assert [m.en for m in gap.missing] == [
        "its area was not entered, so what lies in it was not seen"
    ]
    undated = look(database, "project_without_successor")[0]["x"]
    assert [m.en for m in undated.missing] == ["no end date on it, nor on all of its 1 tie"]


def test_a_sentence_names_actors_and_counts(database: Database) -> None:
    store(database, Rows(f"{FIRM}x,项目一,项目", "e,资助,x"))
    gap = look(database, "single_funder")[0]["x"]
    assert [a.id for a in gap.actors] == ["x", "e"]
    assert [a.id for a in gap.subjects] == ["x"]
    assert "甲公司" in gap.reason.zh
    assert gap.evidence[0]["relation"] == "FUNDS"
    store(database, TIED)
    assert "1 tie on record" in look(database, "no_platform")[0]["c"].reason.en


def test_an_area_is_a_part_of_the_whole(database: Database) -> None:
    load_sample(database)
    nodes = Explorer(database).nodes_by_id()
    everything = run_rules(database.read, nodes, RULES.values(), today=TODAY)
    areas = {n.area for n in nodes.values() if n.area}
    for area in sorted(areas):
        part = run_rules(database.read, nodes, RULES.values(), area=area, today=TODAY)
        inside = [g for g in everything.gaps if g.area and f"{g.area}/".startswith(f"{area}/")]
        assert part.gaps == tuple(inside), area
