"""Imports into a real Neo4j: whole or nothing, twice is once, and back again."""

from __future__ import annotations

import json

import pytest

from graph.errors import InvalidArgument
from graph.ingest.errors import ImportRefused
from graph.ingest.importer import (
    Change,
    history,
    import_files,
    refuse,
    spellings,
    undo_import,
)
from graph.ingest.sample import load_sample, load_sample_on_first_start, sample_files
from graph.ingest.template import template_workbook
from graph.records import Area
from graph.store.database import Database
from graph.stored import read_stored
from graph.text import LANGUAGES, Language

ACTORS = (
    "编号,名称,类型,别名,区域,人数,来源\n"
    "h,枢纽中心,社会组织,枢纽,北京市/甲区,,甲文\n"
    "c,幸福社区,社区,,北京市/甲区,20+,乙文\n"
    "p,共享空间,阵地,,,,\n"
)
TIES = "起点,关系,终点,强度,起始,来源\nh,支持,c,2,2020,甲文\nh,运营,p,,,\np,位于,c,,,\n"
NEEDS = "主体,领域,资源,数量\n幸福社区,垃圾分类,资金,50000\n"
AREAS = "名称,上级,级别,户数\n北京市,,市,\n甲区,北京市,区,1200\n"
FILES = [
    ("主体.csv", ACTORS.encode()),
    ("关系.csv", TIES.encode()),
    ("需求.csv", NEEDS.encode()),
    ("区域.csv", AREAS.encode()),
]


def count(database: Database, pattern: str) -> int:
    with database.session("READ") as session:
        record = session.run(f"MATCH {pattern} RETURN count(*) AS n").single(strict=True)
    return int(record["n"])


def test_everything_arrives_as_the_model_says(database: Database) -> None:
    report = import_files(database, FILES)
    assert report.is_accepted
    assert (report.actors, report.ties, report.needs) == (
        Change(new=3), Change(new=3), Change(new=1),
    )  # fmt: skip
    assert count(database, "(:Stakeholder:SocialOrganisation {id: 'h', name: '枢纽中心'})") == 1
    assert count(database, "(:Affiliation:Space {id: 'p'})") == 1
    assert count(database, "(:Stakeholder&Affiliation)") == 0
    assert count(database, "({id: 'h'})-[:SUPPORTS {strength: 2, since: '2020'}]->({id: 'c'})") == 1
    assert count(database, "({id: 'p'})-[:LOCATED_IN]->(:Community {id: 'c'})") == 1
    assert count(database, "({id: 'c'})-[:HAS_NEED]->(:Need {domain: '垃圾分类'})") == 1
    assert count(database, "({id: 'c'})-[:LOCATED_IN]->(:Area {id: '北京市/甲区'})") == 1
    assert count(database, "(:Area {households: 1200})-[:PART_OF]->(:Area {name: '北京市'})") == 1
    assert count(database, "({id: 'h'})-[:STATED_IN]->(:Source {id: '甲文'})") == 1
    stored = read_stored(database.read)
    assert stored.nodes["c"].n_members == 20
    assert stored.nodes["c"].n_members_at_least
    assert stored.nodes["h"].aliases == ("枢纽",)
    assert stored.areas["北京市/甲区"] == Area("北京市/甲区", "district", 1200)


def test_the_same_files_twice_change_nothing(database: Database) -> None:
    import_files(database, FILES)
    before = database.version()
    report = import_files(database, FILES)
    assert report.id is None
    assert report.is_accepted
    assert report.actors == Change(unchanged=3)
    assert report.ties == Change(unchanged=3)
    assert database.version() == before
    assert len(history(database.read)) == 1


def test_a_dry_run_says_the_same_and_stores_nothing(database: Database) -> None:
    dry = import_files(database, FILES, dry_run=True)
    assert dry.is_dry_run
    assert count(database, "(:Stakeholder)") == 0
    wet = import_files(database, FILES)
    assert (dry.actors, dry.ties, dry.needs) == (wet.actors, wet.ties, wet.needs)


def test_one_bad_row_keeps_everything_out(database: Database) -> None:
    bad = TIES + "h,支持,没有的社区,,,\n"
    report = import_files(database, [FILES[0], ("关系.csv", bad.encode())])
    assert not report.is_accepted
    assert [(p.row, p.column) for p in report.problems] == [(5, "终点")]
    assert count(database, "(n:Stakeholder|Affiliation|Area|Import)") == 0
    with pytest.raises(ImportRefused) as caught:
        refuse(report)
    assert "第 5 行" in caught.value.message.zh


def test_later_rows_change_what_they_state_and_leave_the_rest(database: Database) -> None:
    import_files(database, FILES)
    update = "编号,名称,类型,终止,备注\nh,枢纽中心,基金会,2024,改制\n"
    report = import_files(database, [("主体.csv", update.encode())])
    assert report.actors == Change(changed=1, ended=1)
    assert count(database, "(:Foundation {id: 'h', until: '2024', note: '改制'})") == 1
    assert count(database, "(:SocialOrganisation)") == 0
    assert read_stored(database.read).nodes["h"].aliases == ("枢纽",)
    ended = "起点,关系,终点,起始,终止\nh,支持,c,2020,2023\n"
    report = import_files(database, [("关系.csv", ended.encode())])
    assert report.ties == Change(changed=1, ended=1)
    assert count(database, "()-[:SUPPORTS {strength: 2, until: '2023'}]->()") == 1


def test_names_refer_to_what_is_stored(database: Database) -> None:
    import_files(database, FILES)
    report = import_files(database, [("关系.csv", "起点,关系,终点\n枢纽,服务,幸福社区\n".encode())])
    assert report.ties == Change(new=1)
    assert count(database, "({id: 'h'})-[:SERVES]->({id: 'c'})") == 1


def test_an_undone_import_leaves_the_graph_as_it_was(database: Database) -> None:
    import_files(database, FILES)
    before = read_stored(database.read)
    update = "编号,名称,类型,区域,来源\nh,新名称,社会组织,上海市,丙文\nn,新来的,企业,,\n"
    ties = "起点,关系,终点,强度,起始\nh,支持,c,5,2020\nn,服务,c,,\n"
    needs = "主体,领域,资源\nc,为老服务,志愿者\n"
    second = import_files(
        database,
        [("主体.csv", update.encode()), ("关系.csv", ties.encode()), ("需求.csv", needs.encode())],
    )
    assert read_stored(database.read) != before
    undo_import(database, str(second.id))
    assert read_stored(database.read) == before
    assert count(database, "({id: 'h'})-[:LOCATED_IN]->(:Area {id: '北京市/甲区'})") == 1
    assert count(database, "(:Source {id: '丙文'})") == 0
    newest, oldest = history(database.read)
    assert newest.is_undone
    assert newest.summary["actors"]["new"] == 1
    assert not oldest.is_undone


def test_only_the_newest_standing_import_can_be_undone(database: Database) -> None:
    first = import_files(database, FILES)
    second = import_files(database, [("主体.csv", "编号,名称,类型\nn,新来的,企业\n".encode())])
    with pytest.raises(InvalidArgument):
        undo_import(database, str(first.id))
    undo_import(database, str(second.id))
    with pytest.raises(InvalidArgument):
        undo_import(database, str(second.id))
    undo_import(database, str(first.id))
    assert count(database, "(n:Stakeholder|Affiliation|Area|Source|Need)") == 0


def test_the_sample_loads_once_and_only_into_an_empty_graph(database: Database) -> None:
    assert load_sample_on_first_start(database)
    assert not load_sample_on_first_start(database)
    assert load_sample(database).actors.new == 0
    names = {name for name, _ in sample_files()}
    assert names == {"主体.csv", "关系.csv", "需求.csv", "供给.csv", "区域.csv"}


def test_the_sample_is_not_loaded_over_own_data(database: Database) -> None:
    import_files(database, FILES)
    assert not load_sample_on_first_start(database)


def test_an_undone_sample_does_not_come_back(database: Database) -> None:
    load_sample(database)
    undo_import(database, history(database.read)[0].id)
    assert not load_sample_on_first_start(database)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_is_taken(database: Database, language: Language) -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template_workbook(language)))
    zh = language == "zh"
    actors = book["主体" if zh else "Actors"]
    actors["B2"], actors["C2"] = "甲公司", "企业" if zh else "Enterprise"
    actors["B3"], actors["C3"] = "乙社区", "社区" if zh else "Community"
    ties = book["关系" if zh else "Ties"]
    ties["A2"], ties["B2"], ties["C2"] = "甲公司", "资助" if zh else "funds", "乙社区"
    stream = io.BytesIO()
    book.save(stream)
    report = import_files(database, [("模板.xlsx", stream.getvalue())])
    assert [p.sentence().zh for p in report.problems] == []
    assert (report.actors.new, report.ties.new) == (2, 1)


def test_spellings() -> None:
    assert spellings("和众泽益") == ("hezhongzeyi", "hzzy")
    assert spellings("960先锋荟") == ("960xianfenghui", "960xfh")


def test_what_undoing_needs_is_stored_with_the_import(database: Database) -> None:
    report = import_files(database, FILES)
    row = database.read("read.import_inverse", id=report.id)[0]
    assert set(json.loads(row["inverse"])["new_nodes"]) == {"h", "c", "p"}
