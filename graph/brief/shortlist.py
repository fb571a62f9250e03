"""A shortlist as a sheet for a meeting: one Word file, one Excel workbook, one CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.brief import word
from graph.brief.contents import Contents, Listing, Section, Table
from graph.documents import Document
from graph.spreadsheet import safe_cell
from graph.text import Language, Text

_COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("序号", "No."), 6),
    (Text("候选", "Candidate"), 26),
    (Text("编号", "Id"), 16),
    (Text("区域", "Area"), 24),
    (Text("为谁、为什么事", "For"), 28),
    (Text("得分", "Score"), 8),
    (Text("理由", "Why"), 60),
    (Text("不利之处", "Against"), 40),
    (Text("引荐步骤", "Way of introduction"), 60),
    (Text("备注", "Note"), 30),
    (Text("加入日期", "Added"), 12),
    (Text("结果", "Result"), 24),
)
_SCORE = 5
# Excel's own limit of a cell.
_MAX_CELL = 32_767


@dataclass(frozen=True, slots=True)
class SheetFormat:
    """A format that a shortlist can be taken out in."""

    slug: str
    media_type: str
    write: Callable[[Document, Language], bytes]


def headers(language: Language) -> list[str]:
    """Return the headers of the table."""
    return [label.get(language) for label, _ in _COLUMNS]


def rows(shortlist: Document, language: Language) -> list[list[str]]:
    """Return one row for each entry of a shortlist as `graph.questions.shortlists` gives it."""
    return [
        [
            str(number),
            _name(entry["actor"], language),
            entry["actor"]["id"],
            entry["actor"]["area"] or "",
            entry["purpose"][language],
            "" if entry["score"] is None else f"{entry['score']:.2f}",
            entry["reason"][language] if entry["reason"] else "",
            _joined(_against(entry), language),
            "\n".join(f"{n}. {step[language]}" for n, step in enumerate(entry["steps"], 1)),
            entry["note"] or "",
            entry["added"][:10],
            "",
        ]
        for number, entry in enumerate(shortlist["entries"], 1)
    ]


def write_csv(shortlist: Document, language: Language) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, as Excel wants."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headers(language))
    writer.writerows([safe_cell(cell) for cell in row] for row in rows(shortlist, language))
    return stream.getvalue().encode("utf-8-sig")


def write_xlsx(shortlist: Document, language: Language) -> bytes:
    """Return the table as an Excel workbook: header kept in sight, wrapped, set to be printed."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_title(shortlist["name"])
    sheet.append(headers(language))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows(shortlist, language), 2):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if column - 1 in (0, _SCORE) and text:
                cell.value = float(text) if column - 1 == _SCORE else int(text)
            elif text:
                # As text and nothing else: a workbook says so of each cell.
                cell.value = text[:_MAX_CELL]
                cell.data_type = "s"
    for column, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_docx(shortlist: Document, language: Language) -> bytes:
    """Return the sheet as a Word file: an overview with room for results, then one part each."""
    said = {
        name: text.get(language)
        for name, text in (
            ("overview", Text("候选一览", "The candidates")),
            ("against", Text("不利之处", "What speaks against it")),
            ("way", Text("引荐步骤", "Way of introduction")),
            (
                "no_way",
                Text("三步之内没有登记谁能引荐。", "Nobody within three steps is on record."),
            ),
            ("note", Text("备注", "Note")),
            ("result", Text("结果", "Result")),
        )
    }
    found = rows(shortlist, language)
    names = headers(language)
    shown = (0, 1, 4, 5, 9, 11)
    overview = Table(
        tuple(names[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in found), (3,)
    )
    parts = []
    for number, entry in enumerate(shortlist["entries"], 1):
        reason = entry["reason"][language] if entry["reason"] else ""
        against = [one[language] for one in _against(entry)]
        steps = [f"{n}. {step[language]}" for n, step in enumerate(entry["steps"], 1)]
        blocks = [
            entry["purpose"][language],
            reason,
            *((f"{said['against']}:", Listing(tuple(against))) if against else ()),
            f"{said['way']}:",
            Listing(tuple(steps)) if steps else said["no_way"],
            Table((said["note"], said["result"]), ((entry["note"] or "", ""),)),
        ]
        title = f"{number}. {_name(entry['actor'], language)}"
        parts.append(Section(entry["id"], title, tuple(block for block in blocks if block)))
    note = (shortlist["note"],) if shortlist["note"] else ()
    return word.write(
        Contents(
            language,
            shortlist["name"],
            shortlist["changed"][:10],
            (Section("overview", said["overview"], (*note, overview)), *parts),
        )
    )


SHEET_FORMATS: tuple[SheetFormat, ...] = (
    SheetFormat("csv", "text/csv; charset=utf-8", write_csv),
    SheetFormat(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx
    ),
    SheetFormat("docx", word.MEDIA_TYPE, write_docx),
)
SHEET_FORMAT_BY_SLUG = {one.slug: one for one in SHEET_FORMATS}


def _against(entry: Document) -> list[Document]:
    return [*([entry["gone"]] if entry["gone"] else []), *entry["against"]]


def _name(actor: Document, language: Language) -> str:
    return str((actor["name_en"] if language == "en" else None) or actor["name"])


def _joined(texts: Sequence[Document], language: Language) -> str:
    return ("" if language == "zh" else " ").join(text[language] for text in texts)


def _sheet_title(name: str) -> str:
    """Return a name that Excel takes for a sheet: at most 31 characters, none of its own signs."""
    return "".join(c for c in name if c not in "[]:*?/\\'")[:31].strip() or "Shortlist"
