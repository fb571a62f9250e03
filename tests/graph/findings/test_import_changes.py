"""What an import changed, worked out backwards: against what the imports did, kept as they ran."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.findings.import_changes import changes_of
from graph.ingest.batch import Batch
from graph.ingest.inverse import Inverse, inverse_of
from graph.records import Area, Need, Node, Records, Tie
from graph.stored import Stored, need_key, tie_key

Made = tuple[list[Node], list[Tie], list[Need], list[Area]]
NAMES = ("甲", "乙", "丙", "丁")


@st.composite
def imports(draw: st.DrawFn) -> list[Made]:
    """Up to four imports of nodes, ties, needs and areas that overlap."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        nodes = [
            Node(name, name, "Enterprise", note=draw(st.sampled_from((None, "x", "y"))),
                 until=draw(st.sampled_from((None, "2020"))))
            for name in draw(st.lists(st.sampled_from(NAMES), unique=True))
        ]  # fmt: skip
        ties = [
            Tie(a, "FUNDS", b, draw(st.integers(1, 2)), until=draw(st.sampled_from((None, "2021"))))
            for a, b in draw(st.lists(st.sampled_from((("甲", "乙"), ("乙", "丙"))), unique=True))
        ]
        needs = [
            Need("need", a, "养老", "资金", draw(st.sampled_from((None, 1.0))))
            for a in draw(st.lists(st.sampled_from(NAMES), unique=True))
        ]
        areas = [
            Area(path, population=draw(st.sampled_from((None, 100, 200))))
            for path in draw(st.lists(st.sampled_from(("北京市", "上海市")), unique=True))
        ]
        made.append((nodes, ties, needs, areas))
    return made


def run(made: list[Made]) -> tuple[list[Stored], list[Inverse]]:
    """Return the store before each import and after the last, and what takes each back."""
    states, inverses = [Stored()], []
    for nodes, ties, needs, areas in made:
        before = states[-1]
        batch = Batch(
            {n.id: n for n in nodes}, {tie_key(t): t for t in ties},
            {need_key(n): n for n in needs}, {a.path: a for a in areas},
        )  # fmt: skip
        inverses.append(inverse_of(batch, before))
        states.append(
            Stored(
                before.nodes | batch.nodes,
                before.ties | batch.ties,
                before.needs | batch.needs,
                before.areas | batch.areas,
            )
        )
    return states, inverses


@given(imports())
def test_changes_are_those_between_the_states_before_and_after(
    made: list[Made],
) -> None:
    states, inverses = run(made)
    last = states[-1]
    now = Records(
        tuple(last.nodes.values()),
        tuple(last.ties.values()),
        "v",
        tuple(last.needs.values()),
        tuple(last.areas.values()),
    )
    for at, inverse in enumerate(inverses):
        found = changes_of(inverse, inverses[at + 1 :], now)
        for sort, changes in (
            ("nodes", found.nodes), ("ties", found.ties),
            ("needs", found.needs), ("areas", found.areas),
        ):  # fmt: skip
            before, after = getattr(states[at], sort), getattr(states[at + 1], sort)
            new = {k for k in after if k not in before}
            differ = {k for k in after if k in before and before[k] != after[k]}
            assert sum(c.state == "new" for c in changes) == len(new)
            changed = [c for c in changes if c.state != "new"]
            assert {c.before for c in changed} == {before[k] for k in differ}
            assert {c.after for c in changed} == {after[k] for k in differ}
            for change in changed:
                ends = [getattr(c, "until", None) for c in (change.before, change.after)]
                is_end = ends[1] and not ends[0]
                assert (change.state == "ended") == bool(is_end)
                assert change.fields


def test_an_area_takes_what_lies_in_it_before_or_after() -> None:
    here = Node("a", "甲", "Enterprise", area="北京市")
    moved = replace(here, area="上海市")
    inverse = Inverse((), (here,), (Tie("a", "FUNDS", "b"),), (), (), (), (), ())
    found = changes_of(inverse, [], Records((moved, Node("b", "乙", "School")), (), "v"))
    assert [c.fields for c in found.nodes] == [("area",)]
    nodes = {"a": moved, "b": Node("b", "乙", "School")}
    for areas, n in (({"北京市"}, 1), ({"上海市"}, 1), ({"广州市"}, 0)):
        assert len(found.within(areas, nodes).nodes) == n
    there = changes_of(
        Inverse((), (), (), (), (), (), ("上海市",), (Area("北京市"),)), [],
        Records((), (), "v", areas=(Area("北京市", population=9), Area("上海市"))),
    )  # fmt: skip
    assert [(c.state, c.fields) for c in there.within({"北京市"}, {}).areas] == [
        ("changed", ("population",))
    ]
    assert len(found.within({"上海市"}, nodes).ties) == 1
    assert len(found.within({"北京市"}, nodes).ties) == 0
