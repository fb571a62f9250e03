"""What the comparison lists can be run, and its tables say what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from graph.network import Network
from tests.benchmarks import own_runner, peer_runner, peer_tables, peers
from tests.benchmarks.peer_graphs import GraphFile, graph_file
from tests.benchmarks.peer_runs import OWN, SNA, difference, overlap
from tests.benchmarks.peers import MEASURES, Row

GRAPH = GraphFile("city-1000", Path("none.npz"), 1_000, 2_000, "")
DONE = {"status": "done", "before_mb": 50.0, "peak_mb": 60.0, "build_s": 0.1}


def row(*outcomes: dict[str, object]) -> Row:
    measure = next(m for m in MEASURES if m.slug == "brokerage")
    return Row(measure, GRAPH, outcomes)


def test_every_contender_has_a_function_in_its_runner() -> None:
    listed = {(c.peer, c.function) for m in MEASURES for c in m.contenders}
    offered = set(own_runner.MEASURES) | set(peer_runner.MEASURES)
    assert {pair for pair in listed if pair[0] != SNA} == offered - {(OWN, "reference")}
    assert {peer for peer, _ in peer_runner.MEASURES} == set(peer_runner.BUILDERS)


def test_ours_comes_first_in_every_measure() -> None:
    assert all(m.contenders[0].peer == m.contenders[0].label == OWN for m in MEASURES)


def test_a_ratio_is_to_the_fastest_whose_result_is_the_same() -> None:
    one = row(
        DONE | {"seconds": [0.5, 0.1, 0.1]},
        DONE | {"seconds": [0.2], "difference": 0.5},
        DONE | {"seconds": [0.4], "difference": 0.0},
    )
    ((what, seconds, ratio),) = peer_tables.ratios([one])
    assert (what, seconds, ratio) == ("brokerage, city-1000", 0.1, 4.0)
    text = peer_tables.document([one], "--sizes 1000")
    assert "| 100 ms | 200 ms, 1 run | 400 ms, 1 run | 4 (R sna) |" in text
    assert "networkx, loop on city-1000 by 5.0e-01" in text
    assert "No peer is faster" in text


def test_what_took_too_long_and_who_is_faster_are_said() -> None:
    slow = row(DONE | {"seconds": [0.1]}, {"status": "limit", "limit_s": 20}, {"status": "missing"})
    text = peer_tables.document([slow], "")
    assert "> 20 s | > 200 |" in text
    assert "not installed here: R sna" in text
    fast = row(DONE | {"seconds": [0.1]}, DONE | {"seconds": [0.04]}, {"status": "over"})
    assert "networkx, loop takes 0.40 of our time" in peer_tables.document([fast], "")


def test_tables_are_made_of_what_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = graph_file("city-500", tmp_path)
    assert graph is not None
    kept = DONE | {"digest": graph.digest, "limit_s": 9, "load": 0.5, "date": "2026-01-02"}
    for contender, seconds in (("wushe", 0.001), ("igraph", 0.003)):
        path = tmp_path / f"city-500.constraint.{contender}.1.json"
        path.write_text(json.dumps(kept | {"seconds": [seconds] * 5}), encoding="utf-8")
    stale = tmp_path / "city-500.constraint.networkx.1.json"
    stale.write_text(json.dumps(kept | {"digest": "of another network", "seconds": [1.0]}))
    arguments = ["--kept", "--cache", str(tmp_path), "--sizes", "500", "--graphs", ""]
    assert peers.run(arguments) == [("constraint, city-500", 0.001, 3.0)]
    text = capsys.readouterr().out
    assert "2026-01-02" in text
    assert "| 1 ms | 3 ms | 3 (igraph) | 3 (igraph) |" in text


def test_tables_are_written_between_their_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{peer_tables.BEGIN}old\n{peer_tables.END}after\n", "utf-8")
    assert peer_tables.BEGIN in peer_tables.README.read_text("utf-8")
    assert peer_tables.END in peer_tables.README.read_text("utf-8")
    monkeypatch.setattr(peer_tables, "README", readme)
    peer_tables.write("new\n", 41.6, 1.25)
    text = readme.read_text("utf-8")
    assert text.startswith("before\n" + peer_tables.BEGIN)
    assert text.endswith("new\n" + peer_tables.END + "after\n")
    assert "old" not in text
    assert "in 42 s" in text


def test_differences_are_relative_and_partitions_may_be_numbered_anyhow() -> None:
    pair = Network(range(3), [0], [1])
    ours, twice = np.array([1.0, np.nan, 4.0]), np.array([1.0, np.nan, 8.0])
    assert difference("constraint", twice, ours, pair) == 1.0
    assert difference("constraint", np.ones(3), ours, pair) == 1.0
    assert difference("components", np.array([7, 7, 2]), np.array([0, 0, 1]), pair) == 0.0
    assert difference("cores", np.array([1.0, 1.0, 0.0]), np.array([1, 1, 0]), pair) == 0.0
    assert overlap(np.arange(100.0), np.arange(100.0)) == 50
