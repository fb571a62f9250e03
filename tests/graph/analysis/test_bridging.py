"""Open pairs and sole-broker pairs by hand and against a search of all pairs."""

from __future__ import annotations

from hypothesis import given

from graph.actor_network import ActorNetwork
from graph.analysis.bridging import bridged_pairs
from tests.oracles import brokerage as oracle
from tests.oracles.networks import network, small_networks


def test_by_hand() -> None:
    """Two enterprises and a community around a hub; a second hub also knows one of each."""
    hub, e1, e2, c, other = range(5)
    found = bridged_pairs(
        network(
            5,
            [(hub, e1), (hub, e2), (hub, c), (other, e1), (other, c)],
            ["social_organisation", "enterprise", "enterprise", "community", "volunteer"],
        ),
        hub,
    )
    by_sectors = {b.sectors: (b.pairs, b.sole_pairs) for b in found}
    assert by_sectors == {
        ("community", "enterprise"): (((e1, c), (e2, c)), ((e2, c),)),
        ("enterprise", "enterprise"): (((e1, e2),), ((e1, e2),)),
    }


def test_partners_who_know_each_other_are_no_pair() -> None:
    assert bridged_pairs(network(3, [(0, 1), (0, 2), (1, 2)]), 0) == ()


@given(small_networks())
def test_sole_pairs_equal_a_search_of_all_pairs(
    drawn: tuple[ActorNetwork, set[frozenset[int]], list[str]],
) -> None:
    found, edges, _ = drawn
    expected = oracle.sole_pairs(len(found), edges)
    for i in range(len(found)):
        bridged = bridged_pairs(found, i)
        assert {frozenset(p) for b in bridged for p in b.sole_pairs} == expected[i]
        for b in bridged:
            assert set(b.sole_pairs) <= set(b.pairs)
