"""Partners, introductions and matching asked on the sample data in a real Neo4j."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings.partners import Weights
from graph.findings.reach import Standing, reach
from graph.projection import Projection
from graph.questions.ground import ground_of
from graph.questions.matching import as_document as matching_document
from graph.questions.matching import matching, need_document
from graph.questions.partners import as_document, partner_document, partners
from graph.questions.paths import as_document as paths_document
from graph.questions.paths import path_document, paths
from graph.store.database import Database

HUB = "hezhongzeyi"
NEED = "need:beilangdong:垃圾分类:厨余垃圾处理设备"
ASKED = (
    HUB, "beilangdong", "changshouyuan", "hemei", "heshun", "no_platform:heshun", NEED,
    "offer:hemei-zhuqu-danwei:公共空间:场地", "wufei-kongjian", "woaiwojia", "fatou-shequ",
)  # fmt: skip


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


def numbers(text: str) -> set[float]:
    """Return the numbers in a text that are not parts of names."""
    return {float(n.replace(",", "")) for n in re.findall(r"(?<![\w.-])\d[\d,.]*\b", text)}


def values(document: Any) -> Iterator[float]:
    """Yield every number anywhere in a document, and the length of every list."""
    if isinstance(document, dict):
        for value in document.values():
            yield from values(value)
    elif isinstance(document, list):
        yield len(document)
        for value in document:
            yield from values(value)
    elif isinstance(document, (int, float)) and not isinstance(document, bool):
        yield float(document)


def texts(document: Any) -> Iterator[dict[str, str]]:
    """Yield every text in both languages."""
    if isinstance(document, dict):
        if set(document) == {"zh", "en"}:
            yield document
        for value in document.values():
            yield from texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from texts(value)


@pytest.mark.parametrize("asked", ASKED)
def test_everybody_gets_candidates_with_reasons(explorer: Explorer, asked: str) -> None:
    answer = partners(explorer, asked, limit=10)
    document = as_document(answer)
    assert document["subject"]["asked"] == asked
    assert document["looked_at"]["n_candidates"] == len(answer.found) > 0
    own = {answer.subject.actor.id, answer.subject.node.id}
    for partner in answer.partners:
        item = partner_document(partner)
        assert item["actor"]["id"] not in own
        assert item["reason"]["zh"].endswith("。")
        assert item["reason"]["en"].endswith(".")
        assert (item["introduction"] is None) == (item["parts"]["reach"]["n_steps"] is None)
        if item["introduction"]:
            assert item["introduction"]["n_steps"] == item["parts"]["reach"]["n_steps"]
            assert item["introduction"]["strength"] == pytest.approx(
                item["measures"]["path_strength"]
            )
            assert item["introduction"]["actors"][0]["id"] == answer.subject.actor.id
            assert item["introduction"]["actors"][-1]["id"] == item["actor"]["id"]
            assert all(step["ties"] for step in item["introduction"]["steps"])
        assert numbers(item["reason"]["en"]) <= set(values(item)), item["reason"]


def test_no_sentence_is_empty_or_in_one_language_only(explorer: Explorer) -> None:
    for asked in ASKED:
        answer = partners(explorer, asked, limit=10)
        for text in texts([as_document(answer), *map(partner_document, answer.partners)]):
            assert text["zh"].strip()
            assert text["en"].strip()
            assert "None" not in text["zh"] + text["en"]
            assert "{" not in text["zh"] + text["en"]


def test_a_gap_asks_for_the_kinds_that_fill_it(explorer: Explorer) -> None:
    answer = partners(explorer, "no_platform:heshun")
    assert answer.subject.node.id == "heshun"
    assert "StreetOffice" in answer.subject.sought
    found = [p.found for p in answer.partners if p.found.fit.fills == "kind"]
    assert found
    assert {c.actor.kind for c in found} <= set(answer.subject.sought)
    assert as_document(answer)["subject"]["gap"]["id"] == "no_platform:heshun"


def test_every_gap_can_be_asked_about(explorer: Explorer) -> None:
    for gap in explorer.gaps():
        if not gap.actors:
            with pytest.raises(InvalidArgument):
                partners(explorer, gap.id)
            continue
        answer = partners(explorer, gap.id, limit=1)
        assert answer.subject.gap is not None
        assert answer.subject.gap.id == gap.id
        assert answer.subject.node == gap.actors[0]
        assert answer.partners


def test_a_need_is_met_by_its_offer(explorer: Explorer) -> None:
    answer = partners(explorer, "need:hemei:公共空间:场地")
    partner = answer.partners[0]
    pair = partner_document(partner)["parts"]["fit"]["pair"]
    assert pair["relation"] == "meets"
    assert pair["ours"] == "need:hemei:公共空间:场地"
    assert pair["theirs"]["resource"] == "场地"


def test_what_speaks_against_is_said(explorer: Explorer) -> None:
    points = {
        sentence.en
        for asked in ASKED
        for partner in partners(explorer, asked, limit=100).partners
        for sentence in partner.against
    }
    for part in (
        "stands for several actors", "Nobody within three steps", "not the same place",
        "is not on record", "the resource is not", "no partner on record",
    ):  # fmt: skip
        assert any(part in point for point in points), part


def test_weights_change_the_order_and_wrong_ones_are_refused(explorer: Explorer) -> None:
    near = partners(explorer, "beilangdong", Weights(0, 1, 0, 0)).found
    fitting = partners(explorer, "beilangdong", Weights(1, 0, 0, 0)).found
    assert near.positions.tolist() != fitting.positions.tolist()
    for weights in (Weights(0, 0, 0, 0), Weights(-1, 1, 1, 1), Weights(float("nan"), 1, 1, 1)):
        with pytest.raises(InvalidArgument):
            partners(explorer, "beilangdong", weights)
    with pytest.raises(InvalidArgument):
        partners(explorer, "beilangdong", kinds=["飞船"])


@pytest.mark.parametrize("asked", ["nobody", "no_such_rule:heshun", "no_platform:nobody", "need:"])
def test_what_is_not_there_is_not_found(explorer: Explorer, asked: str) -> None:
    with pytest.raises(NotFound):
        partners(explorer, asked)


def test_an_actor_that_the_filter_leaves_out_is_refused(explorer: Explorer) -> None:
    only_firms = Projection(sectors=frozenset({"enterprise"}))
    with pytest.raises(InvalidArgument) as refused:
        partners(explorer, "hemei", projection=only_firms)
    assert "和美社区" in refused.value.message.zh


def test_pages_of_partners_follow_each_other(explorer: Explorer) -> None:
    whole = [p.found.actor.id for p in partners(explorer, HUB, limit=30).partners]
    parts = [
        p.found.actor.id
        for offset in range(0, 30, 7)
        for p in partners(explorer, HUB, limit=7, offset=offset).partners
    ]
    assert parts[: len(whole)] == whole
    assert len(set(whole)) == len(whole)


def test_the_hub_introduces_the_community_to_an_enterprise(explorer: Explorer) -> None:
    answer = paths(explorer, "beilangdong", "xingbake")
    best = answer.paths[0]
    assert [node.id for node in best.actors] == ["beilangdong", HUB, "xingbake"]
    assert best.steps[0].ask is None
    assert best.steps[1].ask is not None
    assert best.steps[1].ask.id == HUB
    step = path_document(best)["steps"][1]
    introduced = [t for t in step["ties"] if t["relation"] == "INTRODUCED"]
    assert introduced[0]["affiliation"] is None
    assert introduced[0]["source"].startswith("王忠平文")
    meeting = [t for t in step["ties"] if t["affiliation"]]
    assert {t["affiliation"]["id"] for t in meeting} == {"hezhongzeyi-pingtai"}
    assert {t["start"]["id"] for t in meeting} == {HUB, "xingbake"}
    assert "和众泽益枢纽平台" in step["sentence"]["zh"]


def test_avoiding_the_hub_leaves_no_way(explorer: Explorer) -> None:
    answer = paths(explorer, "beilangdong", "shinaide", avoid=[HUB])
    document = paths_document(answer)
    assert answer.paths == ()
    assert document["distance"] is None
    assert document["distance_if_nobody_is_avoided"] == 2
    assert "Avoiding" in document["sentence"]["en"]


def test_paths_between_parts_that_are_not_connected(explorer: Explorer) -> None:
    answer = paths(explorer, "kangmingsi", "hemei")
    assert answer.found.total == 0
    assert "不相连" in answer.sentence.zh


def test_partners_already_need_no_introduction(explorer: Explorer) -> None:
    answer = paths(explorer, HUB, "beilangdong")
    assert len(answer.paths[0].steps) == 1
    assert "不用引荐" in answer.sentence.zh


@pytest.mark.parametrize(
    ("start", "end", "avoid", "error"),
    [
        ("hemei", "hemei", (), InvalidArgument), ("hemei", "heshun", ("hemei",), InvalidArgument),
        ("nobody", "hemei", (), NotFound), ("hemei", "nobody", (), NotFound),
        ("hemei", "heshun", ("nobody",), NotFound),
    ],
)  # fmt: skip
def test_paths_that_cannot_be_asked(
    explorer: Explorer, start: str, end: str, avoid: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        paths(explorer, start, end, avoid=avoid)


def test_matching_the_sample(explorer: Explorer) -> None:
    answer = matching(explorer)
    document = matching_document(answer)
    assert document["n_needs"] == len(answer.found.needs) == 14
    assert document["n_met"] + document["n_partly"] + document["n_unmet"] == 14
    by_need = {(n.need.actor, n.need.resource): n for n in answer.found.needs}
    assert [m.giver.id for m in by_need["changshouyuan", "服务"].matches] == ["gongpu-kuaijian"]
    waste = need_document(by_need["beilangdong", "厨余垃圾处理设备"])
    assert (waste["status"], waste["unmet"]["why"]) == ("unmet", "resource")
    for found in answer.found.needs:
        item = need_document(found)
        allowed = set(values(item)) | {float(len({o.resource for o in found.instead}))}
        allowed |= {float(len({o.resource for o in found.instead}) - 3)}
        for text in texts(item):
            assert text["zh"].strip()
            assert text["en"].strip()
            assert numbers(text["en"]) <= allowed, text


def test_matching_an_area_a_status_and_nothing(explorer: Explorer) -> None:
    city = matching(explorer, "四川省/成都市")
    assert {n.actor.area.split("/")[1] for n in city.found.needs if n.actor.area} == {"成都市"}
    assert matching(explorer, "四川省/成都市/").found is city.found
    assert matching(explorer, "").found.area is None
    unmet = matching(explorer, status="unmet")
    assert {n.status for n in unmet.needs} == {"unmet"}
    nothing = matching(explorer, "火星")
    assert nothing.found.needs == ()
    assert "没有登记不等于没有需要" in nothing.sentence.zh
    with pytest.raises(InvalidArgument):
        matching(explorer, status="taken")


def test_an_analyst_gets_the_same_scores_in_cypher(explorer: Explorer) -> None:
    unfolded = Projection(fold_persons=False)
    ground = ground_of(explorer, unfolded)
    for actor in ("beilangdong", HUB, "hemei", "changshouyuan", "woaiwojia"):
        position = ground.network.index[actor]
        found = reach(ground.network.network, Standing.of(ground.network.network, position))
        rows = explorer.database.read("library.common_partners", actor=actor)
        others = {position, *ground.network.network.neighbours(position).tolist()}
        expected = {
            ground.network.actors[i].id: i for i in found.n_common.nonzero()[0] if i not in others
        }
        assert {row["id"] for row in rows} == set(expected)
        for row in rows:
            i = expected[row["id"]]
            assert row["n_common"] == found.n_common[i]
            assert row["adamic_adar"] == pytest.approx(found.adamic_adar[i])
            assert row["resource_allocation"] == pytest.approx(found.resource_allocation[i])
