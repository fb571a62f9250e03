"""The product's questions, answered on the sample data in a real Neo4j."""

from __future__ import annotations

import itertools
import re

import pytest

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer, as_of
from graph.projection import DEFAULT, Projection
from graph.questions.overview import overview as ask_overview
from graph.questions.search import actors_named
from graph.store.database import Database

HUB = "hezhongzeyi"


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


def test_the_reference_hub_is_first_and_by_far(explorer: Explorer) -> None:
    first, second = explorer.hubs()[:2]
    assert first.actor.name == "北京和众泽益公益发展中心"
    assert first.rank == 1
    assert first.score > 1.5 * second.score
    assert explorer.brokers()[0].actor.id == HUB


def test_its_evidence_lists_enterprises_and_communities(explorer: Explorer) -> None:
    evidence = explorer.evidence(HUB)
    enterprises = {a.name for a in evidence.enterprises}
    assert {"康明斯公司", "星巴克", "施耐德", "阿里巴巴", "字节跳动"} <= enterprises
    assert {"北郎东社区", "垡头街道各社区"} <= {a.name for a in evidence.communities}
    pair = next(p for p in evidence.sector_pairs if p.sectors == ("community", "enterprise"))
    sole = {(p.a.name, p.b.name) for p in pair.sole_pairs} | {
        (p.b.name, p.a.name) for p in pair.sole_pairs
    }
    assert ("星巴克", "北郎东社区") in sole
    assert ("康明斯公司", "北郎东社区") not in sole
    assert evidence.n_sole == sum(p.n_sole for p in evidence.sector_pairs)


def test_every_number_in_a_sentence_is_in_the_data(explorer: Explorer) -> None:
    evidence = explorer.evidence(HUB)
    assert numbers(evidence.sentence.zh) == {evidence.n_pairs, evidence.n_sole}
    assert numbers(evidence.sentence.en) == {evidence.n_pairs, evidence.n_sole}
    for broker in explorer.brokers():
        data = set(broker.measures.values())
        assert numbers(broker.reason.zh.split("例如")[0]) <= data, broker.reason.zh
    for hub in explorer.hubs():
        allowed = set(hub.measures.values()) | {hub.measures["communities_reached"]}
        text = hub.reason.zh.split("；")[-1]
        assert numbers(text) <= allowed, text


def numbers(text: str) -> set[float]:
    return {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)}


def test_organisations_like_the_reference(explorer: Explorer) -> None:
    ranked = explorer.hubs(like=HUB)
    assert HUB not in {r.actor.id for r in ranked}
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert all(0 <= r.measures["similarity_liaison"] <= 1 for r in ranked)
    with pytest.raises(NotFound):
        explorer.hubs(like="nobody")


def test_no_group_or_community_is_called_a_hub(explorer: Explorer) -> None:
    for ranked in explorer.hubs():
        assert not ranked.actor.is_group
        assert ranked.actor.kind not in ("Community", "Compound")


def test_equal_scores_share_a_rank(explorer: Explorer) -> None:
    brokers = explorer.brokers()
    for one, other in itertools.pairwise(brokers):
        assert one.score >= other.score
        assert (one.rank == other.rank) == (abs(one.score - other.score) < 1e-9)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("hzzy", HUB), ("hezhong", HUB), ("和众", HUB), ("HeZhongZeYi", HUB), ("和众泽益", HUB),
        ("xingbake", "xingbake"), ("星巴克", "xingbake"), ("Starbucks", "xingbake"),
        ("beilangdong", "beilangdong"), ("长寿苑社区", "changshouyuan"), ("Ｓtarbucks", "xingbake"),
    ],
)  # fmt: skip
def test_search_by_name_alias_pinyin_and_initials(
    explorer: Explorer, query: str, first: str
) -> None:
    assert actors_named(explorer, query)[0].actor.id == first


@pytest.mark.parametrize(
    "query", ["", "   ", "没有这样的名字", '"', "\\", "a AND (", "*", "~", "''"]
)
def test_search_takes_any_text(explorer: Explorer, query: str) -> None:
    actors_named(explorer, query)


def test_overview_counts_what_is_stored(explorer: Explorer) -> None:
    overview = ask_overview(explorer)
    assert overview.n_actors == sum(n for _, n in overview.sectors)
    assert overview.n_ties == len(explorer.records().ties)
    communities = {row.community.name for row in overview.coverage}
    assert {"北郎东社区", "长寿苑社区", "和美社区", "和顺社区"} == communities
    assert overview.hubs[0].line.actor.id == HUB
    assert "北京和众泽益公益发展中心" in overview.sentence.zh
    assert overview.completeness["tie_source"].n_missing == 0
    assert overview.changes


def test_gaps_are_about_single_actors(explorer: Explorer) -> None:
    gaps = explorer.gaps()
    assert {g.rule for g in gaps} >= {"no_platform", "team_without_support", "single_funder"}
    # A project of several teams can have one funder, and several communities one need.
    of_groups = {"single_funder", "need_without_offer"}
    assert all(not a.is_group for g in gaps if g.rule not in of_groups for a in g.subjects)
    assert "no_platform:beilangdong" not in {g.id for g in gaps}
    with pytest.raises(InvalidArgument):
        explorer.gaps(rule="nothing")
    with pytest.raises(InvalidArgument):
        explorer.gaps(severity="awful")


def test_an_actor_with_its_ties_and_role(explorer: Explorer) -> None:
    detail = explorer.actor(HUB)
    assert "联络人" in detail.role.zh
    assert "liaison" in detail.role.en
    assert detail.column == "social_organisation"
    assert detail.ranks == {"broker": 1, "hub": 1}
    assert {t.other.name for t in detail.ties if t.relation == "INTRODUCED"} >= {"康明斯公司"}
    assert all(t.source for t in detail.ties)
    with pytest.raises(NotFound):
        explorer.actor("nobody")


def test_an_affiliation_is_shown_and_is_no_broker(explorer: Explorer) -> None:
    detail = explorer.actor("wufei-kongjian")
    assert detail.measures == {}
    assert "阵地" in detail.role.zh
    assert any(t.direction == "in" and t.label.zh == "出资方" for t in detail.ties)
    with pytest.raises(NotFound):
        explorer.evidence("wufei-kongjian")


def test_the_projection_is_respected(explorer: Explorer) -> None:
    beijing = explorer.network(Projection(area="北京市/朝阳区"))
    assert HUB in beijing.index
    assert "hemei" not in beijing.index
    with pytest.raises(InvalidArgument):
        as_of(DEFAULT, "yesterday")


def test_rank_intervals_hold_the_rank_and_are_not_computed_unasked(sample: Database) -> None:
    explorer = Explorer(sample)
    assert explorer.brokers()[0].interval is None
    for ranking in (explorer.brokers(intervals=True), explorer.hubs(intervals=True)):
        for line in ranking[:20]:
            assert line.interval is not None
            assert line.interval.low <= line.rank <= line.interval.high
            assert 0 <= line.interval.top_share <= 1
        assert ranking[0].interval is not None
        assert ranking[0].interval.top_share > 0.9
    assert explorer.hubs("hezhongzeyi", intervals=True)[0].interval is None


def test_rank_intervals_come_by_themselves_only_where_they_are_quick(
    sample: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Explorer(sample).hubs(intervals=None)[0].interval is not None
    monkeypatch.setattr("graph.explorer._MAX_VISITS_FOR_INTERVALS", 10)
    assert Explorer(sample).hubs(intervals=None)[0].interval is None
    assert Explorer(sample).hubs(intervals=True)[0].interval is not None
