"""A brief as a Word file, to be edited."""

from __future__ import annotations

import io
from typing import Any

from graph.brief.contents import Contents, Listing, Picture, Table
from graph.brief.pdf import picture_png

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Word takes the first from the machine it is opened on; nothing is embedded.
_FONTS = {"zh": ("Microsoft YaHei", "宋体"), "en": ("Calibri", "Microsoft YaHei")}


def write(contents: Contents) -> bytes:
    """Return the brief as .docx: headings, paragraphs, lists and tables that Word knows as such.

    Pictures become images, described by their captions.
    """
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document: Any = Document()
    latin, wide = _FONTS[contents.language]
    style = document.styles["Normal"]
    style.font.name, style.font.size = latin, Pt(10.5)
    for name in ("Normal", "Heading 1", "Heading 2", "Title"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), wide)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    document.core_properties.title = contents.title
    document.core_properties.author = "Wushe"
    document.add_heading(contents.title, 0)
    document.add_paragraph(contents.day)
    for section in contents.sections:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            _add(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add(document: Any, block: object) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    if isinstance(block, str):
        document.add_paragraph(block)
    elif isinstance(block, Listing):
        for item in block.items:
            document.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Picture):
        image = document.add_picture(io.BytesIO(picture_png(block.svg)), width=Cm(16.6))
        described = image._inline.docPr
        described.set("descr", block.caption)
        document.add_paragraph(block.caption)
    elif isinstance(block, Table):
        table = document.add_table(rows=1, cols=len(block.headers), style="Table Grid")
        _fill(table.rows[0].cells, block.headers)
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True
        _repeat_on_each_page(table.rows[0])
        for row in block.rows:
            cells = table.add_row().cells
            _fill(cells, row)
            for number in block.numbers:
                cells[number].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        document.add_paragraph()


def _fill(cells: Any, texts: tuple[str, ...]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text


def _repeat_on_each_page(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)
