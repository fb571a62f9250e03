"""Rows against the vocabulary, each other and what is stored; no database is needed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ingest.batch import Batch, generated_id, read_batch
from graph.ingest.cells import BadCell, value_of
from graph.ingest.errors import Problem
from graph.ingest.tables import read_tables
from graph.model import (
    AFFILIATION_KINDS,
    KINDS,
    RELATIONS,
    kind_from_word,
    may_tie,
    relation_from_word,
)
from graph.records import Node, Tie
from graph.stored import Stored
from graph.workbook import ACTORS, AREAS, SHEETS, TIES

ACTORS_HEAD = "编号,名称,类型,区域,人数,成立,终止\n"
TIES_HEAD = "起点,关系,终点,强度,金额,起始,终止\n"


def read(
    actors: str = "", ties: str = "", stored: Stored | None = None
) -> tuple[Batch, list[Problem]]:
    files = []
    if actors:
        files.append(("主体.csv", (ACTORS_HEAD + actors).encode()))
    if ties:
        files.append(("关系.csv", (TIES_HEAD + ties).encode()))
    tables, problems = read_tables(files)
    assert problems == []
    return read_batch(tables, stored or Stored())


def problem(actors: str = "", ties: str = "", stored: Stored | None = None) -> Problem:
    _, problems = read(actors, ties, stored)
    assert len(problems) == 1
    assert problems[0].message.zh
    assert problems[0].mend.en
    return problems[0]


def column(slug: str, sheet: object = ACTORS) -> object:
    return next(c for c in sheet.columns if c.slug == slug)  # type: ignore[attr-defined]


def test_a_good_batch() -> None:
    batch, problems = read(
        "hz,和众泽益,社会组织,北京市/朝阳区,,2010,\nc,北郎东社区,社区,,20+,,\n",
        "hz,支持,北郎东社区,3,,2018-05,\n",
    )
    assert problems == []
    assert batch.nodes["hz"].since == "2010"
    assert (batch.nodes["c"].n_members, batch.nodes["c"].n_members_at_least) == (20, True)
    assert batch.ties["hz", "SUPPORTS", "c", "2018-05"].strength == 3
    assert set(batch.areas) == {"北京市", "北京市/朝阳区"}


def test_unknown_kind() -> None:
    found = problem("x,某某,飞船,,,,\n")
    assert (found.file, found.row, found.column, found.value) == ("主体.csv", 2, "类型", "飞船")
    assert "社会组织" in found.mend.zh
    assert "吗？" not in found.mend.zh


def test_an_unknown_kind_or_relation_with_a_hint() -> None:
    shop = problem("x,某某,商店,,,,\n")
    assert shop.mend.zh.startswith("是“商户”吗？可用：街道办、")
    assert shop.mend.en.startswith("Do you mean “Merchant”? Use one of: Street office, ")
    assert problem("x,某某,Comunity,,,,\n").mend.zh.startswith("是“社区”吗？")
    funds = problem("a,甲,企业,,,,\nb,乙,社区,,,,\n", "a,资住,b,,,,\n")
    assert funds.mend.zh.startswith("是“资助”吗？")


def test_unknown_relation() -> None:
    found = problem("a,甲,企业,,,,\nb,乙,社区,,,,\n", "a,喜欢,b,,,,\n")
    assert (found.file, found.row, found.column) == ("关系.csv", 2, "关系")


def test_unknown_actor_with_a_hint() -> None:
    found = problem("a,甲公司,企业,,,,\nb,北郎东社区,社区,,,,\n", "a,服务,北朗东社区,,,,\n")
    assert (found.column, found.value) == ("终点", "北朗东社区")
    assert "北郎东社区" in found.mend.zh


def test_ties_of_a_refused_actor_do_not_repeat_its_problem() -> None:
    two = "a,甲公司,飞船,,,,\nb,乙,社区,,,,\n"
    assert problem(two, "a,服务,b,,,,\n甲公司,服务,b,,,,\n").column == "类型"


def test_a_tie_to_itself() -> None:
    assert "同一个主体" in problem("a,甲,企业,,,,\n", "a,合作,甲,,,,\n").message.zh


def test_an_end_before_a_start() -> None:
    assert problem("a,甲,企业,,,2020-05,2019\n").column == "终止"
    assert read("a,甲,企业,,,2020-05,2020\n")[1] == []
    two = "a,甲,企业,,,,\nb,乙,社区,,,,\n"
    assert problem(two, "a,服务,b,,,2020,2019-12-31\n").row == 2


@pytest.mark.parametrize(
    ("cells", "name"),
    [("9,,,", "强度"), ("弱,,,", "强度"), (",五万,,", "金额"), (",-5,,", "金额"),
     (",,去年,", "起始"), (",,2021-02-30,", "起始"), (",,,1789-13", "终止")],
)  # fmt: skip
def test_wrong_numbers_and_dates(cells: str, name: str) -> None:
    found = problem("a,甲,企业,,,,\nb,乙,社区,,,,\n", f"a,服务,b,{cells}\n")
    assert found.column == name
    assert found.value


def test_every_bad_row_is_reported_and_cells_too() -> None:
    _, problems = read("a,,飞船,,很多,,\nb,乙,社区,,,昨天,\nc,丙,企业,,,,\n")
    assert [(p.row, p.column) for p in problems] == [
        (2, "名称"), (2, "类型"), (2, "人数"), (3, "成立"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["张三 13812345678", "110101199003071234", "11010119900307123X"])
def test_phone_and_identity_numbers_are_refused_and_not_repeated(cell: str) -> None:
    found = problem(f"a,{cell},企业,,,,\n")
    assert found.value is None
    assert cell not in found.sentence().zh + found.sentence().en


def test_relations_say_what_they_may_join() -> None:
    found = problem("a,甲,企业,,,,\nx,项目一,项目,,,,\n", "x,发起,a,,,,\n")
    assert "对调" in found.mend.zh
    assert (
        "请换一种关系"
        in problem("x,项目一,项目,,,,\ny,项目二,项目,,,,\n", "x,发起,y,,,,\n").mend.zh
    )


def test_the_same_row_twice_is_one_and_a_contradiction_is_a_problem() -> None:
    batch, problems = read("a,甲,企业,,,,\na,甲,企业,,,,\n")
    assert (len(batch.nodes), problems) == (1, [])
    assert "第 2 行" in problem("a,甲,企业,,,,\na,乙,企业,,,,\n").message.zh


def test_two_actors_of_one_name_need_an_id() -> None:
    found = problem(
        "a,幸福社区,社区,甲区,,,\nb,幸福社区,社区,乙区,,,\nc,丙,企业,,,,\n", "c,服务,幸福社区,,,,\n"
    )
    assert "a, b" in found.mend.zh


def test_a_row_without_id_is_the_stored_actor_of_that_name() -> None:
    stored = Stored({"x1": Node("x1", "甲公司", "Enterprise", area="北京市", note="老资料")})
    batch, problems = read(",甲公司,企业,北京市,30,,\n", stored=stored)
    assert problems == []
    assert batch.nodes["x1"].n_members == 30
    assert batch.nodes["x1"].note == "老资料"
    elsewhere, _ = read(",甲公司,企业,上海市,30,,\n", stored=stored)
    assert "x1" not in elsewhere.nodes


def test_an_actor_cannot_become_an_affiliation() -> None:
    stored = Stored({"x": Node("x", "甲", "Enterprise")})
    assert "不能改成" in problem("x,甲,项目,,,,\n", stored=stored).message.zh
    assert read("x,甲,商户,,,,\n", stored=stored)[1] == []


def test_a_partnership_is_the_same_from_both_ends() -> None:
    two = "a,甲,企业,,,,\nb,乙,社区,,,,\n"
    batch, problems = read(two, "b,合作,a,2,,,\na,合作,b,2,,,\n")
    assert problems == []
    assert list(batch.ties) == [("a", "PARTNERS_WITH", "b", "")]


def test_a_tie_is_told_by_its_start() -> None:
    stored = Stored(
        {"a": Node("a", "甲", "Enterprise"), "b": Node("b", "乙", "Community")},
        {("a", "SERVES", "b", "2020"): Tie("a", "SERVES", "b", 4, since="2020")},
    )
    batch, _ = read("", "a,服务,b,,,2020,2021\na,服务,b,,,2022,\n", stored)
    ended = batch.ties["a", "SERVES", "b", "2020"]
    assert (ended.strength, ended.until) == (4, "2021")
    assert batch.ties["a", "SERVES", "b", "2022"].strength == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [("387", (387, False)), ("20+", (20, True)), ("20 余", (20, True)), ("20余家", (20, True)),
     ("700多名", (700, True)), ("超过200家", (200, True)), ("1,280,000", (1_280_000, False)),
     ("128万", (1_280_000, False)), ("至少 3 人", (3, True)), ("30人以上", (30, True))],
)  # fmt: skip
def test_headcounts_as_people_write_them(text: str, value: tuple[int, bool]) -> None:
    assert value_of(column("n_members"), text) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [("2018", "2018"), ("2018-7", "2018-07"), ("2018年7月", "2018-07"),
     ("2018/07/01", "2018-07-01"), ("2018.7.1", "2018-07-01"),
     ("2018年7月1日", "2018-07-01"), ("2018年", "2018")],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, value: str) -> None:
    assert value_of(column("since"), text) == value  # type: ignore[arg-type]


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_a_clear_refusal(text: str) -> None:
    for sheet in SHEETS:
        for each in sheet.columns:
            with contextlib.suppress(BadCell):
                value_of(each, text or "x")


@given(st.text(min_size=1, max_size=30))
def test_generated_ids_are_ids_and_stable(name: str) -> None:
    first = generated_id(name, None)
    assert first == generated_id(name, None) != generated_id(name, "北京市")
    assert value_of(column("id"), first) == first  # type: ignore[arg-type]


def test_every_word_of_the_vocabulary_is_understood() -> None:
    for kind in (*KINDS, *AFFILIATION_KINDS):
        for word in (kind.slug, kind.label.zh, kind.label.en, *kind.aliases):
            assert kind_from_word(word) == kind.slug
    for relation in RELATIONS:
        for word in (relation.slug, relation.label.zh, relation.label.en, *relation.aliases):
            assert relation_from_word(word) == relation.slug
    for words, slug in (
        ("公司", "Enterprise"),
        ("志愿队", "VolunteerTeam"),
        ("NGO", "SocialOrganisation"),
    ):
        assert kind_from_word(words) == slug


def test_headers_are_distinct_within_a_sheet() -> None:
    for sheet in SHEETS:
        for each in sheet.columns:
            for header in (each.slug, each.label.zh, each.label.en, *each.aliases):
                assert sheet.column_from_header(header) is each, (sheet.slug, header)
    assert TIES.column_from_header("起点 from") is TIES.columns[0]
    assert AREAS.column_from_header("没有") is None


def test_relations_join_only_what_they_declare() -> None:
    by_slug = {r.slug: r for r in RELATIONS}
    assert may_tie(by_slug["FUNDS"], "Enterprise", "Project")
    assert may_tie(by_slug["FUNDS"], "Enterprise", "VolunteerTeam")
    assert not may_tie(by_slug["FUNDS"], "Project", "Enterprise")
    assert may_tie(by_slug["LOCATED_IN"], "Project", "Community")
    assert not may_tie(by_slug["LOCATED_IN"], "Project", "Enterprise")
    assert not may_tie(by_slug["PARTICIPATES_IN"], "Enterprise", "Community")
