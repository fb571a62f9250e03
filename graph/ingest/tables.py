"""From files to tables of text: encodings, workbooks, limits; no meaning yet."""

from __future__ import annotations

import csv
import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from graph.ingest.errors import Problem
from graph.model import fold
from graph.spreadsheet import read_cell
from graph.text import Text
from graph.workbook import SHEETS, Sheet, sheet_from_headers, sheet_from_name

MAX_FILE_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_CELL_CHARACTERS = 10_000
MAX_ROWS = 500_000
_GIVE_UP_AFTER = 500
_ROW_NUMBER_HEADERS = frozenset({"", "序号", "行号", "no"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column slug; ``number`` counts as the spreadsheet does."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet of one file; ``headers`` are as written, by column slug."""

    file: str
    sheet_name: str | None
    sheet: Sheet
    headers: dict[str, str]
    rows: tuple[Row, ...]


def read_tables(files: Sequence[tuple[str, bytes]]) -> tuple[list[Table], list[Problem]]:
    """Read every file, a workbook or a CSV table, given as (name, content).

    Returns what could be read and every problem met; a file with a problem may give no table.
    """
    tables: list[Table] = []
    problems: list[Problem] = []
    if not files:
        problems.append(
            Problem(
                "-",
                Text("没有选择文件。", "No file was given."),
                Text("请选择一个工作簿或若干 CSV 文件。", "Choose a workbook or CSV files."),
            )
        )
    for name, content in files:
        try:
            tables.extend(_read_file(name, content))
        except _Unreadable as unreadable:
            problems.extend(unreadable.problems)
    if tables and not problems and not any(table.rows for table in tables):
        problems.append(
            Problem(
                tables[0].file,
                Text("表头下面没有任何行。", "There are no rows below the headers."),
                Text("请填好后再导入。", "Fill it in first."),
            )
        )
    return tables, problems


class _Unreadable(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _refuse(
    file: str, message: Text, mend: Text, *, sheet: str | None = None, row: int | None = None,
    column: str | None = None, value: str | None = None,
) -> _Unreadable:  # fmt: skip
    return _Unreadable([Problem(file, message, mend, sheet, row, column, value)])


def _read_file(name: str, content: bytes) -> list[Table]:
    if not content:
        raise _refuse(
            name,
            Text("文件是空的。", "The file is empty."),
            Text("请检查后重新导出。", "Check it and export it again."),
        )
    if len(content) > MAX_FILE_BYTES:
        raise _refuse(
            name,
            Text(
                f"文件有 {len(content) / 1e6:.0f} MB，上限是 {MAX_FILE_BYTES / 1e6:.0f} MB。",
                f"The file has {len(content) / 1e6:.0f} MB; the limit is "
                f"{MAX_FILE_BYTES / 1e6:.0f} MB.",
            ),
            Text("请分成几个文件导入。", "Split it and import the parts."),
        )
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        return _read_workbook(name, content)
    if suffix in (".csv", ".tsv", ".txt"):
        return [_read_csv(name, content)]
    if suffix == ".xls":
        raise _refuse(
            name,
            Text("这是旧版 Excel 格式（.xls）。", "This is the old Excel format (.xls)."),
            Text("请在 Excel 中另存为 .xlsx。", "Save it as .xlsx in Excel."),
        )
    raise _refuse(
        name,
        Text("不认识这种文件。", "This is not a kind of file that can be read."),
        Text("请使用 .xlsx 工作簿或 .csv 文件。", "Use an .xlsx workbook or .csv files."),
    )


def _read_csv(name: str, content: bytes) -> Table:
    if content.startswith(b"PK\x03\x04"):
        raise _refuse(
            name,
            Text(
                "文件名是 .csv，内容却是压缩包或 Excel 工作簿。",
                "The name says .csv but the content is a zip archive or an Excel workbook.",
            ),
            Text("若是工作簿，请把后缀改为 .xlsx。", "If it is a workbook, rename it to .xlsx."),
        )
    text = _decode(name, content)
    stem = PurePath(name).stem
    sheet = sheet_from_name(stem)
    lines = _csv_rows(name, text)
    try:
        _, header = next(lines)
    except StopIteration:
        raise _refuse(
            name,
            Text("文件里没有任何行。", "The file has no rows."),
            Text("第一行应是表头。", "The first row should be the headers."),
        ) from None
    if sheet is None:
        sheet = sheet_from_headers(header)
    if sheet is None:
        raise _refuse(
            name,
            Text("看不出这是哪一张表。", "It is not clear which table this is."),
            Text(
                f"请把文件命名为 {'、'.join(f'{s.label.zh}.csv' for s in SHEETS)} 之一。",
                f"Name the file {', '.join(f'{s.slug}.csv' for s in SHEETS)} "
                "(or its Chinese name).",
            ),
        )
    return _table(name, None, sheet, header, lines)


def _decode(name: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(c < " " and c not in "\t\r\n\x0b\x0c" for c in text):
            return text
    raise _refuse(
        name,
        Text("这不是文本文件。", "This is not a text file."),
        Text(
            "请从 Excel 另存为“CSV UTF-8（逗号分隔）”。",
            "Save it from Excel as “CSV UTF-8 (comma delimited)”.",
        ),
    )


def _csv_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max((",", "\t", ";"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise _cell_too_long(name, None, number, None) from error
        raise _refuse(
            name,
            Text("这一行的引号或分隔符不成对。", "The quotes or separators do not match here."),
            Text("请用 Excel 重新导出为 CSV。", "Export it again from Excel as CSV."),
            row=number,
        ) from error


def _cell_too_long(name: str, sheet: str | None, row: int, column: str | None) -> _Unreadable:
    return _refuse(
        name,
        Text(
            f"单元格超过 {MAX_CELL_CHARACTERS} 个字符。",
            f"A cell has more than {MAX_CELL_CHARACTERS:,} characters.",
        ),
        Text("请缩短它。", "Shorten it."),
        sheet=sheet,
        row=row,
        column=column,
    )


def _read_workbook(name: str, content: bytes) -> list[Table]:
    import openpyxl

    _check_archive(name, content)
    damaged = _refuse(
        name,
        Text("打不开这个工作簿。", "This workbook cannot be opened."),
        Text("请在 Excel 中打开并另存为 .xlsx。", "Open it in Excel and save it as .xlsx again."),
    )
    tables = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except Exception as error:
            # openpyxl has no error of its own: a damaged part surfaces as whatever it ran into.
            raise damaged from error
        try:
            sheets = [(s, sheet_from_name(s.title)) for s in book.worksheets]
            for worksheet, sheet in sheets:
                if sheet is None:
                    continue
                worksheet.reset_dimensions()
                rows = _worksheet_rows(worksheet)
                header = next(((i, r) for i, r in rows if any(r)), None)
                if header is None:
                    continue
                tables.append(_table(name, worksheet.title, sheet, header[1], rows))
        except _Unreadable:
            raise
        except Exception as error:
            raise damaged from error
        finally:
            book.close()
    if not tables:
        titles = "、".join(s.title for s, _ in sheets[:10])
        raise _refuse(
            name,
            Text(
                f"工作簿里没有认识的表（有：{titles}），或表是空的。",
                f"The workbook has no sheet that is known (it has: {titles}), or they are empty.",
            ),
            Text(
                f"请把工作表命名为 {'、'.join(s.label.zh for s in SHEETS)}。",
                f"Name the sheets {', '.join(s.label.en for s in SHEETS)} or use the template.",
            ),
        )
    return tables


def _check_archive(name: str, content: bytes) -> None:
    """Refuse what is no archive, and what would unpack to more than the limit.

    `zipfile` never gives out more than the size a member declares, so the declared sizes bound
    what openpyxl can be made to read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refuse(
            name,
            Text("这不是 Excel 工作簿。", "This is not an Excel workbook."),
            Text("请在 Excel 中另存为 .xlsx。", "Save it as .xlsx in Excel."),
        ) from error
    unpacked = sum(m.file_size for m in members)
    if unpacked > MAX_UNPACKED_BYTES or len(members) > 10_000:
        raise _refuse(
            name,
            Text(
                f"工作簿解压后有 {unpacked / 1e6:.0f} MB，"
                f"上限是 {MAX_UNPACKED_BYTES / 1e6:.0f} MB。",
                f"Unpacked, the workbook has {unpacked / 1e6:.0f} MB; the limit is "
                f"{MAX_UNPACKED_BYTES / 1e6:.0f} MB.",
            ),
            Text("请删去多余的内容，或分成几个文件。", "Remove what is not needed, or split it."),
        )


def _worksheet_rows(worksheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, values in enumerate(worksheet.iter_rows(values_only=True), start=1):
        yield number, [_as_text(value) for value in values]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(
    file: str,
    sheet_name: str | None,
    sheet: Sheet,
    header: list[str],
    lines: Iterator[tuple[int, list[str]]],
) -> Table:
    positions: dict[int, str] = {}
    headers: dict[str, str] = {}
    problems: list[Problem] = []
    for position, written in enumerate(header):
        if fold(written) in _ROW_NUMBER_HEADERS:
            continue
        column = sheet.column_from_header(written.strip(" *＊\t"))
        if column is None:
            known = Text(
                "、".join(c.label.zh for c in sheet.columns),
                ", ".join(c.label.en for c in sheet.columns),
            )
            problems.append(
                Problem(
                    file,
                    Text("不认识这一列。", "This column is not known."),
                    Text(
                        f"请改为下列之一或删去：{known.zh}。",
                        f"Rename it to one of these or remove it: {known.en}.",
                    ),
                    sheet_name,
                    1,
                    written[:100],
                )
            )
        elif column.slug in headers:
            problems.append(
                Problem(
                    file,
                    Text(
                        f"“{column.label.zh}”列出现了两次。", f"“{column.label.en}” is there twice."
                    ),
                    Text("请删去一列。", "Remove one of them."),
                    sheet_name,
                    1,
                    written[:100],
                )
            )
        else:
            positions[position] = column.slug
            headers[column.slug] = written.strip(" *＊\t")
    problems.extend(
        Problem(
            file,
            Text(f"缺少“{c.label.zh}”列。", f"The column “{c.label.en}” is missing."),
            Text("请补上这一列，或使用模板。", "Add it, or use the template."),
            sheet_name,
            1,
            c.label.zh,
        )
        for c in sheet.columns
        if c.is_required and c.slug not in headers
    )
    if problems:
        raise _Unreadable(problems)
    rows = []
    for number, values in lines:
        cells = {}
        for position, slug in positions.items():
            value = read_cell(values[position].strip()) if position < len(values) else ""
            if len(value) > MAX_CELL_CHARACTERS:
                problems.extend(_cell_too_long(file, sheet_name, number, headers[slug]).problems)
            elif value:
                cells[slug] = value
        extra = [v for v in values[len(header) :] if v.strip()]
        if extra:
            problems.append(
                Problem(
                    file,
                    Text("这一行的格子比表头多。", "This row has more cells than the header."),
                    Text(
                        "文字里的逗号要用引号括起来。",
                        "Put text that holds the separator in quotes.",
                    ),
                    sheet_name,
                    number,
                    value=extra[0][:100],
                )
            )
        if cells:
            rows.append(Row(number, cells))
        if len(rows) > MAX_ROWS:
            raise _refuse(
                file,
                Text(f"超过 {MAX_ROWS} 行。", f"More than {MAX_ROWS:,} rows."),
                Text("请分成几个文件导入。", "Split it and import the parts."),
                sheet=sheet_name,
            )
        if len(problems) >= _GIVE_UP_AFTER:
            break
    if problems:
        raise _Unreadable(problems)
    return Table(file, sheet_name, sheet, headers, tuple(rows))
