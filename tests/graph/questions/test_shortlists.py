"""Shortlists on a real Neo4j: kept beside the data, through imports, as they were put down."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings import shortlists as pure
from graph.findings.shortlists import Finding, Named, NoEntry, NoShortlist, Shortlist
from graph.ingest.importer import import_files, undo_import
from graph.ingest.sample import load_sample
from graph.questions import partners as finder
from graph.questions import shortlists as questions
from graph.store.database import Database
from graph.text import Text

NEED = "need:beilangdong:垃圾分类:厨余垃圾处理设备"
NOTHING = Finding(None, None, None, (), None, ())


def named(actor_id: str) -> Named:
    return Named(actor_id, f"名{actor_id}", None, "Enterprise", None)


def filled(*actors: str) -> Shortlist:
    made = pure.new_shortlist("甲")
    for actor in actors:
        made = pure.with_entry(made, named(actor), "x", named("x"), Text("为", "for"), NOTHING)
    return made


def order(shortlist: Shortlist) -> str:
    return "".join(entry.actor.id for entry in shortlist.entries)


def entry_id(shortlist: Shortlist, actor: str) -> str:
    return next(e.id for e in shortlist.entries if e.actor.id == actor)


@pytest.fixture
def explorer(database: Database) -> Explorer:
    load_sample(database)
    return Explorer(database)


def test_a_candidate_is_put_down_with_what_the_finder_says(explorer: Explorer) -> None:
    first = finder.partners(explorer, "beilangdong", limit=3).partners[2]
    kept, entry = questions.add(explorer, None, first.found.actor.id, "beilangdong")
    assert kept.name == "北郎东社区 · 候选"
    assert questions.shortlist(explorer, kept.id) == kept
    assert kept.entries == (entry,)
    assert entry.finding.score == first.found.score
    assert entry.finding.rank == first.found.rank
    assert entry.finding.reason == first.reason
    assert entry.finding.against == first.against
    assert first.introduction is not None
    assert entry.finding.steps == tuple(s.sentence for s in first.introduction.steps)


@pytest.mark.parametrize(
    ("asked", "purpose"),
    [
        ("beilangdong", "北郎东社区"),
        (NEED, "北郎东社区的需求：垃圾分类·厨余垃圾处理设备"),
        ("no_platform:heshun", "和顺社区：没有联动平台或机制的社区"),
    ],
)
def test_it_says_for_what(explorer: Explorer, asked: str, purpose: str) -> None:
    candidate = finder.partners(explorer, asked, limit=1).partners[0].found.actor.id
    _, entry = questions.add(explorer, None, candidate, asked)
    assert entry.purpose.zh == purpose
    assert entry.asked == asked


def test_a_partner_already_is_put_down_without_a_score(explorer: Explorer) -> None:
    kept, entry = questions.add(explorer, None, "hezhongzeyi", "beilangdong", "en")
    assert entry.finding.score is None
    assert entry.finding.reason is None
    assert "no score" in entry.finding.against[0].en
    assert entry.finding.steps
    assert kept.name.endswith("candidates")


def test_twice_for_the_same_is_once_and_keeps_its_note(explorer: Explorer) -> None:
    kept, entry = questions.add(explorer, None, "xingbake", "beilangdong")
    questions.note(explorer, kept.id, entry.id, "周五见面")
    again, same = questions.add(explorer, kept.id, "xingbake", "beilangdong")
    assert len(again.entries) == 1
    assert (same.id, same.note) == (entry.id, "周五见面")
    more, _ = questions.add(explorer, kept.id, "xingbake", NEED)
    assert len(more.entries) == 2


def test_it_stays_through_imports_and_names_who_is_gone(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    rows = "名称,编号,类型,区域\n将走公司,leaving,企业,北京市/朝阳区\n".encode()
    report = import_files(database, [("主体.csv", rows)])
    kept, _ = questions.add(explorer, None, "leaving", "beilangdong")
    version = database.version()
    questions.note(explorer, kept.id, kept.entries[0].id, "先问")
    assert database.version() == version
    assert questions.as_document(explorer, kept)["entries"][0]["gone"] is None
    assert report.id is not None
    undo_import(database, report.id)
    document = questions.as_document(explorer, questions.shortlist(explorer, kept.id))
    assert document["entries"][0]["actor"]["name"] == "将走公司"
    assert document["entries"][0]["actor"]["sector"] == "enterprise"
    assert "将走公司已不在数据里" in document["entries"][0]["gone"]["zh"]
    assert document["entries"][0]["note"] == "先问"
    assert document["sentence"]["en"].endswith("1 of them is no longer in the data")


def test_who_saves_upon_an_older_state_is_told(explorer: Explorer) -> None:
    kept = questions.create(explorer, "甲")
    questions.rename(explorer, kept.id, "乙", "为周五")
    with pytest.raises(InvalidArgument, match="Somebody else"):
        questions._saved(explorer, kept, kept)
    assert questions.shortlist(explorer, kept.id).name == "乙"


def test_refusals(explorer: Explorer) -> None:
    kept = questions.create(explorer, "甲")
    for wrong in (
        {"actor_id": "nobody", "asked": "beilangdong"},
        {"actor_id": "xingbake", "asked": "nobody"},
    ):
        with pytest.raises(NotFound):
            questions.add(explorer, kept.id, **wrong)
    with pytest.raises(InvalidArgument, match="same actor"):
        questions.add(explorer, kept.id, "beilangdong", "beilangdong")
    with pytest.raises(NoShortlist):
        questions.add(explorer, "none", "xingbake", "beilangdong")
    with pytest.raises(NoEntry):
        questions.note(explorer, kept.id, "none", "x")
    for name in ("", "  ", "x" * 201):
        with pytest.raises(InvalidArgument):
            questions.create(explorer, name)
    with pytest.raises(InvalidArgument, match="phone"):
        questions.create(explorer, "甲", "打 13812345678")
    assert questions.shortlist(explorer, kept.id) == kept


def test_a_list_can_be_forgotten(explorer: Explorer) -> None:
    one, other = questions.create(explorer, "甲"), questions.create(explorer, "乙")
    assert {s.id for s in questions.shortlists(explorer)} == {one.id, other.id}
    questions.delete(explorer, one.id)
    assert [s.id for s in questions.shortlists(explorer)] == [other.id]
    with pytest.raises(NoShortlist):
        questions.delete(explorer, one.id)


def test_the_order_is_its_owners() -> None:
    made = filled("a", "b", "c")
    for actor, place in itertools.product("abc", range(5)):
        found = order(pure.moved(made, entry_id(made, actor), place))
        rest = "abc".replace(actor, "")
        at = min(max(place - 1, 0), 2)
        assert found == rest[:at] + actor + rest[at:]


@given(st.permutations("abcd"), st.integers(0, 3))
def test_what_was_taken_off_comes_back(actors: list[str], n: int) -> None:
    made = filled(*actors)
    ids = [entry.id for entry in made.entries][: n + 1]
    changed = made
    for one in ids:
        changed = pure.without_entry(changed, one)
    assert order(changed) == "".join(actors[n + 1 :])
    for one in ids[::-1]:
        changed = pure.restored(changed, one)
    assert (changed.entries, changed.removed) == (made.entries, ())
    with pytest.raises(NoEntry):
        pure.restored(changed, ids[0])


def test_it_is_read_back_as_it_was_written() -> None:
    finding = Finding(0.5, 2, Text("因", "why"), (Text("但", "but"),), Text("路", "way"), ())
    made = pure.with_entry(
        filled("a"), named("b"), NEED, named("beilangdong"), Text("为", "for"), finding
    )
    made = pure.without_entry(made, made.entries[0].id)

    def read(name: str, **given: Any) -> list[dict[str, Any]]:
        return [pure.properties_of(made)]

    assert pure.read_shortlists(read) == (made,)


def test_a_full_list_says_so() -> None:
    made = filled(*(str(n) for n in range(pure.MAX_ENTRIES)))
    with pytest.raises(InvalidArgument, match="at most"):
        pure.with_entry(made, named("x"), "x", named("x"), Text("为", "for"), NOTHING)
