"""What a page shows of brokerage: sectors in order, and the pair that tells most."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.actor_network import ActorNetwork, NetworkTie
from graph.analysis.bridging import bridging_profile
from graph.analysis.evidence import bridged_sectors, met_pairs, telling_pair
from tests.oracles import brokerage as oracle
from tests.oracles.networks import network, small_networks


@given(small_networks(), st.data())
def test_the_pair_that_tells_most_is_the_first_of_all_by_its_rule(
    drawn: tuple[ActorNetwork, set[frozenset[int]], list[str]], data: st.DataObject
) -> None:
    plain, ties, sectors = drawn
    is_group = [data.draw(st.booleans()) for _ in plain.actors]
    actors = [replace(a, is_group=g) for a, g in zip(plain.actors, is_group, strict=True)]
    found = ActorNetwork.of(actors, {(actors[i].id, actors[j].id): t for i, j, t in plain.ties()})
    profile = bridging_profile(found.network)
    for b in range(len(found)):
        by_sectors: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for i, j in oracle.open_pairs(len(found), ties, b):
            first, second = sorted((sectors[i], sectors[j]))
            by_sectors.setdefault((first, second), []).append((i, j))
        sole = oracle.sole_pairs(len(found), ties, b)
        rows = [(key, len(p), sum(x in sole for x in p)) for key, p in by_sectors.items()]
        rows.sort(key=lambda row: (-row[2], -row[1], row[0]))
        bridged = bridged_sectors(found, profile, b)
        assert [(x.sectors, x.n_pairs, x.n_sole) for x in bridged] == rows
        assert list(met_pairs(found, bridged, b)) == [
            (*pair, is_sole)
            for key, _, _ in rows
            for is_sole in (True, False)
            for pair in by_sectors[key]
            if (pair in sole) == is_sole
        ]

        def telling(pair: tuple[int, int]) -> tuple[bool, ...]:
            kinds = {sectors[i] for i in pair}
            return (
                not any(is_group[i] for i in pair),
                kinds == {"community", "enterprise"},
                len(kinds) == 2,
            )

        listed = [pair for key, _, _ in rows for pair in by_sectors[key] if pair in sole]
        expected = max(listed, key=telling) if listed else None
        assert telling_pair(found, bridged, b) == expected


def test_single_actors_come_before_groups() -> None:
    """A hub of a district's shops, as one group, and of two single actors."""
    plain = network(
        4, [(0, 1), (0, 2), (0, 3)], ["volunteer", "community", "enterprise", "social_work"]
    )
    shops = replace(plain.actors[2], is_group=True)
    actors = [plain.actors[0], plain.actors[1], shops, plain.actors[3]]
    ties = {(actors[0].id, other.id): NetworkTie(1.0) for other in actors[1:]}
    found = ActorNetwork.of(actors, ties)
    bridged = bridged_sectors(found, bridging_profile(found.network), 0)
    assert telling_pair(found, bridged, 0) == (1, 3)
