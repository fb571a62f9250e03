"""Every number that a sentence states is in the answer that it stands in."""

from __future__ import annotations

from typing import Any

import pytest

from graph import documents
from graph.analysis.coverage import COVERAGE_COLUMNS
from graph.explorer import Explorer
from graph.questions.compare import as_document as compared
from graph.questions.compare import compare_areas, compare_days
from graph.questions.coverage import cell_document, coverage_cell, coverage_list
from graph.questions.data import completeness, completeness_document
from graph.questions.overview import as_document as as_overview
from graph.questions.overview import overview
from graph.store.database import Database
from tests.oracles.numbers import names_in, numbers_in, numbers_of


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


def check(sentence: dict[str, str], data: Any) -> None:
    """Both languages state the same numbers, and only such as the data have."""
    names, known = names_in(data), numbers_of(data)
    stated = {language: numbers_in(text, names) for language, text in sentence.items()}
    assert stated["zh"] <= known, (sentence["zh"], stated["zh"] - known)
    assert stated["en"] <= known, (sentence["en"], stated["en"] - known)


def test_brokers_and_hubs(explorer: Explorer) -> None:
    for line in (*explorer.brokers(), *explorer.hubs(), *explorer.hubs(like="hezhongzeyi")):
        document = documents.ranked(line)
        behind = documents.evidence(explorer.evidence(line.actor.id))
        check(document["reason"], {**document, **behind})


def test_evidence_and_roles(explorer: Explorer) -> None:
    for actor in explorer.network().actors:
        behind = documents.evidence(explorer.evidence(actor.id))
        check(behind["sentence"], behind)
        detail = documents.detail(explorer.actor(actor.id))
        partners = [documents.actor(p) for p in _partners(explorer, actor.id)]
        sectors = sorted({p["sector"] for p in partners})
        check(detail["role"], {**detail, "partners": partners, "sectors": sectors})


def _partners(explorer: Explorer, actor_id: str) -> list[Any]:
    network = explorer.network()
    return network.partners(network.index[actor_id])


AREAS = ("", "北京市/朝阳区", "四川省/成都市/和美社区", "上海市")


def test_overview(explorer: Explorer) -> None:
    for area in AREAS:
        found = as_overview(explorer, overview(explorer, area))
        gaps = [documents.gap(g) for g in explorer.gaps(area=area) if g.rule == "no_platform"]
        by_status = {s: [g["id"] for g in gaps if g["status"] == s] for s in ("open", "unknown")}
        check(found["sentence"], {**found, **by_status})
        day = {"day": [int(part) for part in found["last_import"][:10].split("-")]}
        changes = found["changes"]
        check(changes["sentence"], changes | day)


def test_data_and_cells(explorer: Explorer) -> None:
    for area in AREAS:
        known = completeness_document(explorer, completeness(explorer, area))
        check(known["sentence"], known)
    for row in coverage_list(explorer).rows:
        for column in COVERAGE_COLUMNS:
            cell = cell_document(explorer, coverage_cell(explorer, row.community.id, column), 99)
            check(cell["sentence"], cell)


def test_comparisons(explorer: Explorer) -> None:
    for found in (
        compare_areas(explorer, "北京市", "四川省/成都市"),
        compare_areas(explorer, "", "上海市"),
        compare_days(explorer, "", "2010-01-01", "2022-07-01"),
        compare_days(explorer, "四川省", "2017-06-01", "2023-01-01"),
    ):
        document = compared(explorer, found)
        days = [int(p) for side in "ab" for p in (document[side]["day"] or "").split("-") if p]
        for sentence in (document["sentence"], *document["differences"], *document["limits"]):
            check(sentence, document | {"days": days, "per": [10, 1000]})


def test_numbers_are_found() -> None:
    assert numbers_in("1,204 对中有 3 对（12%），见“1+1”。") == {1204, 3, 12}
    assert numbers_in("北京 960 先锋荟有 5 家", ("960 先锋荟",)) == {5}
    assert numbers_of({"a": [1, 2.5, {"b": True, "c": None}], "d": 0.623}) >= {1, 2.5, 3, 62}
