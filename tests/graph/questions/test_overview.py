"""How an area stands, on a town made by hand: every count is known beforehand."""

from __future__ import annotations

import pytest

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.ingest.importer import import_files, undo_import
from graph.questions.changes import as_document as changes_document
from graph.questions.changes import import_changes, last_changes
from graph.questions.compare import compare_areas, compare_days
from graph.questions.coverage import coverage_cell, coverage_list
from graph.questions.data import completeness, from_source, missing, sources
from graph.questions.overview import as_document, overview
from graph.redacted import RedactedExplorer
from graph.sharing.redaction import Redaction
from graph.store.database import Database

A, B = "城市/甲街道", "城市/乙街道"
FIRST = {
    "主体.csv": "编号,名称,类型,区域,来源,终止\n"
    f"a1,甲一社区,社区,{A}/甲一社区,台账,\n"
    f"a2,甲二社区,社区,{A}/甲二社区,台账；年报,\n"
    f"a3,甲三社区,社区,{A}/甲三社区,,\n"
    f"b1,乙一社区,社区,{B}/乙一社区,年报,\n"
    "hub,联动中心,社会组织,城市,年报,\n"
    f"shop,小店,商户,{A},,\n"
    f"firm,公司,企业,{B},台账,\n"
    f"hall,议事厅,机制,{A}/甲一社区,台账,\n"
    "far,远方基金会,基金会,,,\n",
    "关系.csv": "起点,关系,终点,起始,终止,来源\n"
    "hub,支持,a1,2018-01-01,,台账\n"
    "hub,支持,a2,,,\n"
    "hub,支持,b1,2020-01-01,,年报\n"
    "shop,支持,a1,,,台账\n"
    "a1,发起,hall,2019-01-01,,\n"
    "firm,资助,hub,,,\n",
    "需求.csv": "主体,领域,资源,数量\na1,养老,志愿者,5\nb1,环保,资金,\n",
    "区域.csv": "名称,上级,级别,人口\n甲街道,城市,街道,3000\n甲一社区,城市/甲街道,社区,\n",
}
SECOND = {
    "主体.csv": "编号,名称,类型,区域,终止\n"
    f"new,新队伍,志愿队,{A}/甲二社区,\n"
    f"firm,公司,企业,{B},2024\n",
    "关系.csv": "起点,关系,终点,起始,终止,来源\n"
    "new,支持,a2,2023-05-01,,台账\n"
    "hub,支持,b1,2020-01-01,2023-12-31,年报\n"
    "shop,支持,a1,,,年报\n",
}


def load(database: Database, tables: dict[str, str]) -> str:
    report = import_files(database, [(name, text.encode()) for name, text in tables.items()])
    assert report.is_accepted, report.problems
    assert report.id is not None
    return report.id


@pytest.fixture
def explorer(database: Database) -> Explorer:
    load(database, FIRST)
    return Explorer(database)


def test_counts_of_areas(explorer: Explorer) -> None:
    whole, part = overview(explorer), overview(explorer, A)
    assert [c.path for c in whole.children] == ["城市"]
    assert [(c.name, c.n_communities, c.n_actors) for c in overview(explorer, "城市").children] == [
        ("乙街道", 1, 2), ("甲街道", 3, 4)
    ]  # fmt: skip
    assert (whole.n_actors, whole.n_affiliations, whole.n_ties) == (8, 1, 6)
    assert (part.n_actors, part.n_affiliations, part.n_ties) == (4, 1, 4)
    assert dict(part.sectors)["community"] == 3
    assert [a.path for a in part.lineage] == ["城市", A]
    assert [a.path for a in part.siblings] == [B]
    assert [r.community.id for r in part.coverage] == ["a1", "a3", "a2"]
    assert [r.is_known for r in part.coverage] == [True, False, True]
    assert part.n_partners == 2
    document = as_document(explorer, part)
    assert document["n_communities"] == 3
    assert document["n_known"] == 2
    assert document["having"]["mechanism"] == 1
    assert document["having"]["charitable_resource"] == 1
    assert "甲街道有 3 个社区" in part.sentence.zh
    with pytest.raises(InvalidArgument):
        overview(explorer, "城市/丙街道")


def test_who_leads_in_an_area_has_its_rank_in_the_whole(explorer: Explorer) -> None:
    whole, part = overview(explorer), overview(explorer, B)
    ranks = {x.line.actor.id: x.line.rank for x in whole.hubs}
    assert {x.line.actor.id: x.line.rank for x in part.hubs}.items() <= ranks.items()
    hub = next(x for x in part.hubs if x.line.actor.id == "hub")
    assert [c.id for c in hub.communities] == ["b1"]
    assert "shop" not in {x.line.actor.id for x in (*part.hubs, *part.brokers)}
    assert "乙一社区" in part.sentence.zh
    one = overview(explorer, f"{A}/甲一社区")
    assert "与 2 个主体有往来" in one.sentence.zh
    unknown = overview(explorer, f"{A}/甲三社区")
    assert "还没有录入" in unknown.sentence.zh


def test_gaps_are_those_of_the_area(explorer: Explorer) -> None:
    part = overview(explorer, A)
    assert part.n_gaps["unknown"] == sum(g.status == "unknown" for g in explorer.gap_report(A).gaps)
    assert sum(n for _, n in part.steps) == sum(part.n_gaps[s] for s in ("high", "medium", "low"))
    assert len({gap.rule for gap, _ in part.steps}) == len(part.steps)


def test_who_stands_behind_a_cell(explorer: Explorer) -> None:
    cell = coverage_cell(explorer, "a1", "social_organisation")
    assert [(node.id, how.zh) for node, how in cell.behind] == [("hub", "有往来：支持")]
    hall = coverage_cell(explorer, "a1", "mechanism")
    assert [node.id for node, _ in hall.behind] == ["hall"]
    assert coverage_cell(explorer, "a2", "volunteer").n == 0
    unknown = coverage_cell(explorer, "a3", "volunteer")
    assert (unknown.n, unknown.behind) == (None, ())
    for community, column in (("hub", "volunteer"), ("nobody", "volunteer")):
        with pytest.raises(NotFound):
            coverage_cell(explorer, community, column)
    with pytest.raises(InvalidArgument):
        coverage_cell(explorer, "a1", "weather")


def test_communities_are_picked_and_put_in_order(explorer: Explorer) -> None:
    lacking = coverage_list(explorer, A, lacking="charitable_resource")
    assert [r.community.id for r in lacking.rows] == ["a2"]
    assert lacking.n_communities == 3
    for order, expected in (("mechanism", ["a2", "a1", "a3"]), ("-mechanism", ["a1", "a2", "a3"])):
        assert [r.community.id for r in coverage_list(explorer, A, order=order).rows] == expected
    for wrong in ({"lacking": "weather"}, {"order": "weather"}, {"lacking": "area"}):
        with pytest.raises(InvalidArgument):
            coverage_list(explorer, A, **wrong)


def test_what_is_not_entered(explorer: Explorer) -> None:
    whole, part = completeness(explorer).facts, completeness(explorer, A).facts
    assert (whole["tie_source"].n, whole["tie_source"].n_missing) == (6, 3)
    assert (part["tie_source"].n, part["tie_source"].n_missing) == (4, 2)
    assert (whole["tie_date"].n_missing, part["tie_date"].n_missing) == (3, 2)
    assert [n.id for n in missing(explorer, "community_ties").items] == ["a3"]  # type: ignore[union-attr]
    assert {n.id for n in missing(explorer, "actor_area").items} == {"far"}  # type: ignore[union-attr]
    assert whole["need_quantity"].n_missing == 1
    assert part["need_quantity"].n_missing == 0
    assert [a.path for a in missing(explorer, "area_population", A).items] == [  # type: ignore[union-attr]
        f"{A}/甲一社区", f"{A}/甲三社区", f"{A}/甲二社区"
    ]  # fmt: skip
    assert "actor_area" not in part
    with pytest.raises(InvalidArgument):
        missing(explorer, "weather")


def test_sources(explorer: Explorer) -> None:
    found = {s.name: (s.n_actors, s.n_affiliations, s.n_ties) for s in sources(explorer)}
    assert found == {"台账": (3, 1, 2), "年报": (3, 0, 1), None: (3, 0, 3)}
    assert sources(explorer)[-1].name is None
    assert [n.id for n in from_source(explorer, "年报").nodes] == ["b1", "a2", "hub"]
    assert len(from_source(explorer, None).ties) == 3
    with pytest.raises(NotFound):
        from_source(explorer, "传闻")


def test_what_the_last_import_brought(explorer: Explorer) -> None:
    only = last_changes(explorer)
    assert only is not None
    assert only.is_only
    assert only.changes is None
    assert only.counts["actors"] == {"new": 9, "changed": 0, "ended": 0}
    in_part = last_changes(explorer, A)
    assert in_part is not None
    assert in_part.counts["ties"]["new"] == 4
    first, second = only.record.id, load(explorer.database, SECOND)
    whole, part = last_changes(explorer), last_changes(explorer, A)
    assert whole is not None
    assert part is not None
    assert whole.record.id == second
    assert whole.counts["actors"] == {"new": 1, "changed": 0, "ended": 1}
    assert whole.counts["ties"] == {"new": 1, "changed": 1, "ended": 1}
    assert part.counts["actors"] == {"new": 1, "changed": 0, "ended": 0}
    assert part.counts["ties"] == {"new": 1, "changed": 1, "ended": 0}
    document = changes_document(explorer, whole, 10)
    assert [(c["actor"]["name"], c["state"]) for c in document["actors"]] == [
        ("新队伍", "new"), ("公司", "ended")
    ]  # fmt: skip
    (changed,) = [c for c in document["ties"] if c["state"] == "changed"]
    assert [(f["field"], f["before"], f["after"]) for f in changed["fields"]] == [
        ("source", "台账", "年报")
    ]
    # The first import is listed as it left things, not as the second changed them.
    before = import_changes(explorer, first)
    assert before.changes is not None
    assert before.counts["ties"]["new"] == 6
    assert {c.after.until for c in before.changes.nodes} == {None}
    nowhere = last_changes(explorer, f"{A}/甲三社区")
    assert nowhere is not None
    assert "没有改动" in nowhere.sentence.zh


def test_an_import_that_was_undone_is_not_listed(explorer: Explorer) -> None:
    second = load(explorer.database, SECOND)
    undo_import(explorer.database, second)
    found = import_changes(explorer, second)
    assert found.changes is None
    assert found.counts["ties"] == {"new": 1, "changed": 1, "ended": 1}
    assert "撤销" in found.sentence.zh
    again = last_changes(explorer)
    assert again is not None
    assert again.is_only
    with pytest.raises(NotFound):
        import_changes(explorer, "nothing")


def test_what_is_hidden_stays_hidden_in_what_an_import_brought(explorer: Explorer) -> None:
    second = load(explorer.database, SECOND)
    shown = RedactedExplorer(explorer, Redaction(hidden_kinds=frozenset({"VolunteerTeam"})))
    document = changes_document(shown, import_changes(shown, second), 10)
    assert [c["actor"]["id"] for c in document["actors"]] == ["firm"]
    assert {c["start"]["id"] for c in document["ties"]} == {"hub", "shop"}
    assert all(c["fields"] == [] for c in (*document["actors"], *document["ties"]))
    assert "新队伍" not in str(document)


def test_areas_side_by_side(explorer: Explorer) -> None:
    found = compare_areas(explorer, A, B)
    a, b = found.a.figures, found.b.figures
    assert (a.n_actors, a.n_communities, a.n_known) == (4, 3, 2)
    assert a.share_having("mechanism") == 0.5
    assert b.share_having("mechanism") == 0.0
    assert a.reach is not None
    assert (a.reach.actor.id, a.reach.n_communities) == ("hub", 2)
    assert a.outward == pytest.approx(2 / 3)
    assert a.gaps_per_10("high") == round(10 * overview(explorer, A).n_gaps["high"] / 3, 1)
    alone = compare_areas(explorer, A, f"{A}/甲三社区").b.figures
    for share in (alone.share_having("volunteer"), alone.share_reached, alone.outward, alone.alone):
        assert share is None
    for one, other in ((A, A), (A, "别处")):
        with pytest.raises(InvalidArgument):
            compare_areas(explorer, one, other)


def test_days_side_by_side(explorer: Explorer) -> None:
    found = compare_days(explorer, "", "2017-06-01", "2019-06-01")
    assert (found.a.figures.n_ties, found.b.figures.n_ties) == (3, 5)
    assert found.a.figures.n_undated == found.b.figures.n_undated == 3
    assert found.a.figures.gaps is None
    assert found.a.figures.having["mechanism"] == 1
    assert "5 条关系中有 3 条没有起止时间" in found.limits[0].zh
    for start, end in (("2019-06-01", "2017-06-01"), ("bald", "2019-06-01")):
        with pytest.raises(InvalidArgument):
            compare_days(explorer, "", start, end)
