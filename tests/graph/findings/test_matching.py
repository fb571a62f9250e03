"""Matching: an optimum, quantities kept, and the right reason for what stays unmet."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.findings.ground import survey
from graph.findings.matching import Matching, NeedMatch, match_area
from graph.findings.transport import transport
from graph.projection import project
from graph.records import Need, Node, Records, Tie
from tests.oracles.transport import best_value

Pairs = list[tuple[int, int, float]]


@st.composite
def markets(draw: st.DrawFn) -> tuple[Pairs, list[int], list[int]]:
    """Draw up to 3 needs and 3 offers of 1 to 3 units, and how well some of them fit."""
    asked = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    given_ = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    cells = [(n, o) for n in range(len(asked)) for o in range(len(given_))]
    chosen = draw(st.lists(st.sampled_from(cells), unique=True, min_size=1, max_size=6))
    values = st.sampled_from([0.2, 0.35, 0.5, 0.75, 1.0])
    return [(n, o, draw(values)) for n, o in chosen], asked, given_


def shares_of(pairs: Pairs, asked: list[float | None], given_: list[float | None]) -> np.ndarray:
    return transport(
        np.array([n for n, _, _ in pairs], np.int32),
        np.array([o for _, o, _ in pairs], np.int32),
        np.array([v for _, _, v in pairs]),
        asked,
        given_,
    )


def parts_of(pairs: Pairs) -> list[Pairs]:
    """Return the pairs that compete, directly or through others, together."""
    parts: list[Pairs] = []
    for pair in pairs:
        linked = [p for p in parts if any(pair[0] == n or pair[1] == o for n, o, _ in p)]
        parts = [p for p in parts if p not in linked]
        parts.append([pair, *(q for p in linked for q in p)])
    return parts


@given(markets())
def test_an_optimum_in_whole_units(market: tuple[Pairs, list[int], list[int]]) -> None:
    pairs, asked, given_ = market
    shares = shares_of(pairs, [*map(float, asked)], [*map(float, given_)])
    units = shares * np.array([asked[n] for n, _, _ in pairs])
    assert units == pytest.approx(np.round(units), abs=1e-6)
    for n, quantity in enumerate(asked):
        assert sum(u for u, p in zip(units, pairs, strict=True) if p[0] == n) <= quantity + 1e-6
    for o, quantity in enumerate(given_):
        assert sum(u for u, p in zip(units, pairs, strict=True) if p[1] == o) <= quantity + 1e-6
    expected = found = 0.0
    for part in parts_of(pairs):
        expected += best_value(part, asked, given_)
        size = len({n for n, _, _ in part})
        found += sum(shares[pairs.index(p)] * (size + p[2]) for p in part)
    assert found == pytest.approx(expected)


@given(markets())
def test_without_quantities_an_assignment(market: tuple[Pairs, list[int], list[int]]) -> None:
    pairs, asked, given_ = market
    shares = shares_of(pairs, [None] * len(asked), [None] * len(given_))
    assert shares == pytest.approx(np.round(shares), abs=1e-6)
    value = {(n, o): v for n, o, v in pairs}
    padded = [*range(len(given_)), *([-1] * len(asked))]
    best = max(
        sum(1 + value[n, o] / 100 for n, o in enumerate(order) if (n, o) in value)
        for order in set(permutations(padded, len(asked)))
    )
    assert sum(s * (1 + p[2] / 100) for s, p in zip(shares, pairs, strict=True)) == pytest.approx(
        best
    )


HERE = "京/东区"
NEEDY = Node("a", "和平社区", "Community", area=f"{HERE}/和平社区")
SECOND = Node("b", "幸福社区", "Community", area=f"{HERE}/幸福社区")
GIVER = Node("g", "甲公司", "Enterprise", area=f"{HERE}/和平社区")
FAR = Node("z", "乙公司", "Enterprise", area="京/西区")


def matched(*needs: Need, area: str | None = None, ties: tuple[Tie, ...] = ()) -> Matching:
    records = Records((NEEDY, SECOND, GIVER, FAR), ties, "v", needs)
    return match_area(survey(records, project(records)), area)


def only(found: Matching) -> NeedMatch:
    assert len(found.needs) == 1
    return found.needs[0]


NEED = Need("need", "a", "垃圾分类", "资金")


@pytest.mark.parametrize(
    ("offer", "why"),
    [
        (Need("offer", "g", "理发", "服务"), "domain"),
        (Need("offer", "a", "垃圾分类", "资金"), "domain"),
        (Need("offer", "g", "垃圾分类", "志愿者"), "resource"),
        (Need("offer", "g", "垃圾分类", "资金", until="2020"), "period"),
        (Need("offer", "z", "垃圾分类", "资金"), "reach"),
    ],
)
def test_why_a_need_stays_unmet(offer: Need, why: str) -> None:
    need = Need("need", "a", "垃圾分类", "资金", since="2021")
    found = only(matched(need, offer, area=HERE))
    assert (found.status, found.why, found.matches) == ("unmet", why, ())
    assert [o.actor for o in found.instead] == ([] if why == "domain" else [offer.actor])


def test_a_giver_elsewhere_is_within_reach_over_three_steps() -> None:
    offer = Need("offer", "z", "垃圾分类", "资金")
    chain = (Tie("a", "PARTNERS_WITH", "b"), Tie("b", "PARTNERS_WITH", "g"))
    assert only(matched(NEED, offer, area=HERE, ties=chain)).why == "reach"
    near = (*chain, Tie("g", "PARTNERS_WITH", "z"))
    assert only(matched(NEED, offer, area=HERE, ties=near)).status == "met"
    assert only(matched(NEED, offer)).status == "met"


def test_what_is_taken_by_another_is_said() -> None:
    other = Need("need", "b", "垃圾分类", "资金")
    offer = Need("offer", "g", "垃圾分类", "资金")
    first, second = matched(NEED, other, offer).needs
    assert (first.actor.id, first.status) == ("a", "met")
    assert (second.actor.id, second.status, second.why) == ("b", "unmet", "taken")
    assert second.instead == (offer,)


def test_quantities_are_kept_and_needs_are_split() -> None:
    found = matched(
        Need("need", "a", "垃圾分类", "资金", 30.0),
        Need("offer", "g", "垃圾分类", "资金", 20.0),
        Need("offer", "z", "垃圾分类", "资金", 25.0),
    )
    need = only(found)
    assert need.status == "met"
    assert [(m.giver.id, m.quantity) for m in need.matches] == [("g", 20.0), ("z", 10.0)]
    partly = only(
        matched(
            Need("need", "a", "垃圾分类", "资金", 30.0),
            Need("offer", "g", "垃圾分类", "资金", 12.0),
        )
    )
    assert (partly.status, partly.why, partly.share) == ("partly", "taken", pytest.approx(0.4))


def test_a_need_without_quantity_takes_one_and_an_offer_without_one_is_enough() -> None:
    enough = only(
        matched(
            Need("need", "a", "垃圾分类", "资金", 500.0), Need("offer", "g", "垃圾分类", "资金")
        )
    )
    assert enough.status == "met"
    both = matched(
        NEED, Need("need", "b", "垃圾分类", "资金"), Need("offer", "g", "垃圾分类", "资金", 2.0)
    )
    assert [n.status for n in both.needs] == ["met", "met"]


def test_an_area_without_needs_and_one_that_nobody_is_in() -> None:
    assert matched(NEED, area="京/西区").needs == ()
    assert matched(NEED, area="火星").needs == ()


@pytest.fixture(scope="module")
def city() -> City:
    return draw_city(CityPlan(4_000, seed=11, n_gaps=15))


def test_planted_needs_are_reported_unmet_and_why(city: City) -> None:
    records = city_records(city)
    found = match_area(survey(records, project(records)))
    planted = {(gap.id, gap.domain, gap.resource) for gap in city.truth.gaps if gap.sort == "need"}
    assert len(planted) == 5
    reported = {
        (n.need.actor, n.need.domain, n.need.resource)
        for n in found.needs
        if n.status == "unmet" and n.why in ("domain", "resource")
    }
    assert reported == planted


def test_the_needs_of_a_city_get_no_more_than_there_is(city: City) -> None:
    records = city_records(city)
    found = match_area(survey(records, project(records)))
    given_: dict[Need, float] = {}
    for need in found.needs:
        assert need.share <= 1
        for match in need.matches:
            assert match.quantity is not None
            assert match.quantity == pytest.approx(round(match.quantity))
            given_[match.offer] = given_.get(match.offer, 0.0) + match.quantity
    assert given_
    for offer, quantity in given_.items():
        assert quantity <= (offer.quantity or 0) + 1e-6


def test_nothing_on_record_is_nothing_to_match() -> None:
    nothing = Records((), (), "v")
    assert match_area(survey(nothing, project(nothing))).needs == ()
    assert matched().needs == ()
    assert only(matched(NEED)).why == "domain"
