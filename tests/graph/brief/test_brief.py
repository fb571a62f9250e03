"""The brief of an area: its sections, what they say, and the files that come out of it."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import docx
import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.actor_network import ActorNetwork
from graph.brief import pdf, word
from graph.brief.contents import Contents, Listing, Picture, Table, contents
from graph.brief.picture import N_IN_COLUMN, area_picture, wrapped
from graph.brief.words import SECTIONS, limits, summary
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.model import SECTORS
from graph.projection import is_within, project
from graph.questions.brief import Brief, brief
from graph.settings import Settings
from graph.store.database import Database
from graph.text import LANGUAGES, Language
from tests.oracles.numbers import numbers_in
from tests.oracles.sample_records import sample_records

AREAS = ("", "北京市/朝阳区", "四川省/成都市/和美社区", "上海市")


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


@pytest.fixture(scope="module")
def whole(explorer: Explorer) -> Brief:
    return brief(explorer)


def has_font() -> bool:
    try:
        return bool(pdf.chinese_font())
    except pdf.NoChineseFont:
        return False


needs_font = pytest.mark.skipif(not has_font(), reason="no Chinese font is installed here")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_every_section_says_something(explorer: Explorer, area: str, language: Language) -> None:
    found = contents(brief(explorer, area), language)
    slugs = [s.slug for s in found.sections]
    assert slugs == [s for s in SECTIONS if s in slugs]
    assert {"summary", "gaps", "limits"} <= set(slugs)
    for section in found.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} == {len(block.headers)}
            elif isinstance(block, Listing):
                assert all(block.items)
            elif isinstance(block, str):
                assert block
    text = repr([s.blocks for s in found.sections if s.slug != "picture"])
    assert "None" not in text
    if language == "en":
        assert not re.search("[，。；]", text.replace("“", ""))


def test_only_what_was_asked_for(whole: Brief) -> None:
    found = contents(whole, "zh", ["limits", "summary"])
    assert [s.slug for s in found.sections] == ["summary", "limits"]
    with pytest.raises(InvalidArgument, match="weather"):
        contents(whole, "zh", ["weather"])


def test_numbers_are_those_of_the_data(explorer: Explorer) -> None:
    for area in AREAS:
        found = brief(explorer, area)
        known = found.completeness
        allowed = {
            found.n_actors,
            len(found.coverage),
            len(found.gaps),
            *found.n_by_severity.values(),
            known.n_ties,
            known.n_without_source,
            known.n_without_date,
            known.n_unknown_communities,
            found.n_unknown_gaps,
            *map(float, re.findall(r"\d+", found.day + found.snapshot.version[:12])),
        }
        names = (found.name.zh, *(line.actor.name for line in found.hubs))
        for sentence in (summary(found), *limits(found)):
            for text in sentence.as_dict().values():
                text = text.replace(found.snapshot.version[:12], "").replace(found.day, "")
                assert numbers_in(text, names) <= allowed, text


def test_an_area_is_only_itself(explorer: Explorer) -> None:
    found = brief(explorer, "北京市/朝阳区")
    assert all(is_within(row.community.area, "北京市/朝阳区") for row in found.coverage)
    with pytest.raises(InvalidArgument, match="Atlantis"):
        brief(explorer, "Atlantis")


def test_suggestions_are_the_steps_of_the_gaps(whole: Brief) -> None:
    assert sum(n for _, n in whole.steps) == len(whole.gaps)
    severities = [gaps[0].severity for gaps in whole.gaps_by_rule]
    assert severities == sorted(severities, key=["high", "medium", "low"].index)


def test_word_file_reads_as_written(whole: Brief) -> None:
    written = contents(whole, "zh")
    document = docx.Document(io.BytesIO(word.write(written)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [s.title for s in written.sections]
    tables = [b for s in written.sections for b in s.blocks if isinstance(b, Table)]
    assert [tuple(c.text for c in t.rows[0].cells) for t in document.tables] == [
        t.headers for t in tables
    ]
    for table, expected in zip(document.tables, tables, strict=True):
        rows = [tuple(c.text for c in row.cells) for row in table.rows[1:]]
        assert rows == list(expected.rows)
    with zipfile.ZipFile(io.BytesIO(word.write(written))) as archive:
        images = [n for n in archive.namelist() if n.startswith("word/media/")]
        assert archive.read(images[0]).startswith(b"\x89PNG")


@needs_font
@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_has_two_to_six_pages_and_its_fonts(whole: Brief, language: Language) -> None:
    content = pdf.write(contents(whole, language))
    assert content.startswith(b"%PDF-")
    n_pages = len(re.findall(rb"/Type\s*/Page\b", content))
    assert n_pages == 0 or 2 <= n_pages <= 6
    assert b"/FontFile" in content or b"/ObjStm" in content


def test_without_a_font_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", ("No Such Font",))
    pdf.chinese_font.cache_clear()
    try:
        with pytest.raises(pdf.NoChineseFont) as refused:
            pdf.write(Contents("zh", "t", "2026", ()))
        assert "Noto" in refused.value.message.zh
    finally:
        pdf.chinese_font.cache_clear()


@pytest.fixture(scope="module")
def network() -> ActorNetwork:
    return project(sample_records())


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_shows_the_best_tied_of_each_sector(
    network: ActorNetwork, language: Language
) -> None:
    drawn = area_picture(network, language)
    tree = ET.fromstring(drawn.svg)  # noqa: S314
    marks = [e for e in tree.iter("{http://www.w3.org/2000/svg}path") if e.get("fill") != "none"]
    assert len(marks) == drawn.n_shown
    degrees = network.network.degrees
    for sector in SECTORS:
        tied = [
            int(d) for a, d in zip(network.actors, degrees, strict=True) if a.sector == sector.slug
        ]
        shown = sum(e.get("fill") == sector.colour for e in marks)
        assert shown == min(N_IN_COLUMN, sum(d > 0 for d in tied))
    assert drawn.n_actors == len(network)


def test_names_are_wrapped_and_never_cut() -> None:
    for name in (
        "北京和众泽益公益发展中心（枢纽）",
        "Beijing HeZhongZeYi Public Welfare Centre",
        "A",
    ):
        lines = wrapped(name, 70)
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
        assert not any(line.startswith(("）", "、")) or line.endswith("（") for line in lines)


def test_an_empty_network_has_no_picture() -> None:
    nothing = ActorNetwork([], *(_empty() for _ in range(5)))
    assert area_picture(nothing, "zh").svg == ""


def _empty() -> object:
    import numpy as np

    return np.empty(0, np.int64)


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


def test_api(client: TestClient) -> None:
    answer = client.get("/api/v1/brief", params={"area": "北京市/朝阳区", "lang": "en"}).json()
    assert answer["sections"][0]["section"] == "summary"
    file = client.get("/api/v1/brief.docx", params={"sections": ["summary"]})
    assert file.headers["content-type"] == word.MEDIA_TYPE
    assert "wushe.docx" in file.headers["content-disposition"]
    assert client.get("/api/v1/brief.odt").status_code == 422
    assert client.get("/api/v1/brief", params={"area": "nowhere"}).status_code == 400


def test_pictures_are_described(whole: Brief) -> None:
    [picture] = [
        b for s in contents(whole, "en").sections for b in s.blocks if isinstance(b, Picture)
    ]
    assert "61 of 133 actors" in picture.caption
