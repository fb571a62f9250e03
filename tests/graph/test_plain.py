"""Plain networks from CSV tables: what is read, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import plain as module
from graph.plain import PlainRefused, read_plain


@pytest.fixture
def tables(tmp_path: Path) -> object:
    def write(nodes: str | bytes, edges: str | bytes) -> tuple[Path, Path]:
        paths = tmp_path / "nodes.csv", tmp_path / "edges.csv"
        for path, text in zip(paths, (nodes, edges), strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return paths

    return write


def test_reads_names_groups_and_weights(tables: object) -> None:
    nodes = '﻿id,name,group,更多\r\n甲,和众泽益,枢纽,x\r\nb,“B”,,y\r\n\r\nc,"C, D",社区,z\r\n'
    edges = "source,target,weight\n甲,b,2\nb,甲,0.5\nc,c,1\nb,c,\n"
    found = read_plain(*tables(nodes, edges))  # type: ignore[operator]
    network = found.network
    assert network.ids == ("甲", "b", "c")
    assert found.names == ("和众泽益", "“B”", "C, D")
    assert network.group_names == ("枢纽", "社区")
    assert network.groups.tolist() == [0, -1, 1]
    assert list(network.edges()) == [("甲", "b", 2.5), ("b", "c", 1.0)]
    assert (network.n_self_ties, network.n_parallel_ties) == (1, 1)
    assert (found.has_groups, found.has_weights) == (True, True)


def test_columns_may_have_other_names(tables: object) -> None:
    paths = tables("id,sector\na,x\nb,y\n", "source,target,strength\na,b,3\n")  # type: ignore[operator]
    found = read_plain(*paths, group="sector", weight="strength", is_directed=True)
    assert found.network.group_names == ("x", "y")
    assert list(found.network.edges()) == [("a", "b", 3.0)]
    assert found.network.is_directed
    bare = read_plain(*paths)
    assert (bare.has_groups, bare.has_weights, bare.names) == (False, False, None)


def test_groups_do_not_depend_on_the_order_of_rows(tables: object) -> None:
    one = read_plain(*tables("id,group\na,y\nb,x\n", "source,target\n"))  # type: ignore[operator]
    other = read_plain(*tables("id,group\nb,x\na,y\n", "source,target\n"))  # type: ignore[operator]
    assert one.network.group_names == other.network.group_names == ("x", "y")
    assert one.network.groups.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("nodes", "edges", "file", "row", "column", "says"),
    [
        ("", "source,target\n", "nodes.csv", None, None, "empty"),
        ("name\nx\n", "source,target\n", "nodes.csv", None, None, "“id”"),
        ("id,id\nx,y\n", "source,target\n", "nodes.csv", None, None, "more than one"),
        ("id\na\na\n", "source,target\n", "nodes.csv", 3, "id", "again"),
        ("id,name\na,A\n,B\n", "source,target\n", "nodes.csv", 3, "id", "empty"),
        ("id,name\na,A\nb\n", "source,target\n", "nodes.csv", 3, None, "1 columns, not 2"),
        ("id\na\n", "from,to\na,a\n", "edges.csv", None, None, "“source”"),
        ("id\na\n", "source,target\na,b\n", "edges.csv", 2, "target", "“b”"),
        ("id\na\n", "source,target\na,\n", "edges.csv", 2, "target", "empty"),
        ("id\na\n", "source,target,weight\na,a,many\n", "edges.csv", 2, "weight", "above 0"),
        ("id\na\n", "source,target,weight\na,a,0\n", "edges.csv", 2, "weight", "above 0"),
        ("id\na\n", "source,target,weight\na,a,-1\n", "edges.csv", 2, "weight", "above 0"),
        ("id\na\n", "source,target,weight\na,a,inf\n", "edges.csv", 2, "weight", "above 0"),
        ("id\na\n", "source,target,weight\na,a,nan\n", "edges.csv", 2, "weight", "above 0"),
        (b"id\n\xff\xfe\n", "source,target\n", "nodes.csv", None, None, "UTF-8"),
        ('id\n"a\n', "source,target\n", "nodes.csv", 2, None, "quotation"),
    ],
)
def test_says_where_what_and_how_to_mend(
    tables: object,
    nodes: str | bytes,
    edges: str,
    file: str,
    row: int | None,
    column: str | None,
    says: str,
) -> None:
    with pytest.raises(PlainRefused) as refusal:
        read_plain(*tables(nodes, edges))  # type: ignore[operator]
    problem = refusal.value.problems[0]
    assert (problem.file, problem.row, problem.column) == (file, row, column)
    sentence = problem.sentence()
    assert says in sentence.en
    assert sentence.zh.endswith("。")
    assert sentence.en.endswith(".")


def test_a_named_column_must_be_there(tables: object) -> None:
    with pytest.raises(PlainRefused, match="“sector”"):
        read_plain(*tables("id\na\n", "source,target\n"), group="sector")  # type: ignore[operator]
    with pytest.raises(PlainRefused, match="“w”"):
        read_plain(*tables("id\na\n", "source,target\n"), weight="w")  # type: ignore[operator]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlainRefused, match=r"no\.csv.*cannot be opened"):
        read_plain(tmp_path / "no.csv", tmp_path / "edges.csv")


def test_all_problems_are_listed_up_to_twenty(tables: object) -> None:
    some = "source,target\n" + "a,x\n" * 3
    with pytest.raises(PlainRefused) as refusal:
        read_plain(*tables("id\na\n", some))  # type: ignore[operator]
    assert [p.row for p in refusal.value.problems] == [2, 3, 4]
    with pytest.raises(PlainRefused, match=r"20\+ problems") as refusal:
        read_plain(*tables("id\na\n", "source,target\n" + "a,x\n" * 30))  # type: ignore[operator]
    assert len(refusal.value.problems) == 20


def test_progress_runs_from_start_to_end(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REPORT_EVERY", 10)
    shares: list[float] = []
    rows = "".join(f"n{i}\n" for i in range(100))
    ties = "".join(f"n{i},n{i + 1}\n" for i in range(99))
    read_plain(*tables(f"id\n{rows}", f"source,target\n{ties}"), progress=shares.append)  # type: ignore[operator]
    assert len(shares) > 10
    assert shares == sorted(shares)
    assert shares[-1] == 1
