"""Candidates: who is looked at, how they are scored, and what is planted in a city."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.cypher import in_folder
from graph.findings.gaps import gap_of, rules
from graph.findings.ground import Ground, survey
from graph.findings.partners import (
    DEFAULT_WEIGHTS,
    Candidate,
    Weights,
    find_partners,
    load_part,
)
from graph.findings.subjects import SOUGHT, Subject, subject_of
from graph.findings.wants import likeness, overlap
from graph.model import KIND_BY_SLUG
from graph.projection import project
from graph.records import Need, Node, Records, Tie

STREET = "京/东区/甲街道"


def ground(nodes: list[Node], ties: list[Tie] | None = None, *needs: Need) -> Ground:
    records = Records(tuple(nodes), tuple(ties or ()), "v", needs)
    return survey(records, project(records))


def ask(found: Ground, node_id: str, want: Need | None = None) -> Subject:
    return subject_of(found, found.records.by_id()[node_id], node_id, want=want)


def candidates(found: Ground, node_id: str, **options: object) -> dict[str, Candidate]:
    partners = find_partners(found, ask(found, node_id), **options)  # type: ignore[arg-type]
    return {c.actor.id: c for c in map(partners.candidate, range(len(partners)))}


COMMUNITY = Node("c", "和平社区", "Community", area=f"{STREET}/和平社区")
HUB = Node("h", "枢纽中心", "SocialOrganisation", area=STREET)
FIRM = Node("e", "甲公司", "Enterprise", area="京/西区")
OTHER = Node("f", "乙公司", "Enterprise", area="京/东区")
NEED = Need("need", "c", "垃圾分类", "资金")


def test_partners_persons_and_the_subject_are_left_out() -> None:
    person = Node("p", "张三", "Volunteer")
    found = ground([COMMUNITY, HUB, FIRM, person], [Tie("h", "SUPPORTS", "c")])
    assert set(candidates(found, "c")) == {"e"}


def test_an_offer_that_meets_the_need_comes_before_a_like_one_before_none() -> None:
    found = ground(
        [COMMUNITY, FIRM, OTHER, HUB],
        [],
        NEED,
        Need("offer", "e", "垃圾分类", "资金"),
        Need("offer", "f", "垃圾分类投放", "志愿者"),
    )
    looked_at = candidates(found, "c")
    fits = {k: c.fit for k, c in looked_at.items()}
    assert (fits["e"].domain, fits["e"].resource) == (1.0, 1.0)
    assert (fits["f"].domain, fits["f"].resource) == (0.5, 0.0)
    assert (fits["h"].domain, fits["h"].resource) == (0.0, 0.0)
    assert fits["e"].pair is not None
    assert fits["e"].pair.theirs == Need("offer", "e", "垃圾分类", "资金")
    assert looked_at["e"].rank == 1


def test_an_offer_at_another_time_is_no_fit() -> None:
    need = Need("need", "c", "垃圾分类", "资金", since="2022")
    offer = Need("offer", "e", "垃圾分类", "资金", until="2021-06")
    assert candidates(ground([COMMUNITY, FIRM], [], need, offer), "c")["e"].fit.pair is None
    still = Need("offer", "e", "垃圾分类", "资金", until="2022-01")
    pair = candidates(ground([COMMUNITY, FIRM], [], need, still), "c")["e"].fit.pair
    assert pair is not None
    assert pair.is_same_time


def test_the_same_need_is_half_a_fit_and_no_resource() -> None:
    found = ground([COMMUNITY, FIRM], [], NEED, Need("need", "e", "垃圾分类", "资金"))
    fit = candidates(found, "c")["e"].fit
    assert (fit.domain, fit.resource) == (0.5, 0.0)


def test_a_need_that_was_asked_for_is_met_alone() -> None:
    other = Need("need", "c", "理发", "服务")
    found = ground([COMMUNITY, FIRM], [], NEED, other, Need("offer", "e", "理发", "服务"))
    assert ask(found, "c", NEED).wants == (NEED,)
    partners = find_partners(found, ask(found, "c", NEED))
    assert partners.candidate(0).fit.pair is None
    assert candidates(found, "c")["e"].fit.pair is not None


def test_area_halves_with_each_level_and_unknown_is_not_no() -> None:
    nowhere = Node("n", "丙公司", "Enterprise")
    far = Node("x", "丁公司", "Enterprise", area="沪/浦东区")
    fits = {
        k: c.fit for k, c in candidates(ground([COMMUNITY, HUB, FIRM, nowhere, far]), "c").items()
    }
    assert [fits[k].area for k in "henx"] == [1 / 2, 1 / 8, None, 0.0]
    assert [fits[k].common_area for k in "henx"] == [STREET, "京", None, ""]


def test_a_community_is_filled_where_it_lacks_a_column_and_fills_others() -> None:
    found = ground([COMMUNITY, HUB, FIRM, OTHER], [Tie("f", "SERVES", "c")])
    looked_at = candidates(found, "c")
    assert looked_at["h"].fit.fills == "social_organisation"
    assert looked_at["e"].fit.fills is None
    assert looked_at["e"].fit.column == 0.0
    assert candidates(found, "h")["c"].fit.filled == "social_organisation"


def test_nobody_fills_a_column_from_elsewhere() -> None:
    far = Node("x", "丁中心", "SocialOrganisation", area="沪/浦东区")
    found = ground([COMMUNITY, OTHER, far], [Tie("f", "SERVES", "c")])
    assert candidates(found, "c")["x"].fit.fills is None


def test_what_nothing_is_known_of_lacks_nothing_known() -> None:
    assert ask(ground([COMMUNITY, HUB]), "c").lacking is None


def test_an_actor_without_ties_has_candidates_without_reach() -> None:
    found = candidates(ground([COMMUNITY, HUB, FIRM], [Tie("h", "SUPPORTS", "e")]), "c")
    assert set(found) == {"h", "e"}
    for candidate in found.values():
        assert (candidate.reach, candidate.bridging, candidate.path) == (0.0, 0.0, ())
    assert found["h"].score > found["e"].score


def test_load_falls_with_the_communities_served() -> None:
    assert load_part.__doc__
    communities = [Node(f"c{i}", f"第{i}社区", "Community") for i in range(40)]
    group = Node("g", "各社区", "Community", is_group=True, n_members=30)
    ties = [Tie("h", "SERVES", c.id) for c in communities] + [Tie("e", "SERVES", "g")]
    found = candidates(ground([COMMUNITY, HUB, FIRM, OTHER, group, *communities], ties), "c")
    assert (found["h"].load, found["h"].n_communities) == (10 / 50, 40)
    assert (found["e"].load, found["e"].n_communities) == (10 / 40, 30)
    assert (found["f"].load, found["f"].n_communities) == (1.0, 0)


def test_a_person_stands_for_its_team_and_a_project_for_its_members() -> None:
    team = Node("t", "环保队", "VolunteerTeam", area=STREET)
    person = Node("p", "张三", "Volunteer")
    project_ = Node("x", "清洁行动", "Project")
    ties = [
        Tie("p", "MEMBER_OF", "t"),
        Tie("t", "OPERATES", "x"),
        Tie("h", "ADVISES", "x", strength=3),
    ]
    found = ground([team, person, project_, HUB, FIRM], ties)
    assert ask(found, "p").actor == ask(found, "t").actor
    assert set(candidates(found, "p")) == {"e"}
    standing = ask(found, "x").standing
    assert [found.network.actors[i].id for i in standing.partners] == ["h", "t"]
    assert standing.weights.tolist() == [3.0, 1.0]
    assert set(candidates(found, "x")) == {"e"}


def test_equal_scores_share_a_rank_and_kinds_are_kept() -> None:
    shops = [Node(f"m{i}", f"店{i}", "Merchant", area="京") for i in range(3)]
    found = ground([COMMUNITY, HUB, *shops])
    looked_at = candidates(found, "c")
    assert [looked_at[s.id].rank for s in shops] == [2, 2, 2]
    assert set(candidates(found, "c", kinds=["Merchant"])) == {"m0", "m1", "m2"}


def test_what_was_not_looked_at_is_said() -> None:
    shops = [Node(f"m{i:03d}", f"店{i}", "Merchant", area=STREET) for i in range(60)]
    partners = find_partners(ground([COMMUNITY, *shops]), ask(ground([COMMUNITY, *shops]), "c"),
                             pool_size=40)  # fmt: skip
    assert [(p.slug, p.n, p.total) for p in partners.pools] == [("area", 40, 60)]
    assert (len(partners), partners.n_actors) == (40, 60)


@given(st.tuples(*[st.floats(0, 5)] * 4).filter(lambda w: sum(w) > 0.01))
def test_the_score_is_the_weighted_mean_of_the_parts(weights: tuple[float, ...]) -> None:
    found = ground(
        [COMMUNITY, HUB, FIRM, OTHER],
        [Tie("h", "SUPPORTS", "c"), Tie("h", "SERVES", "e", strength=4)],
        NEED,
        Need("offer", "f", "垃圾分类", "资金"),
    )
    for candidate in candidates(found, "c", weights=Weights(*weights)).values():
        expected = sum(w * p for w, p in zip(weights, candidate.parts.values(), strict=True))
        assert candidate.score == pytest.approx(expected / sum(weights))
        assert all(0 <= part <= 1 for part in candidate.parts.values())


# What these lack can be anybody's, or is a need or a column, which are looked for by themselves.
ALL_KINDS = {"need_without_offer", "linker_within_one_sector"}


def test_what_gaps_call_for_is_of_the_vocabulary() -> None:
    slugs = {statement.name.partition(".")[2] for statement in in_folder("gaps")}
    first = {slug: next((s for s in SOUGHT if s.word in slug), None) for slug in slugs}
    assert {slug for slug, sought in first.items() if sought is None} <= ALL_KINDS
    for sought in SOUGHT:
        assert set(sought.kinds) <= set(KIND_BY_SLUG)
        assert sought in first.values(), sought.word


def test_a_community_that_one_party_drives_looks_for_another_one() -> None:
    programme = Node("p", "分类项目", "Project", area=COMMUNITY.area)
    found = ground([COMMUNITY, HUB, FIRM, programme], [Tie("e", "INITIATES", "p")])
    rule = next(r for r in rules() if r.slug == "single_driver")
    row = {
        "subject": "c",
        "state": "lacking",
        "values": {"n_programmes": 2, "n_unsaid": 0, "party": "enterprise"},
        "missing": [],
        "evidence": [{"start": "e", "relation": "INITIATES", "end": "p", "source": None}],
    }
    gap = gap_of(rule, row, found.records.by_id(), {"programmes": 2})
    sought = subject_of(found, COMMUNITY, gap.id, gap).sought
    assert "SocialOrganisation" in sought
    assert not {"Enterprise", "Merchant", "SocialEnterprise"} & set(sought)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("垃圾分类", "垃圾分类", 1.0), ("ＡＢ 服务", "ab服务", 1.0), ("服务", "志愿服务", 0.5),
        ("环境改造", "环境保护", 0.0), ("", "资金", 0.0), ("", "", 0.0),
    ],
)  # fmt: skip
def test_likeness(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == likeness(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((None, None), (None, None), None), (("2020", None), (None, None), True),
        (("2020", "2021"), ("2021", None), True), (("2020", "2021"), ("2022", None), False),
        ((None, "2021-03"), ("2021-03-31", None), True),
        ((None, "2021-03"), ("2021-04", None), False),
    ],
)  # fmt: skip
def test_overlap(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], expected: bool | None
) -> None:
    a = Need("need", "a", "x", "y", since=one[0], until=one[1])
    b = Need("offer", "b", "x", "y", since=other[0], until=other[1])
    assert overlap(a, b) is overlap(b, a) is expected


@pytest.fixture(scope="module")
def city() -> City:
    return draw_city(CityPlan(2_000, seed=3, n_hubs=1, n_gaps=12))


def test_planted_isolated_actors_get_candidates(city: City) -> None:
    records = city_records(city)
    found = survey(records, project(records))
    isolated = [gap.id for gap in city.truth.gaps if gap.sort == "isolated"]
    assert len(isolated) == 4
    for actor in isolated:
        partners = find_partners(found, ask(found, actor))
        first = partners.candidate(0)
        assert len(partners) > 20
        assert first.reach == 0
        assert first.fit.value > 0


def test_planted_lacks_are_filled_first_by_what_is_lacking(city: City) -> None:
    records = city_records(city)
    found = survey(records, project(records))
    for gap in city.truth.gaps:
        if gap.sort == "community":
            partners = find_partners(found, ask(found, gap.id), DEFAULT_WEIGHTS)
            assert set(partners.subject.lacking or ()) == set(gap.columns)
            first = [partners.candidate(k).fit.fills for k in range(5)]
            assert sum(fills in gap.columns for fills in first) >= 4


def test_an_affiliation_stands_by_the_parts_that_hold_on_the_day() -> None:
    project_ = Node("x", "清洁行动", "Project")
    ties = [Tie("h", "ADVISES", "x", until="2020"), Tie("e", "FUNDS", "x", since="2021")]
    found = ground([project_, HUB, FIRM], ties)
    for day, members in ((None, ["e", "h"]), ("2020-05-01", ["h"]), ("2022-01-01", ["e"])):
        subject = subject_of(found, project_, "x", day=day)
        assert [found.network.actors[i].id for i in subject.standing.partners] == members


def test_the_pairs_of_sectors_that_a_tie_would_open() -> None:
    second = Node("d", "幸福社区", "Community")
    ties = [Tie("h", "SERVES", "c"), Tie("h", "SERVES", "d"), Tie("d", "PARTNERS_WITH", "e")]
    found = ground([COMMUNITY, HUB, FIRM, OTHER, second], ties)
    opened = candidates(found, "h")["e"].opened
    assert [(p.sectors, p.n_open, p.n_sole, p.is_new) for p in opened] == [
        (("community", "enterprise"), 1, 1, True)
    ]
    more = ground([COMMUNITY, HUB, FIRM, OTHER, second], [*ties, Tie("f", "FUNDS", "h")])
    assert [p.is_new for p in candidates(more, "h")["e"].opened] == [False]
