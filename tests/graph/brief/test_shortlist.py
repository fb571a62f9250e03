"""A shortlist as CSV, Excel and Word: everything in it, and nothing that a program would run."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from docx import Document

from graph.brief.shortlist import SHEET_FORMATS, headers, rows
from graph.text import LANGUAGES, Language

EVIL = ("=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1")  # fmt: skip


def actor(name: str, name_en: str | None = None) -> dict[str, Any]:
    return {"id": "a1", "name": name, "name_en": name_en, "area": "北京市/朝阳区"}


def entry(name: str = "星巴克", **given: Any) -> dict[str, Any]:
    return {
        "id": "e1",
        "actor": actor(name, "Starbucks"),
        "purpose": {"zh": "北郎东社区", "en": "Beilangdong"},
        "score": 0.4567,
        "reason": {"zh": "理由。", "en": "Why."},
        "against": [{"zh": "太远。", "en": "Far."}],
        "steps": [{"zh": "先问甲。", "en": "Ask A."}, {"zh": "再问乙。", "en": "Ask B."}],
        "note": "带资料",
        "added": "2026-11-24T08:00:00+00:00",
        "gone": None,
    } | given


def shortlist(*entries: dict[str, Any], name: str = "周五") -> dict[str, Any]:
    return {"name": name, "note": None, "changed": "2026-11-24T08:00:00+00:00",
            "entries": list(entries)}  # fmt: skip


def table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def write(slug: str, document: dict[str, Any], language: Language = "zh") -> bytes:
    return next(one for one in SHEET_FORMATS if one.slug == slug).write(document, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_has_everything_and_room_for_the_result(language: Language) -> None:
    head, row = table(write("csv", shortlist(entry()), language))
    assert head == headers(language)
    said = dict(zip(head, row, strict=True))
    assert row == rows(shortlist(entry()), language)[0]
    assert list(said.values())[-1] == ""
    assert "0.46" in row
    assert {"zh": "1. 先问甲。\n2. 再问乙。", "en": "1. Ask A.\n2. Ask B."}[language] in row


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_becomes_a_formula(evil: str) -> None:
    document = shortlist(entry(evil, note=evil, purpose={"zh": evil, "en": evil}))
    for cell in table(write("csv", document))[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    sheet = openpyxl.load_workbook(io.BytesIO(write("xlsx", document))).active
    evils = [cell for cell in sheet[2] if str(cell.value).strip() == evil.strip()]
    assert len(evils) == 3
    assert {cell.data_type for cell in evils} == {"s"}


def test_the_workbook_has_numbers_as_numbers_and_any_name() -> None:
    content = write("xlsx", shortlist(entry(), entry(score=None, reason=None), name="a/b:c" * 20))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet.max_row == 3
    assert (sheet["A2"].value, sheet["F2"].value, sheet["F3"].value) == (1, 0.46, None)
    assert len(sheet.title) <= 31
    assert sheet.freeze_panes == "C2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_has_a_part_for_each(language: Language) -> None:
    gone = {"zh": "已不在数据里。", "en": "No longer in the data."}
    content = write("docx", shortlist(entry(), entry("乙", steps=[], gone=gone)), language)
    document = Document(io.BytesIO(content))
    text = "\n".join(p.text for p in document.paragraphs)
    name = {"zh": "星巴克", "en": "Starbucks"}[language]
    assert f"1. {name}" in text
    assert gone[language] in text
    assert {"zh": "2. 再问乙。", "en": "2. Ask B."}[language] in text
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    assert cells.count("带资料") == 4


def test_an_empty_list_can_be_written() -> None:
    for one in SHEET_FORMATS:
        assert len(one.write(shortlist(), "zh")) > 20
