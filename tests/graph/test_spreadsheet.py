"""No table that is written holds a formula, and every text and number comes back as it was."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export.csv_folder import tables
from graph.ingest.importer import Change, import_files
from graph.records import Need, Node, Tie
from graph.spreadsheet import read_cell, safe_cell
from graph.store.database import Database
from graph.stored import Stored, need_key, read_stored, tie_key
from graph.terminal import csv_text

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
EVIL = "=HYPERLINK(\"http://x\";\"a\")"  # fmt: skip
TEXTS = st.text(max_size=12) | st.text(st.sampled_from("'=+-@＝0e.1"), max_size=8)


@given(TEXTS)
def test_a_text_is_no_formula_and_comes_back(text: str) -> None:
    made = safe_cell(text)
    assert made in (text, f"'{text}")
    assert read_cell(made) == text
    if made.startswith(SIGNS):
        float(made)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_stays_a_number(value: float) -> None:
    assert safe_cell(str(value)) == str(value)


@pytest.mark.parametrize("text", ["'-5", "'", "''", "O'Neill", "'quoted'", "a=b", "2018-07"])
def test_an_apostrophe_of_ones_own_stays(text: str) -> None:
    assert read_cell(text) == text
    assert read_cell(safe_cell(text)) == text


def test_a_printed_table_has_no_formula() -> None:
    text = csv_text(["=a", "b"], [[EVIL, -1.5], [None, 3], ["-1+1", None]])
    rows = list(csv.reader(io.StringIO(text)))
    assert rows == [["'=a", "b"], [f"'{EVIL}", "-1.5"], ["", "3"], ["'-1+1", ""]]


def evil_records() -> Stored:
    """Return records whose every free text begins like a formula, one of them with an apostrophe.

    Numbers are below 0 where they may be.
    """
    community = Node(
        "=c",
        "=社区()",
        "Community",
        "+c",
        ("@别名", "-另一名"),
        "=市/＝区",
        5,
        lat=-33.5,
        lon=-70.25,
        source="'=文",
        note="－说明",
    )
    firm = Node("-1", "-1+1", "Enterprise", note="-5", source="@来源")
    tie = Tie("=c", "SUPPORTS", "-1", 2, source="+x", note="=1+1")
    need = Need("need", "=c", "=领域", "@资源", 2.5, note="'@x")
    return Stored(
        {n.id: n for n in (community, firm)}, {tie_key(tie): tie}, {need_key(need): need}, {}
    )


def test_the_tables_of_an_import_hold_no_formula_and_come_back(database: Database) -> None:
    records = evil_records()
    files = tables(records)
    for name, content in files:
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.startswith(SIGNS) or float(cell) < 0, (name, cell)
    assert import_files(database, files).is_accepted
    stored = read_stored(database.read)
    assert stored.nodes == records.nodes
    assert stored.ties == records.ties
    assert stored.needs == records.needs
    again = import_files(database, tables(replace_areas(stored)))
    assert (again.actors, again.ties, again.needs) == (
        Change(unchanged=2), Change(unchanged=1), Change(unchanged=1),
    )  # fmt: skip


def replace_areas(stored: Stored) -> Stored:
    """Return the records without their areas, which an import makes of the actors' own."""
    return replace(stored, areas={})
