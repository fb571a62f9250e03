"""Gaps that the whole network shows, on small networks and against brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.findings import absent_ties as module
from graph.findings.absent_ties import absent_ties, introducer, strangers, ties_behind
from graph.findings.network_gaps import (
    NETWORK_FINDERS,
    NetworkFound,
    Surveyed,
    missing_cells,
    neighbourhood,
    open_triads,
    sparse_sector_pairs,
    strangers_in_domain,
    survey,
)
from graph.network import Network
from graph.projection import Projection, project
from graph.records import Need, Node, Records, Tie
from graph.sentences.gaps import NETWORK_RULE_BY_SLUG, likelihood, network_gaps
from tests.oracles.absent_ties import absent_ties as brute_force


def defaults(slug: str, **changes: float) -> dict[str, float]:
    return {p.name: p.default for p in NETWORK_RULE_BY_SLUG[slug].parameters} | changes


def surveyed(
    nodes: list[Node], ties: list[Tie], needs: list[Need] | None = None, area: str = ""
) -> Surveyed:
    records = Records(tuple(nodes), tuple(ties), "v", tuple(needs or ()))
    return survey(project(records), records, area, {})


def told(slug: str, found: NetworkFound, on: Surveyed) -> list[tuple[str, str]]:
    """Return (id, English sentence) of what a rule found."""
    gaps, tally = network_gaps(
        NETWORK_RULE_BY_SLUG[slug], found, on.records.by_id(), defaults(slug)
    )
    assert tally.n_lacking + tally.n_unknown >= len(gaps)
    for gap in gaps:
        for text in (gap.reason, gap.step, *gap.missing):
            assert "{" not in text.zh + text.en
    return [(g.id, g.reason.en) for g in gaps]


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, list[int], set[tuple[int, int]]]:
    n = draw(st.integers(2, 9))
    pairs = list(combinations(range(n), 2))
    ties = set(draw(st.lists(st.sampled_from(pairs), unique=True)))
    groups = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    network = Network(
        range(n),
        [a for a, _ in sorted(ties)],
        [b for _, b in sorted(ties)],
        groups=groups,
        group_names=("x", "y", "z"),
    )
    return network, groups, ties


@given(networks(), st.integers(1, 3), st.integers(1, 8), st.integers(1, 4))
def test_absent_ties_are_those_of_brute_force(
    case: tuple[Network, list[int], set[tuple[int, int]]],
    least: int,
    max_degree: int,
    block: int,
) -> None:
    network, groups, ties = case
    whole = np.ones(len(network), np.bool_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK", block)
        found = absent_ties(network, whole, whole, n_listed=5, least=least, max_degree=max_degree)
    wanted = {pair: n for pair, n in brute_force(groups, ties, max_degree).items() if n >= least}
    ranked = sorted(wanted.items(), key=lambda item: (-item[1], item[0]))
    assert [((t.a, t.b), t.n_common) for t in found.ties] == ranked[:5]
    assert found.n_found == len(wanted)


@given(networks())
def test_whoever_introduces_knows_both(
    case: tuple[Network, list[int], set[tuple[int, int]]],
) -> None:
    network, _, ties = case
    shared = {}
    for a, b in combinations(range(len(network)), 2):
        known = introducer(network, a, b)
        both = [
            v
            for v in range(len(network))
            if (min(a, v), max(a, v)) in ties and (min(b, v), max(b, v)) in ties
        ]
        assert (known in both) if both else (known is None)
        shared[a, b] = len(both)
    found = {(a, b): n for a, b, n in strangers(network, list(range(len(network))))}
    assert found == {pair: n for pair, n in shared.items() if pair not in ties}
    some = set(strangers(network, [0, len(network) - 1]))
    assert some <= {(a, b, n) for (a, b), n in found.items()}


def test_the_introducer_is_the_one_whose_weaker_tie_is_strongest() -> None:
    network = Network.from_edges([("a", "v", 5), ("b", "v", 1), ("a", "w", 2), ("b", "w", 2)])
    ids = list(network.ids)
    known = introducer(network, ids.index("a"), ids.index("b"))
    assert known is not None
    assert ids[known] == "w"


def test_only_candidates_inside_count() -> None:
    network = Network.from_edges(["av", "bv", "cv"], groups=dict(zip("abcv", "xyyz", strict=True)))
    ids = list(network.ids)
    whole = np.ones(4, np.bool_)

    def found(is_candidate: list[bool], is_inside: list[bool]) -> set[str]:
        ties = absent_ties(
            network,
            np.array(is_candidate),
            np.array(is_inside),
            n_listed=9,
            least=1,
            max_degree=9,
        ).ties
        return {f"{ids[t.a]}{ids[t.b]}" for t in ties}

    assert found(list(whole), list(whole)) == {"ab", "ac"}
    assert found([i != "b" for i in ids], list(whole)) == {"ac"}
    assert found(list(whole), [i == "b" for i in ids]) == {"ab"}


STREET = "市/甲街道"
C = Node("c", "幸福社区", "Community", area=f"{STREET}/幸福社区")
E = Node("e", "甲公司", "Enterprise", area=STREET)
HUBS = [Node(f"h{i}", f"枢纽{i}", "SocialOrganisation") for i in range(3)]


def test_an_absent_tie_is_told_with_its_introducer_and_the_ties_to_it() -> None:
    ties = [Tie(h.id, "SERVES", "c", strength=i + 1) for i, h in enumerate(HUBS)]
    ties += [Tie("e", "FUNDS", h.id, strength=3) for h in HUBS]
    on = surveyed([C, E, *HUBS], ties)
    found = open_triads(on, defaults("absent_tie"))
    ((id_, sentence),) = told("absent_tie", found, on)
    assert id_ == "absent_tie:c:e"
    assert "3 common partners" in sentence
    row = found.rows[0]
    assert row["values"]["introducer"] == "h2"
    assert {(t["start"], t["end"]) for t in row["evidence"]} == {("h2", "c"), ("e", "h2")}
    assert open_triads(on, defaults("absent_tie", partners=4)).rows == ()
    inside = surveyed([C, E, *HUBS], ties, area="别处")
    assert open_triads(inside, defaults("absent_tie")).rows == ()


def test_a_list_that_is_cut_says_so() -> None:
    firms = [Node(f"e{i}", f"公司{i}", "Enterprise") for i in range(4)]
    ties = [Tie(h.id, "SERVES", "c") for h in HUBS]
    ties += [Tie(f.id, "FUNDS", h.id) for h in HUBS for f in firms]
    on = surveyed([C, *firms, *HUBS], ties)
    found = open_triads(on, defaults("absent_tie", listed=2))
    assert (len(found.rows), found.n_lacking) == (2, 4)
    _, tally = network_gaps(
        NETWORK_RULE_BY_SLUG["absent_tie"], found, on.records.by_id(), defaults("absent_tie")
    )
    assert tally.left_out is not None
    assert tally.left_out.en == "The first 2 of 4 pairs are listed."
    assert tally.left_out.zh == "列出前 2 对，共 4 对。"


def offers(*who: str, domain: str = "垃圾分类") -> list[Need]:
    return [Need("offer", actor, domain, "专业技能") for actor in who]


def test_strangers_who_do_the_same_in_one_street() -> None:
    other = Node("f", "乙机构", "SocialOrganisation", area=f"{STREET}/平安社区")
    far = Node("g", "丙机构", "SocialOrganisation", area="市/乙街道")
    nodes, ties = [E, other, far, HUBS[0]], [Tie("h0", "SERVES", "e"), Tie("h0", "SERVES", "f")]
    levels = {STREET: "street", f"{STREET}/平安社区": "community"}
    records = Records(tuple(nodes), tuple(ties), "v", tuple(offers("e", "f", "g")))
    on = Surveyed(project(records), records, "", levels)
    found = strangers_in_domain(on, defaults("strangers_in_domain"))
    ((id_, sentence),) = told("strangers_in_domain", found, on)
    assert id_ == "strangers_in_domain:e:f:垃圾分类"
    assert "1 common partner" in sentence
    assert found.rows[0]["values"]["introducer"] == "h0"
    assert len(found.rows[0]["evidence"]) == 2
    known = surveyed(nodes, [*ties, Tie("e", "PARTNERS_WITH", "f")], offers("e", "f"))
    assert strangers_in_domain(known, defaults("strangers_in_domain")).rows == ()
    apart = surveyed(nodes, ties, offers("e") + offers("f", domain="为老服务"))
    assert strangers_in_domain(apart, defaults("strangers_in_domain")).rows == ()


def test_strangers_who_lead_what_serves_the_same_need() -> None:
    """Who leads a project that needs something serves that need, wherever it lies itself."""
    far = Node("f", "乙机构", "SocialOrganisation", area="外市")
    other = Node("g", "丙机构", "SocialOrganisation", area=STREET)
    schemes = [Node(i, f"项目{i}", "Project", area=f"{STREET}/幸福社区") for i in ("p", "q")]
    needs = [Need("need", i, "垃圾分类", "志愿者") for i in ("p", "q", "c")]
    # g works for a community that needs it, and takes part without leading: neither says so.
    ties = [
        Tie("e", "FUNDS", "p"),
        Tie("f", "OPERATES", "q"),
        Tie("g", "SERVES", "c"),
        Tie("g", "PARTICIPATES_IN", "p"),
    ]
    on = surveyed([C, E, far, other, *schemes], ties, needs)
    found = strangers_in_domain(on, defaults("strangers_in_domain"))
    assert [id_ for id_, _ in told("strangers_in_domain", found, on)] == [
        "strangers_in_domain:e:f:垃圾分类"
    ]
    assert [(t["start"], t["end"]) for t in found.rows[0]["evidence"]] == [("e", "p"), ("f", "q")]


def test_two_who_serve_a_domain_in_two_streets_are_one_pair() -> None:
    far = Node("f", "乙机构", "SocialOrganisation", area="外市")
    streets = {"p": "甲", "q": "甲", "r": "乙", "s": "乙"}
    schemes = [Node(i, f"项目{i}", "Project", area=f"市/{s}街道") for i, s in streets.items()]
    needs = [Need("need", i, "垃圾分类", "志愿者") for i in "pqrs"]
    ties = [Tie("e", "FUNDS", i) for i in "pr"] + [Tie("f", "OPERATES", i) for i in "qs"]
    on = surveyed([E, far, *schemes], ties, needs)
    assert len(strangers_in_domain(on, defaults("strangers_in_domain")).rows) == 1


def test_the_neighbourhood_is_the_street_around() -> None:
    levels = {"市": "city", "市/甲": "street", "市/甲/丙": "community", "市/乙": "community"}
    found = {a: neighbourhood(a, levels) for a in ("市/甲/丙", "市/甲", "市/乙", "市", "外/某")}
    assert found == {
        "市/甲/丙": "市/甲", "市/甲": "市/甲", "市/乙": "市", "市": "市", "外/某": "外/某",
    }  # fmt: skip


def test_missing_cells_are_named_and_unknown_ones_apart() -> None:
    lonely = Node("d", "平安社区", "Community")
    on = surveyed([C, E, lonely, HUBS[0]], [Tie("e", "DONATES_TO", "c"), Tie("h0", "SERVES", "c")])
    found = missing_cells(on, {})
    assert (found.n_subjects, found.n_lacking, found.n_unknown) == (2, 1, 1)
    by_id = dict(told("missing_five", found, on))
    assert by_id["missing_five:c"].endswith("there is no: social workers and community volunteers.")
    assert "Nothing is on record" in by_id["missing_five:d"]


def sectors(n_ties: int) -> Surveyed:
    firms = [Node(f"e{i:02}", f"公司{i}", "Enterprise") for i in range(12)]
    teams = [Node(f"t{i:02}", f"队{i}", "VolunteerTeam") for i in range(12)]
    ties = [
        Tie(a.id, "PARTNERS_WITH", b.id)
        for members in (firms, teams)
        for a, b in combinations(members[:8], 2)
    ]
    ties += [Tie(a.id, "FUNDS", b.id) for a, b in list(zip(firms, teams, strict=True))[:n_ties]]
    return surveyed([*firms, *teams], ties)


def test_sectors_that_keep_apart_are_found_with_the_ties_that_there_are() -> None:
    on = sectors(2)
    found = sparse_sector_pairs(on, defaults("sparse_sector_pair"))
    ((id_, sentence),) = told("sparse_sector_pair", found, on)
    assert id_ == "sparse_sector_pair:volunteer:enterprise"
    assert sentence.startswith("There are 2 ties between volunteers and enterprises;")
    assert "in 1,000" in sentence
    assert len(found.rows[0]["evidence"]) == 2
    assert found.n_subjects == 1


def test_sectors_that_mix_are_not_found() -> None:
    firms = [Node(f"e{i}", f"公司{i}", "Enterprise") for i in range(5)]
    teams = [Node(f"t{i}", f"队{i}", "VolunteerTeam") for i in range(5)]
    ties = [Tie(a.id, "FUNDS", b.id) for a in firms for b in teams]
    on = surveyed([*firms, *teams], ties)
    assert sparse_sector_pairs(on, defaults("sparse_sector_pair")).rows == ()


def test_a_p_value_in_words() -> None:
    assert likelihood(0.0009).en.endswith("less than once in 1,000.")
    assert likelihood(0.002).en.endswith("about 1 time in 1,000.")
    assert "约有 20 次" in likelihood(0.04).zh


def test_ties_behind_a_pair_are_their_own_and_those_to_what_they_share() -> None:
    nodes = (E, C, Node("x", "项目", "Project"))
    ties = (Tie("e", "FUNDS", "x"), Tie("x", "LOCATED_IN", "c"), Tie("e", "SERVES", "c"))
    behind = ties_behind(Records(nodes, ties, "v"), [("e", "c")])
    assert [(t["start"], t["relation"], t["end"]) for t in behind["e", "c"]] == [
        ("e", "SERVES", "c"), ("e", "FUNDS", "x"), ("x", "LOCATED_IN", "c"),
    ]  # fmt: skip


@given(st.data())
def test_a_survey_of_an_area_is_the_projection_of_that_area(data: st.DataObject) -> None:
    areas = st.sampled_from([None, "市", "市/甲", "市/甲/丙", "市/乙", "市甲"])
    kinds = st.sampled_from(["Community", "Enterprise", "VolunteerTeam", "Volunteer", "Project"])
    drawn = data.draw(st.lists(st.tuples(kinds, areas), min_size=1, max_size=9))
    nodes = [Node(f"n{i}", f"名{i}", kind, area=area) for i, (kind, area) in enumerate(drawn)]
    pairs = data.draw(st.lists(st.tuples(*[st.sampled_from(nodes)] * 2), unique=True))
    ties = [
        Tie(a.id, "MEMBER_OF" if a.is_person else "FUNDS", b.id)
        for a, b in pairs
        if a != b and a.is_actor
    ]
    records = Records(tuple(nodes), tuple(ties), "v")
    for area in ("市", "市/甲", "市/乙"):
        part = survey(project(records), records, area, {}).network
        whole = project(records, Projection(area=area))
        assert part.actors == whole.actors
        for one, other in zip(part.network.arrays(), whole.network.arrays(), strict=True):
            assert one.tolist() == other.tolist()


@pytest.mark.parametrize("slug", [slug for slug, _ in NETWORK_FINDERS])
def test_nothing_is_found_where_nothing_is(slug: str) -> None:
    find = dict(NETWORK_FINDERS)[slug]
    assert find(surveyed([], []), defaults(slug)).rows == ()
    assert find(surveyed([E], []), defaults(slug)).rows == ()
