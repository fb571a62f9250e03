"""Areas as a tree, and how complete the data in them are: against counting record by record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.coverage import COVERAGE_COLUMNS, coverage, surroundings
from graph.findings.areas import AreaTree
from graph.findings.completeness import FACTS, Completeness
from graph.projection import is_within, project
from graph.records import Area, Need, Node, Records, Tie
from tests.oracles.areas import is_in, n_touching

PATHS = (
    "甲市",
    "甲市/东区",
    "甲市/东区/一街",
    "甲市/东区/一街/安社区",
    "甲市/西区",
    "乙市",
    "乙市/东区",
    None,
)
KINDS = (
    "Community",
    "Enterprise",
    "VolunteerTeam",
    "SocialOrganisation",
    "Project",
    "Fund",
    "Space",
)


@st.composite
def records(draw: st.DrawFn) -> Records:
    n = draw(st.integers(1, 12))
    nodes = tuple(
        Node(
            f"n{i}",
            draw(st.sampled_from(("安社区", f"名{i}"))),
            draw(st.sampled_from(KINDS)),
            area=draw(st.sampled_from(PATHS)),
            is_group=draw(st.booleans()),
            source=draw(st.sampled_from((None, "文"))),
        )
        for i in range(n)
    )
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20))
    ties = {
        (nodes[i].id, nodes[j].id): Tie(
            nodes[i].id,
            "PARTICIPATES_IN" if nodes[i].is_actor else "PART_OF",
            nodes[j].id,
            since=draw(st.sampled_from((None, "2018"))),
            source=draw(st.sampled_from((None, "文"))),
        )
        for i, j in pairs
        if i != j and not nodes[j].is_actor
    }
    needs = tuple(
        Need("need", nodes[i % n].id, "养老", f"物{i}", draw(st.sampled_from((None, 2.0))))
        for i in range(draw(st.integers(0, 4)))
    )
    areas = tuple(
        Area(path, population=draw(st.sampled_from((None, 10)))) for path in PATHS if path
    )
    return Records(nodes, tuple(ties.values()), "v", needs, areas)


def completeness_of(given: Records) -> tuple[AreaTree, Completeness]:
    tree = AreaTree(given)
    return tree, Completeness(given, tree, coverage(given, project(given)))


@given(records())
def test_what_lies_in_an_area_is_what_lies_in_its_parts_and_right_in_it(given: Records) -> None:
    tree = AreaTree(given)
    for path in ("", *tree.paths()):
        count, children = tree.count(path), tree.children(path)
        right_here = [n for n in given.nodes if (n.area or "") == path]
        n_communities = sum(n.kind == "Community" and not n.is_group for n in right_here)
        assert count.n_communities == n_communities + sum(c.n_communities for c in children)
        n_actors = sum(n.is_actor for n in right_here)
        assert count.n_actors == n_actors + sum(c.n_actors for c in children)
        expected = sorted(n.id for n in given.nodes if is_in(n.area, path))
        assert sorted(n.id for n in tree.within(path)) == expected
        if path:
            assert [a.path for a in tree.lineage(path)][-1] == path
            assert path not in {s.path for s in tree.siblings(path)}


@given(records())
def test_what_is_missing_is_counted_as_record_by_record(given: Records) -> None:
    tree, found = completeness_of(given)
    area_of = {n.id: n.area for n in given.nodes}
    for area in ("", *tree.paths()):
        known = found.of(area)
        for fact, is_missing in (
            ("tie_source", lambda t: t.source is None),
            ("tie_date", lambda t: t.since is None and t.until is None),
        ):
            ends = [(area_of[t.start], area_of[t.end], is_missing(t)) for t in given.ties]
            assert (known[fact].n, known[fact].n_missing) == n_touching(ends, area)
        needs = [n for n in given.needs if is_in(area_of[n.actor], area)]
        assert known["need_quantity"].n == len(needs)
        assert known["need_quantity"].n_missing == sum(n.quantity is None for n in needs)
        inside = [a for a in given.areas if is_in(a.path, area)]
        assert known["area_population"].n_missing == sum(a.population is None for a in inside)
        assert ("actor_area" in known) == (not area)
        for fact in FACTS:
            if fact.slug in known:
                assert len(found.missing(fact.slug, area)) == known[fact.slug].n_missing


@given(records())
def test_a_community_nothing_is_known_of_is_missing_and_not_zero(given: Records) -> None:
    _, found = completeness_of(given)
    rows = coverage(given, project(given))
    unknown = {r.community.id for r in rows if all(r.cell(c) is None for c in COVERAGE_COLUMNS)}
    assert {n.id for n in found.missing("community_ties", "")} == unknown  # type: ignore[union-attr]
    assert unknown == {r.community.id for r in rows if not r.is_known}


@given(records())
def test_the_numbers_of_a_cell_are_those_behind_it(given: Records) -> None:
    network, nodes = project(given), given.by_id()
    rows = {r.community.id: r for r in coverage(given, network)}
    alone = {
        i: around
        for i in rows
        for around in surroundings(given, network, lambda n, i=i: n.id == i)  # type: ignore[misc]
    }
    assert alone.keys() == rows.keys()
    for i, row in rows.items():
        for column in COVERAGE_COLUMNS:
            behind = alone[i].behind(column, nodes)
            assert row.cell(column) == (len(behind) if row.is_known else None)


@given(records())
def test_the_rows_of_an_area_are_those_of_the_whole(given: Records) -> None:
    from graph.projection import Projection

    whole = coverage(given, project(given))
    for area in AreaTree(given).paths():
        part = coverage(given, project(given, Projection(area=area)))
        inside = [r for r in part if is_within(r.community.area, area)]
        assert inside == [r for r in whole if is_within(r.community.area, area)]
