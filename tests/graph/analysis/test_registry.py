"""Every measure of the registry is described, sourced, computed, and on the handbook's page."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest
from hypothesis import given, settings

import graph.analysis
from graph.analysis import handbook
from graph.analysis.registry import (
    MEASURES,
    TIE_COLUMNS,
    Column,
    Measuring,
    measured,
    measures_named,
)
from graph.network import Network
from tests.oracles.networks import Drawn, plain_networks

PROMISED = [
    "degree", "strength", "betweenness", "constraint", "effective_size", "efficiency", "hierarchy",
    "coordinator", "itinerant", "representative", "gatekeeper", "liaison", "brokerage", "core",
    "component", "is_articulation", "ei_index", "hub_score",
]  # fmt: skip
ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "brokerage")


def test_the_promised_columns_are_there() -> None:
    columns = [column.slug for measure in MEASURES for column in measure.columns]
    assert len(set(columns)) == len(columns)
    assert set(PROMISED) <= set(columns)
    assert {f"{role}_{kind}" for role in ROLES for kind in ("expected", "z")} <= set(columns)


def test_each_has_a_source() -> None:
    assert all(measure.source for measure in MEASURES)


@pytest.mark.parametrize("columns", [*(m.columns for m in MEASURES), TIE_COLUMNS])
def test_each_is_described_in_both_languages(columns: tuple[Column, ...]) -> None:
    for column in columns:
        for text in (column.label, column.help):
            assert text.zh
            assert text.en
            assert not any("一" <= c <= "鿿" for c in text.en)
        assert column.help.zh.endswith("。")
        assert column.help.en.endswith(".")


@settings(max_examples=25)
@given(plain_networks())
def test_each_has_one_value_for_each_node(drawn: Drawn) -> None:
    found = measured(Measuring(drawn.network), MEASURES)
    assert list(found) == [c.slug for m in MEASURES for c in m.columns]
    for values in found.values():
        assert values.shape == (drawn.n,)
    is_unknown = np.array(drawn.groups) < 0
    for role in ROLES[:-1]:
        assert np.array_equal(np.ma.getmaskarray(found[role]), is_unknown)


@settings(max_examples=10)
@given(plain_networks())
def test_each_is_the_same_whatever_the_number_of_threads(drawn: Drawn) -> None:
    one, two = (
        measured(Measuring(drawn.network, n_threads=threads), MEASURES) for threads in (1, 2)
    )
    for slug, values in one.items():
        assert np.ma.allequal(
            np.ma.fix_invalid(values.astype(float)), np.ma.fix_invalid(two[slug].astype(float))
        ), slug


def test_large_networks_are_estimated_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = Network(range(40), np.arange(40), (np.arange(40) + 1) % 40)
    assert Measuring(network).sampled is None
    monkeypatch.setattr("graph.analysis.registry.MAX_EXACT_VISITS", 10)
    monkeypatch.setattr("graph.analysis.registry.DEFAULT_SAMPLES", 7)
    estimate = Measuring(network).sampled
    assert estimate is not None
    assert estimate.n_samples == 7
    assert Measuring(network, is_exact=True).sampled is None


def test_names_are_measures_columns_or_sets_of_them() -> None:
    assert measures_named(["all"]) == MEASURES
    assert {m.cost for m in measures_named(["linear"])} == {"linear"}
    assert [m.slug for m in measures_named(["liaison", "degree"])] == ["degree", "roles"]
    with pytest.raises(KeyError, match="nonsense"):
        measures_named(["degree", "nonsense"])


def test_every_analysis_of_nodes_is_listed() -> None:
    """A module of the folder is behind a measure, or stands here with what it is instead."""
    behind_measures = {
        "betweenness", "bridging", "brokerage", "communities", "components", "cores", "cuts",
        "ei_index", "hubs", "participation", "structural_holes",
    }  # fmt: skip
    elsewhere = {
        "compiling": "runs all once, so that they are compiled",
        "coverage": "of the domain: rows of communities",
        "density": "of the whole network",
        "evidence": "of one actor: what its page shows",
        "handbook": "writes about the registry",
        "key_players": "of sets of nodes",
        "mixing": "of pairs of groups",
        "parallel": "how parts are run",
        "rank_intervals": "of a ranking",
        "reduction": "what shortest paths are computed on",
        "registry": "the list itself",
    }
    modules = {module.name for module in pkgutil.iter_modules(graph.analysis.__path__)}
    assert modules <= behind_measures | set(elsewhere)
    for name in modules:
        assert importlib.import_module(f"graph.analysis.{name}").__doc__


def test_the_handbook_is_current() -> None:
    assert handbook.PATH.read_text("utf-8") == handbook.markdown()
