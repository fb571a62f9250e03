"""Reach and opening against their definitions, on small networks and on affiliations."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.bridging import bridging_profile
from graph.city.network import benchmark_network
from graph.findings.opening import opening
from graph.findings.reach import Standing, passing, reach, strongest_path
from graph.network import Network
from tests.oracles import partners as oracle


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, oracle.Ties, list[int]]:
    """Draw up to 8 nodes in up to 3 groups or none, isolates included."""
    n = draw(st.integers(2, 8))
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    weights = [draw(st.sampled_from([1 / 19, 0.5, 1.0, 2.0, 5.0])) for _ in chosen]
    groups = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    network = Network(
        range(n),
        [a for a, _ in chosen],
        [b for _, b in chosen],
        weights,
        groups=groups,
        group_names="ABC",
    )
    ties = {frozenset(pair): w for pair, w in zip(chosen, weights, strict=True)}
    return network, ties, groups


@given(networks())
def test_reach_is_what_its_definitions_say(drawn: tuple[Network, oracle.Ties, list[int]]) -> None:
    network, ties, _ = drawn
    found = reach(network, Standing.of(network, 0))
    for j in range(1, len(network)):
        paths = oracle.paths(len(network), ties, 0, j, 3)
        assert found.path_strength[j] == pytest.approx(paths[0][0] if paths else 0.0)
        assert found.n_steps[j] == (paths[0][1] if paths else 0)
        between = strongest_path(network, found, j)
        assert len(between) == found.n_steps[j]
        along = [ties[frozenset(arc)] for arc in zip((0, *between), between, strict=False)]
        assert math.prod(w / (1 + w) for w in along) == pytest.approx(paths[0][0] if paths else 1.0)
        assert found.n_common[j] == len(oracle.common(ties, 0, j))
        assert found.adamic_adar[j] == pytest.approx(oracle.adamic_adar(ties, 0, j))
        assert found.resource_allocation[j] == pytest.approx(oracle.resource_allocation(ties, 0, j))


@given(networks())
def test_opening_counts_pairs_by_the_group_of_the_partner(
    drawn: tuple[Network, oracle.Ties, list[int]],
) -> None:
    network, ties, groups = drawn
    candidates = [j for j in range(1, len(network)) if frozenset((0, j)) not in ties]
    found = opening(network, Standing.of(network, 0), np.array(candidates, np.int32))
    for row, j in enumerate(candidates):
        pairs = oracle.opened(ties, 0, j)
        for group in (0, 1, 2, -1):
            of_group = [is_sole for p, is_sole in pairs.items() if groups[p] == group]
            assert found.n_open[row, group] == len(of_group)
            assert found.n_sole[row, group] == sum(of_group)
        crossing = [p for p, is_sole in pairs.items() if is_sole and groups[p] != groups[j]]
        # Two of no group are of different ones for all that is known.
        crossing += [p for p, s in pairs.items() if s and groups[p] == groups[j] == -1]
        n = len(oracle.partners(ties, 0))
        assert found.value[row] == pytest.approx(len(crossing) / n if n else 0.0)


def test_the_pairs_opened_are_those_that_the_profile_gains() -> None:
    network = benchmark_network(600)
    before = bridging_profile(network, n_threads=1)
    sources, targets, weights = network.arrays()
    x = int(network.degrees.argmax())
    strangers = np.setdiff1d(np.arange(len(network)), [*network.neighbours(x), x])[::60]
    found = opening(network, Standing.of(network, x), strangers.astype(np.int32))
    for row, y in enumerate(strangers.tolist()):
        joined = Network(
            network.ids,
            np.append(sources, x),
            np.append(targets, y),
            np.append(weights, 1.0),
            groups=network.groups,
            group_names=network.group_names,
        )
        after = bridging_profile(joined, n_threads=1)
        gained = after.total(after.n_open)[x] - before.total(before.n_open)[x]
        assert found.n_open[row].sum() == gained


def test_scores_are_those_of_networkx_on_a_city() -> None:
    network = benchmark_network(1_000)
    graph = network.to_networkx()
    for x in (0, 7, int(network.degrees.argmax())):
        found = reach(network, Standing.of(network, x))
        pairs = [
            (network.ids[x], network.ids[y])
            for y in range(len(network))
            if y != x and not graph.has_edge(network.ids[x], network.ids[y])
        ]
        for (_, v, aa), (_, _, ra) in zip(
            nx.adamic_adar_index(graph, pairs),
            nx.resource_allocation_index(graph, pairs),
            strict=True,
        ):
            assert found.adamic_adar[network.index[v]] == pytest.approx(aa)
            assert found.resource_allocation[network.index[v]] == pytest.approx(ra)


def test_an_affiliation_stands_as_one_tied_to_its_members() -> None:
    edges = [("a", "b", 2.0), ("b", "c", 1.0), ("c", "d", 5.0), ("e", "a", 1.0)]
    network = Network.from_edges(edges, nodes="abcde")
    members = Standing(None, np.array([0, 1], np.int32), np.array([1.0, 3.0]))
    outside = reach(network, members)
    whole = Network.from_edges([*edges, ("x", "a", 1.0), ("x", "b", 3.0)], nodes="abcdex")
    inside = reach(whole, Standing.of(whole, 5))
    for one, other in (
        (outside.adamic_adar, inside.adamic_adar),
        (outside.resource_allocation, inside.resource_allocation),
        (outside.path_strength, inside.path_strength),
    ):
        assert one.tolist() == pytest.approx(other[:5].tolist())


def test_nobody_without_ties_leads_anywhere() -> None:
    network = Network.from_edges([("b", "c")], nodes="abc")
    found = reach(network, Standing.of(network, 0))
    assert not found.path_strength.any()
    assert not found.n_common.any()
    assert strongest_path(network, found, 1) == ()


def test_a_weak_tie_passes_a_half_and_a_strong_one_five_sixths() -> None:
    assert passing(np.array([1.0, 5.0, 1 / 19])).tolist() == pytest.approx([1 / 2, 5 / 6, 1 / 20])
