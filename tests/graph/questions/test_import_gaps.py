"""Which gaps an import opens and closes: against the rules run before it and after it."""

from __future__ import annotations

import pytest

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.ingest.importer import import_files, undo_import
from graph.questions import import_gaps as module
from graph.questions.import_gaps import ImportGaps, as_document, import_gaps
from graph.redacted import RedactedExplorer
from graph.sentences.gaps import NETWORK_RULE_BY_SLUG
from graph.sharing.redaction import Redaction
from graph.store.database import Database

A, B = "城市/区/甲街道", "城市/区/乙街道"
FIRST = {
    "主体.csv": "编号,名称,类型,区域\n"
    f"s,甲街道办,街道办,{A}\n"
    f"a1,甲一社区,社区,{A}/甲一社区\na2,甲二社区,社区,{A}/甲二社区\nb1,乙一社区,社区,{B}/乙一社区\n"
    f"hub,联动中心,社会组织,城市\nteam,甲一队,志愿队,{A}/甲一社区\nshop,小店,企业,{A}/甲一社区\n"
    f"space,活动室,阵地,{A}/甲一社区\nown,乙一队,志愿队,{B}/乙一社区\n",
    "关系.csv": "起点,关系,终点\nhub,支持,a1\nteam,支持,a1\nshop,支持,a1\n"
    "hub,支持,b1\nown,支持,b1\n",
    "需求.csv": "主体,领域,资源\na1,养老,志愿者\n",
    "区域.csv": "名称,上级,级别,人口\n甲一社区,城市/区/甲街道,社区,3000\n",
}
SECOND = {
    "主体.csv": "编号,名称,类型,区域,终止\n"
    f"fund,甲一基金,基金,{A}/甲一社区,\nline,甲一平台,平台,{A}/甲一社区,\nnew,新社区,社区,{A}/新社区,\n"
    f"team,甲一队,志愿队,{A}/甲一社区,2024\n",
    "关系.csv": "起点,关系,终点,终止\nhub,支持,new,\nteam,支持,a1,2024\n"
    "new,发起,line,\nhub,支持,a2,\n",
    "供给.csv": "主体,领域,资源\nhub,养老,志愿者\n",
    "区域.csv": "名称,上级,级别,人口\n甲一社区,城市/区/甲街道,社区,90000\n",
}


def load(database: Database, tables: dict[str, str]) -> str:
    report = import_files(database, [(name, text.encode()) for name, text in tables.items()])
    assert report.is_accepted, report.problems
    assert report.id is not None
    return report.id


def gaps_of(explorer: Explorer) -> dict[tuple[str, str], tuple[str | None, str]]:
    return {(g.id, g.state): (g.area, g.rule) for g in explorer.gap_report().gaps}


@pytest.fixture
def explorer(database: Database) -> Explorer:
    load(database, FIRST)
    return Explorer(database)


def keys(found: ImportGaps) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    assert found.changes is not None
    opened, closed = found.changes.opened, found.changes.closed
    return {(g.id, g.state) for g in opened}, {(g.id, g.state) for g in closed}


def test_they_are_those_between_before_and_after(explorer: Explorer) -> None:
    before = gaps_of(explorer)
    second = load(explorer.database, SECOND)
    records, version = explorer.records(), explorer.database.version()
    after = gaps_of(explorer)
    found = import_gaps(explorer, second)
    opened, closed = keys(found)
    assert opened == after.keys() - before.keys()
    assert closed == before.keys() - after.keys()
    assert opened
    assert closed
    assert found.changes is not None
    assert found.changes.n_unchanged == len(before.keys() & after.keys())
    n_open = sum(state == "lacking" for _, state in opened)
    assert str(n_open) in found.sentence.zh
    assert found.areas is None
    # Nothing of the look at the past is stored.
    assert explorer.database.version() == version
    assert Explorer(explorer.database).records() == records


def test_an_area_has_its_own(explorer: Explorer) -> None:
    second = load(explorer.database, SECOND)
    whole, there, elsewhere = (import_gaps(explorer, second, area) for area in ("", A, B))
    opened, closed = keys(there)
    now = gaps_of(explorer)
    assert opened == {k for k in keys(whole)[0] if (now[k][0] or "").startswith(A)}
    assert closed <= keys(whole)[1]
    assert keys(elsewhere)[0].isdisjoint(opened)
    with pytest.raises(InvalidArgument):
        import_gaps(explorer, second, "别处")


def test_of_a_city_the_streets_that_it_touched(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = load(explorer.database, SECOND)
    all_opened, all_closed = keys(import_gaps(explorer, second))
    after = gaps_of(explorer)
    monkeypatch.setattr(module, "MAX_NODES_FOR_ALL_GAPS", 3)
    fresh = Explorer(explorer.database)
    found = import_gaps(fresh, second)
    assert found.areas == (A,)
    assert A in found.looked_at.zh  # type: ignore[union-attr]
    opened, closed = keys(found)

    def is_compared(key: tuple[str, str]) -> bool:
        return key[0].partition(":")[0] not in NETWORK_RULE_BY_SLUG

    in_a = {k for k in all_opened if is_compared(k) and (after[k][0] or "").startswith(A)}
    assert opened == in_a
    assert closed <= {k for k in all_closed if is_compared(k)}
    assert import_gaps(fresh, second, B).changes is not None


def test_of_a_city_the_street_that_only_said_what_it_needs(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = {"需求.csv": "主体,领域,资源\na2,助残,教师\n"}
    last = load(explorer.database, needs)
    monkeypatch.setattr(module, "MAX_NODES_FOR_ALL_GAPS", 3)
    found = import_gaps(Explorer(explorer.database), last)
    assert found.areas == (A,)
    assert found.changes is not None
    assert "need_without_offer" in {g.rule for g in found.changes.opened}


def test_why_they_are_not_compared(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = [r.id for r in explorer.imports()]
    assert import_gaps(explorer, first).not_compared == "only"
    second = load(explorer.database, SECOND)
    assert import_gaps(explorer, first).not_compared == "older"
    shared = RedactedExplorer(explorer, Redaction(hides_persons=True))
    assert import_gaps(shared, second).not_compared == "shared"
    document = as_document(explorer, import_gaps(explorer, first))
    assert (document["opened"], document["n_unchanged"]) == ([], None)
    undo_import(explorer.database, second)
    assert import_gaps(explorer, second).not_compared == "undone"
    second = load(explorer.database, SECOND)
    monkeypatch.setattr(module, "MAX_CHANGES", 3)
    assert import_gaps(explorer, second).not_compared == "large"
    with pytest.raises(NotFound):
        import_gaps(explorer, "nothing")
