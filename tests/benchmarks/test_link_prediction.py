"""Tables become records, and a slice asks who gets tied to whom after a day, by a network by hand.

Known before 2015 are the path a-b-c-d, e tied to d, and the triangle a-b-c closed in 2010. In 2020
a and b get d as a partner, and f, who has not been there before, gets a.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.findings.partners import Weights
from graph.model import KIND_BY_SLUG
from graph.projection import project
from graph.records import Records
from tests.benchmarks.dated_network import KINDS, read_network
from tests.benchmarks.link_prediction import (
    N_FIRST,
    Cuts,
    cuts_of,
    evaluated,
    main,
    measured,
    ranks,
    slices,
    table,
    tuned,
)

NODES = "id,group,area\na,town,X/P\nb,town,X/Q\nc,firm,X/P\nd,firm,Y/R\ne,,Y/R\nf,,\n"
TIES = """source,target,since,weight
a,b,2000,9
b,c,2001-05,
c,d,2002-01-31,2
d,e,,
a,c,2010,
a,d,2020,
b,d,2020-07,
f,a,2021,
"""


def read(folder: Path, nodes: str = NODES, ties: str = TIES) -> Records:
    for name, text in (("nodes.csv", nodes), ("ties.csv", ties)):
        (folder / name).write_text(text, encoding="utf-8")
    return read_network(folder / "nodes.csv", folder / "ties.csv")


def test_ties_become_direct_ties_and_groups_become_sectors(tmp_path: Path) -> None:
    records = read(tmp_path)
    nodes = records.by_id()
    assert [t.strength for t in records.ties] == [5, 1, 2, 1, 1, 1, 1, 1]
    assert {t.relation for t in records.ties} == {"PARTNERS_WITH"}
    assert nodes["a"].area == "X/P"
    assert nodes["f"].area is None
    sectors = [nodes[i].sector for i in "abcdef"]
    assert sectors[0] == sectors[1] != sectors[2] == sectors[3] != sectors[4] == sectors[5]
    assert len(set(sectors)) == 3


def test_who_states_no_date_is_there_from_the_first_tie(tmp_path: Path) -> None:
    nodes = read(tmp_path).by_id()
    assert [nodes[i].since for i in "abcdef"] == ["2000", "2000", "2001-05", None, None, "2021"]
    stated = read(tmp_path, "id,since\na,1999\nb,\n", "source,target,since\na,b,2003\n").by_id()
    assert [stated["a"].since, stated["b"].since] == ["1999", "2003"]


def test_members_know_each_other_up_to_twelve_and_beyond_that_who_leads(tmp_path: Path) -> None:
    few = [("p", f"m{i}") for i in range(3)]
    many = [("q", f"m{i}") for i in range(13)]
    rows = [f"{m},{what},2001,{'leading' if m == 'm0' else ''}" for what, m in few + many]
    nodes = "id\n" + "\n".join(f"m{i}" for i in range(14))
    network = project(read(tmp_path, nodes, "\n".join(["actor,affiliation,since,role", *rows])))
    degrees = [len(network.partners(network.index[f"m{i}"])) for i in range(14)]
    assert degrees == [12, 2, 2, *[1] * 10, 0]


def test_kinds_are_of_different_sectors_and_none_is_a_person_or_is_served() -> None:
    assert len({KIND_BY_SLUG[k].sector for k in KINDS}) == len(KINDS) == 7
    assert not any(KIND_BY_SLUG[k].is_person for k in KINDS)
    assert "Community" not in KINDS


@pytest.mark.parametrize(
    ("nodes", "ties", "message"),
    [
        ("name\na\n", TIES, "nodes.csv: the columns id are needed"),
        (NODES, "source,target\na,b\n", "ties.csv: the columns source,target,since or actor,"),
        ("id\na\na\n", TIES, "nodes.csv, line 3: the id “a” is empty or comes twice"),
        (NODES, "source,target,since\na,z,2001\n", "ties.csv, line 2: “z” is not among the nodes"),
        (NODES, "source,target,since\na,b,3/4/01\n", "ties.csv, line 2: “3/4/01” is no date"),
        (NODES, "source,target,since,weight\na,b,2001,x\n", "the weight “x” is no number"),
        ("id,group\n" + "".join(f"{i},{i}\n" for i in "abcdefgh"), TIES, "8 groups, where 7"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, nodes: str, ties: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        read(tmp_path, nodes, ties)


def test_cuts_are_taken_from_the_dates_of_ties(tmp_path: Path) -> None:
    records = read(tmp_path)
    assert cuts_of(records) == Cuts("2020", "2020-07")
    assert cuts_of(records, end="2020") == Cuts("2002-01-31", "2010", "2020")
    assert cuts_of(records, "2003", "2015") == Cuts("2003", "2015")
    with pytest.raises(ValueError, match="follow each other"):
        cuts_of(records, "2015", "2003")
    with pytest.raises(ValueError, match="no tie has a date"):
        cuts_of(read(tmp_path, "id\na\nb\n", "source,target,since\na,b,\n"))


def test_a_slice_ranks_all_strangers_that_were_there(tmp_path: Path) -> None:
    a, b, d = list(slices(read(tmp_path), "2015", None))
    # a and b each have d and e as strangers and get d; d has a and b and gets both.
    assert [sorted(q.is_new.tolist()) for q in (a, b, d)] == [[False, True]] * 2 + [[True, True]]
    common = [
        dict(zip(q.is_new.tolist(), q.baselines["common neighbours"], strict=True)) for q in (a, b)
    ]
    assert common == [{True: 1, False: 0}] * 2
    for query in (a, b):
        new = query.is_new
        assert query.baselines["Adamic–Adar"][new] == pytest.approx(1 / np.log(3))
        assert query.baselines["resource allocation"][new] == pytest.approx(1 / 3)
        # d has two partners and e one; neither is of the sector of a and b, nor of their area.
        assert ranks(query.baselines["popularity (number of partners)"], new).tolist() == [1]
        assert ranks(query.baselines["same area, then popularity"], new).tolist() == [1]
        assert ranks(query.baselines["chance"], new).tolist() == [1.5]


def test_a_part_that_is_the_same_for_all_gets_no_weight(tmp_path: Path) -> None:
    # Nobody is a community, so all are as free; without areas nobody fits better than another.
    weights = tuned(list(slices(read(tmp_path), "2015", None)))
    assert weights.load == 0
    nowhere = read(tmp_path, NODES.replace(",area", ",place"))
    assert tuned(list(slices(nowhere, "2015", None))) == Weights(0, 1, 0, 0)


def test_nothing_after_the_end_is_foretold(tmp_path: Path) -> None:
    a, d = list(slices(read(tmp_path), "2015", "2020-07"))
    assert [sorted(q.is_new.tolist()) for q in (a, d)] == [[False, True], [False, True]]
    # b, who stays a stranger of d up to that day, has as many partners as a: they share 1 and 2.
    assert ranks(d.baselines["popularity (number of partners)"], d.is_new).tolist() == [1.5]


def test_each_actor_counts_once(tmp_path: Path) -> None:
    figures = measured(list(slices(read(tmp_path), "2015", None)), lambda q: q.baselines["chance"])
    reciprocal = np.array([1 / 1.5, 1 / 1.5, 1.0])
    assert figures.mrr == pytest.approx(reciprocal.mean())
    assert figures.error == pytest.approx(reciprocal.std(ddof=1) / np.sqrt(3))
    assert dict(zip(N_FIRST, figures.hits, strict=True)) == {1: 1 / 3, 10: 1, 50: 1}


def test_the_table_names_all_ways_and_areas_only_where_there_are_some(tmp_path: Path) -> None:
    cuts = Cuts("2009", "2015")
    text = table(evaluated("by hand", read(tmp_path), cuts))
    assert "**by hand**: 3 actors get 4 new partners from 2015 on" in text
    assert "| common neighbours | 1.000 | 0.000 | 100.0 % | 100.0 % | 100.0 % |" in text
    assert "same area" in text
    nowhere = evaluated("by hand", read(tmp_path, NODES.replace(",area", ",place")), cuts)
    assert "same area" not in table(nowhere)
    with pytest.raises(ValueError, match="fewer than two actors"):
        evaluated("by hand", read(tmp_path), Cuts("2009", "2030"))


def test_the_command_line_reads_two_tables_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read(tmp_path)
    tables = ["--nodes", str(tmp_path / "nodes.csv"), "--ties", str(tmp_path / "ties.csv")]
    monkeypatch.setattr("sys.argv", ["x", *tables, "--validation", "2009", "--test", "2015"])
    main()
    assert "**ties**: 3 actors get 4 new partners from 2015 on" in capsys.readouterr().out
    for options, message in (
        (tables[:2], "--nodes and --ties belong together"),
        ([*tables, "--test", "2000"], "the days have to follow each other"),
    ):
        monkeypatch.setattr("sys.argv", ["x", *options])
        with pytest.raises(SystemExit):
            main()
        assert message in capsys.readouterr().err
