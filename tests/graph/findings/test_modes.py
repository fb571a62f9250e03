"""The five modes: the published cases, the rules they follow from, and what does not matter."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from graph.findings.modes import MODES, RULES, Rules, diagnose, diagnose_area
from graph.findings.parties import parties_of
from graph.findings.places import Places
from graph.records import Node, Records, Tie
from tests.oracles.sample_records import sample_records

# Each case that the source article (section 四) gives for a mode, as the sample data have it: the
# community where there is one, or else the street, the programme or the policy that stands for it.
CASES = {
    "policy-hubei-2022-wenming": "government-driven",
    "chengdu-zhili-tixi": "government-driven",
    "wuda-qingnian-xingdong": "government-driven",
    "cvsc": "government-driven",
    "shequ-haolinju": "enterprise-driven",
    "chengshi-bujizhan": "enterprise-driven",
    "lvcheng-xingfuli": "enterprise-driven",
    "yijia-shequ-zhongxin": "enterprise-driven",
    "heshun": "enterprise-driven",
    "chuangxiang": "organisation-driven",
    "fatou": "organisation-driven",
    "wufei-xiangmu": "organisation-driven",
    "wufei-kongjian": "organisation-driven",
    "beilangdong": "organisation-driven",
    "changshouyuan": "volunteer-led",
    "hemei": "multi-actor",
}
# Weights that keep what the rules say of them: starting weighs more than running and more than
# money and hands together, running more than each of the rest.
WEIGHTS = [
    Rules(*w)
    for w in itertools.product((2, 2.5, 3, 4), (1, 1.5, 2, 3), (0.5, 1, 1.5), (0.5, 1), (0.5, 1))
    if w[0] > w[1] > max(w[2:]) and w[0] > w[2] + w[3]
]


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(sample_records())


def mode(places: Places, place_id: str, rules: Rules = RULES) -> str | None:
    return diagnose(places, places.of(places.nodes[place_id]), rules).mode


@pytest.mark.parametrize(("place_id", "expected"), CASES.items())
def test_published_cases(places: Places, place_id: str, expected: str) -> None:
    assert mode(places, place_id) == expected


def test_every_mode_has_a_case() -> None:
    assert set(CASES.values()) == {m.slug for m in MODES}


def test_cases_hold_for_all_weights_in_the_stated_order(places: Places) -> None:
    """Leaving any case out changes nothing: whichever weights fit the others fit it too."""
    assert len(WEIGHTS) > 50
    wrong = {
        (place_id, rules)
        for rules in WEIGHTS
        for place_id, expected in CASES.items()
        if mode(places, place_id, rules) != expected
    }
    for left_out, expected in CASES.items():
        fitting = [
            rules
            for rules in WEIGHTS
            if not any((c, rules) in wrong for c in CASES if c != left_out)
        ]
        assert fitting
        right = [rules for rules in fitting if mode(places, left_out, rules) == expected]
        assert right == fitting, (left_out, expected)


@pytest.mark.parametrize(
    "bounds", [*itertools.product((3, 4, 5), (2, 3, 4), (2, 3, 4), (0.4, 0.6))]
)
def test_cases_hold_for_other_bounds(places: Places, bounds: tuple[int, int, int, float]) -> None:
    rules = replace(
        RULES,
        n_parties=bounds[0],
        n_at_table=bounds[1],
        n_arrangements=bounds[2],
        largest_share=bounds[3],
    )
    for place_id, expected in CASES.items():
        assert mode(places, place_id, rules) == expected


def test_names_and_ids_do_not_matter() -> None:
    """Other names, ids and orders give the same modes; only area names keep their meaning."""
    records = sample_records()
    chance = random.Random(7)
    areas = {part for n in records.nodes if n.area for part in n.area.split("/")}
    order = list(records.nodes)
    chance.shuffle(order)
    ids = {n.id: f"x{i:03}" for i, n in enumerate(order)}
    nodes = [
        replace(n, id=ids[n.id], name=n.name if n.name in areas else f"名{ids[n.id]}", name_en=None)
        for n in order
    ]
    ties = [replace(t, start=ids[t.start], end=ids[t.end]) for t in records.ties]
    chance.shuffle(ties)
    places = Places(Records(tuple(nodes), tuple(ties), "relabelled"))
    assert {c: mode(places, ids[c]) for c in CASES} == CASES


def test_shares_sum_to_one_and_rest_on_ties(places: Places) -> None:
    for node in [*places.communities(), *(places.nodes[c] for c in CASES)]:
        found = diagnose(places, places.of(node))
        for dimension in found.dimensions:
            assert bool(dimension.shares) == bool(dimension.acts)
            if dimension.shares:
                assert sum(dimension.shares.values()) == pytest.approx(1)
        if found.scores:
            assert sum(found.scores.values()) <= 1 + 1e-9


def test_beilangdong_by_hand(places: Places) -> None:
    """One programme, its parts filling in who started it; and what is done for the community."""
    found = diagnose(places, places.of(places.nodes["beilangdong"]))
    shares = {d.slug: d.shares for d in found.dimensions}
    assert [p.node.id for p in found.place.programmes] == ["wufei-xiangmu"]
    assert shares["initiating"] == {"social_organisation": 0.5, "community": 0.5}
    assert shares["operating"] == {"social_organisation": 1.0}
    assert shares["funding"] == {"enterprise": 1.0}
    # 康明斯 and the young employees in the programme, the instructors for the community itself.
    assert shares["volunteers"]["enterprise"] == pytest.approx(1 / 3)
    assert shares["deciding"] == {
        "enterprise": pytest.approx(0.8),
        "institution": pytest.approx(0.2),
    }


def place(*ties: tuple[str, str, str], **kinds: str) -> Places:
    nodes = tuple(Node(i, i, kind) for i, kind in kinds.items())
    return Places(Records(nodes, tuple(Tie(a, r, b) for a, r, b in ties), "v"))


def test_too_little_gives_no_mode() -> None:
    nothing = place(c="Community")
    found = diagnose(nothing, nothing.of(nothing.nodes["c"]))
    assert (found.mode, found.why_none) == (None, "nothing")
    own = place(("c", "INITIATES", "p"), ("c", "HOSTS", "p"), c="Community", p="Project")
    found = diagnose(own, own.of(own.nodes["c"]))
    assert (found.mode, found.why_none) == (None, "no_driver")


def test_level_drivers_give_no_mode() -> None:
    two = place(
        ("g", "INITIATES", "p"),
        ("e", "INITIATES", "p"),
        ("p", "LOCATED_IN", "c"),
        c="Community",
        p="Project",
        g="GovernmentAgency",
        e="Enterprise",
    )
    found = diagnose(two, two.of(two.nodes["c"]))
    assert (found.mode, found.why_none, found.margin) == (None, "level", 0.0)


def test_a_team_acts_for_the_body_it_belongs_to() -> None:
    nodes = (
        Node("t", "t", "VolunteerTeam"),
        Node("u", "u", "VolunteerTeam"),
        Node("e", "e", "Enterprise"),
        Node("c", "c", "Community"),
        Node("s", "s", "CommunityOrganisation"),
    )
    ties = (Tie("t", "MEMBER_OF", "e"), Tie("u", "MEMBER_OF", "c"))
    parties = parties_of(Records(nodes, ties, "v"))
    assert parties == {
        "t": "enterprise",
        "u": "residents",
        "e": "enterprise",
        "c": "community",
        "s": "residents",
    }


def test_parts_that_contain_one_another_end() -> None:
    circle = place(
        ("p", "PART_OF", "q"),
        ("q", "PART_OF", "p"),
        ("e", "INITIATES", "q"),
        p="Project",
        q="Project",
        e="Enterprise",
    )
    assert mode(circle, "p") == "enterprise-driven"


def test_an_area_of_many_modes_has_none(places: Places) -> None:
    city = diagnose_area(places, "四川省/成都市")
    assert (city.mode, city.why_none) == (None, "mixed")
    assert "multi-actor" in {m for _, m in city.parts}
    province = diagnose_area(places, "湖北省")
    assert province.mode == "government-driven"
    street = diagnose_area(places, "北京市/朝阳区/垡头街道")
    assert street.mode == "organisation-driven"
