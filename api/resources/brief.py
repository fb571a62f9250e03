"""What ``brief`` answers: the brief of an area, section by section, or as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from api.schemas import Schema, Snapshot
from graph.brief import contents as build
from graph.brief import pdf, word
from graph.brief.contents import Block, Contents, Listing, Picture, Table
from graph.explorer import Explorer
from graph.questions.brief import brief as ask
from graph.text import Language

FileFormat = Literal["pdf", "docx"]


class BriefBlock(Schema):
    """A paragraph, list, table (``numbers`` are the columns with numbers) or picture (SVG)."""

    sort: Literal["paragraph", "list", "table", "picture"]
    text: str | None = None
    items: list[str] | None = None
    headers: list[str] | None = None
    rows: list[list[str]] | None = None
    numbers: list[int] | None = None
    svg: str | None = None


class BriefSection(Schema):
    """A part of the brief."""

    section: str
    title: str
    blocks: list[BriefBlock]


class Brief(Schema):
    """The brief of an area (a path, empty for everywhere) in one language."""

    area: str
    language: Language
    title: str
    day: str
    sections: list[BriefSection]
    snapshot: Snapshot


def brief(explorer: Explorer, area: str, language: Language, sections: Sequence[str] = ()) -> Brief:
    """Answer ``GET brief``."""
    found = ask(explorer, area)
    written = build.contents(found, language, sections)
    snapshot = found.snapshot
    return Brief(
        area=area,
        language=language,
        title=written.title,
        day=written.day,
        sections=[
            BriefSection(section=s.slug, title=s.title, blocks=[_block(b) for b in s.blocks])
            for s in written.sections
        ],
        snapshot=Snapshot(
            version=snapshot.version,
            n_actors=snapshot.n_actors,
            n_affiliations=snapshot.n_affiliations,
            n_ties=snapshot.n_ties,
        ),
    )


def brief_file(
    explorer: Explorer,
    area: str,
    language: Language,
    file_format: FileFormat,
    sections: Sequence[str] = (),
) -> tuple[bytes, str]:
    """Answer ``GET brief.pdf`` and ``GET brief.docx``: the file and its media type."""
    written: Contents = build.contents(ask(explorer, area), language, sections)
    if file_format == "pdf":
        return pdf.write(written), pdf.MEDIA_TYPE
    return word.write(written), word.MEDIA_TYPE


def _block(block: Block) -> BriefBlock:
    if isinstance(block, Table):
        return BriefBlock(
            sort="table",
            headers=list(block.headers),
            rows=[list(row) for row in block.rows],
            numbers=list(block.numbers),
        )
    if isinstance(block, Listing):
        return BriefBlock(sort="list", items=list(block.items))
    if isinstance(block, Picture):
        return BriefBlock(sort="picture", svg=block.svg, text=block.caption)
    return BriefBlock(sort="paragraph", text=block)
