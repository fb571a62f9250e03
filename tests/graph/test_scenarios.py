"""Changes made to records in memory, and how the networks before and after differ."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.actor_network import ActorNetwork
from graph.analysis.betweenness import betweenness
from graph.analysis.coverage import Coverage, coverage
from graph.analysis.reduction import reduced
from graph.analysis.registry import PAGE_MEASURES, Measuring, measured
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.city.records import city_records
from graph.errors import InvalidArgument, NotFound
from graph.findings.modes import diagnose
from graph.findings.places import Places
from graph.model import RELATIONS, may_tie
from graph.projection import Projection, project
from graph.records import Need, Node, Records, Tie, holds_on
from graph.scenario.changes import (
    AddActor,
    AddTie,
    Change,
    EndActor,
    RemoveActor,
    RemoveTie,
    change_document,
    change_from,
)
from graph.scenario.checking import checked, checked_all, fitting
from graph.scenario.difference import Alignment, changed, parts, short_paths
from graph.scenario.draft import Base, Draft, apply, drafted, last_day
from graph.scenario.outcome import COMPARED, network_change
from graph.scenario.places import concerned, coverage_changes, surroundings
from graph.scenario.sampling import Searched, sampled_change
from tests.oracles.scenarios import Graph, n_cut_off, near_pairs

KINDS = ("Enterprise", "Community", "SocialOrganisation", "VolunteerTeam", "Volunteer", "Project",
         "Mechanism")  # fmt: skip
NAMES = "abcdefghij"


@st.composite
def records(draw: st.DrawFn) -> Records:
    """Draw up to ten nodes with ties that the model allows, each once."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=len(NAMES)))
    nodes = tuple(Node(NAMES[i], f"名{NAMES[i]}", kind) for i, kind in enumerate(kinds))
    ends = st.sampled_from(nodes)
    ties: dict[tuple[str, str, str], Tie] = {}
    for _ in range(draw(st.integers(0, 20))):
        a, b, relation = draw(ends), draw(ends), draw(st.sampled_from(RELATIONS))
        if a.id == b.id or not may_tie(relation, a.kind, b.kind):
            continue
        if relation.is_symmetric and b.id < a.id:
            a, b = b, a
        key = a.id, relation.slug, b.id
        ties[key] = Tie(*key, draw(st.integers(1, 5)))
    return Records(nodes, tuple(ties.values()), "v")


def graph_of(network: ActorNetwork) -> Graph:
    return {a.id: {p.id for p in network.partners(i)} for i, a in enumerate(network.actors)}


def columns(of: Records) -> dict[str, list[float]]:
    network = project(of)
    is_community = np.array([a.kind == "Community" for a in network.actors], np.bool_)
    found = measured(Measuring(network.network, is_community), PAGE_MEASURES)
    return {slug: np.ma.filled(values.astype(float), np.nan) for slug, values in found.items()}


def assert_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert list(one) == list(other)
    for slug, values in one.items():
        np.testing.assert_allclose(values, other[slug], rtol=1e-12, atol=1e-12, err_msg=slug)


@given(records())
def test_applying_nothing_changes_nothing(stored: Records) -> None:
    assert apply(stored, []) == stored
    network = project(stored)
    measuring = Measuring(network.network)
    found = network_change(Alignment.of(network, project(apply(stored, []))), measuring, measuring)
    assert found.before == found.after
    assert [m.n_changed for m in found.measures] == [0] * len(COMPARED)
    assert found.parts.n_cut_off == found.parts.n_joined == 0
    assert found.paths.n_lost == found.paths.n_won == 0


@given(records(), st.data())
def test_removing_and_adding_again_is_the_identity_on_measures(
    stored: Records, data: st.DataObject
) -> None:
    before = deepcopy(stored)
    node = data.draw(st.sampled_from(stored.nodes))
    ties = [t for t in stored.ties if node.id in (t.start, t.end)]
    changes: list[Change] = [
        RemoveActor(node.id),
        AddActor(node.id, node.name, node.kind),
        *(AddTie(t.start, t.relation, t.end, t.strength) for t in ties),
    ]
    draft = Draft(Base.of(stored))
    assert list(checked_all([change_document(c) for c in changes], draft)) == changes
    again = draft.records()
    assert_same(columns(again), columns(stored))
    assert {n.id: n for n in again.nodes} == {n.id: n for n in stored.nodes}
    assert stored == before


@given(records(), st.data())
def test_a_removal_leaves_what_a_filter_leaves(stored: Records, data: st.DataObject) -> None:
    gone = set(data.draw(st.lists(st.sampled_from([n.id for n in stored.nodes]), unique=True)))
    rest = apply(stored, [RemoveActor(i) for i in sorted(gone)])
    assert rest.nodes == tuple(n for n in stored.nodes if n.id not in gone)
    assert rest.ties == tuple(t for t in stored.ties if not {t.start, t.end} & gone)
    kept = replace(stored, nodes=rest.nodes, ties=rest.ties)
    assert_same(columns(rest), columns(kept))


@given(records(), st.data())
def test_differences_are_those_found_pair_by_pair(stored: Records, data: st.DataObject) -> None:
    changes: list[Change] = []
    draft = Draft(Base.of(stored))
    for _ in range(data.draw(st.integers(1, 4))):
        change = data.draw(st.sampled_from(options(draft)))
        draft.make(change)
        changes.append(change)
    before, after = project(stored), project(draft.records())
    alignment = Alignment.of(before, after)
    old, new = graph_of(before), graph_of(after)
    common = set(old) & set(new)
    found = short_paths(alignment)
    names = [a.id for a in after.actors]
    lost, won = ({(names[i], names[j]) for i, j in pairs.tolist()} for pairs in
                 (found.lost, found.won))  # fmt: skip
    both = [{p for p in near_pairs(graph) if set(p) <= common} for graph in (old, new)]
    assert lost == both[0] - both[1]
    assert won == both[1] - both[0]
    assert len(lost) == len(found.lost)
    assert len(won) == len(found.won)
    split = parts(alignment)
    assert len(split.cut_off) == n_cut_off(old, new)
    assert len(split.joined) == n_cut_off(new, old)
    rewired = {names[i] for i in alignment.rewired.tolist()}
    assert rewired == {i for i in common if old[i] != new[i]}
    assert apply(stored, changes) == draft.records()


def options(draft: Draft) -> list[Change]:
    """Return some changes that fit."""
    nodes = list(draft.nodes())
    found: list[Change] = [AddActor("z", "新", "SocialOrganisation")]
    found += [RemoveActor(n.id) for n in nodes]
    ties = {t for n in nodes for t in draft.ties_of(n.id)}
    found += [RemoveTie(t.start, t.relation, t.end) for t in sorted(ties, key=str)]
    found += [
        AddTie(a.id, "SUPPORTS", b.id, 2)
        for a in nodes
        for b in nodes
        if a.id != b.id and a.is_actor and b.is_actor
    ][:20]
    return found


STORED = Records(
    (
        Node("e", "甲公司", "Enterprise", aliases=("甲",)),
        Node("h", "枢纽", "SocialOrganisation", since="2010"),
        Node("c", "幸福社区", "Community", area="北京市/甲街道/幸福社区"),
        Node("d", "和平社区", "Community", until="2020"),
        Node("p", "项目一", "Project"),
        Node("x", "同名", "School"),
        Node("y", "同名", "Hospital"),
    ),
    (
        Tie("e", "FUNDS", "p"),
        Tie("h", "OPERATES", "p", 3),
        Tie("c", "PARTICIPATES_IN", "p"),
        Tie("h", "SUPPORTS", "c", since="2019"),
        Tie("h", "SUPPORTS", "c", since="2021", until="2030"),
        Tie("e", "PARTNERS_WITH", "h"),
    ),
    "v",
    (Need("need", "c", "垃圾分类", "资金"), Need("offer", "h", "垃圾分类", "培训")),
)
BASE = Base.of(STORED)


def test_a_removed_actor_takes_its_ties_needs_and_offers_along() -> None:
    after = apply(STORED, [RemoveActor("h")])
    assert {n.id for n in after.nodes} == {"e", "c", "d", "p", "x", "y"}
    assert {(t.start, t.end) for t in after.ties} == {("e", "p"), ("c", "p")}
    assert [n.actor for n in after.needs] == ["c"]


def test_what_is_added_again_has_its_needs_no_more() -> None:
    after = apply(STORED, [RemoveActor("h"), AddActor("h", "枢纽", "SocialOrganisation")])
    assert after.by_id()["h"].since is None
    assert [n.actor for n in after.needs] == ["c"]


def test_an_end_shortens_only_what_goes_on_longer() -> None:
    after = apply(STORED, [EndActor("h", "2022-06")])
    assert after.by_id()["h"].until == "2022-06"
    assert {t.until for t in after.ties if "h" in (t.start, t.end)} == {"2022-06"}
    after = apply(STORED, [EndActor("h", "2031")])
    ends = sorted(str(t.until) for t in after.ties if "h" in (t.start, t.end))
    assert ends == ["2030", "2031", "2031", "2031"]
    day = "2031-12-31"
    assert holds_on(None, after.by_id()["h"].until, day)
    assert last_day("2031") == day


def test_an_end_is_seen_from_the_day_after() -> None:
    after = apply(STORED, [EndActor("h", "2022-06-30")])
    for day, is_there in (("2022-06-30", True), ("2022-07-01", False)):
        assert ("h" in project(after, Projection(as_of=day)).index) == is_there


def test_edits_tell_new_from_gone_and_ended() -> None:
    edits = drafted(
        BASE,
        [
            RemoveActor("h"),
            AddActor("h", "新枢纽", "Foundation"),
            AddTie("h", "SUPPORTS", "c"),
            EndActor("e", "2025"),
            RemoveTie("c", "PARTICIPATES_IN", "p"),
            AddActor("n", "新项目", "Project"),
            RemoveActor("n"),
        ],
    ).edits()
    assert edits.gone == ("h",)
    assert [n.kind for n in edits.nodes] == ["Foundation"]
    assert [n.id for n in edits.ended] == ["e"]
    assert len(edits.gone_ties) == 5
    assert [(t.start, t.end, t.since) for t in edits.ties] == [("h", "c", None)]
    assert [(t.start, t.until) for t in edits.ended_ties] == [("e", "2025")]
    assert edits.touched() == {"h", "e", "c", "p"}


def test_a_tie_is_removed_by_its_start_or_with_all_its_like() -> None:
    one = apply(STORED, [RemoveTie("h", "SUPPORTS", "c", "2019")])
    assert [t.since for t in one.ties if t.relation == "SUPPORTS"] == ["2021"]
    assert not [t for t in apply(STORED, [RemoveTie("h", "SUPPORTS", "c")]).ties
                if t.relation == "SUPPORTS"]  # fmt: skip
    # A symmetric relation means the same from either end.
    either = apply(STORED, [RemoveTie("h", "PARTNERS_WITH", "e")])
    assert len(either.ties) == len(STORED.ties) - 1


def test_a_change_that_does_not_fit_changes_nothing() -> None:
    changes = [RemoveActor("nobody"), AddActor("e", "x", "School"), AddTie("e", "FUNDS", "p"),
               AddTie("e", "FUNDS", "nobody"), EndActor("nobody", "2020"),
               RemoveTie("c", "FUNDS", "p")]  # fmt: skip
    assert apply(STORED, changes) == STORED


@pytest.mark.parametrize(
    ("given", "change"),
    [
        ({"do": "remove_actor", "actor": "枢纽"}, RemoveActor("h")),
        ({"do": "remove_actor", "actor": "甲"}, RemoveActor("e")),
        ({"do": "end_actor", "actor": "h", "until": "2027年6月"}, EndActor("h", "2027-06")),
        ({"do": "end_actor", "actor": "d", "until": "2019"}, EndActor("d", "2019")),
        (
            {"do": "add_actor", "name": "新 社区", "kind": "居委会", "area": "北京市 / 甲街道",
             "actor": "n"},
            AddActor("n", "新 社区", "Community", "北京市/甲街道"),
        ),
        (
            {"do": "add_tie", "start": "h", "relation": "合作", "end": "c", "strength": 3},
            AddTie("c", "PARTNERS_WITH", "h", 3),
        ),
        ({"do": "remove_tie", "start": "甲公司", "relation": "资助", "end": "p"},
         RemoveTie("e", "FUNDS", "p")),
        ({"do": "remove_tie", "start": "h", "relation": "合作", "end": "e"},
         RemoveTie("e", "PARTNERS_WITH", "h")),
    ],
)  # fmt: skip
def test_a_change_is_read_as_an_import_reads_its_words(given: Any, change: Change) -> None:
    found = checked(given, Draft(BASE))
    assert found == change
    assert change_from(change_document(found)) == change


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"do": "fly"}, "fly"),
        ({"do": "remove_actor"}, "which actor"),
        ({"do": "remove_actor", "actor": "同名"}, "2 actors are called"),
        ({"do": "end_actor", "actor": "h"}, "when it ends"),
        ({"do": "end_actor", "actor": "h", "until": "soon"}, "not a date"),
        ({"do": "end_actor", "actor": "h", "until": "2009"}, "before it starts"),
        ({"do": "end_actor", "actor": "d", "until": "2021"}, "has ended"),
        ({"do": "add_actor", "name": "", "kind": "School"}, "Name"),
        ({"do": "add_actor", "name": "x", "kind": "飞船"}, "no kind"),
        ({"do": "add_actor", "name": "x", "kind": "School", "actor": "e"}, "is taken"),
        ({"do": "add_actor", "name": "王 13800138000", "kind": "School"}, "phone number"),
        ({"do": "add_tie", "start": "e", "relation": "FUNDS", "end": "p"}, "on record already"),
        ({"do": "add_tie", "start": "e", "relation": "管辖", "end": "p"}, "cannot be tied"),
        ({"do": "add_tie", "start": "e", "relation": "爱", "end": "c"}, "no relation"),
        ({"do": "add_tie", "start": "e", "relation": "资助", "end": "e"}, "to itself"),
        ({"do": "add_tie", "start": "e", "relation": "资助", "end": "c", "strength": 9}, "1 to 5"),
        ({"do": "remove_tie", "start": "e", "relation": "资助", "end": "c"}, "No tie is on record"),
        ({"do": "remove_tie", "start": "e", "relation": "捐赠", "end": "p"}, "there is: funds"),
        ({"do": "remove_tie", "start": "h", "relation": "支持", "end": "c", "since": "1999"},
         "since 1999"),
    ],
)  # fmt: skip
def test_a_change_that_does_not_fit_is_refused_with_a_sentence(given: Any, said: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        checked(given, Draft(BASE))
    assert said in caught.value.message.en
    assert caught.value.message.zh != caught.value.message.en


def test_an_actor_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        checked({"do": "remove_actor", "actor": "nobody"}, Draft(BASE))


def test_each_change_is_checked_after_those_before_it() -> None:
    new = {"do": "add_actor", "name": "新", "kind": "School", "actor": "n"}
    tie = {"do": "add_tie", "start": "n", "relation": "支持", "end": "c"}
    assert len(checked_all([new, tie], Draft(BASE))) == 2
    with pytest.raises(NotFound):
        checked_all([tie, new], Draft(BASE))
    with pytest.raises(InvalidArgument, match=r"Change 2:.*taken"):
        checked_all([new, new], Draft(BASE))
    with pytest.raises(InvalidArgument, match="at most 100"):
        checked_all([new] * 101, Draft(BASE))


def test_a_kept_change_that_fits_no_more_is_named_and_left_out() -> None:
    draft, misfits = fitting([RemoveActor("gone"), RemoveActor("e")], BASE)
    assert [(m.number, m.change) for m in misfits] == [(1, RemoveActor("gone"))]
    assert draft.records() == apply(STORED, [RemoveActor("e")])


def whole_coverage(of: Records) -> dict[str, Coverage]:
    return {row.community.id: row for row in coverage(of, project(of))}


def test_coverage_changes_are_those_of_the_whole() -> None:
    draft = drafted(BASE, [RemoveActor("h")])
    before, after = whole_coverage(STORED), whole_coverage(draft.records())
    alignment = Alignment.of(project(STORED), project(draft.records()))
    communities = concerned(draft, alignment)
    found = coverage_changes(communities, before, draft.records(), alignment.after)
    assert [c.after.community.id for c in found] == ["c"]
    assert found[0].before.cells["social_organisation"] == 1
    assert found[0].after.cells["social_organisation"] == 0
    assert found[0].after == after["c"]


def test_in_a_city_only_what_is_concerned_changes() -> None:
    stored = city(1_500, 3)
    base = Base.of(stored)
    before, places = whole_coverage(stored), Places(stored)
    network = project(stored)
    n_changed = 0
    chance = np.random.default_rng(0)
    for i in chance.integers(len(stored.nodes), size=12).tolist():
        draft = drafted(base, [RemoveActor(stored.nodes[i].id)])
        records, after = draft.records(), project(draft.records())
        communities = concerned(draft, Alignment.of(network, after))
        found = coverage_changes(communities, before, records, after)
        whole = whole_coverage(records)
        differing = {k for k, row in whole.items() if row != before[k]}
        assert {c.after.community.id for c in found} == differing
        assert all(c.after == whole[c.after.community.id] for c in found)
        then, near = Places(records), Places(surroundings(draft, communities))
        for community in places.communities():
            if community.id not in then.nodes:
                continue
            expected = diagnose(then, then.of(then.nodes[community.id]))
            if community.id in {c.id for c in communities}:
                mode = diagnose(near, near.of(near.nodes[community.id]))
                assert (mode.mode, mode.scores) == (expected.mode, expected.scores)
            else:
                was = diagnose(places, places.of(community))
                assert (was.mode, was.scores) == (expected.mode, expected.scores)
        n_changed += len(found)
    assert n_changed


def test_ranks_share_and_constraint_counts_from_the_smallest() -> None:
    network = project(STORED)
    alignment = Alignment.of(network, network)
    old, new = np.array([3.0, 3.0, 1.0, np.nan, 0, 0]), np.array([3.0, 2.0, 1.0, 5.0, 0, 0])
    found = changed(alignment, old[: len(network)], new[: len(network)])
    assert found.positions.tolist() == [3, 1]
    assert found.rank_before.tolist() == [0, 1]
    assert found.rank_after.tolist() == [1, 3]
    small = changed(alignment, old[: len(network)], new[: len(network)], is_small_better=True)
    assert small.rank_after[0] == np.count_nonzero(~np.isnan(new[: len(network)]))


def city(n: int, seed: int) -> Records:
    return city_records(draw_city(CityPlan(n, seed)))


def searched(network: ActorNetwork) -> Searched:
    return Searched(network.network, reduced(network.network))


@given(records(), st.data())
def test_from_every_start_the_change_of_betweenness_is_exact(
    stored: Records, data: st.DataObject
) -> None:
    draft = Draft(Base.of(stored))
    draft.make(data.draw(st.sampled_from(options(draft))))
    before, after = project(stored), project(draft.records())
    alignment = Alignment.of(before, after)
    found = sampled_change(alignment, searched(before), searched(after), 1_000)
    expected = betweenness(after.network)
    expected[alignment.at_after] -= betweenness(before.network)[alignment.at_before]
    np.testing.assert_allclose(found.change, expected, atol=1e-9)
    assert not found.margins.any()


def test_a_change_is_estimated_within_its_margin() -> None:
    is_inside = []
    for seed in range(4):
        stored = city(4_000, seed)
        before = project(stored)
        most = before.actors[int(before.network.degrees.argmax())].id
        after = project(apply(stored, [RemoveActor(most)]))
        alignment = Alignment.of(before, after)
        exact = betweenness(after.network) - betweenness(before.network)[alignment.at_before]
        pair = searched(before), searched(after)
        found = sampled_change(alignment, *pair, 256, seed=seed)
        again = sampled_change(alignment, *pair, 256, seed=seed, n_threads=1)
        assert found.change.tolist() == again.change.tolist()
        top = np.argsort(-np.abs(exact))[:50]
        is_inside += (np.abs(found.change - exact) <= found.margins)[top].tolist()
    assert 0.8 < np.mean(is_inside) < 1


def test_what_is_estimated_says_so_and_lists_what_is_beyond_its_margin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.scenario.outcome.MAX_EXACT_VISITS", -1.0)
    monkeypatch.setattr("graph.scenario.outcome.N_SAMPLES", 128)
    stored = city(1_000, 0)
    before = project(stored)
    most = before.actors[int(before.network.degrees.argmax())].id
    after = project(apply(stored, [RemoveActor(most)]))
    measuring = [Measuring(network.network) for network in (before, after)]
    found = network_change(Alignment.of(before, after), *measuring)
    by_slug = {m.slug: m for m in found.measures}
    assert by_slug["degree"].estimate is None
    assert by_slug["degree"].rows[0].margin is None
    between = by_slug["betweenness"]
    assert between.estimate is not None
    assert between.estimate.n_samples == 128
    assert len(between.rows) == 10
    for row in between.rows:
        assert abs(row.after - row.before) > (row.margin or 0)
