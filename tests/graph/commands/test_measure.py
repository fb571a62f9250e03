"""``wushe measure`` from tables to table, against networkx and by what it says."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from graph.analysis.registry import MEASURES
from graph.cli import main
from graph.explorer import Explorer
from graph.store.database import Database

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WUSHE_DATA", str(tmp_path / "data"))

    def invoke(*words: object, lang: str = "en") -> Result:
        return CliRunner().invoke(main, ["--lang", lang, "measure", *map(str, words)])

    return invoke


def write(graph: nx.Graph, groups: dict[object, str] | None = None) -> list[str]:
    """Write the tables of a graph into the current folder and return the words that name them."""
    with Path("n.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "name", "group"] if groups else ["id", "name"])
        for v in graph:
            rows.writerow([v, f"名{v}", *([groups.get(v, "")] if groups else [])])
    with Path("e.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["source", "target", "weight"])
        rows.writerows((a, b, w) for a, b, w in graph.edges(data="weight", default=1))
    return ["--nodes", "n.csv", "--edges", "e.csv", "-o", "out.csv"]


def read() -> list[dict[str, str]]:
    with Path("out.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_one_row_for_each_node_in_input_order(run: Run) -> None:
    graph = nx.karate_club_graph()
    clubs = {v: data["club"] for v, data in graph.nodes(data=True)}
    done = run(*write(graph, clubs), "--summary", "s.json")
    assert done.exit_code == 0, done.output
    assert "34 nodes" in done.output
    rows = read()
    assert [row["id"] for row in rows] == [str(v) for v in graph]
    assert [row["group"] for row in rows] == list(clubs.values())
    assert list(rows[0])[3:] == [c.slug for m in MEASURES for c in m.columns]
    for slug, expected in {
        "degree": dict(graph.degree),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph, normalized=False),
        "constraint": nx.constraint(graph, weight="weight"),
        "core": nx.core_number(graph),
    }.items():
        assert [float(row[slug]) for row in rows] == pytest.approx(list(expected.values())), slug
    summary = json.loads(Path("s.json").read_text("utf-8"))
    assert summary["nodes"] == 34
    assert summary["ties"] == 78
    assert summary["density"] == pytest.approx(nx.density(graph))
    assert summary["groups"] == {"Mr. Hi": 17, "Officer": 17}
    assert summary["betweenness"]["method"] == "exact"
    assert summary["weights"] == "strength"


def test_undefined_cells_are_empty(run: Run) -> None:
    graph = nx.Graph([("a", "b"), ("b", "c")])
    graph.add_node("alone")
    assert run(*write(graph, {"a": "x", "b": "x", "alone": "y"})).exit_code == 0
    rows = {row["id"]: row for row in read()}
    assert rows["alone"]["constraint"] == rows["alone"]["ei_index"] == ""
    assert rows["alone"]["degree"] == "0"
    assert rows["c"]["liaison"] == rows["c"]["ei_index"] == ""
    assert rows["b"]["brokerage"] == "1"


def test_without_groups_what_needs_them_is_empty(run: Run) -> None:
    assert run(*write(nx.path_graph(3))).exit_code == 0
    middle = read()[1]
    assert "group" not in middle
    assert middle["brokerage"] == "1"
    assert all(middle[c.slug] == "" for m in MEASURES if m.needs_groups for c in m.columns)


def test_directed_ties_keep_their_direction(run: Run) -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("a", "a"), ("a", "b")])
    words = write(graph, {"a": "x", "b": "y", "c": "z"})
    assert run(*words, "--directed", "--summary", "s.json").exit_code == 0
    expected = nx.betweenness_centrality(graph, normalized=False)
    rows = read()
    assert [float(row["betweenness"]) for row in rows] == list(expected.values())
    assert [row["liaison"] for row in rows] == ["1", "1", "1"]
    summary = json.loads(Path("s.json").read_text("utf-8"))
    assert summary["directed"]
    assert summary["self_ties_left_out"] == 1


def test_chosen_measures_only(run: Run) -> None:
    words = write(nx.karate_club_graph())
    assert run(*words, "--measures", "core, betweenness").exit_code == 0
    assert list(read()[0]) == ["id", "name", "betweenness", "core"]
    assert run(*words, "--measures", "linear").exit_code == 0
    assert "betweenness" not in read()[0]


def test_an_estimate_is_said_to_be_one(run: Run) -> None:
    graph = nx.gnm_random_graph(300, 900, seed=1)
    words = write(graph)
    done = run(*words, "--samples", "40", "--summary", "s.json", "--measures", "betweenness")
    assert done.exit_code == 0
    assert "estimated from 40 starts" in done.output
    found = json.loads(Path("s.json").read_text("utf-8"))["betweenness"]
    assert (found["method"], found["samples"], found["confidence"]) == ("sampled", 40, 0.95)
    exact = nx.betweenness_centrality(graph, normalized=False)
    for row in read():
        error = abs(float(row["betweenness"]) - exact[int(row["id"])])
        assert error <= found["largest_half_width"]


def test_the_same_seed_gives_the_same_table(run: Run) -> None:
    words = [*write(nx.gnm_random_graph(80, 160, seed=3)), "--samples", "9", "--seed", "5"]
    assert run(*words, "--threads", "1").exit_code == 0
    one = Path("out.csv").read_bytes()
    assert run(*words, "--threads", "2").exit_code == 0
    assert Path("out.csv").read_bytes() == one


@pytest.mark.parametrize("is_directed", [False, True])
def test_ties_have_a_table_of_their_own(run: Run, is_directed: bool) -> None:
    graph = nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e")])
    if is_directed:
        graph = nx.DiGraph([*graph.edges, ("b", "a")])
    words = write(graph)
    assert run(*words, "--ties", "t.csv", *(["--directed"] if is_directed else [])).exit_code == 0
    with Path("t.csv").open(encoding="utf-8", newline="") as stream:
        rows = {(row["source"], row["target"]): row for row in csv.DictReader(stream)}
    assert rows.keys() == set(graph.edges)
    carried = nx.edge_betweenness_centrality(graph, normalized=False)
    closed = {row["id"]: float(row["constraint"]) for row in read()}
    shares: dict[str, float] = dict.fromkeys(graph, 0.0)
    for pair, row in rows.items():
        assert float(row["betweenness"]) == pytest.approx(carried[pair])
        is_bridge = pair in {("c", "d"), ("d", "e")}
        assert row["is_bridge"] == str(int(is_bridge))
        assert row["cut_off"] == ({("c", "d"): "2", ("d", "e"): "1"}.get(pair, "0"))
        if pair != ("b", "a"):
            shares[pair[0]] += float(row["constraint_on_source"])
            shares[pair[1]] += float(row["constraint_on_target"])
    assert shares == pytest.approx(closed)


def test_the_summary_says_how_groups_mix_and_who_matters_together(run: Run) -> None:
    graph = nx.karate_club_graph()
    clubs = {v: data["club"] for v, data in graph.nodes(data=True)}
    words = [*write(graph, clubs), "--summary", "s.json", "--key-players", "2"]
    assert run(*words).exit_code == 0
    summary = json.loads(Path("s.json").read_text("utf-8"))
    mixing = {tuple(pair["groups"]): pair for pair in summary["mixing"]["pairs"]}
    assert sum(pair["ties"] for pair in mixing.values()) == 78
    assert mixing["Mr. Hi", "Officer"]["z"] < -2
    assert mixing["Mr. Hi", "Officer"]["p"] < 0.05
    assert summary["mixing"]["assortativity"] == pytest.approx(
        nx.attribute_assortativity_coefficient(graph, "club")
    )
    assert summary["modularity"] > 0.4
    assert summary["communities"] == len({row["community"] for row in read()})
    assert len(summary["key_players"]["fragmentation"]["members"]) == 2
    assert (
        summary["key_players"]["reach"]["score"]
        >= (summary["key_players"]["reach"]["score_of_highest_degrees"])
    )


def test_what_cannot_be_read_is_refused_in_both_languages(run: Run) -> None:
    words = write(nx.path_graph(3))
    Path("e.csv").write_text("source,target\n0,9\n", "utf-8")
    done = run(*words)
    assert done.exit_code == 1
    assert "e.csv, row 2, column “target”: No node has the id “9”." in done.output
    assert "e.csv，第 2 行，“target”列：节点表中没有编号“9”。" in run(*words, lang="zh").output
    assert not Path("out.csv").exists()


def test_unknown_measures_and_places_are_refused(run: Run) -> None:
    words = write(nx.path_graph(3))
    done = run(*words, "--measures", "pagerank")
    assert done.exit_code == 1
    assert "“pagerank”" in done.output
    done = run(*words[:-1], "no/such/out.csv")
    assert done.exit_code == 1
    assert "cannot be written" in done.output


@pytest.mark.neo4j
def test_without_tables_the_stored_network_is_measured(
    sample: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same numbers as the product's own answers, the hub score among them."""
    monkeypatch.chdir(tmp_path)

    @contextmanager
    def opened(*_: object, **__: object) -> Iterator[Database]:
        yield sample

    monkeypatch.setattr("graph.store.opening.open_database", opened)
    done = CliRunner().invoke(main, ["--lang", "en", "measure", "-o", "out.csv"])
    assert done.exit_code == 0, done.output
    rows = {row["id"]: row for row in read()}
    explorer = Explorer(sample)
    hubs = explorer.hubs()
    assert len(rows) == len(explorer.network())
    for ranked in hubs[:10]:  # whose sole pairs are those of other sectors alone
        row = rows[ranked.actor.id]
        assert row["name"] == ranked.actor.name
        for slug in ("liaison", "hub_score", "participation"):
            assert float(row[slug]) == pytest.approx(ranked.measures[slug]), slug
    for ranked in explorer.brokers()[:10]:
        for slug, value in ranked.measures.items():
            if slug in rows[ranked.actor.id]:
                assert float(rows[ranked.actor.id][slug]) == pytest.approx(value), slug


def test_misuse_is_told_apart(run: Run) -> None:
    words = write(nx.path_graph(3))
    assert run(*words[:2], "-o", "out.csv").exit_code == 2
    assert run(*words[:4]).exit_code == 2
    assert run("-o", "out.csv", "--directed").exit_code == 2
    assert run(*words, "--exact", "--samples", "3").exit_code == 2


def test_an_interrupted_run_leaves_what_was_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = write(nx.path_graph(3))
    Path("out.csv").write_text("before", "utf-8")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.commands.measure._cells", interrupt)
    assert run(*words).exit_code != 0
    assert Path("out.csv").read_text("utf-8") == "before"
    assert {p.name for p in Path().iterdir() if p.is_file()} == {"n.csv", "e.csv", "out.csv"}


def test_lists_every_column_in_both_languages(run: Run) -> None:
    for lang in ("zh", "en"):
        done = run("--list", lang=lang)
        assert done.exit_code == 0
        for measure in MEASURES:
            for column in measure.columns:
                assert column.slug in done.output
                assert column.help.get(lang) in done.output  # type: ignore[arg-type]


def test_a_name_is_no_formula_and_an_id_is_as_it_was_given(run: Run) -> None:
    Path("n.csv").write_text("id,name,group\n@a,=1+1,-x\n-2,'=b,-x\n", "utf-8")
    Path("e.csv").write_text("source,target\n@a,-2\n", "utf-8")
    words = ["--nodes", "n.csv", "--edges", "e.csv", "-o", "out.csv", "--measures", "degree"]
    for _ in range(2):
        assert run(*words).exit_code == 0
        rows = [(row["id"], row["name"], row["group"]) for row in read()]
        assert rows == [("@a", "'=1+1", "'-x"), ("-2", "'=b", "'-x")]
        Path("n.csv").write_bytes(Path("out.csv").read_bytes())
