"""The empty workbook that people fill in: sheets, drop-down lists, help, a marked example."""

from __future__ import annotations

import io

from graph.model import AFFILIATION_KINDS, KINDS, REGISTRATIONS, RELATIONS
from graph.text import Language, Text
from graph.workbook import LEVELS, SHEETS, Column

_HELP_SHEET = Text("说明", "Help")
_LIST_SHEET = Text("选项", "Lists")
_N_VALIDATED_ROWS = 2_000


def template_workbook(language: Language) -> bytes:
    """Return an .xlsx workbook with headers, drop-down lists and help in ``language``."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.active)
    lists = _choices(language)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.label.get(language))
        page.freeze_panes = "A2"
        for position, column in enumerate(sheet.columns, start=1):
            cell = page.cell(1, position, _header(column, language))
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E8EEF7" if column.is_required else "F4F4F4")
            width = max(12, 2 * len(column.label.get(language)) + 4)
            page.column_dimensions[get_column_letter(position)].width = width
            if column.type in lists:
                _add_list(page, position, column.type, len(lists[column.type]), lists, language)
    help_page = book.create_sheet(_HELP_SHEET.get(language))
    for row in _help_rows(language):
        help_page.append(row)
    for letter, width in (("A", 12), ("B", 16), ("C", 80)):
        help_page.column_dimensions[letter].width = width
        for cell in help_page[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    list_page = book.create_sheet(_LIST_SHEET.get(language))
    for position, choices in enumerate(lists.values(), start=1):
        for row_number, choice in enumerate(choices, start=1):
            list_page.cell(row_number, position, choice)
    list_page.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _header(column: Column, language: Language) -> str:
    return column.label.get(language) + (" *" if column.is_required else "")


def _choices(language: Language) -> dict[str, list[str]]:
    """Return the drop-down lists by cell type, in the order of the hidden sheet's columns."""
    kinds = [*(k.label for k in KINDS), *(k.label for k in AFFILIATION_KINDS)]
    answers = [answer.get(language) for answer in (Text("是", "yes"), Text("否", "no"))]
    return {
        "kind": [label.get(language) for label in kinds],
        "relation": [r.label.get(language) for r in RELATIONS],
        "level": [label.get(language) for _, label in LEVELS],
        "strength": ["1", "2", "3", "4", "5"],
        "flag": answers,
        "yes_no": answers,
        "registration": [label.get(language) for label in REGISTRATIONS.values()],
    }


def _add_list(
    page: object,
    position: int,
    cell_type: str,
    n_choices: int,
    lists: dict[str, list[str]],
    language: Language,
) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(list(lists).index(cell_type) + 1)
    source = f"'{_LIST_SHEET.get(language)}'!${letter}$1:${letter}${n_choices}"
    validation = DataValidation("list", formula1=source, allow_blank=True)
    # A warning, not a stop: aliases such as 公司 are understood as well.
    validation.errorStyle = "warning"
    own = get_column_letter(position)
    validation.add(f"{own}2:{own}{_N_VALIDATED_ROWS}")
    page.add_data_validation(validation)  # type: ignore[attr-defined]


def _help_rows(language: Language) -> list[tuple[str, str, str]]:
    rows = [
        (
            Text("表", "Sheet").get(language),
            Text("列", "Column").get(language),
            Text("怎样填（* 必填）", "How to fill it (* required)").get(language),
        )
    ]
    for sheet in SHEETS:
        rows.append((sheet.label.get(language), "", sheet.help.get(language)))
        rows += [
            ("", _header(column, language), column.help.get(language)) for column in sheet.columns
        ]
    rows.append(("", "", ""))
    for kind in KINDS:
        rows.append(("", kind.label.get(language), kind.help.get(language)))
    for affiliation in AFFILIATION_KINDS:
        rows.append(("", affiliation.label.get(language), affiliation.help.get(language)))
    for relation in RELATIONS:
        rows.append(("", relation.label.get(language), relation.help.get(language)))
    return rows
