"""Files of every sort, good and bad, on their way to tables of text."""

from __future__ import annotations

import csv
import io
import struct
import zipfile

import openpyxl
import pytest

from graph.ingest.errors import Problem
from graph.ingest.tables import MAX_CELL_CHARACTERS, MAX_FILE_BYTES, Table, read_tables

TABLE = "名称,类型\n和众泽益,社会组织\n"


def only_problem(name: str, content: bytes) -> Problem:
    tables, problems = read_tables([(name, content)])
    assert tables == []
    assert len(problems) == 1
    problem = problems[0]
    assert problem.file == name
    for text in (problem.message, problem.mend):
        assert text.zh.endswith(("。", "？"))
        assert text.en.endswith((".", "?", ").", "”."))
    return problem


def only_table(name: str, content: bytes) -> Table:
    tables, problems = read_tables([(name, content)])
    assert problems == []
    assert len(tables) == 1
    return tables[0]


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_excel_writes(encoding: str) -> None:
    table = only_table("主体.csv", TABLE.encode(encoding))
    assert table.rows[0].cells == {"name": "和众泽益", "kind": "社会组织"}
    assert table.rows[0].number == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_delimiters_and_newlines(delimiter: str, newline: str) -> None:
    content = TABLE.replace(",", delimiter).replace("\n", newline).encode()
    assert only_table("actors.csv", content).rows[0].cells["name"] == "和众泽益"


def test_row_numbers_are_those_of_the_file_also_after_breaks_within_a_cell() -> None:
    table = only_table("主体.csv", '名称,类型,备注\n甲,企业,"一\n二"\n\n乙,企业,\n'.encode())
    assert [(r.number, r.cells["name"]) for r in table.rows] == [(2, "甲"), (5, "乙")]


@pytest.mark.parametrize(
    ("name", "headers", "sheet"),
    [
        ("主体.csv", "名称,类型", "actors"),
        ("actors.csv", "Name,Kind", "actors"),
        ("Actors.csv", "name *,KIND", "actors"),
        ("关系.csv", "起点,关系,终点", "ties"),
        ("ties.csv", "From,Relation,To", "ties"),
        ("需求.csv", "主体,领域,资源", "needs"),
        ("offers.csv", "Actor,Domain,Resource", "offers"),
        ("区域.csv", "名称", "areas"),
        ("名单2024.csv", "序号,名称,类型", "actors"),
        ("导出.csv", "起点,关系,终点", "ties"),
    ],
)
def test_sheets_and_headers_in_both_languages(name: str, headers: str, sheet: str) -> None:
    row = ",".join("x" for _ in headers.split(","))
    assert only_table(name, f"{headers}\n{row}\n".encode()).sheet.slug == sheet


def test_workbook_sheets_dates_and_numbers() -> None:
    import datetime

    content = workbook(
        {
            "说明": [["随便什么"]],
            "主体": [
                ["名称 *", "类型 *", "人数", "成立"],
                ["甲", "企业", 387, datetime.date(2018, 7, 1)],
                [None, None, None, None],
                ["乙", "企业", 12.0, 2018],
            ],
        }
    )
    table = only_table("数据.xlsx", content)
    assert table.sheet_name == "主体"
    assert [(r.number, r.cells) for r in table.rows] == [
        (2, {"name": "甲", "kind": "企业", "n_members": "387", "since": "2018-07-01"}),
        (4, {"name": "乙", "kind": "企业", "n_members": "12", "since": "2018"}),
    ]


def test_an_empty_file() -> None:
    assert "空" in only_problem("主体.csv", b"").message.zh
    assert "没有任何行" in only_problem("主体.csv", b"\xef\xbb\xbf").message.zh


def test_headers_without_rows() -> None:
    _, problems = read_tables([("主体.csv", "名称,类型\n".encode())])
    assert [p.message.zh for p in problems] == ["表头下面没有任何行。"]


def test_no_file() -> None:
    assert len(read_tables([])[1]) == 1


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00", bytes(range(256)), b"\xff" * 64]
)
def test_a_binary_file_named_csv(content: bytes) -> None:
    assert "不是文本" in only_problem("主体.csv", content).message.zh


def test_a_workbook_named_csv() -> None:
    assert ".xlsx" in only_problem("主体.csv", workbook({"主体": [["名称"]]})).mend.zh


def test_text_named_xlsx_and_a_damaged_workbook() -> None:
    assert "不是 Excel" in only_problem("主体.xlsx", TABLE.encode()).message.zh
    whole = workbook({"主体": [["名称", "类型"], ["甲", "企业"]]})
    only_problem("主体.xlsx", whole[: len(whole) // 2])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
    assert "打不开" in only_problem("主体.xlsx", stream.getvalue()).message.zh


def test_entities_in_a_workbook_are_not_expanded() -> None:
    """A billion laughs in a sheet ends as an unreadable workbook, at once."""
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    xml = (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{bomb}]><worksheet><sheetData>&a9;</sheetData></worksheet>'
    )
    source = zipfile.ZipFile(io.BytesIO(workbook({"主体": [["名称", "类型"], ["甲", "企业"]]})))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in source.namelist():
            content = xml.encode() if member == "xl/worksheets/sheet1.xml" else source.read(member)
            archive.writestr(member, content)
    assert "打不开" in only_problem("主体.xlsx", stream.getvalue()).message.zh


def test_a_zip_bomb_named_xlsx() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(5):
            archive.writestr(f"xl/worksheets/sheet{i}.xml", b"0" * 100_000_000)
    assert len(stream.getvalue()) < 1_000_000
    assert "解压后有 500 MB" in only_problem("主体.xlsx", stream.getvalue()).message.zh


def test_a_zip_bomb_that_lies_about_its_size() -> None:
    """A member that declares 10 bytes and holds far more gives no more than it declares."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    content = stream.getvalue().replace(struct.pack("<L", 50_000_000), struct.pack("<L", 10))
    only_problem("主体.xlsx", content)


def test_a_50_mb_cell() -> None:
    csv_file = f"名称,类型\n{'甲' * 16_000_000},企业\n".encode()
    problem = only_problem("主体.csv", csv_file)
    assert (problem.row, f"{MAX_CELL_CHARACTERS}" in problem.message.zh) == (2, True)
    xlsx = workbook({"主体": [["名称", "类型"], ["PLACE", "企业"]]})
    source = zipfile.ZipFile(io.BytesIO(xlsx))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.namelist():
            content = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                content = content.replace(b"PLACE", b"x" * 50_000_000)
            archive.writestr(member, content)
    problem = only_problem("主体.xlsx", stream.getvalue())
    assert (problem.sheet, problem.row, problem.column) == ("主体", 2, "名称")


def test_a_file_over_the_limit() -> None:
    assert "50 MB" in only_problem("主体.csv", b"x" * (MAX_FILE_BYTES + 1)).message.zh


def test_other_kinds_of_file() -> None:
    assert ".xlsx" in only_problem("主体.xls", b"\xd0\xcf\x11\xe0").mend.zh
    only_problem("主体.docx", b"PK\x03\x04")


def test_quotes_that_do_not_match() -> None:
    problem = only_problem("主体.csv", '名称,类型\n"甲,企业\n乙,企业\n'.encode())
    assert problem.row == 2


def test_unknown_missing_and_doubled_columns_are_all_named() -> None:
    _, problems = read_tables([("主体.csv", "名称,名称,联系电话\n甲,乙,丙\n".encode())])
    assert [(p.row, p.column) for p in problems] == [(1, "名称"), (1, "联系电话"), (1, "类型")]


def test_more_cells_than_headers() -> None:
    problem = only_problem("主体.csv", "名称,类型\n甲,企业,多出来\n".encode())
    assert (problem.row, problem.value) == (2, "多出来")


def test_sheets_that_nobody_knows() -> None:
    assert "Sheet1" in only_problem("数据.xlsx", workbook({"Sheet1": [["a"]]})).message.zh
    only_problem("x.csv", b"a,b\n1,2\n")


def test_a_reader_of_many_rows_stays_a_table() -> None:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["名称", "类型"])
    writer.writerows([f"企业{i}", "企业"] for i in range(20_000))
    assert len(only_table("主体.csv", stream.getvalue().encode()).rows) == 20_000
