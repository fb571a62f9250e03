"""The projection by hand, and what must hold for any data."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from graph.model import KINDS, RELATIONS, may_tie
from graph.projection import DEFAULT, Projection, is_within, project
from graph.records import Node, Records, Tie, holds_on
from tests.oracles import projection as oracle


def records(nodes: dict[str, str], ties: list[tuple[str, str, str]]) -> Records:
    """Return records of ``nodes`` (id to kind) and ``ties`` (start, relation, end)."""
    return Records(
        tuple(Node(i, i, kind) for i, kind in nodes.items()),
        tuple(Tie(*tie) for tie in ties),
        "1",
    )


def weights(of: Records, projection: Projection = DEFAULT) -> dict[str, float]:
    network = project(of, projection)
    return {
        f"{network.actors[i].id}-{network.actors[j].id}": tie.weight for i, j, tie in network.ties()
    }


def test_direct_ties_add_their_strength() -> None:
    data = Records(
        (Node("a", "a", "Foundation"), Node("b", "b", "VolunteerTeam")),
        (Tie("a", "FUNDS", "b", strength=3), Tie("b", "PARTNERS_WITH", "a", strength=2)),
        "1",
    )
    network = project(data)
    assert weights(data) == {"a-b": 5}
    assert next(network.ties())[2].relations == {"FUNDS", "PARTNERS_WITH"}


def test_an_affiliation_ties_its_leaders_and_each_participant_to_them() -> None:
    """Two leaders and two participants: five of six pairs, each 1/(4-1); participants apart."""
    data = records(
        {"l": "SocialOrganisation", "m": "Enterprise", "p": "Community", "q": "School",
         "x": "Project"},
        [("l", "OPERATES", "x"), ("m", "FUNDS", "x"), ("p", "PARTICIPATES_IN", "x"),
         ("q", "PARTICIPATES_IN", "x")],
    )  # fmt: skip
    third = 1 / 3
    assert weights(data) == {"l-m": third, "l-p": third, "l-q": third, "m-p": third, "m-q": third}
    assert next(project(data).ties())[2].via == ("x",)


def test_participants_know_each_other_in_small_working_bodies_only() -> None:
    members = {f"m{i:02d}": "Merchant" for i in range(4)}
    ties = [(m, "PARTICIPATES_IN", "x") for m in members]
    council = records({**members, "x": "Mechanism"}, ties)
    assert len(weights(council)) == 6
    assert weights(council, Projection(max_working_body=3)) == {}
    assert weights(records({**members, "x": "Platform"}, ties)) == {}
    stated = Records(
        (*council.nodes[:-1], Node("x", "x", "Mechanism", n_members=20)), council.ties, "1"
    )
    assert weights(stated) == {}


def test_weights_of_several_affiliations_are_summed() -> None:
    """Newman 2001: 1/(2-1) from the first paper, 1/(3-1) from the second."""
    data = records(
        {"a": "Enterprise", "b": "Community", "c": "School", "x": "Project", "y": "Project"},
        [(i, "INITIATES", "x") for i in "ab"] + [(i, "INITIATES", "y") for i in "abc"],
    )
    assert weights(data) == {"a-b": 1.5, "a-c": 0.5, "b-c": 0.5}


def test_an_affiliation_of_one_and_being_somewhere_tie_nobody() -> None:
    data = records(
        {"a": "Enterprise", "c": "Community", "x": "Project"},
        [("a", "OPERATES", "x"), ("a", "LOCATED_IN", "c")],
    )
    assert weights(data) == {}
    assert len(project(data)) == 2


def test_the_community_where_a_project_takes_place_takes_part() -> None:
    data = records(
        {"a": "Enterprise", "c": "Community", "x": "Project"},
        [("a", "FUNDS", "x"), ("x", "LOCATED_IN", "c")],
    )
    assert weights(data) == {"a-c": 1}


def test_persons_are_folded_into_their_team_and_counted() -> None:
    data = records(
        {"p": "Volunteer", "q": "Volunteer", "t": "VolunteerTeam", "s": "SocialOrganisation",
         "lone": "Volunteer"},
        [("p", "MEMBER_OF", "t"), ("q", "MEMBER_OF", "t"), ("s", "SUPPORTS", "p")],
    )  # fmt: skip
    folded = project(data)
    assert [a.id for a in folded.actors] == ["lone", "s", "t"]
    assert weights(data) == {"s-t": 1}
    team = folded.actors[folded.index["t"]]
    assert (team.n_members, team.n_members_at_least) == (2, True)
    assert set(weights(data, Projection(fold_persons=False))) == {"p-s", "p-t", "q-t"}


def test_as_of_reads_partial_dates_as_wide_as_they_are() -> None:
    assert holds_on("2018", "2020", "2018-01-01")
    assert holds_on("2018", "2020", "2020-12-31")
    assert not holds_on("2018-07", None, "2018-06-30")
    assert holds_on("2018-02", "2018-02", "2018-02-28")
    assert not holds_on(None, "2018-06-29", "2018-06-30")
    data = Records(
        (Node("a", "a", "Enterprise"), Node("b", "b", "Community", since="2019")),
        (Tie("a", "SERVES", "b", since="2018", until="2020"),),
        "1",
    )
    assert weights(data, Projection(as_of="2019-05-01")) == {"a-b": 1}
    assert weights(data, Projection(as_of="2021-05-01")) == {}
    assert len(project(data, Projection(as_of="2018-05-01"))) == 1


def test_area_keeps_those_in_it_and_their_direct_partners() -> None:
    data = Records(
        (
            Node("c", "c", "Community", area="北京市/朝阳区/建外街道"),
            Node("e", "e", "Enterprise", area="上海市"),
            Node("f", "f", "Foundation"),
            Node("g", "g", "Enterprise", area="北京市/朝阳区门"),
        ),
        (Tie("e", "SERVES", "c"), Tie("f", "FUNDS", "e")),
        "1",
    )
    network = project(data, Projection(area="北京市/朝阳区"))
    assert [a.id for a in network.actors] == ["c", "e"]
    assert is_within("北京市/朝阳区", "北京市/朝阳区")
    assert not is_within("北京市/朝阳区门", "北京市/朝阳区")
    assert not is_within(None, "北京市")


def test_sectors_and_relations_cut_the_network() -> None:
    data = records(
        {"a": "Enterprise", "b": "Community", "s": "School"},
        [("a", "SERVES", "b"), ("s", "SERVES", "b")],
    )
    assert weights(data, Projection(sectors=frozenset({"enterprise", "community"}))) == {"a-b": 1}
    assert weights(data, Projection(relations=frozenset({"FUNDS"}))) == {}


KINDS_USED = ["Enterprise", "Community", "Volunteer", "VolunteerTeam", "Project", "Mechanism"]


@st.composite
def any_records(draw: st.DrawFn) -> Records:
    kinds = draw(st.lists(st.sampled_from(KINDS_USED), min_size=1, max_size=8))
    nodes = {f"n{i}": kind for i, kind in enumerate(kinds)}
    possible = [
        (a, r.slug, b)
        for a in nodes
        for b in nodes
        for r in RELATIONS
        if a != b and may_tie(r, nodes[a], nodes[b])
    ]
    chosen = draw(st.lists(st.sampled_from(possible), max_size=14)) if possible else []
    return records(nodes, chosen)


@given(any_records(), st.booleans(), st.integers(1, 4))
def test_equals_the_rule_pair_by_pair(data: Records, folds: bool, size: int) -> None:
    network = project(data, Projection(fold_persons=folds, max_working_body=size))
    expected = oracle.projected(
        {n.id: n.kind for n in data.nodes},
        [(t.start, t.relation, t.end, t.strength) for t in data.ties],
        actor_kinds={k.slug for k in KINDS},
        person_kinds={k.slug for k in KINDS if k.is_person},
        direct={r.slug for r in RELATIONS if r.is_direct},
        leading={r.slug for r in RELATIONS if r.role == "leading"},
        taking_part={r.slug for r in RELATIONS if r.role is not None},
        folds=folds,
        max_working_body=size,
    )
    found = {
        frozenset((network.actors[i].id, network.actors[j].id)): tie for i, j, tie in network.ties()
    }
    assert found.keys() == expected.keys()
    for pair, (weight, relations, via) in expected.items():
        assert math.isclose(found[pair].weight, weight)
        assert found[pair].relations == relations
        assert found[pair].via == tuple(sorted(via))


@given(any_records())
def test_any_projection_is_a_simple_network_of_actors(data: Records) -> None:
    network = project(data)
    stored = data.by_id()
    assert all(stored[a.id].is_actor for a in network.actors)
    for i, j, tie in network.ties():
        assert i < j
        assert tie.weight > 0
        assert network.actors[j] in network.partners(i)
        assert tie.relations
    shuffled = Records(data.nodes[::-1], data.ties[::-1], "1")
    assert weights(shuffled).keys() == weights(data).keys()
