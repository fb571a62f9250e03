"""Gaps as they are asked for: filters, counts, marks that outlive imports, thresholds."""

from __future__ import annotations

import pytest

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings.gaps import STATUSES
from graph.ingest.importer import history, import_files, undo_import
from graph.ingest.sample import load_sample
from graph.questions.gaps import (
    as_document,
    list_gaps,
    list_rules,
    mark_gap,
    rule_document,
    set_parameters,
    unmark_gap,
)
from graph.store.database import Database

ACTORS = (
    "编号,名称,类型,区域\n"
    "c,幸福社区,社区,北京市/甲街道/幸福社区\n"
    "d,平安社区,社区,北京市/乙街道/平安社区\n"
    "h,枢纽中心,社会组织,\n"
)
TIES = "起点,关系,终点\nh,支持,c\n"
GAP = "no_space:c"


def rows(actors: str = ACTORS, ties: str = TIES) -> list[tuple[str, bytes]]:
    return [("主体.csv", actors.encode()), ("关系.csv", ties.encode())]


SPACE = rows(ACTORS + "x,活动室,阵地,\n", TIES + "c,提供场地,x\n")


def ids(explorer: Explorer, **asked: str) -> set[str]:
    return {g.id for g in list_gaps(explorer, **asked).gaps}  # type: ignore[arg-type]


def status_of(explorer: Explorer, gap_id: str) -> str | None:
    return next((g.status for g in list_gaps(explorer).gaps if g.id == gap_id), None)


@pytest.fixture
def explorer(database: Database) -> Explorer:
    import_files(database, rows())
    return Explorer(database)


def test_filters_take_parts_of_the_whole(explorer: Explorer) -> None:
    whole = ids(explorer)
    assert GAP in whole
    assert "no_space:d" in ids(explorer, status="unknown")
    assert ids(explorer, rule="no_space") == {GAP, "no_space:d"}
    assert GAP in ids(explorer, severity="medium", status="open", actor="c")
    street = ids(explorer, area="北京市/甲街道")
    assert GAP in street
    assert "no_space:d" not in street
    for asked in ({"rule": "x"}, {"severity": "x"}, {"status": "x"}, {"area": "北京"}):
        with pytest.raises(InvalidArgument):
            list_gaps(explorer, **asked)  # type: ignore[arg-type]


def test_a_document_counts_what_it_lists(explorer: Explorer) -> None:
    found = list_gaps(explorer)
    document = as_document(explorer, found, limit=3)
    assert document["total"] == len(found.gaps) > 3 == len(document["items"])
    summary = document["summary"]
    assert sum(summary["by_status"].values()) == document["total"]
    assert sum(summary["by_severity"].values()) == summary["by_status"]["open"]
    assert sum(summary["by_rule"].values()) == document["total"]
    tally = next(t for t in summary["rules"] if t["rule"] == "no_space")
    assert (tally["n_subjects"], tally["n_lacking"], tally["n_unknown"]) == (2, 1, 1)
    assert summary["most"]["actor"]["id"] == "c"
    assert set(summary["by_status"]) == set(STATUSES)


def test_an_order_keeps_together_what_belongs_together(explorer: Explorer) -> None:
    by_rule = [g.rule for g in list_gaps(explorer, order="rule").gaps]
    assert len(set(by_rule)) == sum(a != b for a, b in zip(by_rule, ["", *by_rule], strict=False))
    by_area = [g.area or "\U0010ffff" for g in list_gaps(explorer, order="area").gaps]
    assert by_area == sorted(by_area)


def test_a_mark_outlives_imports_and_their_undoing(explorer: Explorer) -> None:
    database = explorer.database
    mark_gap(explorer, GAP, "done", "周末开放", "2026-05-01")
    assert status_of(explorer, GAP) == "done"
    document = as_document(explorer, list_gaps(explorer, status="done"), 10)
    assert document["items"][0]["mark"]["sentence"]["en"].endswith("still found.")
    assert document["items"][0]["state"] == "lacking"
    import_files(database, SPACE)
    assert status_of(explorer, GAP) is None
    resolved = as_document(explorer, list_gaps(explorer), 1)["resolved"]
    assert [(m["id"], m["is_found"], m["note"]) for m in resolved] == [(GAP, False, "周末开放")]
    undo_import(database, history(database.read)[0].id)
    assert status_of(explorer, GAP) == "done"
    assert as_document(explorer, list_gaps(explorer), 1)["resolved"] == []
    undo_import(database, history(database.read)[1].id)
    assert database.read("read.gap_marks")[0]["id"] == GAP
    import_files(database, rows())
    assert status_of(explorer, GAP) == "done"
    unmark_gap(explorer, GAP)
    assert status_of(explorer, GAP) == "open"


def test_resolved_marks_are_those_of_the_area(explorer: Explorer) -> None:
    mark_gap(explorer, GAP, "done", None, None)
    import_files(explorer.database, SPACE)
    found = {
        area: [m.id for m in list_gaps(explorer, area=area).report.resolved]
        for area in ("北京市/甲街道", "北京市/乙街道")
    }
    assert found == {"北京市/甲街道": [GAP], "北京市/乙街道": []}


def test_a_mark_can_be_changed_also_when_its_gap_is_gone(explorer: Explorer) -> None:
    mark_gap(explorer, GAP, "planned", None, None)
    import_files(explorer.database, SPACE)
    mark_gap(explorer, GAP, "done", None, "2026-06-01")
    (mark,) = list_gaps(explorer).report.resolved
    assert (mark.status, mark.date) == ("done", "2026-06-01")


def test_only_what_is_found_or_marked_can_be_marked(explorer: Explorer) -> None:
    for gap_id in ("no_space:nobody", "nothing"):
        with pytest.raises(NotFound):
            mark_gap(explorer, gap_id, "done", None, None)
    with pytest.raises(NotFound):
        unmark_gap(explorer, GAP)
    with pytest.raises(InvalidArgument):
        mark_gap(explorer, GAP, "open", None, None)
    assert explorer.database.read("read.gap_marks") == []


def test_an_unknown_gap_can_be_marked_and_stays_unknown(explorer: Explorer) -> None:
    mark_gap(explorer, "no_space:d", "planned", None, None)
    gap = next(g for g in list_gaps(explorer).gaps if g.id == "no_space:d")
    assert (gap.status, gap.state) == ("planned", "unknown")


def test_a_threshold_is_set_for_an_area_and_taken_away(explorer: Explorer) -> None:
    rule = "no_enterprise_within_reach"
    import_files(explorer.database, rows("编号,名称,类型\ne,甲公司,企业\n", TIES + "e,资助,h\n"))
    assert f"{rule}:c" not in ids(explorer, rule=rule)
    changed = set_parameters(explorer, rule, {"k": 1}, "北京市/甲街道")
    assert changed.values == {"k": 1}
    assert f"{rule}:c" in ids(explorer, rule=rule)
    document = rule_document(next(r for r in list_rules(explorer) if r.rule.slug == rule))
    (parameter,) = document["parameters"]
    assert parameter["value"] == parameter["default"] == 2
    assert parameter["changed"] == [{"area": "北京市/甲街道", "value": 1}]
    set_parameters(explorer, rule, {"k": 3})
    assert list_rules(explorer, "北京市/乙街道/平安社区")[0].rule
    set_parameters(explorer, rule, {"k": None}, "北京市/甲街道")
    assert f"{rule}:c" not in ids(explorer, rule=rule)


def test_a_threshold_of_the_network_is_set_too(explorer: Explorer) -> None:
    rule = "absent_tie"
    import_files(explorer.database, rows("编号,名称,类型\ne,甲公司,企业\n", TIES + "e,资助,h\n"))
    assert ids(explorer, rule=rule) == set()
    set_parameters(explorer, rule, {"partners": 1})
    assert ids(explorer, rule=rule) == {"absent_tie:c:e"}


def test_what_cannot_be_set_is_refused_and_changes_nothing(explorer: Explorer) -> None:
    for rule, values, area in (
        ("nothing", {"k": 1}, ""),
        ("no_enterprise_within_reach", {"x": 1}, ""),
        ("no_enterprise_within_reach", {"k": 9}, ""),
        ("no_enterprise_within_reach", {"k": 1.5}, ""),
        ("no_enterprise_within_reach", {"k": 1}, "别处"),
        ("no_space", {"area": 1}, ""),
    ):
        with pytest.raises(InvalidArgument):
            set_parameters(explorer, rule, values, area)
    assert explorer.database.read("read.gap_settings") == []


def test_the_sample_shows_what_its_article_tells(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    found = {g.id: g for g in list_gaps(explorer).gaps}
    # 垃圾分类 in 北郎东: a council, a coordination group, a space and a training camp are told of.
    for rule in ("no_platform", "no_space", "no_training"):
        assert f"{rule}:beilangdong" not in found
    # 长寿苑 has its fund, whose takings come from the barber's shop.
    assert "no_fund:changshouyuan" not in found
    # 和美's points are redeemed at merchants.
    assert "points_without_redemption:hemei-jifen" not in found
    # The end of IKEA's five years is told of nowhere, nor is the filing of any team.
    filings = [g for g in found.values() if g.rule == "team_not_filed"]
    assert {g.state for g in filings} == {"unknown"}
    assert all(not a.is_group for g in filings for a in g.subjects)


def test_a_city_is_asked_for_an_area_alone_and_answers_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_sample(database)
    area = "四川省/成都市"
    rule = "platform_of_one_community"
    set_parameters(Explorer(database), rule, {"communities": 5}, f"{area}/武侯区")
    part = list_gaps(Explorer(database), area=area).report
    assert {g.rule for g in part.gaps} > {rule}
    monkeypatch.setattr("graph.explorer._N_NODES_OF_A_CITY", 0)
    assert list_gaps(Explorer(database), area=area).report == part
    whole_is_known = Explorer(database)
    whole_is_known.gap_report()
    assert list_gaps(whole_is_known, area=area).report == part


def test_a_mark_is_seen_at_once_and_nothing_is_computed_anew(explorer: Explorer) -> None:
    mark_gap(explorer, GAP, "planned", None, None)
    other = Explorer(explorer.database)
    assert status_of(other, GAP) == "planned"
    records, version = other.records(), explorer.database.version()
    mark_gap(explorer, GAP, "done", None, None)
    assert status_of(other, GAP) == "done"
    unmark_gap(explorer, GAP)
    assert status_of(other, GAP) == "open"
    assert explorer.database.version() == version
    assert other.records() is records
