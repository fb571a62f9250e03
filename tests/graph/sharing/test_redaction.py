"""What is hidden from others, and that nothing else changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model import KINDS
from graph.records import Need, Node, Records, Tie
from graph.sharing.redaction import Redaction, redacted

RECORDS = Records(
    (
        Node("hm", "和美社区", "Community", area="甲市/乙区", note="书记王大明"),
        Node("wang", "王大明", "Volunteer", area="甲市/乙区", aliases=("老王",), name_en="Wang"),
        Node("li", "李小红", "SocialWorker", source="花名册"),
        Node("shop", "百货店", "Merchant"),
    ),
    (
        Tie("wang", "MEMBER_OF", "hm", note="王大明的电话另记"),
        Tie("shop", "SUPPORTS", "hm", source="台账"),
        Tie("li", "SUPPORTS", "shop"),
    ),
    "v1",
    (Need("need", "wang", "助老", "人力", note="找王大明"), Need("offer", "shop", "助老", "物资")),
)


def text_of(records: Records) -> str:
    return repr(records)


def test_nobodys_name_is_left_anywhere() -> None:
    found = redacted(RECORDS, Redaction(hides_persons=True))
    for name in ("王大明", "老王", "李小红", "Wang", "wang", "花名册", "'li'"):
        assert name not in text_of(found.records), name
    assert [n.name for n in found.records.nodes] == [
        "和美社区",
        "志愿者 1",
        "社会工作者 2",
        "百货店",
    ]
    assert [(t.start, t.relation, t.end) for t in found.records.ties] == [
        ("person-1", "MEMBER_OF", "hm"),
        ("shop", "SUPPORTS", "hm"),
        ("person-2", "SUPPORTS", "shop"),
    ]
    assert found.records.needs[0].actor == "person-1"
    assert found.records.ties[1].source == "台账"


def test_a_hidden_kind_is_gone_with_its_ties_needs_and_offers() -> None:
    found = redacted(RECORDS, Redaction(hidden_kinds=frozenset({"Merchant"})))
    assert "百货店" not in text_of(found.records)
    assert "shop" not in text_of(found.records)
    assert found.records.ties == RECORDS.ties[:1]
    assert [n.sort for n in found.records.needs] == ["need"]
    assert found.stand_ins["shop"].name == "（未显示的商户）"
    assert "shop" not in {found.stand_ins["shop"].id}


def test_nothing_hidden_changes_nothing() -> None:
    assert redacted(RECORDS, Redaction()).records == RECORDS


KIND_SLUGS = [k.slug for k in KINDS]


@given(
    kinds=st.lists(st.sampled_from(KIND_SLUGS), min_size=1, max_size=8),
    ends=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12),
    hidden=st.sets(st.sampled_from(KIND_SLUGS), max_size=3),
    hides_persons=st.booleans(),
)
def test_what_is_left_is_whole(
    kinds: list[str], ends: list[tuple[int, int]], hidden: set[str], hides_persons: bool
) -> None:
    nodes = tuple(Node(f"id{i}", f"名{i}", kind) for i, kind in enumerate(kinds))
    ties = tuple(Tie(f"id{a}", "SUPPORTS", f"id{b}") for a, b in ends if max(a, b) < len(kinds))
    found = redacted(Records(nodes, ties, "v"), Redaction(hides_persons, frozenset(hidden)))
    left = {n.id for n in found.records.nodes}
    assert len(left) == sum(k not in hidden for k in kinds)
    assert all(t.start in left and t.end in left for t in found.records.ties)
    kept = [t for t in ties if not {kinds[int(e[2:])] for e in (t.start, t.end)} & hidden]
    assert len(found.records.ties) == len(kept)
