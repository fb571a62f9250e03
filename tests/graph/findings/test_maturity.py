"""How far a community is along the field's path, and who is comparable."""

from __future__ import annotations

import pytest

from graph.findings.maturity import CHECKS, STEPS, comparable, lacks, maturity
from graph.findings.places import Places
from graph.records import Node, Records, Tie
from tests.oracles.sample_records import sample_records


def states(places: Places, place_id: str) -> dict[str, str]:
    record = places.of(places.nodes[place_id])
    return {f.check.slug: f.state for f in maturity(places, record)}


@pytest.fixture(scope="module")
def sample() -> Places:
    return Places(sample_records())


def test_every_step_has_a_check() -> None:
    assert {c.step for c in CHECKS} == {s.slug for s in STEPS}


def test_hemei_by_hand(sample: Places) -> None:
    """Section 四, case 5: platforms, spaces, partners, points; no fund is named."""
    found = states(sample, "hemei")
    assert found["platform"] == found["space"] == found["outside"] == found["points"] == "present"
    assert found["fund"] == "absent"


def test_changshouyuan_has_a_fund_and_no_points(sample: Places) -> None:
    found = states(sample, "changshouyuan")
    assert (found["fund"], found["points"], found["team"]) == ("present", "absent", "present")


def test_nothing_on_record_is_unknown() -> None:
    alone = Places(Records((Node("c", "c", "Community"),), (), "v"))
    assert set(states(alone, "c").values()) == {"unknown"}


FILLS = (
    ("platform", Node("x", "x", "Mechanism"), [Tie("c", "INITIATES", "x")]),
    ("space", Node("x", "x", "Space"), [Tie("x", "LOCATED_IN", "c")]),
    ("inside", Node("x", "x", "MassOrganisation"), [Tie("x", "SUPPORTS", "c")]),
    ("outside", Node("x", "x", "School"), [Tie("x", "PARTNERS_WITH", "c")]),
    ("team", Node("x", "x", "VolunteerTeam"), [Tie("x", "MEMBER_OF", "c")]),
    ("professional", Node("x", "x", "SocialWorkStation"), [Tie("x", "SERVES", "c")]),
    ("guidance", Node("x", "x", "SocialOrganisation"), [Tie("x", "SUPPORTS", "c")]),
    ("fund", Node("x", "x", "Fund"), [Tie("c", "INITIATES", "x")]),
)


@pytest.mark.parametrize(("check", "node", "ties"), FILLS)
def test_each_check_absent_then_present(check: str, node: Node, ties: list[Tie]) -> None:
    community, office = Node("c", "c", "Community"), Node("o", "o", "StreetOffice")
    governed = Tie("o", "GOVERNS", "c")
    without = Places(Records((community, office), (governed,), "v"))
    assert states(without, "c")[check] == "absent"
    filled = Places(Records((community, office, node), (governed, *ties), "v"))
    assert states(filled, "c")[check] == "present"


def test_civil_affairs_and_the_street_are_not_beyond_civil_affairs() -> None:
    nodes = (
        Node("c", "c", "Community"),
        Node("o", "某街道", "StreetOffice"),
        Node("m", "某区民政局", "GovernmentAgency"),
    )
    places = Places(Records(nodes, (Tie("o", "SUPPORTS", "c"), Tie("m", "SUPPORTS", "c")), "v"))
    assert states(places, "c")["inside"] == "absent"


def test_means_are_unknown_without_a_team_and_found_with_one() -> None:
    community, team = Node("c", "c", "Community"), Node("t", "t", "VolunteerTeam")
    giver, of_it = Node("e", "e", "Enterprise"), Tie("t", "MEMBER_OF", "c")
    bare = Places(Records((community, giver), (Tie("e", "SERVES", "c"),), "v"))
    assert states(bare, "c")["means"] == "unknown"
    poor = Places(Records((community, team), (of_it,), "v"))
    assert states(poor, "c")["means"] == "absent"
    funded = Places(Records((community, team, giver), (of_it, Tie("e", "FUNDS", "t")), "v"))
    assert states(funded, "c")["means"] == "present"


def three() -> Places:
    nodes = [
        Node("a", "甲", "Community", area="市/区/街/甲"),
        Node("b", "乙", "Community", area="市/区/街/乙"),
        Node("d", "丁", "Community", area="市/他区/他街/丁"),
        Node("e", "戊", "Community", area="市/区/街/戊"),
        Node("s", "s", "Space"),
        Node("o", "o", "StreetOffice"),
    ]
    ties = [Tie("o", "GOVERNS", i) for i in "abd"]
    ties += [Tie("b", "HOSTS", "s"), Tie("d", "HOSTS", "s")]
    return Places(Records(tuple(nodes), tuple(ties), "v"))


def test_comparable_are_near_and_known() -> None:
    places = three()
    found = comparable(places, places.nodes["a"], {})
    assert [n.id for n in found] == ["b", "d"]
    far_size = {"市/区/街/甲": 1000, "市/区/街/乙": 100_000, "市/他区/他街/丁": 1100}
    assert [n.id for n in comparable(places, places.nodes["a"], far_size)] == ["d", "b"]


def test_lacks_name_who_has_it() -> None:
    places = three()
    own = maturity(places, places.of(places.nodes["a"]))
    found = lacks(places, own, comparable(places, places.nodes["a"], {}))
    assert [(k.check.slug, [n.id for n in k.examples], k.n_comparable) for k in found] == [
        ("space", ["b", "d"], 2)
    ]
